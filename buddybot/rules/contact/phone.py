"""Classifier of numbers: a phone only with a plus, a phone's grouping, or words that say so.

People count down, breathe 4-7-8, tell dates, doses and years; none of that leads out of the room. A phone number is
validated where a numbering plan knows it, and doubtful otherwise, which leaves its author the last word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from buddybot.domain.kernel.verdicts import Certainty
from buddybot.rules.contact import phone_words, plans
from buddybot.rules.contact.digits import Number, ascii_digits, is_series, joined_digits, runs_in
from buddybot.rules.contact.help_lines import HelpLines

Found = tuple[int, int, Certainty]

# Asking the numbering plans is slow; a message of nothing but numbers is asked about this often.
_MOST_ASKED = 8
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}[ \-/.]{1,2}[0-9]{1,2}[ \-/.]{1,2}[0-9]{1,2}"
    r"|[0-9]{1,2}[ \-/.]{1,2}[0-9]{1,2}[ \-/.]{1,2}(?:19|20)?[0-9]{2}"
)
_YEARS = re.compile(r"(?:(?:19|20)[0-9]{2})+")
_ACROSS = re.compile(r"[ ,/|]")
_ROUND = re.compile(r"[0-9]{1,3}(?:-000)+")
# So many digits in a row, one by one, are as long as a whole number; so many number words are no accident.
_WHOLE, _WORDY = 10, 3
_WIDEST = 5
_AREA = 3
_LONGEST_SPOKEN = 40
_LONGEST_HELP = 24


@dataclass(slots=True)
class _Look:
    """One message being looked at, and how often the plans were asked about it."""

    text: str
    lines: HelpLines
    asked: int = field(default=0)

    def certainty(self, digits: str, regions: tuple[str, ...], *, plus: bool = False) -> Certainty:
        """Ask the plans while the budget lasts; 00 in front is a plus."""
        self.asked += 1
        if self.asked > _MOST_ASKED:
            return Certainty.DOUBTFUL
        abroad = digits.startswith("00")
        return plans.phone_certainty(digits.removeprefix("00"), regions=regions, plus=plus or abroad)


def phones_in(text: str, lines: HelpLines) -> Iterator[Found]:
    """Find phone numbers in folded text."""
    plain = ascii_digits(text)
    look = _Look(plain, lines)
    for run in runs_in(plain):
        if sum(len(number.digits) for number in run) < plans.FEWEST or _is_help(run, lines):
            continue
        if any(number.spoken for number in run):
            yield from _spoken(run, look)
        else:
            yield from _written(run, look)


def _is_help(run: Sequence[Number], lines: HelpLines) -> bool:
    """Return whether a run is a help line, perhaps with an hour or a key to press beside it."""
    groups = [number.digits for number in run]
    if lines.covers_number(groups) or lines.covers_number([joined_digits(run)]):
        return True
    if len(groups) > _LONGEST_HELP:
        return False
    for start in range(len(groups)):
        for end in range(start + 1, min(len(groups), start + _WIDEST + 1) + 1):
            line = "".join(groups[start:end])
            rest = sum(map(len, groups)) - len(line)
            if rest < plans.FEWEST and len(line) >= plans.FEWEST - 2 and lines.covers_number([line]):
                return True
    return False


def _spoken(run: Sequence[Number], look: _Look) -> Iterator[Found]:
    """Judge a number told in words: counting is none, a row of other digits is doubtful."""
    start, end, digits = run[0].start, run[-1].end, joined_digits(run)
    values = [value for value in _values(run) if value]
    if is_series(values) or _YEARS.fullmatch(digits) or phone_words.is_named_otherwise(look.text, start, end):
        return
    said = phone_words.says_phone(look.text, start, end)
    wordy = sum(number.spoken for number in run) >= _WORDY or plans.grouping_of(_groups(run)) is not None
    if not (said or wordy) or not plans.FEWEST <= len(digits) <= _LONGEST_SPOKEN:
        return
    if len(digits) > plans.MOST and not said:
        return
    yield start, end, look.certainty(digits, plans.regions_of_bare(digits) if said else ())


def _written(run: Sequence[Number], look: _Look) -> Iterator[Found]:
    """Judge digits: the whole run, or, where it is none, what stands between its blanks and commas."""
    whole = _one(run, look)
    if whole is not None:
        yield whole
        return
    if len(run) == 1 or phone_words.is_named_otherwise(look.text, run[0].start, run[-1].end):
        return
    for part in _parts(run, look.text):
        found = _one(part, look)
        if found is not None:
            yield found


def _parts(run: Sequence[Number], text: str) -> Iterator[Sequence[Number]]:
    """Part a run at blanks, commas and slashes; where that leaves no number, try groups that fit a plan's grouping."""
    cuts = [at for at in range(1, len(run)) if _ACROSS.search(text, run[at - 1].end, run[at].start)]
    parts = [run[start:end] for start, end in zip([0, *cuts], [*cuts, len(run)], strict=True)]
    long = [part for part in parts if sum(len(number.digits) for number in part) >= plans.FEWEST]
    if long:
        yield from long
        return
    start = 0 if any(len(number.digits) == _AREA for number in run) else len(run)
    while start < len(run):
        width = next((width for width in range(_WIDEST, 1, -1) if _fits(run[start : start + width])), 0)
        if width:
            yield run[start : start + width]
        start += width or 1


