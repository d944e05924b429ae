import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.content import ContentError
from buddybot.domain.kernel.levels import Level
from buddybot.domain.kernel.verdicts import Label, Outcome, Screening, Severity, Verdict, unread
from buddybot.rule import Judge
from buddybot.runtime.judges import joined, load_judges
from buddybot.service.kernel.book import Book
from buddybot.testing import TestBot, running
from tests.rules.example_rule import judge as shouting
from tests.stories.reading import CALM, asks_for, cry

DOCS = Path(__file__).parents[2] / "docs" / "write-a-rule.md"
EXAMPLE = Path(__file__).parents[1] / "rules" / "example_rule.py"
HOLD = Verdict(Outcome.HOLD, "sourcing_ask", Severity.S2)
SHOUT = "WHY DO YOU NEVER WRITE BACK TO ME"


def holds(_: str, __: Screening) -> Verdict | None:
    """Everything is held.

    This line is for programmers.
    """
    return Verdict(Outcome.HOLD, "a name it gives itself", Severity.S3)


def stops(_: str, __: Screening) -> Verdict | None:
    return Verdict(Outcome.QUARANTINE, "", Severity.S4)


def agrees(_: str, __: Screening) -> Verdict | None:
    return None


def breaks(text: str, _: Screening) -> Verdict | None:
    raise RuntimeError(text)


def babbles(_: str, __: Screening) -> Verdict | None:
    return "hold"  # type: ignore[return-value]  # a package that was never checked


def read(before: Screening, text: str = "some words", **judges: Judge) -> Screening:
    return joined(lambda _: before, judges)(text)


def test_the_harshest_of_all_rules_stands_under_its_installed_name_with_its_reason() -> None:
    found = read(CALM, holds=holds, agrees=agrees)
    assert found.verdict == Verdict(Outcome.HOLD, "holds", Severity.S3)
    assert found.explanation == "Everything is held."
    found = read(CALM, holds=holds, stops=stops)
    assert (found.verdict.rule, found.explanation) == ("stops", "")


def test_a_rule_in_code_can_not_make_a_verdict_milder() -> None:
    held = replace(asks_for(HOLD, Label.SOURCING), explanation="asks for drugs")
    assert read(held, agrees=agrees, shouting=shouting) == held


@pytest.mark.parametrize("level", Level)
def test_a_message_that_shows_danger_is_not_even_shown_to_a_rule(level: Level) -> None:
    for danger in (cry(level), replace(CALM, level=level), unread("broken")):
        assert read(danger, stops=stops, breaks=breaks) == danger


def test_an_error_in_a_rule_is_logged_by_class_and_the_others_are_still_asked(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    found = read(CALM, "my number is 5", breaks=breaks, babbles=babbles, holds=holds)
    assert found.verdict.rule == "holds"
    assert "the rule breaks failed: RuntimeError" in caplog.text
    assert "the rule babbles returned no verdict but a str" in caplog.text
    assert "my number" not in caplog.text


def test_without_rules_in_code_the_screener_is_asked_directly(book: Book) -> None:
    assert joined(book.screen, {}) is book.screen


# ── Entry points ────────────────────────────────────────────────────────────────────────


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that counts as installed; write entry points into it."""
    info = tmp_path / "ours-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: ours\nVersion: 1.0\n")
    monkeypatch.syspath_prepend(tmp_path)
    return info / "entry_points.txt"


def test_an_installed_rule_is_found_by_its_entry_point(package: Path) -> None:
    package.write_text("[buddybot.rules]\nshouting = tests.rules.example_rule:judge\n")
    assert load_judges()["shouting"] is shouting


@pytest.mark.parametrize(
    ("target", "fix"),
    [
        ("no_such_module:judge", "mend or uninstall"),
        ("tests.rules.example_rule:no_such_name", "mend or uninstall"),
        ("tests.rules.example_rule:FEWEST_LETTERS", "name a function"),
    ],
)
def test_a_rule_that_can_not_be_loaded_is_named_with_what_to_do(package: Path, target: str, fix: str) -> None:
    package.write_text(f"[buddybot.rules]\nours = {target}\n")
    with pytest.raises(ContentError, match=fix) as caught:
        load_judges()
    assert caught.value.key == "ours"


# ── The worked example of docs/write-a-rule.md ──────────────────────────────────────────


def test_the_page_shows_the_example_that_is_tested_here() -> None:
    page = DOCS.read_text(encoding="utf-8")
    assert f"```python\n{EXAMPLE.read_text(encoding='utf-8')}```" in page


@pytest.fixture
async def bot(tmp_path: Path, book: Book) -> AsyncIterator[TestBot]:
    ours = replace(book, screen=joined(lambda text: cry(Level.L2) if "DIE" in text else CALM, {"shouting": shouting}))
    async with running(tmp_path, book=ours) as running_bot:
        yield running_bot


async def test_the_example_asks_before_shouting_and_lets_it_go(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says(SHOUT)
    assert ben.hears() == []
    assert "This may not fit the rules here" in ann.sees()[-1]
    await ann.presses("Send it")
    assert ben.hears()[-1].endswith(SHOUT)


@pytest.mark.parametrize("words", ["why do you never write back to me", "OK THANKS", "I WANT TO DIE AND NOBODY CARES"])
async def test_the_example_lets_everything_else_pass(bot: TestBot, words: str) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says(words)
    assert ben.hears()[-1].endswith(words)
