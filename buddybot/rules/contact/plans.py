"""Numbering plans: the groupings in which people write phone numbers, and whether a plan knows a number.

A bare run of digits is valid in some country nearly always, so a plan is asked only where a plus, a grouping or words
say that this is a phone number, and only the plans that write numbers like that.
"""

import re
from dataclasses import dataclass

import phonenumbers

from buddybot.domain.kernel.verdicts import Certainty

FEWEST, MOST = 7, 15
# Countries whose numbers begin with a zero at home, and those whose numbers don't.
_WITH_ZERO = ("GB", "DE", "FR", "IE", "AU", "NZ", "IN", "IT", "NL")
_NORTH_AMERICA = re.compile(r"1?[2-9][0-9]{2}[2-9][0-9]{6}")
# Kept for films and examples (555-01xx, 07700 900xxx and the like): some plan or other may know them all the same.
_FICTION = re.compile(
    r"1?(?:[0-9]{3})?555[0-9]{4}|(?:44|0)?(?:7700900|1632960)[0-9]{3}|(?:44|0)?(?:20794|11349|12149)60[0-9]{3}"
)


@dataclass(frozen=True, slots=True)
class Grouping:
    """A way to write numbers: groups joined by single dashes, and the countries that write so."""

    pattern: re.Pattern[str]
    regions: tuple[str, ...]


GROUPINGS = tuple(
    Grouping(re.compile(pattern), regions)
    for pattern, regions in (
        (r"(?:1-)?[0-9]{3}-[0-9]{3}-[0-9]{4}", ("US", "MX")),
        (r"(?:1-)?[2-9][0-9]{2}-[2-9][0-9]{6}", ("US",)),
        (r"1?[2-9][0-9]{5}-[0-9]{4}", ("US",)),
        (r"[2-9][0-9]{2}-[2-9][0-9]{2}-[0-9]{2}-[0-9]{2}", ("US", "MX")),
        (r"[2-9][0-9]{2}-(?:[0-9]{4}|[0-9]{2}-[0-9]{2})", ()),
        (r"[5-9][0-9]{2}-[0-9]{3}-[0-9]{3}", ("ES", "PT", "PL")),
        (r"[6-9][0-9]{2}(?:-[0-9]{2}){3}|9[0-9]-[0-9]{3}(?:-[0-9]{2}){2}", ("ES",)),
        (r"0[0-9](?:-[0-9]{2}){4}|0-[0-9]{3}(?:-[0-9]{2}){3}|0[0-9]{3}(?:-[0-9]{2}){3}", ("FR",)),
        (r"0[0-9]{1,4}(?:-[0-9]{2,8}){1,3}", _WITH_ZERO),
        (r"1[38]00-[0-9]{3}-[0-9]{3}", ("AU", "IE")),
        (r"[6-9][0-9]{4}-[0-9]{5}", ("IN",)),
        (r"(?:55|56|33|81)-[0-9]{4}-[0-9]{4}", ("MX",)),
    )
)
_FEWEST_WITH_ZERO = 9
# Whole numbers of countries that begin with a zero at home, and of mobile phones in China.
_WHOLE = re.compile(r"0[1-9][0-9]{8,9}|1[3-9][0-9]{9}")


def grouping_of(groups: str) -> Grouping | None:
    """Return the first way to write numbers that fits groups joined by dashes."""
    digits = len(groups) - groups.count("-")
    if not FEWEST <= digits <= MOST:
        return None
    for grouping in GROUPINGS:
        if grouping.pattern.fullmatch(groups) is not None:
            short = grouping.regions is _WITH_ZERO and digits < _FEWEST_WITH_ZERO
            return None if short else grouping
    return None


def phone_certainty(digits: str, *, regions: tuple[str, ...] = (), plus: bool = False) -> Certainty:
    """Ask numbering plans: validated where one of them knows the number, doubtful otherwise.

    Without a plus or regions nothing says that these digits are a phone number, and no plan is asked.
    """
    if _FICTION.fullmatch(digits) is not None:
        return Certainty.DOUBTFUL
    if plus:
        return _asked(f"+{digits}", None)
    known = (_asked(digits, region) for region in regions)
    return Certainty.VALIDATED if Certainty.VALIDATED in known else Certainty.DOUBTFUL


def _asked(digits: str, region: str | None) -> Certainty:
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return Certainty.DOUBTFUL
    return Certainty.VALIDATED if phonenumbers.is_valid_number(number) else Certainty.DOUBTFUL


def regions_of_bare(digits: str) -> tuple[str, ...]:
    """Return the countries that would write a whole number without grouping like this."""
    if digits.startswith("0"):
        return _WITH_ZERO if len(digits) >= _FEWEST_WITH_ZERO else ()
    if _NORTH_AMERICA.fullmatch(digits) is not None:
        return ("US", "MX")
    if re.fullmatch(r"[6-9][0-9]{9}", digits):
        return ("IN", "MX")
    return ("ES", "PT") if re.fullmatch(r"[679][0-9]{8}", digits) else ()


def is_an_example(digits: str) -> bool:
    """Return whether this is 555-0100 to 555-0199, which nothing but examples of phone numbers is."""
    return re.fullmatch(r"(?:1?[2-9][0-9]{2})?55501[0-9]{2}", digits) is not None


def like_a_phone(digits: str) -> bool:
    """Return whether a bare number has the length and the beginning of a whole number: doubtful even without words."""
    return _NORTH_AMERICA.fullmatch(digits) is not None or _WHOLE.fullmatch(digits) is not None
