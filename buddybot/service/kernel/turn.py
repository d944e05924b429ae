"""One turn: the transaction, the moment and the content that a use case works with, and the way it speaks."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from buddybot.content.words import Argument
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Choice, Content, Document, Effect, Send, Span, Voice
from buddybot.domain.kernel.world import World
from buddybot.domain.people.members import Member
from buddybot.service.kernel.book import Book
from buddybot.store.kernel.outbox import SendPriority
from buddybot.store.tx import Tx

Buttons = Sequence[tuple[str, str]]
"""Pairs of a word's key and the token that comes back."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Everything a use case may read, and the one thing (`tx`) that changes anything."""

    tx: Tx
    world: World
    book: Book
    now: datetime
    answers: MemberId | None = None
    heard: list[Content] = field(default_factory=list)
    """What was said to `answers`, whose page shows it: it is not sent to their platform as well."""

    def words(self, member: Member, key: str, /, **arguments: Argument) -> str:
        """Return a string in the member's language."""
        return self.book.words.say(member.locale, key, **arguments)

    def choices(self, member: Member, buttons: Buttons) -> tuple[Choice, ...]:
        """Return buttons labelled in the member's language."""
        return tuple(Choice(token, self.words(member, key)) for key, token in buttons)

    def say(
        self,
        member: Member,
        key: str,
        /,
        *,
        buttons: Buttons = (),
        crisis: bool = False,
        due: datetime | None = None,
        **arguments: Argument,
    ) -> None:
        """Let the bot say one thing to a member, now or when it is `due`."""
        text = self.words(member, key, **arguments)
        self.show(member, Content((Span(text),), choices=self.choices(member, buttons)), crisis=crisis, due=due)

    def show(self, member: Member, content: Content, *, crisis: bool = False, due: datetime | None = None) -> None:
        """Send composed content to a member; crisis content goes before everything else."""
        if crisis:
            content = replace(content, voice=Voice.CRISIS)
        if member.id == self.answers:
            self.heard.append(content)
            return
        self.post(member.id, Send(content), crisis=crisis, due=due)

    def post(self, member: MemberId, effect: Effect, *, crisis: bool = False, due: datetime | None = None) -> None:
        """Put one effect for one recipient into the outbox."""
        self.tx.outbox.add(member, effect, self.now, SendPriority.CRISIS if crisis else SendPriority.NORMAL, due)

    def later_card(self, member: Member, content: Content) -> None:
        """Show a card that belongs after a note: never before the note's own copy was delivered."""
        self.post(member.id, Send(replace(content, voice=Voice.CRISIS)))

    def hand(self, member: Member, key: str, document: Document, /, **arguments: Argument) -> None:
        """Give a member a file."""
        self.show(member, Content((Span(self.words(member, key, **arguments)),), document=document))
