import pytest
from buddybot_telegram.markup import AT, SLASH, Drawn, draw, quoted, whole
from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity

from buddybot.adapter import CardProgress, Content, Span, Style, Voice
from tests.telegram.objects import detect, utf16

AWKWARD = ["👩\N{ZERO WIDTH JOINER}👧", "🦦", "e\u0301", "/forget", "@ann", "*b*", "<i>x</i>", "[a](b)"]
TEXTS = st.text(st.characters(), max_size=30) | st.sampled_from(AWKWARD)
SPANS = st.lists(st.builds(Span, TEXTS, st.sampled_from(Style), st.just("https://a.example/")), max_size=6)


def pieces(drawn: Drawn, kind: str) -> list[str]:
    units = drawn.text.encode("utf-16-le")
    return [
        units[2 * int(entity["offset"]) : 2 * (int(entity["offset"]) + int(entity["length"]))].decode("utf-16-le")
        for entity in drawn.entities
        if entity["type"] == kind
    ]


@given(SPANS)
def test_every_styled_span_is_marked_exactly_whatever_signs_stand_before_it(spans: list[Span]) -> None:
    drawn = draw(Content(tuple(spans)))

    for style, kind in ((Style.STRONG, "bold"), (Style.HIDDEN, "spoiler"), (Style.LINK, "text_link")):
        assert pieces(drawn, kind) == [whole(span.text) for span in spans if span.style is style and span.text]


@given(TEXTS)
def test_what_a_member_writes_is_never_marked_nor_made_tappable(text: str) -> None:
    drawn = draw(Content((Span(text),), Voice.MEMBER, author="Otter"))

    assert pieces(drawn, "bold") == ["Otter"]
    assert len(drawn.entities) == 1
    assert [entity for entity in detect(drawn.text) if entity["type"] != "url"] == []


@given(st.text(max_size=40), st.sampled_from(["", "Otter", "Otter 🦦", "Quiet Fox"]))
def test_a_quote_gives_back_exactly_what_was_said(text: str, alias: str) -> None:
    text = whole(text).replace(SLASH, "").replace(AT, "")
    drawn = draw(Content((Span(text),), Voice.MEMBER, alias))
    entities = [MessageEntity(str(each["type"]), int(each["offset"]), int(each["length"])) for each in drawn.entities]

    assert quoted(drawn.text, entities) == text


@given(TEXTS)
def test_a_note_of_ours_stands_on_its_own_line_at_the_end(text: str) -> None:
    drawn = draw(Content((Span(text),)), "(may be a repeat)")

    assert drawn.text == whole(text) + "\n(may be a repeat)"


def test_the_alias_stands_first_and_strong() -> None:
    drawn = draw(Content((Span("hello"),), Voice.MEMBER, author="Otter 🦦"))

    assert drawn.text == "Otter 🦦: hello"
    assert drawn.entities == ({"type": "bold", "offset": 0, "length": utf16("Otter 🦦")},)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("try /forget now", f"try {SLASH}forget now"),
        ("and/or", "and/or"),
        ("https://a.example/x/@y", "https://a.example/x/@y"),
        ("I am @ann_b", f"I am {AT}ann_b"),
        ("a@b.example", "a@b.example"),
        ("see you @ 5", "see you @ 5"),
        ("12/3", "12/3"),
        ("/ or //", "/ or //"),
    ],
)
def test_a_members_commands_and_mentions_look_alike_but_do_nothing(written: str, shown: str) -> None:
    assert draw(Content((Span(written),), Voice.MEMBER)).text == shown


def test_the_bots_own_commands_stay_tappable() -> None:
    assert detect(draw(Content((Span("Type /goodbye."),))).text)[0]["type"] == "bot_command"


@pytest.mark.parametrize(
    ("text", "target", "shown", "kind"),
    [
        ("Help page", "https://a.example/", "Help page", "text_link"),
        ("Call 988", "tel:988", "Call 988", ""),
        ("Call them", "tel:988", "Call them (988)", ""),
        ("Text HOME", "sms:741741?body=HOME", "Text HOME (741741)", ""),
    ],
)
def test_a_number_to_call_is_there_to_read_where_it_can_not_be_a_link(
    text: str, target: str, shown: str, kind: str
) -> None:
    drawn = draw(Content((Span(text, Style.LINK, target),)))

    assert drawn.text == shown
    assert [entity["type"] for entity in drawn.entities] == ([kind] if kind else [])


def test_a_strong_word_of_a_member_is_not_taken_for_an_alias_when_quoted() -> None:
    bold = MessageEntity("bold", 0, 5)
    late = MessageEntity("bold", 3, 2)

    assert quoted("hello there", [bold, late]) == "hello there"


def test_the_items_of_a_list_have_a_mark_each() -> None:
    marks = (Span("- ", Style.ITEM), Span("one\n"), Span("2) ", Style.ITEM), Span("two"))
    assert draw(Content(marks)).text == "• one\n2) two"


def test_the_answers_of_a_card_stand_above_its_question_in_a_quote_that_opens() -> None:
    made = CardProgress("intake", 2, 7, ("What brings you: 🦦 me", "Where you are: up and down"))
    drawn = draw(Content((Span("3 of 7. "), Span("What would help?", Style.STRONG)), progress=made))
    assert drawn.text == "What brings you: 🦦 me\nWhere you are: up and down\n3 of 7. What would help?"
    assert pieces(drawn, "expandable_blockquote") == ["What brings you: 🦦 me\nWhere you are: up and down"]
    assert pieces(drawn, "bold") == ["What would help?"]
    assert draw(Content((Span("hi"),), progress=CardProgress("intake", 1, 7))).text == "hi"
