"""Every choice of a silence in both languages, tapped and typed, each told in the language of whoever chose."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from buddybot.domain.kernel.levels import Level
from buddybot.service.kernel.book import Book
from buddybot.testing import Person, TestBot, running
from tests.stories.reading import cry, scripted

Choose = Callable[[Person, str], Awaitable[None]]

BOTH = pytest.mark.parametrize(("locale", "typed"), [("en", False), ("en", True), ("es", False), ("es", True)])


def chooser(book: Book, locale: str, *, typed: bool) -> Choose:
    """Return what makes a choice by its key: a tap, or its label typed in small letters."""

    async def choose(one: Person, key: str) -> None:
        label = book.words.say(locale, key)
        await (one.says(label.lower()) if typed else one.presses(label))

    return choose


def heard(book: Book, locale: str, one: Person, key: str) -> int:
    """Count how often somebody was told this, whoever it names."""
    start = book.words.say(locale, key, alias="\0", days=5).split("\0")
    longest = max(start, key=len)
    return sum(longest in text for text in one.sees())


async def waiting(bot: TestBot, locale: str) -> tuple[Person, Person]:
    """Let the first of a pair wait for the second, both in this language."""
    ann, ben = await bot.pair("ann", "ben")
    for one in (ann, ben):
        await one.uses("language", language=locale)
    await ben.says("hello there")
    await bot.wait(minutes=5)
    await ann.says("hi, how was your day")
    return ann, ben


@BOTH
async def test_snooze(bot: TestBot, book: Book, locale: str, *, typed: bool) -> None:
    choose = chooser(book, locale, typed=typed)
    ann, ben = await waiting(bot, locale)
    await bot.wait(days=4, hours=1)
    asked = len(ben.sees())
    await choose(ben, "silence-tomorrow")
    assert heard(book, locale, ben, "silence-tomorrow-done") == 1
    await bot.wait(days=1, minutes=1)
    assert len(ben.sees()) == asked + 2
    labels = [choice.label for choice in ben.last().content.choices]
    assert book.words.say(locale, "silence-busy") in labels
    assert book.words.say(locale, "silence-tomorrow") not in labels
    await choose(ben, "silence-busy")
    assert heard(book, locale, ann, "silence-busy-other") == 1


@BOTH
async def test_an_open_door(bot: TestBot, book: Book, locale: str, *, typed: bool) -> None:
    choose = chooser(book, locale, typed=typed)
    ann, ben = await waiting(bot, locale)
    await bot.wait(days=5, hours=2)
    await choose(ann, "silence-door")
    assert heard(book, locale, ann, "silence-door-done") == heard(book, locale, ben, "silence-ended") == 1
    await bot.wait(days=2)
    await choose(ben, "return-back")
    assert heard(book, locale, ben, "return-welcome") == 1
    await choose(ben, "return-again")
    assert heard(book, locale, ann, "return-ask") == 1
    await choose(ann, "return-yes")
    await ben.says("i am here again")
    assert ann.hears()[-1].endswith("i am here again")


@BOTH
async def test_three_silent_endings_rest_the_search_until_one_choice(
    bot: TestBot, book: Book, locale: str, *, typed: bool
) -> None:
    choose = chooser(book, locale, typed=typed)
    ann, ben = await waiting(bot, locale)
    for number in range(3):
        if number:
            ann = bot.person(f"ann{number}")
            await ann.joins(lane="self", now="thinking", help_wanted=("listen", "normal"), hours="evening", pace="few")
            await ann.uses("language", language=locale)
            await ben.uses("find")
            await bot.wait(hours=1, seconds=1)
            await ben.presses(book.words.say(locale, "offer-yes"))
            await ann.sends_token(ann_offer(ann))
            await ann.says("hi, i am new here")
        await bot.wait(days=5, hours=2)
        await choose(ann, "silence-new")
        for token in ("forget.all", "forget.yes"):
            await ann.sends_token(token)
    await ben.uses("find")
    assert heard(book, locale, ben, "looking-rests") == 1
    await choose(ben, "return-retry")
    assert heard(book, locale, ben, "looking-rests") == 1
    assert book.words.say(locale, "looking") in ben.sees()[-1]


def ann_offer(one: Person) -> str:
    tokens = [choice.token for shown in one.chat() for choice in shown.content.choices]
    return next(token for token in reversed(tokens) if token.startswith("offer.") and token.endswith(".yes"))


@pytest.mark.parametrize(("locale", "help_said"), [("en", "That's a scary wait"), ("es", "Esa espera asusta")])
async def test_after_a_cry_the_silence_goes_the_crisis_way(
    tmp_path: Path, book: Book, locale: str, help_said: str
) -> None:
    words = "i want to be gone for good"
    async with running(tmp_path, book=scripted(book, {words: cry(Level.L2)})) as bot:
        ann, ben = await bot.pair("ann", "ben")
        for one in (ann, ben):
            await one.uses("language", language=locale)
        await ben.says(words)
        await bot.wait(minutes=5)
        await ann.says("please write to me")
        await bot.wait(days=6)
        assert sum(help_said in text for text in ann.sees()) == 1
        assert heard(book, locale, ben, "silence-ask") == 0
