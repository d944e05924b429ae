"""Reading of what a browser says was done. Nothing here trusts: what is malformed is a `Problem`."""

import hashlib
import re
from collections.abc import Mapping
from enum import StrEnum

from buddybot.adapter import (
    Command,
    Deleted,
    Edited,
    Inbound,
    IncomingFile,
    Invoked,
    Joined,
    MessageId,
    Origin,
    Parameter,
    Pressed,
    Reacted,
    Said,
    Scope,
    Subscribed,
)
from buddybot_web.subscriptions import push_address

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
