"""The gateway: sessions that break, gaps that are read back, and an end that nobody overlooks."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import pairwise

import pytest
from buddybot_discord import create
from buddybot_discord.settings import DISCORDS_OWN

from buddybot.adapter import COMMANDS, AdapterError, RetryLater, Said
from tests.discord.faults import Fault
from tests.discord.house import House, KnowingNotebook, Library, Notebook, open_house
from tests.discord.wire import Wire, until
from tests.discord.world import Json
from tests.waiting import comes


async def runs_into(wire: Wire, **settings: str) -> str:
    """The sentence that the adapter ends with."""
    with pytest.raises(AdapterError) as raised:
        await comes(create(wire.settings(**settings)).run(Notebook(), COMMANDS, Library()))
    return str(raised.value)


async def test_heartbeats_are_sent_and_answered(wire: Wire) -> None:
    wire.sessions.heartbeat = 0.05
    async with open_house(wire):
        await until(lambda: wire.sessions.log.count("heartbeat") > 3)


async def test_what_happens_while_the_line_is_cut_is_replayed_on_resume(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    await ann.says("before")
    await until(house.inbox.texts)
    await wire.sessions.drop()
    await ann.says("during")
    await until(lambda: "during" in house.inbox.texts())
    assert wire.sessions.log.count("resume") == 1
    assert house.inbox.texts() == ["before", "during"]


async def test_a_gap_that_resume_does_not_close_is_read_back_past_any_page_limit(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    await ann.says("before")
    await until(house.inbox.texts)
    await wire.sessions.drop(resumable=False)
    for at in range(250):
        await ann.says(str(at), live=False)
    await until(lambda: len(house.inbox.texts()) == 251)
    assert house.inbox.texts() == ["before", *map(str, range(250))]
    assert "invalid" in wire.sessions.log


@pytest.mark.parametrize("first", ["we", "they"])
async def test_a_gap_is_read_back_also_where_the_bot_had_opened_the_dm(wire: Wire, house: House, first: str) -> None:
    ann = wire.person("ann")
    if first == "they":
        await ann.says("hi", live=False)
    await house.shows(ann, "welcome")
    await ann.says("before")
    await until(lambda: "before" in house.inbox.texts())
    await wire.sessions.drop(resumable=False)
    await ann.says("during", live=False)
    await until(lambda: "during" in house.inbox.texts())


class Unread(Notebook):
    """It can't be read for a while, as where the database is away."""

    away = False

    async def cursor(self, key: str) -> str | None:
        if self.away:
            raise RetryLater
        return await super().cursor(key)


async def test_who_writes_while_nothing_can_be_read_is_heard_at_once_and_the_gap_before_it_later(wire: Wire) -> None:
    ann, inbox = wire.person("ann"), Unread()
    async with open_house(wire, inbox):
        await ann.says("before")
        await until(inbox.texts)
    await ann.says("missed", live=False)
    async with open_house(wire, inbox):
        inbox.away = True
        await ann.says("help me")
        await until(lambda: "help me" in inbox.texts())
        inbox.away = False
        await ann.says("later")
        await until(lambda: len(inbox.texts()) == 4)
    assert inbox.texts() == ["before", "help me", "missed", "later"]


async def test_the_gateway_may_ask_for_a_new_connection_or_a_heartbeat(wire: Wire, house: House) -> None:
    beats = wire.sessions.log.count("heartbeat")
    await wire.sessions.send_raw(1, None)
    await until(lambda: wire.sessions.log.count("heartbeat") > beats)
    await wire.sessions.send_raw(7, None)
    await until(lambda: "resume" in wire.sessions.log)
    ann = wire.person("ann")
    await ann.says("still here?")
    await until(house.inbox.texts)


async def test_after_a_restart_a_dm_is_read_from_its_cursor_before_anything_new_in_it(wire: Wire) -> None:
    ann, inbox = wire.person("ann"), Notebook()
    async with open_house(wire, inbox):
        await ann.says("before")
        await until(inbox.texts)
    await ann.says("missed 1", live=False)
    await ann.says("missed 2", live=False)
    async with open_house(wire, inbox):
        await ann.says("after")
        await until(lambda: len(inbox.texts()) == 4)
    assert inbox.texts() == ["before", "missed 1", "missed 2", "after"]


