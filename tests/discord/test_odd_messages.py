"""What people can put into a message beside plain words: it is heard, no id crosses, and none of it ends the bot."""

import pytest

from buddybot.adapter import Choice, Content, Invoked, Pressed, Said, Span
from tests.discord.faults import Fault
from tests.discord.house import House, KnowingNotebook, open_house, text
from tests.discord.town import LOBBY, open_town
from tests.discord.wire import Wire, until
from tests.discord.world import Json

CRY = "i want to die"
UNREADABLE: Json = {"attachments": [{"id": "1", "filename": "canary.png"}]}
"""An attachment without its size and address, which the library does not parse."""


def forwarded(words: str) -> Json:
    """A forward, as the gateway tells of it: a snapshot of few fields, without its author."""
    snapshot: Json = {
        "type": 0,
        "content": words,
        "embeds": [],
        "attachments": [],
        "timestamp": "2026-01-01T00:00:00+00:00",
        "edited_timestamp": None,
        "flags": 0,
        "mentions": [],
        "mention_roles": [],
        "components": [],
    }
    reference: Json = {"type": 1, "message_id": "1", "channel_id": "2", "guild_id": "3"}
    return {"message_snapshots": [{"message": snapshot}], "message_reference": reference}


def poll(question: str, *answers: str) -> Json:
    """A poll."""
    given = [{"answer_id": number, "poll_media": {"text": each}} for number, each in enumerate(answers, 1)]
    about: Json = {"question": {"text": question}, "answers": given, "expiry": "2030-01-01T00:00:00+00:00"}
    return {"poll": about | {"allow_multiselect": False, "layout_type": 1}}


def picture(words: str) -> Json:
    """A picture with a description."""
    file: Json = {"id": "1", "filename": "secret-name.png", "size": 1, "url": "http://127.0.0.1:9/x", "proxy_url": ""}
    return {"attachments": [file | {"content_type": "image/png", "description": words}]}


@pytest.mark.parametrize(
    ("parts", "kind", "words"),
    [
        (forwarded(f"<@77> {CRY}"), "forward", (f"@… {CRY}", "")),
        (poll(CRY, "yes", "<@77>"), "poll", ("", f"{CRY}\nyes\n@…")),
        (picture(CRY), "photo", ("", CRY)),
    ],
    ids=["forward", "poll", "description of a file"],
)
async def test_words_that_are_no_note_are_read_for_danger(
    wire: Wire, house: House, parts: Json, kind: str, words: tuple[str, str]
) -> None:
    await wire.person("ann").says("", parts=parts)
    await until(lambda: house.inbox.events)
    (event,) = house.inbox.events
    assert isinstance(event, Said)
    assert (event.attachments, event.reply_to) == ((kind,), None)
    assert (event.text, event.beside) == words


@pytest.mark.parametrize("parts", [forwarded(CRY), poll(CRY, "yes")], ids=["forward", "poll"])
async def test_they_are_read_also_where_the_library_can_not_parse_the_message(wire: Wire, parts: Json) -> None:
    ann, inbox = wire.person("ann"), KnowingNotebook()
    async with open_house(wire, inbox):
        await ann.says("hello")
        await until(inbox.texts)
    await ann.says("", live=False, parts=parts | UNREADABLE)
    async with open_house(wire, inbox):
        await until(lambda: len(inbox.texts()) == 2)
    last = inbox.events[-1]
    assert isinstance(last, Said)
    assert CRY in last.text + last.beside


@pytest.mark.parametrize(
    ("wrote", "reported"),
    [
        ("<sound:123456789012345678:223456789012345678> hi", "🔊 hi"),
        ("<id:linked-roles:123456789012345678> <id:home>", "#… #…"),
        ("<:otter~1:123456789012345678>", ":otter~1:"),
        (r"\<@123456789012345678>", r"\@…"),
    ],
)
async def test_no_id_of_a_person_a_server_or_a_sound_crosses(
    wire: Wire, house: House, wrote: str, reported: str
) -> None:
    await wire.person("ann").says(wrote)
    await until(house.inbox.texts)
    assert house.inbox.texts() == [reported]


async def test_nor_does_one_that_was_typed_into_a_command(wire: Wire, house: House) -> None:
    await wire.person("ann").uses("buddy report", words="it was <@123456789012345678> in <#42>")
    await until(lambda: house.inbox.events)
    (event,) = house.inbox.events
    assert isinstance(event, Invoked)
    assert event.arguments == (("words", "it was @… in #…"),)


async def test_what_a_webhook_or_another_bot_does_in_a_channel_is_nobodys(wire: Wire) -> None:
    async with open_town(wire, None, (LOBBY,)) as town:
        ann, room = await town.person("ann"), town.room("lobby")
        hook, other = wire.world.user("hook"), wire.person("helper")
        other.user.bot = True
        await other.comes()
        said = await ann.says_in(room, "hello")
        posted, _ = wire.world.write(room.id, hook, "buy now", {"webhook_id": str(hook.id)})
        del wire.world.users[hook.id]
        event = {key: value for key, value in wire.world.event(posted).items() if key != "member"}
        await wire.sessions.dispatch("MESSAGE_CREATE", event)
        await other.reacts(said, "👍")
        await ann.says_in(room, "still there?")
        await until(lambda: "still there?" in town.inbox.texts())
        assert town.inbox.texts() == ["hello", "still there?"]
        told = [each for each in town.inbox.events if each.origin.address.account != str(ann.user.id)]
        assert [each for each in told if each.origin.address.account in {str(hook.id), str(other.user.id)}] == []


async def test_a_form_that_discord_refuses_is_asked_for_step_by_step(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    await house.shows(ann, Content((Span("a note"),), choices=(Choice("t.write", "Write", form=True),)))
    wire.fails(Fault("POST /api/interactions/.*", status=400, code=50035))
    click = await ann.presses("Write")
    await until(lambda: click.answers)
    assert [each.tokens for each in house.inbox.events if isinstance(each, Pressed)] == [("t.write",)]
    assert [each["type"] for each in click.answers] == [6]


@pytest.mark.parametrize(("status", "code"), [(404, 10062), (400, 40060), (503, 0)])
async def test_a_form_that_came_too_late_or_may_stand_there_is_not_asked_once_more(
    wire: Wire, house: House, status: int, code: int
) -> None:
    ann = wire.person("ann")
    await house.shows(ann, Content((Span("a note"),), choices=(Choice("t.write", "Write", form=True),)))
    wire.fails(Fault("POST /api/interactions/.*", status=status, code=code))
    await ann.presses("Write")
    await until(lambda: wire.asked("POST", "/callback"))
    await ann.says("still there?")
    await until(house.inbox.texts)
    assert [each for each in house.inbox.events if isinstance(each, Pressed)] == []


async def test_a_list_sent_with_nothing_chosen_ends_nothing(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    await house.shows(ann, text("which?", "x" * 81, "short"))
    await ann.picks("pick")
    await ann.says("still there?")
    await until(house.inbox.texts)
    assert house.running is not None
    assert not house.running.done()
