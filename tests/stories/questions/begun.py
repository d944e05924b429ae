"""Cache of openings: each is played once a process, and its other stories go on from a copy of the files it left."""

import copy
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from buddybot.adapter import Capabilities
from buddybot.service.kernel.book import Book
from buddybot.testing import Clock, FakePlatform, Person, TestBot, running
from tests.stories.questions.asked import Opening


@dataclass(frozen=True, slots=True)
class Kept:
    """A bot at rest after an opening, and whom it asked."""

    folder: Path
    platform: FakePlatform
    at: datetime
    people: Mapping[str, Person]
    asked: str
    calling: frozenset[str]

    def give_people(self, bot: TestBot) -> Person:
        """Let the same people be there, and return whom the opening asked."""
        bot.people.update({name: replace(one, bot=bot) for name, one in self.people.items()})
        bot.house.engine.calling = self.calling
        return bot.people[self.asked]


class Openings:
    """The openings that were played, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[Opening, Kept] = {}

    @asynccontextmanager
    async def begun(self, opening: Opening, folder: Path, book: Book) -> AsyncIterator[Person]:
        """Run a bot in which this was asked: the first time as it goes, later after a restart on what that left."""
        if (kept := self._kept.get(opening)) is None:
            platform = FakePlatform(capabilities=Capabilities(places=True))
            async with running(folder, book=book, platform=platform) as bot:
                person = await opening(bot)
                self._kept[opening] = self._copied(bot, person)
                yield person
            return
        shutil.copytree(kept.folder, folder, dirs_exist_ok=True)
        platform, clock = copy.deepcopy(kept.platform), Clock(kept.at)
        async with running(folder, book=book, platform=platform, clock=clock, seed=2) as bot:
            yield kept.give_people(bot)

    def _copied(self, bot: TestBot, person: Person) -> Kept:
        """Copy the files of a bot that rests: the same as a power cut leaves."""
        folder = self._folder / f"{len(self._kept)}"
        shutil.copytree(bot.folder, folder, ignore=shutil.ignore_patterns("*-shm", "*.lock"))
        platform, calling = copy.deepcopy(bot.platform), bot.house.engine.calling
        return Kept(folder, platform, bot.clock.at, dict(bot.people), person.name, calling)
