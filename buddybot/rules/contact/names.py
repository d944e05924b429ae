"""Pattern matcher for the author's own full name; a first name alone is no contact.

"I'm" before two capitals says little ("I'm Grateful Today"), so there both words must be no everyday ones. Another
person's surname does not lead to the author.
"""

import re
from collections.abc import Container, Iterator

from ahocorasick_rs import AhoCorasick

_CUES = AhoCorasick(["i'm", "im ", "i am", "name", "llamo", "nombre es", "regards,", "apellido", "soy ", "here,"])
_NAME = r"(?:[OD]['\u2019])?[A-ZÀ-Þ][\w-]{1,20}"
_FULL = rf"({_NAME}) (?:[A-Z]\.? )?({_NAME})(?![\w'\u2019])"
# "My name is" is followed by a name, whatever it means; after "I'm" most capitals are a title or a mood.
_SAID = re.compile(
    rf"\b(?:[Mm][Yy] (?:full |real |legal |actual |whole )?(?:name|NAME)(?:['\u2019]s| is|:)|[Nn]ame['\u2019]s"
    rf"|[Mm]e llamo|[Mm]i nombre(?: completo)? es) {_FULL}"
)
_AM = re.compile(rf"\b(?:I['\u2019]m|[Ii]m|I am|i['\u2019]m|i am|[Ss]oy|[Tt]his is) {_FULL}")
_SIGNED = re.compile(rf"(?:[Rr]egards,|[Ss]incerely,|[Ss]aludos,)\s{{1,2}}{_FULL}")
_LOWER = re.compile(
    r"\b(?:my (?:(?:full|real|legal|actual|government|gov|whole) )?name(?:'s| is)|mi nombre(?: completo)? es|me llamo) "
    r"([a-z]{3,15}) ([a-z]{4,20})(?= ?(?:$|[.,;!\n]|and |y |from |de |look ))",
    re.IGNORECASE,
)
_SURNAME = re.compile(
    rf"(?:\b(?:[Mm]y|[Mm]i|[Hh]er|[Hh]is|[Tt]heir|[Yy]our|[Ss]u|[Tt]u) |(?:^|[.!?,;\n] ?))(?:[Ll]ast name"
    rf"|[Ss]urname|[Aa]pellido)(?:['\u2019]s| is| es|:)? ({_NAME}(?: {_NAME})?)"
)
# Endings of moods and deeds that no list of words is long enough for; names with such endings are rare beside them.
_ENDINGS = ("ing", "ful", "less", "ness", "ously", "ated", "ised", "ized", "able", "ious", "ally", "wned", "ered")


def may_name(folded: str) -> bool:
    """Return whether folded words hold any that lead to a name: then it is worth looking."""
    return bool(_CUES.find_matches_as_indexes(folded))


def names_in(original: str, ordinary: Container[str]) -> Iterator[tuple[int, int]]:
    """Find full names in a message as written."""
    for pattern in (_SAID, _SIGNED, _LOWER):
        for match in pattern.finditer(original):
            if _plain(match[1]) not in ordinary and _plain(match[2]) not in ordinary:
                yield match.start(1), match.end(2)
    for match in _AM.finditer(original):
        if not _is_word(match[1], ordinary) and not _is_word(match[2], ordinary) and not _is_a_title(match, original):
            yield match.start(1), match.end(2)
    for match in _SURNAME.finditer(original):
        if _plain(match[1].split()[0]) not in ordinary:
            yield match.span(1)


def _is_word(name: str, ordinary: Container[str]) -> bool:
    """Return whether a capitalised word is an everyday one."""
    return _plain(name) in ordinary or _plain(name).endswith(_ENDINGS)


def _plain(name: str) -> str:
    return name.lower().replace("\u2019", "'").partition("'")[0]


def _is_a_title(match: re.Match[str], original: str) -> bool:
    """Return whether the words that follow have capitals, too, as in a title: then capitals say nothing."""
    following = re.findall(r"[^\W\d_]{2,}", original[match.end() : match.end() + 40])[:3]
    return len(following) > 1 and all(word[0].isupper() for word in following)
