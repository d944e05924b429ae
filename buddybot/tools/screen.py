"""`buddybot screen`: a JSON string a line in, an object out.

A line that can't be read is answered with an error object, and the run goes on.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Sequence
from typing import TextIO, TypeAlias

from buddybot.content.files import content_dir
from buddybot.content.screening import load_screener
from buddybot.domain.kernel.verdicts import Screening
from buddybot.runtime.judges import joined, load_judges

Reader: TypeAlias = Callable[[str], Screening]


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
        out.write((readable(text, reading) if explain else json.dumps(as_json(reading))) + "\n")
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
        "means": reading.means,
        "urging": "sure" if reading.urging_sure else "maybe" if reading.urging else "no",
        "aimed": reading.aimed,
        "first_person": reading.first_person,
        "language": reading.language,
    }


def readable(text: str, reading: Screening) -> str:
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
    screen = joined(load_screener(content_dir()).explain, load_judges())
    screen_lines(screen, sys.stdin if lines is None else lines, sys.stdout, explain=options.explain)
    return 0
