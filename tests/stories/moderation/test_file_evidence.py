"""A reported photo reaches moderators only with its proof: sealed with the case, hidden until opened, opening noted."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.adapter import Capabilities
from buddybot.domain.kernel.messages import Pressed
from buddybot.service.kernel.book import Book
from buddybot.testing import FakePlatform, Person, TestBot, running
from tests import samples
from tests.stories.moderating import audit, code
from tests.stories.moderation.test_desk import enter
from tests.stories.talk.test_media import agreed, at_once, files

LABEL = "A photo. Tap it to see it."


@pytest.fixture
async def bot(tmp_path: Path, book: Book) -> AsyncIterator[TestBot]:
    practice = replace(book.practice, desk_url="https://desk.example", photos=True, voice=True)
    shows = FakePlatform(capabilities=Capabilities(media=frozenset({"photo", "voice"})))
    async with running(tmp_path, book=replace(book, practice=practice), platform=shows) as running_bot:
        running_bot.house.engine.arrivals.made_anew = at_once
        yield running_bot


async def reports(person: Person, data: bytes) -> None:
    """Report the buddy, and hand a file over as a page does that holds it."""
    await person.uses("report")
    await person.presses("Mean")
    choice, message = person._choice("Only this one")
    await person.does(Pressed(person._origin(), (choice.token,), message, LABEL, file=data))


async def test_a_reported_photo_is_kept_only_with_its_proof_and_opening_it_is_noted(bot: TestBot) -> None:
    ann, ben = await agreed(bot)
    await ann.shares("photo", samples.jpeg())
    (made,) = files(ben)
    await reports(ben, made.data)
    desk, session, mo = await enter(bot)
    page = await desk.case(session, await code(bot))
    assert page is not None
    assert [(one.text, one.verified, one.media) for one in page.evidence] == [
        (LABEL, True, ""),
        ("", True, "image/jpeg"),
    ]
    assert "open-file" not in await audit(bot)
    assert await desk.open_file(session, await code(bot), 0) is None
    assert await desk.open_file(session, await code(bot), 1) == ("image/jpeg", made.data)
    assert (await audit(bot)).count("open-file") == 1
    await mo.says(f"/mod case {await code(bot)}")
    assert any("Open it at the desk" in text for text in mo.sees())
    assert not any("/9j/" in text for text in mo.sees())
    await mo.says(f"/mod close {await code(bot)}")
    await bot.wait(days=31)
    _, session, _ = await enter(bot)
    assert await desk.open_file(session, await code(bot), 1) is None


async def test_a_file_that_nobody_sent_here_is_not_kept_and_the_words_are(bot: TestBot) -> None:
    ann, ben = await agreed(bot)
    await ann.shares("photo", samples.jpeg())
    await reports(ben, samples.png())
    desk, session, _ = await enter(bot)
    page = await desk.case(session, await code(bot))
    assert page is not None
    assert [(one.text, one.media) for one in page.evidence] == [(LABEL, "")]


async def test_a_file_of_ones_own_proves_nothing_about_the_other(bot: TestBot) -> None:
    ann, ben = await agreed(bot)
    await ben.shares("photo", samples.jpeg())
    (made,) = files(ann)
    await reports(ben, made.data)
    desk, session, _ = await enter(bot)
    page = await desk.case(session, await code(bot))
    assert page is not None
    assert [one.media for one in page.evidence] == [""]
