"""Many posts of a group deleted at once: what it costs, what is refused of them, and what the core learns of it."""

import logging
from collections.abc import AsyncIterator

import pytest

from buddybot.adapter import Address, Content, Delivery, MessageId, PartlyDeleted, Purge, RetryLater, Send, Span, Voice
from tests.telegram.faults import BLOCKED, Fault, Rejected, broken, too_many
from tests.telegram.town import LOBBY, Town, remarks, town
from tests.telegram.wire import FakeTelegram
from tests.telegram.world import EPOCH

LONG_AGO = EPOCH - 3 * 86_400


@pytest.fixture
async def there() -> AsyncIterator[Town]:
    async with FakeTelegram() as server, town(server, LOBBY) as made:
        yield made


async def filled(there: Town, count: int) -> list[int]:
    """Let a member and the bot post by turns; return the numbers of the posts."""
    ann, lobby = there.fake.person("ann"), there.account("Lobby")
    made = list[int]()
    for number in range(count):
        if number % 2:
            made.append(int(await there.deliver(lobby, Send(Content((Span(f"post {number}"),), Voice.BOT)))))
        else:
            made.append(ann.posts(there.room, f"post {number}", "Lobby").id)
    return made


async def purge(there: Town, messages: list[int]) -> int:
    """Purge, and return how many are left by what the core is told."""
    effect = Purge(tuple(MessageId(str(one)) for one in messages))
    address = Address("telegram", "4242", there.account("Lobby"))
    try:
        await there.adapter.deliver(Delivery(1, address, effect))
    except PartlyDeleted as error:
        return error.left
    return 0


def posts(there: Town) -> list[str]:
    return [text for text in there.room.sees("Lobby") if text.startswith("post")]


def calls(there: Town) -> tuple[int, int]:
    return len(there.fake.asked("deleteMessages")), len(there.fake.asked("deleteMessage"))


async def test_many_go_in_one_call_also_where_some_are_gone_already(there: Town) -> None:
    made = await filled(there, 9)
    there.fake.world.notes[-1].deleted = True
    assert await purge(there, made) == 0
    assert posts(there) == []
    assert calls(there) == (1, 0)
    assert await purge(there, made) == 0, "a second time does no harm"


async def test_one_that_is_too_old_holds_up_no_other(there: Town, caplog: pytest.LogCaptureFixture) -> None:
    made = await filled(there, 16)
    for number, note in enumerate(there.room.notes("Lobby")[1:]):
        note.date = LONG_AGO if number in {6, 7} else note.date
    assert await purge(there, made) == 1, "a member's post can't be emptied, the bot's own can"
    assert posts(there) == ["post 6"]
    assert "(taken back)" not in posts(there)
    assert sum(calls(there)) < 16
    assert remarks(caplog.records) == []


async def test_without_the_right_only_the_bots_own_go(there: Town) -> None:
    made = await filled(there, 6)
    there.room.rights.discard("can_delete_messages")
    assert await purge(there, made) == 3
    assert posts(there) == ["post 0", "post 2", "post 4"]


@pytest.mark.parametrize(
    "refusal",
    [
        Fault(Rejected(400, "Bad Request: not enough rights to delete messages")),
        Fault(Rejected(400, "Bad Request: chat not found")),
        BLOCKED,
    ],
)
async def test_a_group_that_refuses_the_bot_is_asked_once(
    there: Town, refusal: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    made = await filled(there, 6)
    there.fake.faults.next("deleteMessages", refusal)
    with caplog.at_level(logging.WARNING):
        assert await purge(there, made) == 6
    assert calls(there) == (1, 0)
    assert ['in the group of "lobby", deleteMessages was refused' in one for one in remarks(caplog.records)] == [True]


@pytest.mark.parametrize("words", ["MESSAGE_DELETE_FORBIDDEN", "some new words of next year", "MESSAGE_ID_INVALID"])
async def test_whatever_words_a_call_is_refused_with_the_rest_is_found(there: Town, words: str) -> None:
    made = await filled(there, 5)
    refused = Fault(Rejected(400, f"Bad Request: {words}"))
    there.fake.faults.next("deleteMessages", refused, refused)
    there.fake.faults.next("deleteMessage", refused)
    assert await purge(there, made) == 1
    assert len(posts(there)) == 1


async def test_a_server_that_can_only_delete_one_by_one_does_so(there: Town) -> None:
    made = await filled(there, 5)
    there.fake.world.api = (6, 9)
    assert await purge(there, made) == 0
    assert posts(there) == []
    assert calls(there) == (1, 5)


@pytest.mark.parametrize("fault", [too_many(7), broken(502), broken(500, after=True)])
async def test_what_passes_is_tried_again(there: Town, fault: Fault) -> None:
    made = await filled(there, 4)
    there.fake.faults.next("deleteMessages", fault)
    with pytest.raises(RetryLater):
        await purge(there, made)
    there.adapter._api._pauses._until.clear()
    assert await purge(there, made) == 0
    assert posts(there) == []
