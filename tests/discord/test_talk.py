"""What people do in the bot's DM becomes events."""

import pytest

from buddybot.adapter import Deleted, Edited, Reacted, Said
from tests.discord.house import House, open_house
from tests.discord.wire import Wire, until
from tests.discord.world import User, Written


async def test_what_a_person_writes_is_reported_once_with_its_reply(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    await house.shows(ann, "hello")
    said = await ann.replies(ann.inbox()[0], "hi")
    await wire.sessions.dispatch("MESSAGE_CREATE", said.json())
    await until(lambda: house.inbox.repeats)
    (event,) = house.inbox.events
    assert isinstance(event, Said)
    assert (event.text, event.message, event.reply_to) == ("hi", str(said.id), str(ann.inbox()[0].id))
    assert event.origin.names == ("ann", "Ann")
    assert event.origin.address.account == str(ann.user.id)


async def test_order_is_kept_per_person(wire: Wire, house: House) -> None:
    ann, ben = wire.person("ann"), wire.person("ben")
    for at in range(20):
        await ann.says(f"a{at}")
        await ben.says(f"b{at}")
    await until(lambda: len(house.inbox.events) == 40)
    for initial in "ab":
        assert [each for each in house.inbox.texts() if each[0] == initial] == [f"{initial}{at}" for at in range(20)]


@pytest.mark.parametrize(
    ("wrote", "reported"),
    [
        ("hello <@123456789012345678>!", "hello @…!"),
        ("<@!12> <@&34> in <#56>", "@… @… in #…"),
        ("<:otter:123> <a:wave:456>", ":otter: :wave:"),
        ("</buddy find:99> <id:customize>", "/buddy find #…"),
        ("a < b > c <3 <t:1700000000:R>", "a < b > c <3 <t:1700000000:R>"),
    ],
)
async def test_ids_within_a_text_are_taken_out(wire: Wire, house: House, wrote: str, reported: str) -> None:
    await wire.person("ann").says(wrote)
    await until(house.inbox.texts)
    assert house.inbox.texts() == [reported]


FILE = {"id": "1", "filename": "secret-name.png", "size": 1, "url": "http://127.0.0.1:9/x", "proxy_url": ""}
POLL = {
    "question": {"text": "which?"},
    "answers": [{"answer_id": 1, "poll_media": {"text": "a"}}],
    "expiry": "2030-01-01T00:00:00+00:00",
    "allow_multiselect": False,
    "layout_type": 1,
}
FORWARD = {
    "message_snapshots": [{"message": Written(1, 2, User(3, "zoe")).json()}],
    "message_reference": {"type": 1, "message_id": "1", "channel_id": "2"},
}


@pytest.mark.parametrize(
    ("parts", "kinds"),
    [
        ({"attachments": [FILE | {"content_type": "image/png"}, FILE | {"content_type": "image/jpeg"}]}, ("photo",)),
        ({"attachments": [FILE | {"content_type": "audio/ogg"}]}, ("voice",)),
        ({"attachments": [FILE | {"content_type": "video/mp4"}, FILE]}, ("video", "document")),
        ({"sticker_items": [{"id": "1", "name": "wave", "format_type": 1}]}, ("sticker",)),
        ({"poll": POLL}, ("poll",)),
        (FORWARD, ("forward",)),
        ({"activity": {"type": 1, "party_id": "spotify"}}, ("invite",)),
    ],
)
async def test_what_came_along_is_named_and_never_fetched(
    wire: Wire, house: House, parts: dict[str, object], kinds: tuple[str, ...]
) -> None:
    await wire.person("ann").says("", parts=parts)
    await until(lambda: house.inbox.events)
    (event,) = house.inbox.events
    assert isinstance(event, Said)
    assert (event.attachments, event.text, event.reply_to) == (kinds, "", None)


async def test_an_edit_is_reported_and_a_late_preview_is_none(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    said = await ann.says("helo https://x.org")
    await wire.sessions.dispatch("MESSAGE_UPDATE", said.json())
    await ann.edits(said, "hello")
    await until(lambda: any(isinstance(each, Edited) for each in house.inbox.events))
    await wire.sessions.dispatch("MESSAGE_UPDATE", said.json())
    await ann.says("that is all")
    await until(lambda: "that is all" in house.inbox.texts())
    (edited,) = [each for each in house.inbox.events if isinstance(each, Edited)]
    assert (edited.message, edited.text) == (str(said.id), "hello")


async def test_a_message_taken_back_is_reported_also_by_a_bot_that_never_met_the_channel(wire: Wire) -> None:
    ann = wire.person("ann")
    said = await ann.says("oh no", live=False)
    async with open_house(wire) as house:
        await ann.deletes(said)
        await until(lambda: house.inbox.events)
    (event,) = house.inbox.events
    assert isinstance(event, Deleted)
    assert (event.message, event.origin.address.account) == (str(said.id), str(ann.user.id))


async def test_a_deletion_in_an_unknown_channel_is_nobodys(wire: Wire, house: House) -> None:
    await wire.sessions.dispatch("MESSAGE_DELETE", {"id": "1", "channel_id": "2"})
    await until(lambda: wire.asked("GET", "/channels/2"))
    await wire.person("ann").says("hi")
    await until(house.inbox.texts)
    assert len(house.inbox.events) == 1


async def test_reactions_come_and_go_but_custom_ones_and_our_own_are_not_reported(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    await house.shows(ann, "hello")
    note = ann.inbox()[0]
    await ann.reacts(note, "otter:12345")
    await ann.reacts(note, "❤")
    await ann.reacts(note, "❤", take_away=True)
    await until(lambda: len(house.inbox.events) == 2)
    assert [each.emoji for each in house.inbox.events if isinstance(each, Reacted)] == ["❤", ""]
    assert {each.message for each in house.inbox.events if isinstance(each, Reacted)} == {str(note.id)}


async def test_what_bots_servers_and_the_platform_itself_write_is_none_of_our_business(
    wire: Wire, house: House
) -> None:
    ann = wire.person("ann")
    await ann.says("", parts={"type": 6})
    elsewhere = Written(1, 78, ann.user, "in a server").json() | {"guild_id": "77"}
    await wire.sessions.dispatch("MESSAGE_CREATE", elsewhere)
    await house.shows(ann, "from the bot")
    await wire.person("ben").says("hi")
    await until(house.inbox.texts)
    assert house.inbox.texts() == ["hi"]


async def test_only_the_intents_that_direct_messages_need_are_asked_for(wire: Wire, house: House) -> None:
    assert house.running is not None
    assert wire.sessions.intents == 1 << 0 | 1 << 12 | 1 << 13
