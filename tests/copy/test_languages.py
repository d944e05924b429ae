import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from buddybot.content import content_dir, read_text

LOCALES = content_dir() / "locales"
ENGLISH = "en"
OTHERS = tuple(sorted(folder.name for folder in LOCALES.iterdir() if folder.is_dir() and folder.name != ENGLISH))
OWN_NAMES = {"en": "English", "es": "español"}
FILES = tuple(sorted(path.name for path in (LOCALES / ENGLISH).glob("*.ftl")))

MENU_NAME, FIELD_NAME, COMMAND_HELP = 32, 45, 100
"""Discord's limits, in characters."""
ABOUT, SHORT_ABOUT = 512, 120
"""Telegram's limits, in characters."""

BANNED = {
    "es": (
        # words for people and their use
        *(r"adict[oa]s?", r"yonquis?", r"drogadict[oa]s?", r"abus(?:o|os|ar|a|an)", r"vicios?", r"usuari[oa]s?"),
        *(r"limpi[oa]s?", r"suci[oa]s?", r"reca(?:er|ída|ídas|íste|yó)", r"pacientes?", r"clientes?", r"víctimas?"),
        *(r"comet\w+ suicidio", r"fracas\w+"),
        # cheer that is no help, and promises nobody can keep
        *(r"al menos", r"t[úu] puedes", r"felicidades", r"no te preocupes", r"cálmate", r"sé fuerte", r"genial"),
        *(r"todo pasa por algo", r"sé cómo te sientes", r"anónim[oa]s?", r"100 ?%"),
    ),
}


class Uses(Visitor):
    """Collects the variables of one string, also those of strings that it refers to."""

    def __init__(self, known: Mapping[str, ast.Message]) -> None:
        super().__init__()
        self.known = known
        self.variables: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - the name fluent looks for
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802 - the name fluent looks for
        self.visit(self.known[node.id.name])


class Pieces(Visitor):
    """Collects the plain text of one string."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802 - the name fluent looks for
        self.texts.append(node.value)


@dataclass(frozen=True)
class Copy:
    """One language: file, then key, then the string."""

    files: Mapping[str, Mapping[str, ast.Message]]

    def known(self) -> dict[str, ast.Message]:
        return {key: entry for strings in self.files.values() for key, entry in strings.items()}

    def keys(self, file: str) -> set[str]:
        return set(self.files.get(file, {}))

    def variables(self, key: str) -> set[str]:
        uses = Uses(self.known())
        uses.visit(self.known()[key])
        return uses.variables

    def text(self, key: str) -> str:
        pieces = Pieces()
        pieces.visit(self.known()[key])
        return " ".join(pieces.texts)

    def blanks(self, key: str) -> list[str]:
        return sorted(re.findall(r"%\w+%", self.text(key)))


def strings(path: Path) -> Iterator[ast.Message]:
    for entry in FluentParser().parse(read_text(path)).body:
        assert not isinstance(entry, ast.Junk), f"{path.name}: {entry.content}"
        if isinstance(entry, ast.Message):
            yield entry


@cache
def copy_of(language: str) -> Copy:
    folder = LOCALES / language
    return Copy({path.name: {one.id.name: one for one in strings(path)} for path in sorted(folder.glob("*.ftl"))})


EACH_FILE = pytest.mark.parametrize(("language", "file"), [(one, file) for one in OTHERS for file in FILES])
EACH_LANGUAGE = pytest.mark.parametrize("language", [ENGLISH, *OTHERS])


def test_spanish_is_shipped() -> None:
    assert "es" in OTHERS


@EACH_FILE
def test_a_translated_file_has_every_key_of_the_english_one_and_no_other(language: str, file: str) -> None:
    assert copy_of(language).keys(file) == copy_of(ENGLISH).keys(file)


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_no_file_that_english_has_not(language: str) -> None:
    assert set(copy_of(language).files) <= set(FILES)


@EACH_FILE
def test_a_translated_string_takes_the_same_variables_and_blanks(language: str, file: str) -> None:
    here, there = copy_of(language), copy_of(ENGLISH)
    shared = sorted(here.keys(file) & there.keys(file))

    assert {key: here.variables(key) for key in shared} == {key: there.variables(key) for key in shared}
    assert {key: here.blanks(key) for key in shared} == {key: there.blanks(key) for key in shared}


@EACH_FILE
def test_a_translated_string_names_the_same_commands(language: str, file: str) -> None:
    here, there = copy_of(language), copy_of(ENGLISH)

    for key in here.keys(file) & there.keys(file):
        assert commands(here.text(key)) == commands(there.text(key)), key


def commands(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w/])/([a-z]{3,})", text))


@EACH_LANGUAGE
def test_a_language_says_its_own_name_once_it_is_chosen(language: str) -> None:
    assert OWN_NAMES[language] in copy_of(language).text("language-set")


@EACH_LANGUAGE
def test_every_language_shipped_can_be_chosen_by_its_name(language: str) -> None:
    assert {f"language-{one}" for one in (ENGLISH, *OTHERS)} <= copy_of(language).keys("bot.ftl")
    assert {f"choice-language-{one}" for one in (ENGLISH, *OTHERS)} <= copy_of(language).keys("intake.ftl")


FIELDS = {
    *("form-words", "form-voice-words", "form-report", "form-report-what", "form-report-words"),
    *("form-mute", "form-rule", "form-hours", "form-reason"),
}
"""Titles and labels of forms, which would be cut."""


@EACH_LANGUAGE
def test_menus_and_helps_keep_within_what_the_platforms_allow(language: str) -> None:
    words = copy_of(language)
    limits = {key: COMMAND_HELP for key in words.keys("bot.ftl") if key.startswith("command-")}
    limits |= {"discord-report": MENU_NAME}
    limits |= {key: FIELD_NAME for key in words.keys("forms.ftl") if key in FIELDS}
    limits |= {"telegram-description": ABOUT, "telegram-short-description": SHORT_ABOUT}

    assert {key: words.text(key) for key, limit in limits.items() if len(words.text(key)) > limit} == {}


@pytest.mark.parametrize("language", BANNED)
def test_a_translated_string_holds_no_banned_phrase(language: str) -> None:
    words = copy_of(language)
    listed = re.compile(rf"(?<![\w-])(?:{'|'.join(BANNED[language])})(?![\w-])", re.IGNORECASE)

    assert {key: listed.findall(words.text(key)) for key in words.known() if listed.search(words.text(key))} == {}
