"""Any order of what people, platforms, clocks and disks do, against a plain model of what must hold.

BUDDYBOT_EXAMPLES sets how many orders are tried (`make soak` takes thousands).
"""

import os
from datetime import timedelta
from itertools import combinations

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from buddybot.adapter import Passage, Voice
from buddybot.domain.kernel.messages import Send
from buddybot.domain.people.members import Member
from buddybot.store.kernel.sealing import NAMELESS
from buddybot.store.tx import Tx
from tests.machine.beginnings import Sight, beginning, join, look, say_yes
from tests.machine.driver import SEALED, TROUBLES, Driver, the_book
from tests.machine.model import NAMES, Model, Note, may_meet

EXAMPLES = int(os.environ.get("BUDDYBOT_EXAMPLES", "100"))
REPEAT = "(may be a repeat)"
CRIES = ("i want to die tonight", "i am going to kill myself")
# A clock that is ahead is tried in tests/runtime/faults: to a test's clock, which can't be wrong, a year is a year.
JUMPS = (timedelta(minutes=-2), timedelta(hours=-1))


ORDERS = (NAMES, NAMES[::-1], ("ben", "dee", "ann", "cyn"), ("cyn", "ann", "dee", "ben"))
ALL_TROUBLES, MODERATORS = sorted(TROUBLES), ("mo", "mia")
STEPS = ("warn {} 1 please be kind", "mute {} 1 24 please", "quarantine {} 4 please", "remove {} 10 30 please")
REMOVED = "SELECT 1 FROM sanction WHERE step = 'removal' AND about = :about"


