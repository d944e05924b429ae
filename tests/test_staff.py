"""Staff by one-time codes: made at the shell, redeemed anywhere, listed without an account, taken back, erased."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from buddybot.cli import main
from buddybot.domain.moderation.staff import Role
from buddybot.service.kernel.book import Book
from buddybot.service.operator_requests import ROLES, Answer
from buddybot.testing import Person, TestBot, running


@pytest.fixture
async def bot(tmp_path: Path, book: Book) -> AsyncIterator[TestBot]:
    async with running(tmp_path, book=book) as made:
        yield made


async def asked(bot: TestBot, request: str, **given: object) -> Answer:
    return await bot.house.engine.operate(request, given)


async def word(bot: TestBot, role: str) -> str:
    return str((await asked(bot, "staff-add", role=role))["word"])


async def roles(bot: TestBot) -> list[list[object]]:
    listed = (await asked(bot, "staff-list"))["staff"]
    assert isinstance(listed, list)
    return [one[1:] for one in listed]


async def reference(bot: TestBot) -> str:
    listed = (await asked(bot, "staff-list"))["staff"]
    assert isinstance(listed, list)
    return str(listed[0][0])


async def appointed(bot: TestBot, name: str, role: str) -> Person:
    person = bot.person(name)
    await person.says("hi")
    await person.says(f"/link {await word(bot, role)}")
    return person


@pytest.mark.parametrize("role", ROLES)
async def test_whoever_sends_the_word_has_the_role_and_it_works_once(bot: TestBot, role: str) -> None:
    made = await word(bot, role)
    ann, ben = bot.person("ann"), bot.person("ben")
    await ann.says(f"/link {made}")
    assert f"You are now part of the team, as {role}" in "".join(ann.sees())
    await ben.says(f"/link {made}")
    assert "That code does not work" in "".join(ben.sees())
    assert await roles(bot) == [[role, "word", True]]


async def test_a_moderator_by_word_works_like_any_other(bot: TestBot) -> None:
    ann = await appointed(bot, "ann", "moderator")
    await ann.says("/shift on")
    assert "You are on shift" in ann.sees()[-1]


async def test_a_word_runs_out(bot: TestBot) -> None:
    made = await word(bot, "lead")
    await bot.wait(hours=73)
    ann = bot.person("ann")
    await ann.says(f"/link {made}")
    assert "That code does not work" in "".join(ann.sees())
    assert await roles(bot) == []


async def test_a_role_is_taken_back_at_once_and_every_step_is_in_the_log(bot: TestBot) -> None:
    ann = await appointed(bot, "ann", "lead")
    assert "fault" in await asked(bot, "staff-remove", reference="00000000")
    assert await asked(bot, "staff-remove", reference=await reference(bot)) == {"ended": 1}
    await ann.says("/shift on")
    assert "You are on shift" not in ann.sees()[-1]
    entries = await bot.house.store.read(lambda tx: tx.audit.entries())
    assert [entry.what for entry in entries][:3] == ["staff-add", "appointed", "staff-remove"]


async def test_an_erased_person_has_no_role_left(bot: TestBot) -> None:
    ann = await appointed(bot, "ann", "moderator")
    await ann.says("/forget")
    await ann.presses("Erase all")
    await ann.presses("Yes, erase")
    assert await roles(bot) == []


async def test_no_other_role_can_be_made(bot: TestBot) -> None:
    assert "there is no role 'member'" in str(await asked(bot, "staff-add", role="member"))
    assert Role.MEMBER.value not in ROLES


def test_at_the_shell_a_word_is_made_and_an_empty_list_says_how(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        f'[store]\nurl = "sqlite:{tmp_path}/bot.db"\nkeys = "{tmp_path}/keys"\nbackups = "{tmp_path}/backups"\n'
        '[[staff]]\nrole = "lead"\nplatform = "web"\naccount = "me@example.org"\n'
    )
    assert main(["staff", "add", "--role", "lead", "--config", str(config)]) == 0
    out, err = capsys.readouterr()
    assert f"/link {out.strip()}" in err
    assert main(["staff", "list", "--config", str(config)]) == 0
    assert main(["staff", "remove", "abc", "--config", str(config)]) == 1
    assert "nobody has a role by a word" in capsys.readouterr().err
