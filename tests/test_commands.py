"""Every command has its words, and every word of the interface is used by something."""

import ast
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent

from buddybot.content import content_dir
from buddybot.domain.kernel.commands import BY_WORD, COMMANDS, Command
from buddybot.domain.moderation.cases import Concern
from buddybot.service import buttons, commands
from buddybot.service.kernel.book import Book

FILES = ("bot", "rooms", "asking")
ROOT = Path(__file__).parent.parent
NAMED_BY_DATA = ("interest-", "reason-", "short-", "held-", "nudge-", "command-")
SPEAKING = {"say", "words", "hand", "_tell_others", "abandon", "farewell", "_lost"}


def keys(name: str, locale: str = "en") -> list[str]:
    text = (content_dir() / "locales" / locale / f"{name}.ftl").read_text(encoding="utf-8")
    return [entry.id.name for entry in FluentParser().parse(text).body if isinstance(entry, fluent.Message)]


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the code, as far as it names words, commands or buttons."""

    literals: set[str] = field(default_factory=set)
    stems: set[str] = field(default_factory=set)
    """How keys begin that code puts together, such as "why-" of f"why-{question}"."""
    said: set[str] = field(default_factory=set)
    """Every key that stands in a call that speaks, or in front of the token of a button."""
    tokens: set[str] = field(default_factory=set)


@cache
def written() -> Written:
    """Read all code once: to parse it and walk through it takes a second."""
    found = Written()
    for part in ("buddybot", "adapters"):
        for path in sorted((ROOT / part).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                take(node, found)
    return found


def take(node: ast.AST, found: Written) -> None:
    match node:
        case ast.Constant(value=str(text)):
            found.literals.add(text)
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]) if text.endswith("-") and len(text) > 2:
            found.stems.add(text)
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=args):
            texts = [arg.value for arg in args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if name in SPEAKING:
                found.said.update(text for text in texts if "-" in text)
            if name == "Token" and args and isinstance(args[0], ast.Constant):
                found.tokens.update(texts[:1])


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_help_something_that_does_it_and_words_for_its_parameters(
    command: Command, book: Book
) -> None:
    assert book.words.has(command.help)
    assert command.name in {*commands.ACTIONS, commands.POSTING}
    assert all(book.words.has(f"{command.help}-{parameter.name}") for parameter in command.parameters)


def test_nothing_is_done_that_no_command_names() -> None:
    assert {*commands.ACTIONS, commands.POSTING} == {command.name for command in COMMANDS}


def test_no_word_means_two_commands() -> None:
    words = [word for command in COMMANDS for word in (command.name, *command.aliases)]
    assert sorted(words) == sorted(set(words)) == sorted(BY_WORD)


def test_every_token_that_is_built_has_a_handler() -> None:
    assert len(written().tokens) > 15
    assert written().tokens - {""} <= set(buttons.HANDLERS)


def test_only_commands_that_name_nobody_s_trouble_are_listed_where_everybody_reads() -> None:
    assert [command.name for command in COMMANDS if command.public] == ["crisis", "help", "report"]


@pytest.mark.parametrize("concern", Concern)
def test_every_concern_a_member_can_press_has_a_word(concern: Concern, book: Book) -> None:
    pressed = concern not in {Concern.CRISIS, Concern.RULE, Concern.APPEAL, Concern.MENTOR}
    assert book.words.has(f"report-{concern}") is pressed


@pytest.mark.parametrize("name", FILES)
def test_every_word_is_used_by_something(name: str) -> None:
    begun = (*written().stems, *NAMED_BY_DATA)
    unused = {key for key in keys(name) if key not in written().literals and not key.startswith(begun)}
    assert unused == set()


def test_every_word_that_code_says_exists(book: Book) -> None:
    assert len(written().said) > 60
    web = {key for key in written().said if book.words.has(f"web-{key}")}
    assert sorted(key for key in written().said - web if not book.words.has(key)) == []


@pytest.mark.parametrize("name", FILES)
def test_no_language_has_a_word_that_english_lacks(name: str) -> None:
    for folder in (content_dir() / "locales").iterdir():
        if (folder / f"{name}.ftl").exists():
            assert set(keys(name, folder.name)) <= set(keys(name))


@pytest.mark.parametrize(
    ("name", "rest", "given"),
    [
        ("crisis", "please", {}),
        ("pause", "3", {"days": "3"}),
        ("pause", "", {}),
        ("quiet", "10 pm to 7 am", {"hours": "10 pm to 7 am"}),
        ("write", "lobby  two\nlines", {"channel": "lobby", "words": "two\nlines"}),
        ("remind", "AAAA 8 so many words", {"case": "AAAA", "rule": "8", "reason": "so many words"}),
    ],
)
def test_what_is_typed_is_a_word_for_each_parameter_and_the_rest_for_the_last(
    name: str, rest: str, given: dict[str, str]
) -> None:
    assert BY_WORD[name].typed(rest) == given
