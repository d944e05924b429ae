"""A bad night on a phone with Discord: what is forwarded, put into a poll or edited in is heard, and goes nowhere."""

from pathlib import Path

import pytest

from tests.discord.test_odd_messages import forwarded, picture, poll
from tests.discord.world import Json
from tests.stories.moderating import cases
from tests.stories.on_wires import gets, on_wires, reads, taps, times
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


@pytest.mark.parametrize(
    "nasty",
    ["*" * 1200 + " you are the worst", " ".join(f"word{number}" for number in range(400)), "w" * 3000],
    ids=["no room for escapes", "in two messages", "cut within a word"],
)
async def test_a_note_that_had_to_be_shown_otherwise_is_proved_when_it_is_reported(tmp_path: Path, nasty: str) -> None:
    async with on_wires(tmp_path) as wires:
        ann, ben = wires.discord("ann"), wires.discord("ben")
        await wires.meet(ann, ben)
        await ann.says("hello you")
        await ann.says(nasty)
        await until(lambda: any(nasty[-10:] in one for one in reads(ben)))
        await ben.says("/report")
        await taps(ben, "Mean", "Only this one")
        await until(lambda: times(ben, "Sent."))
        opened = [case.id for case in await cases(wires.bot)]
        told = await wires.bot.house.store.read(lambda tx: [one for each in opened for one in tx.records.reports(each)])
        assert [(one.text, one.verified) for one in told] == [(nasty, True)]
