"""Escalation of an unanswered note: the silent one is asked once, the waiting one chooses a day later.

A timer looks after each open pair. It counts waking time only, speaks in nobody's quiet hours, and after a cry for
help takes the way of a crisis instead.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from buddybot.domain.care.openers import pick
from buddybot.domain.care.pair_care import PairCare, Silence
from buddybot.domain.care.silence import SilenceStep, counted, due_step, next_look
from buddybot.domain.dialog.questions import Unfit
from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.messages import Content, Span
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member
from buddybot.domain.talk.rooms import SILENCE
from buddybot.service.care import parting, starters
from buddybot.service.care.pairs import Pair, left_in_peace_until, pace_together, pair_of
from buddybot.service.crisis import conversation
from buddybot.service.kernel import moments, standing
from buddybot.service.kernel.lanes import in_lane
from buddybot.service.kernel.turn import Asking, Turn
from buddybot.service.talk import endings, respite
from buddybot.store.kernel.timers import Timer

AGAIN = "silence-again"
ANSWERABLE = timedelta(days=60)
"""How long the questions of a silence can be answered by typing: people come back after weeks."""
ASKED = ("busy", "break", "stop", "tomorrow")
CHOICES = ("wait", "new", "door")


def watch_pair(turn: Turn, room_id: RoomId) -> None:
    """Look after one open pair: do what is due, and set when to look again."""
    room = turn.tx.rooms.by_id(room_id)
    pair = None if room is None or not room.seats else pair_of(turn, room.seats[0].member, room_id)
    if pair is None:
        return
    clock = turn.book.company.clocks[pace_together(turn, pair)]
    waiting = _waiting(turn, pair)
    if waiting is None:
        _both_quiet(turn, pair, clock)
        _look_again(turn, pair, next_look(None, clock, turn.book.company, turn.now))
        return
    silence = _counted(turn, waiting)
    step = due_step(silence, waiting.theirs, clock, turn.book.company, turn.now)
    spoken_to = waiting.other if step is SilenceStep.NUDGE else waiting.me
    # A silence after a cry for help does not wait for the morning, nor for another question to be answered.
    may_wait = step is not SilenceStep.WORRY or spoken_to.paused(turn.now)
    if step and may_wait and (later := left_in_peace_until(turn, spoken_to)) is not None:
        _keep(turn, waiting, silence)
        _look_again(turn, pair, later)
        return
    silence = _do(turn, waiting, silence, step)
    _keep(turn, waiting, silence)
    _look_again(turn, pair, next_look(silence, clock, turn.book.company, turn.now))


def _look_again(turn: Turn, pair: Pair, at: datetime) -> None:
    turn.tx.timers.set(Timer(SILENCE, pair.room.id, at))


def _waiting(turn: Turn, pair: Pair) -> Pair | None:
    """Return the pair as the waiting one sees it; None while nobody waits, or where a step of moderators holds one."""
    if any(standing.blocks_relay(turn, one, pair.room) for one in (pair.me, pair.other)):
        return None
    spoke = turn.tx.rooms.spoke(pair.room.id)
    for one in (pair, pair.turned()):
        said, kept = spoke.get(one.other.id), one.theirs.silence
        if kept is not None and (said is None or said <= kept.since):
            return one
    if not spoke:
        return None
    last = max(spoke, key=lambda member: spoke[member])
    return pair if pair.me.id == last else pair.turned()


def _counted(turn: Turn, waiting: Pair) -> Silence:
    """Return the silence of the other, brought up to now; an older one that is over is begun anew."""
    silence = waiting.theirs.silence
    spoke_at = turn.tx.rooms.spoke(waiting.room.id).get(waiting.other.id)
    if silence is None or (spoke_at is not None and spoke_at > silence.since):
        opened = spoke_at or waiting.room.opened_at - timedelta(seconds=1)
        since = turn.tx.rooms.first_since(waiting.room.id, waiting.me.id, opened) or turn.now
        silence = Silence(since, timedelta(), since)
    if waiting.mine.silence is not None:
        turn.tx.pair_care.save(waiting.room.id, waiting.me.id, replace(waiting.mine, silence=None))
    silent = waiting.other
    cried = silence.cried or conversation.cried_last(silent, spoke_at, turn.now)

    def quiet(at: datetime) -> datetime | None:
        paused = silent.paused_until if silent.paused(at) else None
        hours = moments.quiet_end(silent, at)
        return max((one for one in (paused, hours) if one is not None), default=None)

    return replace(counted(silence, turn.now, quiet), cried=cried)


def _keep(turn: Turn, waiting: Pair, silence: Silence) -> None:
    theirs = turn.tx.pair_care.of(waiting.room.id, waiting.other.id)
    turn.tx.pair_care.save(waiting.room.id, waiting.other.id, replace(theirs, silence=silence))


# ── What is said ────────────────────────────────────────────────────────────────────────


def _do(turn: Turn, waiting: Pair, silence: Silence, step: SilenceStep) -> Silence:
    match step:
        case SilenceStep.NUDGE:
            _ask_silent(turn, waiting.turned(), silence, ASKED)
            return replace(silence, nudged_at=turn.now)
        case SilenceStep.TELL:
            _ask_waiting(turn, waiting)
            return replace(silence, told_at=turn.now, wait_until=None)
        case SilenceStep.WORRY:
            conversation.worry_about_silent(turn, waiting.me)
            return replace(silence, told_at=turn.now, wait_until=turn.now + turn.book.company.wait)
        case _:
            return silence


def _ask_silent(turn: Turn, pair: Pair, silence: Silence, verbs: tuple[str, ...]) -> None:
    buttons = tuple((f"silence-{verb}", Token("silence", pair.room.id, verb)) for verb in verbs)
    days = max(1, (turn.now - silence.since).days)
    asking = Asking(Unfit.PASSING, lasts=ANSWERABLE)
    turn.say(pair.me, "silence-ask", buttons=buttons, asking=asking, alias=pair.alias, days=days)


def _ask_waiting(turn: Turn, pair: Pair) -> None:
    buttons = tuple((f"silence-{verb}", Token("silence", pair.room.id, verb)) for verb in CHOICES)
    asking = Asking(Unfit.PASSING, lasts=ANSWERABLE)
    turn.say(pair.me, in_lane(turn, pair.me, "silence-told"), buttons=buttons, asking=asking, alias=pair.alias)


def remind_silent(turn: Turn, timer: Timer) -> None:
    """Ask again somebody who wanted to be asked tomorrow, if the note still waits."""
    room_id, _, member = timer.subject.partition(":")
    pair = pair_of(turn, MemberId(member), room_id)
    if pair is None or (silence := _owed(turn, pair)) is None:
        return
    if (later := left_in_peace_until(turn, pair.me)) is not None:
        turn.tx.timers.set(Timer(AGAIN, timer.subject, later, pair.me.id))
        return
    _ask_silent(turn, pair, silence, ASKED[:-1])


def _owed(turn: Turn, pair: Pair) -> Silence | None:
    """Return the silence of `me`, while they have not written since."""
    spoke_at = turn.tx.rooms.spoke(pair.room.id).get(pair.me.id)
    silence = pair.mine.silence
    return None if silence is None or (spoke_at is not None and spoke_at > silence.since) else silence


def _both_quiet(turn: Turn, pair: Pair, clock: timedelta) -> None:
    """Offer a question to two of whom nobody has written yet, once."""
    if turn.tx.rooms.spoke(pair.room.id) or turn.now - pair.room.opened_at < clock:
        return
    if any(respite.has_respite(turn, one, pair.room) for one in (pair.me, pair.other)):
        return
    for one in (pair, pair.turned()):
        if one.mine.lull or one.mine.no_openers or left_in_peace_until(turn, one.me) is not None:
            continue
        if not pick(turn.book.openers, starters.meeting_of(turn, one), turn.world.rng):
            continue  # all are used up: no question is offered that there is not
        turn.tx.pair_care.save(one.room.id, one.me.id, replace(one.mine, lull=True))
        rows = (("silence-both", "both"), ("silence-not-now", "later"), ("silence-no-more", "never"))
        buttons = tuple((key, Token("silence", one.room.id, verb)) for key, verb in rows)
        turn.say(one.me, "silence-lull", buttons=buttons)


# ── What is tapped ──────────────────────────────────────────────────────────────────────


def press_silence(turn: Turn, member: Member, room_id: str, verb: str) -> None:
    """Button handler of a silence, for the silent one, the waiting one, and for two who never began."""
    pair = pair_of(turn, member.id, room_id)
    if pair is None:
        turn.say(member, "stale-button")
    elif verb in ASKED:
        _answer_silent(turn, pair, verb)
    elif verb in CHOICES:
        _answer_waiting(turn, pair, verb)
    elif verb == "both":
        _question_for_both(turn, pair)
    elif verb == "never":
        turn.tx.pair_care.save(pair.room.id, member.id, replace(pair.mine, no_openers=True))
        turn.say(member, "opener-stopped")
    else:
        turn.say(member, "silence-fine")


def _answer_silent(turn: Turn, pair: Pair, verb: str) -> None:
    silence = _owed(turn, pair)
    if verb == "stop":
        endings.ask_goodbye(turn, pair.me)
    elif silence is None:
        turn.say(pair.me, "silence-over", alias=pair.alias)
    elif verb == "tomorrow":
        again = turn.now + turn.book.company.snooze
        _mine(turn, pair, replace(silence, snoozed=True))
        turn.tx.timers.set(Timer(AGAIN, f"{pair.room.id}:{pair.me.id}", again, pair.me.id))
        turn.say(pair.me, "silence-tomorrow-done")
    else:
        # A sign starts the clock anew, and they are not asked again: one question, then quiet.
        _mine(turn, pair, Silence(turn.now, timedelta(), turn.now, nudged_at=turn.now))
        if verb == "break":
            _rest(turn, pair)
        else:
            turn.say(pair.me, "silence-busy-done", alias=pair.alias)
        later = left_in_peace_until(turn, pair.other)
        inside = turn.inside(pair.other.id, pair.room.id)
        inside.say(pair.other, f"silence-{verb}-other", alias=pair.turned().alias, due=later)


def _rest(turn: Turn, pair: Pair) -> None:
    until = turn.now + timedelta(days=turn.book.company.break_days)
    turn.tx.members.save(replace(pair.me, paused_until=until))
    turn.say(pair.me, "paused-until", day=moments.told_day(pair.me, until))


def _mine(turn: Turn, pair: Pair, silence: Silence) -> None:
    turn.tx.pair_care.save(pair.room.id, pair.me.id, replace(pair.mine, silence=silence))


def _answer_waiting(turn: Turn, pair: Pair, verb: str) -> None:
    silence = _owed(turn, pair.turned())
    if silence is None:
        turn.say(pair.me, "silence-over", alias=pair.alias)
    elif verb == "wait":
        until = turn.now + turn.book.company.wait
        _mine(turn, pair.turned(), replace(silence, told_at=silence.told_at or turn.now, wait_until=until))
        _look_again(turn, pair, until)
        turn.say(pair.me, "silence-wait-done", days=turn.book.company.wait.days)
    else:
        parting.end_in_silence(turn, pair, silence, door=verb == "door")


def _question_for_both(turn: Turn, pair: Pair) -> None:
    """Put one question to both, in the bot's own name."""
    found = pick(turn.book.openers, starters.meeting_of(turn, pair), turn.world.rng)
    if not found:
        turn.say(pair.me, "opener-none", alias=pair.alias)
        return
    for one in (pair, pair.turned()):
        seen: PairCare = replace(one.mine, openers=(*one.mine.openers, found[0].key), lull=True)
        turn.tx.pair_care.save(one.room.id, one.me.id, seen)
        words = turn.words(one.me, "silence-question", words=found[0].said(one.me.locale))
        inside = turn.inside(one.me.id, one.room.id)
        inside.show(one.me, Content((Span(words),)), due=left_in_peace_until(turn, one.me))
