"""Many posts of a channel deleted at once: recent ones in one request, older ones one by one."""

from collections.abc import AsyncIterator

import discord
import pytest

from buddybot.adapter import Deleted, MessageId, PartlyDeleted, Purge, RetryLater
from tests.discord.faults import Fault
from tests.discord.town import LOBBY, Town, open_town
from tests.discord.wire import Wire, until

FORTNIGHT = 15 * 86_400


@pytest.fixture
async def town(wire: Wire) -> AsyncIterator[Town]:
    async with open_town(wire, channels=(LOBBY,)) as made:
        yield made


async def filled(town: Town, count: int) -> list[int]:
    ann, room = await town.person("ann"), town.room("lobby")
    return [(await ann.says_in(room, f"post {number}")).id for number in range(count)]


async def purge(town: Town, messages: list[int]) -> int:
    """Purge, and return how many are left by what the core is told."""
    try:
        await town.does("lobby", Purge(tuple(MessageId(str(one)) for one in messages)))
    except PartlyDeleted as error:
        return error.left
    return 0


def asked(town: Town) -> tuple[int, int]:
    """Count the requests that delete: many at once, and one."""
    paths = [(one.method, one.path) for one in town.wire.rest.log]
    together = sum(path.endswith("/bulk-delete") for _, path in paths)
    return together, sum(method == "DELETE" and "/messages/" in path for method, path in paths)


def left(town: Town) -> list[str]:
    there = town.wire.world.written.values()
    return [one.content for one in there if one.channel == town.room("lobby").id and one.content.startswith("post")]


async def test_many_go_in_one_request_and_that_is_no_news(town: Town) -> None:
    made = await filled(town, 5)
    del town.wire.world.written[made[2]]
    assert await purge(town, made) == 0
    assert (left(town), asked(town)) == ([], (1, 0))
    assert await purge(town, made[:1]) == 0, "one that is gone is no failure"
    ann = await town.person("ann")
    await ann.says_in(town.room("lobby"), "next")
    await until(lambda: "next" in town.inbox.texts())
    assert town.origins(Deleted) == []


async def test_what_is_older_than_two_weeks_goes_one_by_one(town: Town) -> None:
    await filled(town, 3)
    town.wire.world.ages(FORTNIGHT)
    old = [one.id for one in town.wire.world.written.values() if one.content.startswith("post")]
    made = await filled(town, 4)
    assert await purge(town, [*made, *old]) == 0
    assert (left(town), asked(town)) == ([], (1, 3))


@pytest.mark.parametrize("code", [50034, 50035, 99999])
async def test_a_request_that_is_refused_is_followed_by_single_ones(town: Town, code: int) -> None:
    made = await filled(town, 4)
    town.wire.fails(Fault("POST .*/bulk-delete", status=400, code=code))
    town.wire.fails(Fault("DELETE .*/messages/.*", status=400, code=50021))
    assert await purge(town, made) == 1
    assert len(left(town)) == 1
    assert asked(town) == (1, 4)


async def test_without_the_right_all_is_left_and_the_operator_told(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_town(wire, channels=(LOBBY,), without="manage_messages", waits=True) as town:
        made = await filled(town, 4)
        assert await purge(town, made) == 4
        assert asked(town) == (1, 1), "who lacks a right asks no hundred times"
        assert "lacks the right" in caplog.text


async def test_what_passes_is_tried_again(town: Town) -> None:
    made = await filled(town, 3)
    town.wire.fails(Fault("POST .*/bulk-delete", status=503))
    with pytest.raises((RetryLater, discord.HTTPException)):
        await purge(town, made)
    assert await purge(town, made) == 0
    assert left(town) == []
