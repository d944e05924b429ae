"""The page of documentation says what is so."""

from pathlib import Path

import discord
import pytest
from buddybot_discord.commands import application_commands
from buddybot_discord.server.permissions import COSTS, needed, shown
from buddybot_discord.settings import DiscordSettings

from buddybot.adapter import COMMANDS, Channel, Where
from tests.discord.house import Library
from tests.discord.town import ALL, NIGHTS
from tests.discord.world import Json

PAGE = (Path(__file__).parents[2] / "docs/discord.md").read_text(encoding="utf-8")
PLACES: dict[tuple[object, ...], str] = {
    (0, 1): "servers and the bot's DM",
    (1,): "the bot's DM",
    (0,): "servers",
    ("own",): "your servers",
}
MENUS: dict[object, str] = {2: "a person's", 3: "a message's"}
PRIVATE = {each.name for each in COMMANDS if each.where is Where.PRIVATE}
PERMISSIONS = {None: "none", str(1 << 40): "Moderate Members"}


def line(name: str, command: Json) -> str:
    contexts = command["contexts"]
    assert isinstance(contexts, list)
    needed = command.get("default_member_permissions")
    assert needed is None or isinstance(needed, str)
    return f"| {name} | {PLACES[tuple(contexts)]} | {PERMISSIONS[needed]} |"


def drawn() -> list[Json]:
    """Return both sets; one of a server says by that where it is."""
    own = application_commands(COMMANDS, Library(), staff=True)
    return [*application_commands(COMMANDS, Library()), *({"contexts": ["own"]} | each for each in own)]


def lines() -> list[str]:
    found = []
    for command in drawn():
        options = command.get("options")
        inner = [each for each in options if each["type"] == 1] if isinstance(options, list) else []
        for each in inner:
            row = line(f"`/{command['name']} {each['name']}`", command)
            found.append(row.replace("servers and the", "the") if each["name"] in PRIVATE else row)
        if command["type"] in MENUS:
            found.append(line(f"{command['name']} (in {MENUS[command['type']]} menu, *Apps*)", command))
        elif not inner:
            found.append(line(f"`/{command['name']}`", command))
    return found


def test_every_command_stands_in_the_page_with_its_place_and_permission() -> None:
    listed = PAGE.partition("<!-- commands")[2].partition("<!-- end of commands")[0]
    assert listed.strip().splitlines()[3:] == lines()


def test_every_setting_stands_in_the_page() -> None:
    for name in DiscordSettings.model_fields:
        assert f"`{name}" in PAGE


def test_every_right_stands_in_the_page_with_what_it_costs() -> None:
    listed = PAGE.partition("<!-- rights")[2].partition("<!-- end of rights")[0]
    assert listed.strip().splitlines()[3:] == [f"| {shown(name)} | {cost} |" for name, cost in COSTS.items()]


@pytest.mark.parametrize(
    ("wish", "channels", "automod"),
    [
        ("anonymous channels, no channel of moderators", (NIGHTS,), True),
        ("open channels too, with AutoMod's help", ALL, True),
        ('open channels, without AutoMod (`automod = "none"`)', ALL, False),
    ],
)
def test_the_numbers_to_invite_with_are_exactly_what_is_used(
    wish: str, channels: tuple[Channel, ...], *, automod: bool
) -> None:
    rights = discord.Permissions(**dict.fromkeys(needed(channels, automod=automod), True))
    assert f"| {wish} | `{rights.value}` |" in PAGE
