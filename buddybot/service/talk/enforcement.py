"""Enforcement of rules on notes: the author is asked or told, at once and why; nothing is blocked in silence.

A cry for help is never stopped here, whatever else it holds, and is never counted as part of a flood.
"""

from buddybot.domain.kernel.ids import PendingId
from buddybot.domain.kernel.messages import MessageId
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.kernel.verdicts import DELIVERED, Certainty, Label, Outcome, Screening, harshest, without
from buddybot.domain.moderation.cases import CasePriority, Concern
from buddybot.domain.moderation.sanctions import Step
from buddybot.domain.people.members import Member
from buddybot.domain.talk.rooms import Room
from buddybot.service.channels import pacing as channel_pacing
from buddybot.service.channels import relay
from buddybot.service.crisis import conversation
from buddybot.service.kernel import standing
from buddybot.service.kernel.turn import HELP, Turn
from buddybot.service.moderation import casework, sanctions
from buddybot.service.moderation.casework import CaseReport
from buddybot.service.moderation.desk import views as desk_views
from buddybot.service.moderation.sanctions import Order
from buddybot.service.talk import rate_limits, rooms
from buddybot.store.talk.pending import PendingNote

MARK = "[…]"


def passes(
    turn: Turn, author: Member, room: Room, text: str, *, message: MessageId, screening: Screening | None
) -> bool:
    """Return whether a note may be relayed now. If not, its author hears the rule and what they can do."""
    if screening is None or not screening.read:
        return True
    shielded = conversation.shielded(turn, author, room)
    if rule := _aimed(turn, author, room, screening, shielded=shielded):
        _hold_aimed(turn, author, room, text, message=message, rule=rule, screening=screening)
        return False
    if screening.is_urgent or shielded:
        # A cry for help is never held, and in an open crisis no rule acts on doubt.
        return True
    return _by_rules(turn, author, room, text, message=message, screening=screening)


def _aimed(turn: Turn, author: Member, room: Room, screening: Screening, *, shielded: bool) -> str:
    """Return the rule that holds a note without exemption: incitement to die; in a crisis also clear abuse."""
    if screening.urging_sure or (screening.urging and conversation.endangered(turn, author, room)):
        return "urging"
    sure = shielded and screening.aimed and screening.verdict.outcome >= Outcome.HOLD
    return screening.verdict.rule if sure else ""


def _by_rules(turn: Turn, author: Member, room: Room, text: str, *, message: MessageId, screening: Screening) -> bool:
    pace = DELIVERED if screening.shows_danger else rate_limits.judge(turn, author, room, text, screening)
    if pace is rate_limits.FLOOD:
        turn.say(author, "held-flood", buttons=(HELP,))
        return False
    verdict = harshest((screening.verdict, pace))
    if verdict.outcome < Outcome.NUDGE:
        return True
    note = _pending(turn, author, room, verdict.rule, message=message, text=text, screening=screening)
    turn.tx.pending.add(note, turn.now)
    if verdict.outcome is Outcome.NUDGE:
        _nudge(turn, author, note, screening)
        return False
    if verdict.outcome is Outcome.QUARANTINE:
        open_rule_case(turn, author, room, Concern.RULE, rule=verdict.rule)
    verbs = ("drop", "mistake")
    buttons = tuple((f"held-{verb}", Token("pending", note.id, verb)) for verb in verbs)
    turn.say(author, _key(turn, "held", verdict.rule), buttons=buttons)
    return False


def _pending(
    turn: Turn, author: Member, room: Room, rule: str, *, message: MessageId, text: str, screening: Screening
) -> PendingNote:
    return PendingNote(PendingId(turn.world.new_id()), author.id, room.id, rule, message, text, screening.contacts)


def _hold_aimed(
    turn: Turn, author: Member, room: Room, text: str, *, message: MessageId, rule: str, screening: Screening
) -> None:
    """Hold clear abuse in a crisis: help in the same breath, a P1 case, no suspension, no points."""
    note = _pending(turn, author, room, rule, message=message, text=text, screening=screening)
    turn.tx.pending.add(note, turn.now)
    told = CaseReport(Concern.THREAT, author.id, room.id, None, rule, priority=CasePriority.P1)
    casework.open_case(turn, told)
    buttons = tuple((f"held-{verb}", Token("pending", note.id, verb)) for verb in ("drop", "mistake"))
    turn.say(author, "held-aimed", buttons=(*buttons, HELP))


