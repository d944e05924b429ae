"""Used again: no blame, safe first, then what would help; tapped and typed, in both languages."""

import pytest

from buddybot.testing import TestBot


async def test_it_is_typed_from_the_first_words_to_the_note(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("i relapsed last night")
    assert "You're not in trouble here" in ann.sees()[-1]
    await ann.says("yes")
    assert "your body may take much less than before" in ann.sees()[-1]
    await ann.says("how do i tell my buddy")
    assert "You could say" in ann.sees()[-1]
    before = len(ben.hears())
    await ann.presses("Send that")
    assert any("I don't need fixing" in text for text in ben.hears()[before:])


@pytest.mark.parametrize("typed", ["change it", "cambiarlo"])
async def test_the_words_can_be_their_own(bot: TestBot, typed: str) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says("i relapsed last night")
    await ann.presses("Yes")
    await ann.presses("Tell my buddy")
    await ann.says(typed)
    assert "Say it your way" in ann.sees()[-1]


@pytest.mark.parametrize("typed", ["get back on my medicine", "volver a mi medicina"])
async def test_the_way_back_to_their_medicine_is_shown(bot: TestBot, typed: str) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says("i relapsed last night")
    await ann.presses("Yes")
    await ann.says(typed)
    assert "I want to start my medicine again" in ann.sees()[-1]


async def test_the_next_day_it_looks_in_once(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says("i relapsed last night")
    await ann.presses("Yes")
    await bot.wait(days=2)
    assert sum("No need to answer. I just thought it may be a rough day" in text for text in ann.sees()) == 1
