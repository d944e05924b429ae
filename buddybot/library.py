"""Reads everything in data/ into one `Book`, or says which file can't be used and how to mend it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from buddybot.config import ChannelSettings, Settings
from buddybot.content import ContentError, Table, read_toml
from buddybot.domain.calm_table import parse_calm
from buddybot.domain.care_pace import UnsoundPaceError, parse_pace
from buddybot.domain.claims import parse_known
from buddybot.domain.faults import Fault
from buddybot.domain.first_layer import parse_filters
from buddybot.domain.floods_text import parse_limits
from buddybot.domain.ladder_table import parse_ladder
from buddybot.domain.messages import Address
from buddybot.domain.places import Channel
from buddybot.domain.questions_table import parse_questions
from buddybot.domain.resources import Country, Stale, stale
from buddybot.domain.resources_table import UnsoundResourceError, parse_countries
from buddybot.domain.staff import Role
from buddybot.domain.vocabulary_table import parse_vocabulary
from buddybot.domain.weights_table import UnsoundWeightsError, parse_weights
from buddybot.screening import load_screener
from buddybot.service.book import Book, Practice
from buddybot.words import load_words

T = TypeVar("T")
Unsound = (Fault, UnsoundPaceError, UnsoundResourceError, UnsoundWeightsError)


def load_book(folder: Path, settings: Settings) -> Book:
    """Return all content, proven sound."""
    flows = read(folder / "questions.toml", parse_questions)
    vocabulary = read(folder / "vocabulary.toml", lambda table: parse_vocabulary(table, flows))
    book = Book(
        words=load_words(folder / "locales"),
        gates=flows["gates"],
        intake=flows["intake"],
        vocabulary=vocabulary,
        countries=_countries(folder / "crisis"),
        weights=read(folder / "matching.toml", parse_weights),
        pace=read(folder / "care.toml", parse_pace),
        floods=read(folder / "floods.toml", parse_limits),
        calm=read(folder / "channels.toml", parse_calm),
        ladder=read(folder / "ladder.toml", parse_ladder),
        claims=read(folder / "claims.toml", parse_known),
        screen=load_screener(folder).screen,
        aliases=(vocabulary.nicknames.first, vocabulary.nicknames.second),
        practice=Practice(
            round_every=timedelta(minutes=settings.matching.round_minutes),
            contact=settings.operator.contact,
            staff=tuple((Address(one.platform, one.identity, one.account), Role(one.role)) for one in settings.staff),
            desk_url=settings.desk(),
        ),
        channels=tuple(map(_channel, settings.channels)),
        filters=read(folder / "first_layer.toml", parse_filters),
        rules_checked=str(read_toml(folder / "rules.toml").get("checked", "")),
    )
    return replace(book, warnings=lambda today: tuple(warnings(book, today)))


def _channel(one: ChannelSettings) -> Channel:
    return Channel(one.key, one.title, one.topic, one.kind, tuple(one.lanes), one.language, one.slow)


def read(path: Path, parse: Callable[[Table], T]) -> T:
    """Read one table and make of it what its noun's own parser does."""
    try:
        return parse(read_toml(path))
    except Unsound as fault:
        raise ContentError(path, fault.key, fault.value, fault.fix) from fault


def _countries(folder: Path) -> Mapping[str, Country]:
    tables: dict[str, Table] = {}
    for path in sorted(folder.glob("*.toml")):
        tables[str(path)] = read_toml(path)
    try:
        return parse_countries(tables.values())
    except UnsoundResourceError as fault:
        raise ContentError(folder, fault.key, fault.value, fault.fix) from fault


def warnings(book: Book, today: date) -> Iterator[str]:
    """Yield what an operator should look after although nothing is broken: help lines that need a person's check."""
    for country in book.countries.values():
        found = stale(country, today)
        yield from (_told(one) for one in found if one.reason != "uncalled")
        if uncalled := sum(one.reason == "uncalled" for one in found):
            yield f"crisis lines of {country.code}: {uncalled} were read in a public source and never called"


def _told(one: Stale) -> str:
    became = "it is not shown" if one.hidden else "it is still shown, as nothing else is there"
    why = (
        f"is in doubt ({one.detail})" if one.reason == "doubt" else f"was last checked on {one.detail}: that is too old"
    )
    fix = "check it as docs/crisis-content.md says, then set verified_on"
    return f"crisis lines of {one.country}: {one.name} {why}; {became}; {fix}"
