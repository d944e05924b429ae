"""Parsing of what moderators type behind a command: signs around a word, time spans, yes and no for on and off.

A word that is none of a parameter's choices stays as it was typed, so that whoever checks it can say what would do.
"""

from buddybot.domain.dialog.time_spans import DAY, HOUR, SpanWords
from buddybot.domain.kernel.commands import Command, Parameter
from buddybot.domain.kernel.plaintext import plain

AROUND = "\"'“”„«»\u2018\u2019`<>[](){}#,;:."
QUOTED = (('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("'", "'"), ("\u2018", "\u2019"))
ONE_WORD = frozenset({"case", "into", "story"})
"""Ids that are one word: what stands behind one ("close CODE please") belongs to nothing."""
COUNTED_IN = {"seconds": 1, "hours": HOUR, "days": DAY}
"""Parameters that are a span of time, and the seconds of their unit."""
MOST_WORDS = 5
"""Words of a span of time: "1 hour and 30 minutes"."""


def typed_arguments(command: Command, rest: str, spans: SpanWords) -> dict[str, str]:
    """Split typed words onto the parameters of a command, as their writer meant them."""
    found: dict[str, str] = {}
    left, inputs = rest.strip(), command.inputs
    for one in inputs:
        left = _unnamed(one, left)
        if not left:
            break
        if one.name in COUNTED_IN:
            found[one.name], left = _span(left, COUNTED_IN[one.name], spans)
        elif one is inputs[-1] and one.name not in ONE_WORD and one.kind != "choice":
            found[one.name], left = _unquoted(left), ""
        else:
            word, left = _first(left)
            found[one.name] = word.strip(AROUND) or word
    return found


def chosen(one: Parameter, typed: str, yes: frozenset[str], no: frozenset[str]) -> str | None:
    """Return the choice of a parameter that a word means: itself, or yes and no for on and off. None: it means none."""
    word = plain(typed)
    if word in one.choices:
        return word
    if not {"on", "off"} <= set(one.choices):
        return None
    return "on" if word in yes else "off" if word in no else None


def _first(left: str) -> tuple[str, str]:
    word, *more = left.split(maxsplit=1)
    return word, "".join(more)


def _unnamed(one: Parameter, left: str) -> str:
    """Leave out the name of a parameter that stands before it: "case CODE rule 1"."""
    if not left or one.kind == "text" or one.name in COUNTED_IN:
        return left
    word, more = _first(left)
    return more if more and word.casefold().strip(AROUND) == one.name else left


def _span(left: str, unit: int, spans: SpanWords) -> tuple[str, str]:
    """Return the units that words begin with, as digits, and what is left; a plain number may stand without a unit."""
    words = left.split()
    for count in range(min(len(words), MOST_WORDS), 0, -1):
        seconds = spans.seconds(" ".join(words[:count]))
        if seconds is not None and seconds % unit == 0:
            return str(seconds // unit), " ".join(left.split(maxsplit=count)[count:])
    word, more = _first(left)
    return "0" if plain(word) in spans.none else word.strip(AROUND) or word, more


def _unquoted(text: str) -> str:
    for first, last in QUOTED:
        if len(text) > 1 and text.startswith(first) and text.endswith(last) and first not in text[1:-1]:
            return text[1:-1].strip()
    return text
