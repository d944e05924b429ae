"""Plays a conversation on a whole bot, and says what was wrong after which line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from buddybot.adapter import MessageId, Voice
from buddybot.domain.moderation.cases import Concern, State
from buddybot.testing import Person, ShownMessage, TestBot
from tests.conversations.script import Conversation, Line
from tests.conversations.sights import FORBIDDEN, shows
from tests.conversations.stages import WITH_A_BUDDY
from tests.stories.moderating import cases

OTHER = {"ann": "ben", "ben": "ann"}


@dataclass(slots=True)
class Play:
    """A conversation that is going on, with all that was wrong so far and all that was seen."""

    bot: TestBot
    told: Conversation
    faults: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    sent: dict[str, MessageId] = field(default_factory=dict)

    async def run(self) -> str:
        """Play every line; return "" where all went well, else what did not, and the whole of it."""
        for line in self.told.lines:
            await self._play(line)
        return "" if not self.faults else "\n".join((*self.faults, "", *self.seen))

    async def _play(self, line: Line) -> None:
        before = {one.id for person in self.bot.people.values() for one in person.chat()}
        self.seen.append(f"{line.who}> {line.what}" if line.what else f"-- {line.wait} minutes")
        if line.wait:
            await self.bot.wait(minutes=line.wait)
        if line.what:
            await self._act(self.bot.people[line.who], line.what)
        people = self.bot.people.items()
        new = {name: [one for one in person.chat() if one.id not in before] for name, person in people}
        for name, shown in new.items():
            self.seen += [f"      {name} [{one.content.voice.value}] {one.text[:160]!r}" for one in shown]
        found = [*self._of_all(new), *self._of_speaker(line, new), *self._of_buddy(line, new)]
        found += await self._of_moderators(line)
        self.faults += [f"after {line.what or 'the wait'!r}: {one}" for one in found]

    async def _act(self, person: Person, what: str) -> None:
        if what.startswith("["):
            await person.presses(what[1:-1])
        elif what.startswith("~"):
            await person.edits(self.sent[person.name], what[1:].strip())
        else:
            self.sent[person.name] = await person.says(what)

    def _of_all(self, new: dict[str, list[ShownMessage]]) -> Iterator[str]:
        """Say what nobody may ever see in a crisis."""
        forbidden = [key for key in FORBIDDEN if key not in self.told.allows]
        for name, shown in new.items():
            for one in shown:
                if one.content.voice is not Voice.MEMBER:
                    yield from (f"{name} sees {key}" for key in forbidden if shows(one.text, key))
                if self.told.never and re.search(self.told.never, one.text):
                    yield f"{name} reads {self.told.never!r}"
            ours = [one.text for one in self.bot.people[name].chat() if one.content.voice is not Voice.MEMBER]
            if name in OTHER and shown and len(ours) > 1 and ours[-1] == ours[-2]:
                yield f"{name} reads the same sentence twice running"

    def _of_speaker(self, line: Line, new: dict[str, list[ShownMessage]]) -> Iterator[str]:
        ours = _of_the_bot(new.get(line.who, ()))
        yield from _missing("sees", line.sees, line.reads, ours)
        if line.never and any(re.search(line.never, one.text) for one in ours):
            yield f"reads {line.never!r}"
        if line.quiet and ours:
            yield "the bot speaks where it should leave it to them"
        asked = any(one.token.startswith("ask.") for shown in ours for one in shown.content.choices)
        if asked and not line.resumes:
            yield "sees a question of the intake"
        alone = self.told.start not in WITH_A_BUDDY
        crisis = any(one.content.voice is Voice.CRISIS for one in ours)
        if alone and line.what and not (line.quiet or line.resumes or crisis):
            yield "got no answer of the crisis conversation"

    def _of_buddy(self, line: Line, new: dict[str, list[ShownMessage]]) -> Iterator[str]:
        shown = new.get(OTHER[line.who], [])
        ours = _of_the_bot(shown)
        yield from _missing("their buddy sees", line.buddy, line.buddy_reads, ours)
        if line.buddy_quiet and ours:
            yield "the bot speaks to the buddy"
        note = bool(line.what) and not line.what.startswith(("[", "/", "~"))
        heard = any(one.content.voice is Voice.MEMBER and one.content.text == line.what for one in shown)
        if note and heard is (line.kept or self.told.start not in WITH_A_BUDDY):
            yield "their buddy hears it" if heard else "their buddy does not hear it"

    async def _of_moderators(self, line: Line) -> list[str]:
        found: list[str] = []
        for who, wanted in ((line.who, line.case), (OTHER[line.who], line.buddy_case)):
            if wanted is not None and (case := await self._case(who))[0] != wanted:
                found.append(f"the case about {who} is {case[0]!r}, not {wanted!r}")
        if line.words and not re.search(line.words, (await self._case(line.who))[1]):
            found.append(f"moderators do not read {line.words!r}")
        return found

    async def _case(self, who: str) -> tuple[str, str]:
        """Return the gravest open crisis case about somebody, and the words in it."""
        address = self.bot.people[who].address
        member = await self.bot.house.store.read(lambda tx: tx.members.by_address(address))
        about = [one for one in await cases(self.bot) if member is not None and one.about == member.id]
        found = [one for one in about if one.concern is Concern.CRISIS and one.state is not State.CLOSED]
        if not found:
            return "", ""
        told = [await self.bot.house.store.read(lambda tx: tx.records.reports(one.id)) for one in found]
        words = " ".join(report.text for reports in told for report in reports)
        return min(one.priority.value for one in found), words


def _of_the_bot(shown: Sequence[ShownMessage]) -> list[ShownMessage]:
    return [one for one in shown if one.content.voice is not Voice.MEMBER]


def _missing(verb: str, cards: str, pattern: str, ours: Sequence[ShownMessage]) -> Iterator[str]:
    texts = [one.text for one in ours if one.content.voice is Voice.CRISIS]
    if cards and not any(shows(text, f"crisis-{key}") for text in texts for key in cards.split("|")):
        yield f"no {verb} {cards!r}"
    if pattern and not any(re.search(pattern, one.text) for one in ours):
        yield f"no {verb} words like {pattern!r}"
