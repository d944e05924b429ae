"""What makes reading fast changes nothing: each quick way says what the full way says, over samples and any text."""

import dataclasses
import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buddybot.content import content_dir
from buddybot.content.files import read_toml
from buddybot.content.screening import load_opinion, load_screener, load_sight
from buddybot.content.tables.rules import frames_of
from buddybot.domain.kernel.verdicts import Label
from buddybot.rules import normalise
from buddybot.rules.contact import grammar
from buddybot.rules.decide import Read
from buddybot.rules.frames import Frame
from buddybot.rules.phrases.pattern import LazyPattern
from buddybot.rules.phrases.utterance import Utterance
from buddybot.rules.words import TokenizedText, cut

SIGHT = load_sight(content_dir())
BOOK = SIGHT.phrases
FRAMES: tuple[Frame, ...] = tuple(frames_of(read_toml(content_dir() / "lexicon" / "frames.toml")))
KINDS = sorted({kind for frame in FRAMES for kind in frame.unless.union(*frame.needs)})
SIGNS = "abi .-_*/@$1+|!~^o'é\n"


def samples(step: int) -> Iterator[str]:
    for path in sorted((content_dir() / "training").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines()[::step]:
            yield json.loads(line)["text"]


def terms_of(words: Sequence[str], kinds: Sequence[str]) -> tuple[list[str], list[str]]:
    """Name words, pairs of words, kinds and pairs of kinds, as the opinion was trained with them."""
    spoken = [*words, *(f"{one} {other}" for one, other in pairwise(words))]
    return spoken, [
        term
        for at, kind in enumerate(kinds)
        for term in (f"&{kind}", *(f"&{kind}>{other}" for other in kinds[at + 1 : at + 5]))
    ]


def fitting(typed: list[tuple[str, int]], words: TokenizedText) -> tuple[Frame, ...]:
    """Ask each frame about each sentence."""
    ends = [*words.stops(), 10**6]
    spoken = [
        {kind for kind, place in typed if begin < place <= end} for begin, end in zip([-1, *ends], ends, strict=False)
    ]
    return tuple(
        frame
        for frame in FRAMES
        if any(not kinds & frame.unless and all(kinds & need for need in frame.needs) for kinds in spoken)
    )


def heard(utterance: Utterance) -> set[tuple[int, tuple[int, int]]]:
    """Try every wording on every sentence."""
    return {
        (number, match.span())
        for number, tried in enumerate(BOOK._tried)
        for sentence in utterance.sentences
        for match in tried.pattern.finditer(utterance.text, sentence.start, sentence.end)
    }


def hinted(utterance: Utterance) -> set[tuple[int, int, int]]:
    found, _ = BOOK._hinted(utterance)
    return {(one, *stretch) for hints in found.values() for one, stretches in hints.items() for stretch in stretches}


def test_frames_that_are_found_by_a_kind_are_those_that_fit() -> None:
    for text in samples(30):
        words = cut(SIGHT.folding.fold(text).text)
        typed = SIGHT.lexicon.typed(words.joined)
        assert SIGHT.policy.frames.fitting(typed, words) == fitting(typed, words), text


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 60)), max_size=12), st.integers(1, 5))
def test_and_so_they_are_of_any_kinds(found: list[tuple[str, int]], size: int) -> None:
    typed = sorted(found, key=lambda one: one[1])
    words = cut("a " * size + ". b c . " + "d " * 20)
    assert SIGHT.policy.frames.fitting(typed, words) == fitting(typed, words)


def test_no_wording_that_fits_is_left_untried() -> None:
    for text in samples(60):
        utterance = BOOK._segmenter.segment(cut(SIGHT.folding.fold(text).text).words)
        worth = hinted(utterance)
        for wording, (start, end) in heard(utterance):
            assert any(one == wording and first <= start and end <= last for one, first, last in worth), text


