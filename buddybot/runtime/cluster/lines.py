"""Routing of deliveries to people who hold lines open (streams of a page), each at one of several processes.

Whoever holds the newest line of a person shows what is on its way to them, one row after the other; a process with an
older line is sent a copy, and shows it beside. What a browser acknowledges at any process settles the row where it is
being shown. All of it stands in the database, in the transaction that claims or settles; what the processes tell each
other only makes it quick, and what is lost of it costs seconds, never a message.
"""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TypeAlias

from buddybot.adapter import Adapter, Away, BackgroundTasks, HandedOver, LineHolder
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address, Delivery, MessageId
from buddybot.runtime.cluster.membership import Membership
from buddybot.runtime.cluster.steward import TROUBLE
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.store.kernel.errors import StoreError
from buddybot.store.kernel.outbox import Parcel
from buddybot.store.lines import KnownLine
from buddybot.store.news import News
from buddybot.store.people.members import person_key
from buddybot.store.tx import Tx

TRY_AGAIN = 1.0
"""Seconds between two tries to write a line down while the database is away."""

Saved: TypeAlias = tuple[str, Mapping[Address, KnownLine]]
"""Under which id of this process lines were written down, and what is known of each."""
log = logging.getLogger(__name__)


class OpenLines:
    """The lines of this process, and what is shown over them. The dispatcher asks it, adapters tell it."""

    def __init__(
        self,
        store: GroupStore,
        membership: Membership,
        holders: Mapping[str, LineHolder],
        unpack: Callable[[Tx, Parcel], tuple[Delivery, ...]],
        wake: Callable[[set[MemberId]], None],
    ) -> None:
        """Join the adapters and the bus. `unpack` makes a copied row what adapters show, `wake` begins to deliver."""
        self._store, self._membership, self._holders = store, membership, holders
        self._unpack, self._wake = unpack, wake
        self._open: dict[Address, str] = {}
        """Those who hold a line open here, and by which hash the others speak of them, once it is written down."""
        self._named: dict[str, Address] = {}
        self._unsaved: dict[Address, int | None] = {}
        """Lines that were opened or closed since, and the last delivery that one which is back had taken."""
        self._moved: set[str] = set()
        """Whose line is newer elsewhere: what was just claimed for them is given back."""
        self._several: set[str] = set()
        """Who has, or had a moment ago, a line elsewhere as well: what has no row is made one, for all to show."""
        self._flying: dict[str, tuple[Address, int]] = {}
        self._known_as = ""
        self._tasks, self._saving, self._in_order = BackgroundTasks(log), False, asyncio.Lock()
        membership.bus.on(News.LINES, self._heard_of_lines)
        membership.bus.on(News.TAKEN, self._heard_of_taken)
        membership.bus.on(News.COPIES, self._heard_of_copies)
        for holder in holders.values():
            holder.join(self)

    # ── What an adapter tells ───────────────────────────────────────────────────────────

    def opened(self, address: Address, last: int | None = None) -> None:
        """Note that somebody opened a line here; `last` is what they had taken before another one broke."""
        self._open.setdefault(address, "")
        self._unsaved[address] = last
        self._save()

    def closed(self, address: Address) -> None:
        """Note that the last line of somebody here is closed."""
        if (person := self._open.pop(address, None)) is not None:
            self._named.pop(person, None)
            self._several.discard(person)
            self._unsaved[address] = None
            self._save()

    def taken(self, address: Address, numbers: Iterable[int]) -> None:
        """Tell whoever shows these that a browser has them."""
        if marks := [_mark(address, number) for number in numbers]:
            self._tasks.run(self._tell_taken(marks))

    # ── What the dispatcher asks ────────────────────────────────────────────────────────

    def others(self, tx: Tx, address: Address) -> tuple[str, ...] | None:
        """Return who holds an older line to this address; None where another process holds the newest: it shows.

        Where nobody holds one, whoever asks may find out that nobody is there.
        """
        if address.platform not in self._holders:
            return ()
        own = self._membership.own.id
        first, *others = tx.lines.holders(address) or (own,)
        return tuple(others) if first == own else None

    def near(self, tx: Tx, member: MemberId, platform: str) -> bool:
        """Return whether this process need look after somebody: they have a line here, or none at all."""
        if platform not in self._holders:
            return True
        held = tx.lines.of(member)
        return not held or self._membership.own.id in held

    def claimed(self, tx: Tx, parcel: Parcel, address: Address, now: datetime) -> bool:
        """Let those with older lines show beside what was just claimed here.

        Return whether something of others is still to be shown beside here: that comes first.
        """
        if address.platform not in self._holders:
            return False
        others = self.others(tx, address) or ()
        for process in others:
            tx.lines.copy(parcel, process, now)
        if others:
            tx.db.signals.note(News.COPIES, others)
        return tx.lines.copied(self._membership.own.id)

    async def deliver(self, adapter: Adapter, delivery: Delivery, *, behind: bool, kept: bool) -> MessageId:
        """Show it over the lines here, after what is `behind`; `HandedOver` where another process is to do that.

        What is not `kept` has no row that others could show.
        """
        address = delivery.address
        if address.platform not in self._holders:
            return await adapter.deliver(delivery)
        person = self._open.get(address, "")
        if person in (self._moved if kept else self._several):
            self._moved.discard(person)
            raise HandedOver
        if behind:
            await self._catch_up()
        mark = _mark(address, delivery.id)
        self._flying[mark] = (address, delivery.id)
        try:
            return await adapter.deliver(delivery)
        except Away:
            if await self._there_elsewhere(address):
                raise HandedOver from None
            raise
        finally:
            self._flying.pop(mark, None)

    async def look(self) -> None:
        """Write all lines down anew where this process was taken for dead, and show what was copied for them."""
        own = self._membership.own.id
        if self._known_as not in {"", own}:
            self._known_as = own
            self._unsaved = {**dict.fromkeys(self._open), **self._unsaved}
            self._save()
        elif bool(self._open) and await self._store.read(partial(_copied_for, own)):
            await self._catch_up()

    async def stop(self) -> None:
        """Finish what is under way: this process leaves, and its lines go with it."""
        await self._tasks.end()

    # ── What other processes tell ───────────────────────────────────────────────────────

    def _heard_of_lines(self, _process: str, persons: tuple[str, ...]) -> None:
        for person in persons:
            if (address := self._named.get(person)) is not None:
                self._moved.add(person)
                self._several.add(person)
                self._holders[address.platform].hand_over(address)

    def _heard_of_taken(self, _process: str, marks: tuple[str, ...]) -> None:
        for mark in marks:
            if (found := self._flying.get(mark)) is not None:
                address, number = found
                self._holders[address.platform].acknowledge(address, (number,))

    def _heard_of_copies(self, _process: str, processes: tuple[str, ...]) -> None:
        if self._membership.own.id in processes:
            self._tasks.run(self._catch_up())

    async def _tell_taken(self, marks: list[str]) -> None:
        with suppress(*TROUBLE):  # where it is lost the browser is shown it again, and says once more that it has it
            await self._membership.bus.send(News.TAKEN, *marks)

    async def _catch_up(self) -> None:
        """Show beside what was copied for this process, in order."""
        async with self._in_order:
            try:
                found = await self._store.write(self._copied)
            except StoreError as error:
                log.error("what others show is not shown beside: %s", str(error))
                return
            for delivery in found:
                if (holder := self._holders.get(delivery.address.platform)) is not None:
                    holder.mirror(delivery)

    def _copied(self, tx: Tx) -> list[Delivery]:
        parcels = tx.lines.take(self._membership.own.id)
        return [delivery for parcel in parcels for delivery in self._unpack(tx, parcel)]

    async def _there_elsewhere(self, address: Address) -> bool:
        """Find out whether somebody who is not here is at another process; then they have no line here any more."""
        own = self._membership.own.id
        try:
            if not set(await self._store.read(lambda tx: tx.lines.holders(address))) - {own}:
                return False
            await self._store.write(lambda tx: tx.lines.close(address, own))
        except StoreError:
            return False  # then it is tried again after a while, as for anybody who is away
        return True

    # ── Writing lines down ──────────────────────────────────────────────────────────────

    def _save(self) -> None:
        if not self._saving:
            self._saving = True
            self._tasks.run(self._save_all())

    async def _save_all(self) -> None:
        """Write down what changed, as much as there is at a time, until there is nothing more."""
        try:
            while self._unsaved:
                batch, self._unsaved = self._unsaved, {}
                if marks := [_mark(address, last) for address, last in batch.items() if last is not None]:
                    await self._tell_taken(marks)
                opened = [address for address in batch if address in self._open]
                closed = [address for address in batch if address not in self._open]
                try:
                    self._saved(*await self._store.write(partial(self._write_down, opened, closed)))
                except StoreError as error:
                    log.error("other processes don't know who is here: %s", str(error))
                    self._unsaved = {**batch, **self._unsaved}
                    await asyncio.sleep(TRY_AGAIN)
        finally:
            self._saving = False

    def _write_down(self, opened: Iterable[Address], closed: Iterable[Address], tx: Tx) -> Saved:
        own = self._membership.own.id
        found = {address: tx.lines.open(address, own) for address in opened}
        if found:
            tx.db.signals.note(News.LINES, [line.person for line in found.values()])
        left = {member for address in closed if (member := tx.lines.close(address, own)) is not None}
        if left:
            tx.db.signals.note(News.WOKEN, left)
        return own, found

    def _saved(self, own: str, found: Mapping[Address, KnownLine]) -> None:
        self._known_as = own
        for address, line in found.items():
            self._moved.discard(line.person)
            if address in self._open:
                self._open[address], self._named[line.person] = line.person, address
                if line.several:
                    self._several.add(line.person)
        self._wake({line.member for line in found.values() if line.member is not None})


def _mark(address: Address, number: int) -> str:
    """Return what stands for a delivery between processes: nobody can tell from it whom it is for."""
    return hashlib.blake2b(f"{person_key(address)}\x1f{number}".encode(), digest_size=16).hexdigest()


def _copied_for(process: str, tx: Tx) -> bool:
    return tx.lines.copied(process)
