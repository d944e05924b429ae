"""Quotes: words marked in a message that is answered come along, where just this was said; a report has them marked."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from buddybot_discord import markup as discord

from buddybot.adapter import Content, Quote, Said, Span, Voice
from buddybot.domain.kernel.messages import MessageId
from buddybot.service.kernel.book import Book
from buddybot.service.talk.franking import LONGEST_QUOTE
from buddybot.testing import TestBot
from tests.stories.wires import until
from tests.telegram.lines import Line, connected

LONG = "we had soup / rice, and later a long walk by the river"


@pytest.fixture
async def line(tmp_path: Path, book: Book) -> AsyncIterator[Line]:
    async with connected(tmp_path, book, topics=False) as made:
        yield made


async def test_what_ann_marks_in_bens_note_reaches_ben_with_her_answer_and_nothing_else_does(line: Line) -> None:
    await line.meets()
    await line.ben.says(LONG)
    await line.bot.settle()
    copy = next(text for text in line.ann.sees() if "river" in text)
    line.ann.says("which river?", reply_to=copy, quote="a long walk by the river")
    await line.hears("which river?")
    assert line.ben.last().content.quote == "a long walk by the river"
    line.ann.says("rice!", reply_to=copy, quote=copy)  # the alias before it is none of his words
    await line.hears("rice!")
    assert line.ben.last().content.quote == LONG

    # What was held back is not passed on as a quote, nor what the bot said.
    line.ann.says("call me at 555 201 7788")
    await until(lambda: "Send without it" in line.ann.last().labels)
    line.ann.says("you know which", reply_to="call me at 555 201 7788", quote="555 201 7788")
    await line.hears("you know which")
    assert line.ben.last().content.quote == ""


async def test_a_report_has_what_was_marked_inside_the_whole_and_is_still_proven(line: Line) -> None:
    await line.meets()
    await line.ben.says("nice day. you are so slow. bye")
    await line.bot.settle()
    copy = next(text for text in line.ann.sees() if "slow" in text)
    line.ann.says("/report", reply_to=copy, quote="you are so slow.")
    await until(lambda: "Mean" in line.ann.last().labels)
    line.ann.presses("Mean")
    await until(lambda: line.ann.last().text.startswith("Sent."))
    cases = await line.bot.house.store.read(lambda tx: [one for (one,) in tx.db.rows("SELECT id FROM case_file")])
    reports = await line.bot.house.store.read(lambda tx: tx.records.reports(cases[-1]))
    assert [(one.text, one.verified) for one in reports] == [("nice day. »you are so slow.« bye", True)]


async def test_two_on_telegram_see_it_as_their_app_draws_it_and_without_where_it_was_changed(line: Line) -> None:
    """The bot's own people on one platform: a native quote, and none where the words are not there any more."""
    await line.meets()
    line.ann.says("one two three")
    await line.hears("one two three")
    own = line.ann.finds("one two three")
    shown = line.ben.last()
    quoted = Quote("one two three", "two")
    await line.ben.does(Said(line.ben._origin(), "why two?", MessageId("b1"), shown.id, quote=quoted))
    assert (line.ann.last().reply_to, line.ann.last().quote) == (own, "two")
    own.text = "changed"
    await line.ben.does(Said(line.ben._origin(), "and now?", MessageId("b2"), shown.id, quote=quoted))
    assert (line.ann.last().text.partition(": ")[2], line.ann.last().quote) == ("and now?", "")


@pytest.mark.parametrize(
    ("quote", "passed"),
    [
        (Quote("one two three", "two"), "two"),
        (Quote("one two three\u200b ", "two \u200b"), ""),
        (Quote("one two three", "four"), ""),
        (Quote("never said", "never"), ""),
        (Quote("one two three", ""), ""),
    ],
)
async def test_only_what_was_really_said_there_is_passed_on(bot: TestBot, quote: Quote, passed: str) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("one two three")
    about = ann.last()
    await ann.does(Said(ann._origin(), "yes", MessageId("a1"), about.id, quote=quote))
    assert (ben.hears()[-1].endswith("yes"), ben.last().content.quote) == (True, passed)
    await ann.does(Said(ann._origin(), "no", MessageId("a2"), None, quote=quote))
    assert ben.last().content.quote == ""


async def test_a_quote_is_bounded(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    words = "soup " * 100
    await ben.says(words.strip())
    await ann.does(
        Said(ann._origin(), "yes", MessageId("a1"), ann.last().id, quote=Quote(words.strip(), words.strip()))
    )
    assert 0 < len(ben.last().content.quote) <= LONGEST_QUOTE
    assert words.startswith(ben.last().content.quote)


def test_on_discord_a_quote_is_a_line_above_and_no_part_of_what_is_reported() -> None:
    content = Content((Span("no *way*"),), Voice.MEMBER, "Calm Otter", quote="two\n> *words*")
    drawn = discord.render(content)
    assert drawn.splitlines()[0] == r"> two \> \*words\*"
    assert discord.heard(drawn) == "no *way*"


async def test_words_in_a_rich_message_reach_somebody_elsewhere_as_plain_ones_and_are_read(line: Line) -> None:
    await line.meets()
    bold = {"type": "bold", "text": "soup"}
    blocks = [{"type": "heading", "text": "Today", "size": 1}, {"type": "paragraph", "text": ["we had ", bold]}]
    line.ann.says("", extra={"rich_message": {"blocks": blocks}})
    await line.hears("Today\nwe had soup")
    cry = [
        {"type": "list", "items": [{"label": "1.", "blocks": [{"type": "paragraph", "text": "i want to kill myself"}]}]}
    ]
    line.ann.says("", extra={"rich_message": {"blocks": cry}})
    await until(lambda: any("988" in text for text in line.ann.sees()))
