"""One channel on Telegram and on Discord is one room."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from buddybot.domain.kernel.verdicts import Label, Outcome, Verdict
from buddybot.service.kernel.book import Book
from tests.stories.bridging import Bridge, bridged
from tests.stories.reading import asks_for
from tests.stories.wires import OnDiscord, OnTelegram, comes_in, until

ASK = "who's got blues, dm me"
SCRIPT = {ASK: asks_for(Verdict(Outcome.HOLD, "sourcing_ask"), Label.SOURCING)}


@pytest.fixture
async def bridge(tmp_path: Path, book: Book) -> AsyncIterator[Bridge]:
    async with bridged(tmp_path, book, SCRIPT) as made:
        yield made


async def test_an_open_channel_is_one_room(bridge: Bridge) -> None:
    ann, ben = bridge.fake.person("ann"), await bridge.on_discord("ben")
    note = ann.posts(bridge.forum, "good evening", "Lobby")
    await until(lambda: any("good evening" in text for text in bridge.shown("lobby")))
    copy = next(one for one in bridge.written("lobby") if "good evening" in one.content)
    assert "ann" not in copy.content.lower().split()
    await ben.says_in(bridge.room("lobby"), "evening to you")
    await until(lambda: any("evening to you" in text for text in bridge.forum.sees("Lobby")))
    answer = bridge.forum.finds("evening to you", "Lobby")
    assert "ben" not in answer.text.lower().split()
    ann.rewrites(note, "good night")
    await until(lambda: any("good night" in text for text in bridge.shown("lobby")))
    ann.reacts_in(bridge.forum, answer, "\N{THUMBS UP SIGN}")
    theirs = next(one for one in bridge.written("lobby") if one.content == "evening to you")
    await until(lambda: any(who for who in theirs.reactions.values()))


async def test_what_breaks_a_rule_reaches_no_other_platform(bridge: Bridge) -> None:
    ann = bridge.fake.person("ann")
    ann.posts(bridge.forum, ASK, "Lobby")
    ann.posts(bridge.forum, "good evening", "Lobby")
    await until(lambda: any("good evening" in text for text in bridge.shown("lobby")))
    assert not any(ASK in text for text in (*bridge.shown("lobby"), *bridge.forum.sees("Lobby")))
    await until(lambda: any("asking for drugs" in text for text in ann.sees()))


async def test_an_anonymous_channel_has_one_alias_for_one_person_on_both(bridge: Bridge) -> None:
    await comes_in(OnTelegram(bridge.fake, "ann"))
    ann = bridge.fake.person("ann")
    ann.says("/write nights can't sleep again")
    await until(lambda: any("can't sleep again" in text for text in bridge.shown("nights")))
    await until(lambda: any("can't sleep again" in text for text in bridge.forum.sees("Nights")))
    here = bridge.forum.finds("can't sleep again", "Nights").text.partition(":")[0]
    assert any(here in text for text in bridge.shown("nights"))
    ben = OnDiscord(bridge.wire, "ben")
    await ben.person.comes()
    await comes_in(ben)
    await ben.says("/write nights me neither")
    await until(lambda: any("me neither" in text for text in bridge.forum.sees("Nights")))
    assert not any("ben" in text.lower().split() for text in bridge.forum.sees("Nights"))
