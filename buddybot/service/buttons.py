"""Where each button goes. Tokens are checked against what is true now, so a stale or forged one does no harm."""

from collections.abc import Callable, Mapping

from buddybot.domain.kernel.ids import OfferId, PendingId, RoomId
from buddybot.domain.kernel.messages import NoteId, Pressed
from buddybot.domain.people.members import Member, Stage, Talk
from buddybot.service import commands
from buddybot.service.channels import post_reports
from buddybot.service.crisis import conversation
from buddybot.service.intake import questionnaire
from buddybot.service.kernel import standing
from buddybot.service.kernel.turn import Turn
from buddybot.service.matching import circles, offers
from buddybot.service.moderation import appeals, reports, staff_commands
from buddybot.service.people import home, links, privacy
from buddybot.service.talk import checkins, enforcement, on_call, rooms

LONGEST = 64


def press(turn: Turn, member: Member, event: Pressed) -> None:
    """Do what the pressed button says."""
    tokens = tuple(token for token in event.tokens if len(token) <= LONGEST)
    noun, _, rest = (tokens or ("",))[0].partition(".")
    subject, _, verb = rest.partition(".")
    if noun in {"ask", questionnaire.TICK} and not _in_questions(member):
        _stale(turn, member)
    elif noun == "ask":
        commands.aside(turn, member, questionnaire.picked(turn, member, event.origin, tokens))
    elif noun == questionnaire.TICK:
        questionnaire.ticked(turn, member, event.origin, tokens[0], event.message)
    elif noun == "report" and event.text and member.stage not in {Stage.GREETED, Stage.GATES}:
        reports.handed(turn, member, subject, event.text)
    elif noun == "care":
        conversation.press(turn, member, tokens[0])
    elif noun in USING and standing.is_suspended(turn, member):
        turn.say(member, "held-back", buttons=(("greeting-help", "home.crisis"), ("sanction-appeal", "appeal..ask")))
    elif noun in ALWAYS:
        ALWAYS[noun](turn, member, subject, verb)
    elif noun in MEMBERS and member.stage in {Stage.GREETED, Stage.GATES}:
        turn.say(member, "only-members")
        home.find(turn, member)
    elif noun in MEMBERS:
        MEMBERS[noun](turn, member, subject, verb)
    else:
        _stale(turn, member)


def _in_questions(member: Member) -> bool:
    """Whether a question is open: an old answer button must neither begin the gates nor start a search again."""
    return member.stage in {Stage.GATES, Stage.INTAKE} or member.private.talk is Talk.EDITING


def _stale(turn: Turn, member: Member) -> None:
    turn.say(member, "stale-button")
    home.arrive(turn, member)


def _home(turn: Turn, member: Member, verb: str, _: str) -> None:
    if verb == "crisis":
        conversation.card(turn, member)
    else:
        home.press(turn, member, verb)


def _note(turn: Turn, member: Member, note: str, _: str) -> None:
    rooms.send_now(turn, member, NoteId(note))


Action = Callable[[Turn, Member, str, str], None]

ALWAYS: Mapping[str, Action] = {
    "appeal": appeals.press,
    "mod": staff_commands.press,
    "home": _home,
    "command": lambda turn, member, name, value: commands.run(turn, member, name, {"language": value}),
    "forget": lambda turn, member, verb, _: privacy.press_forget(turn, member, verb),
    "flag": post_reports.press,
    "link": links.press,
    "pending": lambda turn, member, note, verb: enforcement.decide(turn, member, PendingId(note), verb),
}
USING = frozenset({"call", "circle", "offer", "note", "pending"})
"""What reaches other people: not for somebody who is held back."""
MEMBERS: Mapping[str, Action] = {
    "answers": lambda turn, member, question, _: questionnaire.change(turn, member, question),
    "offer": lambda turn, member, offer, verb: offers.answer(turn, member, OfferId(offer), verb),
    "goodbye": lambda turn, member, room, verb: rooms.goodbye(turn, member, RoomId(room), verb),
    "block": lambda turn, member, room, verb: rooms.block(turn, member, RoomId(room), verb),
    "note": _note,
    "report": reports.press,
    "circle": circles.press,
    "checkin": checkins.press,
    "call": on_call.press,
}
