"""Tokenizer for numbers as people write them: digits of every script, and number words of six languages.

Signs are replaced one for one, so that every place in the text stays what it was. A run is what stands close together:
`212-555-0143`, `two one two five five five ...`, or the same in Arabic-Indic or Devanagari digits.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_CHINESE = {
    "\u3007": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}

# English, Spanish, German, French, Italian and Portuguese, as the folding leaves them.
_WORDS_BY_VALUE = {
    "0": "zero oh o nought naught cero null", "1": "one wun uno eins un um", "2": "two dos zwei zwo deux due dois duas",
    "3": "three tres drei trois tre", "4": "four fower cuatro vier quatre quattro quatro",
    "5": "five fife nickel cinco funf cinq cinque", "6": "six seis sechs sei meia",
    "7": "seven siete sieben sept sette sete",
    "8": "eight ocho acht huit otto oito", "9": "nine niner nueve neun neuf nove",
    "10": "ten diez zehn dix dieci dez", "11": "eleven once elf onze undici",
    "12": "twelve doce zwolf douze dodici doze",
    "13": "thirteen trece dreizehn treize tredici treze", "14": "fourteen catorce vierzehn quatorze quattordici",
    "15": "fifteen quince funfzehn quinze quindici", "16": "sixteen dieciseis sechzehn seize sedici dezesseis",
    "17": "seventeen diecisiete siebzehn diciassette", "18": "eighteen dieciocho achtzehn diciotto dezoito",
    "19": "nineteen diecinueve neunzehn diciannove", "20": "twenty veinte zwanzig vingt venti vinte",
    "30": "thirty treinta dreissig trente trenta trinta",
    "40": "forty fourty cuarenta vierzig quarante quaranta quarenta",
    "50": "fifty cincuenta funfzig cinquante cinquanta cinquenta",
    "60": "sixty sesenta sechzig soixante sessanta sessenta",
    "70": "seventy setenta siebzig settanta", "80": "eighty ochenta achtzig ottanta oitenta",
    "90": "ninety noventa neunzig novanta", "00": "hundred",
}  # fmt: skip
_TIMES = {"double": 2, "doble": 2, "triple": 3, "tripple": 3}
_VALUES = {word: value for value, words in _WORDS_BY_VALUE.items() for word in words.split()}
NUMBER_WORDS = frozenset((*_VALUES, *_TIMES))
_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))

# A letter o among digits is a zero; a word may touch digits ("5fifty5"), but no other letter.
_TOKEN = re.compile(rf"(?:[0-9]|(?<![a-z])o(?=[0-9]))(?:[0-9]|o(?![a-np-z]))*|(?<![a-z])(?:{_WORDS})(?![a-z])")
_GAP = re.compile(r"[ ,.\-()/*_|]{0,3}(?:(?:dash|hyphen|then|luego|um|uh|eh|guion|y|und|et|e) )?[(]?")
_WIDEST_GAP = 12
# Above the first two planes are ideographs and private signs; a test walks through all of Unicode.
_NO_DIGITS_FROM = 0x20000
# People count by ones, fives, tens and hundreds.
_LARGEST_STEP = 100
# Enough for two numbers one behind the other; a longer row of number words is no longer a number that anybody dials.
_LONGEST_RUN = 80


def _script_digits() -> dict[int, str]:
    """Map every decimal digit of Unicode, and the Chinese numerals, to its ASCII digit."""
    signs = re.findall(r"\d", "".join(map(chr, range(0x80, _NO_DIGITS_FROM))))
    found = {ord(sign): unicodedata.decimal(sign) for sign in signs}
    found |= {ord(sign): value for sign, value in _CHINESE.items()}
    return {point: str(value) for point, value in found.items()}


_SCRIPTS = _script_digits()


@dataclass(frozen=True, slots=True)
class Number:
    """One token: digits, or a number word and the digits it stands for."""

    digits: str
    spoken: bool
    start: int
    end: int


def ascii_digits(text: str) -> str:
    """Replace the digits of every script by ASCII ones, sign for sign."""
    return text if text.isascii() else text.translate(_SCRIPTS)


def runs_in(text: str) -> Iterator[tuple[Number, ...]]:
    """Yield what stands close together, in order; each token is in one run."""
    run: list[Number] = []
    times = 1
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if run and (len(run) >= _LONGEST_RUN or not _close(text, run[-1].end, start)):
            yield tuple(run)
            run, times = [], 1
        spoken = match[0].isalpha()
        digits = (_VALUES.get(match[0], "") if spoken else match[0].replace("o", "0")) * times
        times = _TIMES.get(match[0], 1)
        run.append(Number(digits, spoken, start, end))
    if run:
        yield tuple(run)


def _close(text: str, end: int, start: int) -> bool:
    return start - end <= _WIDEST_GAP and _GAP.fullmatch(text, end, start) is not None


def joined_digits(run: Sequence[Number]) -> str:
    """Return the digits of a run; a unit behind a ten takes the place of its zero ("fifty five" is 55)."""
    digits = [number.digits for number in run]
    for at, (number, after) in enumerate(pairwise(run)):
        if number.spoken and _is_ten(number.digits) and len(after.digits) == 1 and after.digits != "0":
            digits[at] = digits[at][0]
    return "".join(digits)


def _is_ten(digits: str) -> bool:
    return len(digits) == 2 and digits[0] > "1" and digits[1] == "0"  # noqa: PLR2004 - two digits


def spoken_digits(text: str) -> str:
    """Return the digits of a number written with digits, words, or both ("double five" is 55)."""
    return "".join(joined_digits(run) for run in runs_in(ascii_digits(text)))


def is_series(values: Sequence[int], *, strict: bool = False) -> bool:
    """Return whether numbers in a row count, taper or repeat: one step throughout, one direction, or a short pattern.

    `strict`: only one small step throughout tells, because groups of a phone number often go one way by chance, and
    one in hundreds has equal steps ("930-555-0180").
    """
    if len(values) < 3:  # noqa: PLR2004 - two numbers always have one step
        return False
    steps = [after - before for before, after in pairwise(values)]
    if len(set(steps)) <= 1:
        return not strict or abs(steps[0]) <= _LARGEST_STEP
    if strict:
        return False
    one_way = all(step >= 0 for step in steps) or all(step <= 0 for step in steps)
    grows = one_way and len(values) > 3 and len(set(values)) * 2 >= len(values)  # noqa: PLR2004 - three do so by chance
    return grows or _repeats(values)


def _repeats(values: Sequence[int]) -> bool:
    return any(
        all(value == values[at % period] for at, value in enumerate(values))
        for period in range(1, len(values) // 2 + 1)
    )
