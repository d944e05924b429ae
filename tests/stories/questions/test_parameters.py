"""Commands declare all of their parameters, and read all that they declare: nothing a form brings is lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest

from buddybot.domain.kernel.commands import COMMANDS, Command, Given, Scope, merged
from buddybot.domain.kernel.messages import SHARED
from buddybot.service import commands
from buddybot.store.tx import Tx
from buddybot.testing import TestBot
from tests.stories.moderating import appealed, code, reported, staffed

GIVEN = {
    "rule": "1",
    "reason": "because of what you said",
    "hours": "24",
    "days": "30",
    "outcome": "upheld",
    "state": "on",
    "kind": "mean",
    "seconds": "5",
    "count": "1",
    "text": "some words",
    "words": "some words",
    "alias": "nobody",
    "language": "en",
    "message": "m1",
    "word": "word",
    "answer": "yes",
    "question": "time",
    "channel": "nights",
}


class UndoneError(Exception):
    """Takes back what a command did, so that each finds the same case."""


@dataclass
class Recording(Mapping[str, str]):
    """Arguments that remember which of them were asked for."""

    given: dict[str, str]
    read: set[str] = field(default_factory=set)

    def __getitem__(self, name: str) -> str:
        return self.given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]  # nobody here gives another default
        """Note what is asked for; the check for what is missing does not come this way."""
        self.read.add(name)
        return self.given.get(name, default)


async def read_by(bot: TestBot, command: Command, arguments: dict[str, str], who: str) -> set[str]:
    """Run a command on the real store, and return the names it read."""
    recording = Recording({one.name: arguments.get(one.name, "x") for one in command.parameters})
    given = Given(frozenset(one.name for one in command.parameters), recording)
    person = bot.person(who)

    def run(tx: Tx) -> None:
        member = tx.members.by_address(person.address)
        assert member is not None
        commands.act(bot.house.engine.turn(tx), member, command, given)
        raise UndoneError

    with pytest.raises(UndoneError):
        await bot.house.store.write(run)
    return recording.read


async def test_every_parameter_that_is_declared_is_read(bot: TestBot) -> None:
    _, ben = await reported(bot)
    mo = staffed(bot, "mo", "lead")
    await mo.says("/mod queue")
    name = await code(bot)
    await mo.says(f"/mod mute {name} 1 48 That was mean.")
    await bot.wait(minutes=20)
    await ben.says("/appeal")
    await ben.says("it was a joke about my own head")
    appeal = await appealed(bot)
    unread = dict[str, set[str]]()
    for command in COMMANDS:
        who = "mo" if command.scope is Scope.MODERATOR else "ann"
        about = appeal if command.name == "decide" else name
        arguments = {**GIVEN, "case": about, "into": name}
        read = await read_by(bot, command, arguments, who)
        if missed := {one.name for one in command.parameters} - read:
            unread[command.name] = missed
    assert unread == {}


def test_what_is_not_declared_is_refused_by_name_and_never_read() -> None:
    report = next(one for one in COMMANDS if one.name == "report")
    given = report.parse({"text": "words", "colour": "blue"})
    assert given.refused == ("colour",)
    assert given["text"] == "words"
    assert given["message"] == ""
    assert "words" not in repr(given)


async def test_a_name_that_nothing_declares_is_said_to_the_operator_and_changes_nothing(
    bot: TestBot, caplog: pytest.LogCaptureFixture
) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.uses("status", colour="blue")
    assert "You have a buddy here" in ann.sees()[-1]
    assert "blue" not in caplog.text
    assert "colour" in caplog.text


def test_what_comes_twice_under_one_name_is_both() -> None:
    assert merged((("text", "a"), ("message", "1"), ("text", "b"))) == {"text": f"a{SHARED}b", "message": "1"}


def test_a_message_is_never_something_to_fill_in() -> None:
    assert all(one.kind != "message" for command in COMMANDS for one in command.inputs)
    report = next(one for one in COMMANDS if one.name == "report")
    assert report.typed("she was mean") == {"text": "she was mean"}
