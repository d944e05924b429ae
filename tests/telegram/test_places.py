"""Places on Telegram: found or made, pinned, followed, missed; what is said and done there."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from buddybot_telegram.addresses import account_of
from buddybot_telegram.group.deep_links import MOST, DeepLinks

from buddybot.adapter import (
    AdapterError,
    Address,
    Admit,
    Channel,
    Choice,
    Closed,
    Content,
    Delivery,
    Edited,
    Inbound,
    Joined,
    Left,
    NoteId,
    Opened,
    Origin,
    Place,
    Pressed,
    React,
    Reacted,
    Restrict,
    Restriction,
    RetryLater,
    Said,
    Send,
    Span,
    Tune,
    Unreachable,
    utc_now,
)
from buddybot.testing.contract import Recorder
from tests.telegram.faults import Fault, Rejected, broken, reset
from tests.telegram.house import adapter_for
from tests.telegram.objects import ATTACHMENTS, Json
from tests.telegram.people import Person
from tests.telegram.town import LOBBY, NIGHTS, OFFICE, ROOM, STAFF, Town, remarks, town
from tests.telegram.wire import FakeTelegram, until
from tests.waiting import PATIENT

NOTE = NoteId("note")
SOON = timedelta(seconds=1)
ADMIN: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def there(fake: FakeTelegram) -> AsyncIterator[Town]:
    async with town(fake, NIGHTS, LOBBY, STAFF) as made:
        yield made


def post(text: str) -> Send:
    return Send(Content((Span(text),)), NOTE)


# ── Found, made, pinned ─────────────────────────────────────────────────────────────────


async def test_each_channel_gets_a_topic_and_moderators_their_group(there: Town) -> None:
    opened = [event.origin.place for event in there.heard(Opened)]
    assert opened == [
        Place("nights", there.account("Nights")),
        Place("lobby", there.account("Lobby")),
        Place("staff", str(OFFICE)),
    ]


async def test_the_rules_are_pinned_with_buttons(there: Town) -> None:
    note = there.room.notes("Nights")[0]
    assert (note.text, note.labels, note.silent) == ("Nights\nAbout nights", ["Write", "Help"], True)
    assert note.id in there.room.pinned
    assert there.office.notes()[0].labels == []


async def test_only_the_anonymous_topic_is_closed_to_members(there: Town) -> None:
    assert (there.room.topic("Nights").closed, there.room.topic("Lobby").closed) == (True, False)


async def test_after_a_restart_the_same_places_are_open_and_nothing_is_posted_again(
    fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    inbox = Recorder()
    async with town(fake, NIGHTS, LOBBY, inbox=inbox) as there:
        before, accounts = len(fake.world.notes), [event.origin.address for event in there.heard(Opened)]
    async with town(fake, NIGHTS, LOBBY, inbox=inbox) as there:
        assert len(fake.world.notes) == before
        assert [event.origin.address for event in there.heard(Opened)] == [*accounts, *accounts]
        assert len({event.origin.event for event in there.heard(Opened)}) == 4
    assert remarks(caplog.records) == []


async def test_a_new_title_renames_the_topic_and_changes_what_is_pinned(fake: FakeTelegram) -> None:
    inbox = Recorder()
    async with town(fake, NIGHTS, inbox=inbox):
        pass
    async with town(fake, replace(NIGHTS, title="Late"), inbox=inbox) as there:
        assert [note.text for note in there.room.notes("Late")] == ["Late\nAbout nights"]
        assert len(there.room.topics) == 1


async def test_what_somebody_unpinned_and_deleted_is_pinned_again(fake: FakeTelegram) -> None:
    inbox = Recorder()
    async with town(fake, NIGHTS, inbox=inbox) as there:
        there.room.notes("Nights")[0].deleted = True
    async with town(fake, NIGHTS, inbox=inbox) as there:
        assert there.room.sees("Nights") == ["Nights\nAbout nights"]


async def test_a_channel_that_is_no_more_is_closed_and_one_that_moves_too(fake: FakeTelegram) -> None:
    inbox = Recorder()
    async with town(fake, NIGHTS, LOBBY, inbox=inbox) as there:
        nights, lobby = there.account("Nights"), there.account("Lobby")
    fake.group(-1003, forum=False)
    async with town(fake, LOBBY, inbox=inbox, place_lobby="-1003") as there:
        assert [event.origin.address.account for event in there.heard(Closed)] == [nights, lobby]
        assert there.heard(Opened)[-1].origin.place == Place("lobby", "-1003")


async def test_a_topic_that_is_there_is_adopted(fake: FakeTelegram) -> None:
    async with town(fake, LOBBY) as there:
        number = there.room.topic("Lobby").id
    async with town(fake, NIGHTS, place_nights=f"{ROOM}/{number}") as there:
        assert there.heard(Opened)[-1].origin.place == Place("nights", account_of(ROOM, number))
        assert there.room.topics[number].name == "Nights"


async def test_a_group_may_be_named_by_its_public_name(fake: FakeTelegram) -> None:
    fake.world.names["@harbour"] = ROOM
    async with town(fake, NIGHTS, group="@harbour") as there:
        assert there.heard(Opened)


async def test_a_topic_of_the_configuration_that_is_not_there_is_named(
    fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    async with town(fake, NIGHTS, place_nights=f"{ROOM}/77") as there:
        assert there.heard(Opened) == []
    assert any("nights" in line and "topic_id_invalid" in line.lower() for line in remarks(caplog.records))


async def test_two_channels_can_t_share_a_group_without_topics(
    fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    fake.group(ROOM, forum=False)
    async with town(fake, NIGHTS, LOBBY) as there:
        assert [event.origin.place for event in there.heard(Opened)] == [Place("nights", str(ROOM))]
        assert not any(there.room.permissions[name] for name in there.room.permissions if "_send_" in name)
    assert any("turn on its topics" in line for line in remarks(caplog.records))


async def test_a_channel_without_a_group_and_a_group_without_the_bot_are_named_once(
    fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    async with town(fake, NIGHTS, LOBBY, STAFF, group="", place_lobby="-5", moderators_group="-6") as there:
        assert there.heard(Opened) == []
    told = remarks(caplog.records)
    assert [line for line in told if "adapters.telegram.group" in line and "nights" in line]
    assert [line for line in told if '"lobby" can\'t be opened' in line]
    assert len(told) == len(set(told)) == 3


async def test_a_place_that_can_t_be_seen_just_now_stays_as_it_was(fake: FakeTelegram) -> None:
    inbox = Recorder()
    async with town(fake, NIGHTS, inbox=inbox) as there:
        account = there.account("Nights")
    fake.faults.next("getChat", Fault(Rejected(400, "Bad Request: chat not found")))
    async with town(fake, NIGHTS, inbox=inbox) as there:
        assert there.heard(Closed) == []
        await there.deliver(account, post("still here"))
        assert "still here" in there.room.sees("Nights")


async def test_a_line_that_fails_at_the_start_is_tried_again(fake: FakeTelegram) -> None:
    fake.faults.next("createForumTopic", broken(), reset(after=False))
    async with town(fake, NIGHTS) as there:
        assert len(there.heard(Opened)) == 1


async def test_what_waits_from_before_is_not_given_up_while_places_are_looked_for(fake: FakeTelegram) -> None:
    adapter = adapter_for(fake)
    with pytest.raises(RetryLater):
        await adapter.deliver(Delivery(1, Address("telegram", "4242", f"{ROOM}/3"), post("x")))
    await adapter._api.close_connections()


# ── Rights ──────────────────────────────────────────────────────────────────────────────


async def test_missing_rights_are_named_with_what_they_cost_and_the_remedy_once(
    fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    async with town(fake, LOBBY, NIGHTS) as there:
        there.room.gives_the_bot("administrator", "can_manage_topics", "can_pin_messages")
        await fake.settled()
        for _ in range(2):
            await there.deliver(there.account("Lobby"), Restrict("1000", Restriction.MUTE))
    told = remarks(caplog.records)
    assert [line for line in told if '"Delete messages": what breaks a rule stays there. In Telegram: open' in line]
    assert len([line for line in told if '"Ban users"' in line]) == 1
    assert [line for line in told if '"Add users"' in line]
    assert len([line for line in told if "was refused" in line]) == 1
    assert not [line for line in told if "1000" in line]


async def test_a_bot_that_is_no_admin_is_told_so(fake: FakeTelegram, caplog: pytest.LogCaptureFixture) -> None:
    room = fake.group(ROOM)
    room.bot, room.rights = "member", set()
    async with town(fake, NIGHTS) as there:
        assert there.heard(Opened) == []
    assert any("no administrator" in line for line in remarks(caplog.records))


async def test_rights_that_come_later_open_what_could_not_be(fake: FakeTelegram) -> None:
    room = fake.group(ROOM)
    room.rights = set()
    async with town(fake, NIGHTS) as there:
        assert there.heard(Opened) == []
        room.gives_the_bot("administrator", "can_manage_topics", "can_pin_messages", "can_restrict_members")
        await until(lambda: there.heard(Opened))
        assert room.sees("Nights")


async def test_what_can_t_be_pinned_or_closed_is_open_all_the_same(fake: FakeTelegram) -> None:
    room = fake.group(ROOM, forum=False)
    room.rights = set()
    async with town(fake, NIGHTS) as there:
        assert there.heard(Opened)
        assert (room.sees(), room.pinned) == (["Nights\nAbout nights"], [])


async def test_a_bot_that_may_not_even_write_opens_the_place_without_a_pin(fake: FakeTelegram) -> None:
    fake.faults.next("sendMessage", Fault(Rejected(400, "Bad Request: not enough rights to send text messages")))
    async with town(fake, NIGHTS) as there:
        assert there.heard(Opened)
        assert there.room.sees("Nights") == []


async def test_inspect_names_what_is_missing_and_changes_nothing(fake: FakeTelegram) -> None:
    room = fake.group(ROOM)
    room.rights.discard("can_delete_messages")
    adapter = adapter_for(fake, group=str(ROOM), place_gone="-9")
    gone = Channel("gone", "Gone")
    found = await adapter.inspect((replace(LOBBY, slow=30), STAFF, gone), ("en", "es"))
    assert [sentence.partition(":")[0] for sentence in found] == [
        'the group "Room"',
        'the channel "lobby"',
        'the channel "staff" is not on Telegram',
        'the group of "gone" can\'t be seen',
    ]
    (probe,) = fake.asked("deleteEphemeralMessage")
    assert (probe.code, probe.arguments.values) == (400, {}), "of no message: it only shows whether the server has it"
    assert {asked.method for asked in fake.world.asked if asked is not probe} == {
        *("getMe", "getChat", "getChatMember"),
        *("getMyCommands", "getMyDescription", "getMyShortDescription"),
    }


@pytest.mark.parametrize(
    ("fault", "words"),
    [(Fault(Rejected(401, "Unauthorized")), "token"), (broken(), "can't be reached")],
)
async def test_inspect_says_what_kept_it_from_looking(fake: FakeTelegram, fault: Fault, words: str) -> None:
    fake.group(ROOM)
    fake.faults.next("getChat", fault)
    with pytest.raises(AdapterError, match=words):
        await adapter_for(fake, group=str(ROOM)).inspect((LOBBY,), ("en",))


# ── What people do ──────────────────────────────────────────────────────────────────────


async def test_words_changes_and_answers_are_told_with_person_and_place(fake: FakeTelegram, there: Town) -> None:
    ann, ben = fake.person("ann"), fake.person("ben")
    note = ann.posts(there.room, "good evening", "Lobby")
    ben.posts(there.room, "hello", "Lobby", reply_to="good evening")
    ann.rewrites(note, "good night")
    await fake.settled()
    said = there.heard(Said, Edited)
    assert {event.origin.place for event in said} == {Place("lobby", there.account("Lobby"))}
    assert [event.origin.address.account for event in said] == ["1000", "1001", "1000"]
    assert isinstance(said[1], Said)
    assert said[1].reply_to == str(note.id)
    assert isinstance(said[2], Edited)
    assert said[2].text == "good night"


async def test_the_first_message_of_a_topic_is_no_answer(fake: FakeTelegram, there: Town) -> None:
    topic = there.room.topic("Lobby")
    root = fake.world.say(there.room.json(), fake.world.bot)
    root.id, root.thread = topic.id, topic.id
    note = fake.person("ann").posts(there.room, "hi", "Lobby")
    note.reply_to = root
    fake.world.pending.clear()
    fake.world.tell("message", note.json())
    await until(lambda: there.heard(Said))
    said = there.heard(Said)[0]
    assert isinstance(said, Said)
    assert said.reply_to is None


async def test_what_is_outside_of_our_places_is_no_concern_of_ours(fake: FakeTelegram, there: Town) -> None:
    other = fake.group(-1009)
    ann, before = fake.person("ann"), len(there.inbox.events)
    ann.posts(there.room, "in General")
    ann.posts(other, "elsewhere")
    ann.comes_to(other)
    ann.says("in private")
    await fake.settled()
    assert [type(event) for event in there.inbox.events[before:]] == [Said]


@pytest.mark.parametrize(
    ("extra", "sender", "account"),
    [
        ({"sender_chat": {"id": ROOM, "type": "supergroup", "title": "Room"}}, ADMIN, None),
        ({"sender_chat": {"id": -77, "type": "channel", "title": "Ads"}}, ADMIN, "-77"),
        (
            {"sender_chat": {"id": -78, "type": "channel", "title": "Ours"}, "is_automatic_forward": True},
            {"id": 777000, "is_bot": False, "first_name": "Telegram"},
            None,
        ),
        ({}, {"id": 55, "is_bot": True, "first_name": "Bot"}, None),
    ],
)
async def test_anonymous_admins_channels_and_bots(
    fake: FakeTelegram, there: Town, extra: Json, sender: Json, account: str | None
) -> None:
    ann = fake.person("ann")
    ann.user = sender
    ann.posts(there.room, "read this", "Lobby", extra=extra)
    await fake.settled()
    assert [event.origin.address.account for event in there.heard(Said)] == ([account] if account else [])


async def test_somebody_s_channel_is_never_written_to_and_can_be_kept_out(there: Town) -> None:
    with pytest.raises(Unreachable):
        await there.deliver("-77", post("a word in private"))
    lobby = there.account("Lobby")
    await there.deliver(lobby, Restrict("-77", Restriction.REMOVE))
    assert there.room.banned_chats == {-77}
    await there.deliver(lobby, Restrict("-77", Restriction.LIFT))
    assert there.room.banned_chats == set()


async def test_a_link_behind_words_is_shown_to_the_screener(fake: FakeTelegram, there: Town) -> None:
    link: Json = {"type": "text_link", "offset": 0, "length": 4, "url": "https://shop.example"}
    fake.person("ann").posts(there.room, "look", "Lobby", extra={"entities": [link]})
    note = fake.world.notes[-1]
    note.entities, note.extra = [link], {}
    fake.world.pending.clear()
    fake.world.tell("message", note.json())
    await until(lambda: there.heard(Said))
    said = there.heard(Said)[0]
    assert isinstance(said, Said)
    assert said.text == "look (https://shop.example)"


async def test_files_are_named_also_when_they_come_with_a_change(fake: FakeTelegram, there: Town) -> None:
    note = fake.person("ann").posts(there.room, "", "Lobby", extra={"photo": ATTACHMENTS["photo"]})
    fake.person("ann").rewrites(note, "with words")
    await fake.settled()
    said = [event for event in there.heard(Said) if isinstance(event, Said)]
    assert [(event.text, event.attachments, event.message) for event in said] == [
        ("", ("photo",), str(note.id)),
        ("with words", ("photo",), str(note.id)),
    ]


async def test_telegram_s_own_words_are_nobody_s(fake: FakeTelegram, there: Town) -> None:
    fake.person("ann").posts(there.room, "", "Lobby", extra={"forum_topic_closed": {}})
    await fake.settled()
    assert there.heard(Said) == []


async def test_a_reaction_is_told_in_each_place_of_the_group_since_telegram_does_not_say_which(
    fake: FakeTelegram, there: Town
) -> None:
    ann = fake.person("ann")
    note = ann.posts(there.room, "hi", "Lobby")
    ann.reacts_in(there.room, note, "❤")
    await fake.settled()
    reacted = there.heard(Reacted)
    assert [event.origin.place.key for event in reacted if event.origin.place] == ["nights", "lobby"]
    assert len({event.origin.event for event in reacted}) == 2


async def test_who_comes_who_knocks_and_who_goes(fake: FakeTelegram, there: Town) -> None:
    ann = fake.person("ann")
    ann.asks_to_join(there.room)
    await fake.settled()
    await there.deliver(there.account("Lobby"), Admit("1000", welcome=True))
    ann.comes_to(there.room)
    ann.goes_from(there.room)
    await fake.settled()
    found = there.heard(Joined, Left)
    assert [(type(event), isinstance(event, Joined) and event.asking) for event in found] == [
        *[(Joined, True)] * 2,
        *[(Joined, False)] * 2,
        *[(Left, False)] * 2,
    ]
    assert there.room.answered == {ann.account: "approved"}


async def test_a_mute_is_no_coming_and_no_going_and_bots_never_come(fake: FakeTelegram, there: Town) -> None:
    ann = fake.person("ann")
    there.room.members[ann.account] = "member"
    ann._passes(there.room, "restricted")
    ann.user = {**ann.user, "is_bot": True}
    there.room.members[ann.account] = "left"
    ann.comes_to(there.room)
    await fake.settled()
    assert there.heard(Joined, Left) == []


async def test_a_press_leads_to_the_private_chat_and_its_answer_comes_once(fake: FakeTelegram, there: Town) -> None:
    ann, note = fake.person("ann"), there.room.notes("Nights")[0]
    press = ann.presses_in(note, "Write")
    await until(lambda: fake.world.links.get(press))
    pressed = there.heard(Pressed)[0]
    assert isinstance(pressed, Pressed)
    assert (pressed.tokens, pressed.text, pressed.message) == (("channel.nights.write",), "", str(note.id))
    assert pressed.origin.place == Place("nights", there.account("Nights"))
    await there.deliver(str(ann.account), post("What would you like to say?"))
    ann.opens(press)
    await fake.settled()
    assert len(there.heard(Pressed)) == 1
    assert there.heard(Joined) == []


async def test_somebody_whom_the_bot_may_not_write_to_presses_again_by_starting_it(
    fake: FakeTelegram, there: Town
) -> None:
    ann, note = fake.person("ann", stranger=True), there.room.notes("Lobby")[0]
    press = ann.presses_in(note, "Help")
    await until(lambda: fake.world.links.get(press))
    with pytest.raises(Unreachable):
        await there.deliver(str(ann.account), post("Help lines"))
    ann.opens(press)
    await fake.settled()
    pressed = [event for event in there.heard(Pressed) if isinstance(event, Pressed)]
    assert [(event.tokens, event.message) for event in pressed] == [(("home.crisis",), str(note.id))] * 2
    assert len({event.origin.event for event in pressed}) == 2


@pytest.mark.parametrize("word", ["forget_yes-1", "channel_nights_write-x", "abc"])
async def test_a_link_presses_nothing_that_is_not_pinned(fake: FakeTelegram, there: Town, word: str) -> None:
    fake.person("ann").starts(word)
    await fake.settled()
    assert there.heard(Pressed) == []
    assert [event.invite for event in there.heard(Joined) if isinstance(event, Joined)] == [word]


@pytest.mark.parametrize(("lasting", "kind"), [(True, Pressed), (False, Joined)])
def test_only_a_lasting_button_of_what_is_pinned_is_pressed_by_a_link(*, lasting: bool, kind: type[Inbound]) -> None:
    links = DeepLinks()
    links.learn(Place("nights", "-1"), Content((), choices=(Choice("forget.yes", "Yes", lasting=lasting),)))
    event = Joined(Origin("1", Address("telegram", "4242", "1000")), "forget_yes-7")
    assert isinstance(links.followed(event), kind)


async def test_a_button_that_is_not_pinned_leads_nowhere(fake: FakeTelegram, there: Town) -> None:
    ann = fake.person("ann")
    press = ann.presses_data("mod.AAAA.claim", there.office.notes()[0])
    await until(lambda: press in fake.world.links)
    assert fake.world.links[press] == ""
    assert there.heard(Pressed)


async def test_a_press_under_a_message_that_is_gone_still_counts(fake: FakeTelegram, there: Town) -> None:
    ann = fake.person("ann")
    gone: Json = {"chat": there.room.json(), "message_id": 3, "date": 0}
    press: Json = {"id": "1", "from": ann.user, "chat_instance": "1", "data": "home.crisis", "message": gone}
    fake.world.queries.add("1")
    fake.world.tell("callback_query", press)
    await fake.settled()
    assert len(there.heard(Pressed)) == 1


# ── Moderators ──────────────────────────────────────────────────────────────────────────


async def test_whoever_is_in_the_moderators_group_is_a_moderator_everywhere(fake: FakeTelegram, there: Town) -> None:
    ann, ben = fake.person("ann"), fake.person("ben")
    there.office.members[ann.account] = "member"
    ann.posts(there.office, "/queue")
    ann.posts(there.room, "be kind", "Lobby")
    ann.says("/mod queue")
    ben.posts(there.room, "hi", "Lobby")
    ben.says("/mod queue")
    await fake.settled()
    roles = [(event.origin.address.account, event.origin.roles) for event in there.heard(Said)]
    assert roles == [("1000", ("moderator",))] * 3 + [("1001", ())] * 2
    assert len(fake.asked("getChatMember")) - 3 == 2, "the answer counts for a while"


async def test_who_leaves_the_moderators_group_is_none_at_once(fake: FakeTelegram, there: Town) -> None:
    ann = fake.person("ann")
    ann.comes_to(there.office)
    ann.posts(there.office, "hi")
    await fake.settled()
    ann.goes_from(there.office)
    await fake.settled()
    told = there.heard(Joined, Said, Left)
    assert [event.origin.roles for event in told] == [("moderator",), ("moderator",), ()]


async def test_a_question_that_stays_open_is_asked_again(fake: FakeTelegram, there: Town) -> None:
    ann = fake.person("ann")
    there.office.members[ann.account] = "administrator"
    fake.faults.next("getChatMember", broken())
    ann.posts(there.office, "one")
    ann.posts(there.office, "two")
    await fake.settled()
    assert [event.origin.roles for event in there.heard(Said)] == [(), ("moderator",)]


def listed(fake: FakeTelegram, who: Person) -> dict[str, set[str]]:
    """Return the commands of somebody's own menu by language."""
    scope = f"chat:{who.account}"
    return {
        key[1]: {str(one["command"]) for one in shown} for key, shown in fake.world.commands.items() if key[0] == scope
    }


