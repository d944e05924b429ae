"""A moderator takes the newest posts of a channel away: everywhere, in few requests, and told what stayed."""

from dataclasses import replace
from pathlib import Path

from buddybot.adapter import PartlyDeleted, Purge, Retract
from buddybot.domain.kernel.messages import MOST_PURGED
from buddybot.domain.kernel.places import Channel, ChannelKind
from buddybot.service.channels import relay
from buddybot.service.kernel.book import Book
from buddybot.store.tx import Tx
from buddybot.testing import FakePlatform, TestBot, running
from tests.stories.moderating import audit, staffed

LOBBY = Channel("lobby", "Lobby", kind=ChannelKind.OPEN)
NIGHTS = Channel("nights", "Nights")


def bridged(book: Book) -> tuple[Book, FakePlatform, FakePlatform]:
    here, there = FakePlatform(), FakePlatform("other")
    for one in (here, there):
        one.capabilities = replace(one.capabilities, places=True)
    return replace(book, channels=(LOBBY, NIGHTS)), here, there


def deletions(platform: FakePlatform) -> list[int]:
    """Return how many messages each request deleted."""
    done = [one.effect for one in platform.deliveries]
    return [len(one.messages) if isinstance(one, Purge) else 1 for one in done if isinstance(one, Purge | Retract)]


async def post_many(bot: TestBot, name: str, count: int) -> None:
    """Let somebody's posts stand in a channel, as the bot writes them there."""
    person = bot.person(name)

    def write(tx: Tx) -> None:
        turn = bot.house.engine.turn(tx)
        author = tx.members.by_address(person.address)
        assert author is not None
        for number in range(count):
            relay.post_under_alias(turn, author, NIGHTS, f"post {number}.")

    await bot.house.store.write(write)
    await bot.settle()


async def test_three_hundred_posts_are_three_requests_in_each_place(tmp_path: Path, book: Book) -> None:
    changed, here, there = bridged(book)
    async with running(tmp_path, book=changed, platform=here, others=(there,)) as bot:
        nights, abroad = await bot.place("nights"), await bot.place("nights", on=there)
        await bot.person("ann").joins(lane="self")
        mo = staffed(bot, "mo")
        await post_many(bot, "ann", 301)
        await mo.says("/mod purge nights 301")
        assert "from 1 to 300" in mo.sees()[-1]
        await mo.says("/mod purge nights 300")
        assert mo.sees()[-1] == "Took 300 posts away in Nights."
        left = [[text for text in place.sees() if "post" in text] for place in (nights, abroad)]
        assert left[0] == left[1]
        assert len(left[0]) == 1
        assert deletions(here) == deletions(there) == [MOST_PURGED] * 3
        await mo.says("/mod purge nights 300")
        await mo.says("/mod purge nights 300")
        assert mo.sees()[-1] == "Took 0 posts away in Nights."
        assert (await audit(bot)).count("purge") == 3


async def test_what_is_still_on_its_way_to_one_app_never_comes(tmp_path: Path, book: Book) -> None:
    changed, here, there = bridged(book)
    async with running(tmp_path, book=changed, platform=here, others=(there,)) as bot:
        lobby, abroad = await bot.place("lobby"), await bot.place("lobby", on=there)
        ann, mo = bot.person("ann"), staffed(bot, "mo")
        await ann.joins(lane="self")
        await ann.presses_in(lobby, "channel.lobby.enter")
        there.rate_limits(abroad.place.account, 60)
        for text in ("one", "two", "three"):
            await ann.posts(lobby, f"post {text}")
        assert abroad.sees() == []
        await mo.says("/mod purge lobby 3")
        await bot.wait(minutes=2)
        assert not [text for text in (*lobby.sees(), *abroad.sees()) if "post" in text]


async def test_who_purged_is_told_where_something_stands_and_how_much(tmp_path: Path, book: Book) -> None:
    changed, here, there = bridged(book)
    async with running(tmp_path, book=changed, platform=here, others=(there,)) as bot:
        await bot.place("nights")
        abroad = await bot.place("nights", on=there)
        await bot.person("ann").joins(lane="self")
        mo, lea = staffed(bot, "mo"), staffed(bot, "lea")
        await lea.says("/mod queue")
        await post_many(bot, "ann", 5)
        there.fails(abroad.place.account, PartlyDeleted(2))
        await mo.says("/mod purge nights 4")
        told = next(one for one in mo.sees() if "still stand" in one)
        assert told.startswith("2 of 4 posts still stand in Nights on Other.")
        assert not any("still stand" in one for one in lea.sees())
        await mo.says("/mod purge nights 9")
        assert sum("still stand" in one for one in mo.sees()) == 1
