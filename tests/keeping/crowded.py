"""A house full of people who talk in pairs, made through the store alone: what is to be got back after a loss."""

from pathlib import Path

from buddybot.adapter import Address
from buddybot.config.tables import StoreSettings
from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.people.members import Member, Private, Stage
from buddybot.domain.talk.rooms import Room, RoomKind, Seat
from buddybot.runtime.keeping.backup import BackupMade, BackupOrder, make_backup
from buddybot.runtime.keeping.locks import Passphrase
from buddybot.runtime.keeping.restore import Restored, RestoreOrder, restore_backup
from buddybot.service.kernel.turn import Turn
from buddybot.testing import MORNING, TestBot

PHRASE = "five plain words to remember"
CHEAP = 4
"""scrypt's work in tests: a file of theirs is guessed at by nobody."""
LOCK = Passphrase(PHRASE, CHEAP)
A_TRANSACTION = 500


def store_in(folder: Path, url: str = "") -> StoreSettings:
    """Return the settings of a house that lies in one folder."""
    return StoreSettings(url=url or f"sqlite:{folder}/bot.db", keys=folder / "keys", backups=folder / "backups")


def order(folder: Path, keep: int = 3) -> BackupOrder:
    """Return the order for a backup in `folder`, with the keys in a file beside it."""
    return BackupOrder(folder / "kept", LOCK, keep, folder / "elsewhere" / "members.keys")


async def backed_up(house: Path, outside: Path, url: str = "", minute: int = 0) -> BackupMade:
    """Make a backup of a house."""
    return await make_backup(store_in(house, url), None, order(outside), MORNING.replace(minute=minute))


async def got_back(house: Path, made: BackupMade, outside: Path, operator: Path, url: str = "") -> Restored:
    """Restore it to another place, with the operator's key from where that was kept."""
    wanted = RestoreOrder(made.path, LOCK, outside / "elsewhere" / "members.keys", operator)
    return await restore_backup(store_in(house, url), None, wanted, MORNING)


async def people_the_house(bot: TestBot, count: int) -> None:
    """Let so many members be here, two in each room."""
    for at in range(0, count, A_TRANSACTION):
        some = range(at, min(at + A_TRANSACTION, count))
        await bot.house.store.write(lambda tx: _settle(bot.house.engine.turn(tx), some))


def _settle(turn: Turn, some: range) -> None:
    for number in some:
        member = Member(
            MemberId(f"member-{number:06}"),
            Stage.HOME,
            "en",
            turn.now,
            turn.now,
            consent="1",
            private=Private(nickname=f"Otter {number}", country="US"),
        )
        turn.tx.members.add(member, Address("fake", "main", f"account-of-p{number}"))
        if number % 2:
            pair = (MemberId(f"member-{number - 1:06}"), member.id)
            seats = tuple(Seat(one, f"Alias {place} {number}", place) for place, one in enumerate(pair))
            turn.tx.rooms.add(Room(RoomId(f"room-{number:06}"), RoomKind.PAIR, seats, turn.now))
