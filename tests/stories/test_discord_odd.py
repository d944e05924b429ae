"""A bad night on a phone with Discord: what is forwarded, put into a poll or edited in is heard, and goes nowhere."""

from pathlib import Path

import pytest

from tests.discord.test_odd_messages import forwarded, picture, poll
from tests.discord.world import Json
from tests.stories.on_wires import gets, on_wires, reads, times
from tests.stories.wires import until

CRY = "i want to kill myself tonight"


@pytest.mark.parametrize(
    "parts",
    [forwarded(CRY), poll(CRY, "yes", "no"), picture(CRY)],
    ids=["forward", "poll", "description of a picture"],
)
async def test_a_cry_that_is_no_note_is_answered_and_reaches_no_buddy(tmp_path: Path, parts: Json) -> None:
    async with on_wires(tmp_path) as wires:
        ann, ben = wires.discord("ann"), wires.discord("ben")
        await wires.meet(ann, ben)
        before = len(reads(ben))
        await gets(ann, ann.person.says("", parts=parts), "988")
        await ann.says("sorry about that")
        await until(lambda: times(ben, "sorry about that"))
        assert not any(CRY in one for one in reads(ben)[before:])


async def test_a_cry_that_is_edited_in_is_answered_and_the_buddy_sees_it(tmp_path: Path) -> None:
    async with on_wires(tmp_path) as wires:
        ann, ben = wires.discord("ann"), wires.discord("ben")
        await wires.meet(ann, ben)
        said = await ann.person.says("i am fine")
        await until(lambda: times(ben, "i am fine"))
        await gets(ann, ann.person.edits(said, CRY), "988")
        await until(lambda: times(ben, CRY))
        assert not times(ben, "i am fine")
