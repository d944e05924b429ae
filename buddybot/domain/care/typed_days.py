"""Parser of calendar days in typed words, in English and Spanish: "May 3", "3 de mayo", "5 months ago", "today".

A day that could be two ("3/6") stays two, so that the bot can ask which.
"""

import calendar
import re
from datetime import MINYEAR, date, timedelta

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from buddybot.domain.kernel.plaintext import plain

FIRST_YEAR = 1900
ALIKE = 80
"""Similarity (0 to 100) from which a word counts as a month, misspelt."""
SHORTEST = 3
CENTURY = 100
_MONTHS: tuple[tuple[str, ...], ...] = (
    ("january", "jan", "enero", "ene"),
    ("february", "feb", "febrero"),
    ("march", "mar", "marzo"),
    ("april", "apr", "abril", "abr"),
    ("may", "mayo"),
    ("june", "jun", "junio"),
    ("july", "jul", "julio"),
    ("august", "aug", "agosto"),
    ("september", "sept", "sep", "septiembre", "setiembre"),
    ("october", "oct", "octubre"),
    ("november", "nov", "noviembre"),
    ("december", "dec", "diciembre", "dic"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_NEAR = {
    **dict.fromkeys(("today", "now", "hoy", "ahora", "this day", "starting today", "desde hoy"), 0),
    **dict.fromkeys(("yesterday", "ayer", "last night", "anoche"), 1),
    **dict.fromkeys(("the day before yesterday", "anteayer", "antier"), 2),
}
_AMOUNTS = {
    **dict.fromkeys(("a", "an", "one", "un", "una", "uno"), 1),
    **dict.fromkeys(("two", "couple", "dos"), 2),
    **dict.fromkeys(("three", "tres"), 3),
    **dict.fromkeys(("four", "cuatro"), 4),
    **dict.fromkeys(("five", "cinco"), 5),
    **dict.fromkeys(("six", "seis"), 6),
    **dict.fromkeys(("seven", "siete"), 7),
    **dict.fromkeys(("eight", "ocho"), 8),
    **dict.fromkeys(("nine", "nueve"), 9),
    **dict.fromkeys(("ten", "diez"), 10),
    **dict.fromkeys(("eleven", "once"), 11),
    **dict.fromkeys(("twelve", "doce"), 12),
}
_SPANS = {
    "days": r"d|days?|dias?",
    "weeks": r"w|wks?|weeks?|semanas?",
    "months": r"mos?|mths?|months?|mes|meses",
    "years": r"y|yrs?|years?|anos?",
}
_SPAN = re.compile(
    rf"(?<![\w.])(?P<amount>\d{{1,5}}|{'|'.join(sorted(_AMOUNTS, key=len, reverse=True))}) ?(?:of )?"
    rf"(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _SPANS.items())})\b"
)
_SPELT = (
    *("days", "week", "weeks", "month", "months", "year", "years", "today", "yesterday", "night"),
    *("dias", "semana", "semanas", "meses", "anos", "anoche", "anteayer"),
)
LONG_WORD = 8
"""Letters of a word in which two slips are put right, and not only one."""
_COUNTED = re.compile(r"\b(?:day|dia) (?P<days>\d{1,5})\b")
_ISO = re.compile(r"\b(?P<year>\d{4})[-/. ](?P<month>\d{1,2})[-/. ](?P<day>\d{1,2})\b")
_NUMBERS = re.compile(r"\b(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{4}|\d{2}))?\b(?! ?[ymwdas])")
_DAY = re.compile(r"^(\d{1,2})(?:st|nd|rd|th|ro|º)?$")
_YEAR = re.compile(r"^(?:19|20|21|18)\d\d$")


def days_meant(text: str, today: date) -> tuple[date, ...]:
    """Return the day that typed words mean, two where they can mean two, none where they mean no day.

    A day without a year is the last one that has been; whether a day may be kept is asked of `day_problem`.
    """
    if found := _ISO.search(text):
        return _only(_made(int(found["year"]), int(found["month"]), int(found["day"])))
    if found := _NUMBERS.search(text):
        return _numeric(found, today)
    words = " ".join(map(_mended, plain(text).split()))
    if (named := _named(words.split(), today)) is not None:
        return named
    if found := _SPAN.search(words):
        return _only(_ago(found, today))
    return _only(_near(words, today))


def day_problem(day: date, latest: date) -> str:
    """Return what speaks against a day: "future", "early", or ""."""
    if day > latest:
        return "future"
    return "early" if day.year < FIRST_YEAR else ""


def _only(day: date | None) -> tuple[date, ...]:
    return () if day is None else (day,)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _numeric(found: re.Match[str], today: date) -> tuple[date, ...]:
    """Read two numbers both ways round; what has not been yet gives way to what has."""
    first, second = int(found[1]), int(found[2])
    both = ((first, second), (second, first))
    read = [_dated(month, day, found[3] or "", today) for month, day in both]
    days = list(dict.fromkeys(one for one in read if one is not None))
    been = [one for one in days if one <= today]
    return tuple(been or days[:1])


def _dated(month: int, day: int, year: str, today: date) -> date | None:
    if len(year) == 2:  # noqa: PLR2004 - "25"
        short = int(year)
        century = today.year // CENTURY * CENTURY
        return _made(century + short if century + short <= today.year else century - CENTURY + short, month, day)
    if year:
        return _made(int(year), month, day)
    return last_time(month, day, today)


def last_time(month: int, day: int, today: date) -> date | None:
    """Return the last day of this name that has been, up to today; None where no year has such a day."""
    years = range(today.year, max(MINYEAR, today.year - 9), -1)
    made = (_made(year, month, day) for year in years)
    return next((one for one in made if one is not None and one <= today), None)


def _named(words: list[str], today: date) -> tuple[date, ...] | None:
    """Read a day with the name of its month; None where no month is named."""
    at, month = next(((at, month) for at, word in enumerate(words) if (month := _month(word))), (0, 0))
    days = [int(found[1]) for word in words if (found := _DAY.match(word))]
    year = next((word for word in words if _YEAR.match(word)), "")
    if not month or (words[at] in {"may", "mar"} and not days and not year):
        return None
    if not days:
        return _only(_made(int(year), month, 1)) if year else ()
    return _only(_dated(month, days[0], year, today))


def _month(word: str) -> int:
    if word in _MONTH:
        return _MONTH[word]
    if len(word) <= SHORTEST + 1 or not word.isalpha():
        return 0
    near = process.extractOne(word, [name for name in _MONTH if len(name) > SHORTEST + 1], scorer=fuzz.ratio)
    return _MONTH[near[0]] if near[1] >= ALIKE else 0


def _mended(word: str) -> str:
    """Return a word with a slip of the fingers put right, where it is one that tells of a day: "29 dyas ago"."""
    if len(word) <= SHORTEST or not word.isalpha() or word in {*_SPELT, *_AMOUNTS, *_MONTH}:
        return word
    slips = 2 if len(word) >= LONG_WORD else 1
    near = [(distance, one) for one in _SPELT if (distance := OSA.distance(word, one, score_cutoff=slips)) <= slips]
    return min(near, default=(0, word))[1]


def _near(words: str, today: date) -> date | None:
    if found := _COUNTED.search(words):
        return today - timedelta(days=int(found["days"]))
    said = max((said for said in _NEAR if re.search(rf"\b{said}\b", words)), key=len, default=None)
    return None if said is None else today - timedelta(days=_NEAR[said])


def _ago(found: re.Match[str], today: date) -> date | None:
    said = found["amount"]
    amount = int(said) if said.isdigit() else _AMOUNTS[said]
    if found["days"] or found["weeks"]:
        days = amount * (7 if found["weeks"] else 1)
        return today - timedelta(days=days) if days < today.toordinal() else None
    months = amount * (12 if found["years"] else 1)
    index = today.year * 12 + today.month - 1 - months
    year, month = index // 12, index % 12 + 1
    if year < MINYEAR:
        return None
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
