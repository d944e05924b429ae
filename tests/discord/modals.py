"""What Discord's published description says of modals: what it refuses of one, and what comes back when it is sent in.

Kept by hand from its OpenAPI document (`ModalInteractionCallbackRequestData` and the components for modals).
"""

from collections.abc import Iterator, Mapping

from tests.discord.published import tree_of
from tests.discord.world import Json

TITLE, LABEL, HELP, OPTION, CUSTOM_ID, FIELDS = 45, 45, 100, 100, 100, 5
LETTERS, PLACEHOLDER = 4000, 100
LABELLED, TEXT, SELECT, RADIO, BOXES, DISPLAY = 18, 4, 3, 21, 22, 10
OPTIONS = {SELECT: (1, 25), RADIO: (2, 10), BOXES: (1, 10)}
MOST = {SELECT: 25, BOXES: 10}
KNOWN = {
    TEXT: {"type", "id", "custom_id", "style", "label", "value", "placeholder", "required", "min_length", "max_length"},
    SELECT: {"type", "id", "custom_id", "placeholder", "min_values", "max_values", "disabled", "required", "options"},
    RADIO: {"type", "id", "custom_id", "required", "options"},
    BOXES: {"type", "id", "custom_id", "min_values", "max_values", "required", "options"},
}
Found = Iterator[tuple[tuple[str, ...], str]]


def minded_modal(data: Json) -> Json | None:
    """Return the tree of errors of a modal; None where nothing is minded."""
    return tree_of(_minded(data))


def _minded(data: Json) -> Found:
    yield from _long(data, "title", 1, TITLE)
    yield from _long(data, "custom_id", 1, CUSTOM_ID)
    parts = data.get("components")
    if not isinstance(parts, list) or not 1 <= len(parts) <= FIELDS:
        yield ("components",), "BASE_TYPE_BAD_LENGTH"
        return
    names: list[str] = []
    for number, part in enumerate(parts):
        at = ("components", str(number))
        if part.get("type") == DISPLAY:
            continue
        if part.get("type") != LABELLED:
            yield (*at, "type"), "UNION_TYPE_CHOICES"
            continue
        inner = part["component"]
        names.append(str(inner.get("custom_id")))
        for path, code in (*_long(part, "label", 1, LABEL), *_long(part, "description", 1, HELP)):
            yield (*at, *path), code
        for path, code in _minded_component(inner):
            yield (*at, "component", *path), code
    if len(set(names)) < len(names):
        yield ("components",), "COMPONENT_CUSTOM_ID_DUPLICATED"


def _minded_component(part: Json) -> Found:
    kind = part.get("type")
    if not isinstance(kind, int) or kind not in KNOWN:
        yield ("type",), "UNION_TYPE_CHOICES"
        return
    yield from (((name,), "UNKNOWN_FIELD") for name in part if name not in KNOWN[kind])
    yield from _long(part, "custom_id", 1, CUSTOM_ID)
    yield from _minded_text(part) if kind == TEXT else _minded_options(part, kind)


def _minded_options(part: Json, kind: int) -> Found:
    options = part.get("options")
    least, most = OPTIONS[kind]
    if not isinstance(options, list) or not least <= len(options) <= most:
        yield ("options",), "BASE_TYPE_BAD_LENGTH"
        return
    if len({each["value"] for each in options}) < len(options):
        yield ("options",), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"
    for number, each in enumerate(options):
        named = (*_long(each, "label", 1, OPTION), *_long(each, "value", 1, OPTION))
        for path, code in (*named, *_long(each, "description", 0, OPTION)):
            yield ("options", str(number), *path), code
    yield from _minded_counts(part, kind, options)


def _minded_counts(part: Json, kind: int, options: list[Json]) -> Found:
    ticked = sum(bool(each.get("default")) for each in options)
    if kind not in MOST:
        if ticked > 1:
            yield ("options",), "RADIO_GROUP_MAX_DEFAULTS"
        return
    low, high = part.get("min_values", 1), part.get("max_values", 1 if kind == SELECT else len(options))
    if not (isinstance(low, int) and isinstance(high, int) and 0 <= low <= high <= min(MOST[kind], len(options))):
        yield ("max_values",), "NUMBER_TYPE_MAX"
    elif ticked > high:
        yield ("options",), "SELECT_COMPONENT_MAX_DEFAULTS"
    if low == 0 and part.get("required", True):
        yield ("min_values",), "COMPONENT_MIN_VALUES_REQUIRED"


def _minded_text(part: Json) -> Found:
    if part.get("style") not in {1, 2}:
        yield ("style",), "BASE_TYPE_CHOICES"
    yield from _long(part, "value", 0, LETTERS)
    yield from _long(part, "placeholder", 0, PLACEHOLDER)
    low, high = part.get("min_length") or 0, part.get("max_length") or LETTERS
    if not (isinstance(low, int) and isinstance(high, int) and 0 <= low <= LETTERS and 1 <= high <= LETTERS):
        yield ("max_length",), "NUMBER_TYPE_MAX"
    elif low > high or len(str(part.get("value") or "")) > high:
        yield ("value",), "BASE_TYPE_BAD_LENGTH"


def _long(part: Mapping[str, object], name: str, least: int, most: int) -> Found:
    value = part.get(name)
    if value is None and name not in {"title", "custom_id", "label", "value"}:
        return
    if name == "value" and "style" in part and value is None:
        return
    if not (isinstance(value, str) and least <= len(value) <= most):
        yield (name,), "BASE_TYPE_BAD_LENGTH"


def fields_of(modal: Json) -> dict[str, Json]:
    """Return the component of each field by its name."""
    parts = modal["components"]
    assert isinstance(parts, list)
    return {str(part["component"]["custom_id"]): part["component"] for part in parts if part["type"] == LABELLED}


def filled_in(modal: Json, text: str, chosen: Mapping[str, str | list[str]]) -> list[Json]:
    """Return what a client sends of a modal: each field, also those left as they were drawn or empty."""
    fields = fields_of(modal)
    first = next((name for name, part in fields.items() if part["type"] == TEXT), "")
    given: dict[str, str | list[str]] = {**({first: text} if text else {}), **chosen}
    assert set(given) <= set(fields), f"the form asks only for {sorted(fields)}"
    return [
        {"type": LABELLED, "id": number, "component": _sent(part, given.get(name), number)}
        for number, (name, part) in enumerate(fields.items(), 1)
    ]


def _sent(part: Json, given: str | list[str] | None, number: int) -> Json:
    head: Json = {"type": part["type"], "id": number + 100, "custom_id": part["custom_id"]}
    if part["type"] == TEXT:
        return head | {"value": str(part.get("value") or "") if given is None else given}
    options = part["options"]
    assert isinstance(options, list)
    ticked = [each["value"] for each in options if each.get("default")]
    values = ticked if given is None else [given] if isinstance(given, str) else given
    if part["type"] == RADIO:
        return head | {"value": values[0] if values else None}
    return head | {"values": values}
