"""A grammar for what leads out of the room: numbers, handles, links, addresses, payment tags, full names.

It reads text with its letters folded but its tricks left in, because a leetspeak letter in a handle is part of it. Help
lines are never contacts. A phone number that the numbering plans know is validated; whatever else looks like a contact
is doubtful, which leaves its author the last word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers

from buddybot.domain.kernel.verdicts import Certainty, Contact
from buddybot.rules.normalise import Folded

_DIGIT_WORDS = {
    "zero": "0", "oh": "0", "o": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9", "cero": "0", "uno": "1", "dos": "2", "tres": "3", "cuatro": "4",
    "cinco": "5", "seis": "6", "siete": "7", "ocho": "8", "nueve": "9", "nickel": "5",
    "hundred": "00", "double": "", "triple": "",
}  # fmt: skip
_NUMBER = "|".join(sorted(_DIGIT_WORDS, key=len, reverse=True))
_FEWEST, _MOST = 7, 15
# Asking the numbering plans is slow; a message of nothing but numbers is asked about this often.
_MOST_ASKED = 8
_REGIONS = ("US", "GB", "ES", "MX", "IE", "AU", "DE", "FR", "IN", "NZ")

# But for names, nothing below can match a text without one of these signs or words, so most messages cost one look.
_SIGNS = re.compile(r"[0-9@_/]|\$[a-z]|\.[a-z]{2}")
_CUES = (" dot ", " punto ", "name", "llamo")
_LETTERS = re.compile(r"[a-z]+")

_PHONE = re.compile(r"(?<![\w.$#/-])\+?\(?[0-9](?:[ ().\-/*_]{0,3}[0-9o]){6,14}(?![0-9])(?<! o)")
# One digit at a time: groups of one to four could be cut in exponentially many ways, and a run of digits froze the bot.
_SPOKEN = re.compile(rf"\b(?:{_NUMBER}|[0-9])(?:[ ,.\-|/_:]{{0,3}}(?:{_NUMBER}|[0-9])){{4,59}}\b")
_DATE = re.compile(r"(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:19|20)[0-9]{2}")
_EMAIL = re.compile(
    r"(?<![\w.])[\w.+-]{1,64} ?@ ?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}"
    r"|\b[\w.]{2,40} (?:at|arroba) [a-z0-9-]{2,40} (?:dot|punto) [a-z]{2,10}\b"
    r"|\b[\w.]{2,40}\]? ?(?:\(at\)|\[at\]|\[@\]|\(a\)|at sign) ?\[?[a-z0-9-]{2,40}\]? ?"
    r"(?:dot|punto|period|[(\[](?:dot|punto|period)[)\]]|\.) ?\[?[a-z]{2,10}\b"
)
_LINK = re.compile(
    r"https?:/{1,2}[^\s]{3,300}|hxxps?[^\s]{3,300}|(?<![\w@.])(?:www\.)?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,3}"
    r"\.(?:com|net|org|io|me|gg|ly|app|co|info|example|tv|link|xyz|shop|site|online|ru|uk|mx|es|test)(?![a-z.@])"
    r"(?:/[^\s]{0,200})?"
    r"|\b[a-z0-9-]{2,40} (?:dot|punto) (?:com|net|org|io|me|gg|example)\b"
)
_HANDLE = re.compile(
    r"(?<![\w.@])@(?: ?(?=[a-z0-9]{0,30}[_.][a-z0-9])| ?(?=[a-z]{3,30}[0-9]{2})|(?=[a-z]{4}))[a-z0-9_.\-]{3,40}"
    r"|(?<![\w/])u/[\w-]{3,30}|(?<![\w.@/'])(?=[a-z]{1,20}[a-z0-9]{0,20}_)(?!(?:[a-z0-9]{1,2}_){2})"
    r"[a-z0-9]{2,12}_(?=[a-z0-9_]{0,20}[a-z0-9]{2})(?:[a-z0-9]{1,12}_?){1,3}(?!\w)"
)
_NAMED = re.compile(
    r"\b(?:snapp?(?:chat)?|sc|insta(?:gram)?|the gram|ig|yt|gt|ps5|the bird app|the clock app|tele(?:gram)?"
    r"|tg|kik|wickr|signal|sgnl|whats?app|wasap|disc(?:ord)?|fb|facebook|skype|zoom"
    r"|tik ?tok|twitter|twt|reddit|psn|xbox|steam|gamertag|threema|session|user(?:name)?|usuario|handle|tag)\b"
    r"(?: name| tag| id)?(?: is| its| it's|'s| es| as| im| i'm|[:=.,]| [:=]| -)? ?@?(?=[a-z0-9.\-]{0,30}[_0-9.])"
    r"[a-z0-9]+(?:[_.\-][a-z0-9]+)*[0-9_]*"
)
_PAYMENT = re.compile(
    r"(?<![\w$])\$(?=[a-z0-9._-]{0,40}[a-z]{3})[a-z][a-z0-9._-]{2,40}"
    r"|\b(?:venmo|cash ?app|zelle|paypal|bizum)(?: me)?(?: is| at|:| @| -)? ?[@$][\w.-]{3,40}"
)
_ADDRESS = re.compile(
    r"\b[0-9]{1,5}[a-z]? (?:[nsew]\.? )?"
    r"(?!(?:in|my|to|the|so|at|of|and|days?|years?|hours?|min(?:ute)?s?|weeks?|months?|dollars?|bucks|am|pm|will|im|people|more"
    r"|for|on|times|nights?|is|a|per|percent|points?|miles?)\b)"
    r"(?:[a-z]{2,20} ){1,3}"
    r"(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|place|terrace|close|crescent)\b"
    r"|\b(?:calle|avenida|av|colonia) (?:[a-z]{2,20} ){1,4}(?:numero |num |no\.? |# ?)?[0-9]{1,5}\b"
    r"|\b(?:apt|apartment|unit|lot|room|depto) ?#? ?[0-9]{1,4}[a-z]?\b,? (?:at|on|in|of) "
)
_FULL_NAME = re.compile(
    r"\b(?:[Mm]y (?:full |real |legal )?name(?:'s| is)|[Mm]e llamo|[Mm]i nombre es|I'm|I am|[Nn]ame's) "
    r"([A-Z][a-z]{1,20}(?: [A-Z]\.?)? (?:[A-Z][a-z]{2,20}))(?![a-z])"
    r"|(?:[Ll]ast name(?:'s| is)?|[Ss]urname(?:'s| is)?|[Rr]egards,|[Mm]i apellido es) "
    r"([A-Z][a-z]{2,20}(?: [A-Z][a-z]{2,20})?)"
)
_NAME_CUES = ("i'm", "i am", "name", "llamo", "nombre es", "regards,", "apellido")
_PAYING = re.compile(r"cash|venmo|pay|send|tag|zelle|money|tip\b")
_GROUPS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class HelpLines:
    """Numbers and sites that save lives: never a contact, whatever they look like."""

    digits: frozenset[str]
    sites: frozenset[str]

    def covers_number(self, digits: str) -> bool:
        """Whether these digits are a help line, with or without a leading country code or 1."""
        return any(form in self.digits for form in (digits, digits[1:], digits[2:], digits[3:]))

    def covers_site(self, link: str) -> bool:
        """Whether this link goes to a help site."""
        return any(site in link for site in self.sites)


def contacts_in(plain: Folded, lines: HelpLines) -> tuple[Contact, ...]:
    """Find contacts in `plain` (folded, tricks left in); spans are offsets into the original text."""
    found: list[Contact] = []
    taken = bytearray(len(plain.original) + 1)
    for kind, start, end, certainty in _candidates(plain, lines):
        if 1 in taken[start:end]:
            continue
        taken[start:end] = b"\1" * (end - start)
        found.append(Contact(start, end, kind, certainty))
    return tuple(sorted(found, key=lambda contact: contact.start))


def _candidates(plain: Folded, lines: HelpLines) -> Iterator[tuple[str, int, int, Certainty]]:
    if _may_hold_a_contact(plain.text):
        for kind, start, end, certainty in _in_folded(plain.text, lines):
            yield kind, *plain.origin(start, end), certainty
    if not any(cue in plain.text for cue in _NAME_CUES):
        return
    for match in _FULL_NAME.finditer(plain.original):
        yield "name", *match.span(match.lastindex or 0), Certainty.DOUBTFUL


def _may_hold_a_contact(text: str) -> bool:
    """Whether there is a sign that contacts are made of, a word that names one, or two numbers in words."""
    if _SIGNS.search(text) is not None or any(cue in text for cue in _CUES):
        return True
    return sum(word in _DIGIT_WORDS for word in _LETTERS.findall(text)) > 1


def _in_folded(text: str, lines: HelpLines) -> Iterator[tuple[str, int, int, Certainty]]:
    for match in _EMAIL.finditer(text):
        yield "email", *match.span(), Certainty.VALIDATED if "@" in match[0] else Certainty.DOUBTFUL
    for match in _LINK.finditer(text):
        if not lines.covers_site(match[0]):
            yield "link", *match.span(), Certainty.VALIDATED if "/" in match[0] else Certainty.DOUBTFUL
    yield from _numbers(text, lines)
    for kind, pattern in (("handle", _HANDLE), ("payment", _PAYMENT), ("handle", _NAMED), ("address", _ADDRESS)):
        if pattern is _PAYMENT and _PAYING.search(text) is None:
            continue
        for match in pattern.finditer(text):
            yield kind, *match.span(), Certainty.DOUBTFUL


def _numbers(text: str, lines: HelpLines) -> Iterator[tuple[str, int, int, Certainty]]:
    asked = 0
    for pattern in (_PHONE, _SPOKEN):
        for match in pattern.finditer(text):
            digits = spoken_digits(match[0])
            if not _FEWEST <= len(digits) <= _MOST or lines.covers_number(digits) or _is_a_list(match[0]):
                continue
            asked += 1
            certainty = phone_certainty(digits) if asked <= _MOST_ASKED else Certainty.DOUBTFUL
            yield "phone", *match.span(), certainty


def _is_a_list(number: str) -> bool:
    """Whether this is a date, or small numbers of differing length in a row, such as lottery numbers."""
    lengths = set(map(len, _GROUPS.findall(number)))
    return _DATE.search(number) is not None or ("-" in number and lengths == {1, 2})


def spoken_digits(text: str) -> str:
    """Return the digits of a number written with digits, words, or both ("double five" is 55)."""
    digits: list[str] = []
    times = 1
    for part in re.findall(rf"[0-9]|(?:{_NUMBER})", text):
        if part in {"double", "triple"}:
            times = 2 if part == "double" else 3
            continue
        digits.append(_DIGIT_WORDS.get(part, part) * times)
        times = 1
    return "".join(digits)


def phone_certainty(digits: str) -> Certainty:
    """Ask the numbering plans of the countries served; numbers kept for fiction are known to none of them."""
    for region in _REGIONS:
        try:
            number = phonenumbers.parse(digits, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return Certainty.VALIDATED
    return Certainty.DOUBTFUL
