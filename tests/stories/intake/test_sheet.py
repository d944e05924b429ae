"""The intake on a form: page by page, beside the way step by step, on a platform that has forms."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.domain.intake.progress import from_json
from buddybot.domain.kernel.messages.forms import Form, FormLimits
from buddybot.service.kernel.book import Book
from buddybot.testing import FakePlatform, Person, TestBot, running

SHEET = "intake.form"
OPEN = "Answer on one form"


@pytest.fixture
async def bot(tmp_path: Path, book: Book) -> AsyncIterator[TestBot]:
    platform = FakePlatform()
    platform.capabilities = replace(platform.capabilities, forms=FormLimits())
    async with running(tmp_path, book=book, platform=platform) as made:
        yield made


async def at_intake(bot: TestBot) -> Person:
    ann = bot.person("ann")
    await ann.says("hi")
    await ann.sends_token("home.find")
    for question, value in {"age": "yes", "consent": "agree", "country": "US"}.items():
        await bot.answer(ann, question, (value,))
    for _ in range(3):
        if any(choice.token.startswith("ask.lane.") for choice in ann.last().content.choices):
            return ann
        await ann.sends_token(next(one.token for one in ann.last().content.choices if one.token.endswith(".skip")))
    raise AssertionError(ann.sees()[-1])


async def answers(bot: TestBot) -> dict[str, tuple[str, ...] | None]:
    (row,) = await bot.house.store.read(lambda tx: tx.db.rows("SELECT id FROM member"))
    member = await bot.house.store.read(lambda tx: tx.members.by_id(row[0]))
    assert member is not None
    return {one.question: one.keys for one in from_json(member.private.intake).answers}


def first_of(form: Form) -> dict[str, str | list[str]]:
    return {one.name: one.options[0].value for one in form.fields}


async def test_three_pages_and_each_is_kept(bot: TestBot) -> None:
    ann = await at_intake(bot)
    assert OPEN in [one.label for one in ann.last().content.choices]
    seen: list[str] = []
    for _ in range(3):
        form = await ann.opens_form(SHEET)
        assert form is not None
        assert 1 <= len(form.fields) <= 5
        assert not {one.name for one in form.fields} & set(seen), "no question is asked twice"
        seen += [one.name for one in form.fields]
        await ann.fills_in(SHEET, None, None, **(first_of(form) | ({"lane": "self"} if "lane" in seen[:5] else {})))
        assert {one.name for one in form.fields} <= set(await answers(bot))
    assert {"lane", "now", "help_wanted"} <= set(seen), "the second page follows from the first"


async def test_leaving_in_the_middle_keeps_what_is_there_and_goes_on_step_by_step(bot: TestBot) -> None:
    ann = await at_intake(bot)
    form = await ann.opens_form(SHEET)
    assert form is not None
    await ann.fills_in(SHEET, None, None, **(first_of(form) | {"lane": "self"}))
    assert "what you answered stays" in ann.sees()[-1]
    shown = ann.last().content
    assert OPEN in [one.label for one in (*shown.choices, *shown.extra)], "the next page is opened by a button"
    kept = await answers(bot)
    await bot.wait(days=2)
    await ann.says("hi again")
    await bot.skip_rest(ann)
    after = await answers(bot)
    assert {key: after[key] for key in kept} == kept


async def test_a_page_sent_twice_and_one_after_the_end_change_nothing_and_say_so(bot: TestBot) -> None:
    ann = await at_intake(bot)
    form = await ann.opens_form(SHEET)
    assert form is not None
    page = first_of(form) | {"lane": "self"}
    await ann.fills_in(SHEET, None, None, **page)
    kept = await answers(bot)
    await ann.fills_in(SHEET, None, None, **(page | {"lane": "grief"}))
    assert any("I have those answers already" in one for one in ann.sees()[-2:])
    assert await answers(bot) == kept
    await bot.skip_rest(ann)
    ended = await answers(bot)
    assert await ann.opens_form(SHEET) is None
    before = len(ann.sees())
    await ann.fills_in(SHEET, None, None, **page)
    assert len(ann.sees()) > before
    assert await answers(bot) == ended


async def test_a_page_with_a_value_that_is_no_option_changes_nothing(bot: TestBot) -> None:
    ann = await at_intake(bot)
    form = await ann.opens_form(SHEET)
    assert form is not None
    before = await answers(bot)
    await ann.fills_in(SHEET, None, None, **(first_of(form) | {"lane": "<b>broken</b>"}))
    assert "please pick from the list" in ann.sees()[-1]
    assert await answers(bot) == before


async def test_a_page_after_erasure_asks_a_stranger_from_the_beginning(bot: TestBot) -> None:
    ann = await at_intake(bot)
    form = await ann.opens_form(SHEET)
    assert form is not None
    await ann.says("/forget")
    await ann.says("yes erase everything")
    await ann.says("yes erase everything")
    assert await ann.opens_form(SHEET) is None
    before = len(ann.sees())
    await ann.fills_in(SHEET, None, None, **first_of(form))
    assert len(ann.sees()) > before
    assert await bot.house.store.read(lambda tx: tx.db.rows("SELECT 1 FROM member WHERE stage = 'looking'")) == []


async def test_without_forms_no_button_stands_there(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=book, platform=FakePlatform()) as made:
        ann = await at_intake(made)
        assert OPEN not in [one.label for one in ann.last().content.choices]