async def test_a_moderator_has_all_commands_in_private_as_long_as_they_are_one(fake: FakeTelegram, there: Town) -> None:
    mod, late = fake.person("mod"), fake.person("late", stranger=True)
    for one in (mod, late):
        one.comes_to(there.office)
    await until(lambda: set(listed(fake, mod)) == {"", "es"})
    assert all({"case", "crisis"} <= shown for shown in listed(fake, mod).values())
    await fake.settled()
    assert listed(fake, late) == {}, "no menu where no chat is"
    late.starts()
    late.says("/mod queue")
    await until(lambda: set(listed(fake, late)) == {"", "es"})
    mod.says("/mod queue")
    mod.goes_from(there.office)
    await until(lambda: listed(fake, mod) == {})
    theirs = [asked for asked in fake.asked("setMyCommands") if str(mod.account) in asked.arguments.text("scope")]
    assert len(theirs) == 2, "what is there is not set again"
    assert set(listed(fake, late)) == {"", "es"}


async def test_who_left_the_team_after_a_restart_loses_the_menu_from_before(fake: FakeTelegram) -> None:
    mod, inbox = fake.person("mod"), Recorder()
    async with town(fake, STAFF, inbox=inbox) as there:
        mod.comes_to(there.office)
        await until(lambda: listed(fake, mod))
        await fake.settled()
    async with town(fake, STAFF, inbox=inbox) as there:
        mod.goes_from(there.office)
        await until(lambda: listed(fake, mod) == {})


