"""Only our own styles become markup, whatever a member wrote."""

import re

import pytest
from buddybot_discord.markup import LIMIT, heard, plain, render
from hypothesis import given
from hypothesis import strategies as st

from buddybot.adapter import CardProgress, Content, Span, Style

NASTY = "\\*_~`|<>[]()#@:/-+1. \n\rab￿😀"
MARKUP = re.compile(r"[*_~`|<>\[\]()#@:/]")


def shown(markdown: str) -> str:
    """What Discord displays of text without markup: a backslash before punctuation goes away."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", markdown)


def unescaped(markdown: str) -> str:
    """What is left for Discord to read as markup: an escaped sign stays a sign, so its neighbours don't meet."""
    return re.sub(r"\\[^0-9A-Za-z\s]", "\u00b7", markdown)


def says(*spans: Span, author: str = "") -> Content:
    return Content(spans, author=author)


@pytest.mark.parametrize(
    ("content", "drawn"),
    [
        (says(Span("hi"), author="Otter"), "**Otter:** hi"),
        (says(Span("a*b"), author="*x*"), "**\\*x\\*:** a\\*b"),
        (says(Span("Call "), Span("988", Style.LINK, "tel:988")), "Call 988"),
        (says(Span("Text", Style.LINK, "sms:741741")), "Text (741741)"),
        (says(Span("help]", Style.LINK, "https://x.org/a?b=1")), "[help\\]](<https://x.org/a?b=1>)"),
        (says(Span("bad", Style.LINK, "https://x.org)>")), "bad (\\/\\/x.org\\)\\>)"),
        (says(Span("loud", Style.STRONG)), "**loud**"),
        (says(Span(" ", Style.STRONG), Span(" ", Style.HIDDEN)), "  "),
        (says(Span("x||y|", Style.HIDDEN)), "||x\uff5c\uff5cy\uff5c||"),
        (says(Span("<@123> @everyone <:a:1>")), "\\<\\@123\\> \\@everyone \\<\\:a\\:1\\>"),
        (says(Span("https://evil.example")), "https\\:\\/\\/evil.example"),
        (says(Span("1:.")), "1\\:."),
        (says(Span("- a\n1. b\n# c\n> d\n-# e")), "\\- a\n1\\. b\n\\# c\n\\> d\n\\-\\# e"),
    ],
)
def test_only_our_own_styles_become_markup(content: Content, drawn: str) -> None:
    assert render(content) == drawn


@given(st.text(NASTY) | st.text())
def test_plain_text_is_shown_exactly_and_leaves_nothing_to_read_as_markup(words: str) -> None:
    drawn = plain(words)
    assert shown(drawn) == words.replace("\r\n", "\n").replace("\r", "\n")
    assert MARKUP.search(unescaped(drawn)) is None
    assert re.search(r"^\s*([-+]|\d+\.)", unescaped(drawn), re.MULTILINE) is None


@given(st.text(NASTY, min_size=1).filter(str.strip), st.text(NASTY), st.text(NASTY))
def test_a_spoiler_opens_and_closes_once_whatever_is_in_and_around_it(hidden: str, before: str, after: str) -> None:
    drawn = render(says(Span(before), Span(hidden, Style.HIDDEN), Span(after)))
    assert unescaped(drawn).count("||") == 2
    spoiler = drawn[len(plain(before)) : len(drawn) - len(plain(after))]
    assert (spoiler[:2], spoiler.find("||", 2)) == ("||", len(spoiler) - 2)


@given(st.text("*_`|\\<@:", min_size=40, max_size=60))
def test_text_of_nothing_but_special_characters_still_fits_and_stays_plain(words: str) -> None:
    drawn = render(says(Span(words * 30), author="Otter"))
    assert len(drawn) <= LIMIT
    assert MARKUP.search(unescaped(drawn.removeprefix("**Otter:** "))) is None


@pytest.mark.parametrize("style", [Style.PLAIN, Style.HIDDEN])
@given(words=st.text(NASTY, min_size=1).filter(str.strip), times=st.sampled_from([1, 60]))
def test_what_was_drawn_is_read_back_as_it_was_said(style: Style, words: str, times: int) -> None:
    said = (words * times)[:1800].replace("\r\n", "\n").replace("\r", "\n").strip()
    assert heard(render(says(Span(said, style), author="Otter")).strip()) == said


def test_the_items_of_a_list_are_a_list() -> None:
    marks = (Span("- ", Style.ITEM), Span("- one\n"), Span("2) ", Style.ITEM), Span("two"))
    assert render(says(*marks)) == "- \\- one\n2. two"


def test_what_is_no_mark_of_a_list_is_no_markup() -> None:
    assert MARKUP.search(unescaped(render(says(Span("# [x](y) ", Style.ITEM))))) is None


def test_the_answers_of_a_card_stand_above_its_question_in_small_letters() -> None:
    made = CardProgress("intake", 2, 7, ("What brings you: me", "Pace: *daily*"))
    drawn = render(Content((Span("3 of 7"),), progress=made))
    assert drawn == "-# What brings you\\: me\n-# Pace\\: \\*daily\\*\n3 of 7"