async def test_after_a_restart_every_open_dm_is_read_the_latest_first(wire: Wire) -> None:
    inbox = KnowingNotebook()
    people = [wire.person(f"p{at}") for at in range(12)]
    async with open_house(wire, inbox):
        for each in people:
            await each.says(each.user.name)
            await until(lambda: each.user.name in inbox.texts())
    for each in people[::2]:
        await each.says(f"missed by {each.user.name}", live=False)
    async with open_house(wire, inbox, per_second="20"):
        await until(lambda: len(inbox.texts()) == 18)
        read = [each.path.split("/")[3] for each in wire.asked("GET", "/messages")]
    assert wire.asked("POST", "/users/@me/channels") == []
    assert read[-12:] == [str(each.channel) for each in reversed(people)], "one look each"


async def test_a_first_message_while_the_bot_was_down_is_read_but_not_what_it_answered_long_ago(wire: Wire) -> None:
    ann = wire.person("ann")
    await ann.says("long ago", live=False)
    async with open_house(wire, Notebook()) as house:
        await house.shows(ann, "answered")
    await ann.says("hello?", live=False)
    await ann.says("anyone?", live=False)
    async with open_house(wire, Notebook()) as house:
        await ann.says("third")
        await until(lambda: len(house.inbox.texts()) == 3)
        assert house.inbox.texts() == ["hello?", "anyone?", "third"]


async def test_cursors_only_move_forward(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    old = await ann.says("old")
    new = await ann.says("new")
    await until(lambda: len(house.inbox.texts()) == 2)
    await wire.sessions.dispatch("MESSAGE_CREATE", old.json())
    await until(lambda: house.inbox.repeats)
    assert house.inbox.cursors[f"discord:dm:{ann.channel}"] == str(new.id)


async def test_a_gap_that_could_not_be_read_yet_stays_known(wire: Wire) -> None:
    ann, inbox = wire.person("ann"), Notebook()
    async with open_house(wire, inbox):
        await ann.says("before")
        await until(inbox.texts)
    await ann.says("missed", live=False)
    async with open_house(wire, inbox):
        wire.fails(Fault("GET /api/channels/.*/messages", status=503))
        await ann.says("after")
        await until(lambda: "after" in inbox.texts())
        await ann.says("later")
        await until(lambda: len(inbox.texts()) == 4)
    # Whether the gap is read before or after the note that met it hangs on when the reading is tried again.
    assert sorted(inbox.texts()) == ["after", "before", "later", "missed"]


async def test_a_dm_that_discord_will_not_show_does_not_hold_up_what_is_said_in_it(wire: Wire, house: House) -> None:
    wire.fails(Fault("GET /api/channels/.*/messages", status=403, code=50001))
    ann = wire.person("ann")
    await ann.says("one")
    await ann.says("two")
    await until(lambda: len(house.inbox.texts()) == 2)
    assert len([each for each in wire.rest.log if each.status == 403]) == 1


async def test_reading_back_goes_on_after_an_outage(wire: Wire) -> None:
    ann, inbox = wire.person("ann"), KnowingNotebook()
    async with open_house(wire, inbox):
        await ann.says("before")
        await until(inbox.texts)
    await ann.says("missed", live=False)
    wire.fails(Fault("POST /api/users/@me/channels", status=503))
    async with open_house(wire, inbox):
        await until(lambda: "missed" in inbox.texts())


async def test_somebody_who_is_gone_does_not_stop_the_reading(wire: Wire) -> None:
    ann, ben, inbox = wire.person("ann"), wire.person("ben"), KnowingNotebook()
    async with open_house(wire, inbox):
        await ann.says("ann")
        await ben.says("ben")
        await until(lambda: len(inbox.texts()) == 2)
    del wire.world.users[ben.user.id]
    await ann.says("missed", live=False)
    async with open_house(wire, inbox):
        await until(lambda: "missed" in inbox.texts())


# ── The end ─────────────────────────────────────────────────────────────────────────────


async def test_a_wrong_token_ends_it_with_the_remedy_and_without_the_token(wire: Wire) -> None:
    said = await runs_into(wire, token="a.wrong.token")
    assert "reset the token" in said
    assert "a.wrong.token" not in said


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (4004, "reset the token"),
        (4010, "leave shards out"),
        (4011, "leave shards out"),
        (4013, "update discord.py"),
        (4014, "developer portal"),
    ],
)
async def test_a_session_refused_for_good_ends_it_with_the_remedy(wire: Wire, code: int, remedy: str) -> None:
    wire.sessions.close_on_identify = code
    assert remedy in await runs_into(wire)


