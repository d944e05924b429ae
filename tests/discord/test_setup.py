"""Set-up inside Discord: who may, what is chosen and kept beside the configuration, what takes effect at once."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from buddybot_discord import create
from buddybot_discord.server.choices import read_choices, write_choices
from buddybot_discord.server.guilds import GuildSettings
from buddybot_discord.settings import read_settings

from buddybot.adapter import AdapterError, Said
from tests.discord.guilds import Guild, Room
from tests.discord.house import Notebook
from tests.discord.people import Person
from tests.discord.town import ALL, Town, all_rights, open_town
from tests.discord.wire import Wire, until


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "chosen" / "guilds.toml"


def at(
    wire: Wire, file: Path, inbox: Notebook | None = None, moderators: str = ""
) -> AbstractAsyncContextManager[Town]:
    return open_town(wire, inbox, setup="listed", setup_file=str(file), moderators=moderators, leads="")


def kept(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


@pytest.fixture
async def town(wire: Wire, file: Path) -> AsyncIterator[Town]:
    async with at(wire, file) as opened:
        yield opened


async def boss(town: Town) -> tuple[Person, Room]:
    """An administrator, and a channel that they type in."""
    person = await town.person("boss", town.guild.role("Admins", administrator=True, view_channel=True))
    await until(lambda: town.guild.id in town.wire.world.guild_commands)
    room = town.guild.room("general")
    await town.wire.sessions.dispatch("CHANNEL_CREATE", room.json())
    return person, room


async def opens(person: Person, room: Room) -> str:
    before = len(person.whispers())
    await person.uses("setup", room=room)
    await until(lambda: len(person.whispers()) > before)
    return person.whispers()[-1]


async def test_the_administrator_sees_what_is_missing_and_where_each_channel_is(town: Town) -> None:
    person, room = await boss(town)
    shown = await opens(person, room)
    assert "discord-setup-rights" in shown
    assert f"nights: <#{town.room('nights').id}>" in shown
    assert person.clicks[-1].answers[0] == {"type": 5, "data": {"flags": 1 << 6}}
    (command,) = [each for each in town.wire.world.guild_commands[town.guild.id] if each["name"] == "setup"]
    assert command["default_member_permissions"] == "8"


async def test_nobody_else_may_and_nothing_is_kept(town: Town, file: Path) -> None:
    _, room = await boss(town)
    ann = await town.person("ann")
    assert await opens(ann, room) == "discord-setup-refused"
    assert ann.clicks[-1].shown[0].components == []
    assert kept(file) == ""


async def test_a_part_pressed_by_somebody_who_is_no_administrator_any_more_does_nothing(town: Town, file: Path) -> None:
    person, room = await boss(town)
    await opens(person, room)
    town.guild.members[person.user.id] = set()
    await person.picks("setup:moderators", town.guild.role("Friends").id)
    await until(lambda: "discord-setup-refused" in person.whispers()[-1])
    assert kept(file) == ""


async def test_roles_are_chosen_by_id_count_at_once_and_after_a_restart(wire: Wire, file: Path) -> None:
    inbox = Notebook()
    async with at(wire, file, inbox) as town:
        person, room = await boss(town)
        helpers = await town.role("Helpers")
        ann = await town.person("ann", helpers)
        await opens(person, room)
        await person.picks("setup:moderators", helpers.id)
        await until(lambda: "discord-setup-kept" in person.whispers()[-1])
        await ann.says_in(town.room("lobby"), "as a helper")
        await until(lambda: town.origins(Said))
        assert town.origins(Said)[0].roles == ("moderator",)
        await person.picks("setup:build")
        await until(lambda: "discord-setup-done" in person.whispers()[-1])
        assert ann.rights(town.room("staff")).view_channel
    assert f'moderators = ["{helpers.id}"]' in kept(file)
    helpers.name = "Renamed"
    async with at(wire, file, inbox) as town:
        await ann.says_in(town.room("lobby"), "still one")
        await until(lambda: len(town.origins(Said)) == 2)
        assert town.origins(Said)[1].roles == ("moderator",)
    del town.guild.roles[helpers.id]
    adapter = create(wire.settings(guild=str(town.guild.id), setup="listed", setup_file=str(file)))
    assert any(str(helpers.id) in each for each in await adapter.inspect(ALL, ("en",))), (
        "check --online says that it is gone"
    )


async def test_channels_are_chosen_or_put_where_one_is_already(town: Town, file: Path) -> None:
    person, room = await boss(town)
    await opens(person, room)
    await person.picks("setup:channels", "nights", "staff")
    await until(lambda: "discord-setup-kept" in person.whispers()[-1])
    await person.picks("setup:place", "nights")
    await until(lambda: "discord-setup-pick" in person.whispers()[-1])
    await person.picks("setup:place:nights", room.id)
    await until(lambda: "discord-setup-kept" in person.whispers()[-1])
    await person.picks("setup:build")
    await until(lambda: f"nights: <#{room.id}>" in person.whispers()[-1])
    assert "lobby" not in person.whispers()[-1]
    assert room.pins, "the rules are pinned there"
    assert town.library.inbox.events
    (guild,) = read_settings({"token": "a.b.c", "guild": str(town.guild.id), "setup_file": str(file)}).served
    assert (guild.channels, guild.places) == (frozenset({"nights", "staff"}), {"nights": room.id})


async def test_a_test_alarm_stands_in_the_moderators_channel(town: Town) -> None:
    person, room = await boss(town)
    await opens(person, room)
    await person.picks("setup:alarm")
    await until(lambda: "discord-setup-alarm-sent" in person.whispers()[-1])
    assert [each.content for each in person.reads_in(town.room("staff"))][-1] == "discord-setup-alarm-words"


async def test_what_the_operator_set_is_not_changed_from_inside(wire: Wire, file: Path) -> None:
    async with at(wire, file, moderators="Mods") as town:
        person, room = await boss(town)
        shown = await opens(person, room)
        assert "discord-setup-fixed moderators" in shown
        ids = [part["custom_id"] for row in person.clicks[-1].shown[0].components for part in _parts(row)]
        assert "setup:moderators" not in ids
        assert "setup:leads" in ids


def _parts(row: dict[str, object]) -> list[dict[str, object]]:
    parts = row["components"]
    assert isinstance(parts, list)
    return parts


async def test_without_the_setting_there_is_no_such_command(wire: Wire) -> None:
    async with open_town(wire) as town:
        await until(lambda: town.guild.id in wire.world.guild_commands)
        assert not any(each["name"] == "setup" for each in wire.world.guild_commands[town.guild.id])


async def test_on_a_server_that_the_operator_does_not_list_there_is_no_such_command(wire: Wire, file: Path) -> None:
    async with at(wire, file) as town:
        other: Guild = wire.world.open_guild(bot_may=all_rights())
        joined = {key: value for key, value in other.json(wire.world.bot.json()).items() if key != "unavailable"}
        await wire.sessions.dispatch("GUILD_CREATE", joined)
        person, room = await boss(town)
        await opens(person, room)
        assert set(wire.world.guild_commands) == {town.guild.id}


def test_the_file_is_its_owner_s_alone_and_holds_what_was_chosen(file: Path) -> None:
    chosen = GuildSettings.model_validate({"id": 5, "moderators": ['A "quoted" role'], "places": {"nights": 7}})
    write_choices(file, [chosen, GuildSettings.model_validate({"id": 6, "channels": []})])
    assert file.stat().st_mode & 0o777 == 0o600
    assert [*read_choices(file)] == [chosen, GuildSettings.model_validate({"id": 6, "channels": []})]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[guilds]\n", "it can't be read"),
        ('[[guilds]]\nid = "x"\n', r"guilds\[1\]\.id = 'x': write the server's id"),
        ('[[guilds]]\nid = "5"\nmods = 1\n', r"guilds\[1\]\.mods = \(hidden\): remove it"),
        ("guilds = 5\n", "mend it there, or delete the file"),
    ],
)
def test_a_file_that_was_broken_by_hand_is_named_with_what_to_do(file: Path, text: str, words: str) -> None:
    file.parent.mkdir()
    file.write_text(text)
    with pytest.raises(AdapterError, match=words) as told:
        read_settings({"token": "a.b.c", "setup_file": str(file)})
    assert str(file) in str(told.value)
    assert "choose again with /setup" in str(told.value)
