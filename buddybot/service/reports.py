"""Reports: one concern, what the reporter chooses to share, a case. The reported person is never told by whom."""

from dataclasses import replace

from buddybot.domain.cases import URGENCY, Case, Concern
from buddybot.domain.ids import CaseId, RoomId
from buddybot.domain.messages import MessageId
from buddybot.domain.people import Member, Talk
from buddybot.domain.rooms import Room
from buddybot.service import care, rooms
from buddybot.service.turn import Turn
from buddybot.store.ties import TieKind

CONCERNS = tuple(concern for concern in Concern if concern not in {Concern.RULE, Concern.APPEAL, Concern.CRISIS})
"""What a member may pick; the others are opened by the bot."""


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
    turn.say(
        member,
        "report-share",
        buttons=(("report-none", f"report.{room.id}.none"), ("report-cancel", f"report.{room.id}.cancel")),
    )


def shared(turn: Turn, member: Member, text: str) -> None:
    """Open the case with what the reporter wrote or pasted."""
    room_id, _, concern_name = member.private.subject.partition(".")
    room, concern = turn.tx.rooms.by_id(RoomId(room_id)), Concern(concern_name)
    _settle(turn, member)
    if room is None:
        turn.say(member, "report-nothing")
        return
    for seat in room.others(member.id):
        case = Case(
            id=CaseId(turn.world.new_id()),
            concern=concern,
            priority=URGENCY[concern],
            room=room.id,
            reporter=member.id,
            about=seat.member,
            opened_at=turn.now,
            shared=text,
        )
        turn.tx.cases.add(case)
    if concern is not Concern.WORRIED:
        rooms.keep_apart(turn, member, room, TieKind.REPORTED)
    key = "report-sent" if turn.book.practice.on_call else "report-sent-nobody"
    after = (("report-end", f"report.{room.id}.end"), ("report-keep", f"report.{room.id}.keep"))
    turn.say(member, key, buttons=after if room.ending is None else ())


def _settle(turn: Turn, member: Member) -> None:
    turn.tx.members.save(replace(member, private=replace(member.private, talk=Talk.NONE, subject="")))
