"""Parser of durations in typed words, as days: "8 months", "2 yrs", "day 3", "a couple of weeks", "18mo"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_JOINED = re.compile(r"(\d+(?:\.\d+)?)([^\W\d_]+)")
_NUMBER = re.compile(r"\d{1,4}(?:\.\d+)?")
_BETWEEN = frozenset({"of", "full", "whole", "more", "solid", "good", "and"})
_SHORT_OF = 0.97
"""What is left of a stretch that is not quite over: "under a year" is less than what counts as one."""
_OWN_YEARS = re.compile(
    r"\b(?:im|i am|tengo|cumpli) \d{2} (?:years?|yrs?|anos)\b(?! (?:clean|sober|in|into|off|limpi|sobri))"
    r"|\b\d{2} years? old\b"
)
"""How old somebody is."""
DAY_COUNT = "day"
"""The one unit that may stand before its number ("day 3")."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Words before a stretch of time: `under` says that it is not quite over ("almost"), `over` that it is."""

    under: frozenset[str] = frozenset()
    over: frozenset[str] = frozenset()


def days_in(
    message: str, units: Mapping[str, int], amounts: Mapping[str, int], bounds: Bounds = Bounds()
) -> int | None:
    """Return the duration in a plain message, in days; None if there is none, or more than one.

    What is under a bound ("less than 3 months") is a bit shorter than the bound; somebody's age is no duration.
    """
    if _OWN_YEARS.search(message):
        return None
    tokens = _JOINED.sub(r"\1 \2", message).split()
    found: list[tuple[int, int, float]] = []
    for index, token in enumerate(tokens):
        amount = _amount(token, amounts)
        if amount is None:
            continue
        unit = _unit_at(tokens, index + 1, units)
        if unit:
            found.append((index, unit, amount * units[tokens[unit]]))
        elif index and tokens[index - 1] == DAY_COUNT:
            found.append((index, index, amount))
    if not found or len(found) > 2 or (len(found) == 2 and not _compound(found)):  # noqa: PLR2004 - "1 year 2 months"
        return None
    days, before = sum(days for _, _, days in found), tokens[max(found[0][0] - 2, 0) : found[0][0]]
    short = not bounds.under.isdisjoint(before) and bounds.over.isdisjoint(before)
    return int(days * _SHORT_OF) if short else round(days)


def _amount(token: str, amounts: Mapping[str, int]) -> float | None:
    if _NUMBER.fullmatch(token):
        return float(token)
    return amounts.get(token)


def _unit_at(tokens: list[str], start: int, units: Mapping[str, int]) -> int:
    """Return where the unit stands, past small words between; 0 if there is none."""
    for index in range(start, min(start + 3, len(tokens))):
        if tokens[index] in units:
            return index
        if tokens[index] not in _BETWEEN:
            return 0
    return 0


def _compound(found: list[tuple[int, int, float]]) -> bool:
    """Two that follow each other, the longer first, are one."""
    (_, end, longer), (start, _, shorter) = found
    return start - end <= 2 and shorter < longer  # noqa: PLR2004 - at most one "and" between


# ── Ages ────────────────────────────────────────────────────────────────────────────────

_MONTHS = (
    "jan feb mar apr jun jul aug sep sept oct nov dec january february march april may june july august september"
    " october november december enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre"
    " noviembre diciembre ene abr ago dic"
)
_DATED = re.compile(
    rf"\b(?:{'|'.join(_MONTHS.split())})\b|\b(?:19|20)\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th)\b"
    r"|\b(?:born|birthday|birthdate|bday|dob|class of|grade|naci|nacio|nacida|nacido|cumpleanos|grado)\b"
)
"""A date, a year, or a school year: the day of it is no age."""
_NUMERIC_DATE = re.compile(r"\b\d{1,2} \d{1,2} \d{2}(?:\d\d)?\b")
_TO_COME = re.compile(
    r"\b(?:tomorrow|tmrw|tmr|soon|almost|nearly|about to|going on|gonna be|going to be|will be|ill be|turn(?:ing)?"
    r"|until|till|til|not yet|next|later|(?:in|within) (?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|few"
    r"|some|the) (?:\w+ )?(?:days?|weeks?|months?|years?|hours?|minutes?|summer|spring|fall|winter)"
    r"|(?:days?|weeks?|months?|years?) (?:away|left|to go|from)|when i(?:m| am| turn| get)?|wish|pretend|close to"
    r"|just under|under|less than|younger than|below"
    r"|manana|pronto|casi|proximo|proxima|que viene|cumplo|cumplire|voy a cumplir|tendre|todavia no|aun no|falta(?:n)?"
    r"|dentro de|en (?:\d+|un|una|dos|tres|cuatro|cinco|seis|unos|unas|pocos|pocas) (?:dias?|semanas?|mes(?:es)?|anos?)"
    r"|cuando|menos de|menor de)\b"
)
"""An age that is still to come, or a bound they are under."""
_COUNTED = re.compile(
    r"\b\d{1,3} ?(?:days?|nights?|hours?|hrs?|weeks?|wks?|months?|mos?|minutes?|mins?|mgs?|ml|mcg|pills?|bags?|times"
    r"|bucks|dollars|percent|kids|dias?|noches?|horas?|semanas?|mes(?:es)?|minutos?|pastillas?|veces|gramos?|bolsas?|parches?"
    r"|dosis|clonas?|pesos|por ciento|years? (?:clean|sober|in|off|ago|using|of|on)"
    r"|anos? (?:limpi[oa]|sobri[oa]|de|en|consumiendo|usando|sin|atras))\b"
    r"|\b(?:day|dia|hour|hora|week|semana|step|paso|question|pregunta) \d"
)
"""A number of days, doses or other things."""
_SOMEBODY = (
    "brother sister mom mum mother dad father son daughter friend boyfriend girlfriend bf gf husband wife cousin uncle"
    " aunt kid kids child children partner roommate buddy he she they his her their hes shes theyre him"
    " hermano hermana mama papa madre padre hijo hija amigo amiga novio novia esposo esposa primo prima tio tia el ella"
    " ellos ellas nino nina pareja"
)
_OTHERS = re.compile(rf"\b(?:{'|'.join(_SOMEBODY.split())})\b")
_OWN = re.compile(r"\b(?:im|i am|i turned|my age is|tengo|cumpli|mi edad es)(?: (?:just|already|only|now|ya))? \d")


def is_own_age(message: str) -> bool:
    """Return whether the numbers of a plain message can be the writer's own age today.

    A wrong yes at the gate lets a child in, a wrong no only asks again: whatever else a number may belong to wins.
    """
    if any(one.search(message) for one in (_DATED, _NUMERIC_DATE, _TO_COME, _COUNTED)):
        return False
    return _OTHERS.search(message) is None or _OWN.search(message) is not None