async def test_a_guard_s_query_is_left_to_the_core_in_time(fake: FakeTelegram, there: Town) -> None:
    fake.person("ann").asks_to_join(there.room, query="q1")
    await until(lambda: fake.world.join_answers == ["queue"])
    await until(lambda: there.heard(Joined))
    fake.faults.next("answerChatJoinRequestQuery", Fault(Rejected(404, "Not Found: method not found")))
    fake.person("ben").asks_to_join(there.room, query="q2")
    await until(lambda: len({event.origin.address.account for event in there.heard(Joined)}) == 2)


async def test_moderators_commands_are_listed_in_their_group_alone(there: Town) -> None:
    listed = there.fake.world.commands
    await until(lambda: (f"chat:{OFFICE}", "") in listed)
    office = [entry["command"] for entry in listed[f"chat:{OFFICE}", ""]]
    assert {"queue", "claim", "warn", "decide", "reveal"} <= set(office)
    assert [entry["command"] for entry in listed["all_group_chats", ""]] == ["crisis", "help", "report"]


# ── What is done there ──────────────────────────────────────────────────────────────────


async def test_words_of_members_go_to_the_topic_with_alias_and_answer(there: Town) -> None:
    lobby = there.account("Lobby")
    first = await there.deliver(lobby, post("one"))
    assert there.room.finds("one", "Lobby").protected
    await there.deliver(lobby, React(NOTE, "❤"), int(first))
    await there.deliver(lobby, React(NOTE, "🧩"), int(first))
    assert there.room.finds("one", "Lobby").reaction == ""
    assert there.room.sees("Lobby")[-1] == "one"


