"""Scheduled self check-ins: asked at the rhythm a member set, one tap each, never in quiet hours and never twice.

A day that was not safe goes the way of a crisis; skipping and stopping take one tap.
"""

from dataclasses import replace
from datetime import date, timedelta

from buddybot.domain.care.own_days import ASKED, OwnDay, after_tap, is_tender
from buddybot.domain.care.rhythm import HOURS, LATE, MINUTES, RHYTHMS, Rhythm, next_due, parse_rhythm
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.numbers import whole_number
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member
from buddybot.service.care.pairs import left_in_peace_until
from buddybot.service.crisis import conversation
from buddybot.service.kernel.lanes import BEREAVED, SELF, lane_of
from buddybot.service.kernel.moments import clock, local_day, local_moment
from buddybot.service.kernel.turn import Asking, Buttons, Turn
from buddybot.store.kernel.timers import Timer

OWN_DAY = "own-day"
SKIP, STOP = "skip", "stop"
ANSWERABLE = timedelta(days=3)
"""How long a check-in can be answered: it says something of one day."""
DISTRACTIONS = 5
_PUT_OFF = "quiet"


# ── The rhythm ──────────────────────────────────────────────────────────────────────────


def set_checkin(turn: Turn, member: Member, said: str) -> None:
    """Command handler: set, change or stop one's own check-ins ("daily 7pm", "weekly", "off")."""
    often, minute = parse_rhythm(said, turn.book.replies.arguments["checkin"])
    kept = turn.tx.own.setup(member.id).rhythm
    if often == "off":
        _stop(turn, member)
    elif minute is not None and (often or kept is not None or not said.strip(" :0123456789apmAPM.")):
        _keep_rhythm(turn, member, often or (RHYTHMS[0] if kept is None else kept.often), minute)
    elif often:
        _ask_hour(turn, member, often)
    else:
        _show(turn, member, kept)


def _show(turn: Turn, member: Member, kept: Rhythm | None) -> None:
    rows = [(f"own-often-{one}", Token("rhythm", verb=one)) for one in RHYTHMS]
    last = ("own-not-now", Token("rhythm", verb="no")) if kept is None else ("own-stop", Token("rhythm", verb=STOP))
    if kept is None:
        turn.say(member, "own-often", buttons=(*rows, last))
    else:
        how = turn.words(member, f"own-often-{kept.often}")
        turn.say(member, "own-often-now", buttons=(*rows, last), often=how, time=kept.time)


def _ask_hour(turn: Turn, member: Member, often: str) -> None:
    rows = [(f"own-hour-{one}", Token("rhythm", often, one)) for one in HOURS]
    turn.say(member, "own-hour", buttons=(*rows, ("own-not-now", Token("rhythm", verb="no"))))


def press_rhythm(turn: Turn, member: Member, often: str, verb: str) -> None:
    """Button handler of the set-up: how often, then at which hour."""
    if not often and verb in RHYTHMS:
        _ask_hour(turn, member, verb)
    elif often in RHYTHMS and verb in HOURS:
        _keep_rhythm(turn, member, often, HOURS[verb] * MINUTES)
    elif verb == STOP:
        _stop(turn, member)
    elif verb == "no":
        turn.say(member, "own-fine")
    else:
        turn.say(member, "stale-button")


def _keep_rhythm(turn: Turn, member: Member, often: str, minute: int) -> None:
    rhythm = Rhythm(often, minute, local_moment(member, turn.now).weekday())
    turn.tx.own.set_up(member.id, replace(turn.tx.own.setup(member.id), rhythm=rhythm))
    _set_next(turn, member, rhythm)
    how = turn.words(member, f"own-often-{often}")
    turn.say(member, "own-set", often=how, time=rhythm.time)
    if clock(member) is None:
        turn.say(member, "quiet-no-clock", buttons=(("home-answers", Token("home", verb="answers")),))


def _stop(turn: Turn, member: Member) -> None:
    """Ask no more; what was tapped stays the member's own."""
    turn.tx.own.set_up(member.id, replace(turn.tx.own.setup(member.id), rhythm=None))
    turn.tx.timers.cancel(OWN_DAY, member.id)
    turn.say(member, "own-stopped")


def _set_next(turn: Turn, member: Member, rhythm: Rhythm) -> None:
    asked = turn.tx.own.setup(member.id).asked_at
    turn.tx.timers.set(Timer(OWN_DAY, member.id, next_due(rhythm, clock(member), asked, turn.now), member.id))


# ── The day ─────────────────────────────────────────────────────────────────────────────


