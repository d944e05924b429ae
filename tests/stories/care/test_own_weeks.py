"""One's own weeks: a picture, the same in words, and a kind sentence where there is nothing to draw."""

import pytest

from buddybot.domain.care.weeks import COLORS, FRAME, INSIDE
from buddybot.testing import TestBot
from tests.stories.care.test_own_days import asked
from tests.stories.questions.openings import at_home


@pytest.mark.parametrize("color", [FRAME, *COLORS.values()])
def test_every_part_of_the_picture_stands_out_from_its_paper(color: str) -> None:
    dark, light = sorted((luminance(color), luminance(INSIDE)))
    assert (light + 0.05) / (dark + 0.05) >= 3 - 0.01


def luminance(color: str) -> float:
    """Return the relative luminance of a color (WCAG 2)."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("typed", ["/chart", "my weeks", "mis semanas", "show my wekes"])
async def test_with_nothing_to_draw_it_is_said_kindly(bot: TestBot, typed: str) -> None:
    ann = await at_home(bot)
    await ann.says(typed)
    shown = ann.last().content
    assert shown.document is None
    assert "nothing to draw yet" in shown.text or "nada que dibujar" in shown.text


async def test_the_weeks_come_as_a_picture_and_in_words(bot: TestBot) -> None:
    ann = await asked(bot)
    await ann.presses("Okay")
    await bot.wait(days=1)
    await ann.presses("Hard")
    await ann.uses("chart")
    shown = ann.last().content
    assert "Okay 1, Hard 1" in shown.text
    assert shown.document is not None
    assert (shown.document.name, shown.document.media_type) == ("my-weeks.png", "image/png")
    assert shown.document.data.startswith(b"\x89PNG")
    assert "Okay 1, Hard 1" in shown.document.alt