async def end_of(there: Town, until_: datetime | None) -> int:
    there.room.members[1000] = "member"
    await there.deliver(there.account("Lobby"), Restrict("1000", Restriction.MUTE, until_))
    assert there.room.members[1000] == "restricted"
    return there.room.until[1000]


async def test_a_mute_ends_when_it_is_to_and_never_by_mistake_never(there: Town) -> None:
    now = utc_now()
    assert await end_of(there, None) == 0
    assert await end_of(there, now + timedelta(hours=3)) == int((now + timedelta(hours=3)).timestamp())
    assert await end_of(there, now + SOON) >= int((now + timedelta(seconds=31)).timestamp())
    assert await end_of(there, now + timedelta(days=900)) < int((now + timedelta(days=366)).timestamp())


@pytest.mark.parametrize(("version", "gone"), [((10, 0), True), ((9, 6), False)])
async def test_who_is_removed_leaves_no_reactions_behind_where_the_server_can(
    fake: FakeTelegram, there: Town, caplog: pytest.LogCaptureFixture, *, version: tuple[int, int], gone: bool
) -> None:
    fake.world.api = version
    people = [fake.person(name) for name in ("ann", "ben")]
    for one in people:
        there.room.members[one.account] = "member"
        await there.deliver(there.account("Lobby"), Restrict(str(one.account), Restriction.REMOVE))
    assert [there.room.members[one.account] for one in people] == ["kicked", "kicked"]
    assert there.room.unreacted == ([one.account for one in people] if gone else [])
    assert len(remarks(caplog.records)) == (0 if gone else 1), "what a server lacks is said once"
    await there.deliver(there.account("Lobby"), Restrict(str(people[0].account), Restriction.MUTE))
    assert len(there.room.unreacted) == (2 if gone else 0), "a mute leaves them"