class Machine(RuleBasedStateMachine):
    """Four people, two moderators, one bot."""

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.driver: Driver
        self.concerned: set[str] | None = None
        """Whom the last rule concerned, where it was a fault or a step against somebody; nobody else may notice."""
        self.read_up_to = 0

    def teardown(self) -> None:
        if hasattr(self, "driver"):
            self.driver.end()

    @initialize(order=st.sampled_from(ORDERS))
    def meet(self, order: tuple[str, ...]) -> None:
        self.driver = Driver(beginning(order))
        self.model.joined = set(order)

    # ── Who is where ────────────────────────────────────────────────────────────────────

    def sight(self) -> Sight:
        """Look at the store, once whatever was damaged in members' records is repaired."""
        self.driver.repair()
        return self.driver.read(lambda tx: look(tx, self.member))

    def member(self, tx: Tx, name: str) -> Member | None:
        """Return somebody as the store has them."""
        return tx.members.by_address(self.driver.person(name).address)

    def partner(self, name: str) -> str | None:
        """Return who this person sits with."""
        return self.sight().partners.get(name)

    def free(self, name: str) -> bool:
        """Return whether somebody is here, and no step of a moderator's keeps them from what members do."""
        return name in self.model.joined - self.model.sanctioned

    def seated(self) -> list[str]:
        """Return everyone who sits with somebody."""
        partners = self.sight().partners
        return [name for name in NAMES if name in partners]

    def say(self, name: str, *lines: str) -> None:
        for line in lines:
            self.driver.do(self.driver.person(name).says(line))

    def press(self, name: str, *labels: str) -> None:
        for label in labels:
            self.driver.do(self.driver.person(name).presses(label))

    # ── What people do ──────────────────────────────────────────────────────────────────

    @rule(name=st.sampled_from(NAMES))
    def join(self, name: str) -> None:
        self.driver.hear(name)
        if name in self.model.joined:
            self.say(name, "/find")
        elif name not in self.model.removed:
            self.model.joined.add(name)
            join(self.driver, name)

    @rule()
    def match(self) -> None:
        for name in NAMES:
            self.driver.hear(name)
        say_yes(self.driver, sorted(self.model.joined))

    @rule(pick=st.integers(0, 3), notes=st.integers(1, 4))
    def write(self, pick: int, notes: int) -> None:
        if not (seated := self.seated()):
            self.match()
            return
        name = seated[pick % len(seated)]
        for _ in range(notes):
            self._note(name, self.model.new_text())

    def _note(self, name: str, text: str, *, cry: bool = False) -> None:
        if (other := self.partner(name)) is None:
            return  # the platform said meanwhile that the other can't be reached
        before = len(self.driver.person(name).sees())
        message = self.driver.do(self.driver.person(name).says(text))
        answered = len(self.driver.person(name).sees()) > before
        self.model.cried |= {name} if cry else set()
        urgent = cry or name in self.model.cried
        self.model.notes.append(Note(name, other, message, text, urgent=urgent, answered=answered))

    @rule(pick=st.integers(0, 3), trouble=st.sampled_from(ALL_TROUBLES))
    def write_in_trouble(self, pick: int, trouble: str) -> None:
        if seated := self.seated():
            other = self.partner(seated[pick % len(seated)])
            assert other is not None
            self.driver.stumble(other, trouble)
            self.write(pick, 2)
            self.concerned = {seated[pick % len(seated)], other}

    @rule(pick=st.integers(0, 3))
    def write_and_lose_power(self, pick: int) -> None:
        if seated := self.seated():
            name = seated[pick % len(seated)]
            other, text = self.partner(name), self.model.new_text()
            assert other is not None
            before = len(self.driver.person(name).sees())
            message, urgent = self.driver.say_and_lose_power(name, text), name in self.model.cried
            answered = len(self.driver.person(name).sees()) > before
            self.model.notes.append(Note(name, other, message, text, urgent=urgent, answered=answered))

    @rule(pick=st.integers(0, 3), words=st.sampled_from(CRIES))
    def cry(self, pick: int, words: str) -> None:
        """A cry for help reaches the buddy at once, whatever hours or pauses they keep, and its author sees help."""
        if seated := self.seated():
            name = seated[pick % len(seated)]
            self.driver.hear(name)
            before = len(self.driver.person(name).sees())
            self._note(name, self.model.new_text(words), cry=True)
            mine = self.driver.person(name).sees()
            assert len(mine) > before or any("988" in text or "Moderator" in text for text in mine)

    @rule(name=st.sampled_from(NAMES))
    def edit(self, name: str) -> None:
        mine = [note for note in self.model.by(name) if not note.urgent]
        if mine and self.partner(name) is not None:
            self.driver.do(self.driver.person(name).edits(mine[-1].message, mine[-1].text))

    @rule(name=st.sampled_from(NAMES))
    def take_back(self, name: str) -> None:
        if (mine := self.model.by(name)) and self.partner(name) is not None:
            self.driver.do(self.driver.person(name).takes_back(mine[-1].message))
            mine[-1].taken_back = True

    @rule(name=st.sampled_from(NAMES))
    def block(self, name: str) -> None:
        other = self.partner(name) if self.free(name) else None
        if other is not None:
            self.driver.hear(name)
            self.say(name, "/block")
            self.press(name, "Yes, block")
            self.model.blocked.add(frozenset({name, other}))

    @rule(name=st.sampled_from(NAMES))
    def goodbye(self, name: str) -> None:
        if self.free(name) and self.partner(name) is not None:
            self.driver.hear(name)
            self.say(name, "/goodbye")
            self.press(name, "Just leave")

    @rule(name=st.sampled_from(NAMES), hours=st.sampled_from(["22-7", "0-23", "off"]))
    def keep_quiet_hours(self, name: str, hours: str) -> None:
        if name in self.model.joined:
            self.say(name, f"/quiet {hours}")
            self.model.quiet |= {name}

    @rule(name=st.sampled_from(NAMES), command=st.sampled_from(["/pause", "/resume"]))
    def rest(self, name: str, command: str) -> None:
        if name in self.model.joined:
            self.say(name, command)
            self.model.quiet |= {name}

    @precondition(lambda self: self.model.joined)
    @rule(name=st.sampled_from(NAMES))
    def forget(self, name: str) -> None:
        if name not in self.model.joined:
            return
        self.driver.hear(name)
        self.say(name, "/forget")
        self.press(name, "Erase all", "Yes, erase")
        self.model.forget(name)

    # ── What moderators do ──────────────────────────────────────────────────────────────

    @rule(name=st.sampled_from(NAMES))
    def report(self, name: str) -> None:
        if self.free(name) and self.partner(name) is not None:
            self.driver.hear(name)
            self.say(name, "/report")
            self.press(name, "Mean", "None, just tell them", "Keep it")

    @rule(step=st.sampled_from(STEPS), upheld=st.booleans())
    def moderate(self, step: str, *, upheld: bool) -> None:
        """Take a step against whoever the newest open case is about: a removal by two moderators."""
        newest = "SELECT id, about FROM case_file WHERE closed_at IS NULL ORDER BY opened_at DESC, id LIMIT 1"
        rows = self.driver.read(lambda tx: tx.db.rows(newest))
        for case, about in rows:
            ids = self.driver.read(lambda tx: {m.id: name for name in NAMES if (m := self.member(tx, name))})
            who = {ids[about]} if about in ids else set[str]()
            self.concerned = who | {other for name in who if (other := self.partner(name)) is not None}
            for name in MODERATORS[: 2 if step.startswith("remove") else 1]:
                self.driver.person(name).roles = ("moderator",)
                self.say(name, f"/mod claim {case[:8]}", f"/mod {step.format(case[:8])}")
            self.say(MODERATORS[0], f"/mod close {case[:8]} {'upheld' if upheld else 'unfounded'} seen")
            self.model.sanctioned |= who
            if self.driver.read(lambda tx: tx.db.row(REMOVED, about=about)):
                self.model.removed |= who

    @rule()
    def lift(self) -> None:
        """Take back what the newest case brought."""
        rows = self.driver.read(lambda tx: tx.db.rows("SELECT id FROM case_file ORDER BY opened_at DESC, id LIMIT 1"))
        for (case,) in rows:
            self.driver.person("mia").roles = ("moderator",)
            self.say("mia", f"/mod claim {case[:8]}", f"/mod lift {case[:8]}")

    # ── What breaks ─────────────────────────────────────────────────────────────────────

    @rule(name=st.sampled_from(NAMES), trouble=st.sampled_from(ALL_TROUBLES))
    def stumble(self, name: str, trouble: str) -> None:
        self.driver.stumble(name, trouble)
        self.concerned = {name} | {other for other in [self.partner(name)] if other is not None}

    @rule()
    def restart(self) -> None:
        self.driver.stop()
        self.driver.start()

    @rule()
    def lose_power(self) -> None:
        self.driver.lose_power()

    @rule(minutes=st.sampled_from([1, 45]))
    def time_passes(self, minutes: int) -> None:
        self.driver.wait(minutes=minutes)

    @rule(span=st.sampled_from(JUMPS))
    def the_clock_jumps(self, span: timedelta) -> None:
        self.driver.jump(span)

    @rule(name=st.sampled_from(NAMES), pick=st.integers(0, 3))
    def damage_one(self, name: str, pick: int) -> None:
        """While the row of one can't be read, two others talk on, and a stranger is greeted."""
        pairs = [one for one in self.seated() if name not in {one, self.partner(one)}]
        told = pairs[pick % len(pairs)] if pairs else None
        self.driver.damage(name)
        stranger = self.driver.person(f"stranger-{self.driver.platform.next_id()}")
        self.driver.do(stranger.says("hi"))
        assert "BuddyBot" in stranger.sees()[-1]
        if told is not None:
            text, before = self.model.new_text(), len(self.driver.person(told).sees())
            message = self.driver.do(self.driver.person(told).says(text))
            answered = len(self.driver.person(told).sees()) > before
            self.driver.repair()
            if (other := self.partner(told)) is not None:
                urgent = told in self.model.cried
                self.model.notes.append(Note(told, other, message, text, urgent=urgent, answered=answered))
        self.driver.repair()

    @rule(place=st.sampled_from(SEALED), pick=st.integers(0, 9))
    def damage_a_value(self, place: tuple[str, str], pick: int) -> None:
        """A bit flips somewhere else: everybody talks on."""
        if self.driver.flip(place, pick):
            self.concerned = set()
            self.model.nameless |= place[1] == "alias"

    # ── What must hold ──────────────────────────────────────────────────────────────────

    @invariant()
    def nobody_but_those_concerned_notices(self) -> None:
        """Whoever has nothing to do with a fault talks on at once."""
        concerned, self.concerned = self.concerned, None
        if concerned is None:
            return
        for name, other in sorted(self.sight().partners.items()):
            apart = concerned | self.model.quiet | self.model.cried | self.model.sanctioned
            if {name, other} & apart or self._waits(other) or self._waits(name):
                continue
            self._note(name, text := self.model.new_text())
            arrived = any(text in shown for shown in self.shown(other))
            assert arrived or "a lot of notes at once" in self.driver.person(name).sees()[-1], (name, other)
            assert not self._waits(other)

    def _waits(self, name: str) -> bool:
        """Return whether somebody's platform is in trouble, or something for them is on its way."""
        account = self.driver.person(name).address.account
        mine = self.driver.read(lambda tx: (member := self.member(tx, name)) and tx.outbox.waiting(member.id))
        return bool(mine) or bool(self.driver.platform.troubled(account))

    def shown(self, name: str) -> list[str]:
        """Return the texts that were ever shown to somebody, those taken back, too."""
        chat = self.driver.platform.chats.get(f"account-of-{name}", [])
        return [one.text for one in chat if one.content.voice is Voice.MEMBER]

    @invariant()
    def no_identity_crosses(self) -> None:
        """Look at whatever went out since the last time."""
        deliveries = self.driver.platform.deliveries
        for one in deliveries[self.read_up_to :]:
            shown = repr(one.effect)
            for other in (*NAMES, *MODERATORS):
                if one.address.account != f"account-of-{other}":
                    assert f"account-of-{other}" not in shown
                    assert f"user-{other}" not in shown
            if isinstance(one.effect, Send) and one.effect.content.voice is Voice.MEMBER:
                self._alias_is_ours(one.effect.content.author)
        self.read_up_to = len(deliveries)

    def _alias_is_ours(self, author: str) -> None:
        first, second = the_book().aliases
        a, _, b = author.partition(" ")
        assert (a in first and b in second) or (self.model.nameless and author == NAMELESS), author

    @invariant()
    def the_store_is_in_order(self) -> None:
        """Nobody sits with someone they may not meet, or waits and sits; each note is delivered, waiting or told of."""
        sight = self.sight()
        pairs = {frozenset(pair) for pair in sight.partners.items()}
        assert not pairs & self.model.blocked
        assert not [pair for pair in combinations(NAMES, 2) if not may_meet(*pair) and frozenset(pair) in pairs]
        assert not sight.wait_and_sit
        assert sight.audit_trouble is None
        for note in self.model.notes:
            arrived = any(note.text in text for text in self.shown(note.to))
            told = self.driver.person(note.author).passage(note.message) is Passage.NOT_SENT
            gone = note.author not in sight.partners
            # Also of the buddy of somebody whose notes are paused: the bot asks them first how they are to go on.
            paused = self.model.sanctioned & {note.author, note.to}
            held = bool(paused) and (sight.held or note.answered)
            assert arrived or told or sight.on_the_way or note.taken_back or gone or held, note

    @invariant()
    def notes_come_in_order_and_twice_only_when_it_says_so(self) -> None:
        for author, to, notes in self.model.between():
            plain = [text for text in self.shown(to) if REPEAT not in text]
            at = [[place for place, text in enumerate(plain) if note.text in text] for note in notes]
            assert all(len(places) <= 1 for places in at), (author, to)
            found = [places[0] for note, places in zip(notes, at, strict=True) if places and not note.urgent]
            assert found == sorted(found), (author, to)


Machine.TestCase.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=30,
    suppress_health_check=list(HealthCheck),
    # A run takes seconds: to shrink a failure would take the rest of the day.
    phases=[Phase.explicit, Phase.generate],
)
TestMachine = Machine.TestCase
