"""Modals: the core's forms as Discord's own, and what was filled in read back.

All state is in a modal's custom id and the names of its fields, so that one opened before a restart is taken after it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypedDict

import discord
from discord import CheckboxGroupOption, RadioGroupOption, SelectOption, TextStyle
from discord.ui import CheckboxGroup, Label, Modal, RadioGroup, Select, TextInput

from buddybot import adapter as core
from buddybot_discord.markup import FORM, anonymous

LIMITS = core.FormLimits(fields=5, title=45, label=45, help=100, options=25, option=100, letters=4000)
"""Of Discord's published description: components of a modal, its title, labels, options, letters of a text input."""

_ALL_SHOWN = 10
"""Options that a radio group or check boxes may have; a longer list is a menu to open."""
_FEWEST_RADIO = 2
_TEXT_INPUT = 4


@dataclass(frozen=True, slots=True)
class Submitted:
    """What came back with a modal: which press it completes, and its answers."""

    token: str
    message: core.MessageId
    text: str
    answers: tuple[tuple[str, tuple[str, ...]], ...]


class _Option(TypedDict):
    label: str
    value: str
    description: str | None
    default: bool


def modal(form: core.Form, token: str, message: core.MessageId | None, called: str) -> Modal:
    """Draw a form; without a title of its own it is `called` as what was pressed."""
    drawn = Modal(title=(form.title or called)[: LIMITS.title] or "…", custom_id=f"{FORM}:{message or 0}:{token}")
    for one in form.fields:
        drawn.add_item(Label(text=one.label, description=one.help or None, component=_component(one)))
    drawn.stop()  # what comes back is read by hand: the library need not keep what is filled in already
    return drawn


def _component(one: core.FormField) -> "discord.ui.Item[Modal]":
    few = len(one.options) <= _ALL_SHOWN
    match one.kind:
        case core.FieldKind.WORDS:
            return TextInput(
                custom_id=one.name,
                style=TextStyle.paragraph if one.long else TextStyle.short,
                default=one.given or None,
                required=one.required,
                min_length=one.shortest or None,
                max_length=one.longest or None,
            )
        case core.FieldKind.ONE if few and len(one.options) >= _FEWEST_RADIO:
            radio = [RadioGroupOption(**_option(each)) for each in one.options]
            return RadioGroup(custom_id=one.name, required=one.required, options=radio)
        case core.FieldKind.SEVERAL if few:
            boxes = [CheckboxGroupOption(**_option(each)) for each in one.options]
            return CheckboxGroup(
                custom_id=one.name,
                required=one.required,
                min_values=int(one.required),
                max_values=_most(one),
                options=boxes,
            )
        case _:
            listed = [SelectOption(**_option(each)) for each in one.options]
            return Select(
                custom_id=one.name,
                required=one.required,
                min_values=int(one.required),
                max_values=_most(one),
                options=listed,
            )


def _most(one: core.FormField) -> int:
    return 1 if one.kind is core.FieldKind.ONE else min(one.most or len(one.options), len(one.options))


def _option(one: core.FormOption) -> _Option:
    return {"label": one.label, "value": one.value, "description": one.help or None, "default": one.chosen}


def submitted(data: Mapping[str, object]) -> Submitted | None:
    """Read what came back; None for a modal that is none of ours."""
    kind, _, about = str(data.get("custom_id")).partition(":")
    message, _, token = about.partition(":")
    if kind != FORM or not token:
        return None
    found = list(_filled(data.get("components")))
    words = "\n".join(value for name, values, typed in found if typed for value in values)
    answers = tuple((name, values) for name, values, _ in found)
    return Submitted(token, core.MessageId("" if message == "0" else message), words.strip(), answers)


def _filled(part: object) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Find each field, however deep the modal wraps it: its name, its values (none where left empty), whether typed."""
    if isinstance(part, list):
        for each in part:
            yield from _filled(each)
    elif isinstance(part, Mapping):
        value, values = part.get("value"), part.get("values")
        typed = part.get("type") == _TEXT_INPUT
        given = [value] if isinstance(value, str) and value else values if isinstance(values, list) else []
        if "value" in part or "values" in part:
            shown = (anonymous(str(each)) if typed else str(each) for each in given)
            yield str(part.get("custom_id")), tuple(shown), typed
        yield from _filled(part.get("component"))
        yield from _filled(part.get("components"))
