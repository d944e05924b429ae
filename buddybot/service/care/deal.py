"""Private preferences of a new pair (the deal): each answers alone, and both hear only what they have in common."""

from dataclasses import replace
from datetime import timedelta

from buddybot.domain.care.pair_care import LEAVE, PACES, PairCare, common, deal_step_after
from buddybot.domain.kernel.messages import Content, Span
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member
from buddybot.domain.talk.rooms import OPENED
from buddybot.service.care import starters
from buddybot.service.care.pairs import Pair, current_pair, left_in_peace_until, pair_of
from buddybot.service.kernel.lanes import in_lane
from buddybot.service.kernel.turn import FIND, Asking, Buttons, Turn
from buddybot.service.talk import respite
from buddybot.store.kernel.timers import Timer

SKIP = "skip"
DONE = "done"
TOLD_EVERY = timedelta(days=7)


def begin_deal(turn: Turn, timer: Timer) -> None:
    """Ask one of a new pair for the deal, in their own hours."""
    room_id, _, _ = timer.subject.partition(":")
    pair = None if timer.member is None else pair_of(turn, timer.member, room_id)
    if pair is None or pair.mine.asked:
        return
    held = turn.now + respite.LATER if respite.has_respite(turn, pair.me, pair.room) else None
    if (later := held or left_in_peace_until(turn, pair.me)) is not None:
        turn.tx.timers.set(Timer(OPENED, timer.subject, later, timer.member))
        return
    _ask(turn, pair, "pace")


def show_deal(turn: Turn, member: Member) -> None:
    """Command handler: go through the deal of the present pair again."""
    pair = current_pair(turn, member)
    if pair is None:
        turn.say(member, "room-none", buttons=(FIND,))
    else:
        _ask(turn, pair, "pace")


def press_deal(turn: Turn, member: Member, room_id: str, verb: str) -> None:
    """Button handler of the deal: keep one answer and ask the next; it can be answered again at any time."""
    pair = pair_of(turn, member.id, room_id)
    step, _, answer = verb.partition(":")
    if pair is None or answer not in (*_answers(turn, step), SKIP, DONE):
        turn.say(member, "stale-button")
        return
    pair = replace(pair, mine=_answered(pair.mine, step, answer))
    turn.tx.pair_care.save(pair.room.id, member.id, pair.mine)
    left = set(turn.book.company.limits) - set(pair.mine.limits)
    if step == "limits" and answer not in {SKIP, DONE} and left:
        _ask(turn, pair, step)
    elif (after := deal_step_after(step)) != DONE:
        _ask(turn, pair, after)
    else:
        _finish(turn, pair)


def _answers(turn: Turn, step: str) -> tuple[str, ...]:
    company = turn.book.company
    match step:
        case "pace":
            return PACES
        case "hours":
            return company.hours
        case "limits":
            return company.limits
        case "check":
            return (*company.check, LEAVE)
        case _:
            return ()


def _answered(mine: PairCare, step: str, answer: str) -> PairCare:
    """Return the wishes with one answer more; what is skipped counts as not said."""
    said = "" if answer in {SKIP, DONE} else answer
    match step:
        case "pace":
            return replace(mine, pace=said)
        case "hours":
            return replace(mine, hours=said)
        case "check":
            return replace(mine, check=said)
        case _ if answer == SKIP:
            return replace(mine, limits=())
        case _:
            return mine if not said or said in mine.limits else replace(mine, limits=(*mine.limits, said))


def _ask(turn: Turn, pair: Pair, step: str) -> None:
    mine = replace(pair.mine, asked=step)
    turn.tx.pair_care.save(pair.room.id, pair.me.id, mine)
    more = step == "limits" and mine.limits
    kept = (str(Token("deal", pair.room.id, f"limits:{SKIP}")), "deal.clear" if more else "deal.nothing")
    chosen = ", ".join(_limit(turn, pair, one) for one in mine.limits)
    turn.say(
        pair.me,
        "deal-limits-more" if more else f"deal-{step}",
        buttons=_buttons(turn, pair, step),
        asking=Asking(reads=(kept,)),
        alias=pair.alias,
        list=chosen,
    )


def _buttons(turn: Turn, pair: Pair, step: str) -> Buttons:
    def row(label: str, answer: str) -> tuple[str, Token]:
        return in_lane(turn, pair.me, label), Token("deal", pair.room.id, f"{step}:{answer}")

    if step != "limits":
        return (*(row(f"deal-{step}-{one}", one) for one in _answers(turn, step)), row("deal-skip", SKIP))
    left = [row(f"deal-limits-{one}", one) for one in _answers(turn, step) if one not in pair.mine.limits]
    # Among "anything else?" a plain "nothing" would end the list, not take it back: that has a name of its own.
    return (
        (*left, row("deal-done", DONE), row("deal-clear", SKIP))
        if pair.mine.limits
        else (*left, row("deal-none", SKIP))
    )


def _finish(turn: Turn, pair: Pair) -> None:
    """Tell both what they share once both have answered, once a week at most: trying out answers tells nothing."""
    pair = replace(pair, mine=replace(pair.mine, asked=DONE))
    turn.tx.pair_care.save(pair.room.id, pair.me.id, pair.mine)
    told = pair.mine.shared_at
    if pair.theirs.asked == DONE and (told is None or turn.now - told >= TOLD_EVERY):
        for one in (pair, pair.turned()):
            turn.tx.pair_care.save(one.room.id, one.me.id, replace(one.mine, shared_at=turn.now))
            turn.show(one.me, Content((Span(_shared(turn, one)),)), due=left_in_peace_until(turn, one.me))
    else:
        turn.say(pair.me, "deal-thanks")
    starters.offer_starter(turn, pair)


def _limit(turn: Turn, pair: Pair, limit: str) -> str:
    return turn.words(pair.me, in_lane(turn, pair.me, f"deal-limits-{limit}"))


def _shared(turn: Turn, pair: Pair) -> str:
    found = common(pair.mine, pair.theirs)
    if not found:
        return turn.words(pair.me, "deal-differ")
    said = [f"deal-pace-{found.pace}"] if found.pace else []
    said += [f"deal-hours-{found.hours}"] if found.hours else []
    lines = [turn.words(pair.me, "deal-line", choice=turn.words(pair.me, key)) for key in said]
    lines += [turn.words(pair.me, "deal-without", choice=_limit(turn, pair, x)) for x in found.limits]
    return "\n".join((turn.words(pair.me, "deal-shared"), *lines, turn.words(pair.me, "deal-end")))
