from datetime import timedelta

import pytest

from buddybot.adapter import Address
from buddybot.domain.people.members import Member, Stage
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.store.uploads import KEPT, MOST
from tests.store.cast import ANN, BEN, NOW

PHOTO = b"a photo of a garden" * 100


AT_ANN, AT_BEN = (Address("web", "web", f"account of {one}") for one in (ANN, BEN))


@pytest.fixture
async def people(store: GroupStore) -> GroupStore:
    for member, at in ((ANN, AT_ANN), (BEN, AT_BEN)):
        one = Member(member, Stage.HOME, "en", NOW, NOW, consent="1")
        await store.write(lambda tx: tx.members.add(one, at))
    return store


async def test_a_file_is_kept_sealed_until_it_is_fetched_or_two_minutes_are_over(people: GroupStore) -> None:

    async def find(name: str, after: timedelta = timedelta(0), *, keep: bool = False) -> bytes:
        return await people.write(lambda tx: tx.uploads.find(AT_ANN, name, NOW + after, keep=keep))

    assert await people.write(lambda tx: tx.uploads.put(AT_ANN, "garden", PHOTO, NOW))
    (sealed,) = (await people.read(lambda tx: tx.db.rows("SELECT sealed FROM upload")))[0]
    assert PHOTO[:19] not in bytes(sealed)
    assert await find("another") == b""
    assert [await find("garden", keep=True), await find("garden"), await find("garden")] == [PHOTO, PHOTO, b""]
    await people.write(lambda tx: tx.uploads.put(AT_ANN, "late", PHOTO, NOW))
    assert await find("late", KEPT, keep=True) == b""
    assert await people.write(lambda tx: tx.uploads.expire(NOW + KEPT)) == 1


async def test_a_person_has_a_few_at_a_time_and_a_stranger_none(people: GroupStore) -> None:
    stranger = Address("web", "web", "nobody we know")
    assert not await people.write(lambda tx: tx.uploads.put(stranger, "garden", PHOTO, NOW))
    for number in range(MOST + 1):
        at = NOW + timedelta(seconds=number)
        await people.write(lambda tx: tx.uploads.put(AT_ANN, f"{number}", PHOTO, at))
    await people.write(lambda tx: tx.uploads.put(AT_BEN, "0", b"his own", NOW))
    assert await people.write(lambda tx: tx.uploads.find(AT_ANN, "0", NOW, keep=False)) == b""
    assert await people.write(lambda tx: tx.uploads.find(AT_BEN, "0", NOW, keep=False)) == b"his own"
    assert await people.read(lambda tx: tx.db.row("SELECT count(*) FROM upload")) == (MOST,)


async def test_it_goes_with_its_member(people: GroupStore) -> None:
    await people.write(lambda tx: tx.uploads.put(AT_ANN, "garden", PHOTO, NOW))
    await people.write(lambda tx: tx.db.run("DELETE FROM member WHERE id = :ann", ann=ANN))
    assert await people.read(lambda tx: tx.db.row("SELECT count(*) FROM upload")) == (0,)
