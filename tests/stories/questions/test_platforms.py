"""Typed answers over the wire of each platform: what is said about a buddy under a question never gets to them."""

from pathlib import Path

import pytest

from tests.stories.test_across import town
from tests.stories.wires import meet, until


@pytest.mark.parametrize(("here", "there"), [("telegram", "web"), ("discord", "telegram"), ("web", "discord")])
async def test_what_is_asked_is_answered_by_typing_on_every_platform(tmp_path: Path, here: str, there: str) -> None:
    async with town(tmp_path) as place:
        ann, ben = place.people[here]("ann"), place.people[there]("ben")
        await meet(ann, ben)
        await ann.says("/block")
        await until(lambda: "Yes, block" in ann.labels())
        await ann.says("wait, what will happen then")
        await until(lambda: any("did not pass that on" in text for text in ann.sees()))
        await ann.says("no dont block him")
        await until(lambda: any("Nothing changed" in text for text in ann.sees()))
        await ann.says("/report")
        await until(lambda: "Mean" in ann.labels())
        await ann.says("hes mean to me")
        await until(lambda: any("Should moderators see" in text for text in ann.sees()))
        await ann.says("never mind")
        await until(lambda: any("I sent nothing" in text for text in ann.sees()))
        await ann.says("/goodbye")
        await until(lambda: "Just leave" in ann.labels())
        await ann.says("hello from over here")
        await until(lambda: any("hello from over here" in text for text in ben.sees()))
        await ann.says("a kind standard note")
        if here == "web":  # the page asked meanwhile whether it may call: what can't be undone is asked about then
            await until(lambda: any('Did you mean "A kind standard note"?' in text for text in ann.sees()))
            await ann.says("yes")
        await until(lambda: any("Want a new buddy" in text for text in ann.sees()))
        heard = " ".join(ben.sees())
        assert not any(words in heard for words in ("wait, what", "block him", "mean to me", "never mind"))
