"""Parser of data/crisis_replies.toml: meanings of typed replies in a crisis, by language."""

from collections.abc import Mapping, Sequence

from buddybot.domain.crisis.replies import Replies, expanded, replies_of
from buddybot.domain.kernel.faults import Fault

NEEDED = frozenset({"yes", "no", "unsure", "not-meant", "okay", "called", "breathing", "not-breathing", "alone"})


SETS = "sets"
"""Where words stand that a phrase names in braces."""


def parse_crisis_replies(table: Mapping[str, object]) -> Replies:
    """Return the matcher that a table describes; a meaning without phrases, or an unknown set, is a `Fault`."""
    for meaning in sorted(NEEDED - set(table)):
        raise Fault(meaning, None, "put this meaning back, with phrases for each language")
    sets = _lists(SETS, table.get(SETS, {"them": []}))
    found = {meaning: _lists(meaning, listed) for meaning, listed in table.items() if meaning != SETS}
    return replies_of({meaning: _written(meaning, listed, sets) for meaning, listed in found.items()})


def _written(meaning: str, listed: Mapping[str, list[str]], sets: Mapping[str, list[str]]) -> list[str]:
    phrases: list[str] = []
    for language, written in listed.items():
        for phrase in written:
            try:
                phrases += expanded(phrase, sets)
            except KeyError:
                raise Fault(f"{meaning}.{language}", phrase, f"name only sets of [{SETS}] in braces") from None
    return phrases


def _lists(name: str, found: object) -> dict[str, list[str]]:
    if not isinstance(found, Mapping) or not found:
        raise Fault(name, found, "write a list of phrases for each language")
    return {key: _list(f"{name}.{key}", listed) for key, listed in found.items()}


def _list(where: str, listed: object) -> list[str]:
    if not isinstance(listed, Sequence) or isinstance(listed, str):
        raise Fault(where, listed, "write a list of phrases")
    for phrase in listed:
        if not isinstance(phrase, str) or not phrase.strip():
            raise Fault(where, phrase, "put only phrases that are not empty into this list")
    return list(listed)
