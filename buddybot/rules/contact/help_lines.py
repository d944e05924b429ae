"""Allow list of help lines, made from the files of `data/crisis`: what the bot itself shows is never a contact."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import phonenumbers

# Numbers stand in notes and doubts, too: a second number of a line, or the one that was current last year.
_IN_NOTES = re.compile(r"[0-9][0-9 \-]{4,18}[0-9]")
_HOST = re.compile(
    r"(?:[a-z0-9+.\-]{2,10}:/{1,2})?(?:[^/?#\s]{0,80}@)?([a-z0-9.\-]{1,253})(?::[0-9]{1,5})?(?=[/?#\\]|$)"
)
_SHORTEST, _LONGEST = 3, 15


@dataclass(frozen=True, slots=True)
class HelpLines:
    """Numbers and sites that save lives: never a contact, however they are grouped or prefixed."""

    numbers: frozenset[str]
    hosts: frozenset[str]

    def covers_number(self, groups: Sequence[str]) -> bool:
        """Return whether groups of digits are help lines and nothing else: one, or several one behind the other."""
        reached = {0}
        for end in range(1, len(groups) + 1):
            for start in range(max(0, end - 8), end):
                if start in reached and "".join(groups[start:end]) in self.numbers:
                    reached.add(end)
                    break
        return len(groups) in reached and len(groups) > 0

    def covers_site(self, link: str) -> bool:
        """Return whether a link goes to the host of a help line, or below it; never where it only contains its name."""
        found = _HOST.match(link.rstrip(".,;:!?)'\""))
        if found is None:
            return False
        labels = found[1].strip(".").split(".")
        return any(".".join(labels[at:]) in self.hosts for at in range(len(labels)))


def help_lines_of(countries: Iterable[Mapping[str, object]], more_sites: Iterable[str] = ()) -> HelpLines:
    """Gather the numbers and sites of country files; `more_sites` are public bodies that answer no phone."""
    numbers: set[str] = set()
    hosts = set(more_sites)
    for country in countries:
        code, entries = str(country.get("code", "")), country.get("entry")
        for entry in entries if isinstance(entries, list) else ():
            for written in _numbers_of(entry):
                numbers |= _forms(written, code)
            hosts |= _hosts_of(entry)
    return HelpLines(frozenset(numbers), frozenset(hosts))


def _numbers_of(entry: Mapping[str, object]) -> list[str]:
    named = [str(entry[key]) for key in ("phone", "sms") if key in entry]
    told = (str(entry[key]) for key in ("note", "doubt") if key in entry)
    return named + [number for text in told for number in _IN_NOTES.findall(text)]


def _hosts_of(entry: Mapping[str, object]) -> set[str]:
    host = urlsplit(str(entry.get("url", ""))).hostname or ""
    return {host.removeprefix("www.")} - {""}


def _forms(written: str, country: str) -> set[str]:
    """Return a number as dialled at home and from abroad: with and without trunk prefix, country code, 00 and 011."""
    digits = "".join(filter(str.isdigit, written))
    code = str(phonenumbers.country_code_for_region(country) or "")
    trunk = "1" if code == "1" else "0"
    bare = digits.removeprefix(trunk) if len(digits) > len(trunk) + 6 else digits
    home = {digits, bare, trunk + bare}
    abroad = {prefix + code + number for prefix in ("", "00", "011") for number in (bare, trunk + bare) if code}
    return {form for form in home | abroad if _SHORTEST <= len(form) <= _LONGEST} | {digits}
