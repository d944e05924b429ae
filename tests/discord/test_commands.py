"""The table of commands as Discord's own."""

import re

import pytest
from buddybot_discord.commands import application_commands, fingerprint

from buddybot.adapter import COMMANDS, Command, Parameter, Scope, Where
from tests.discord.faults import Fault
from tests.discord.house import Library, open_house
from tests.discord.wire import Wire, until
from tests.discord.world import Json

GUILD, BOT_DM = 0, 1


def drawn(*commands: Command) -> dict[str, Json]:
    return {str(each["name"]): each for each in application_commands(commands or COMMANDS, Library())}


def options(command: Json) -> list[Json]:
    found = command["options"]
    assert isinstance(found, list)
    return found


def test_groups_hold_subcommands_and_the_rest_stands_on_its_own() -> None:
    assert set(drawn()) == {
        *("buddy", "me", "mod", "casework", "write", "crisis", "help", "privacy", "Report message"),
    }
    assert {each["name"] for each in options(drawn()["buddy"])} >= {"find", "goodbye", "report"}
    assert all(len(options(drawn()[group])) <= 25 for group in ("mod", "casework"))


@pytest.mark.parametrize("name", ["buddy", "crisis", "me"])
def test_every_command_says_where_it_may_be_used_and_is_installed_in_servers_only(name: str) -> None:
    assert (drawn()[name]["contexts"], drawn()[name]["integration_types"]) == ([GUILD, BOT_DM], [0])


def test_a_private_command_is_offered_in_the_bots_dm_alone() -> None:
    command = drawn(Command("export", where=Where.PRIVATE))["export"]
    assert command["contexts"] == [BOT_DM]


def test_a_moderators_command_is_for_servers_and_asks_for_a_permission() -> None:
    commands = drawn(
        Command(
            "close",
            Scope.MODERATOR,
            Where.MODERATORS,
            (Parameter("why"), Parameter("case", required=True, choices=("1", "2"))),
            group="case",
        )
    )
    assert commands["case"]["contexts"] == [GUILD]
    assert commands["case"]["default_member_permissions"] == str(1 << 40)
    (close,) = options(commands["case"])
    assert [(each["name"], each["required"]) for each in options(close)] == [("case", True), ("why", False)]
    assert options(close)[0]["choices"] == [{"name": "1", "value": "1"}, {"name": "2", "value": "2"}]


def test_names_and_help_are_in_the_languages_shipped() -> None:
    find = next(each for each in options(drawn()["buddy"]) if each["name"] == "find")
    assert find["name_localizations"] == {"es-ES": "buscar", "es-419": "buscar"}
    assert find["description_localizations"] == {"es-ES": "Buscar compañía", "es-419": "Buscar compañía"}


def test_discords_own_limits_hold() -> None:
    def every(command: Json) -> list[Json]:
        return [command, *(inner for option in command.get("options", []) for inner in every(option))]  # type: ignore[attr-defined] # checked by the assertions below

    for command in drawn().values():
        assert len(options(command)) <= 25 if "options" in command else command["type"] == 3
        for each in every(command):
            if command["type"] == 1:
                assert re.fullmatch(r"[-_a-z0-9]{1,32}", str(each["name"]))
                assert 1 <= len(str(each["description"])) <= 100


def test_the_fingerprint_changes_with_the_table() -> None:
    first = fingerprint(application_commands(COMMANDS, Library()))
    assert first == fingerprint(application_commands(COMMANDS, Library()))
    assert first != fingerprint(application_commands(COMMANDS[1:], Library()))


async def test_a_table_that_discord_takes_later_keeps_nobody_waiting(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    wire.fails(Fault("PUT /api/applications/.*", status=429, retry_after=7200))
    async with open_house(wire) as house:
        await wire.person("ann").says("hi")
        await until(house.inbox.texts)
    assert "takes no others for 7200 seconds" in caplog.text
    async with open_house(wire, house.inbox):
        await until(lambda: wire.world.commands)
