"""Abuse reports of posts in channels: one tap on the post, one on the reason. The reporter is never named."""

from dataclasses import replace

from buddybot.domain.kernel.commands import merged
from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.messages import Invoked, MessageId, NoteId
from buddybot.domain.kernel.messages.forms import WORDS, Form
from buddybot.domain.kernel.places import ChannelKind
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

OF_POSTS = frozenset({"post", "person"})
"""What a form may be about beside a message: a post by its note, a person by what they wrote in the open."""


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
    ask_what(turn, member, receipt.note, given.get("text", ""))
    return True


def ask_what(turn: Turn, member: Member, note: NoteId, words: str = "") -> None:
    """Ask what a report of a post is about; `words` wait for the answer."""
    buttons = tuple((f"report-{concern}", Token("flag", note, concern)) for concern in reports.CONCERNS)
    cancel = ("report-cancel", Token("flag", note, "cancel"))
    reports.ask_concern(turn, member, (*buttons, cancel), words=words)


def menu_form(press: FormPress) -> Form | None:
    """Return the form for a report of a post, or of a note in private; None where there is nothing to report."""
    if press.token.verb in OF_POSTS or relay.place_of(press.turn, press.event.origin) is not None:
        return None if post_meant(press) is None else reports.concern_form(press)
    return reports.report_form(press)


def receive_post_report(press: FormPress, member: Member) -> None:
    """Take a report of a post that came on a form; without one, ask what it is about."""
    turn, found = press.turn, post_meant(press)
    if found is None:
        key = "report-person-nothing" if press.token.verb == "person" else "report-nothing"
        hand_back(turn, member, turn.words(member, key), press.event)
        return
    note, author = found
    if not press.event.answers:
        ask_what(turn, member, note)
        return
    filled = taken_form(press, member, reports.concern_form(press), Token("form", note, "post"))
    if filled is None:
        return
    words, concern = filled.words(WORDS), filled.words(reports.WHAT)
    told = CaseReport(Concern(concern), author, reporter=member.id, texts=((words, False),))
    if reports.is_known(turn, told):
        turn.say(member, "report-known")
    else:
        press_flag(turn, member, note, concern, words)


def post_meant(press: FormPress) -> tuple[NoteId, MemberId] | None:
    """Return the post that a menu or a form is about, and its author.

    A person is meant by the newest of what they wrote themselves in an open channel: that is there for everybody to
    see, and nothing else is told of anybody, not even whether the bot knows them.
    """
    turn, where = press.turn, relay.place_of(press.turn, press.event.origin)
    note = NoteId(press.token.subject) if press.token.verb == "post" else None
    if press.token.verb == "person":
        note = _newest_of(press)
    elif note is None and where is not None and press.event.message:
        receipt = turn.tx.receipts.of_message(where, press.event.message)
        note = None if receipt is None else receipt.note
    author = None if note is None else turn.tx.rooms.author_of(note)
    return None if note is None or author is None else (note, author)


def _newest_of(press: FormPress) -> NoteId | None:
    turn = press.turn
    person = turn.tx.members.by_address(replace(press.event.origin.address, account=press.token.subject, chat=""))
    posts = [] if person is None else [note for note, room in turn.tx.rooms.notes_by(person.id) if _is_open(turn, room)]
    return max(posts, key=lambda one: (turn.tx.rooms.said_at(one) or turn.now, one), default=None)


def _is_open(turn: Turn, room_id: RoomId) -> bool:
    room = turn.tx.rooms.by_id(room_id)
    channel = None if room is None else relay.channel_of_room(turn, room)
    return channel is not None and channel.kind is ChannelKind.OPEN


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
