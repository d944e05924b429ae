"""The table of commands as Discord's own."""

import re

import pytest
from buddybot_discord.commands import application_commands, fingerprint

from buddybot.adapter import COMMANDS, Command, Invoked, Parameter, Scope, Where
from buddybot.service.kernel.book import Book
from tests.discord.faults import Fault
from tests.discord.house import Library, Notebook, open_house
from tests.discord.registered import minded_commands
from tests.discord.town import open_town
from tests.discord.wire import Wire, until
from tests.discord.world import Json

GUILD, BOT_DM = 0, 1


def drawn(*commands: Command) -> dict[str, Json]:
    table = commands or COMMANDS
    sets = (application_commands(table, Library(), staff=staff) for staff in (False, True))
    return {str(each["name"]): each for one in sets for each in one}


def options(command: Json) -> list[Json]:
    found = command["options"]
    assert isinstance(found, list)
    return found


def test_groups_hold_subcommands_and_the_rest_stands_on_its_own() -> None:
    assert set(drawn()) == {
        *("buddy", "me", "mod", "casework", "write", "crisis", "help", "privacy", "Report message"),
        *("Report person", "Look up alias", "Take down", "Open case"),
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
    assert "contexts" not in commands["case"], "that is for commands of everybody's"
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
        return [command, *(inner for option in command.get("options", []) for inner in every(option))]  # type: ignore[attr-defined]  # checked by the assertions below

    for command in drawn().values():
        assert len(options(command)) <= 25 if "options" in command else command["type"] in {2, 3}
        for each in every(command):
            if command["type"] == 1:
                assert re.fullmatch(r"[-_a-z0-9]{1,32}", str(each["name"]))
                assert 1 <= len(str(each["description"])) <= 100


@pytest.mark.parametrize("staff", [True, False])
def test_they_hold_in_every_language_that_is_shipped(book: Book, *, staff: bool) -> None:
    class Shipped(Library):
        def words(self, locale: str, key: str) -> str:
            return book.words.say(locale, key)

        def locales(self) -> tuple[str, ...]:
            return tuple(book.words.locales())

    assert minded_commands(application_commands(COMMANDS, Shipped(), staff=staff), in_guild=staff) is None


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


async def test_moderators_commands_are_told_to_their_server_alone_and_old_ones_go(wire: Wire) -> None:
    wire.world.commands = [{"name": "mod", "type": 1}, {"name": "casework", "type": 1}]
    inbox = Notebook()
    async with open_town(wire, inbox) as town:
        await until(lambda: town.guild.id in wire.world.guild_commands)
        assert {str(each["name"]) for each in wire.world.guild_commands[town.guild.id]} == {
            *("mod", "casework", "Look up alias", "Take down", "Open case"),
        }
        assert not {"mod", "casework"} & {str(each["name"]) for each in wire.world.commands}
        ann = await town.person("ann")
        for _ in range(2):
            await ann.uses("help")
        await until(lambda: len(town.origins(Invoked)) == 2)
    async with open_town(wire, inbox) as town:
        ann = await town.person("ben")
        await ann.says("hi")
        await until(town.inbox.texts)
    assert len(wire.asked("PUT", "/commands")) == 2, "each set once, and neither at the next start"


async def test_a_server_that_takes_no_commands_is_named_and_all_else_goes_on(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    wire.fails(Fault("PUT /api/applications/.*/guilds/.*", status=403, code=50001))
    async with open_town(wire) as town:
        await until(lambda: "were not taken" in caplog.text)
        await (await town.person("ann")).says("hi")
        await until(town.inbox.texts)
    assert f"in the server {town.guild.id} were not taken: Discord answered 403 (code 50001)" in caplog.text


async def test_a_server_whose_roles_no_longer_count_loses_the_commands_of_moderators(wire: Wire) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox) as town:
        await until(lambda: wire.world.guild_commands.get(town.guild.id))
        ann = await town.person("ann")
        for _ in range(2):
            await ann.uses("help")
        await until(lambda: len(town.origins(Invoked)) == 2)
        guild = town.guild.id
    async with open_town(wire, inbox, moderators="", leads=""):
        await until(lambda: wire.world.guild_commands[guild] == [])
