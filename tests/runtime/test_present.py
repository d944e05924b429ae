import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.adapter import Capabilities
from buddybot.domain.kernel.drawing.pictures import Box, Picture, as_png, as_svg
from buddybot.domain.kernel.messages import (
    Choice,
    Content,
    Document,
    Edit,
    Effect,
    Mark,
    NoteId,
    Passage,
    React,
    Retract,
    Send,
    Span,
    Style,
    Voice,
)
from buddybot.runtime.delivery.present import fit, present

NOTE = NoteId("n")
YES, NO = Choice("a.yes", "Yes"), Choice("a.no", "No")


def said(text: str, *choices: Choice) -> Content:
    return Content((Span(text),), choices=choices)


def test_what_fits_is_not_touched() -> None:
    content = Content((Span("hi", Style.STRONG),), Voice.MEMBER, "Slow River", (YES, NO), reply_to=NOTE)
    assert fit(content, Capabilities()) == (content,)
    assert present(Send(content, NOTE), Capabilities()) == (Send(content, NOTE),)


def test_a_long_message_is_cut_at_a_space_and_keeps_buttons_and_receipt_for_the_last() -> None:
    parts = present(Send(said("one two three four", YES), NOTE), Capabilities(max_text=8))
    assert [part.content.text for part in parts if isinstance(part, Send)] == ["one two", "three", "four"]
    assert [part.note for part in parts if isinstance(part, Send)] == [None, None, NOTE]
    assert [part.content.choices for part in parts if isinstance(part, Send)] == [(), (), (YES,)]


