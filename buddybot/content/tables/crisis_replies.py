"""Parser of data/crisis_replies.toml: meanings of typed replies in a crisis, by language."""

from collections.abc import Mapping, Sequence

from buddybot.domain.crisis.replies import Replies, replies_of
from buddybot.domain.kernel.faults import Fault

NEEDED = frozenset({"yes", "no", "unsure", "not-meant", "okay", "called", "breathing", "not-breathing", "alone"})


def parse_crisis_replies(table: Mapping[str, object]) -> Replies:
    """Return the matcher that a table describes; a meaning without phrases is a `Fault`."""
    for meaning in sorted(NEEDED - set(table)):
        raise Fault(meaning, None, "put this meaning back, with phrases for each language")
    return replies_of({meaning: _phrases(meaning, found) for meaning, found in table.items()})


def _phrases(meaning: str, found: object) -> list[str]:
    if not isinstance(found, Mapping) or not found:
        raise Fault(meaning, found, "write a list of phrases for each language")
    phrases: list[str] = []
    for language, listed in found.items():
        if not isinstance(listed, Sequence) or isinstance(listed, str):
            raise Fault(f"{meaning}.{language}", listed, "write a list of phrases")
        for phrase in listed:
            if not isinstance(phrase, str) or not phrase.strip():
                raise Fault(f"{meaning}.{language}", phrase, "put only phrases that are not empty into this list")
            phrases.append(phrase)
    return phrases
