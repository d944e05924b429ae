"""Answer to what a platform's library could not read: there may have been a cry for help in it."""

from buddybot.domain.crisis.variables import words
from buddybot.domain.kernel.messages import Content, Said, Span
from buddybot.domain.people.members import Member
from buddybot.service.crisis.rendering import scene
from buddybot.service.kernel import files
from buddybot.service.kernel.turn import HELP, Turn


def tell_unparsed(turn: Turn, member: Member, event: Said) -> None:
    """Tell its author whom to call, and that it could not be read: once, however many came together."""
    if files.is_first(turn, event, "could-not-read"):
        text = turn.words(member, "could-not-read", **dict(words(scene(turn, member))))
        turn.show(member, Content((Span(text),), choices=turn.choices(member, (HELP,))))
