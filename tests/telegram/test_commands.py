from collections.abc import AsyncIterator

import pytest
from buddybot_telegram.commands import menu

from buddybot.adapter import COMMANDS, Command, Scope, Where
from tests.telegram.faults import Fault, Rejected, broken, too_many
from tests.telegram.house import Book, Shelf, running
from tests.telegram.wire import FakeTelegram, until

SCOPE, GROUPS = "all_private_chats", "all_group_chats"
CHANGES = ("setMyCommands", "setMyDescription", "setMyShortDescription")


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


async def started(fake: FakeTelegram, shelf: Shelf | None = None) -> int:
    """Start and stop once; return how many things were set at Telegram."""
    before = sum(len(fake.asked(method)) for method in CHANGES)
    polls = len(fake.asked("deleteWebhook"))
    async with running(fake, Book(), shelf):
        await until(lambda: len(fake.asked("deleteWebhook")) > polls)
    # What is set beside receiving ends with it, a moment later.
    return sum(len(fake.asked(method)) for method in CHANGES) - before


async def test_every_command_is_listed_in_private_chats_in_every_language(fake: FakeTelegram) -> None:
    await started(fake)

    listed = fake.world.commands
    assert set(listed) == {(scope, language) for scope in (SCOPE, GROUPS) for language in ("", "es")}
    shown = [command.name for command in COMMANDS if command.scope is not Scope.MODERATOR]
    assert [entry["command"] for entry in listed[SCOPE, ""]] == shown
    assert {"command": "privacy", "description": "en: privacy"} in listed[SCOPE, ""]
    assert {"command": "privacy", "description": "es: privacy"} in listed[SCOPE, "es"]


async def test_the_descriptions_are_set_too(fake: FakeTelegram) -> None:
    await started(fake)

    assert fake.world.descriptions["description", ""] == "A peer to talk to."
    assert fake.world.descriptions["short_description", "es"] == "Talk to a peer."


async def test_nothing_is_set_again_until_something_changed(fake: FakeTelegram) -> None:
    assert await started(fake) == 8
    assert await started(fake) == 0

    fake.world.commands[SCOPE, "es"][0]["description"] = "old"
    assert await started(fake) == 1


async def test_an_operator_without_descriptions_keeps_those_of_botfather(fake: FakeTelegram) -> None:
    assert await started(fake, Shelf(bare=True)) == 4
    assert fake.world.descriptions == {}


@pytest.mark.parametrize("method", ["getMyCommands", "setMyCommands", "setMyDescription"])
async def test_the_bot_starts_even_if_the_list_could_not_be_set_and_sets_it_later(
    fake: FakeTelegram, method: str
) -> None:
    fake.faults.next(method, broken())
    book = Book()
    fake.person("ann").says("hello")

    async with running(fake, book):
        await until(lambda: book.events)
        await until(lambda: len(fake.world.commands) == 4 and len(fake.world.descriptions) == 4)


@pytest.mark.parametrize("fault", [Fault(Rejected(404, "Not Found")), too_many(9)])
async def test_a_list_that_can_not_be_read_is_set_and_keeps_no_other_waiting(fake: FakeTelegram, fault: Fault) -> None:
    fake.faults.next("getMyDescription", fault)

    async with running(fake, Book()):
        await until(lambda: len(fake.world.commands) == 4)
        await until(lambda: len([key for key in fake.world.descriptions if key[0] == "short_description"]) == 2)
        assert (("description", "") in fake.world.descriptions) is (
            fault.refused is not None and fault.refused.code == 404
        )


async def test_a_list_that_is_refused_is_named_and_keeps_no_other_from_being_set(
    fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    fake.faults.next("setMyCommands", Fault(Rejected(400, "Bad Request: BOT_COMMAND_INVALID")))

    await started(fake)

    assert (len(fake.world.commands), len(fake.world.descriptions)) == (3, 4)
    named = 'setMyCommands for {"scope": {"type": "all_private_chats"}} was refused (BOT_COMMAND_INVALID)'
    assert named in caplog.text.replace("Bot_command_invalid", "BOT_COMMAND_INVALID")


def test_moderators_commands_are_not_shown_to_members_and_long_help_is_cut() -> None:
    class Long(Shelf):
        def words(self, locale: str, key: str) -> str:
            return f"{locale}{key}" * 99

    commands = (
        Command("find"),
        Command("case", where=Where.MODERATORS),
        Command("ban", Scope.MODERATOR),
        Command("set-note"),
    )
    entry = next(iter(menu(commands, Long(("en",)))))

    shown = entry.value["commands"]
    assert isinstance(shown, list)
    assert [each["command"] for each in shown] == ["find", "set_note"]
    assert all(len(each["description"]) == 256 for each in shown)


def test_a_regional_language_is_named_by_its_two_letters() -> None:
    keys = [entry.key["language_code"] for entry in menu(COMMANDS, Shelf(("en", "pt-BR"), bare=True))]

    assert keys == ["", "", "pt", "pt"]