@given(
    st.lists(st.sampled_from(["h", "selling", "to", "die", "i", "want", "thoughts", "of", "'", "-", ".", ", ", "?"]))
)
def test_nor_is_it_amid_any_signs(parts: list[str]) -> None:
    for text in ("".join(parts), " ".join(parts)):
        utterance = BOOK._segmenter.segment(cut(SIGHT.folding.fold(text).text).words)
        assert {wording for wording, _ in heard(utterance)} <= {one for one, _, _ in hinted(utterance)}


@given(st.text() | st.text(SIGNS))
def test_words_of_an_utterance_are_parted_by_few_signs(text: str) -> None:
    utterance = BOOK._segmenter.segment(cut(SIGHT.folding.fold(text).text).words)
    assert not {sign for sign in utterance.text if not (sign.isalnum() or sign in "_ ,.?'")}


@settings(max_examples=1000)
@given(st.text(SIGNS, max_size=12) | st.text())
def test_three_looks_tell_whether_anything_is_odd(text: str) -> None:
    folded = text.lower()
    assert normalise._is_odd(folded) is (normalise._ODD.search(folded) is not None)


@pytest.mark.parametrize("again", [False, True])
def test_what_is_remembered_of_words_changes_no_score(*, again: bool) -> None:
    read = load_opinion(content_dir() / "model" / "opinion.safetensors", SIGHT.lexicon)
    for text in samples(400):
        seen = SIGHT.see(text)
        first = read.scores(seen.words, seen.typed, seen.signs())
        words = seen.words.words
        terms = terms_of(words, [kind for kind, _ in seen.typed])
        spoken, kinds = ([read._row(one) for one in listed] for listed in terms)
        assert [*(read._words[word][1] for word in words), *read._rows_of_pairs(words)] == spoken
        assert read._rows_of_kinds(seen.typed) == kinds
        if again:
            read._words.clear()
            read._pairs.clear()
        assert read.scores(seen.words, seen.typed, seen.signs()) == first


def judged(label: Label, read: Read, bar: float) -> bool:
    """Ask about one label of a message: its score, a contact, each frame that fits."""
    score = read.scores[label]
    told = any(frame.label == label and score > frame.alone for frame in read.seen.frames)
    return score > bar or told or (label is Label.PII and bool(read.seen.contacts))


def test_labels_that_are_given_at_once_are_those_given_one_by_one() -> None:
    screener, bars = load_screener(content_dir()), SIGHT.policy.first.whole
    for text in samples(300):
        # With a floor under the scores, so that each frame that needs little more says so.
        scores = {name: max(score, -1.0) for name, score in screener.read(text).scores.items()}
        read = dataclasses.replace(screener.read(text), scores=scores)
        given = screener.decide(read).labels - {Label.CRISIS, Label.HARASSMENT}
        assert given <= {label for label in Label if judged(label, read, bars[label])}, text
        for label in Label:
            bare = screener.strength(label, read) == inf
            assert bare is (judged(label, read, inf) or (label is Label.CRISIS and read.hearing.is_cry)), text


@given(st.text() | st.text(SIGNS))
def test_runs_of_letters_are_those_that_a_pattern_finds(text: str) -> None:
    assert grammar._runs_of_letters(text) == re.findall("[a-z]+", text)


def test_a_pattern_that_was_not_asked_yet_answers_as_one_that_was() -> None:
    for tried in BOOK._tried[::40]:
        lazy = LazyPattern(tried.pattern._source, "new")
        assert [one.span() for one in lazy.finditer("i want to die, i do", 2)] == [
            one.span() for one in re.compile(tried.pattern._source).finditer("i want to die, i do", 2)
        ]


def test_a_look_for_a_cry_alone_hears_what_the_whole_reading_hears() -> None:
    bare = tomllib.loads(Path(__file__).with_name("bare.toml").read_text("utf-8"))
    cries = [text for table in bare.values() for text in table["said"].splitlines()[::12]]
    for text in (*samples(90), *cries, "не хочу жить", "死にたい"):
        assert SIGHT.hears_cry(text) is SIGHT.hear(text, SIGHT.see(text)).is_cry
