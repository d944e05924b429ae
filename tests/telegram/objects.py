"""Objects of the Bot API, complete: one that lacks a field poisons a client's polling."""

import re
from typing import TypeAlias

Json: TypeAlias = dict[str, object]

BOT_ID = 4242
DETECTED = (
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("mention", re.compile(r"(?<![\w/])@[A-Za-z0-9_]{2,32}\b")),
    ("url", re.compile(r"\bhttps?://[^\s]+")),
)
FILE: Json = {"file_id": "file", "file_unique_id": "unique", "file_size": 10}
PICTURE: Json = {**FILE, "width": 10, "height": 10}
PLACE: Json = {"latitude": 1.5, "longitude": 2.5}
RIGHTS = (
    *("add_web_page_previews", "change_info", "edit_tag", "invite_users", "manage_topics", "pin_messages"),
    *("react_to_messages", "send_audios", "send_documents", "send_messages", "send_other_messages", "send_photos"),
    *("send_polls", "send_video_notes", "send_videos", "send_voice_notes"),
)
STRANGER: Json = {"id": 9, "is_bot": False, "first_name": "Stranger"}

POLL: Json = {
    "id": "1",
    "question": "q",
    "options": [{"persistent_id": "a", "text": "yes", "voter_count": 0}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}

ATTACHMENTS: dict[str, object] = {
    "animation": {**PICTURE, "duration": 1},
    "audio": {**FILE, "duration": 1},
    "contact": {"phone_number": "+15550100", "first_name": "Ben"},
    "dice": {"emoji": "🎲", "value": 3},
    "document": {**FILE, "file_name": "my name.pdf"},
    "game": {"title": "g", "description": "d", "photo": [PICTURE]},
    "invoice": {"title": "t", "description": "d", "start_parameter": "s", "currency": "XTR", "total_amount": 1},
    "location": PLACE,
    "paid_media": {"star_count": 1, "paid_media": [{"type": "preview"}]},
    "photo": [PICTURE, PICTURE],
    "poll": POLL,
    "sticker": {**PICTURE, "type": "regular", "is_animated": False, "is_video": False},
    "story": {"chat": {"id": 9, "type": "private", "first_name": "Stranger"}, "id": 1},
    "successful_payment": {
        "currency": "XTR",
        "total_amount": 1,
        "invoice_payload": "p",
        "telegram_payment_charge_id": "t",
        "provider_payment_charge_id": "c",
    },
    "venue": {"location": PLACE, "title": "t", "address": "a"},
    "video": {**PICTURE, "duration": 1},
    "video_note": {**FILE, "length": 10, "duration": 1},
    "voice": {**FILE, "duration": 1},
}
ORIGINS: dict[str, Json] = {
    "user": {"type": "user", "date": 1_700_000_000, "sender_user": STRANGER},
    "hidden_user": {"type": "hidden_user", "date": 1_700_000_000, "sender_user_name": "Stranger"},
    "channel": {
        "type": "channel",
        "date": 1_700_000_000,
        "chat": {"id": -1009, "type": "channel", "title": "News"},
        "message_id": 5,
    },
}


def bot_user() -> Json:
    return {
        "id": BOT_ID,
        "is_bot": True,
        "first_name": "Harbour",
        "username": "harbour_bot",
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def person_user(account: int, name: str, language: str) -> Json:
    return {
        "id": account,
        "is_bot": False,
        "first_name": name.capitalize(),
        "last_name": f"{name.capitalize()}son",
        "username": f"{name}_on_telegram",
        "language_code": language,
    }


def full_chat(chat: Json) -> Json:
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    return {
        **chat,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


def membership(user: Json, status: str) -> Json:
    match status:
        case "kicked":
            return {"user": user, "status": status, "until_date": 0}
        case "creator":
            return {"user": user, "status": status, "is_anonymous": False}
        case "administrator":
            return admin(user, set())
        case "restricted":
            rights = dict.fromkeys((f"can_{right}" for right in RIGHTS), False)
            return {"user": user, "status": status, "until_date": 0, "is_member": True, **rights}
    return {"user": user, "status": status}


def admin(user: Json, rights: set[str]) -> Json:
    names = (
        *("manage_chat", "delete_messages", "manage_video_chats", "restrict_members", "promote_members"),
        *("change_info", "invite_users", "post_stories", "edit_stories", "delete_stories", "pin_messages"),
        *("manage_topics", "manage_tags"),
    )
    have = {f"can_{name}": f"can_{name}" in rights for name in names}
    return {"user": user, "status": "administrator", "can_be_edited": False, "is_anonymous": False, **have}


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def detect(text: str) -> list[Json]:
    """What Telegram makes of a plain text by itself, whoever sent it."""
    found: list[Json] = [
        {"type": kind, "offset": utf16(text[: match.start()]), "length": utf16(match.group())}
        for kind, pattern in DETECTED
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda entity: str(entity["offset"]).zfill(6))