async def test_removed_lifted_and_refused(fake: FakeTelegram, there: Town) -> None:
    lobby = there.account("Lobby")
    there.room.members[1000] = "member"
    await there.deliver(lobby, Restrict("1000", Restriction.REMOVE))
    assert there.room.members[1000] == "kicked"
    await there.deliver(lobby, Restrict("1000", Restriction.LIFT))
    assert there.room.members[1000] == "left"
    there.room.members[1000] = "restricted"
    await there.deliver(lobby, Restrict("1000", Restriction.LIFT))
    assert there.room.members[1000] == "member"
    fake.person("ann").asks_to_join(there.room)
    await there.deliver(lobby, Admit("1000", welcome=False))
    assert there.room.answered == {1000: "declined"}


async def test_a_topic_is_closed_and_opened_and_an_anonymous_one_never_opens(
    there: Town, caplog: pytest.LogCaptureFixture
) -> None:
    for account in (there.account("Lobby"), there.account("Nights")):
        await there.deliver(account, Tune(30, locked=True))
    assert there.room.topic("Lobby").closed
    for account in (there.account("Lobby"), there.account("Nights")):
        await there.deliver(account, Tune(0, locked=False))
    assert (there.room.topic("Lobby").closed, there.room.topic("Nights").closed) == (False, True)
    assert [line for line in remarks(caplog.records) if "no bot can set slow mode" in line]


