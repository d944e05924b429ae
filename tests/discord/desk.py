"""A desk: the real store and the real dispatcher on a house's adapter, and one person in front of it."""

from datetime import timedelta
from pathlib import Path

from buddybot.adapter import Address, Choice, Content, Effect, NoteId, Send, Span
from buddybot.domain.kernel.world import World
from buddybot.runtime.delivery.dispatch import Dispatcher
from buddybot.runtime.storage.sqlite import SqliteStore, StorePaths, open_sqlite
from buddybot.runtime.world import system_world
from tests.discord.house import House, address
from tests.discord.people import Person
from tests.discord.wire import Wire
from tests.runtime.test_dispatch import Service
from tests.store.cast import ANN, admit

NOTE = NoteId("n")


class Desk:
    """A store, a dispatcher on the house's adapter, and Ann in front of it, or a place that she is in."""

    def __init__(self, folder: Path, wire: Wire, house: House, ann: Person, where: Address | None = None) -> None:
        self.folder, self.wire, self.house, self.ann = folder, wire, house, ann
        self.where = where or address(ann)
        self.service, self.late = Service(), timedelta()
        world = system_world()
        self.world = World(lambda: world.now() + self.late, world.rng, world.new_id)
        self.store: SqliteStore
        self.dispatcher: Dispatcher

    async def opens(self, database: str = "bot") -> None:
        places = StorePaths(self.folder / f"{database}.db", self.folder / f"{database}.keys", self.folder / "backups")
        self.store = await open_sqlite(places, self.world.now())
        self.dispatcher = Dispatcher(self.store, self.world, {"discord": self.house.adapter}, self.service)

    async def admits(self) -> None:
        await self.store.write(lambda tx: admit(ANN, tx))
        await self.store.write(lambda tx: tx.db.run("DELETE FROM route"))
        await self.store.write(lambda tx: tx.members.link(ANN, self.where))

    async def posts(self, *effects: Effect) -> None:
        for each in effects:
            await self.store.write(lambda tx: tx.outbox.add(ANN, each, self.world.now()))

    async def rest(self, seconds: float = 0) -> None:
        self.late += timedelta(seconds=seconds)
        await self.dispatcher.look()
        await self.dispatcher.idle()

    async def crashes(self) -> None:
        """Come back with a dispatcher that knows nothing, while the database is as it was."""
        self.dispatcher._stopping = True  # a process that is gone begins no other worker
        for worker in list(self.dispatcher._workers.values()):
            worker.cancel()
        self.dispatcher = Dispatcher(self.store, self.world, {"discord": self.house.adapter}, self.service)
        await self.dispatcher.start()

    def sees(self) -> str:
        return " ".join(each.replace("**Otter:** ", "") for each in self.ann.sees())


def note(words: str, *labels: str) -> Send:
    choices = tuple(Choice(f"t.{label}", label) for label in labels)
    return Send(Content((Span(words),), author="Otter", choices=choices), NOTE)