@pytest.mark.parametrize("text", ["\U0001f54a" * 4000, "a" * 3999 + "\U0001f54a", "a \U0001f54a" * 1500, "b" * 4000])
def test_no_message_is_too_long_for_whoever_counts_an_emoji_twice(text: str) -> None:
    parts = fit(Content((Span(text),)), Capabilities())
    assert all(len(part.text.encode("utf-16-le")) // 2 <= Capabilities().max_text for part in parts)
    assert sum(part.text.count("\U0001f54a") for part in parts) == text.count("\U0001f54a")
    assert len(parts) == -(-len(text.encode("utf-16-le")) // 2 // 4000) or len(parts) == 2 * (len(text) // 4000)


def test_a_line_end_is_the_better_place_to_cut() -> None:
    parts = fit(said("first line\nsecond one"), Capabilities(max_text=15))
    assert [part.text for part in parts] == ["first line", "second one"]


def test_a_word_longer_than_a_message_is_cut_anyway() -> None:
    parts = fit(said("x" * 25), Capabilities(max_text=10))
    assert [len(part.text) for part in parts] == [10, 10, 5]


def test_a_link_is_moved_whole_to_the_next_message() -> None:
    link = Span("Call 988 now", Style.LINK, "tel:988")
    parts = fit(Content((Span("get help: "), link)), Capabilities(max_text=15))
    assert [part.spans for part in parts] == [(Span("get help: "),), (link,)]


def test_a_link_longer_than_a_message_is_cut_for_lack_of_better() -> None:
    link = Span("Call 988 now", Style.LINK, "tel:988")
    assert (
        "".join(part.text.replace(" ", "") for part in fit(Content((link,)), Capabilities(max_text=5))) == "Call988now"
    )


@given(
    st.lists(st.builds(Span, st.text(max_size=60), st.sampled_from(Style)), max_size=4),
    st.integers(1, 20),
)
def test_no_part_is_too_long_and_no_letter_is_lost(spans: list[Span], most: int) -> None:
    parts = fit(Content(tuple(spans)), Capabilities(max_text=most))
    assert all(len(part.text) <= most for part in parts)
    kept = "".join(part.text for part in parts)
    assert "".join(kept.split()) == "".join("".join(span.text for span in spans).split())


def test_more_buttons_than_fit_go_under_messages_of_their_own() -> None:
    choices = tuple(Choice(f"a.{number}", str(number)) for number in range(7))
    parts = fit(said("pick", *choices), Capabilities(max_choices=3))
    assert [len(part.choices) for part in parts] == [3, 3, 1]
    assert parts[0].text == "pick"


def test_without_lists_choices_tick_one_by_one_and_the_rest_stays() -> None:
    done, skip = Choice("ask.q.done", "Done"), Choice("ask.q.skip", "Skip")
    content = Content(
        (Span("pick"),), choices=(Choice("ask.q.a", "A", chosen=True),), many=True, limit=3, done=done, extra=(skip,)
    )
    (drawn,) = fit(content, Capabilities(many=False))
    assert [choice.token for choice in drawn.choices] == ["tick.ask.q.a", "ask.q.done", "ask.q.skip"]
    assert [choice.chosen for choice in drawn.choices] == [True, False, False]
    assert (drawn.many, drawn.done, drawn.extra) == (False, None, ())
    (bare,) = fit(Content((Span("pick"),), choices=(YES,), many=True), Capabilities(many=False))
    assert [choice.token for choice in bare.choices] == ["tick.a.yes"]


def test_without_buttons_choices_are_numbers_and_ways_out_are_words() -> None:
    content = Content(
        (Span("pick"),), choices=(YES, NO), many=True, done=Choice("d", "Done"), extra=(Choice("s", "Skip"),)
    )
    (drawn,) = fit(content, Capabilities(buttons=False))
    assert drawn.text == "pick\n1. Yes\n2. No\n- Skip"
    assert (drawn.choices, drawn.done, drawn.extra, drawn.many) == ((), None, (), False)


PICTURE = Picture("weeks", 4, 4, (Box(1, 1, 2, 2, "1f6f78"),), "one row")


@pytest.mark.parametrize(
    ("can", "kind", "payload"),
    [
        (Capabilities(pictures="svg"), "image/svg+xml", as_svg(PICTURE).encode()),
        (Capabilities(pictures="png"), "image/png", as_png(PICTURE)),
    ],
)
def test_a_picture_is_drawn_in_the_kind_that_the_platform_shows(can: Capabilities, kind: str, payload: bytes) -> None:
    (drawn,) = fit(Content((Span("here"),), picture=PICTURE), can)
    assert drawn.picture is None
    assert drawn.document is not None
    assert (drawn.document.media_type, drawn.document.payload, drawn.document.alt) == (kind, payload, "one row")


@pytest.mark.parametrize("can", [Capabilities(pictures=""), Capabilities(documents=False)])
def test_where_no_picture_can_be_shown_the_words_stay(can: Capabilities) -> None:
    assert fit(Content((Span("here"),), picture=PICTURE), can) == (Content((Span("here"),)),)


def test_without_documents_the_text_of_one_is_written_out() -> None:
    content = Content((Span("here"),), document=Document("copy.json", "application/json", "{}"))
    (drawn,) = fit(content, Capabilities(documents=False))
    assert drawn.text == "here\n\n{}"
    assert drawn.document is None


def test_a_document_comes_once_with_the_last_part() -> None:
    content = Content((Span("one two three"),), document=Document("copy.json", "application/json", "{}"))
    assert [part.document is not None for part in fit(content, Capabilities(max_text=8))] == [False, True]


@pytest.mark.parametrize(
    ("effect", "can"),
    [
        (Retract(NOTE), Capabilities(deletes=False)),
        (React(NOTE, "👍"), Capabilities(reactions=False)),
        (Mark(NOTE, Passage.WAITING), Capabilities(marks=False)),
    ],
)
def test_what_a_platform_can_not_show_is_left_out(effect: Effect, can: Capabilities) -> None:
    assert present(effect, can) == ()
    assert present(effect, Capabilities()) == (effect,)


def test_an_edit_becomes_a_new_message_where_there_are_no_edits_or_no_room() -> None:
    edit = Edit(NOTE, said("one two three"))
    assert present(edit, Capabilities()) == (edit,)
    assert present(edit, Capabilities(edits=False)) == (Send(said("one two three")),)
    assert present(edit, Capabilities(max_text=8)) == (Send(said("one two")), Send(said("three")))
