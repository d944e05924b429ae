"""Cases' threads on the wire: made, followed, found again, and what happens where Discord or a hand is in the way."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from buddybot.adapter import Choice, Content, Deleted, MessageId, NoteId, RetryLater, Span, ThreadPost
from tests.discord.faults import Fault
from tests.discord.guilds import Room, Thread
from tests.discord.house import Notebook
from tests.discord.town import ALL, Town, all_rights, open_town
from tests.discord.wire import Wire, until
from tests.discord.world import Json, Written

CODE = "3f9c01ab"


def post(
    state: str = "New", *, level: str = "P1", closed: bool = False, alarm: bool = False, holder: str = ""
) -> ThreadPost:
    buttons = () if closed else (Choice(f"mod.{CODE}.claim", "I take it"),)
    content = Content((Span(f"{level}: a case"), Span(f"\n{state}")), choices=buttons)
    return ThreadPost(
        NoteId("case-3f9c01ab77"), CODE, f"{CODE} {level}: threat", content, (state, level), closed, alarm, holder
    )


@asynccontextmanager
async def open_office(wire: Wire, *, ready: bool = True, **settings: str) -> AsyncIterator[Town]:
    """Open a server, and wait until its forum is there, if it is to have one."""
    async with open_town(wire, None, ALL, without="", waits=True, **settings) as town:
        if ready:
            await until(lambda: forums(town))
        yield town


def forums(town: Town) -> list[Room]:
    return [room for room in town.guild.channels() if room.name == "staff-cases"]


def threads(town: Town) -> list[Thread]:
    return sorted(town.guild.threads(), key=lambda one: one.id)


def first(town: Town, thread: Thread) -> Written:
    return town.wire.world.written[thread.id]


async def test_a_case_is_a_post_in_a_forum_that_only_the_team_sees(wire: Wire) -> None:
    mods = wire.world.open_guild(bot_may=all_rights()).role("Mods")
    async with open_office(wire) as town:
        made = await town.does("staff", post())
        (thread,), (forum,) = threads(town), forums(town)
        assert (str(thread.id), thread.parent, thread.name) == (made, forum.id, f"{CODE} P1: threat")
        assert thread.labels(forum) == ["New", "P1"]
        assert forum.parent == town.room("staff").parent
        ann, mia = await town.person("ann"), await town.person("mia", mods)
        assert not ann.rights(forum).view_channel
        theirs = mia.rights(forum)
        assert (theirs.view_channel, theirs.send_messages, theirs.send_messages_in_threads) == (True, False, True)


async def test_it_is_brought_to_what_it_is_to_be_and_put_away(wire: Wire) -> None:
    async with open_office(wire) as town:
        made = await town.does("staff", post())
        assert await town.does("staff", post("Taken", holder="77"), made) == made
        (thread,), (forum,) = threads(town), forums(town)
        assert thread.labels(forum) == ["Taken", "P1"]
        assert first(town, thread).content.endswith("<@77>")
        assert first(town, thread).body["allowed_mentions"] == {"parse": [], "replied_user": False}
        await town.does("staff", post("Closed", closed=True), made)
        assert (thread.archived, thread.locked, first(town, thread).components) == (True, True, [])
        await town.does("staff", post("New"), made)
        assert (thread.archived, thread.locked) == (False, False)
        assert len(threads(town)) == 1


@pytest.mark.parametrize(("archived", "locked"), [(True, False), (True, True), (False, True)])
async def test_one_put_away_by_hand_comes_back_when_the_case_goes_on(
    wire: Wire, *, archived: bool, locked: bool
) -> None:
    async with open_office(wire) as town:
        made = await town.does("staff", post())
        (thread,) = threads(town)
        thread.archived, thread.locked = archived, locked
        await town.does("staff", post("Taken"), made)
        assert (thread.archived, thread.locked) == (False, False)
        assert "Taken" in first(town, thread).content


async def test_an_urgent_case_calls_the_role_on_call_and_nobody_else(wire: Wire) -> None:
    guild = wire.world.open_guild(bot_may=all_rights())
    role = guild.role("On call")
    role.mentionable = True
    async with open_office(wire, on_call_role=str(role.id)) as town:
        await town.does("staff", post())
        made = await town.does("staff", _other(alarm=True))
        quiet, loud = threads(town)
        assert calls(first(town, quiet)) == []
        assert calls(first(town, loud)) == [str(role.id)]
        await town.does("staff", _other(alarm=True, level="P0"), made)
        said = [one for one in wire.world.written.values() if one.channel == loud.id and one.id != loud.id]
        assert [calls(one) for one in said] == [[str(role.id)]]


async def test_a_role_that_vanished_is_said_and_the_alarm_stands_all_the_same(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_office(wire, on_call_role="123456789") as town:
        await town.does("staff", post(alarm=True))
        (thread,) = threads(town)
        assert calls(first(town, thread)) == []
    assert "there is no role with the id 123456789 (on_call_role)" in caplog.text


async def test_a_role_that_may_not_be_mentioned_is_said(wire: Wire, caplog: pytest.LogCaptureFixture) -> None:
    guild = wire.world.open_guild(bot_may=all_rights())
    role = guild.role("On call")
    async with open_office(wire, on_call_role=str(role.id)) as town:
        await town.does("staff", post(alarm=True))
    assert "can't be mentioned" in caplog.text


@pytest.mark.parametrize("code", [30013, 50024])
async def test_without_a_forum_a_case_is_a_thread_of_the_teams_channel(
    wire: Wire, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    guild = wire.world.open_guild(bot_may=all_rights())
    guild.no_forum = code
    async with open_office(wire, ready=False) as town:
        made = await town.does("staff", post())
        (thread,) = threads(town)
        assert (thread.parent, str(thread.id)) == (town.room("staff").id, made)
        await town.does("staff", post("Taken"), made)
        assert "Taken" in first(town, thread).content
        await town.does("staff", post("Closed", closed=True), made)
        assert thread.archived
    assert f"Discord refused a forum for cases (code {code})" in caplog.text


async def test_the_operator_may_want_threads_or_messages(wire: Wire) -> None:
    async with open_office(wire, ready=False, cases="threads") as town:
        await town.does("staff", post())
        assert [one.parent for one in threads(town)] == [town.room("staff").id]
    async with open_office(wire, ready=False, cases="message") as town:
        made = await town.does("staff", _other())
        assert len(threads(town)) == 1
        await town.does("staff", _other("Taken"), made)
        assert "Taken" in wire.world.written[int(made)].content


async def test_with_too_many_threads_open_the_case_is_a_message_with_its_buttons(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_office(wire) as town:
        town.guild.most_threads = 0
        made = await town.does("staff", post())
        shown = wire.world.written[int(made)]
        assert (shown.channel, threads(town)) == (town.room("staff").id, [])
        assert shown.components
        await town.does("staff", post("Taken"), made)
        assert "Taken" in shown.content
    assert "160006" in caplog.text


async def test_a_deleted_thread_is_told_of_and_made_again(wire: Wire) -> None:
    async with open_office(wire) as town:
        made = await town.does("staff", post())
        (thread,) = threads(town)
        await deletes(town, thread)
        await until(lambda: any(isinstance(each, Deleted) for each in town.inbox.events))
        (told,) = [each for each in town.inbox.events if isinstance(each, Deleted)]
        assert told.message == made
        assert told.origin.place is not None
        assert told.origin.place.key == "staff"
        again = await town.does("staff", post(), MessageId(made))
        assert again != made
        assert [str(one.id) for one in threads(town)] == [again]


async def test_a_closed_case_whose_thread_is_gone_gets_no_other(wire: Wire) -> None:
    async with open_office(wire) as town:
        made = await town.does("staff", post())
        (thread,) = threads(town)
        await deletes(town, thread)
        await town.does("staff", post("Closed", closed=True), made)
        assert threads(town) == []


async def test_a_deleted_forum_tells_of_all_its_threads_and_is_made_again(wire: Wire) -> None:
    async with open_office(wire) as town:
        await town.does("staff", post())
        (thread,), (forum,) = threads(town), forums(town)
        del town.guild.rooms[forum.id], town.guild.rooms[thread.id], wire.world.written[thread.id]
        await wire.sessions.dispatch("CHANNEL_DELETE", forum.json())
        await until(lambda: any(isinstance(each, Deleted) for each in town.inbox.events))
        await town.does("staff", post(), MessageId(str(thread.id)))
        (again,), (another,) = threads(town), forums(town)
        assert again.parent == another.id != forum.id


async def test_a_restart_between_making_a_post_and_knowing_it_makes_no_second(wire: Wire) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox) as town:
        await until(lambda: forums(town))
        wire.fails(Fault(r"POST .*/threads", after=True))
        with pytest.raises(RetryLater) as refused:
            await town.does("staff", post())
        assert refused.value.unknown
    async with open_town(wire, inbox) as town:
        made = await shows(town, post("Taken"))
        (thread,) = threads(town)
        assert str(thread.id) == made
        assert "Taken" in first(town, thread).content
        assert len(forums(town)) == 1


async def test_one_that_was_put_away_is_found_by_its_code_after_a_restore(wire: Wire) -> None:
    async with open_office(wire) as town:
        made = await town.does("staff", post())
        await town.does("staff", post("Closed", closed=True), made)
        assert await town.does("staff", post("New")) == made
        (thread,) = threads(town)
        assert not thread.archived


async def test_a_renamed_forum_is_the_same_forum(wire: Wire) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox) as town:
        await until(lambda: forums(town))
        (forum,) = forums(town)
        forum.name = "what-to-look-at"
    async with open_town(wire, inbox) as town:
        await shows(town, post())
        assert [one.parent for one in threads(town)] == [forum.id]


async def test_a_forum_full_of_tags_is_said_and_the_post_stands(wire: Wire, caplog: pytest.LogCaptureFixture) -> None:
    async with open_office(wire) as town:
        (forum,) = forums(town)
        bare: Json = {"moderated": False, "emoji_id": None, "emoji_name": None}
        forum.tags = [bare | {"id": str(number), "name": f"tag {number}"} for number in range(1, 20)]
        await town.does("staff", post())
        (thread,) = threads(town)
        assert thread.labels(forum) == ["New"]
    assert "20 tags already" in caplog.text


async def test_put_away_between_two_calls_it_is_tried_again(wire: Wire) -> None:
    async with open_office(wire) as town:
        made = await town.does("staff", post())
        wire.fails(Fault(r"PATCH .*/messages/\d+", status=400, code=50083))
        with pytest.raises(RetryLater):
            await town.does("staff", post("Taken"), made)
        assert await town.does("staff", post("Taken"), made) == made


async def test_without_the_right_to_manage_threads_the_rest_goes_on(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    async with open_town(wire, without="manage_threads") as town:
        await until(lambda: forums(town))
        made = await town.does("staff", post())
        await town.does("staff", post("Closed", closed=True), made)
        (thread,) = threads(town)
        assert "Closed" in first(town, thread).content
    assert "Manage Threads" in caplog.text


# ── Where moderators work ───────────────────────────────────────────────────────────────


async def test_what_a_moderator_does_in_a_thread_carries_place_and_role_and_is_answered_there(wire: Wire) -> None:
    mods = wire.world.open_guild(bot_may=all_rights()).role("Mods")
    async with open_office(wire) as town:
        await town.does("staff", post())
        mia = await town.person("mia", mods)
        (thread,) = threads(town)
        await mia.presses("I take it", room=thread)
        await mia.uses("mod queue", room=thread)
        await until(lambda: len(town.inbox.events) > 2 and town.inbox.events[-1].origin.roles)
        pressed, typed = town.inbox.events[-2:]
        for event in (pressed, typed):
            assert event.origin.place is not None
            assert (event.origin.place.key, event.origin.roles) == ("staff", ("moderator",))
        await town.house.shows(mia, "The queue is empty.")
        assert "The queue is empty." in " ".join(mia.whispers()).replace("\\", "")
        assert mia.inbox() == []


async def shows(town: Town, wanted: ThreadPost) -> MessageId:
    """Show it as the dispatcher does: again, as long as Discord has not told of the server yet."""
    while True:
        try:
            return await town.does("staff", wanted)
        except RetryLater:
            await asyncio.sleep(0.01)


def calls(message: Written) -> list[str]:
    """Return the roles that a message calls."""
    allowed = message.body.get("allowed_mentions")
    roles = allowed.get("roles", []) if isinstance(allowed, dict) else []
    return [str(each) for each in roles if f"<@&{each}>" in message.content]


async def deletes(town: Town, thread: Thread) -> None:
    """Let somebody delete a thread with all that stands in it."""
    del town.guild.rooms[thread.id]
    for each in [one.id for one in town.wire.world.written.values() if one.channel == thread.id]:
        del town.wire.world.written[each]
    gone: Json = {"id": str(thread.id), "guild_id": str(thread.guild), "parent_id": str(thread.parent), "type": 11}
    await town.wire.sessions.dispatch("THREAD_DELETE", gone)


def _other(state: str = "New", *, level: str = "P1", alarm: bool = False) -> ThreadPost:
    """Return a case of its own."""
    made = post(state, level=level, alarm=alarm)
    words = "aa11bb22"
    content = Content(made.content.spans, choices=(Choice(f"mod.{words}.claim", "I take it"),))
    return ThreadPost(
        NoteId("case-aa11bb2299"), words, made.title.replace(CODE, words), content, made.tags, alarm=made.alarm
    )
