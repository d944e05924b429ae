"""What a message holds: words wherever they stand, kinds that no library knows yet, and what is somebody else's."""

import pytest
import telegram
from buddybot_telegram.content import SERVICE, bared, content_of

from tests.telegram.objects import ORIGINS, POLL, STRANGER, Json, bot_user

PRIVATE: Json = {"id": 9, "type": "private", "first_name": "Stranger"}
BOT: Json = {**bot_user(), "id": 77, "first_name": "Inline"}


def message(**fields: object) -> telegram.Message:
    found = telegram.Message.de_json({"message_id": 3, "date": 1, "chat": PRIVATE, "from": STRANGER, **fields})
    assert found is not None
    return found


def rich(*blocks: Json) -> telegram.Message:
    return message(rich_message={"blocks": list(blocks)})


BOLD: Json = {"type": "bold", "text": "to die"}
LINK: Json = {"type": "url", "text": ["our ", {"type": "italic", "text": "shop"}], "url": "https://t.me/dealer"}


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ({"type": "paragraph", "text": "I want to die"}, "I want to die"),
        ({"type": "paragraph", "text": ["I want ", BOLD, " tonight"]}, "I want to die tonight"),
        ({"type": "paragraph", "text": [{"type": "spoiler", "text": ["I want ", BOLD]}]}, "I want to die"),
        ({"type": "heading", "text": BOLD, "size": 1}, "to die"),
        ({"type": "blockquote", "blocks": [{"type": "paragraph", "text": "a"}], "credit": ["b"]}, "a\nb"),
        ({"type": "list", "items": [{"label": "1.", "blocks": [{"type": "footer", "text": "a"}]}]}, "a"),
        ({"type": "table", "cells": [[{"text": "a"}, {"text": ["b"]}, {}]], "caption": "c"}, "a\nb\nc"),
        ({"type": "details", "summary": "a", "blocks": [{"type": "pre", "text": "b", "language": "py"}]}, "a\nb"),
        ({"type": "collage", "blocks": [], "caption": {"text": "a", "credit": "b"}}, "a\nb"),
        ({"type": "mathematical_expression", "expression": "x"}, "x"),
        ({"type": "pullquote", "text": ["a ", BOLD], "credit": "b"}, "a to die\nb"),
        (
            {"type": "thinking", "text": {"type": "date_time", "text": "a", "unix_time": 5, "date_time_format": "D"}},
            "a",
        ),
        (
            {
                "type": "paragraph",
                "text": ["a", {"type": "custom_emoji", "custom_emoji_id": "5", "alternative_text": "🦦"}],
            },
            "a🦦",
        ),
        ({"type": "slideshow", "blocks": [{"type": "paragraph", "text": "a"}], "caption": {"text": "b"}}, "a\nb"),
        ({"type": "a block of next year", "verses": ["a", {"text": ["b", BOLD]}]}, "a\nbto die"),
    ],
)
def test_the_words_of_a_rich_message_are_read_wherever_they_stand(block: Json, words: str) -> None:
    found = content_of(rich(block))

    assert (found.text, found.kinds, found.beside) == (words, (), "")


@pytest.mark.parametrize("blocks", [(), ({"type": "divider"},), ({"type": "news", "film": {"film_id": "f"}},)])
def test_a_rich_message_without_words_is_answered_like_anything_that_is_none(blocks: tuple[Json, ...]) -> None:
    assert (content_of(rich(*blocks)).text, content_of(rich(*blocks)).kinds) == ("", ("unknown",))


@pytest.mark.parametrize("levels", [90, 5_000])
def test_a_message_of_boxes_in_boxes_stops_nothing(levels: int) -> None:
    words: object = "deep"
    for _ in range(levels):
        words = {"type": "bold", "text": words}
    found = content_of(rich({"type": "paragraph", "text": "I want to die"}, {"type": "paragraph", "text": words}))

    assert found.text.startswith("I want to die")
    assert found.kinds == (() if levels == 90 else ("unknown",))


def test_a_rich_message_shows_where_its_links_lead_only_where_it_stays() -> None:
    linked = rich({"type": "paragraph", "text": ["from ", LINK]})

    assert content_of(linked).text == "from our shop"
    assert content_of(linked, shown=True).text == "from our shop (https://t.me/dealer)"


@pytest.mark.parametrize("kind", ["photo", "video", "voice_note", "map"])
def test_what_is_no_words_in_a_rich_message_is_named(kind: str) -> None:
    block: Json = {"type": kind, kind: {"file_id": "f"}, "caption": {"text": "look"}}

    assert (content_of(rich(block)).text, content_of(rich(block)).kinds) == ("look", (kind,))