async def test_a_group_is_closed_and_opened_for_words(fake: FakeTelegram) -> None:
    fake.group(ROOM, forum=False)
    async with town(fake, LOBBY) as there:
        await there.deliver(str(ROOM), Tune(0, locked=True))
        assert not there.room.permissions["can_send_messages"]
        assert there.room.permissions["can_invite_users"]
        await there.deliver(str(ROOM), Tune(0, locked=False))
        assert there.room.permissions["can_send_messages"]


async def test_trouble_on_the_line_is_tried_again_and_a_refusal_is_not(fake: FakeTelegram, there: Town) -> None:
    lobby = there.account("Lobby")
    fake.faults.next("closeForumTopic", broken())
    with pytest.raises(RetryLater):
        await there.deliver(lobby, Tune(0, locked=True))
    fake.faults.next("setMessageReaction", Fault(Rejected(400, "Bad Request: REACTION_INVALID")))
    note = await there.deliver(lobby, post("one"))
    assert await there.deliver(lobby, React(NOTE, "❤"), int(note)) == note


async def test_a_post_that_is_refused_is_tried_again_and_named(
    fake: FakeTelegram, there: Town, caplog: pytest.LogCaptureFixture
) -> None:
    fake.faults.next("sendMessage", Fault(Rejected(400, "Bad Request: not enough rights to send text messages")))
    with pytest.raises(RetryLater) as later:
        await there.deliver(there.account("Lobby"), post("one"))
    assert (later.value.seconds, later.value.unknown) == (None, False)
    assert [line for line in remarks(caplog.records) if '"lobby", sendMessage was refused (Not enough rights' in line]


