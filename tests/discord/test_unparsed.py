"""Live events that can't be parsed, of every type that is handled: each is heard as far as it goes, and ends nothing.

What is odd is made from events as Discord publishes them: each field in turn missing, null, or of another type.
"""

from collections.abc import Iterator, Mapping

import pytest
from buddybot_discord.rescue.by_hand import snowflake

from buddybot.adapter import UNPARSED, Deleted, Edited, Inbound, Joined, Pressed, Said
from tests.discord.house import House, Notebook, open_house, text
from tests.discord.people import Person
from tests.discord.town import LOBBY, Town, open_town
from tests.discord.wire import Wire, until
from tests.discord.world import Json

CRY = "i want to die"
ODD: tuple[object, ...] = (
    None,
    True,
    7,
    -1,
    10**30,
    "canary",
    "2026-99-99",
    [],
    [None],
    ["canary"],
    {},
    {"canary": {}},
)
GONE = object()
FEW: tuple[object, ...] = (None, 7, "canary", [], GONE)


def turned(event: Json, *path: str, values: tuple[object, ...] = (*ODD, GONE)) -> Iterator[Json]:
    """Yield the event with each field below `path` missing, or as it should not be."""
    at = event
    for step in path:
        inner = at[step]
        assert isinstance(inner, dict)
        at = inner
    for name in at:
        for value in values:
            changed = {key: each for key, each in at.items() if key != name} | ({} if value is GONE else {name: value})
            yield _with(event, path, changed)


def _with(event: Json, path: tuple[str, ...], inner: Json) -> Json:
    if not path:
        return inner
    below = event[path[0]]
    assert isinstance(below, dict)
    return {**event, path[0]: _with(below, path[1:], inner)}


async def heard_after(wire: Wire, house: House, who: Person) -> None:
    """Whatever came before, this person is heard at once."""
    count = len(house.inbox.events)
    await who.says("still there?")
    await until(
        lambda: any(isinstance(each, Said) and each.text == "still there?" for each in house.inbox.events[count:])
    )
    assert house.running is not None
    assert not house.running.done()
    assert len(wire.sessions.all) == 1, "no new session was needed"


def unparsed(events: list[Inbound]) -> list[Said]:
    return [each for each in events if isinstance(each, Said) and UNPARSED in each.attachments]


def is_a_cry_of(ann: Person, event: Json) -> bool:
    """Return whether it says who wrote which words where, whatever else it says."""
    author = event.get("author")
    person = isinstance(author, dict) and snowflake(author.get("id")) == ann.user.id and not author.get("bot")
    written = event.get("type") not in {True, 7} if isinstance(event.get("type"), int) else True
    named = snowflake(event.get("id")) is not None and snowflake(event.get("channel_id")) == ann.channel
    private = event.get("guild_id") is None and not event.get("webhook_id")
    return person and written and named and private and event.get("content") == CRY


