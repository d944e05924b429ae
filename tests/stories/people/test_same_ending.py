"""Whoever is left learns that it is over, and nothing of how: neither by what they hear nor by what they try then."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

import pytest

from buddybot.domain.moderation.cases import Concern, State
from buddybot.testing import Person, TestBot
from tests.stories.moderating import cases, staffed
from tests.stories.people.test_privacy import erase
from tests.stories.talk.test_room import END_NOTE, alias

Way: TypeAlias = Callable[[Person], Awaitable[None]]


async def parts(who: Person) -> None:
    await who.says("/goodbye")
    await who.presses("Just leave")


async def blocks(who: Person) -> None:
    await who.says("/block")
    await who.presses("Yes, block")


async def knows(who: Person) -> None:
    await who.says("/goodbye")
    await who.presses("I may know this person")


async def forgets(who: Person) -> None:
    await erase(who)


TRIED = ("are you there?", "/status", "/report", "/block", "/goodbye", "/unsend", "/photos", "/menu")
PRESSED = {"/report": ("Threat", "None, just tell them"), "/block": ("Yes, block",)}


async def sight(bot: TestBot, left: Person, who: Person, way: Way) -> list[tuple[str, tuple[str, ...]]]:
    """Return all that whoever is left is shown from the end on, with the name of the other left out."""
    name, before = alias(left), len(left.chat())
    await way(who)
    for words in TRIED:
        await left.says(words)
        for label in PRESSED.get(words, ()):
            await left.presses(label)
    await bot.wait(hours=25)
    return [
        (one.text.replace(name, "THEY"), tuple(choice.label for choice in one.content.choices))
        for one in left.chat()[before:]
    ]


@pytest.mark.parametrize("way", [blocks, knows, forgets])
async def test_no_ending_is_told_from_another_by_whoever_is_left(bot: TestBot, way: Way) -> None:
    ann, ben = await bot.pair("ann", "ben")
    cyn, dan = await bot.pair("cyn", "dan")
    quietly = await sight(bot, dan, cyn, parts)
    assert quietly[0][0] == f"THEY {END_NOTE}"
    assert len(quietly) > len(TRIED)
    assert await sight(bot, ben, ann, way) == quietly


async def test_whoever_erased_themselves_can_still_be_reported_and_the_team_hears_of_it(bot: TestBot) -> None:
    mo = staffed(bot, "mo", "lead")
    await mo.uses("shift", state="on")
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("you did not do what i asked")
    await erase(ann)
    await ben.says("/report")
    await ben.presses("Threat")
    await ben.says("they said: you did not do what i asked")
    assert "Sent." in ben.sees()[-1]
    (case,) = await cases(bot)
    assert (case.concern, case.about, case.verified) == (Concern.THREAT, None, False)
    await mo.uses("claim", case=case.id[:8])
    await mo.uses("case", case=case.id[:8])
    assert any("you did not do what i asked" in text for text in mo.sees())
    for name in ("warn", "mute", "remove", "say", "unpair"):
        await mo.uses(
            name, case=case.id[:8], rule="1", hours="1", days="1", reason="They threatened somebody here.", text="hi"
        )
    await mo.uses("close", case=case.id[:8])
    assert [one.state for one in await cases(bot)] == [State.CLOSED]