async def test_a_bot_that_was_put_out_closes_its_places(there: Town) -> None:
    lobby = there.account("Lobby")
    there.room.gives_the_bot("kicked")
    await until(lambda: len(there.heard(Closed)) == 2)
    with pytest.raises(Unreachable):
        await there.deliver(lobby, post("one"))
    there.room.gives_the_bot("administrator", *there.room.rights, "can_manage_topics")
    await until(lambda: len(there.heard(Opened)) == 5)
    assert {event.origin.address.account for event in there.heard(Opened)[3:]} == {lobby, there.account("Nights")}


async def test_a_post_that_meets_the_closed_door_first_is_not_tried_again(fake: FakeTelegram, there: Town) -> None:
    fake.faults.next("sendMessage", Fault(Rejected(403, "Forbidden: bot was kicked from the supergroup chat")))
    with pytest.raises(Unreachable):
        await there.deliver(there.account("Lobby"), post("one"))


async def test_a_topic_that_somebody_deleted_is_made_again(there: Town) -> None:
    lobby = there.account("Lobby")
    there.room.topic("Lobby").deleted = True
    for _ in range(2):
        with pytest.raises(Unreachable):
            await there.deliver(lobby, post("one"))
    await until(lambda: len(there.heard(Opened)) == 4)
    assert [event.origin.address.account for event in there.heard(Closed)] == [lobby]
    await there.deliver(there.account("Lobby"), post("two"))
    assert "two" in there.room.sees("Lobby")