async def test_a_platform_out_of_reach_at_the_start_is_said(wire: Wire) -> None:
    assert "can't be reached" in await runs_into(wire, api="http://127.0.0.1:9")
    wire.fails(Fault("GET /api/users/@me", status=503))
    assert "answered 503" in await runs_into(wire)


async def test_an_event_that_waits_for_the_disk_is_read_again_after_a_kill(wire: Wire) -> None:
    ann, inbox, after = wire.person("ann"), Notebook(), Notebook()
    async with open_house(wire, inbox):
        await ann.says("one")
        await until(inbox.texts)
        inbox.slow.clear()
        await ann.says("two")
        await until(lambda: inbox.waiting == 1)
        # Whatever is not on disk is gone with the process.
        after.events, after.cursors = list(inbox.events), dict(inbox.cursors)
    async with open_house(wire, after):
        await ann.says("three")
        await until(lambda: len(after.texts()) == 3)
    assert after.texts() == ["one", "two", "three"]


async def test_a_token_revoked_while_running_ends_it_after_one_refusal(wire: Wire, house: House) -> None:
    wire.rest.revoked = True
    with pytest.raises(Exception, match="60"):
        await house.shows(wire.person("ann"), "hello")
    assert house.running is not None
    with pytest.raises(AdapterError, match="reset the token"):
        await house.running
    house.running = None
    assert len([each for each in wire.rest.log if each.status == 401]) == 1


async def test_several_shards_listen_and_only_the_one_with_direct_messages_reads_back(wire: Wire) -> None:
    wire.sessions.shards = 2
    async with open_house(wire, shards="2") as house:
        await until(lambda: len(wire.sessions.all) == 2)
        ann = wire.person("ann")
        await ann.says("hi")
        await until(house.inbox.texts)
        assert [each.shard for each in wire.sessions.all] == [0, 1]


async def test_events_are_reported_in_the_order_of_their_snowflakes(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    for at in range(30):
        await ann.says(str(at))
    await until(lambda: len(house.inbox.texts()) == 30)
    ids = [int(each.message) for each in house.inbox.events if isinstance(each, Said)]
    assert all(one < other for one, other in pairwise(ids))


# ── Where it is, and whether it is there ────────────────────────────────────────────────


async def test_the_gateway_of_the_settings_is_the_one_that_is_dialled(wire: Wire) -> None:
    there = wire.sessions.url
    wire.sessions.url = "ws://127.0.0.1:9/elsewhere"
    async with open_house(wire, gateway=there) as house:
        ann = wire.person("ann")
        await ann.says("hi")
        await until(house.inbox.texts)


async def test_without_a_setting_the_gateway_is_the_one_that_discord_names(wire: Wire) -> None:
    async with open_house(wire, gateway=DISCORDS_OWN) as house:
        ann = wire.person("ann")
        await ann.says("hi")
        await until(house.inbox.texts)


async def test_a_gateway_that_is_away_is_said_once_and_tried_until_it_is_there(
    wire: Wire, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(  # the library's own pauses take minutes, and nothing sets them
        "discord.shard.asyncio.sleep", partial(_soon, asyncio.sleep)
    )
    wire.fails(Fault("GET /gateway", status=503, times=60))
    with caplog.at_level(logging.DEBUG):
        async with open_house(wire) as house:
            ann = wire.person("ann")
            await ann.says("hi")
            await until(house.inbox.texts)
    said = [each for each in caplog.records if "gateway can't be reached" in each.getMessage()]
    assert len(said) == 1
    assert not any(each.exc_info for each in caplog.records)
    warnings = [each for each in caplog.records if each.levelno >= logging.WARNING]
    assert len(warnings) <= 3
    assert not any("Traceback" in each.getMessage() for each in warnings)


async def _soon(sleep: Callable[[float], Awaitable[None]], seconds: float, _: object = None) -> None:
    await sleep(seconds if seconds < 1 else 0)


async def test_a_refused_table_of_commands_names_the_field_and_not_the_state_of_discord(wire: Wire) -> None:
    tree: Json = {"0": {"description": {"_errors": [{"code": "BASE_TYPE_REQUIRED", "message": "canary"}]}}}
    wire.fails(Fault("PUT /api/applications/.*", status=400, code=50035, errors=tree))
    said = await runs_into(wire)
    assert "Discord answered 400 (code 50035, in 0.description)" in said
    assert "discordstatus" not in said
    assert "canary" not in said
