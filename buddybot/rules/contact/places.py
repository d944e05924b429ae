"""Pattern matcher for street addresses and rooms in which somebody can be found.

"Drive", "close" and "way" are also everyday words, and a room of a clinic is nobody's home: such words count only where
nothing but the end of an address follows, and only after a name that is no counted thing ("12 steps drive me mad").
"""

import re
from collections.abc import Iterator

_COUNTED = (
    r"in|my|to|the|so|at|of|and|or|but|days?|years?|hours?|hrs?|min(?:ute)?s?|seconds?|weeks?|months?|dollars?"
    r"|bucks|am|pm|will|im|people|more"
    r"|for|on|times|nights?|is|a|an|per|percent|points?|miles?|steps?|km|kids|friends|lads|other|good|big|small"
    r"|long|of my|st|th|nd|rd"
    r"|mg|ml|pills|bags|blocks|houses|men|women|cars|guys|cops|minutes?|was|were|are|i|we|they|he|she|you|it"
)
_NUMBER = rf"\b[0-9]{{1,5}}[a-z]? (?:[nsew]\.? )?(?!(?:{_COUNTED})\b)"
_NAMES = rf"(?:(?!(?:{_COUNTED})\b)(?:[a-z']{{2,20}}|[0-9]{{1,3}}(?:st|nd|rd|th)) ){{1,3}}"
_SURE = (
    r"(?:street|st|avenue|ave|road|rd|lane|ln|boulevard|blvd|terrace|crescent)\b(?! (?:trip|rage|food|light"
    r"|lights|smart|bike|map)\b)"
)
_ALSO_WORDS = (
    r"(?:drive|dr|court|ct|place|close|row|rise|way|walk|mews|square|sq|circle|parkway|pkwy|highway|hwy|trail"
    r"|grove|gardens|gdns"
    r"|hill|view|quay|wharf|park|plaza|bend|heights)"
)
# An address ends, or goes on with a flat, a mark to find it by, or a town; a sentence goes on with a verb or an object.
_ENDS = (
    r"(?= ?(?:$|[,.;:!\n]|#|\(|apt|flat|unit|apartment|top|bell|door|floor|near|off|by the|opposite|behind|across"
    r"|if (?:you|u|anyone)|come))"
)
_STREET = re.compile(
    rf"{_NUMBER}{_NAMES}{_SURE}"
    rf"|{_NUMBER}(?:(?!(?:{_COUNTED})\b)[a-z']{{2,20}} ){{1,2}}(?<![a-rt-z]s ){_ALSO_WORDS}\b{_ENDS}"
    r"|\b(?:calle|avenida|av|colonia|privada|callejon) (?:[a-z]{2,20} ){1,4}(?:numero |num |no\.? |# ?)?[0-9]{1,5}\b"
    r"|\b[a-z]{3,20}(?:strasse|str\.|gasse|platz) [0-9]{1,4}[a-z]?\b|\b[0-9]{1,4},? rue (?:[a-z']{2,20} ?){1,4}"
    r"|\bp\.? ?o\.? box [0-9]{1,6}\b|\bvia [a-z]{3,20} [0-9]{1,4}\b|\brua (?:[a-z]{2,20} ){1,3}[0-9]{1,5}\b"
)
_ROOM = re.compile(
    r"\b(?:apt|apartment|unit|lot|room|flat|depto) ?#? ?[0-9]{1,4}[a-z]?\b,? (?:at|on|in|of) (?:the |a )?"
    r"(?:[a-z0-9']{2,20} ){0,3}(?:street|st|avenue|ave|road|rd|lane|ln|motel|hotel|inn|lodge|hostel|apartments"
    r"|court|towers?|estates?|park|village|manor)\b"
)
_MINE = re.compile(
    r"(?<![a-z])(?:i live|i'm|im|i am|i'll be|ill be|staying|stay|come (?:to|by|over to|find me)|find me|meet me"
    r"|my (?:place|address|door|flat)"
    r"|vivo|estoy|address is|we live)(?![a-z])[a-z0-9 ,']{0,24}"
    r"\b(?:apt|apartment|unit|lot|flat|depto|room) ?#? ?[0-9]{1,4}[a-z]?\b"
)
_INSTITUTION = re.compile(
    r"^[a-z0-9 ,']{0,30}\b(?:clinic|hospital|ward|detox|rehab|er|icu|unit|surgery|court|school|college|library"
    r"|church|meeting|building|group)\b"
)


def places_in(text: str) -> Iterator[tuple[int, int]]:
    """Find addresses in folded text; a room of a clinic or a building at large is none."""
    for match in _STREET.finditer(text):
        yield match.span()
    for pattern in (_ROOM, _MINE):
        for match in pattern.finditer(text):
            if _INSTITUTION.match(text[match.end() : match.end() + 60]) is None:
                yield match.span()
