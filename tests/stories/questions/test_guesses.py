"""Danger that is only a statistical guess swallows no answer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.kernel.verdicts import Label, Screening
from buddybot.service.kernel.book import Book
from buddybot.testing import Person, running


async def test_a_guess_of_danger_does_not_swallow_the_answer_of_a_report(tmp_path: Path, book: Book) -> None:
    def guessing(text: str) -> Screening:
        found = book.screen(text)
        if text != "hes mean to me":
            return found
        return replace(found, labels=frozenset({Label.CRISIS}), lanes=frozenset({SideLane.VIOLENCE}), weighed=True)

    async with running(tmp_path, book=replace(book, screen=guessing)) as bot:
        ann, ben = await bot.pair("ann", "ben")
        await ann.says("/report")
        await ann.says("hes mean to me")
        assert any("Should moderators see" in text for text in ann.sees()[-2:])
        assert not any("mean" in text for text in ben.hears())


ANSWER = "using but thinking of stopping"


@asynccontextmanager
async def guessed_at_her_answer(folder: Path, book: Book, level: Level) -> AsyncIterator[tuple[Person, list[str]]]:
    """Let somebody's answer to the second question pass for danger by statistics alone; yield her and what she saw."""

    def guessing(text: str) -> Screening:
        found = book.screen(text)
        return replace(found, labels=frozenset({Label.CRISIS}), level=level, weighed=True) if text == ANSWER else found

    async with running(folder, book=replace(book, screen=guessing)) as bot:
        ann = bot.person("ann")
        await ann.uses("find")
        await ann.sends_token("ask.age.yes")
        await ann.sends_token("ask.consent.agree")
        await ann.sends_token("ask.country.US")
        await ann.says("my own use")
        before = len(ann.sees())
        await ann.says(ANSWER)
        yield ann, ann.sees()[before:]


@pytest.mark.parametrize("level", [Level.L1, Level.L2])
async def test_a_guess_of_danger_keeps_an_answer_to_the_questions_and_shows_help_beside_it(
    tmp_path: Path, book: Book, level: Level
) -> None:
    async with guessed_at_her_answer(tmp_path, book, level) as (ann, said):
        assert any("988" in text or "plan" in text for text in said)
        assert any("3 of 7" in text for text in said)
        await ann.says("someone who listens, talk about normal life")
        assert any("4 of 7" in text for text in ann.sees()[-2:])
        await ann.says("nobody religious")
        assert any("Would any of these fit you" in text for text in ann.sees()[-2:])
        await ann.says("no")
        assert any("5 of 7" in text for text in ann.sees()[-2:])
        await ann.says("how long does this take")
        await ann.says("why")
        await ann.says("skip")
        assert any("6 of 7" in text for text in ann.sees()[-2:])


async def test_a_guess_that_was_confirmed_is_none_and_help_goes_before_the_questions(
    tmp_path: Path, book: Book
) -> None:
    async with guessed_at_her_answer(tmp_path, book, Level.L1) as (ann, _):
        await ann.says("yes")
        before = len(ann.sees())
        await ann.says("someone who listens, talk about normal life")
        assert not any("4 of 7" in text for text in ann.sees()[before:])
        assert len(ann.sees()) > before


async def test_a_guess_of_danger_does_not_swallow_the_label_of_a_passing_question(tmp_path: Path, book: Book) -> None:
    def guessing(text: str) -> Screening:
        found = book.screen(text)
        guess = replace(found, labels=frozenset({Label.CRISIS}), level=Level.L1, weighed=True)
        return guess if text == "About once a day" else found

    async with running(tmp_path, book=replace(book, screen=guessing)) as bot:
        ann, ben = await bot.pair("ann", "ben")
        await ann.says("/deal")
        await ann.says("About once a day")
        assert any("When is a good time" in text for text in ann.sees()[-3:])
        assert ben.hears() == []
