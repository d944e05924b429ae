"""Makes a screener from data/, and runs `buddybot screen`: a JSON string a line in, an object out.

A line that can't be read is answered with an error object, and the run goes on.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TextIO, TypeAlias

import numpy as np

from buddybot.content import ContentError, content_dir, read_toml
from buddybot.domain.verdicts import Screening
from buddybot.rules.asks import asks_of
from buddybot.rules.decide import Screener
from buddybot.rules.lexicon import Lexicon
from buddybot.rules.normalise import Folding
from buddybot.rules.opinion import Opinion, Weights
from buddybot.rules.policy_table import claims_of, policy_of
from buddybot.rules.sight import Sight
from buddybot.rules.tables import folding_tables, lexicon_of

Reader: TypeAlias = Callable[[str], Screening]


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
    try:
        asks = asks_of(read_toml(words / "asks.toml"))
    except ValueError as error:
        raise _broken(words / "asks.toml", error) from error
    try:
        policy = policy_of(read_toml(content / "rules.toml"), read_toml(words / "frames.toml"))
    except ValueError as error:
        raise _broken(content / "rules.toml, lexicon/frames.toml", error) from error
    return Sight(folding, lexicon, asks, policy)


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
    return Opinion(Weights(labels, terms, matrix, bias, full), lexicon)


def _broken(file: Path, error: ValueError) -> ContentError:
    key, _, fix = str(error).partition(": ")
    return ContentError(file, key, "not usable", fix)


def screen_lines(screen: Reader, lines: Iterable[str], out: TextIO, *, explain: bool) -> int:
    """Answer each line; return how many could not be read."""
    bad = 0
    for number, line in enumerate(lines, start=1):
        try:
            text = json.loads(line)
        except ValueError:
            text = None
        if not isinstance(text, str):
            bad += 1
            out.write(json.dumps({"error": "not a JSON string", "line": number}) + "\n")
            continue
        reading = screen(text)
        out.write((told(text, reading) if explain else json.dumps(as_json(reading))) + "\n")
    return bad


def as_json(reading: Screening) -> dict[str, object]:
    """Return the object that `buddybot screen` writes for one message."""
    level = None if reading.level is None else reading.level.name
    return {
        "labels": sorted(reading.labels),
        "level": level,
        "lanes": sorted(reading.lanes),
        "verdict": reading.verdict.outcome.name.lower(),
        "rule": reading.verdict.rule,
        "severity": reading.verdict.severity.name,
        "evidence": [{"start": span.start, "end": span.end, "kind": span.kind} for span in reading.evidence],
        "claim": reading.claim,
        "explanation": reading.explanation,
    }


def told(text: str, reading: Screening) -> str:
    """Return the same for a person at a terminal."""
    level = "" if reading.level is None else f" {reading.level.name}"
    seen = ", ".join(f"{text[span.start : span.end]!r} ({span.kind})" for span in reading.evidence) or "-"
    labels = ", ".join(sorted(reading.labels)) or "-"
    return (
        f"{reading.verdict.outcome.name.lower()}  {labels}{level}  [{reading.verdict.rule}"
        f" {reading.verdict.severity.name}]  {reading.explanation}  {seen!a}"
    )


def main(argv: Sequence[str] | None = None, lines: Iterable[str] | None = None) -> int:
    """Run `buddybot screen` on `lines` or standard input; 0 even when lines were bad, since each was answered."""
    parser = ArgumentParser(prog="buddybot screen", description="Say what each message is. One JSON string a line.")
    parser.add_argument("--explain", action="store_true", help="write for people instead of JSON")
    options = parser.parse_args(argv)
    from buddybot.runtime.judges import joined, load_judges

    screen = joined(load_screener(content_dir()).screen, load_judges())
    screen_lines(screen, sys.stdin if lines is None else lines, sys.stdout, explain=options.explain)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
