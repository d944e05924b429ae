"""Parser of data/replies.toml: what people type instead of tapping."""

from buddybot.domain.dialog.phrases import ReplyPhrases, VerbPhrases, folded
from buddybot.domain.kernel.faults import Fault, Table, known_keys, table_in, texts_in

_KEYS = frozenset({"negations", "asking", "fillers", "careful", "everyday", "ordinals", "families", "verbs"})


def parse_replies(table: Table) -> ReplyPhrases:
    """Return the phrasebook that a table describes, or raise a `Fault`."""
    known_keys(table, _KEYS)
    families = {name: _spoken(table_in(table, "families"), name, "families.") for name in table_in(table, "families")}
    verbs = table_in(table, "verbs")
    return ReplyPhrases(
        verbs={name: _verb(table_in(verbs, name, "verbs."), f"verbs.{name}.", families) for name in verbs},
        families=families,
        ordinals=_ordinals(table_in(table, "ordinals")),
        negations=folded(texts_in(table, "negations")),
        asking=folded(texts_in(table, "asking")),
        fillers=folded(texts_in(table, "fillers")),
        careful=frozenset(texts_in(table, "careful")),
        everyday=folded(texts_in(table, "everyday")),
    )


def _verb(table: Table, path: str, families: dict[str, frozenset[str]]) -> VerbPhrases:
    wanted = texts_in(table, "families", path)
    for one in wanted:
        if one not in families:
            raise Fault(f"{path}families", one, f"name one of: {', '.join(sorted(families))}")
    own = [phrase for language in table if language != "families" for phrase in texts_in(table, language, path)]
    return VerbPhrases(folded(own), frozenset(wanted))


def _spoken(table: Table, name: str, path: str) -> frozenset[str]:
    by_language = table_in(table, name, path)
    return folded(phrase for language in by_language for phrase in texts_in(by_language, language, f"{path}{name}."))


def _ordinals(table: Table) -> dict[str, int]:
    found: dict[str, int] = {}
    for number in table:
        if not number.isascii() or not number.isdigit():
            raise Fault(f"ordinals.{number}", number, "make it a number: what the words mean")
        found |= dict.fromkeys(folded(texts_in(table, number, "ordinals.")), int(number))
    return found
