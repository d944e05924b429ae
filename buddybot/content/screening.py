"""Loads the screener: lexicon, frames, patterns and trained weights, from the files in data/."""

import struct
from collections.abc import Collection, Iterator
from pathlib import Path

from marisa_trie import Trie

from buddybot.content.files import ContentError, read_toml
from buddybot.content.succinct import SuccinctSet
from buddybot.content.tables.claims import parse_wordings
from buddybot.content.tables.lexicon import asks_of, folding_tables, words_by_kind
from buddybot.content.tables.rules import contact_tables, frames_of, ordinary_words, policy_of, public_sites
from buddybot.content.tensors import read_tensors
from buddybot.content.validation import read_table
from buddybot.content.words import labels_in
from buddybot.domain.crisis.replies import WHOLE
from buddybot.domain.crisis.scripts import SCRIPTS
from buddybot.rules.contact import ContactTables
from buddybot.rules.decide import Screener
from buddybot.rules.frames import Frames
from buddybot.rules.lexicon import Lexicon
from buddybot.rules.normalise import Folding
from buddybot.rules.opinion import Opinion, OpinionWeights
from buddybot.rules.phrases.table import phrasebook_of
from buddybot.rules.sight import Sight
from buddybot.rules.words import cut, plain_words

# What these name is no button of the chat: sentences of a crisis, and the desk's own pages.
_NO_BUTTONS = ("crisis-", "desk-")
# Questions in a crisis whose answers lead out of it, or away from what is dangerous.
_WAYS_OUT = frozenset(
    ("after", "alone", "card", "check", "company", "country", "exit", "loss", "morning", "send", "survived", "tell")
)


def load_screener(content: Path, *, whole: bool = False) -> Screener:
    """Read every file the screener needs; a broken one is a ContentError that names it."""
    sight = load_sight(content, whole=whole)
    claims = read_table(content / "claims.toml", parse_wordings)
    opinion = load_opinion(content / "model" / "opinion.safetensors", sight.lexicon)
    return Screener(sight, sight.policy, opinion, claims, load_stock_answers(content, sight.folding))


def load_sight(content: Path, *, whole: bool = False) -> Sight:
    """Read the words, frames and patterns: all that can be seen without weights."""
    words = content / "lexicon"
    lexicon = Lexicon({path.stem: read_table(path, words_by_kind) for path in sorted(words.glob("??.toml"))})
    folding = Folding(read_table(words / "folding.toml", folding_tables))
    asks = read_table(words / "asks.toml", asks_of)
    frames = Frames(read_table(words / "frames.toml", frames_of))
    contacts = load_contacts(content)
    policy = read_table(content / "rules.toml", lambda table: policy_of(table, frames, contacts))
    spoken = {path.stem: read_toml(path) for path in sorted((words / "phrases").glob("*.toml"))}
    try:
        phrases = phrasebook_of(spoken, whole=whole)
    except ValueError as error:
        key, _, fix = str(error).partition(": ")
        raise ContentError(words / "phrases", key, "not usable", fix) from error
    return Sight(folding, lexicon, asks, policy, phrases)


def load_contacts(content: Path) -> ContactTables:
    """Read what contacts are told from: the help lines of every country, public sites, and everyday words."""
    countries = [read_toml(path) for path in sorted((content / "crisis").glob("*.toml"))]
    sites = read_table(content / "rules.toml", public_sites)
    return contact_tables(countries, sites, read_table(content / "lexicon" / "ordinary.toml", ordinary_words))


def load_opinion(path: Path, lexicon: Lexicon) -> Opinion:
    """Read the trained weights."""
    try:
        stored = read_tensors(path)
        terms = Trie().frombytes(bytes(stored["terms"]))
        labels = tuple(bytes(stored["labels"]).decode().split("\n"))
        weights = OpinionWeights(
            labels,
            terms,
            _sized(stored["weights"], len(terms) * len(labels)),
            _sized(stored["rarity"], len(terms) * 2),
            *(
                struct.unpack(f"<{count}f", stored[name])
                for name, count in (("scale", len(labels)), ("bias", len(labels)), ("full", 4))
            ),
        )
    except (OSError, KeyError, ValueError, RuntimeError, struct.error) as error:
        fix = "run `python -m training.opinion`, or reinstall buddybot"
        raise ContentError(path, "weights", type(error).__name__, fix) from error
    return Opinion(weights, lexicon)


def _sized(table: memoryview, size: int) -> memoryview:
    if len(table) != size:
        raise ValueError(size)
    return table


def load_stock_answers(content: Path, folding: Folding) -> Collection[str]:
    """Collect what the bot itself takes for an everyday answer, as whole messages; what crisis answers say is left out.

    Two or three words alone tell a statistical model next to nothing, and these it met as answers to a question. So
    are the labels of the bot's own buttons, typed instead of tapped.
    """
    replies, talk = read_toml(content / "replies.toml"), read_toml(content / "smalltalk.toml")
    verbs = replies["verbs"]
    grave = {token.rpartition(".")[2] for script in SCRIPTS.values() for token in script.answers} - WHOLE
    if not isinstance(verbs, dict):
        raise ContentError(content / "replies.toml", "verbs", "no table", "write a table of verbs")
    answers = (
        *_texts(replies["families"]),
        *_texts([phrases for verb, phrases in verbs.items() if verb.rpartition(".")[2] not in grave]),
        *_texts(read_toml(content / "vocabulary.toml")["answers"]),
        *_texts(read_toml(content / "bot_words.toml")),
        *_texts([intent for intent in talk.values() if isinstance(intent, dict) and "gentle" not in intent]),
        *_labels(content / "locales"),
    )
    return SuccinctSet(plain_words(cut(folding.fold(phrase).text).words) for phrase in answers)


def _labels(locales: Path) -> Iterator[str]:
    """Yield the words of every button in every language, but for those that say what is dangerous."""
    answers = (token.split(".") for script in SCRIPTS.values() for token in script.answers)
    grave = {f"care-choice-{verb}" for _, noun, verb in answers if noun not in _WAYS_OUT} - set(
        map("care-choice-{}".format, WHOLE)
    )
    for key, label in labels_in(locales):
        if key not in grave and not key.startswith(_NO_BUTTONS):
            yield label


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a table."""
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():
                yield from _texts(one)
        case list():
            for one in value:
                yield from _texts(one)
