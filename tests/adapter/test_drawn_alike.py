"""What the core declares once, drawn by three adapters: what a button is for, a moment, a number to call."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from buddybot_discord import markup as discord
from buddybot_telegram.outbound import body
from buddybot_web.translate.frames import frame

from buddybot.adapter import Address, Capabilities, Choice, Content, Delivery, Purpose, Send, Span, Style
from buddybot.domain.kernel.rich_text import timed
from buddybot.runtime.delivery.present import fit
from buddybot.service.kernel.book import Book
from buddybot.testing import running

Drawn = dict[str, Any]  # type: ignore[explicit-any]  # JSON of three platforms
AT = datetime(2026, 12, 2, 18, 0, tzinfo=UTC)
CHOICES = (
    Choice("a", "Help", purpose=Purpose.HELP),
    Choice("b", "Erase", purpose=Purpose.ERASE),
    Choice("c", "Find", main=True),
    Choice("d", "Other"),
)


def on_web(content: Content) -> Drawn:
    written = frame(Delivery(1, Address("web", "main", "a"), Send(content)))
    return cast("Drawn", json.loads(next(line for line in written.splitlines() if line.startswith("data: "))[6:]))


def test_help_and_what_cant_be_undone_are_told_apart_on_all_three() -> None:
    content = Content((Span("?"),), choices=CHOICES)
    telegram = [
        one.get("style") for row in cast("Drawn", body(content)["reply_markup"])["inline_keyboard"] for one in row
    ]
    assert telegram == ["danger", "danger", "primary", None]
    assert [one["style"] for row in cast("list[Drawn]", discord.components(content)) for one in row["components"]] == [
        discord.DANGER,
        discord.DANGER,
        discord.PRIMARY,
        discord.SECONDARY,
    ]
    web = on_web(content)["choices"]
    assert [one.get("purpose") for one in web] == ["help", "erase", None, None]


@pytest.mark.parametrize(("day", "telegram", "discord_"), [(True, "D", "D"), (False, "Dt", "f")])
def test_a_moment_is_shown_on_the_clock_of_whoever_reads_it_and_its_words_stay(
    telegram: str, discord_: str, *, day: bool
) -> None:
    spans = timed((Span("A break until Wednesday 🦦. Okay?"),), "Wednesday 🦦", AT, day=day)
    content = Content(spans)
    unix = int(AT.timestamp())
    shown = body(content)
    assert shown["text"] == content.text == "A break until Wednesday 🦦. Okay?"
    assert shown["entities"] == (
        {"type": "date_time", "offset": 14, "length": 12, "unix_time": unix, "date_time_format": telegram},
    )
    assert discord.render(content) == f"A break until <t:{unix}:{discord_}>. Okay?"
    web = on_web(content)["spans"]
    assert [(one["text"], one.get("at"), one.get("day")) for one in web] == [
        ("A break until ", None, None),
        ("Wednesday 🦦", unix, day),
        (". Okay?", None, None),
    ]


def test_words_that_are_not_there_and_a_message_in_pieces_keep_every_word() -> None:
    plain = (Span("Until then."),)
    assert timed(plain, "Friday", AT) == plain
    assert timed(plain, "", AT) == plain
    long = timed((Span(f"{'word ' * 30}Friday {'word ' * 30}"),), "Friday", AT)
    pieces = fit(Content(long), Capabilities(max_text=40))
    told = [span for piece in pieces for span in piece.spans if span.at is not None]
    assert [span.text for span in told] == ["Friday"]
    whole = "".join(span.text for piece in pieces for span in piece.spans)
    assert whole.replace(" ", "") == Content(long).text.replace(" ", "")


def test_numbers_to_call_can_be_copied_once_each_on_telegram_where_no_link_dials() -> None:
    links = (
        Span("Call 988", Style.LINK, "tel:988"),
        Span("Call them", Style.LINK, "tel:988"),
        Span("Text HOME", Style.LINK, "sms:741741?body=HOME"),
        Span("Page", Style.LINK, "https://a.example/"),
    )
    rows = cast("Drawn", body(Content(links, choices=(Choice("t", "Okay"),)))["reply_markup"])["inline_keyboard"]
    assert rows == [
        [{"text": "988", "copy_text": {"text": "988"}}, {"text": "741741", "copy_text": {"text": "741741"}}],
        [{"text": "Okay", "callback_data": "t"}],
    ]


@pytest.mark.parametrize("locale", ["en", "es"])
async def test_the_end_of_a_break_is_a_moment_in_every_language(tmp_path: Path, book: Book, locale: str) -> None:
    async with running(tmp_path, book=book) as bot:
        ann = bot.person("ann", locale=locale)
        await ann.joins(lane="self", now="thinking")
        await ann.says("/pause 3")
        told = [span for shown in ann.chat() for span in shown.content.spans if span.at is not None]
        assert [(span.at, span.day) for span in told] == [(bot.clock.now() + timedelta(days=3), True)]
        assert "2026" in told[0].text
