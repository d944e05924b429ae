"""From content to the JSON of Discord's message API."""

import json
from typing import TypeAlias

from buddybot.adapter import Choice, Content, Delivery
from buddybot_discord.markup import render

Json: TypeAlias = dict[str, object]

SELECT = "pick"
"""The custom id of a list; its options carry the tokens."""
FORM, SHARE = "form", "share"
"""What stands before the token of a button that opens a form, or hands over texts received (and how many)."""
ACTION_ROW, BUTTON, STRING_SELECT = 1, 2, 3
PRIMARY, SECONDARY = 1, 2
SUPPRESS_EMBEDS, EPHEMERAL, SILENT = 1 << 2, 1 << 6, 1 << 12
_ROW, _BUTTON_LABEL, _OPTION_LABEL = 5, 80, 100


def message(content: Content) -> Json:
    """Return what a new message and an edited one share."""
    return {
        "content": render(content),
        "components": components(content),
        "allowed_mentions": {"parse": [], "replied_user": False},
        "flags": SUPPRESS_EMBEDS,
    }


def new_message(delivery: Delivery, content: Content) -> Json:
    """Return a new message; the outbox id as enforced nonce makes Discord drop a repeat within some minutes."""
    body = message(content) | {"nonce": str(delivery.id), "enforce_nonce": True}
    if content.quiet:
        body["flags"] = SUPPRESS_EMBEDS | SILENT
    if delivery.reply_to is not None:
        body["message_reference"] = {"message_id": delivery.reply_to, "fail_if_not_exists": False}
    return body


def components(content: Content) -> list[Json]:
    """Draw the choices: buttons where they fit, else a list. A token is the whole state of its button."""
    choices = content.choices
    if not choices:
        return []
    if content.many or any(len(_ticked(choice)) > _BUTTON_LABEL for choice in choices):
        return [_row([_select(content)])]
    buttons = [_button(choice) for choice in choices]
    return [_row(buttons[at : at + _ROW]) for at in range(0, len(buttons), _ROW)]


def tokens(rows: object) -> str:
    """Return what a message's components can send back, for comparing two messages."""
    drawn = json.loads(json.dumps(rows))
    return json.dumps([[part.get("custom_id"), part.get("options")] for row in drawn for part in row["components"]])


def custom_id(choice: Choice) -> str:
    """Return the whole state of a button."""
    if choice.form:
        return f"{FORM}:{choice.token}"
    return f"{SHARE}{choice.share}:{choice.token}" if choice.share else choice.token


def _row(parts: list[Json]) -> Json:
    return {"type": ACTION_ROW, "components": parts}


def _ticked(choice: Choice) -> str:
    return f"✓ {choice.label}" if choice.chosen else choice.label


def _button(choice: Choice) -> Json:
    style = PRIMARY if choice.chosen else SECONDARY
    return {"type": BUTTON, "style": style, "label": _ticked(choice), "custom_id": custom_id(choice)}


def _select(content: Content) -> Json:
    most = min(content.limit or len(content.choices), len(content.choices)) if content.many else 1
    options = [
        {"label": choice.label[:_OPTION_LABEL], "value": custom_id(choice), "default": choice.chosen}
        for choice in content.choices
    ]
    return {"type": STRING_SELECT, "custom_id": SELECT, "min_values": 1, "max_values": most, "options": options}
