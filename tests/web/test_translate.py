import json

import pytest
from buddybot_web.translate.frames import frame, message_id
from buddybot_web.translate.inbound import Problem, client_id_of, event_id, inbound
from hypothesis import given
from hypothesis import strategies as st

from buddybot.adapter import (
    COMMANDS,
    Address,
    CardProgress,
    Choice,
    Command,
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
    Scope,
    Send,
    Span,
    Style,
    Voice,
)

ADDRESS = Address("web", "web", "a" * 32)
ORIGIN = Origin("event", ADDRESS)
ID = "m" + "0" * 32
NOTE = NoteId("note")
MODERATORS_ONLY = Command("cases", Scope.MODERATOR)


def read(doing: str, **body: object) -> Inbound | Problem:
    return inbound(doing, {"id": ID, **body}, ORIGIN, (*COMMANDS, MODERATORS_ONLY))


@pytest.mark.parametrize(
    ("doing", "body", "event"),
    [
        ("join", {}, Joined(ORIGIN)),
        ("join", {"invite": "K7QM-3XTW-9RHD"}, Joined(ORIGIN, "K7QM-3XTW-9RHD")),
        ("say", {"text": "hi"}, Said(ORIGIN, "hi", MessageId(ID))),
        ("say", {"text": "hi", "reply": "o7"}, Said(ORIGIN, "hi", MessageId(ID), MessageId("o7"))),
        ("say", {"text": "hi", "reply": "forged id"}, Said(ORIGIN, "hi", MessageId(ID))),
        ("say", {"text": "half \ud83d pair"}, Said(ORIGIN, "half \ufffd pair", MessageId(ID))),
        ("press", {"tokens": ["yes"], "message": "o7"}, Pressed(ORIGIN, ("yes",), MessageId("o7"))),
        ("press", {"tokens": ["a", "b"]}, Pressed(ORIGIN, ("a", "b"))),
        ("invoke", {"command": "crisis"}, Invoked(ORIGIN, "crisis")),
        ("invoke", {"command": "pause", "arguments": {"days": "3"}}, Invoked(ORIGIN, "pause", (("days", "3"),))),
        ("edit", {"message": ID, "text": "hello"}, Edited(ORIGIN, MessageId(ID), "hello")),
        ("unsend", {"message": ID}, Deleted(ORIGIN, MessageId(ID))),
        ("react", {"message": "o7", "emoji": "🙏"}, Reacted(ORIGIN, MessageId("o7"), "🙏")),
        ("react", {"message": "o7", "emoji": ""}, Reacted(ORIGIN, MessageId("o7"), "")),
        (
            "invoke",
            {"command": "report", "arguments": {"message": "o7"}},
            Invoked(ORIGIN, "report", (("message", "o7"),)),
        ),
        ("press", {"tokens": ["yes"], "text": "a\x1eb"}, Pressed(ORIGIN, ("yes",), None, "a\x1eb")),
    ],
)
def test_what_the_browser_says_becomes_an_event(doing: str, body: dict[str, object], event: Inbound) -> None:
    assert read(doing, **body) == event


@pytest.mark.parametrize(
    ("doing", "body", "problem"),
    [
        ("shout", {}, Problem.ODD),
        ("join", {"invite": "a b"}, Problem.ODD),
        ("join", {"invite": "x" * 65}, Problem.ODD),
        ("join", {"invite": 7}, Problem.ODD),
        ("shout", {"message": "o7"}, Problem.ODD),
        ("invoke", {"command": "report", "arguments": {"message": "forged id"}}, Problem.ODD),
        ("press", {"tokens": ["yes"], "text": 7}, Problem.ODD),
        ("press", {"tokens": ["yes"], "text": "x" * 30_000}, Problem.LONG),
        ("say", {}, Problem.ODD),
        ("say", {"text": 7}, Problem.ODD),
        ("say", {"text": " \n\t"}, Problem.ODD),
        ("say", {"text": "x" * 4001}, Problem.LONG),
        ("say", {"text": "hi", "id": "o7"}, Problem.ODD),
        ("press", {}, Problem.ODD),
        ("press", {"tokens": []}, Problem.ODD),
        ("press", {"tokens": "yes"}, Problem.ODD),
        ("press", {"tokens": ["x"] * 26}, Problem.ODD),
        ("press", {"tokens": ["ü" * 33]}, Problem.ODD),
        ("press", {"tokens": ["a", 7]}, Problem.ODD),
        ("invoke", {"command": "nonsense"}, Problem.ODD),
        ("invoke", {"command": "cases"}, Problem.ODD),
        ("invoke", {"command": "pause", "arguments": ["3"]}, Problem.ODD),
        ("invoke", {"command": "pause", "arguments": {"days": 3}}, Problem.ODD),
        ("invoke", {"command": "pause", "arguments": {"weeks": "3"}}, Problem.ODD),
        ("invoke", {"command": "pause", "arguments": {"days": "3" * 4001}}, Problem.LONG),
        ("edit", {"message": ID}, Problem.ODD),
        ("edit", {"message": ID, "text": "x" * 4001}, Problem.LONG),
        ("edit", {"message": "forged id", "text": "x"}, Problem.ODD),
        ("unsend", {}, Problem.ODD),
        ("react", {"message": "o7"}, Problem.ODD),
        ("react", {"message": "o7", "emoji": "🙏" * 17}, Problem.ODD),
    ],
)
def test_what_makes_no_sense_is_a_problem_with_words(doing: str, body: dict[str, object], problem: Problem) -> None:
    assert read(doing, **body) is problem


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(["id", "text", "reply", "tokens", "message", "command", "arguments", "emoji"])


