"""Where each button goes. Tokens are checked against what is true now, so a stale or forged one does no harm."""

from buddybot.domain.ids import OfferId, RoomId
from buddybot.domain.messages import NoteId, Pressed
from buddybot.domain.people import Member, Stage
from buddybot.service import care, commands, home, intake, matching, privacy, reports, rooms
from buddybot.service.turn import Turn

LONGEST = 64


def press(turn: Turn, member: Member, event: Pressed) -> None:
    """Do what the pressed button says."""
    tokens = tuple(token for token in event.tokens if len(token) <= LONGEST)
    if not tokens:
        return
    noun, _, rest = tokens[0].partition(".")
    subject, _, verb = rest.partition(".")
    match noun:
        case "home" if subject == "crisis":
            care.card(turn, member)
        case "care":
            care.press(turn, member, tokens[0])
        case "home":
            home.press(turn, member, subject)
        case "ask":
            commands.aside(turn, member, intake.picked(turn, member, event.origin, tokens))
        case intake.TICK:
            intake.ticked(turn, member, event.origin, tokens[0], event.message)
        case "command":
            commands.run(turn, member, subject, {"days": verb, "language": verb})
        case _ if member.stage in {Stage.GREETED, Stage.GATES}:
            turn.say(member, "only-members")
            home.find(turn, member)
        case "answers":
            intake.change(turn, member, subject)
        case "offer":
            matching.answer(turn, member, OfferId(subject), verb)
        case "goodbye":
            rooms.goodbye(turn, member, RoomId(subject), verb)
        case "block":
            rooms.block(turn, member, RoomId(subject), verb)
        case "note":
            rooms.send_now(turn, member, NoteId(subject))
        case "report":
            reports.press(turn, member, RoomId(subject), verb)
        case "forget":
            privacy.press_forget(turn, member, subject)
        case _:
            turn.say(member, "stale-button")
            home.arrive(turn, member)
