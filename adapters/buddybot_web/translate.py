"""Between the browser's JSON and the core's values. Nothing here decides, and nothing here trusts."""

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias, assert_never

from buddybot.adapter import (
    Admit,
    CardProgress,
    Choice,
    Command,
    Content,
    Conversation,
    Deleted,
    Delivery,
    Edit,
    Edited,
    Inbound,
    IncomingFile,
    Invoked,
    Joined,
    Mark,
    MediaFile,
    MessageId,
    OfferCard,
    Origin,
    Parameter,
    Pressed,
    Purge,
    Purpose,
    React,
    Reacted,
    Restrict,
    Retract,
    Said,
    Scope,
    Send,
    Span,
    Style,
    Subscribed,
    ThreadPost,
    Tune,
    Unreachable,
    WaitCard,
)
from buddybot_web.subscriptions import push_address

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"

MAX_TEXT = 4000
MAX_CHOICES = 25
MAX_SHARED = 6 * (MAX_TEXT + 32)
"""Six notes, the most that a report hands over, with what says that they were edited."""
MAX_EMOJI = 16
"""Characters: one emoji, its joined parts included."""

_CLIENT_ID = re.compile(r"m[0-9a-f]{32}")
_MESSAGE_ID = re.compile(r"[mo][0-9a-f]{1,32}")
_CONVERSATION = re.compile(r"[\w-]{0,64}", re.ASCII)
_INVITE = re.compile(r"[\w-]{0,64}", re.ASCII)
_ZONE = re.compile(r"[A-Za-z0-9_+/-]{1,40}")
_LINK = re.compile(r"(https://|tel:|sms:)[^\s\x00-\x1f\x7f]+")


class Problem(StrEnum):
    """What is wrong with a request; the value is the locale string that says so."""

    ODD = "web-odd"
    LONG = "web-too-long"


def conversation_of(body: Mapping[str, object]) -> str | None:
    """Return the key of the conversation that something was done in; None where the page names none."""
    found = body.get("conversation")
    return found if isinstance(found, str) and _CONVERSATION.fullmatch(found) else None


def menu(commands: tuple[Command, ...]) -> tuple[Command, ...]:
    """Return the commands a person may use here: moderators have a desk of their own."""
    return tuple(c for c in commands if c.scope is not Scope.MODERATOR)


def event_id(account: str, client_id: str) -> str:
    """Return the id of an event: nobody can forge or block another person's, and it tells nothing of the account."""
    return hashlib.sha256(f"buddybot web event {account} {client_id}".encode()).hexdigest()[:32]


def client_id_of(body: Mapping[str, object]) -> str | None:
    """Return the id the browser made for this doing."""
    found = body.get("id")
    return found if isinstance(found, str) and _CLIENT_ID.fullmatch(found) else None


def zone_of(body: Mapping[str, object]) -> str:
    """Return what the browser calls its time zone, "" where it says none."""
    found = body.get("zone")
    return found if isinstance(found, str) and _ZONE.fullmatch(found) else ""


def inbound(
    doing: str,
    body: Mapping[str, object],
    origin: Origin,
    commands: tuple[Command, ...],
    file: IncomingFile | None = None,
) -> Inbound | Problem:
    """Read what a browser says was done; anything malformed is a `Problem`, never an exception."""
    match doing:
        case "join":
            return _joined(body, origin)
        case "say":
            return _said(body, origin) if file is None else _sent(body, origin, file)
        case "press":
            return _pressed(body, origin)
        case "subscribe":
            return _subscribed(body, origin)
        case "invoke":
            return _invoked(body, origin, commands)
    about = _message(body, "message")
    return Problem.ODD if about is None else _changed(doing, body, origin, about)


def _changed(doing: str, body: Mapping[str, object], origin: Origin, about: MessageId) -> Inbound | Problem:
    match doing, _text(body), _clean(body.get("emoji")):
        case "unsend", _, _:
            return Deleted(origin, about)
        case "edit", text, _:
            return text if isinstance(text, Problem) else Edited(origin, about, text)
        case "react", _, str() as emoji if len(emoji) <= MAX_EMOJI:
            return Reacted(origin, about, emoji)
    return Problem.ODD


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


def _joined(body: Mapping[str, object], origin: Origin) -> Joined | Problem:
    """Read that somebody came, and by which invite, if by any."""
    invite = body.get("invite", "")
    return Joined(origin, invite) if isinstance(invite, str) and _INVITE.fullmatch(invite) else Problem.ODD


def _said(body: Mapping[str, object], origin: Origin) -> Said | Problem:
    text, own = _text(body), client_id_of(body)
    if isinstance(text, Problem) or own is None:
        return text if isinstance(text, Problem) else Problem.ODD
    return Said(origin, text, MessageId(own), _message(body, "reply"))


def _sent(body: Mapping[str, object], origin: Origin, file: IncomingFile) -> Said | Problem:
    """Read a message that is a file; words with it are a message of their own."""
    own = client_id_of(body)
    if own is None:
        return Problem.ODD
    return Said(origin, "", MessageId(own), _message(body, "reply"), attachments=(file.kind,), file=file)


def _subscribed(body: Mapping[str, object], origin: Origin) -> Subscribed | Problem:
    """Read which device may be called; null says that it can't be."""
    if "push" in body and body["push"] is None:
        return Subscribed(origin)
    push = push_address(body.get("push"))
    return Problem.ODD if push is None else Subscribed(origin, push)


def _pressed(body: Mapping[str, object], origin: Origin) -> Pressed | Problem:
    tokens = body.get("tokens")
    if not isinstance(tokens, list) or not 0 < len(tokens) <= MAX_CHOICES:
        return Problem.ODD
    clean = tuple(t for t in map(_clean, tokens) if t and len(t.encode()) <= 64)  # noqa: PLR2004 - the protocol's longest token
    shared = _clean(body.get("text", ""))
    if len(clean) != len(tokens) or shared is None:
        return Problem.ODD
    if len(shared) > MAX_SHARED:
        return Problem.LONG
    return Pressed(origin, clean, _message(body, "message"), shared)


def _invoked(body: Mapping[str, object], origin: Origin, commands: tuple[Command, ...]) -> Invoked | Problem:
    command = next((c for c in menu(commands) if c.name == body.get("command")), None)
    given = body.get("arguments", {})
    if command is None or not isinstance(given, dict):
        return Problem.ODD
    arguments = [(p.name, _argument(given, p)) for p in command.parameters if p.name in given]
    clean = tuple((name, value) for name, value in arguments if value is not None)
    if len(clean) != len(given):
        return Problem.ODD
    return Problem.LONG if any(len(value) > MAX_TEXT for _, value in clean) else Invoked(origin, command.name, clean)


def _argument(given: Mapping[str, object], parameter: Parameter) -> str | None:
    """Return what was filled in; a message is named by its id, and by nothing else."""
    return _message(given, parameter.name) if parameter.kind == "message" else _clean(given[parameter.name])


def _text(body: Mapping[str, object]) -> str | Problem:
    text = _clean(body.get("text"))
    if text is None or not text.strip():
        return Problem.ODD
    return Problem.LONG if len(text) > MAX_TEXT else text


def _message(body: Mapping[str, object], key: str) -> MessageId | None:
    found = body.get(key)
    return MessageId(found) if isinstance(found, str) and _MESSAGE_ID.fullmatch(found) else None


def _clean(value: object) -> str | None:
    """Return a string that can be encoded: JavaScript may send half a surrogate pair, which no file can hold."""
    if not isinstance(value, str):
        return None
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
