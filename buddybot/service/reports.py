"""Reports: one concern, what the reporter chooses to share, a case. The reported person is never told by whom."""

from dataclasses import replace

from buddybot.domain.cases import Concern
from buddybot.domain.ids import RoomId
from buddybot.domain.messages import Choice, Content, MessageId, Span
from buddybot.domain.people import Member, Talk
from buddybot.domain.rooms import Room
from buddybot.service import care, casework, franking, rooms, staff
from buddybot.service.casework import Told
from buddybot.service.turn import Turn
from buddybot.store.ties import TieKind

CONCERNS = tuple(concern for concern in Concern if concern not in {Concern.RULE, Concern.APPEAL, Concern.CRISIS})
"""What a member may pick; the others are opened by the bot."""
SHARES = (("one", 1), ("six", 6))


def ask(turn: Turn, member: Member, message: MessageId | None) -> None:
    """Ask what it is about; with a message pressed or replied to, that message's room is meant."""
    room = _meant(turn, member, message)
    if room is None:
        turn.say(member, "report-nothing")
        return
    options = [(f"report-{concern}", f"report.{room.id}.{concern}") for concern in CONCERNS]
    turn.say(member, "report-ask", buttons=(*options, ("report-cancel", f"report.{room.id}.cancel")))


def _meant(turn: Turn, member: Member, message: MessageId | None) -> Room | None:
    receipt = turn.tx.receipts.of_message(member.id, message) if message else None
    found = None if receipt is None else turn.tx.rooms.room_of_note(receipt.note)
    if found is not None:
        return found[0]
    return rooms.room_of(turn, member) or turn.tx.rooms.latest_of(member.id)


def press(turn: Turn, member: Member, room_id: RoomId, verb: str) -> None:
    """Take one step of a report."""
    room = turn.tx.rooms.by_id(room_id)
    if room is None or all(seat.member != member.id for seat in room.seats):
        turn.say(member, "report-nothing")
    elif verb in {concern.value for concern in CONCERNS}:
        _choose(turn, member, room, Concern(verb))
    elif verb == "none" and member.private.talk is Talk.REPORT:
        shared(turn, member, "")
    elif verb in dict(SHARES) and member.private.talk is Talk.REPORT:
        # Their platform can't hand over what they saw: they paste it.
        turn.say(member, "report-paste")
    elif verb == "end":
        rooms.block(turn, member, room_id, "yes")
    elif verb == "keep":
        turn.say(member, "report-kept")
    else:
        _settle(turn, member)
        turn.say(member, "report-cancelled")


def _choose(turn: Turn, member: Member, room: Room, concern: Concern) -> None:
    private = replace(member.private, talk=Talk.REPORT, subject=f"{room.id}.{concern}")
    turn.tx.members.save(replace(member, private=private))
    if concern is Concern.WORRIED:
        care.worried(turn, member)
    choices = (
        *(
            Choice(f"report.{room.id}.{verb}", turn.words(member, f"report-{verb}"), share=count)
            for verb, count in SHARES
        ),
        *turn.choices(
            member, (("report-none", f"report.{room.id}.none"), ("report-cancel", f"report.{room.id}.cancel"))
        ),
    )
    turn.show(member, Content((Span(turn.words(member, "report-share")),), choices=choices))


def handed(turn: Turn, member: Member, room_id: RoomId, text: str) -> None:
    """Take the texts that the reporter's own side handed over with the press of a button."""
    if member.private.talk is Talk.REPORT and member.private.subject.startswith(f"{room_id}."):
        shared(turn, member, text)
    else:
        turn.say(member, "report-nothing")


def shared(turn: Turn, member: Member, text: str) -> None:
    """Open the case with what the reporter wrote or pasted."""
    room_id, _, concern_name = member.private.subject.partition(".")
    room, concern = turn.tx.rooms.by_id(RoomId(room_id)), Concern(concern_name)
    _settle(turn, member)
    if room is None:
        turn.say(member, "report-nothing")
        return
    for seat in room.others(member.id):
        texts = franking.checked(turn, room.id, seat.member, text)
        casework.open_case(turn, Told(concern, seat.member, room.id, member.id, texts=texts))
    if concern is not Concern.WORRIED:
        rooms.keep_apart(turn, member, room, TieKind.REPORTED)
    key = "report-sent" if staff.anyone(turn) else "report-sent-nobody"
    after = (("report-end", f"report.{room.id}.end"), ("report-keep", f"report.{room.id}.keep"))
    turn.say(member, key, buttons=after if room.ending is None else ())


def _settle(turn: Turn, member: Member) -> None:
    turn.tx.members.save(replace(member, private=replace(member.private, talk=Talk.NONE, subject="")))