def ask_own_day(turn: Turn, timer: Timer) -> None:
    """Timer: ask how today is, unless it is quiet, they are on a break, or somebody looks after them already."""
    member = turn.tx.members.by_id(MemberId(timer.subject))
    setup = turn.tx.own.setup(MemberId(timer.subject))
    if member is None or setup.rhythm is None:
        return
    wanted = next_due(setup.rhythm, clock(member), setup.asked_at, turn.now - LATE)
    if timer.payload != _PUT_OFF and wanted > turn.now:
        turn.tx.timers.set(replace(timer, due=wanted))  # their clock is another one now, or we were away for long
    elif member.paused(turn.now) or conversation.shielded(turn, member, None):
        _set_next(turn, member, setup.rhythm)
    elif (later := left_in_peace_until(turn, member)) is not None:
        turn.tx.timers.set(replace(timer, due=later, payload=_PUT_OFF))
    else:
        turn.tx.own.set_up(member.id, replace(setup, asked_at=turn.now))
        _set_next(turn, member, setup.rhythm)
        _ask(turn, member, local_day(member, turn.now), "mood")


def tender(turn: Turn, member: Member) -> bool:
    """Return whether this member told of danger, or of using again, in the last three days."""
    state = conversation.state_of(member)
    return is_tender((state.signed_at, state.disclosed_at, state.raised_at), turn.now)


def _ask(turn: Turn, member: Member, day: date, step: str) -> None:
    rows = [(f"own-{step}-{one}", _token(day, f"{step}:{one}")) for one in ASKED[step]]
    ends: Buttons = (("own-skip", _token(day, f"{step}:{SKIP}")),)
    if step == "mood":
        ends = (*ends, ("own-stop", _token(day, f"{step}:{STOP}")))
    softly = step == "mood" and (tender(turn, member) or lane_of(turn, member) == BEREAVED)
    key = "own-mood-gently" if softly else f"own-{step}"
    asking = Asking(again="own-which")
    turn.say(member, key, buttons=(*rows, *ends), asking=asking, name=member.private.nickname or "none")


def _token(day: date, verb: str) -> Token:
    return Token("own", str(day.toordinal()), verb)


def press_own_day(turn: Turn, member: Member, about: str, verb: str) -> None:
    """Button handler of a day: keep one tap, and ask the next thing; the same tap again changes nothing."""
    day = _day(turn, member, about)
    step, _, answer = verb.partition(":")
    if day is None or answer not in (*ASKED.get(step, ()), SKIP, STOP):
        turn.say(member, "stale-button")
    elif answer == STOP:
        _stop(turn, member)
    elif answer == SKIP:
        turn.say(member, "own-skipped")
    else:
        _tapped(turn, member, day, step, answer)


def _day(turn: Turn, member: Member, about: str) -> date | None:
    """Return the day that a button is about, while it can be answered; forged ones are none."""
    today = local_day(member, turn.now).toordinal()
    ordinal = whole_number(about, today - ANSWERABLE.days, today)
    return None if ordinal is None else date.fromordinal(ordinal)


def _tapped(turn: Turn, member: Member, day: date, step: str, answer: str) -> None:
    kept = turn.tx.own.day(member.id, day)
    said = {"mood": kept.mood, "craving": kept.craving, "safe": kept.safe}.get(step)
    if said == answer:
        turn.say(member, "own-noted")
        return
    turn.tx.own.keep(member.id, day, _with(kept, step, answer), turn.now)
    if (step, answer) == ("safe", "no"):
        conversation.press(turn, member, "care.safe.no")
        return
    if step == "ease":
        _ease(turn, member, answer)
    if after := after_tap(step, answer, uses=lane_of(turn, member) == SELF):
        _ask(turn, member, day, after)
    elif step == "safe":
        turn.say(member, "own-thanks-heavy" if kept.mood in {"hard", "awful"} else "own-thanks")


def _with(kept: OwnDay, step: str, answer: str) -> OwnDay:
    match step:
        case "mood":
            return replace(kept, mood=answer)
        case "craving":
            return replace(kept, craving=answer)
        case "safe":
            return replace(kept, safe=answer)
        case _:
            return kept


def _ease(turn: Turn, member: Member, answer: str) -> None:
    """Do what would make a heavy day one notch easier."""
    if answer == "company":
        turn.say(member, "own-company", buttons=(("own-someone", Token("command", verb="now")),))
    elif answer == "distraction":
        turn.say(member, f"own-distraction-{turn.world.rng.randrange(DISTRACTIONS) + 1}")
    else:
        turn.say(member, "own-quiet")


def exported_own_days(turn: Turn, member: Member) -> dict[str, object]:
    """Return for the export what this member set up for themselves, and every day that is kept."""
    setup = turn.tx.own.setup(member.id)
    rhythm = setup.rhythm
    return {
        "how_often": rhythm and rhythm.often,
        "at": rhythm and rhythm.time,
        "asked_last_at": setup.asked_at and setup.asked_at.isoformat(),
        "days": [
            {"day": day.isoformat(), "mood": one.mood, "craving": one.craving, "safe": one.safe}
            for day, one in turn.tx.own.days(member.id).items()
        ],
    }
