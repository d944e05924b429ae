"""What Discord's published description of its API says of messages: what it refuses, and with which body.

Kept by hand from its OpenAPI document and its page of error codes, so that the fake knows more than the adapter does.
"""

from collections.abc import Iterable, Iterator

from tests.discord.world import Json

LIMITS: dict[str, tuple[int, str]] = {
    "content": (2000, "BASE_TYPE_MAX_LENGTH"),
    "nonce": (25, "BASE_TYPE_MAX_LENGTH"),
}
ROWS, IN_A_ROW, OPTIONS, ATTACHMENTS = 5, 5, 25, 10
CUSTOM_ID, LABEL, OPTION, FILE_NAME = 100, 80, 100, 1024
FILES_BYTES = 10 * 1024 * 1024
REACTIONS, PLACEHOLDER = 20, 150
MENTIONS = {"users", "roles", "everyone"}
THREAD_NAME, APPLIED_TAGS, TAGS, TAG_NAME = 100, 5, 20, 20
ARCHIVED_AFTER = {60, 1440, 4320, 10080}
"""Minutes until a thread that nobody writes in is put away."""
ANSWERED = {0, 19, 20, 21, 23}
"""Types of messages that can be answered: what people and bots write, and the first one of a thread."""
KNOWN = {
    "content", "tts", "embeds", "nonce", "enforce_nonce", "allowed_mentions", "components", "flags", "attachments",
    "poll", "message_reference", "sticker_ids", "shared_client_theme",
}  # fmt: skip

