"""The conversations of strangers again, over the wire of each platform: the same cards, and nothing that hurts."""

from pathlib import Path

import pytest

from tests.conversations.script import load
from tests.conversations.sights import FORBIDDEN, shows
from tests.stories.test_across import town
from tests.stories.wires import Talker, until

ALONE = tuple(
    one.conversation
    for one in load()
    if one.conversation.start == "stranger"
    and not any(line.what.startswith(("[", "~")) for line in one.conversation.lines)
)


def shown(person: Talker, before: int, cards: str) -> bool:
    return any(shows(text, f"crisis-{card}") for text in person.sees()[before:] for card in cards.split("|"))


@pytest.mark.parametrize("here", ["telegram", "discord", "web"])
async def test_a_stranger_is_understood_on_every_platform(tmp_path: Path, here: str) -> None:
    async with town(tmp_path) as place:
        for number, told in enumerate(one for one in ALONE if one.locale == "en"):
            person = place.people[here](f"stranger{number}")
            await person.arrives()
            for line in told.lines:
                before = len(person.sees())
                await person.says(line.what)
                if line.sees:
                    await until(lambda: shown(person, before, line.sees))  # noqa: B023 - awaited at once
            assert not [key for key in FORBIDDEN for text in person.sees() if shows(text, key)]
