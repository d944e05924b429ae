"""First contact at a bot account that is full: one sentence says where there is more room. Whoever stays loses nothing.

Off where a platform has one account. Never in danger, and not for who comes by an invite or a link of their own: those
are of this account.
"""

from buddybot.domain.kernel.commands import BY_WORD
from buddybot.domain.kernel.messages import Content, Inbound, Invoked, Joined, Pressed, Said, Span, Style
from buddybot.domain.kernel.note_text import command_in, tidy
from buddybot.domain.people.bot_accounts import roomier
from buddybot.domain.people.members import Member
from buddybot.service.kernel.turn import Turn

_BUSY = frozenset({"crisis", "link"})
"""Commands of who came for something that can't wait, or that belongs to this account."""


def tell_of_room(turn: Turn, member: Member, event: Inbound) -> None:
    """Tell a newcomer once of another account of the same platform, where this one is full and that one is not."""
    address, practice = event.origin.address, turn.book.practice
    if event.origin.place is not None or not _has_time(turn, event):
        return
    before = turn.now - practice.late
    if (here := turn.tx.accounts.of(address.platform, address.identity, before)) is None:
        return
    others = turn.tx.accounts.others(address.platform, address.identity, before)
    if (found := roomier(here, others, practice.full_at)) is not None:
        link = Span(turn.words(member, "account-roomier-link"), Style.LINK, found.link)
        turn.show(member, Content((Span(turn.words(member, "account-roomier") + "\n"), link)))


def _has_time(turn: Turn, event: Inbound) -> bool:
    match event:
        case Joined(invite=invite):
            return not invite
        case Said(text=text):
            danger = turn.screening is not None and turn.screening.shows_danger
            word, _ = command_in(tidy(text)) or ("", "")
            command = BY_WORD.get(word)
            in_time = command is None or command.name not in _BUSY
            return in_time and not danger and not turn.book.pace.called(text)
        case Invoked(command=command):
            return command not in _BUSY
        case Pressed():
            return True
    return False
