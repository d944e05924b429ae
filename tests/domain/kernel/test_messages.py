import pytest

from buddybot.domain.kernel.messages import (
    Address,
    Choice,
    Content,
    Deleted,
    Delivery,
    Document,
    Edit,
    Edited,
    Effect,
    Inbound,
    Invoked,
    Joined,
    Left,
    Mark,
    MessageId,
    NoteId,
    Origin,
    Passage,
    Pressed,
    React,
    Reacted,
    Retract,
    Said,
    Send,
    Span,
    Style,
)

SECRET = "canary"
ADDRESS = Address("web", "main", SECRET)
ORIGIN = Origin("e1", ADDRESS, "en", (SECRET,))
ID, NOTE = MessageId(SECRET), NoteId("n1")
CONTENT = Content((Span(SECRET),), document=Document("copy.json", "application/json", SECRET))

INBOUND: list[Inbound] = [
    Said(ORIGIN, SECRET, ID, ID),
    Pressed(ORIGIN, ("home.find",), ID),
    Invoked(ORIGIN, "pause", (("days", SECRET),)),
    Edited(ORIGIN, ID, SECRET),
    Deleted(ORIGIN, ID),
    Reacted(ORIGIN, ID, SECRET),
    Joined(ORIGIN),
    Left(ORIGIN),
]
EFFECTS: list[Effect] = [
    Send(CONTENT, NOTE),
    Edit(NOTE, CONTENT),
    Retract(NOTE),
    React(NOTE, SECRET),
    Mark(NOTE, Passage.PASSED_ON),
]


@pytest.mark.parametrize("event", INBOUND, ids=lambda one: type(one).__name__)
def test_no_event_shows_words_or_accounts_in_its_repr(event: Inbound) -> None:
    assert SECRET not in repr(event)


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda one: type(one).__name__)
def test_no_delivery_shows_words_or_accounts_in_its_repr(effect: Effect) -> None:
    assert SECRET not in repr(Delivery(1, ADDRESS, effect, ID, ID))


def test_the_text_of_a_message_is_all_its_spans() -> None:
    content = Content((Span("call "), Span("988", Style.LINK, "tel:988")), choices=(Choice("a.b", "A"),))
    assert content.text == "call 988"


@pytest.mark.parametrize(
    ("text", "target", "shown"),
    [
        ("Call 988", "tel:988", "Call 988"),
        ("Call now", "tel:+18006624357", "Call now (+18006624357)"),
        ("Text us", "sms:741741?&body=HOME", "Text us (741741)"),
    ],
)
def test_a_number_to_call_can_be_read_where_no_link_dials_it(text: str, target: str, shown: str) -> None:
    assert Span(text, Style.LINK, target).dialable == shown