DOCUMENTED: dict[int, tuple[int, str]] = {
    0: (403, "403: Forbidden"),
    10003: (404, "Unknown Channel"),
    10008: (404, "Unknown Message"),
    10013: (404, "Unknown User"),
    10014: (400, "Unknown Emoji"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    20009: (400, "Explicit content cannot be sent to the desired recipient(s)"),
    20026: (403, "Your bot has been flagged by our anti-spam system for abusive behaviour"),
    20028: (429, "The channel you are writing has hit the write rate limit"),
    30010: (400, "Maximum number of reactions reached (20)"),
    30046: (429, "Maximum number of edits to messages older than 1 hour reached. Try again later"),
    30013: (400, "Maximum number of guild channels reached (500)"),
    40003: (400, "You are opening direct messages too fast"),
    40058: (400, "Cannot send a message in a forum channel"),
    40060: (400, "Interaction has already been acknowledged"),
    40005: (413, "Request entity too large. Try sending something smaller in size"),
    40062: (400, "Service resource is being rate limited"),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50013: (403, "You lack permissions to perform that action"),
    50016: (400, "Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100"),
    50021: (403, "Cannot execute action on a system message"),
    50034: (400, "A message provided was too old to bulk delete"),
    50027: (401, "Invalid Webhook Token"),
    50033: (400, "Invalid recipient(s)"),
    50035: (400, "Invalid Form Body"),
    50024: (400, "Cannot execute action on this channel type"),
    50045: (413, "File uploaded exceeds the maximum size"),
    50008: (400, "Cannot send messages in a non-text channel"),
    160002: (403, "Cannot reply without permission to read message history"),
    160005: (403, "Thread is locked"),
    50083: (400, "Tried to perform an operation on an archived thread"),
    50278: (403, "Cannot send messages to this user due to having no mutual guilds"),
    90001: (403, "Reaction was blocked"),
    130000: (503, "API resource is currently overloaded. Try again a little later"),
    160004: (400, "A thread has already been created for this message"),
    160006: (400, "Maximum number of active threads reached"),
    200000: (400, "Message was blocked by automatic moderation"),
    240000: (400, "Message blocked by harmful links filter"),
}
"""Error codes with the status that they come with."""


def body_of(code: int, errors: Json | None = None) -> Json:
    """Return the body that comes with an error code."""
    about = DOCUMENTED.get(code, (400, "refused"))[1]
    return {"message": about, "code": code} | ({"errors": errors} if errors else {})


def minded(body: Json) -> Json | None:
    """Return the tree of errors of a new or edited message; None where nothing is minded."""
    return tree_of(_minded(body))


def tree_of(found: Iterable[tuple[tuple[str, ...], str]]) -> Json | None:
    """Return errors as the tree that Discord makes of them; None of none."""
    tree: Json = {}
    for path, code in found:
        at: Json = tree
        for step in path:
            inner = at.setdefault(step, {})
            assert isinstance(inner, dict)
            at = inner
        at["_errors"] = [{"code": code, "message": "Must be as documented."}]
    return tree or None


def _minded(body: Json) -> Iterator[tuple[tuple[str, ...], str]]:
    yield from (((each,), "UNKNOWN_FIELD") for each in body if each not in KNOWN)
    for name, (most, code) in LIMITS.items():
        if isinstance(value := body.get(name), str) and len(value) > most:
            yield (name,), code
    yield from _minded_components(body.get("components"))
    mentions = body.get("allowed_mentions")
    if isinstance(mentions, dict) and not MENTIONS.issuperset(mentions.get("parse") or ()):
        yield ("allowed_mentions", "parse"), "BASE_TYPE_CHOICES"
    reference = body.get("message_reference")
    if reference is not None and not (isinstance(reference, dict) and str(reference.get("message_id")).isdecimal()):
        yield ("message_reference", "message_id"), "NUMBER_TYPE_COERCE"


def _minded_components(rows: object) -> Iterator[tuple[tuple[str, ...], str]]:
    if rows is None:
        return
    if not isinstance(rows, list) or len(rows) > ROWS:
        yield ("components",), "BASE_TYPE_BAD_LENGTH"
        return
    seen: list[str] = []
    for number, row in enumerate(rows):
        parts, at = row.get("components") or [], ("components", str(number), "components")
        if (
            row.get("type") != 1
            or not 1 <= len(parts) <= IN_A_ROW
            or (len(parts) > 1 and any(_wide(one) for one in parts))
        ):
            yield at, "BASE_TYPE_BAD_LENGTH"
        for place, part in enumerate(parts):
            yield from (((*at, str(place), name), code) for name, code in _minded_part(part))
            seen.append(str(part.get("custom_id")))
    if len(set(seen)) < len(seen):
        yield ("components",), "COMPONENT_CUSTOM_ID_DUPLICATED"


def _wide(part: Json) -> bool:
    return part.get("type") in {3, 5, 6, 7, 8}


def _minded_part(part: Json) -> Iterator[tuple[str, str]]:
    if not 1 <= len(str(part.get("custom_id") or "")) <= CUSTOM_ID:
        yield "custom_id", "BASE_TYPE_BAD_LENGTH"
    if not _wide(part):
        if part.get("style") not in {1, 2, 3, 4} or not 1 <= len(str(part.get("label") or "")) <= LABEL:
            yield "label", "BASE_TYPE_BAD_LENGTH"
        return
    if len(str(part.get("placeholder") or "")) > PLACEHOLDER:
        yield "placeholder", "BASE_TYPE_MAX_LENGTH"
    if part.get("type") != 3:
        yield from _minded_entities(part)
        return
    options = part.get("options")
    if not isinstance(options, list) or not 1 <= len(options) <= OPTIONS:
        yield "options", "BASE_TYPE_BAD_LENGTH"
        return
    values = [str(each.get("value") or "") for each in options]
    if len(set(values)) < len(values):
        yield "options", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"
    if not all(
        1 <= len(value) <= OPTION and 1 <= len(str(one.get("label") or "")) <= OPTION
        for value, one in zip(values, options, strict=True)
    ):
        yield "options", "BASE_TYPE_BAD_LENGTH"
    least, most = part.get("min_values", 1), part.get("max_values", 1)
    if not (isinstance(least, int) and isinstance(most, int) and 0 <= least <= most <= len(options)):
        yield "max_values", "NUMBER_TYPE_MAX"


def _minded_entities(part: Json) -> Iterator[tuple[str, str]]:
    """Check a list of roles, people or channels, which Discord itself fills."""
    least, most, ticked = part.get("min_values", 1), part.get("max_values", 1), part.get("default_values", [])
    if not (isinstance(least, int) and isinstance(most, int) and 0 <= least <= most <= OPTIONS):
        yield "max_values", "NUMBER_TYPE_MAX"
    elif not isinstance(ticked, list) or len(ticked) > most:
        yield "default_values", "BASE_TYPE_BAD_LENGTH"
    if "options" in part or ("channel_types" in part and part.get("type") != 8):
        yield "type", "UNKNOWN_FIELD"


def is_empty(body: Json, files: int) -> bool:
    """Return whether there is nothing to show."""
    kept = ("embeds", "sticker_ids", "poll")
    has_buttons = bool(body.get("components")) and bool(int(str(body.get("flags") or 0)) & 1 << 15)
    return not (str(body.get("content") or "").strip() or files or has_buttons or any(body.get(name) for name in kept))


def is_emoji(text: str) -> bool:
    """Return whether this may be an emoji of Unicode's: neither words nor nothing."""
    return bool(text) and not any(each.isascii() and each.isalpha() for each in text)