@given(st.sampled_from(["join", "say", "press", "invoke", "edit", "unsend", "react", ""]), st.dictionaries(KEYS, JSON))
def test_nothing_a_browser_sends_raises(doing: str, body: dict[str, object]) -> None:
    inbound(doing, body, ORIGIN, COMMANDS)
    client_id_of(body)


@pytest.mark.parametrize("value", [None, 7, "", "m1", "m" + "G" * 32, ID + "0", "o" + "0" * 32])
def test_an_id_not_of_our_page_is_none(value: object) -> None:
    assert client_id_of({"id": value}) is None


def test_events_of_two_people_never_collide_and_tell_nothing_of_the_account() -> None:
    one, other = event_id("a" * 32, ID), event_id("b" * 32, ID)
    assert one != other
    assert one == event_id("a" * 32, ID)
    assert "aaaa" not in one


def shown(effect: Effect, message: str | None = None, reply: str | None = None) -> dict[str, object]:
    """The frame as a browser reads it."""
    delivery = Delivery(
        12, ADDRESS, effect, MessageId(message) if message else None, MessageId(reply) if reply else None
    )
    lines = frame(delivery).split("\n")
    assert lines[:2] == ["id: 12", "event: effect"]
    assert lines[3:] == ["", ""]
    found: dict[str, object] = json.loads(lines[2].removeprefix("data: "))
    return found


@given(st.text(alphabet=st.characters(codec="utf-8")), st.text(alphabet=st.characters(codec="utf-8")))
def test_text_arrives_as_the_same_plain_text_and_never_as_markup(text: str, alias: str) -> None:
    body = shown(Send(Content((Span(text),), Voice.MEMBER, alias)), reply="o7")
    assert body["spans"] == [{"style": "plain", "text": text, "target": ""}]
    assert (body["author"], body["voice"], body["message"], body["reply"]) == (alias, "member", "o12", "o7")


def test_a_card_and_the_chosen_language_arrive_as_data() -> None:
    made = CardProgress("intake", 2, 7, ("Where you are: steady",))
    body = shown(Send(Content((Span("3"),), progress=made, language="es")))
    assert body["progress"] == {"card": "intake", "number": 2, "total": 7, "answers": ["Where you are: steady"]}
    assert body["language"] == "es"


def test_choices_lists_and_documents_arrive_whole() -> None:
    body = shown(
        Send(
            Content(
                (Span("Which?", Style.STRONG), Span("secret", Style.HIDDEN)),
                choices=(Choice("a", "One"), Choice("b", "Two", chosen=True)),
                many=True,
                limit=2,
                document=Document("export.json", "application/json", "{}"),
            )
        )
    )
    assert body["choices"] == [
        {"token": "a", "label": "One", "chosen": False, "main": False, "share": 0},
        {"token": "b", "label": "Two", "chosen": True, "main": False, "share": 0},
    ]
    assert (body["many"], body["limit"]) == (True, 2)
    assert body["document"] == {"name": "export.json", "type": "application/json", "text": "{}", "alt": ""}


@pytest.mark.parametrize(
    ("target", "style"),
    [
        ("https://example.org/a?b=c", "link"),
        ("tel:988", "link"),
        ("sms:988", "link"),
        ("http://example.org", "plain"),
        ("javascript:alert(1)", "plain"),
        ("https://", "plain"),
        ("https://example.org/ x", "plain"),
        ("java\nscript:x", "plain"),
        (" https://example.org", "plain"),
        ("data:text/html,x", "plain"),
        ("", "plain"),
    ],
)
def test_only_addresses_of_help_become_links(target: str, style: str) -> None:
    spans = shown(Send(Content((Span("here", Style.LINK, target),))))["spans"]
    assert spans == [{"style": style, "text": "here", "target": target if style == "link" else ""}]


@pytest.mark.parametrize(
    ("effect", "body"),
    [
        (Retract(NOTE), {"kind": "retract", "message": "o7"}),
        (React(NOTE, "🙏"), {"kind": "react", "message": "o7", "emoji": "🙏"}),
        (Mark(NOTE, Passage.WAITING), {"kind": "mark", "message": "o7", "passage": "waiting"}),
    ],
)
def test_a_change_names_the_message_it_is_about(effect: Effect, body: dict[str, object]) -> None:
    assert shown(effect, "o7") == body


def test_an_edit_carries_the_new_content() -> None:
    body = shown(Edit(NOTE, Content((Span("new"),))), "o7")
    assert (body["kind"], body["message"], body["spans"]) == (
        "edit",
        "o7",
        [{"style": "plain", "text": "new", "target": ""}],
    )


def test_a_new_message_is_filed_under_its_outbox_row_and_a_change_under_what_it_changes() -> None:
    content = Content((Span("x"),))
    assert message_id(Delivery(12, ADDRESS, Send(content))) == "o12"
    assert message_id(Delivery(12, ADDRESS, Edit(NOTE, content), MessageId("o7"))) == "o7"
    assert message_id(Delivery(12, ADDRESS, Retract(NOTE))) == "o12"
