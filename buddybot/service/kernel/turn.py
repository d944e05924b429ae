"""Context of one use case: the open transaction, the current time, the loaded content, and helpers that speak.

Whatever is said with choices is remembered as an open question, so that what can be tapped can be typed as well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from buddybot.content.words import Argument
from buddybot.domain.dialog.questions import EXCLUSIVE_LASTS, LASTS, Offered, OpenQuestion, Unfit, named_after
from buddybot.domain.dialog.typed_text import TypedText
from buddybot.domain.kernel.conversations import BOT_KEY, WITH_BOT
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Choice, Content, Document, Effect, NoteId, Purpose, Send, Span, Voice
from buddybot.domain.kernel.rich_text import marked, timed
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.kernel.verdicts import Screening
from buddybot.domain.kernel.world import World
from buddybot.domain.matching.waiting import Waiting
from buddybot.domain.people.members import Member, Stage
from buddybot.service.kernel import conversations, quiet
from buddybot.service.kernel.book import Book
from buddybot.service.kernel.moments import Told, quiet_end
from buddybot.store.kernel.outbox import SendPriority, Spares
from buddybot.store.tx import Tx

Buttons = Sequence[tuple[str, Token]]
"""Pairs of a label's locale key and the token that comes back."""

HELP = ("greeting-help", Token("home", verb="crisis"))
FIND = ("home-find", Token("home", verb="find"))
MODERATOR = ("moderator-talk", Token("mod", verb="talk"))
APPEAL = ("sanction-appeal", Token("appeal", verb="ask"))

MAIN = frozenset({"home-find", "greeting-find", "offer-yes", "circle-yes", "oncall-can", "goodbye-find"})
"""Labels of what most people come for, where it stands among other choices: drawn to be seen first."""

PURPOSES: Mapping[str, Purpose] = {
    str(HELP[1]): Purpose.HELP,
    "forget.all": Purpose.ERASE,
    "forget.yes": Purpose.ERASE,
}
"""What buttons are for that must be told apart at a glance, by their wire text."""

_READ_ELSEWHERE = frozenset({"ask", "tick", "care", "voice"})
"""Choices of questionnaire, crisis conversation and moderators' talks, which read typed words themselves."""


def purpose_of(token: str) -> Purpose:
    """Return what a button is for, by its wire text."""
    return PURPOSES.get(token, Purpose.PLAIN)


