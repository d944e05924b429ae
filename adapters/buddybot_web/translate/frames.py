"""Server-sent events: a delivery written as the JSON that the page draws."""

import json
import re
from base64 import b64encode
from typing import TypeAlias, assert_never

from buddybot.adapter import (
    Admit,
    CardProgress,
    Choice,
    Content,
    Conversation,
    Delivery,
    Edit,
    Mark,
    MediaFile,
    MessageId,
    OfferCard,
    Purge,
    Purpose,
    React,
    Restrict,
    Retract,
    Send,
    Span,
    Style,
    ThreadPost,
    Tune,
    Unreachable,
    WaitCard,
)

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"

_LINK = re.compile(r"(https://|tel:|sms:)[^\s\x00-\x1f\x7f]+")


def frame(delivery: Delivery) -> str:
    """Write one delivery as a server-sent event; its id is what the browser acknowledges."""
    body: dict[str, Json]
    match delivery.effect:
        case Send(content):
            body = {"kind": "send", "message": message_id(delivery), "reply": delivery.reply_to, **_content(content)}
        case Edit(_, content):
            body = {"kind": "edit", "message": delivery.message, **_content(content)}
        case Retract():
            body = {"kind": "retract", "message": delivery.message}
        case React(_, emoji):
            body = {"kind": "react", "message": delivery.message, "emoji": emoji}
        case Mark(_, passage):
            body = {"kind": "mark", "message": delivery.message, "passage": passage.value}
        case Purge() | ThreadPost() | Restrict() | Admit() | Tune():
            raise Unreachable
        case _:
            assert_never(delivery.effect)
    return f"id: {delivery.id}\nevent: effect\ndata: {json.dumps(body)}\n\n"


def message_id(delivery: Delivery) -> MessageId:
    """Return the id the browser files this under: stable, so that a repeat changes nothing."""
    if isinstance(delivery.effect, Send) or delivery.message is None:
        return MessageId(f"o{delivery.id}")
    return delivery.message


def _content(content: Content) -> dict[str, Json]:
    document: Json = None
    if content.document:
        document = {
            "name": content.document.name,
            "type": content.document.media_type,
            "text": content.document.text,
            "alt": content.document.alt,
        }
    return {
        "conversation": _conversation(content.conversation),
        "voice": content.voice.value,
        "author": content.author,
        "spans": [_span(span) for span in content.spans],
        **({"quote": content.quote} if content.quote else {}),
        "choices": [_choice(choice) for choice in content.choices],
        "many": content.many,
        "limit": content.limit,
        "done": _choice(content.done) if content.done else None,
        "extra": [_choice(choice) for choice in content.extra],
        "document": document,
        "media": None if content.media is None else _media(content.media),
        "takes": None if content.takes is None else [*content.takes],
        "offer": _offer(content.offer),
        "waiting": _waiting(content.waiting),
        "progress": _progress(content.progress),
        "language": content.language,
        "erased": content.erased,
    }


def _media(file: MediaFile) -> Json:
    """Write a photo or a voice note with its bytes: the page keeps them in this tab, and shows nothing until a tap."""
    data = b64encode(file.data).decode()
    return {"kind": file.kind, "type": file.media_type, "seconds": file.seconds, "data": data}


def _progress(made: CardProgress | None) -> Json:
    """Write how far a card has come: the page puts it in the place of an older one of the same `card`."""
    if made is None:
        return None
    return {"card": made.card, "number": made.number, "total": made.total, "answers": [*made.answers]}


def _offer(card: OfferCard | None) -> Json:
    if card is None:
        return None
    return {"alias": card.alias, "mine": card.mine, "reasons": [*card.reasons], "after": card.after}


def _waiting(card: WaitCard | None) -> Json:
    """Write where somebody stands who looks: the page draws the newest as the state of the bot's room."""
    if card is None:
        return None
    return {"head": card.head, "long": card.long, "after": card.after, "house": card.house, "until": card.until}


def _conversation(found: Conversation) -> Json:
    others: list[Json] = [*found.others]
    return {"kind": found.kind.value, "key": found.key, "others": others, "mine": found.mine, "over": found.over}


def _choice(choice: Choice) -> Json:
    asks: dict[str, Json] = {"subscribes": True} if choice.subscribes else {}
    meant: dict[str, Json] = {} if choice.purpose is Purpose.PLAIN else {"purpose": choice.purpose.value}
    return {
        "token": choice.token,
        "label": choice.label,
        "chosen": choice.chosen,
        "main": choice.main,
        "share": choice.share,
        **asks,
        **meant,
    }


def _span(span: Span) -> Json:
    """Write one span; a link that is not plainly https, tel or sms is shown as the text it is."""
    if span.style is Style.LINK and not _LINK.fullmatch(span.target):
        return {"style": Style.PLAIN.value, "text": span.text, "target": ""}
    moment: dict[str, Json] = {} if span.at is None else {"at": int(span.at.timestamp()), "day": span.day}
    return {"style": span.style.value, "text": span.text, "target": span.target, **moment}