def test_content_that_nobody_knows_is_a_kind_of_its_own_and_its_words_are_read() -> None:
    found = content_of(message(dream={"id": "7", "type": "x", "lines": ["I want ", "tonight"], "text": ["to ", "die"]}))

    assert (found.text, found.kinds) == ("", ("unknown",))
    assert found.beside == "I want \ntonight\nto die"


def test_a_caption_under_something_nobody_knows_passes_with_what_is_unknown_named() -> None:
    found = content_of(message(caption="my garden", hologram={"file_id": "f"}))

    assert (found.text, found.kinds, found.beside) == ("my garden", ("unknown",), "")


def test_a_new_field_beside_plain_words_makes_them_nothing_else() -> None:
    found = content_of(message(text="hi", sender_badge="new here", receiver_user=STRANGER, weight=3))

    assert (found.text, found.kinds, found.beside) == ("hi", (), "new here")


@pytest.mark.parametrize("name", ["forum_topic_closed", "community_chat_added", "migrate_from_chat_id"])
def test_what_telegram_itself_says_is_no_content(name: str) -> None:
    assert name in SERVICE
    found = content_of(message(**{name: 5 if name.endswith("id") else {}}))

    assert (found.text, found.kinds) == ("", ())


def test_the_words_of_a_poll_and_of_a_checklist_are_read_and_are_no_note() -> None:
    poll: Json = {**POLL, "question": "should I end it"}
    found = content_of(message(poll=poll))
    assert (found.text, found.kinds) == ("", ("poll",))
    assert sorted(found.beside.splitlines()) == ["should I end it", "yes"]

    task: Json = {"id": 1, "text": "say goodbye"}
    found = content_of(message(checklist={"title": "last things", "tasks": [task]}))
    assert sorted(found.beside.splitlines()) == ["last things", "say goodbye"]


def test_a_message_by_way_of_another_bot_is_read_with_its_buttons() -> None:
    keyboard: Json = {"inline_keyboard": [[{"text": "buy here", "url": "https://t.me/dealer"}]]}
    found = content_of(message(text="via", via_bot=BOT, reply_markup=keyboard))

    assert (found.text, found.kinds) == ("via", ("via_bot",))
    assert found.beside.splitlines() == ["buy here", "https://t.me/dealer"]
    assert content_of(message(text="via", reply_markup=keyboard)).kinds == ("via_bot",)


def test_a_quote_is_read_unless_it_was_read_where_it_stands() -> None:
    answered: Json = {"message_id": 2, "date": 1, "chat": PRIVATE, "from": STRANGER, "text": "I'm sad today"}
    quote: Json = {"text": "sad today", "position": 4}

    assert content_of(message(text="hug", quote=quote, reply_to_message=answered), shown=True).beside == ""
    changed = {**answered, "text": "all fine"}
    assert content_of(message(text="hug", quote=quote, reply_to_message=changed), shown=True).beside == "sad today"
    outside: Json = {"origin": ORIGINS["channel"], "message_id": 5}
    found = content_of(message(text="look", quote=quote, external_reply=outside), shown=True)
    assert (found.kinds, found.beside) == (("external_reply",), "sad today")
    found = content_of(message(text="look", quote=quote, external_reply=outside))
    assert (found.kinds, found.beside) == ((), "")


SHAPES: tuple[object, ...] = (
    *(None, True, 5, 1.5, "", " ", "words", [], {}, [None], [[["deep"]]], {"text": None}, {"text": 5}, {"text": {}}),
    *({"text": [None, 5, {}, "a"]}, {"blocks": "a"}, {"blocks": [5, None, {"type": 5, "text": {"type": None}}]}),
    *({"url": 5, "text": "a"}, {"caption": {"text": []}}, [{"is_bot": "x"}], {"id": 1, "type": ["private"]}),
)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", ["dream", "rich_message"])
def test_no_shape_of_something_new_keeps_a_message_from_being_read(name: str, shape: object) -> None:
    assert content_of(message(text="hello", **{name: shape}), shown=True).text.startswith("hello")


@pytest.mark.parametrize(
    ("extra", "text"),
    [({}, "hello"), ({"forward_origin": {"type": "x"}}, None), ({"via_bot": 5}, None)],
)
def test_what_the_library_can_not_read_is_read_bare(extra: Json, text: str | None) -> None:
    body: Json = {"message_id": 3, "date": 1, "chat": PRIVATE, "from": STRANGER, "text": "hello", "photo": 5, **extra}
    bare = bared({"update_id": 1, "message": body})

    assert bare is not None
    update = telegram.Update.de_json(dict(bare))
    assert update.message is not None
    found = content_of(update.message)
    assert (found.text or None, found.kinds) == (text, () if text else ("unknown",))
    assert text is not None or "hello" in found.beside


def test_what_nobody_wrote_has_no_bare_form() -> None:
    assert bared({"update_id": 1, "poll": {}}) is None