async def test_it_stops_at_once_also_while_it_looks_for_a_topic(fake: FakeTelegram, there: Town) -> None:
    lobby = there.account("Lobby")
    there.room.topic("Lobby").deleted = True
    fake.faults.next("getChat", *[broken()] * 50)
    with pytest.raises(Unreachable):
        await there.deliver(lobby, post("one"))
    await until(lambda: len(fake.asked("getChat")) > 4)
    there.running.cancel()
    done, _ = await asyncio.wait({there.running}, timeout=PATIENT)
    assert done


async def test_who_pressed_long_ago_is_forgotten(fake: FakeTelegram, there: Town) -> None:
    assert there.adapter._places is not None
    links = there.adapter._places.links
    links.reached.update({str(-number): True for number in range(MOST)})
    ann = fake.person("ann")
    press = ann.presses_in(there.room.notes("Nights")[0], "Write")
    await until(lambda: fake.world.links.get(press))
    assert len(links.reached) == MOST
    assert str(ann.account) in links.reached


async def test_a_lock_on_a_topic_that_somebody_deleted_makes_it_again(there: Town) -> None:
    lobby = there.account("Lobby")
    there.room.topic("Lobby").deleted = True
    await there.deliver(lobby, Tune(0, locked=True))
    await until(lambda: len(there.heard(Opened)) == 4)


# ── Migration ───────────────────────────────────────────────────────────────────────────


async def test_a_group_that_moves_is_followed(fake: FakeTelegram, caplog: pytest.LogCaptureFixture) -> None:
    old = fake.group(-50, forum=False, basic=True)
    inbox = Recorder()
    async with town(fake, LOBBY, inbox=inbox, group="-50") as there:
        new = old.migrates(-1050)
        await until(lambda: len(there.heard(Opened)) == 2)
        opened = there.heard(Opened)[1]
        assert isinstance(opened, Opened)
        assert (opened.moved_from, opened.origin.address.account) == ("-50", "-1050")
        fake.person("ann").posts(new, "here?")
        await fake.settled()
        assert there.heard(Said)[0].origin.place == Place("lobby", "-1050")
        assert new.sees()[0] == "Lobby\nAbout lobby"
    assert any("write -1050 into config.toml instead of -50" in line for line in remarks(caplog.records))
    async with town(fake, LOBBY, inbox=inbox, group="-50") as there:
        assert there.heard(Closed) == []
        assert there.heard(Opened)[-1].origin.address.account == "-1050"


async def test_a_group_that_moved_while_the_bot_was_down_is_followed(fake: FakeTelegram) -> None:
    old = fake.group(-50, forum=False, basic=True)
    inbox = Recorder()
    async with town(fake, LOBBY, inbox=inbox, group="-50"):
        pass
    old.migrates(-1050)
    fake.world.pending.clear()
    async with town(fake, LOBBY, inbox=inbox, group="-50") as there:
        opened = there.heard(Opened)[-1]
        assert isinstance(opened, Opened)
        assert (opened.moved_from, opened.origin.address.account) == ("-50", "-1050")
        assert there.heard(Closed) == []


async def test_a_post_that_meets_the_old_number_arrives_and_the_place_moves(fake: FakeTelegram) -> None:
    old = fake.group(-50, forum=False, basic=True)
    async with town(fake, LOBBY, group="-50") as there:
        new = old.migrates(-1050)
        fake.world.pending.clear()
        await there.deliver("-50", post("one"))
        await until(lambda: len(there.heard(Opened)) == 2)
        assert "one" in new.sees()


async def test_a_group_that_moves_out_of_sight_is_named_and_nothing_stops(
    fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    old = fake.group(-50, forum=False, basic=True)
    async with town(fake, LOBBY, group="-50") as there:
        fake.faults.next("getChat", Fault(Rejected(400, "Bad Request: chat not found")))
        old.migrates(-1050)
        fake.person("ann").says("still there?")
        await until(lambda: there.heard(Said))
    assert any('"lobby" can\'t be opened' in line for line in remarks(caplog.records))


async def test_a_group_that_is_no_place_is_named_with_its_number(there: Town, caplog: pytest.LogCaptureFixture) -> None:
    there.fake.group(-1009).gives_the_bot("administrator")
    await there.fake.settled()
    assert any('adapters.telegram.group = "-1009"' in line for line in remarks(caplog.records))
