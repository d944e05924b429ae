"""Push notifications as policy: who is asked whether they want to be called, and when a device is.

A call says that something is waiting, and not a word more. There is one for each time somebody is away, not one a note;
it waits for the end of quiet hours and of a break, a crisis does not. Where calls can't be, people hear that, and what
to do instead.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address, Choice, Content, Span, Subscribed
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member
from buddybot.service.kernel.moments import quiet_end
from buddybot.service.kernel.turn import Turn
from buddybot.store.kernel.outbox import Parcel, SendPriority
from buddybot.store.talk.push_addresses import PushRow

SETTLES = timedelta(seconds=30)
"""A tab that only loads anew is back by then."""
TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
WHEN_WAITING, WHEN_WRITING = 1, 2
"""How often somebody was asked: when they began to wait for an offer, and after their first note; then never again."""


@dataclass(frozen=True, slots=True)
class PushCall:
    """One device to be called, and the one sentence it is to show."""

    row: PushRow
    text: str = field(repr=False)


# ── Asking ──────────────────────────────────────────────────────────────────────────────


def offer_calls(turn: Turn, member: Member, moment: int) -> None:
    """Ask for leave to call their devices, at a moment at which they were not asked before; never in danger."""
    danger = turn.screening is not None and turn.screening.shows_danger
    if not turn.calling or danger or member.private.calls_asked >= moment or not _callable(turn, member):
        return
    turn.tx.members.save(replace(member, private=replace(member.private, calls_asked=moment)))
    if not turn.tx.push.count(member.id):
        _ask(turn, member, "notify-ask")


def set_calls(turn: Turn, member: Member, state: str) -> None:
    """Let calls be on or off, for all devices; anything else says how it is."""
    if state == "off":
        turn.tx.push.forget(member.id)
        turn.tx.members.save(replace(member, private=replace(member.private, calls_asked=WHEN_WRITING)))
        turn.say(member, "notify-off")
    elif not turn.calling or not _callable(turn, member):
        turn.say(member, "notify-elsewhere")
    elif state != "on" and (count := turn.tx.push.count(member.id)):
        turn.say(member, "notify-is-on", count=count)
    else:
        _ask(turn, member, "notify-ask")


def press_notify(turn: Turn, member: Member, verb: str) -> None:
    """Button handler of the question: a device that agreed has told so before; a typed yes still needs its tap."""
    if verb != "on":
        turn.say(member, "notify-not-now")
    elif turn.tx.push.count(member.id):
        turn.say(member, "notify-on")
    elif turn.calling and _callable(turn, member):
        _ask(turn, member, "notify-tap")
    else:
        turn.say(member, "notify-elsewhere")


def subscribed(turn: Turn, member: Member, event: Subscribed) -> None:
    """Keep the device that may be called; say what else there is where it may not."""
    if event.push is not None:
        turn.tx.push.put(turn.world.new_id(), member.id, event.origin.address.platform, event.push, turn.now)
        return
    elsewhere = len(turn.tx.members.addresses(member.id)) > 1
    days = turn.book.retention.undelivered.days
    turn.say(member, "notify-cannot-linked" if elsewhere else "notify-cannot", days=days)


def _ask(turn: Turn, member: Member, key: str) -> None:
    yes, no = turn.choices(
        member,
        (("notify-tell-me", Token("notify", verb="on")), ("notify-later", Token("notify", verb="later"))),
    )
    asked: tuple[Choice, ...] = (replace(yes, subscribes=True), no)
    turn.show(member, Content((Span(turn.words(member, key)),), choices=asked))


def _callable(turn: Turn, member: Member) -> bool:
    """Return whether they are where a device can be called."""
    address = turn.tx.members.whole_address(member.id)
    return address is not None and address.platform in turn.calling


# ── Calling ─────────────────────────────────────────────────────────────────────────────


def missed(turn: Turn, parcel: Parcel, address: Address) -> None:
    """Nobody was there to take something: have their devices called, once until they are back."""
    if parcel.kind != "send" or address.platform not in turn.calling or not turn.tx.push.count(parcel.recipient):
        return
    member = turn.tx.members.by_id(parcel.recipient)
    now_at = None if member is None else turn.tx.members.whole_address(member.id)
    if member is None or now_at is None or now_at.platform != address.platform:
        return  # it goes to another app of theirs
    crisis = parcel.priority is SendPriority.CRISIS
    if member.paused(turn.now) and not crisis:
        return
    quiet = None if crisis else quiet_end(member, turn.now)
    due = max(turn.now + SETTLES, quiet or turn.now)
    turn.tx.push.call(member.id, address.platform, turn.now, due)
    if crisis:
        turn.tx.push.hasten(member.id, address.platform, due)


def returned(turn: Turn, member: MemberId) -> None:
    """Something was shown to them, so they are back."""
    if turn.calling:
        turn.tx.push.returned(member)


def due_calls(turn: Turn, most: int) -> list[PushCall]:
    """Return the devices to be called now; it only reads."""
    found = list[PushCall]()
    for row in turn.tx.push.due(turn.now, most):
        if (member := turn.tx.members.by_id(row.member)) is not None:
            found.append(PushCall(row, turn.words(member, "notify-call")))
    return found


def begin_call(turn: Turn, call: PushCall) -> bool:
    """Count a try; False where there is nothing to say any more."""
    row = call.row
    if row.attempts >= TRIES or not turn.tx.outbox.waiting(row.member):
        turn.tx.push.done(row.id)
        return False
    turn.tx.push.try_again(row.id, _later(turn, row))
    return True


def end_call(turn: Turn, call: PushCall, *, taken: bool, gone: bool) -> None:
    """Settle a try: a device that its push service does not know any more is forgotten."""
    if gone:
        turn.tx.push.drop(call.row.id)
    elif taken or call.row.attempts + 1 >= TRIES:
        turn.tx.push.done(call.row.id)


def put_off(turn: Turn, call: PushCall, seconds: float) -> None:
    """Try later, as the push service asked; never sooner than it would be anyway."""
    if call.row.attempts + 1 < TRIES:
        turn.tx.push.put_off(call.row.id, max(_later(turn, call.row), turn.now + timedelta(seconds=seconds)))
    else:
        turn.tx.push.done(call.row.id)


def _later(turn: Turn, row: PushRow) -> datetime:
    return turn.now + FIRST_WAIT * int(4 ** min(row.attempts, TRIES))
