from buddybot.adapter import Address, Closed, Opened, Origin, Place
from buddybot.store.tx import Tx
from buddybot.testing import TestBot


def opened(account: str, *, moved_from: str = "") -> Opened:
    address = Address("fake", "main", account)
    return Opened(Origin(f"open-{account}-{moved_from}", address, place=Place("nights", account)), moved_from)


async def places(bot: TestBot) -> tuple[Place, ...]:
    return await bot.house.engine.places("fake", "main")


async def test_a_place_is_known_from_the_first_time_it_is_told_of(bot: TestBot) -> None:
    await bot.door.put(opened("c1"))
    await bot.door.put(opened("c2"))
    assert await places(bot) == (Place("nights", "c1"), Place("nights", "c2"))


async def test_a_place_that_its_platform_renamed_stays_the_same_place(bot: TestBot) -> None:
    await bot.door.put(opened("c1"))
    before = await bot.house.store.read(lambda tx: tx.places.of_channel("nights"))
    await bot.door.put(opened("c9", moved_from="c1"))
    assert await places(bot) == (Place("nights", "c9"),)
    assert await bot.house.store.read(lambda tx: tx.places.of_channel("nights")) == before


async def test_a_renamed_place_that_nobody_knew_is_a_new_one(bot: TestBot) -> None:
    await bot.door.put(opened("c9", moved_from="c1"))
    assert await places(bot) == (Place("nights", "c9"),)


async def test_a_place_that_is_gone_is_forgotten_with_all_it_was_to_be_shown(bot: TestBot) -> None:
    await bot.door.put(opened("c1"))
    gone = Closed(Origin("gone", Address("fake", "main", "c1"), place=Place("nights", "c1")))
    await bot.door.put(gone)
    assert await places(bot) == ()
    stranger = Closed(Origin("gone-too", Address("fake", "main", "c7"), place=Place("nights", "c7")))
    await bot.door.put(stranger)
    assert await places(bot) == ()


async def test_a_place_may_become_one_of_another_channel(bot: TestBot) -> None:
    await bot.door.put(opened("c1"))
    address = Address("fake", "main", "c1")
    await bot.door.put(Opened(Origin("again", address, place=Place("days", "c1"))))
    assert await places(bot) == (Place("days", "c1"),)


async def test_an_event_without_a_place_opens_none(bot: TestBot) -> None:
    await bot.door.put(Opened(Origin("nowhere", Address("fake", "main", "c1"))))
    assert await places(bot) == ()


async def test_a_place_is_nobody(bot: TestBot) -> None:
    def people(tx: Tx) -> tuple[int, int]:
        return len(tx.members.all_ids()), len(tx.members.correspondents("fake", "main"))

    await bot.person("ann").says("hi")
    before = await bot.house.store.read(people)
    await bot.door.put(opened("c1"))
    assert await bot.house.store.read(people) == before


async def test_a_place_knows_its_channel(bot: TestBot) -> None:
    await bot.door.put(opened("c1"))
    (place,) = await bot.house.store.read(lambda tx: tx.places.of_channel("nights"))
    assert await bot.house.store.read(lambda tx: tx.places.channel_of(place)) == "nights"
    assert await bot.house.store.read(lambda tx: tx.places.channel_of(type(place)("other"))) is None


async def test_what_may_stand_in_a_parameter_is_suggested_to_those_who_are_known(bot: TestBot) -> None:
    ann = bot.person("ann")
    assert await bot.house.engine.suggest(ann.address, "pause", "days", "") == ()
    await ann.says("hi")
    assert await bot.house.engine.suggest(ann.address, "pause", "days", "") == ()
    assert bot.house.engine.channels() == ()
