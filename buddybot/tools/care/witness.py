"""Record of what residents were shown, and the promises of care checked on every single message."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from buddybot.adapter import Content, Voice
from buddybot.content.words import Argument, Words
from buddybot.domain.kernel.rich_text import marked
from buddybot.domain.kernel.tokens import Token
from buddybot.service.kernel.lanes import BEREAVED, FAMILY
from buddybot.tools.care.residents import CRY, Resident

CARE = frozenset({"deal", "opener", "going", "checkin", "silence", "own", "milestone", "remember"})
"""Nouns of what care asks of its own accord."""
CELEBRATES = ("milestone-day", "milestone-moment", "milestone-share")
"""Beginnings of the keys of what marks something as good news."""
AGAIN = frozenset({"offer-again", "silence-ask"})
"""Kinds that may come once more, because somebody asked for it."""
DANGER = timedelta(hours=24)
"""So long after the last sign of danger two people write to each other at any hour."""
APART = timedelta(minutes=30)
"""Two questions at least so far apart are one at a time."""


def without_lane(kind: str) -> str:
    """Return the kind of a message, whichever lane it was worded for."""
    return kind.removesuffix(f"-{FAMILY}").removesuffix(f"-{BEREAVED}")


@dataclass(frozen=True)
class KindWords(Words):
    """Message catalog that remembers which key each rendered sentence is from: the kind of a message."""

    kinds: dict[str, str] = field(default_factory=dict)

    def say(self, locale: str, key: str, /, **arguments: Argument) -> str:
        """Return the string, and note its kind."""
        text = super().say(locale, key, **arguments)
        self.kinds["".join(span.text for span in marked(text))] = key
        return text


@dataclass(frozen=True, slots=True)
class ArrivedNote:
    """One note between two residents, as it arrived."""

    at: datetime
    room: str
    to: str


@dataclass(slots=True)
class Witness:
    """All that one run of the town came to."""

    kinds: Mapping[str, str]
    notes: list[ArrivedNote] = field(default_factory=list)
    opened: dict[str, datetime] = field(default_factory=dict)
    seats: dict[str, set[str]] = field(default_factory=dict)
    left: dict[str, datetime] = field(default_factory=dict)
    """When each pair was ended in words or by an event: a goodbye, a step, somebody erased."""
    said: Counter[str] = field(default_factory=Counter)
    """Messages of the bot by kind; `unasked` counts those that answered nothing."""
    unasked: int = 0
    answers: int = 0
    person_days: float = 0.0
    broken: list[str] = field(default_factory=list)
    """Promises that were broken, a sentence each."""
    asked: dict[tuple[str, str], int] = field(default_factory=dict)
    in_danger: dict[str, datetime] = field(default_factory=dict)
    """When somebody was last shown help in a crisis."""
    last_question: dict[str, datetime] = field(default_factory=dict)

    def show(self, one: Resident, content: Content, now: datetime) -> None:
        """Take down one message, and check it."""
        kind, room = self.kinds.get(content.text, ""), content.conversation.key
        unasked = one.acted_at != now
        if content.voice is Voice.MEMBER:
            self.notes.append(ArrivedNote(now, room, one.name))
        else:
            self.said[kind] += 1
            self.unasked += unasked
            self.answers += not unasked
            if kind in {"room-open", "room-again"}:
                self._open(one, room, now)
        for promise in self._checks(one, content, kind, now, unasked=unasked):
            self.broken.append(f"{now:%d %b %H:%M} {one.name} {kind or content.voice}: {promise}")

    def _open(self, one: Resident, room: str, now: datetime) -> None:
        self.opened.setdefault(room, now)
        self.seats.setdefault(room, set()).add(one.name)
        one.room, one.opened_at, one.wrote_at, one.waits_since, one.owes = room, now, None, None, False

    def _checks(self, one: Resident, content: Content, kind: str, now: datetime, *, unasked: bool) -> Iterator[str]:
        token = Token.parse(content.choices[0].token) if content.choices else None
        noun = "" if token is None else token.noun
        crisis = self._is_crisis(one, content, kind, now)
        if one.erased and unasked and kind not in {"forget-done", "link-elsewhere"}:
            yield "to somebody erased"
        if unasked and not crisis and one.sleeps(now) and noun != "call":
            yield "in quiet hours"
        if kind.startswith(CELEBRATES) and one.is_tender(now):
            yield "celebrates within 72 hours of a slip or a crisis"
        if unasked and noun == "offer":
            self.last_question[one.name] = now
        if not unasked or noun not in CARE or token is None:
            return
        if (one.paused_until or now) > now:
            yield "asks somebody on a break"
        if one.muted(token.subject, now):
            yield "asks about a pair that a sanction holds"
        yield from self._questions(one, f"{kind}:{token.subject}:{token.verb}", kind, now)

    def _is_crisis(self, one: Resident, content: Content, kind: str, now: datetime) -> bool:
        """Return whether a message belongs to a crisis: help, or what two say while one of them is in danger."""
        if content.voice is Voice.CRISIS:
            self.in_danger[one.name] = now
        near = {one.name, *self.seats.get(content.conversation.key, ())}
        open_now = any(now - self.in_danger[name] < DANGER for name in near if name in self.in_danger)
        member = content.voice is Voice.MEMBER and (open_now or content.text == CRY or kind.startswith("crisis-"))
        return member or content.voice in {Voice.CRISIS, Voice.MODERATOR}

    def _questions(self, one: Resident, mark: str, kind: str, now: datetime) -> Iterator[str]:
        last = self.last_question.get(one.name)
        if last is not None and now - last < APART:
            yield "two questions at once"
        self.last_question[one.name] = now
        asks = {"silence-ask": f":{one.wrote_at}", "silence-told": f":{one.waits_since}:{one.waits}"}
        silence = asks.get(without_lane(kind), "")
        times = self.asked[one.name, mark + silence] = self.asked.get((one.name, mark + silence), 0) + 1
        if times > (2 if kind in AGAIN else 1):
            yield "asked twice"
