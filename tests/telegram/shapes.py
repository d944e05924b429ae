"""The shapes in which the Bot API may answer: with no more than it must, with nulls, and with fields of next year.

What is required and what is optional follows the published Bot API 10.2. A reader that needs more than what is
required, or that minds what it does not know, fails on one of these.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from tests.telegram.objects import Json

Shape: TypeAlias = Callable[[Json], Json]

OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "user": (
        *("last_name", "username", "language_code", "is_premium", "added_to_attachment_menu"),
        *("can_join_groups", "can_read_all_group_messages", "supports_inline_queries", "can_connect_to_business"),
        *("has_main_web_app", "has_topics_enabled", "allows_users_to_create_topics"),
    ),
    "chat": ("title", "username", "first_name", "last_name", "is_forum", "is_direct_messages"),
    "message": (
        *("message_thread_id", "direct_messages_topic", "sender_chat", "sender_boost_count", "sender_business_bot"),
        *("sender_tag", "receiver_user", "ephemeral_message_id", "business_connection_id", "forward_origin"),
        *("is_topic_message", "is_automatic_forward", "reply_to_message", "external_reply", "quote", "via_bot"),
        *("edit_date", "has_protected_content", "is_from_offline", "media_group_id", "author_signature", "text"),
        *("entities", "link_preview_options", "effect_id", "rich_message", "photo", "sticker", "poll", "caption"),
        *("caption_entities", "reply_markup", "pinned_message", "new_chat_members", "left_chat_member"),
    ),
}
KEPT = {
    "user": ("username",),  # of the bot itself it is always there
    "chat": ("is_forum", "title"),
    "message": ("*",),
}
"""What says something here; all else that is optional may be left out."""


def kind_of(body: Json) -> str:
    """Name the type of an object, by what it must have."""
    if {"id", "is_bot", "first_name"} <= body.keys():
        return "user"
    if {"message_id", "date", "chat"} <= body.keys() and "old_reaction" not in body:
        return "message"
    return "chat" if {"id", "type"} <= body.keys() and "question" not in body else ""


def as_it_is(body: Json) -> Json:
    return body


def bare(body: Json) -> Json:
    """Leave out what is optional and says nothing."""

    def thinner(found: Json) -> Json:
        kind = kind_of(found)
        kept = KEPT.get(kind, ())
        gone = () if "*" in kept else [name for name in OPTIONAL.get(kind, ()) if name not in kept]
        return {name: value for name, value in found.items() if name not in gone}

    return _each(body, thinner)


def nulled(body: Json) -> Json:
    """Say null for each optional field that is absent."""
    return _each(body, lambda found: {**dict.fromkeys(OPTIONAL.get(kind_of(found), ())), **found})


def of_next_year(body: Json) -> Json:
    """Add fields that nobody knows, of every sort."""
    new: Json = {"weight_of_next_year": 7, "is_of_next_year": True, "next_year": {"list": [{"at": 1.5}], "id": "x"}}
    return _each(body, lambda found: {**found, **new})


SHAPES: Mapping[str, Shape] = {"as it is": as_it_is, "bare": bare, "nulled": nulled, "of next year": of_next_year}


def _each(found: Json, change: Shape) -> Json:
    return change({name: _within(value, change) for name, value in found.items()})


def _within(value: object, change: Shape) -> object:
    if isinstance(value, dict):
        return _each(value, change)
    return [_within(each, change) for each in value] if isinstance(value, list) else value
