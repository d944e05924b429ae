"""What follows when a note breaks a rule: its author is asked or told, at once and why; nothing is blocked in silence.

A cry for help is never stopped here, whatever else it holds, and is never counted as part of a flood.
"""

from buddybot.domain.kernel.ids import PendingId
from buddybot.domain.kernel.messages import MessageId
from buddybot.domain.kernel.verdicts import DELIVERED, Certainty, Label, Outcome, Screening, harshest, without
from buddybot.domain.moderation.cases import Concern
from buddybot.domain.moderation.sanctions import Step
from buddybot.domain.people.members import Member
from buddybot.domain.talk.rooms import Room
from buddybot.service.channels import pacing as channel_pacing
from buddybot.service.channels import relay
from buddybot.service.kernel import standing
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import casework, desk_views, sanctions
from buddybot.service.moderation.casework import Told
from buddybot.service.moderation.sanctions import Order
from buddybot.service.talk import rate_limits, rooms
from buddybot.store.talk.pending import PendingNote

MARK = "[…]"


def passes(
    turn: Turn, author: Member, room: Room, text: str, *, message: MessageId, screening: Screening | None
) -> bool:
    """Say whether a note may go now. If not, its author hears the rule and what they can do."""
    if screening is None or screening.is_urgent or not screening.read:
        return True
    pace = DELIVERED if screening.shows_danger else rate_limits.judge(turn, author, room, text, screening)
    if pace is rate_limits.FLOOD:
        turn.say(author, "held-flood", buttons=(("greeting-help", "home.crisis"),))
        return False
    verdict = harshest((screening.verdict, pace))
    if verdict.outcome < Outcome.NUDGE:
        return True
    note = PendingNote(PendingId(turn.world.new_id()), author.id, room.id, verdict.rule, message, text)
    turn.tx.pending.add(note, turn.now)
    if verdict.outcome is Outcome.NUDGE:
        _nudge(turn, author, note, screening)
        return False
    if verdict.outcome is Outcome.QUARANTINE:
        open_case(turn, author, room, Concern.RULE, rule=verdict.rule)
    verbs = ("drop", "mistake")
    buttons = tuple((f"held-{verb}", f"pending.{note.id}.{verb}") for verb in verbs)
    turn.say(author, _key(turn, "held", verdict.rule), buttons=buttons)
    return False


def holds_edit(turn: Turn, author: Member, screening: Screening | None) -> bool:
    """Say whether a changed note may not be carried over: it would not have passed as a new one."""
    if screening is None or screening.is_urgent or not screening.read:
        return False
    return screening.verdict.outcome >= Outcome.NUDGE or bool(rate_limits.early_links(turn, author, screening))


def hides(screening: Screening | None) -> bool:
    """Whether a note is shown behind a tap."""
    return screening is not None and not screening.is_crisis and Label.GRAPHIC in screening.labels


def _nudge(turn: Turn, author: Member, note: PendingNote, screening: Screening) -> None:
    certain = any(contact.certainty is Certainty.VALIDATED for contact in screening.contacts)
    verbs = ["drop"] if not screening.contacts else ["without", "drop"]
    if not certain and not rate_limits.early_links(turn, author, screening):
        verbs.append("anyway" if screening.contacts or note.rule == "pii" else "send")
    buttons = tuple((f"nudge-{verb}", f"pending.{note.id}.{verb}") for verb in verbs)
    turn.say(author, _key(turn, "nudge", note.rule), buttons=buttons)


def _key(turn: Turn, what: str, rule: str) -> str:
    """Return the locale key that explains a rule; operators' own rules need not bring one."""
    return f"{what}-{rule}" if turn.book.words.has(f"{what}-{rule}") else f"{what}-other"


def decide(turn: Turn, author: Member, pending: PendingId, verb: str) -> None:
    """Do what the author of a note that waits decided."""
    note = turn.tx.pending.take(pending, author.id)
    room = None if note is None else turn.tx.rooms.by_id(note.room)
    if note is None or room is None or room.ending is not None:
        turn.say(author, "nudge-gone")
    elif verb in {"without", "anyway", "send"} and standing.blocks_relay(turn, author, room):
        turn.say(author, "stopped", buttons=(("greeting-help", "home.crisis"),))
    elif verb == "mistake":
        open_case(turn, author, room, Concern.APPEAL, rule=note.rule, shared=note.text)
        turn.say(author, "held-appealed")
    elif verb in {"without", "anyway", "send"}:
        _send(turn, author, room, note, verb)
    else:
        turn.say(author, "nudge-dropped")


def _send(turn: Turn, author: Member, room: Room, note: PendingNote, verb: str) -> None:
    """Send it, without the contacts or as it is; a validated contact or a newcomer's link stays out in any case."""
    screening = turn.book.screen(note.text)
    early = rate_limits.early_links(turn, author, screening)
    kept_out = [
        one for one in screening.contacts if verb == "without" or one.certainty is Certainty.VALIDATED or one in early
    ]
    text, channel = without(note.text, kept_out, MARK), relay.channel_of_room(turn, room)
    if channel is None:
        rooms.relay(turn, author, room, text, note.message)
    elif channel_pacing.allowed(turn, author, channel):
        relay.say(turn, author, channel, text, message=note.message)
    else:
        return
    turn.say(author, "nudge-sent-without" if kept_out else "nudge-sent")


def open_case(turn: Turn, author: Member, room: Room, concern: Concern, *, rule: str, shared: str = "") -> None:
    """Open a case: rule, detector and time; text only where the author shares it by appealing (settled 8)."""
    reporter = author.id if concern is Concern.APPEAL else None
    texts = ((shared, True),) if shared else ()
    case = casework.open_case(turn, Told(concern, author.id, room.id, reporter, rule, texts=texts))
    if concern is Concern.RULE and turn.tx.staff.all(turn.now) and not standing.is_suspended(turn, author):
        # The bot pauses somebody only where there are people who can look.
        lasts, number = sanctions.quarantine_lasts(turn, case), desk_views.rule_of(case)
        why = turn.words(author, "sanction-by-bot")
        sanctions.give(turn, None, case, Order(Step.QUARANTINE, number, lasts, told=why))


def expire(turn: Turn) -> None:
    """Drop what nobody decided within a day, and say so."""
    for member_id in turn.tx.pending.expire(turn.now - turn.book.retention.text):
        member = turn.tx.members.by_id(member_id)
        if member is not None:
            turn.say(member, "nudge-expired")