@pytest.mark.parametrize("path", [(), ("author",)], ids=["message", "author"])
async def test_a_cry_in_a_message_is_heard_whatever_else_of_it_is_odd(
    wire: Wire, house: House, path: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    ann, ben = wire.person("ann"), wire.person("ben")
    made = await ann.says(CRY, live=False)
    sent = list[Json]()
    for event in turned(made.json(), *path):
        # An id of its own each time, where it is not the id that is odd.
        sent.append(event | ({"id": str(wire.world.snowflake())} if event.get("id") == str(made.id) else {}))
        await wire.sessions.dispatch_oddly("MESSAGE_CREATE", sent[-1])
        await heard_after(wire, house, ben)
    due = {str(each["id"]) for each in sent if is_a_cry_of(ann, each)}
    assert len(due) > len(sent) / 3
    await until(
        lambda: due <= {each.message for each in house.inbox.events if isinstance(each, Said) and CRY in each.text}
    )
    assert "canary" not in caplog.text
    assert CRY not in caplog.text


@pytest.mark.parametrize("content", [None, 7, ["canary"], {"canary": 1}, GONE])
async def test_who_wrote_what_can_not_be_read_at_all_is_told(wire: Wire, house: House, content: object) -> None:
    ann = wire.person("ann")
    odd: Json = {"id": str(wire.world.snowflake()), "content": content, "embeds": None}
    event = (await ann.says("x", live=False)).json() | odd
    await wire.sessions.dispatch_oddly(
        "MESSAGE_CREATE", {key: value for key, value in event.items() if value is not GONE}
    )
    await until(lambda: unparsed(house.inbox.events))
    (said,) = unparsed(house.inbox.events)
    assert (said.origin.address.account, said.text, said.origin.place) == (str(ann.user.id), "", None)


async def test_what_is_counted_is_what_could_not_be_parsed_and_it_is_named_once(
    wire: Wire, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    ann = wire.person("ann")
    for number in range(3):
        await ann.says(f"{number}", parts={"attachments": [{"id": "1", "filename": "canary.png"}]})
    await until(lambda: len(house.inbox.texts()) == 3)
    assert house.inbox.odd == 3
    assert caplog.text.count("MESSAGE_CREATE can't be parsed (KeyError at ") == 1


async def test_one_whose_author_is_unreadable_is_asked_for_once_more(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    made = await ann.says(CRY, live=False)
    await wire.sessions.dispatch_oddly("MESSAGE_CREATE", made.json() | {"author": None})
    await until(lambda: house.inbox.texts() == [CRY])


async def test_the_bots_own_messages_are_nobodys_also_where_they_can_not_be_parsed(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    await house.shows(ann, "hello")
    (shown,) = ann.inbox()
    for odd in (
        {"embeds": None},
        {"embeds": None, "content": None},
        {"embeds": None, "author": {"id": str(shown.author.id)}},
    ):
        await wire.sessions.dispatch_oddly("MESSAGE_CREATE", shown.json() | odd)
    await heard_after(wire, house, ann)
    assert house.inbox.texts() == ["still there?"]


async def test_an_edit_that_can_not_be_parsed_is_an_edit(wire: Wire, house: House) -> None:
    ann, ben = wire.person("ann"), wire.person("ben")
    made = await ann.says("fine")
    await until(house.inbox.texts)
    made.content, made.edited = CRY, "2026-01-01T00:00:00+00:00"
    for event in turned(made.json()):
        await wire.sessions.dispatch_oddly("MESSAGE_UPDATE", event)
    await heard_after(wire, house, ben)
    edits = {each.origin.event: each for each in house.inbox.events if isinstance(each, Edited)}
    assert {each.text for each in edits.values()} <= {CRY, "canary", "2026-99-99"}
    assert f"{made.id}:edit:1767225600.0" in edits, "the same edit, however it was read"


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("MESSAGE_DELETE", {"id": "5", "channel_id": "6"}),
        ("MESSAGE_DELETE_BULK", {"ids": ["5"], "channel_id": "6"}),
        (
            "MESSAGE_REACTION_ADD",
            {"user_id": "7", "message_id": "5", "channel_id": "6", "emoji": {"id": None, "name": "👍"}, "type": 0},
        ),
        (
            "MESSAGE_REACTION_REMOVE",
            {"user_id": "7", "message_id": "5", "channel_id": "6", "emoji": {"id": None, "name": "👍"}, "type": 0},
        ),
        ("GUILD_DELETE", {"id": "5"}),
        ("CHANNEL_DELETE", {"id": "5", "guild_id": "6", "type": 0}),
        ("A_TYPE_OF_NEXT_YEAR", {"id": "5"}),
    ],
)
async def test_no_event_ends_it_for_everybody(wire: Wire, house: House, name: str, event: Json) -> None:
    for odd in turned(event):
        await wire.sessions.dispatch_oddly(name, odd)
    wholly: tuple[object, ...] = (None, [], "canary", 7)
    for whole in wholly:
        await wire.sessions.dispatch_oddly(name, whole)
    await heard_after(wire, house, wire.person("ben"))


async def test_what_was_taken_back_is_taken_back_whatever_stands_beside_it(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    made = await ann.says("oh no")
    await until(house.inbox.texts)
    gone: Json = {"id": str(made.id), "channel_id": str(made.channel), "guild_id": None}
    await wire.sessions.dispatch_oddly("MESSAGE_DELETE", gone)
    await until(lambda: any(isinstance(each, Deleted) for each in house.inbox.events))


# ── Clicks ──────────────────────────────────────────────────────────────────────────────


async def test_a_press_counts_or_is_told_whatever_else_of_it_is_odd(wire: Wire, house: House) -> None:
    ann, ben = wire.person("ann"), wire.person("ben")
    await house.shows(ann, text("what now?", "help"))
    await ann.presses("help")
    await until(lambda: house.inbox.events)
    _, press = wire.sessions.all[0].sent[-1]
    due = set[str]()
    for event in (*turned(press), *turned(press, "message", values=FEW), *turned(press, "user", values=FEW)):
        fresh = event | ({"id": str(wire.world.snowflake())} if event.get("id") == press["id"] else {})
        await wire.sessions.dispatch_oddly("INTERACTION_CREATE", fresh)
        await heard_after(wire, house, ben)
        user = fresh.get("user")
        if isinstance(user, Mapping) and snowflake(user.get("id")) == ann.user.id and fresh.get("type") == 3:
            due |= {str(number) for number in [snowflake(fresh.get("id"))] if number is not None}
    assert len(due) > 100
    await until(lambda: due <= {each.origin.event for each in house.inbox.events})
    assert len([each for each in house.inbox.events if isinstance(each, Pressed)]) > 100
    assert len(unparsed(house.inbox.events)) < 60


@pytest.mark.parametrize("data", [None, {}, {"custom_id": 7}, {"component_type": 2}, "canary"])
async def test_whoever_presses_what_can_not_be_read_is_told(wire: Wire, house: House, data: object) -> None:
    ann = wire.person("ann")
    await house.shows(ann, text("what now?", "help"))
    await ann.presses("help")
    await until(lambda: house.inbox.events)
    _, press = wire.sessions.all[0].sent[-1]
    await wire.sessions.dispatch_oddly("INTERACTION_CREATE", press | {"id": str(wire.world.snowflake()), "data": data})
    await until(lambda: len(house.inbox.events) == 2)


# ── In a server ─────────────────────────────────────────────────────────────────────────


async def test_a_server_with_odd_parts_is_served(wire: Wire) -> None:
    async with open_town(wire, None, (LOBBY,)) as town:
        ann = await town.person("ann")
        whole = town.guild.json(wire.world.bot.json())
        for name in ("channels", "roles", "members", "threads", "emojis"):
            parts = whole.get(name) or []
            assert isinstance(parts, list)
            for odd in (None, {}, {"id": "canary"}, 7):
                await wire.sessions.dispatch_oddly("GUILD_CREATE", whole | {name: [odd, *parts]})
                await ann.says_in(town.room("lobby"), f"{name} {odd}")
                await until(lambda: town.inbox.texts()[-1:] == [f"{name} {odd}"])
        assert_well(town)


async def test_in_a_channel_an_odd_message_is_read_by_hand(wire: Wire) -> None:
    async with open_town(wire, None, (LOBBY,)) as town:
        ann = await town.person("ann")
        await ann.says_in(town.room("lobby"), CRY, parts={"attachments": [{"id": "1"}]})
        await until(lambda: CRY in town.inbox.texts())
        (said,) = [each for each in town.inbox.events if isinstance(each, Said)]
        assert said.origin.place is not None
        assert said.attachments == ("document",)


async def test_who_comes_and_goes_oddly_and_what_automod_holds_back_ends_nothing(wire: Wire) -> None:
    async with open_town(wire, None, (LOBBY,)) as town:
        ann, room = await town.person("ann"), town.room("lobby")
        member = town.guild.member_json(ann.user.json()) | {"guild_id": str(town.guild.id)}
        held: Json = {
            "guild_id": str(room.guild),
            "action": {"type": 1, "metadata": {"channel_id": str(room.id), "custom_message": "Held back."}},
            "rule_id": "1",
            "rule_trigger_type": 1,
            "user_id": str(ann.user.id),
            "channel_id": str(room.id),
            "content": CRY,
            "matched_keyword": "x",
            "matched_content": "x",
        }
        for event in turned(held):
            await wire.sessions.dispatch_oddly("AUTO_MODERATION_ACTION_EXECUTION", event)
        await wire.sessions.dispatch_oddly(
            "AUTO_MODERATION_ACTION_EXECUTION", held | {"rule_id": None, "content": "by hand"}
        )
        await wire.sessions.dispatch_oddly("AUTO_MODERATION_ACTION_EXECUTION", held | {"content": "in the same moment"})
        await until(lambda: {"by hand", "in the same moment"} <= {*town.inbox.texts()})
        for event in turned(member):
            await wire.sessions.dispatch_oddly("GUILD_MEMBER_ADD", event)
        for event in turned({"guild_id": str(town.guild.id), "user": ann.user.json()}):
            await wire.sessions.dispatch_oddly("GUILD_MEMBER_REMOVE", event)
        await ann.says_in(room, "still there?")
        await until(lambda: "still there?" in town.inbox.texts())
        assert any(isinstance(each, Joined) for each in town.inbox.events)
        assert_well(town)


def assert_well(town: Town) -> None:
    assert town.house.running is not None
    assert not town.house.running.done()


# ── What a handler fails at ─────────────────────────────────────────────────────────────


class Stumbling(Notebook):
    """An inbox that breaks once, as a bug of ours would."""

    def __init__(self) -> None:
        super().__init__()
        self.breaks = 0

    async def put(self, event: Inbound, cursor: tuple[str, str] | None = None) -> None:
        if self.breaks:
            self.breaks -= 1
            raise KeyError("canary")
        await super().put(event, cursor)


async def test_a_handler_that_fails_ends_nothing_and_the_words_are_read_by_hand(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    inbox = Stumbling()
    async with open_house(wire, inbox) as house:
        ann, ben = wire.person("ann"), wire.person("ben")
        await ben.says("hello")
        await until(inbox.texts)
        inbox.breaks = 1
        await ann.says(CRY)
        await until(lambda: CRY in inbox.texts())
        await heard_after(wire, house, ben)
        assert inbox.odd == 1
    assert "the event on_message could not be read: KeyError at " in caplog.text
    assert "canary" not in caplog.text


async def test_whoever_presses_into_a_bug_of_ours_is_told_and_all_others_are_heard(wire: Wire) -> None:
    inbox = Stumbling()
    async with open_house(wire, inbox) as house:
        ann = wire.person("ann")
        await house.shows(ann, text("what now?", "help"))
        inbox.breaks = 1
        await ann.presses("help")
        await until(lambda: unparsed(inbox.events))
        await heard_after(wire, house, wire.person("ben"))


async def test_a_server_that_can_not_be_set_up_is_tried_again_and_keeps_no_other_from_being_served(wire: Wire) -> None:
    inbox = Stumbling()
    async with open_town(wire, inbox, (LOBBY,)) as town:
        gateway = town.house.adapter._gateway
        assert gateway is not None
        gateway.first_rest = 0.01
        inbox.breaks = 2
        await wire.sessions.dispatch_oddly("GUILD_CREATE", town.guild.json(wire.world.bot.json()))
        ann = await town.person("ann")
        await ann.says_in(town.room("lobby"), "still there?")
        await until(lambda: "still there?" in inbox.texts())
        assert_well(town)
