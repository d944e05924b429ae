"""Any order of joining, matching, talking, blocking, erasing and crashing, against a plain model of what must hold."""

import asyncio
import logging
import shutil
import tempfile
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from buddybot.adapter import Away, MessageId, Passage, RetryLater, Voice
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.people.members import Stage
from buddybot.service.kernel.book import Book
from buddybot.store.tx import Tx
from buddybot.testing import Clock, FakePlatform, Person, TestBot, practice_book, running

NAMES = ("ann", "ben", "cyn", "dee")
STILL_USING = {"ann": "using", "ben": "thinking", "cyn": "steady_year", "dee": "steady_months"}
REFUSES_USING = {"cyn"}
BOOK: list[Book] = []


def the_book() -> Book:
    if not BOOK:
        BOOK.append(practice_book())
    return BOOK[0]


@dataclass
class Note:
    """What somebody said: to whom, and whether they took it back."""

    author: str
    message: MessageId
    text: str
    taken_back: bool = False


@dataclass
class Model:
    """What must be true, whatever the bot does inside."""

    joined: set[str] = field(default_factory=set)
    blocked: set[frozenset[str]] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)
    number: int = 0


class Conversation(RuleBasedStateMachine):
    """Four people, one bot, and a folder that outlives every crash."""

    def __init__(self) -> None:
        super().__init__()
        logging.disable(logging.CRITICAL)
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp(prefix="buddybot-"))
        self.platform, self.clock, self.model, self.seed = FakePlatform(), Clock(), Model(), 0
        self.open: AbstractAsyncContextManager[TestBot] | None = None

    @initialize(names=st.permutations(NAMES))
    def meet(self, names: list[str]) -> None:
        self.start()
        for name in names:
            self.join(name)
        self.match()

    def start(self) -> None:
        self.seed += 1
        self.open = running(self.folder, book=the_book(), platform=self.platform, clock=self.clock, seed=self.seed)
        self.bot = self.loop.run_until_complete(self.open.__aenter__())

    def stop(self) -> None:
        assert self.open is not None
        self.loop.run_until_complete(self.open.__aexit__(None, None, None))
        self.open = None

    def teardown(self) -> None:
        if self.open is not None:
            self.stop()
        self.loop.close()
        shutil.rmtree(self.folder)
        logging.disable(logging.NOTSET)

    def person(self, name: str) -> Person:
        return self.bot.person(name, names=(f"user-{name}",))

    def partner(self, name: str) -> str | None:
        """Return who this person sits with."""
        return self.loop.run_until_complete(self.bot.house.store.read(lambda tx: self._partner(tx, name)))

    def _partner(self, tx: Tx, name: str) -> str | None:
        me = tx.members.by_address(self.person(name).address)
        rooms = [] if me is None else tx.rooms.open_of(me.id)
        if me is None or not rooms:
            return None
        other = rooms[-1].others(me.id)[0].member
        known = {one: tx.members.by_address(self.person(one).address) for one in NAMES}
        return next(one for one, member in known.items() if member is not None and member.id == other)

    def seated(self) -> list[str]:
        """Return everyone who sits with somebody."""
        return [name for name in NAMES if self.partner(name) is not None]

    def hear(self, name: str) -> None:
        """Let the trouble of this person's platform pass, since they are about to press what they see."""
        if self.platform.recovers(self.person(name).address.account):
            self.loop.run_until_complete(self.bot.wait(minutes=1))

    # ── What people do ──────────────────────────────────────────────────────────────────

    @rule(name=st.sampled_from(NAMES))
    def join(self, name: str) -> None:
        self.hear(name)
        if name in self.model.joined:
            self.loop.run_until_complete(self.person(name).says("/find"))
            return
        self.model.joined.add(name)
        not_ok = ("still_using",) if name in REFUSES_USING else ("none",)
        self.loop.run_until_complete(
            self.person(name).joins(
                lane="self", now=STILL_USING[name], help_wanted=("listen", "normal"), not_ok=not_ok, pace="few"
            )
        )

    @rule()
    def match(self) -> None:
        for name in NAMES:
            self.hear(name)
        self.loop.run_until_complete(self.bot.wait(hours=1, seconds=1))
        for name in sorted(self.model.joined):
            last = [choice.label for choice in self.person(name).last().content.choices]
            if "Say yes" in last:
                self.loop.run_until_complete(self.person(name).presses("Say yes"))

    @rule(pick=st.integers(0, 3), notes=st.integers(1, 4))
    def say(self, pick: int, notes: int) -> None:
        if not (seated := self.seated()):
            self.match()
            return
        name = seated[pick % len(seated)]
        for _ in range(notes):
            self.model.number += 1
            text = f"note {self.model.number} end"
            message = self.loop.run_until_complete(self.person(name).says(text))
            self.model.notes.append(Note(name, message, text))

    @rule(pick=st.integers(0, 3), trouble=st.sampled_from(["away", "limited", "lost answer", "crash"]))
    def say_in_trouble(self, pick: int, trouble: str) -> None:
        if seated := self.seated():
            other = self.partner(seated[pick % len(seated)])
            assert other is not None
            if trouble != "crash":
                self.stumble(other, trouble)
            self.say(pick, 2)
            if trouble == "crash":
                self.crash_and_restart()

    @rule(name=st.sampled_from(NAMES))
    def edit(self, name: str) -> None:
        mine = [note for note in self.model.notes if note.author == name and not note.taken_back]
        if mine and self.partner(name) is not None:
            self.loop.run_until_complete(self.person(name).edits(mine[-1].message, mine[-1].text))

    @rule(name=st.sampled_from(NAMES))
    def take_back(self, name: str) -> None:
        mine = [note for note in self.model.notes if note.author == name and not note.taken_back]
        if mine and self.partner(name) is not None:
            self.loop.run_until_complete(self.person(name).takes_back(mine[-1].message))
            mine[-1].taken_back = True

    @rule(name=st.sampled_from(NAMES))
    def block(self, name: str) -> None:
        other = self.partner(name) if name in self.model.joined else None
        if other is not None:
            self.hear(name)
            self.loop.run_until_complete(self.person(name).says("/block"))
            self.loop.run_until_complete(self.person(name).presses("Yes, block"))
            self.model.blocked.add(frozenset({name, other}))

    @rule(name=st.sampled_from(NAMES))
    def goodbye(self, name: str) -> None:
        if name in self.model.joined and self.partner(name) is not None:
            self.hear(name)
            self.loop.run_until_complete(self.person(name).says("/goodbye"))
            self.loop.run_until_complete(self.person(name).presses("Just leave"))

    @precondition(lambda self: self.model.joined)
    @rule(name=st.sampled_from(NAMES))
    def forget(self, name: str) -> None:
        if name not in self.model.joined:
            return
        self.hear(name)
        self.loop.run_until_complete(self.person(name).says("/forget"))
        self.loop.run_until_complete(self.person(name).presses("Erase all"))
        self.loop.run_until_complete(self.person(name).presses("Yes, erase"))
        self.model.joined.discard(name)
        self.model.notes = [note for note in self.model.notes if note.author != name]
        # Their own blocks go with them; those of others stay, which the model keeps only while both are known.
        self.model.blocked = {pair for pair in self.model.blocked if name not in pair}

    @rule(name=st.sampled_from(NAMES), trouble=st.sampled_from(["away", "limited", "lost answer"]))
    def stumble(self, name: str, trouble: str) -> None:
        errors = {"away": Away(), "limited": RetryLater(20), "lost answer": RetryLater(unknown=True)}
        self.platform.fails(self.person(name).address.account, errors[trouble])

    @rule()
    def crash_and_restart(self) -> None:
        self.stop()
        self.start()

    @rule(minutes=st.sampled_from([1, 45]))
    def time_passes(self, minutes: int) -> None:
        self.loop.run_until_complete(self.bot.wait(minutes=minutes))

    # ── What must hold ──────────────────────────────────────────────────────────────────

    @invariant()
    def no_identity_crosses(self) -> None:
        for name in NAMES:
            chat = self.platform.chats.get(f"account-of-{name}", [])
            shown = "".join(repr(one.content) + one.text for one in chat)
            for other in NAMES:
                if other != name:
                    assert f"account-of-{other}" not in shown
                    assert f"user-{other}" not in shown

    @invariant()
    def a_peer_speaks_only_under_an_alias_of_ours(self) -> None:
        first, second = the_book().aliases
        for chat in self.platform.chats.values():
            for one in chat:
                if one.content.voice is Voice.MEMBER:
                    a, _, b = one.content.author.partition(" ")
                    assert (a in first, b in second) == (True, True)

    @invariant()
    def nobody_sits_with_someone_they_may_not_meet(self) -> None:
        if self.open is None:
            return
        pairs = {frozenset({name, other}) for name in NAMES if (other := self.partner(name)) is not None}
        assert not pairs & self.model.blocked
        for a, b in combinations(NAMES, 2):
            if (a in REFUSES_USING and STILL_USING[b] == "using") or (b in REFUSES_USING and STILL_USING[a] == "using"):
                assert frozenset({a, b}) not in pairs
        seated = [name for pair in pairs for name in pair]
        assert len(seated) == len(set(seated))

    @invariant()
    def every_note_is_delivered_waiting_or_its_author_was_told(self) -> None:
        if self.open is None:
            return
        heard = [one.text for chat in self.platform.chats.values() for one in chat]
        waiting = self.loop.run_until_complete(
            self.bot.house.store.read(
                lambda tx: tx.db.rows("SELECT 1 FROM outbox WHERE kind = 'send' AND note IS NOT NULL")
            )
        )
        for note in self.model.notes:
            arrived = any(note.text in text for text in heard)
            told = self.person(note.author).passage(note.message) is Passage.NOT_SENT
            gone = self.partner(note.author) is None
            assert arrived or told or waiting or note.taken_back or gone

    @invariant()
    def nobody_is_looking_and_seated_at_once(self) -> None:
        if self.open is None:
            return
        assert self.loop.run_until_complete(self.bot.house.store.read(self._amiss)) == []

    @staticmethod
    def _amiss(tx: Tx) -> list[MemberId]:
        stages = {one: tx.members.stage(one) for one in tx.pool.waiting()}
        return [one for one, stage in stages.items() if stage is not Stage.LOOKING or tx.rooms.open_of(one)]


Conversation.TestCase.settings = settings(
    max_examples=15, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestConversation = Conversation.TestCase
