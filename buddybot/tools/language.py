"""`buddybot language CODE`: lists what a language lacks, with the English and a note for translators."""

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TextIO

from buddybot.content.files import content_dir
from buddybot.content.translation import SOURCE, Gap, translation_gaps

WIDEST = 400
"""Letters of an English text that are shown; longer ones are lists of phrases, of which a few tell what is wanted."""


def main(argv: Sequence[str]) -> int:
    """List what is lacking; 0 where nothing is, 1 where something is."""
    parser = ArgumentParser(prog="buddybot language", description="Lists what a language lacks, for translators.")
    parser.add_argument("language", metavar="CODE", help='the language, as BCP 47 writes it: "es", "fr", "pt-BR"')
    parser.add_argument("--brief", action="store_true", help="only how many texts are lacking in each file")
    options = parser.parse_args(argv)
    gaps = list(translation_gaps(content_dir(), options.language))
    if options.brief:
        write_counts(gaps, sys.stdout)
    else:
        write_gaps(gaps, sys.stdout)
    said = "complete" if not gaps else f"{len(gaps)} texts are lacking (docs: Add a language)"
    sys.stdout.write(f"{options.language}: {said}\n")
    return int(bool(gaps))


def write_counts(gaps: Iterable[Gap], out: TextIO) -> None:
    """Write a line for each file with how much of it is lacking."""
    out.writelines(f"{number:5}  {file}\n" for file, number in sorted(Counter(gap.file for gap in gaps).items()))


def write_gaps(gaps: Iterable[Gap], out: TextIO) -> None:
    """Write each gap below its file: the note, the key, the English."""
    for file, found in groupby(gaps, key=lambda gap: gap.file):
        out.write(f"── {file}\n")
        for gap in found:
            note = f"    # {gap.note}\n" if gap.note else ""
            english = gap.english if len(gap.english) <= WIDEST else f"{gap.english[:WIDEST]} ..."
            text = english.replace("\n", "\n      ")
            out.write(f"{note}  {gap.key}\n    {SOURCE}: {text}\n")
