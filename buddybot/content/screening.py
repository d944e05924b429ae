"""Loads the screener: lexicon, frames, patterns and trained weights, from the files in data/."""

from pathlib import Path

import numpy as np

from buddybot.content.files import ContentError, Table, read_toml
from buddybot.content.tables.lexicon import asks_of, folding_tables, lexicon_of
from buddybot.content.tables.rules import claims_of, contact_tables, policy_of
from buddybot.content.validation import read_table
from buddybot.rules.contact import ContactTables
from buddybot.rules.decide import Screener
from buddybot.rules.lexicon import Lexicon
from buddybot.rules.normalise import Folding
from buddybot.rules.opinion import Opinion, OpinionWeights
from buddybot.rules.phrases.table import phrasebook_of
from buddybot.rules.sight import Sight


def load_screener(content: Path) -> Screener:
    """Read every file the screener needs; a broken one is a ContentError that names it."""
    sight = load_sight(content)
    try:
        claims = claims_of(read_toml(content / "claims.toml"))
    except ValueError as error:
        raise _broken(content / "claims.toml", error) from error
    return Screener(sight, sight.policy, load_opinion(content / "model" / "opinion.npz", sight.lexicon), claims)


def load_sight(content: Path) -> Sight:
    """Read the words, frames and patterns: all that can be seen without weights."""
    words = content / "lexicon"
    languages = {path.stem: read_toml(path) for path in sorted(words.glob("??.toml"))}
    try:
        lexicon = lexicon_of(languages)
    except ValueError as error:
        raise _broken(words, error) from error
    try:
        folding = Folding(folding_tables(read_toml(words / "folding.toml")))
    except ValueError as error:
        raise _broken(words / "folding.toml", error) from error
    asks = read_table(words / "asks.toml", asks_of)
    rules = read_toml(content / "rules.toml")
    contacts = load_contacts(content, rules)
    try:
        policy = policy_of(rules, read_toml(words / "frames.toml"), contacts)
    except ValueError as error:
        raise _broken(content / "rules.toml, lexicon/frames.toml", error) from error
    spoken = {path.stem: read_toml(path) for path in sorted((words / "phrases").glob("*.toml"))}
    try:
        phrases = phrasebook_of(spoken)
    except ValueError as error:
        raise _broken(words / "phrases", error) from error
    return Sight(folding, lexicon, asks, policy, phrases)


def load_contacts(content: Path, rules: Table) -> ContactTables:
    """Read what contacts are told from: the help lines of every country, public sites, and everyday words."""
    countries = [read_toml(path) for path in sorted((content / "crisis").glob("*.toml"))]
    ordinary = content / "lexicon" / "ordinary.toml"
    try:
        return contact_tables(countries, rules, read_toml(ordinary))
    except ValueError as error:
        raise _broken(ordinary if "words" in str(error) else content / "rules.toml", error) from error


def load_opinion(path: Path, lexicon: Lexicon) -> Opinion:
    """Read the trained weights."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            names = stored["terms"].tobytes().decode().split("\n")
            weights, rarity = stored["weights"], stored["rarity"].astype(np.float32)
            # In place: every copy of this table on the way would stay in the process's memory.
            matrix = np.empty((weights.shape[0], weights.shape[1] + 1), dtype=np.float32)
            np.multiply(weights, stored["scale"], out=matrix[:, :-1])
            np.multiply(rarity, rarity, out=matrix[:, -1])
            labels = tuple(stored["labels"].tobytes().decode().split("\n"))
            bias, full = stored["bias"].astype(np.float32), stored["full"]
    except (OSError, KeyError, ValueError) as error:
        fix = "run `python -m training.opinion`, or reinstall buddybot"
        raise ContentError(path, "weights", type(error).__name__, fix) from error
    terms = {name.replace("\\n", "\n"): row for row, name in enumerate(names)}
    return Opinion(OpinionWeights(labels, terms, matrix, bias, full), lexicon)


def _broken(file: Path, error: ValueError) -> ContentError:
    key, _, fix = str(error).partition(": ")
    return ContentError(file, key, "not usable", fix)