def explain_exemption(turn: Turn, author: Member, room: Room, screening: Screening | None) -> None:
    """Explain why contact details passed: somebody's life may hang on it."""
    if screening is not None and screening.contacts and conversation.saves_lives(turn, author, room):
        turn.say(author, "passed-for-life")


def holds_edit(turn: Turn, author: Member, screening: Screening | None) -> bool:
    """Return whether an edit is held: as a new note it would not have passed."""
    if screening is None or screening.is_urgent or not screening.read:
        return False
    room = rooms.room_of(turn, author)
    if conversation.shielded(turn, author, room):
        return screening.aimed and screening.verdict.outcome >= Outcome.HOLD
    return screening.verdict.outcome >= Outcome.NUDGE or bool(rate_limits.early_links(turn, author, screening.contacts))


def hides(screening: Screening | None) -> bool:
    """Return whether a note is shown behind a spoiler."""
    return screening is not None and not screening.is_crisis and Label.GRAPHIC in screening.labels


def _nudge(turn: Turn, author: Member, note: PendingNote, screening: Screening) -> None:
    certain = any(contact.certainty is Certainty.VALIDATED for contact in screening.contacts)
    verbs = ["drop"] if not screening.contacts else ["without", "drop"]
    if not certain and not rate_limits.early_links(turn, author, screening.contacts):
        verbs.append("anyway" if screening.contacts or note.rule == "pii" else "send")
    buttons = tuple((f"nudge-{verb}", Token("pending", note.id, verb)) for verb in verbs)
    turn.say(author, _key(turn, "nudge", note.rule), buttons=buttons)


def _key(turn: Turn, what: str, rule: str) -> str:
    """Return the locale key that explains a rule; operators' own rules need not bring one."""
    return f"{what}-{rule}" if turn.book.words.has(f"{what}-{rule}") else f"{what}-other"


def decide_pending(turn: Turn, author: Member, pending: PendingId, verb: str) -> None:
    """Carry out the author's decision on a held note."""
    note = turn.tx.pending.take(pending, author.id)
    room = None if note is None else turn.tx.rooms.by_id(note.room)
    if note is None or room is None or room.ending is not None:
        turn.say(author, "nudge-gone")
    elif verb in {"without", "anyway", "send"} and standing.blocks_relay(turn, author, room):
        turn.say(author, "stopped", buttons=(HELP,))
    elif verb == "mistake":
        open_rule_case(turn, author, room, Concern.APPEAL, rule=note.rule, shared=note.text)
        turn.say(author, "held-appealed")
    elif verb in {"without", "anyway", "send"}:
        _send(turn, author, room, note, verb)
    else:
        turn.say(author, "nudge-dropped")


def _send(turn: Turn, author: Member, room: Room, note: PendingNote, verb: str) -> None:
    """Send a held note, redacted or as it is; validated contacts and early links are always redacted."""
    early = rate_limits.early_links(turn, author, note.contacts)
    kept_out = [
        one for one in note.contacts if verb == "without" or one.certainty is Certainty.VALIDATED or one in early
    ]
    text, channel = without(note.text, kept_out, MARK), relay.channel_of_room(turn, room)
    if channel is None:
        rooms.relay(turn, author, room, text, note.message)
    elif channel_pacing.allowed(turn, author, channel):
        relay.post_under_alias(turn, author, channel, text, message=note.message)
    else:
        return
    turn.say(author, "nudge-sent-without" if kept_out else "nudge-sent")


def open_rule_case(turn: Turn, author: Member, room: Room, concern: Concern, *, rule: str, shared: str = "") -> None:
    """Open a case: rule, detector and time; text only where the author shares it by appealing (settled 8)."""
    reporter = author.id if concern is Concern.APPEAL else None
    texts = ((shared, True),) if shared else ()
    case = casework.open_case(turn, CaseReport(concern, author.id, room.id, reporter, rule, texts=texts))
    if concern is Concern.RULE and turn.tx.staff.all(turn.now) and not standing.is_suspended(turn, author):
        # The bot pauses somebody only where there are people who can look.
        lasts, number = sanctions.quarantine_lasts(turn, case), desk_views.rule_of(case)
        why = turn.words(author, "sanction-by-bot")
        sanctions.sanction_member(turn, None, case, Order(Step.QUARANTINE, number, lasts, explanation=why))


def expire_pending(turn: Turn) -> None:
    """Expire undecided notes after a day, and tell their authors."""
    for member_id in turn.tx.pending.expire(turn.now - turn.book.retention.text):
        member = turn.tx.members.by_id(member_id)
        if member is not None:
            turn.say(member, "nudge-expired")