@dataclass(frozen=True, slots=True)
class Asking:
    """Options of an open question: what words do that fit no choice, and `again`, the key of the reprompt."""

    unfit: Unfit = Unfit.PASSING
    again: str = ""
    about: str = ""
    lasts: timedelta | None = None
    words: str = field(default="", repr=False)
    name: str = ""
    reads: tuple[tuple[str, str], ...] = ()
    """Pairs of a token's wire text and the verb whose phrases choose it, where its own are not enough."""
    said: str = ""
    """The key of the question itself, where it takes nothing in."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Request context: everything a use case may read, and the one thing (`tx`) that changes anything."""

    tx: Tx
    world: World
    book: Book
    now: datetime
    crowd: Waiting
    answers: MemberId | None = None
    captured: list[Content] = field(default_factory=list)
    """What was said to `answers`, whose page shows it: it is not sent to their platform as well."""
    screening: Screening | None = None
    """What was read in the words of the event, before the transaction."""
    regions: Mapping[MemberId, str] = field(default_factory=dict)
    """The region that the app of whoever acts names, a hint: it is never kept."""
    zones: Mapping[MemberId, str] = field(default_factory=dict, repr=False)
    """What the device of whoever acts calls its time zone, a hint as well."""
    calling: frozenset[str] = frozenset()
    """Platforms that can call a device whose person is not there."""
    roomed: frozenset[str] = frozenset()
    """Platforms that draw a room for each conversation."""
    formed: frozenset[str] = frozenset()
    """Platforms that have forms."""
    threaded: frozenset[str] = frozenset()
    """Platforms that keep a thread for each case where moderators are."""
    resumed: list[MemberId] = field(default_factory=list)
    at: str | None = None
    """The conversation in which whoever acts did it; None where their platform has one chat for all."""
    within: Mapping[MemberId, str] = field(default_factory=dict)
    """The conversation that what is said to a member now belongs to; without one it is the bot's own."""
    platforms: frozenset[str] = frozenset()
    """The platforms that this house is on."""
    awake: frozenset[MemberId] = frozenset()
    """Who did what this turn is about: what is said to them answers it, whatever the hour."""
    labels: dict[str, str] = field(default_factory=dict)
    """The locale keys of the labels made in this turn, by token: a question is read in every language."""
    heard: dict[str, bool] = field(default_factory=dict, repr=False)
    """Of which texts it was asked in this turn whether they are a plain call for help, and whether they are."""
    plainly: dict[str, TypedText] = field(default_factory=dict, repr=False)
    """Texts that were read in this turn, each made plain once."""

    def typed(self, text: str) -> TypedText:
        """Return a text as typed answers are read."""
        if text not in self.plainly:
            self.plainly[text] = TypedText(text, self.book.replies)
        return self.plainly[text]

    def is_call(self, text: str) -> bool:
        """Return whether a whole message is a plain call for help; several use cases ask of the same one."""
        if text not in self.heard:
            self.heard[text] = self.book.pace.called(text, self.typed(text).plain)
        return self.heard[text]

    def inside(self, member: MemberId, key: str) -> "Turn":
        """Return the turn in which what the bot says to this member belongs to one of their conversations."""
        return replace(self, within={**self.within, member: key})

    def words(self, member: Member, key: str, /, **arguments: Argument) -> str:
        """Return a string in the member's language."""
        return self.book.words.say(member.locale, key, **arguments)

    def spans(
        self, member: Member, key: str, arguments: Mapping[str, Argument | Told], locale: str = ""
    ) -> tuple[Span, ...]:
        """Return a string in the member's language as spans: marks of lists are read, moments are told apart."""
        say, locale = self.book.words.say, locale or member.locale
        told = [value for value in arguments.values() if isinstance(value, Told)]
        worded = {name: value.words if isinstance(value, Told) else value for name, value in arguments.items()}
        found = marked(say(locale, key, **worded))
        for one in told:
            words = one.words if isinstance(one.words, str) else say(locale, "moment-here", at=one.words)
            found = timed(found, words, one.at, day=one.day)
        return found

    def app(self, member: Member) -> str:
        """Return the app that somebody writes in, for copy that says who else reads along: "web", or its name."""
        address = self.tx.members.address(member.id)
        return "web" if address is None or address.platform == "web" else address.platform.title()

    def has_forms(self, member: Member) -> bool:
        """Return whether somebody's platform has forms; where it has none, no button opens one."""
        address = self.tx.members.whole_address(member.id)
        return address is not None and address.platform in self.formed

    def has_rooms(self, member: Member) -> bool:
        """Return whether somebody sees each of their conversations apart, whoever acts now."""
        address = self.tx.members.whole_address(member.id)
        return address is not None and address.platform in self.roomed

    def choices(self, member: Member, buttons: Buttons) -> tuple[Choice, ...]:
        """Return buttons labelled in the member's language."""
        self.labels.update((str(token), key) for key, token in buttons)
        return tuple(
            Choice(str(token), self.words(member, key), main=key in MAIN, purpose=purpose_of(str(token)))
            for key, token in buttons
        )

    def say(
        self,
        member: Member,
        key: str,
        /,
        *,
        buttons: Buttons = (),
        asking: Asking | None = None,
        crisis: bool = False,
        due: datetime | None = None,
        locale: str = "",
        takes: tuple[str, ...] | None = None,
        **arguments: Argument | Told,
    ) -> None:
        """Send a localized message, now or when it is `due`; `locale` where it is not their usual one."""
        spans = self.spans(member, key, arguments, locale)
        content = Content(spans, choices=self.choices(member, buttons), takes=takes)
        if buttons and not arguments:
            asking = replace(asking or Asking(), said=key)
        self.show(member, content, asking=asking, crisis=crisis, due=due)

    def ask(
        self,
        member: Member,
        key: str,
        /,
        *,
        buttons: Buttons,
        again: str,
        unfit: Unfit = Unfit.EXCLUSIVE,
        about: str = "",
        lasts: timedelta | None = None,
        words: str = "",
        reads: tuple[tuple[str, str], ...] = (),
        **arguments: Argument,
    ) -> None:
        """Ask an exclusive question: words that fit no choice go to nobody."""
        asking = Asking(unfit, again, about, lasts, words, reads=reads, said="" if arguments else key)
        content = Content((Span(self.words(member, key, **arguments)),), choices=self.choices(member, buttons))
        self.show(member, content, asking=asking)

    def show(
        self,
        member: Member,
        content: Content,
        *,
        asking: Asking | None = None,
        crisis: bool = False,
        urgent: bool = False,
        note: NoteId | None = None,
        due: datetime | None = None,
    ) -> None:
        """Send composed content to a member; crisis content goes before everything else, and so does what is `urgent`.

        With a `note` it can be answered: an id of what was said.
        """
        if crisis:
            content = replace(content, voice=Voice.CRISIS)
        if content.voice is not Voice.MEMBER:
            content = replace(content, language=member.locale, erased=member.stage is Stage.FAREWELL)
        if member.id == self.answers:
            self.captured.append(content)
            return
        send = self._belonging(member.id, Send(content, note))  # once: it may read who is in the room
        due = self.spared(member, send, crisis=crisis or urgent, due=due)
        self._remember(member, send.content, asking or Asking(), due)
        self.post(member.id, send, crisis=crisis or urgent, due=due)

    def spared(
        self, member: Member, send: Send, *, crisis: bool = False, due: datetime | None = None
    ) -> datetime | None:
        """Return when a message may be shown, given when it is `due`: never in its reader's quiet hours unasked.

        This is the one place that knows; `quiet` says which messages spare whom. None: at once.
        """
        if crisis or self._is_up(member.id, due) or self._sparing(member.id, send) is Spares.NOBODY:
            return due
        later = quiet_end(member, max(due or self.now, self.now))
        return due if later is None or quiet.is_on_duty(self.tx, member, self.now) else later

    def _is_up(self, member: MemberId, due: datetime | None) -> bool:
        """Return whether a reader acts at this moment; what is due later finds them asleep, perhaps."""
        return member in self.awake and (due is None or due <= self.now)

    def _sparing(self, member: MemberId, send: Send) -> Spares:
        content = self._belonging(member, send).content
        return quiet.spares(content, content.conversation)

    def show_note(self, member: Member, send: Send) -> None:
        """Send crisis content with top priority, under a note id that lets it be retracted."""
        if member.id == self.answers:
            self.captured.append(send.content)
            return
        if send.content.choices:
            self.tx.questions.age(member.id, self.now)
        self.post(member.id, send, crisis=True)

    def resume(self, member: Member) -> None:
        """Schedule a reprompt: the router shows again what they were in the middle of."""
        self.resumed.append(member.id)

    def _remember(self, member: Member, content: Content, asking: Asking, due: datetime | None) -> None:
        """Record an open question, where an answer can be typed; what is due later is open from then on."""
        choices = (*content.choices, *content.extra)
        if member.stage in {Stage.FAREWELL, Stage.PLACE} or not choices:
            return
        nouns = {token.noun for one in choices if (token := Token.parse(one.token)) is not None}
        if nouns & _READ_ELSEWHERE:
            self.tx.questions.age(member.id, self.now)
            return
        offered = tuple(self._offered(one, asking) for one in choices)
        name, about = named_after(offered)
        if not name:
            return  # only the button for help, which words of danger and /crisis bring as well
        question = OpenQuestion(
            name=asking.name or name,
            about=asking.about or ("" if asking.name else about),
            choices=offered,
            unfit=asking.unfit,
            asked_at=due or self.now,
            until=(due or self.now) + (asking.lasts or LASTS),
            serious_until=(due or self.now) + (asking.lasts or EXCLUSIVE_LASTS),
            again=asking.again,
            said=asking.said,
            words=asking.words,
            within=content.conversation.key or self.within.get(member.id, BOT_KEY),
        )
        self.tx.questions.ask(member.id, question, self.now, due, self._sparing(member.id, Send(content)))

    def _offered(self, choice: Choice, asking: Asking) -> Offered:
        token = Token.parse(choice.token)
        # Among free words only a plain wish to go back is no answer: "no" may be somebody's last word.
        plainly = "cancel" if asking.unfit is Unfit.TEXT and token is not None and token.verb == "cancel" else ""
        reads = dict(asking.reads).get(choice.token, plainly)
        return Offered(choice.token, self.labels.get(choice.token, ""), choice.label, reads)

    def post(self, member: MemberId, effect: Effect, *, crisis: bool = False, due: datetime | None = None) -> None:
        """Enqueue one effect for one recipient in the outbox."""
        priority = SendPriority.CRISIS if crisis else SendPriority.NORMAL
        spares = Spares.NOBODY
        if isinstance(effect, Send):
            effect = self._belonging(member, effect)
            if not crisis and not self._is_up(member, due):
                spares = quiet.spares(effect.content, effect.content.conversation)
        self.tx.outbox.add(member, effect, self.now, priority, due, self.world.new_id(), spares)

    def _belonging(self, member: MemberId, effect: Send) -> Send:
        """Return a message with the conversation that it belongs to."""
        key = self.within.get(member, BOT_KEY)
        if key == BOT_KEY or effect.content.conversation != WITH_BOT:
            return effect
        found = conversations.seen_by(self.tx, member, key)
        return replace(effect, content=replace(effect.content, conversation=found))

    def later_card(self, member: Member, content: Content) -> None:
        """Queue crisis guidance at normal priority, so that it can't overtake the note that it is about."""
        self.post(member.id, Send(replace(content, voice=Voice.CRISIS)))

    def hand(self, member: Member, key: str, document: Document, /, **arguments: Argument) -> None:
        """Send a document."""
        self.show(member, Content((Span(self.words(member, key, **arguments)),), document=document))
