"""A third of the conversations on each platform, over its wire: the same cards, and nothing that hurts."""

from datetime import timedelta
from pathlib import Path

import pytest

from buddybot.service.kernel.book import Book
from tests.conversations.play import Play
from tests.conversations.script import Conversation, load
from tests.conversations.stages import WITH_A_BUDDY, set_up
from tests.conversations.wires import PLATFORMS, town
from tests.stories.moderating import staffed

PAIRED = WITH_A_BUDDY | {"muted", "reporting"}
ALL = tuple(one.conversation for one in load() if one.conversation.start not in {"channel", "circle"})


def share(at: int) -> list[Conversation]:
    """Return every third conversation: first those of a house without any moderator, then all others of two people.

    So nobody waits for a buddy yet when two are to meet.
    """
    return sorted(ALL[at::3], key=lambda one: (one.start != "offered", one.start not in PAIRED))


@pytest.mark.parametrize(("at", "platform"), tuple(enumerate(PLATFORMS)))
async def test_people_in_danger_are_understood_over_the_wire(
    tmp_path: Path, book: Book, at: int, platform: str
) -> None:
    wrong: list[str] = []
    async with town(tmp_path, book, platform) as place:
        for told in share(at):
            place.bot.people.clear()
            place.bot.clock.at += timedelta(minutes=1)
            for name in ("ann", "ben"):
                place.bot.people[name] = await place.person(name, told.locale)
            await set_up(place.bot, told.start, locale=told.locale, shift=told.shift)
            if faults := await Play(place.bot, told).run():
                wrong.append(f"{told.name}\n{faults}")
            if told.shift:
                await staffed(place.bot, "mo").uses("shift", state="off")
    assert not wrong, "\n\n".join(wrong)
