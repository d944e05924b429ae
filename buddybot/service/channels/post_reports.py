"""Abuse reports of posts in channels: one tap on the post, one on the reason. The reporter is never named."""

from buddybot.domain.kernel.commands import merged
from buddybot.domain.kernel.drawing.forms import WORDS, Form
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Invoked, MessageId, NoteId
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.moderation.cases import Concern
from buddybot.domain.people.members import Member
from buddybot.service.channels import relay
from buddybot.service.crisis import conversation
from buddybot.service.kernel import staff
from buddybot.service.kernel.forms import FormPress, hand_back, taken_form
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import casework, reports
from buddybot.service.moderation.casework import CaseReport
from buddybot.store.matching.ties import TieKind


def invoked(turn: Turn, member: Member, event: Invoked) -> bool:
    """Start a report of a post in a place; False when that is not what it is."""
    given = merged(event.arguments)
    message = given.get("message")
    where = relay.place_of(turn, event.origin)
    if event.command != "report" or where is None or not message:
        return False
    receipt = turn.tx.receipts.of_message(where, MessageId(message))
    if receipt is None or turn.tx.rooms.author_of(receipt.note) is None:
        turn.say(member, "report-nothing")
        return True
    buttons = tuple((f"report-{concern}", Token("flag", receipt.note, concern)) for concern in reports.CONCERNS)
    cancel = ("report-cancel", Token("flag", receipt.note, "cancel"))
    turn.ask(member, "report-ask", buttons=(*buttons, cancel), again="report-ask-again", words=given.get("text", ""))
    return True


def menu_form(press: FormPress) -> Form | None:
    """Return the form for a report of a post, or of a note in private; None where there is nothing to report."""
    if press.token.verb == "post" or relay.place_of(press.turn, press.event.origin) is not None:
        return None if _reported(press) is None else reports.concern_form(press)
    return reports.report_form(press)


def receive_post_report(press: FormPress, member: Member) -> None:
    """Take a report of a post that came on a form."""
    turn, found = press.turn, _reported(press)
    if found is None:
        hand_back(turn, member, turn.words(member, "report-nothing"), press.event)
        return
    note, author = found
    filled = taken_form(press, member, reports.concern_form(press), Token("form", note, "post"))
    if filled is None:
        return
    words, concern = filled.words(WORDS), filled.words(reports.WHAT)
    told = CaseReport(Concern(concern), author, reporter=member.id, texts=((words, False),))
    if reports.is_known(turn, told):
        turn.say(member, "report-known")
    else:
        press_flag(turn, member, note, concern, words)


def _reported(press: FormPress) -> tuple[NoteId, MemberId] | None:
    """Return the post that a form is about, and its author: named by the token, or by the message of its menu."""
    turn, where = press.turn, relay.place_of(press.turn, press.event.origin)
    note = NoteId(press.token.subject) if press.token.verb == "post" else None
    if note is None and where is not None and press.event.message:
        receipt = turn.tx.receipts.of_message(where, press.event.message)
        note = None if receipt is None else receipt.note
    author = None if note is None else turn.tx.rooms.author_of(note)
    return None if note is None or author is None else (note, author)


def press_flag(turn: Turn, member: Member, note: str, verb: str, words: str = "") -> None:
    """Button handler of a post's report: open a case about its author; `words` came with the report."""
    found = turn.tx.rooms.room_of_note(NoteId(note))
    if verb not in {concern.value for concern in reports.CONCERNS}:
        turn.say(member, "report-cancelled")
        return
    if found is None or relay.channel_of_room(turn, found[0]) is None:
        turn.say(member, "report-nothing")
        return
    concern, (room, author) = Concern(verb), found
    texts = ((words, False),) if words else ()
    casework.open_case(turn, CaseReport(concern, author, room.id, member.id, rule=f"note:{note}", texts=texts))
    if concern is Concern.WORRIED:
        conversation.worried(turn, member)
    elif (hashed := turn.tx.members.hash_of(author)) is not None and author != member.id:
        turn.tx.ties.add(member.id, hashed, TieKind.REPORTED, turn.now)
    turn.say(member, "report-sent" if staff.anyone(turn) else "report-sent-nobody")
