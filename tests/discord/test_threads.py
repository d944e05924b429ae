"""Threads under an open channel and posts in a forum: read as the channel, written to, put away, deleted, refused."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from buddybot.adapter import (
    Channel,
    ChannelKind,
    ChannelThreads,
    Content,
    Deleted,
    Delivery,
    Edit,
    Edited,
    MessageId,
    NoteId,
    Purge,
    React,
    Reacted,
    Restrict,
    Restriction,
    Retract,
    Said,
    Send,
    Span,
    Tune,
    Voice,
)
from tests.discord import talks
from tests.discord.faults import Fault
from tests.discord.guilds import FORUM, Thread
from tests.discord.house import Notebook
from tests.discord.people import Person
from tests.discord.town import Town, all_rights, open_town
from tests.discord.wire import Wire, until

NOTE = NoteId("n1")
LOBBY = Channel("lobby", "Lobby", kind=ChannelKind.OPEN, threads=ChannelThreads.ALLOWED)
PLAIN = Channel("lobby", "Lobby", kind=ChannelKind.OPEN)
PORCH = Channel("porch", "Porch", kind=ChannelKind.OPEN, threads=ChannelThreads.POSTS)


def post(words: str) -> Send:
    return Send(Content((Span(words),), Voice.MEMBER, "Slow River"), NOTE)


def said(town: Town) -> list[Said]:
    return [event for event in town.inbox.events if isinstance(event, Said)]


async def hears(town: Town, words: str) -> Said:
    await until(lambda: words in town.inbox.texts())
    return next(event for event in reversed(said(town)) if event.text == words)


@pytest.fixture
async def town(wire: Wire) -> AsyncIterator[Town]:
    async with open_town(wire, channels=(LOBBY, PORCH)) as opened:
        opened.guild.roles[opened.guild.id].rights.update(create_public_threads=True, send_messages_in_threads=True)
        yield opened


async def ann_and_ben(town: Town) -> tuple[Person, Person]:
    return await town.person("ann"), await town.person("ben")


# ── Under an open channel ───────────────────────────────────────────────────────────────


async def test_what_is_said_in_a_thread_is_its_channel_s_and_answers_what_the_thread_began_with(town: Town) -> None:
    (ann, ben), room = await ann_and_ben(town), town.room("lobby")
    asked = await ann.says_in(room, "anyone else awake at this hour?")
    thread = await talks.opens(town, ben, room, "anyone else awake", asked)
    first = await talks.answers(town, ben, thread, "me")
    again = await talks.answers(town, ann, thread, "me", first)
    await until(lambda: len(said(town)) == 3)
    opening, one, two = said(town)
    assert one.origin.place == opening.origin.place
    assert one.message == f"{thread.id}.{first.id}"
    assert one.reply_to == opening.message == str(asked.id)
    assert (two.message, two.reply_to) == (f"{thread.id}.{again.id}", one.message)


async def test_edits_reactions_and_deletions_in_a_thread_name_the_same_message(town: Town) -> None:
    (ann, ben), room = await ann_and_ben(town), town.room("lobby")
    thread = await talks.opens(town, ann, room, "a quiet corner")
    note = await talks.answers(town, ben, thread, "hello")
    event = await hears(town, "hello")
    await ben.edits(note, "hello all")
    await ann.reacts(note, "👍")
    await until(lambda: town.origins(Reacted))
    await ben.deletes(note)
    await until(lambda: town.origins(Deleted))
    about = [each.message for each in town.inbox.events if isinstance(each, Edited | Reacted | Deleted)]
    assert about == [event.message] * 3


async def test_a_title_that_says_more_than_the_message_below_is_words_of_who_opened_the_thread(town: Town) -> None:
    ann, room = await town.person("ann"), town.room("lobby")
    asked = await ann.says_in(room, "how do you get through sundays? they are so long")
    await talks.opens(town, ann, room, "how do you get through", asked)
    other = await ann.says_in(room, "good evening")
    named = await talks.opens(town, ann, room, "cheap blues here", other)
    alone = await talks.opens(town, ann, room, "tapering talk")
    for words, thread in (("cheap blues here", named), ("tapering talk", alone)):
        event = await hears(town, words)
        assert event.message == f"{thread.id}."
        assert event.origin.address.account == str(ann.user.id)
    assert "how do you get through" not in town.inbox.texts()
    answer = await talks.answers(town, ann, alone, "who is in?")
    assert (await hears(town, "who is in?")).reply_to == f"{alone.id}."
    assert answer.channel == alone.id


async def test_another_title_is_an_edit_and_one_that_goes_leaves_what_was_written(town: Town) -> None:
    (ann, ben), room = await ann_and_ben(town), town.room("lobby")
    thread = await talks.opens(town, ann, room, "tapering talk")
    await talks.answers(town, ben, thread, "i am scared tonight")
    await hears(town, "i am scared tonight")
    await talks.changes(town, thread, "dm me for blues")
    await until(lambda: town.origins(Edited))
    (edit,) = [each for each in town.inbox.events if isinstance(each, Edited)]
    assert (edit.message, edit.text) == (f"{thread.id}.", "dm me for blues")
    assert await town.does("lobby", Retract(NOTE, "f5e4a699"), edit.message) == edit.message
    assert thread.name == "Conversation"
    assert [each.content for each in ben.reads_in(thread)] == ["i am scared tonight"]
    await talks.answers(town, ben, thread, "still here")
    await hears(town, "still here")
    assert len(town.origins(Edited)) == 1, "our own renaming is no news"


async def test_posts_reactions_and_removals_go_into_the_thread_also_after_a_restart(wire: Wire) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox, (LOBBY,)) as town:
        town.guild.roles[town.guild.id].rights.update(create_public_threads=True, send_messages_in_threads=True)
        ann = await town.person("ann")
        thread = await talks.opens(town, ann, town.room("lobby"), "evenings")
        note = await talks.answers(town, ann, thread, "hello")
        about = (await hears(town, "hello")).message
    thread.archived = True
    async with open_town(wire, inbox, (LOBBY,)) as town:
        made = await town.does("lobby", post("hello back"), reply_to=about)
        shown = ann.reads_in(thread)[-1]
        assert made == f"{thread.id}.{shown.id}"
        assert shown.content == "**Slow River:** hello back"
        assert shown.body["message_reference"] == {"message_id": str(note.id), "fail_if_not_exists": False}
        await talks.changes(town, thread, archived=True)
        await town.does("lobby", React(NOTE, "👍"), about)
        assert note.reactions["👍"] == {wire.world.bot.id}
        await town.does("lobby", Edit(NOTE, post("hello again").content), made)
        assert ann.reads_in(thread)[-1].content == "**Slow River:** hello again"
        await town.does("lobby", Retract(NOTE), about)
        assert note.id not in wire.world.written
        assert thread.archived, "what was put away stays so"


@pytest.mark.parametrize("lost", ["deleted", "locked", "no right to bring it back"])
async def test_an_answer_into_a_thread_that_is_gone_or_locked_stands_in_the_channel(town: Town, lost: str) -> None:
    ann, room = await town.person("ann"), town.room("lobby")
    thread = await talks.opens(town, ann, room, "evenings")
    await talks.answers(town, ann, thread, "hello")
    about = (await hears(town, "hello")).message
    if lost == "deleted":
        await talks.deletes(town, thread)
    else:
        thread.locked, thread.archived = True, lost != "locked"
        mine = next(role for role in town.guild.roles.values() if role.name == "BuddyBot")
        mine.rights.update(manage_threads=False)
        room.rules[town.wire.world.bot.id] = (1, 0, 0)
    await town.does("lobby", post("hello back"), reply_to=about)
    assert ann.reads_in(room)[-1].content == "**Slow River:** hello back"


async def test_a_deleted_thread_is_told_of_with_all_that_stood_in_it(town: Town) -> None:
    ann, room = await town.person("ann"), town.room("lobby")
    thread = await talks.opens(town, ann, room, "evenings")
    await talks.answers(town, ann, thread, "hello")
    await hears(town, "hello")
    await talks.deletes(town, thread)
    await until(lambda: town.origins(Deleted))
    (gone,) = [each for each in town.inbox.events if isinstance(each, Deleted)]
    assert gone.within == f"{thread.id}."
    assert gone.origin.address == town.place("lobby")


async def test_what_was_said_in_threads_while_the_bot_was_away_is_read_also_where_they_are_archived(wire: Wire) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox, (LOBBY,)) as town:
        town.guild.roles[town.guild.id].rights.update(create_public_threads=True, send_messages_in_threads=True)
        ann, room = await town.person("ann"), town.room("lobby")
        old = await talks.opens(town, ann, room, "evenings")
        await talks.answers(town, ann, old, "before")
        await hears(town, "before")
        await ann.says_in(room, "and here")
        await hears(town, "and here")
    await talks.answers(town, ann, old, "in the old one")
    new = await talks.opens(town, ann, room, "a new one")
    await talks.answers(town, ann, new, "i want to die")
    away = await talks.opens(town, ann, room, "put away")
    await talks.answers(town, ann, away, "in what is away")
    await ann.says_in(room, "later than all of it")
    away.archived = True
    async with open_town(wire, inbox, (LOBBY,)):
        wanted = {"in the old one", "a new one", "i want to die", "put away", "in what is away", "later than all of it"}
        await until(lambda: wanted <= set(inbox.texts()))
        assert inbox.texts().count("before") == 1


async def test_a_list_of_archived_threads_that_discord_does_not_give_holds_up_no_cry(wire: Wire) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox, (LOBBY,)) as town:
        town.guild.roles[town.guild.id].rights.update(create_public_threads=True, send_messages_in_threads=True)
        ann, room = await town.person("ann"), town.room("lobby")
        thread = await talks.opens(town, ann, room, "evenings")
        await ann.says_in(room, "before")
        await hears(town, "before")
    await ann.says_in(room, "i want to die")
    await talks.answers(town, ann, thread, "nobody reads this")
    wire.fails(Fault("GET .*/threads/archived/public", status=500, times=1000))
    async with open_town(wire, inbox, (LOBBY,)):
        await until(lambda: {"i want to die", "nobody reads this"} <= set(inbox.texts()))


async def test_threads_that_a_channel_held_before_it_was_ours_are_not_read(wire: Wire) -> None:
    async with open_town(wire, channels=(PORCH,)) as town:
        ann = await town.person("ann")
        room = town.guild.room("lobby")
        thread = Thread(wire.world.snowflake(), room.guild, "long ago", parent=room.id, owner=ann.user.id)
        town.guild.rooms[thread.id] = thread
        old, _ = wire.world.write(thread.id, ann.user, "i wanted to die then")
        thread.newest = old.id
    inbox = Notebook()
    for words in ("today", "tomorrow"):
        async with open_town(wire, inbox, (LOBBY,)) as town:
            town.guild.roles[town.guild.id].rights.update(send_messages_in_threads=True)
            await talks.answers(town, ann, thread, words)
            await hears(town, words)
    assert inbox.texts() == ["today", "tomorrow"]


async def test_a_thread_that_the_library_never_heard_of_is_looked_up(town: Town) -> None:
    ann, room = await town.person("ann"), town.room("lobby")
    thread = Thread(town.wire.world.snowflake(), room.guild, "unheard", parent=room.id, owner=ann.user.id)
    town.guild.rooms[thread.id] = thread
    await talks.answers(town, ann, thread, "i want to die")
    assert (await hears(town, "i want to die")).origin.place is not None


async def test_a_channel_without_threads_lets_nobody_open_one_and_still_reads_what_stands_in_one(wire: Wire) -> None:
    async with open_town(wire, channels=(PLAIN,)) as town:
        ann, room = await town.person("ann"), town.room("lobby")
        town.guild.roles[town.guild.id].rights.update(create_public_threads=True, send_messages_in_threads=True)
        assert not ann.rights(room).create_public_threads
        chief = await town.person("chief", await town.role("Admins"))
        next(role for role in town.guild.roles.values() if role.name == "Admins").rights.update(administrator=True)
        thread = await talks.opens(town, chief, room, "only for us")
        await talks.answers(town, chief, thread, "i can't go on")
        assert (await hears(town, "i can't go on")).origin.place is not None


async def test_threads_are_let_be_again_where_the_settings_changed_and_private_ones_never(wire: Wire) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox, (PLAIN,)) as town:
        ann = await town.person("ann")
    rights = town.guild.roles[town.guild.id].rights
    rights.update(create_public_threads=True, create_private_threads=True, send_messages_in_threads=True)
    async with open_town(wire, inbox, (LOBBY,)) as town:
        await until(lambda: ann.rights(town.room("lobby")).create_public_threads)
        assert ann.rights(town.room("lobby")).send_messages_in_threads
        assert not ann.rights(town.room("lobby")).create_private_threads


async def test_who_is_muted_and_a_lock_hold_in_threads_too(town: Town) -> None:
    (ann, ben), room = await ann_and_ben(town), town.room("lobby")
    thread = await talks.opens(town, ann, room, "evenings")
    await town.does("lobby", Restrict(str(ann.user.id), Restriction.MUTE))
    assert not ann.rights(thread).send_messages_in_threads
    assert ben.rights(thread).send_messages_in_threads
    await town.does("lobby", Restrict(str(ann.user.id), Restriction.ENTER))
    assert ann.rights(thread).send_messages_in_threads
    await town.does("lobby", Tune(30, locked=True))
    assert not ben.rights(thread).send_messages_in_threads
    await town.does("lobby", Tune(0, locked=False))
    assert ben.rights(thread).send_messages_in_threads
    slow = [each.body for each in town.wire.asked("PATCH", f"/channels/{room.id}")]
    assert [each["default_thread_rate_limit_per_user"] for each in slow] == [30, 0]


async def test_where_the_bot_has_no_right_about_threads_a_mute_still_holds_in_the_channel(wire: Wire) -> None:
    async with open_town(wire, channels=(PLAIN,), without="send_messages_in_threads") as town:
        ann = await town.person("ann")
        await town.does("lobby", Restrict(str(ann.user.id), Restriction.MUTE))
        assert not ann.rights(town.room("lobby")).send_messages


# ── A forum ─────────────────────────────────────────────────────────────────────────────


async def test_a_forum_is_made_with_one_pinned_post_that_says_how_it_works(town: Town) -> None:
    forum = town.room("porch")
    assert forum.kind == FORUM
    (main,) = town.guild.threads(of=forum.id)
    first = town.wire.world.written[main.id]
    assert (main.name, main.flags, first.content) == ("Porch", 2, "porch\\: Be kind.")
    assert "form:channel.porch.write" in str(first.components)
    assert [event for event in said(town) if event.origin.address.account == str(town.wire.world.bot.id)] == []


async def test_a_post_is_one_text_and_what_follows_answers_it(town: Town) -> None:
    (ann, ben), forum = await ann_and_ben(town), town.room("porch")
    thread, first = await talks.posts(town, ann, forum, "first week", "i sleep badly")
    answer = await talks.answers(town, ben, thread, "me too")
    event = await hears(town, "first week\n\ni sleep badly")
    assert event.message == f"{thread.id}.{first.id}"
    follow = await hears(town, "me too")
    assert (follow.message, follow.reply_to) == (f"{thread.id}.{answer.id}", event.message)
    await ann.edits(first, "i sleep better")
    await talks.changes(town, thread, "second week")
    await until(lambda: len(town.origins(Edited)) == 2)
    edits = [each for each in town.inbox.events if isinstance(each, Edited)]
    assert {each.message for each in edits} == {event.message}
    assert edits[-1].text == "second week\n\ni sleep better"


async def test_a_post_that_goes_takes_title_and_first_words_and_leaves_the_answers(town: Town) -> None:
    (ann, ben), forum = await ann_and_ben(town), town.room("porch")
    thread, first = await talks.posts(town, ann, forum, "blues for sale", "dm me")
    await talks.answers(town, ben, thread, "please stop, i am two days clean")
    event = await hears(town, "blues for sale\n\ndm me")
    await town.does("porch", Retract(NOTE), event.message)
    assert first.id not in town.wire.world.written
    assert thread.name == "Conversation"
    assert len(ben.reads_in(thread)) == 1


async def test_a_purge_reaches_into_threads_and_posts_also_where_they_are_put_away(town: Town) -> None:
    (ann, ben), room, forum = await ann_and_ben(town), town.room("lobby"), town.room("porch")
    plain = [(await ann.says_in(room, f"plain {number}")).id for number in range(2)]
    side = await talks.opens(town, ann, room, "evenings")
    there = [await talks.answers(town, ben, side, f"side {number}") for number in range(2)]
    await talks.changes(town, side, archived=True)
    names = [*map(str, plain), *(f"{side.id}.{one.id}" for one in there)]
    await town.does("lobby", Purge(tuple(MessageId(one) for one in names)))
    assert not [one.content for one in town.wire.world.written.values() if one.content.startswith(("plain", "side"))]
    assert len(town.wire.asked("POST", "/bulk-delete")) == 2
    post, first = await talks.posts(town, ann, forum, "blues for sale", "dm me")
    answers = [await talks.answers(town, ben, post, f"answer {number}") for number in range(2)]
    names = [f"{post.id}.{one.id}" for one in (first, *answers)]
    await town.does("porch", Purge(tuple(MessageId(one) for one in names)))
    assert post.name == "Conversation", "what a post is called is words of its author"
    assert ben.reads_in(post) == []


async def test_what_comes_from_elsewhere_stands_in_the_main_post_or_under_what_it_answers(town: Town) -> None:
    (ann, _), forum = await ann_and_ben(town), town.room("porch")
    (main,) = town.guild.threads(of=forum.id)
    made = await town.does("porch", post("good evening from far away"))
    assert made == f"{main.id}.{ann.reads_in(main)[-1].id}"
    thread, _ = await talks.posts(town, ann, forum, "first week", "i sleep badly")
    about = (await hears(town, "first week\n\ni sleep badly")).message
    await town.does("porch", post("tea helps"), reply_to=about)
    assert ann.reads_in(thread)[-1].content == "**Slow River:** tea helps"


async def test_a_post_in_a_forum_that_may_have_arrived_before_a_restart_is_not_doubled(wire: Wire) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox, (PORCH,)) as town:
        delivery = Delivery(7, town.place("porch"), post("only once"), key="a" * 24)
        once = await town.house.adapter.deliver(delivery)
    wire.world.forget_nonces()
    async with open_town(wire, inbox, (PORCH,)) as town:
        assert await town.house.adapter.deliver(replace(delivery, repeat=True)) == once
        assert await town.house.adapter.deliver(replace(delivery, repeat=True, after=once)) != once, "another note's"


async def test_a_deleted_main_post_is_made_again_and_a_restart_finds_it(wire: Wire) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox, (PORCH,)) as town:
        forum = town.room("porch")
        (main,) = town.guild.threads(of=forum.id)
        await talks.deletes(town, main)
        await until(lambda: town.guild.threads(of=forum.id))
        (again,) = town.guild.threads(of=forum.id)
    again.archived = True
    async with open_town(wire, inbox, (PORCH,)) as town:
        assert town.guild.threads(of=forum.id) == [again]
        town.library.rules = "Be kind."
        await town.does("porch", post("hello"))
        assert not again.archived


async def test_a_forum_that_was_there_is_taken_over_by_its_name(wire: Wire) -> None:
    guild = wire.world.open_guild(bot_may=all_rights((PORCH,)))
    forum = guild.room("lobby", FORUM)
    async with open_town(wire, channels=(PLAIN,)) as town:
        assert town.room("lobby") is forum
        ann = await town.person("ann")
        town.guild.roles[guild.id].rights.update(send_messages_in_threads=True)
        await talks.posts(town, ann, forum, "hello", "i am new")
        await hears(town, "hello\n\ni am new")


async def test_where_no_forum_can_be_made_a_text_channel_with_threads_stands_in_for_it(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    guild = wire.world.open_guild(bot_may=all_rights((PORCH,)))
    guild.no_forum = 50024
    async with open_town(wire, channels=(PORCH,)) as town:
        town.guild.roles[guild.id].rights.update(create_public_threads=True, send_messages_in_threads=True)
        room, ann = town.room("porch"), await town.person("ann")
        assert room.kind == 0
        assert ann.rights(room).create_public_threads
        await talks.answers(town, ann, await talks.opens(town, ann, room, "a talk"), "hello")
        await hears(town, "hello")
    assert "Discord refused a forum for the channel porch (code 50024)" in caplog.text


async def test_a_forum_that_wants_a_tag_gets_one_and_a_pin_that_is_refused_is_said(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    guild = wire.world.open_guild(bot_may=all_rights((PORCH,)))
    forum = guild.room("porch", FORUM)
    forum.tags = [{"id": "5", "name": "talk", "moderated": False, "emoji_id": None, "emoji_name": None}]
    wire.fails(Fault(rf"POST .*/channels/{forum.id}/threads", status=400, code=40067))
    wire.fails(Fault(r"PATCH .*/channels/\d+$", status=400, code=30047))
    async with open_town(wire, channels=(PORCH,)) as town:
        (main,) = town.guild.threads(of=forum.id)
        assert main.applied == ["5"]
        assert town.room("porch") is forum
    assert "the bot's post in the forum porch is not pinned (code 30047)" in caplog.text


async def test_a_report_from_the_menu_names_the_message_in_its_thread(town: Town) -> None:
    (ann, ben), room = await ann_and_ben(town), town.room("lobby")
    thread = await talks.opens(town, ann, room, "evenings")
    note = await talks.answers(town, ann, thread, "hello")
    about = (await hears(town, "hello")).message
    await ben.opens_report(note, thread)
    await until(lambda: town.library.opened)
    assert town.library.opened[-1].message == MessageId(about)