def _fits(part: Sequence[Number]) -> bool:
    grouping = plans.grouping_of(_groups(part))
    return grouping is not None and "US" in grouping.regions


def _one(run: Sequence[Number], look: _Look) -> Found | None:
    """Judge one run as a whole."""
    start, end, digits = run[0].start, run[-1].end, joined_digits(run)
    if not plans.FEWEST <= len(digits) <= plans.MOST or look.lines.covers_number([digits]):
        return None
    if _has_plus(look.text, start):
        return start - 1, end, look.certainty(digits, (), plus=True)
    if _is_no_phone(run, look.text) or phone_words.is_a_public_line(look.text, start, end, digits):
        return None
    if start and look.text[start - 1] == "(" and ")" in look.text[start:end]:
        start -= 1
    said = phone_words.says_phone(look.text, start, end)
    return _bare(start, end, look, said=said) if len(run) == 1 else _grouped(run, (start, end), look, said=said)


def _grouped(run: Sequence[Number], place: tuple[int, int], look: _Look, *, said: bool) -> Found | None:
    """Judge groups of digits: a plan's grouping, words that say phone, an example, or a whole number digit by digit."""
    (start, end), groups, digits = place, _groups(run), joined_digits(run)
    listed = "," in look.text[start:end]
    grouping = None if listed else plans.grouping_of(groups)
    if grouping is not None and (grouping.regions or said or _is_local(look.text, start, end)):
        # An example of a number is as sure as a real one where grouping and words both say that it is a phone's.
        if said and grouping.regions and plans.is_an_example(digits):
            return start, end, Certainty.VALIDATED
        return start, end, look.certainty(digits, grouping.regions)
    whole = len(run) == len(digits) >= _WHOLE and plans.like_a_phone(digits)
    seen = whole or plans.is_an_example(digits) or (said and not listed)
    return (start, end, Certainty.DOUBTFUL) if seen else None


def _bare(start: int, end: int, look: _Look, *, said: bool) -> Found | None:
    """Judge digits without any grouping: validated only where words say phone."""
    digits = look.text[start:end].replace("o", "0")
    if said:
        regions = plans.regions_of_bare(digits)
        return start, end, look.certainty(digits, regions)
    if start and look.text[start - 1].isalpha():
        return None
    alone = len(digits) >= _WHOLE - 1 and look.text.strip(" .!?\n") == look.text[start:end]
    seen = alone or plans.like_a_phone(digits) or plans.is_an_example(digits)
    return (start, end, Certainty.DOUBTFUL) if seen else None


def _is_no_phone(run: Sequence[Number], text: str) -> bool:
    """Return whether numbers are a date, years, money, a count, or named as something else."""
    start, end, groups = run[0].start, run[-1].end, _groups(run)
    written = text[start:end]
    if _DATE.fullmatch(written) or _YEARS.fullmatch(groups.replace("-", "")) or _ROUND.fullmatch(groups):
        return True
    if start and text[start - 1] in "$€£#":
        return True
    if is_series(_values(run), strict=plans.grouping_of(groups) is not None):
        return True
    return phone_words.is_named_otherwise(text, start, end)


def _is_local(text: str, start: int, end: int) -> bool:
    """Return whether a number without area code is joined by a dash or a dot, and no range."""
    return " " not in text[start:end] and not phone_words.is_a_range(text, start)


def _has_plus(text: str, start: int) -> bool:
    return start > 0 and text[start - 1] == "+" and not text[max(0, start - 2)].isalnum()


def _values(run: Sequence[Number]) -> list[int]:
    return [int(number.digits[-plans.MOST :] or "0") for number in run]


def _groups(run: Sequence[Number]) -> str:
    return "-".join(number.digits for number in run)
