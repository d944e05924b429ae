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
from buddybot.store.tx import Tx
from tests.machine.driver import Driver, the_book
from tests.machine.model import NAMES, REFUSES_USING, STILL_USING, Model, Note, may_meet

EXAMPLES = int(os.environ.get("BUDDYBOT_EXAMPLES", "60"))
REPEAT = "(may be a repeat)"
CRIES = ("i want to die tonight", "i am going to kill myself")
# A clock that is ahead is tried in tests/runtime/faults: to a test's clock, which can't be wrong, a year is a year.
JUMPS = (timedelta(minutes=-2), timedelta(hours=-1))


class Machine(RuleBasedStateMachine):
    """Four people, a moderator, one bot."""

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.driver = Driver()

    def teardown(self) -> None:
        self.driver.end()

    @initialize(names=st.permutations(NAMES))
    def meet(self, names: list[str]) -> None:
        for name in names:
            self.join(name)
        self.match()

    # ── Who is where ────────────────────────────────────────────────────────────────────

    def partner(self, name: str) -> str | None:
        """Return who this person sits with."""
        if self.driver.damaged:
            self.driver.repair()
        return self.driver.read(lambda tx: self._partner(tx, name))

    def _partner(self, tx: Tx, name: str) -> str | None:
        me = tx.members.by_address(self.driver.person(name).address)
        rooms = [] if me is None else tx.rooms.open_of(me.id)
        if me is None or not rooms:
            return None
        other = rooms[-1].others(me.id)[0].member
        known = {one: tx.members.by_address(self.driver.person(one).address) for one in NAMES}
        return next(one for one, member in known.items() if member is not None and member.id == other)

    def seated(self) -> list[str]:
        """Return everyone who sits with somebody."""
        return [name for name in NAMES if self.partner(name) is not None]

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
            return
        self.model.joined.add(name)
        not_ok = ("still_using",) if name in REFUSES_USING else ("none",)
        now, help_wanted = STILL_USING[name], ("listen", "normal")
        answering = self.driver.person(name).joins(
            lane="self", now=now, help_wanted=help_wanted, not_ok=not_ok, pace="few"
        )
        self.driver.do(answering)

    @rule()
    def match(self) -> None:
        for name in NAMES:
            self.driver.hear(name)
        self.driver.wait(hours=1, seconds=1)
        for name in sorted(self.model.joined):
            last = [choice.label for choice in self.driver.person(name).last().content.choices]
            if "Say yes" in last:
                self.press(name, "Say yes")

    @rule(pick=st.integers(0, 3), notes=st.integers(1, 4))
    def write(self, pick: int, notes: int) -> None:
        if not (seated := self.seated()):
            self.match()
            return
        name = seated[pick % len(seated)]
        for _ in range(notes):
            self._note(name, self.model.new_text())

    def _note(self, name: str, text: str, *, cry: bool = False) -> None:
        other = self.partner(name)
        assert other is not None
        message = self.driver.do(self.driver.person(name).says(text))
        self.model.cried |= {name} if cry else set()
        self.model.notes.append(Note(name, other, message, text, urgent=cry or name in self.model.cried))

    @rule(pick=st.integers(0, 3), trouble=st.sampled_from(["away", "limited", "lost answer"]))
    def write_in_trouble(self, pick: int, trouble: str) -> None:
        if seated := self.seated():
            other = self.partner(seated[pick % len(seated)])
            assert other is not None
            self.driver.stumble(other, trouble)
            self.write(pick, 2)

    @rule(pick=st.integers(0, 3))
    def write_and_lose_power(self, pick: int) -> None:
        if seated := self.seated():
            name = seated[pick % len(seated)]
            other, text = self.partner(name), self.model.new_text()
            assert other is not None
            message, urgent = self.driver.say_and_lose_power(name, text), name in self.model.cried
            self.model.notes.append(Note(name, other, message, text, urgent=urgent))

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
        other = self.partner(name) if name in self.model.joined else None
        if other is not None:
            self.driver.hear(name)
            self.say(name, "/block")
            self.press(name, "Yes, block")
            self.model.blocked.add(frozenset({name, other}))

    @rule(name=st.sampled_from(NAMES))
    def goodbye(self, name: str) -> None:
        if name in self.model.joined and self.partner(name) is not None:
            self.driver.hear(name)
            self.say(name, "/goodbye")
            self.press(name, "Just leave")

    @rule(name=st.sampled_from(NAMES), hours=st.sampled_from(["22-7", "0-23", "off"]))
    def keep_quiet_hours(self, name: str, hours: str) -> None:
        if name in self.model.joined:
            self.say(name, f"/quiet {hours}")

    @rule(name=st.sampled_from(NAMES), command=st.sampled_from(["/pause", "/resume"]))
    def rest(self, name: str, command: str) -> None:
        if name in self.model.joined:
            self.say(name, command)

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
        if name in self.model.joined and self.partner(name) is not None:
            self.driver.hear(name)
            self.say(name, "/report")
            self.press(name, "Mean", "None, just tell them", "Keep it")

    @rule()
    def moderate(self) -> None:
        """Warn whoever the newest open case is about."""
        rows = self.driver.read(
            lambda tx: tx.db.rows(
                "SELECT id FROM case_file WHERE closed_at IS NULL ORDER BY opened_at DESC, id LIMIT 1"
            )
        )
        moderator = self.driver.person("mo")
        moderator.roles = ("moderator",)
        for (case,) in rows:
            code = str(case)[:8]
            self.say("mo", f"/mod claim {code}", f"/mod warn {code} 1 please be kind", f"/mod close {code} upheld seen")

    # ── What breaks ─────────────────────────────────────────────────────────────────────

    @rule(name=st.sampled_from(NAMES), trouble=st.sampled_from(["away", "limited", "lost answer"]))
    def stumble(self, name: str, trouble: str) -> None:
        self.driver.stumble(name, trouble)

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
            text = self.model.new_text()
            message = self.driver.do(self.driver.person(told).says(text))
            self.driver.repair()
            other = self.partner(told)
            assert other is not None
            self.model.notes.append(Note(told, other, message, text, urgent=told in self.model.cried))
        self.driver.repair()

    # ── What must hold ──────────────────────────────────────────────────────────────────

    def shown(self, name: str) -> list[str]:
        """Return the texts that were ever shown to somebody, those taken back, too."""
        chat = self.driver.platform.chats.get(f"account-of-{name}", [])
        return [one.text for one in chat if one.content.voice is Voice.MEMBER]

    @invariant()
    def no_identity_crosses(self) -> None:
        for name in (*NAMES, "mo"):
            chat = self.driver.platform.chats.get(f"account-of-{name}", [])
            shown = "".join(repr(one.content) + one.text for one in chat)
            for other in NAMES:
                if other != name:
                    assert f"account-of-{other}" not in shown
                    assert f"user-{other}" not in shown

    @invariant()
    def a_peer_speaks_only_under_an_alias_of_ours(self) -> None:
        first, second = the_book().aliases
        for chat in self.driver.platform.chats.values():
            for one in chat:
                if one.content.voice is Voice.MEMBER:
                    a, _, b = one.content.author.partition(" ")
                    assert (a in first, b in second) == (True, True)

    @invariant()
    def nobody_sits_with_someone_they_may_not_meet(self) -> None:
        pairs = {frozenset({name, other}) for name in NAMES if (other := self.partner(name)) is not None}
        assert not pairs & self.model.blocked
        assert not [pair for pair in combinations(NAMES, 2) if not may_meet(*pair) and frozenset(pair) in pairs]
        seated = [name for pair in pairs for name in pair]
        assert len(seated) == len(set(seated))

    @invariant()
    def every_note_is_delivered_waiting_or_its_author_was_told(self) -> None:
        waiting = self.driver.read(
            lambda tx: tx.db.rows("SELECT 1 FROM outbox WHERE kind = 'send' AND note IS NOT NULL")
        )
        for note in self.model.notes:
            arrived = any(note.text in text for text in self.shown(note.to))
            told = self.driver.person(note.author).passage(note.message) is Passage.NOT_SENT
            gone = self.partner(note.author) is None
            assert arrived or told or waiting or note.taken_back or gone

    @invariant()
    def notes_come_in_order_and_twice_only_when_it_says_so(self) -> None:
        for author, to, notes in self.model.between():
            plain = [text for text in self.shown(to) if REPEAT not in text]
            at = [[place for place, text in enumerate(plain) if note.text in text] for note in notes]
            assert all(len(places) <= 1 for places in at), (author, to)
            found = [places[0] for note, places in zip(notes, at, strict=True) if places and not note.urgent]
            assert found == sorted(found), (author, to)

    @invariant()
    def nobody_waits_and_sits_at_once(self) -> None:
        seated = "SELECT seat.member FROM seat JOIN room ON room.id = seat.room WHERE room.closed_at IS NULL"
        waiting, sitting = self.driver.read(lambda tx: (set(tx.pool.waiting()), {row[0] for row in tx.db.rows(seated)}))
        assert not waiting & sitting

    @invariant()
    def the_record_of_moderators_is_whole(self) -> None:
        assert self.driver.read(lambda tx: tx.audit.trouble()) is None


Machine.TestCase.settings = settings(
    max_examples=EXAMPLES,
    # The same orders each time where a change is checked, others in every soak.
    derandomize="BUDDYBOT_EXAMPLES" not in os.environ,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # A run takes seconds: to shrink a failure would take the rest of the day.
    phases=[Phase.explicit, Phase.generate],
)
TestMachine = Machine.TestCase
