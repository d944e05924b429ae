"""Loader of everything in data/ into one `Book`; an error names the file and how to mend it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeAlias

from buddybot.config import Settings
from buddybot.config.tables import ChannelSettings
from buddybot.content.crisis_policy import policy_gaps
from buddybot.content.files import ContentError, Table, parsing_once, read_toml
from buddybot.content.screening import load_screener
from buddybot.content.spoken import check_spoken, with_labels
from buddybot.content.tables.care import parse_pace
from buddybot.content.tables.channels import parse_calm
from buddybot.content.tables.claims import parse_known
from buddybot.content.tables.crisis_replies import parse_crisis_replies
from buddybot.content.tables.first_layer import parse_filters
from buddybot.content.tables.floods import parse_limits
from buddybot.content.tables.help_lines import parse_countries, parse_whereabouts
from buddybot.content.tables.ladder import parse_ladder
from buddybot.content.tables.matching import parse_weights
from buddybot.content.tables.pairs.company import parse_company, parse_openers
from buddybot.content.tables.pairs.mentors import parse_mentor_rules
from buddybot.content.tables.pairs.wisdom import parse_topics
from buddybot.content.tables.questions import parse_questions
from buddybot.content.tables.replies import parse_bot_words, parse_replies, parse_small_talk
from buddybot.content.tables.vocabulary import parse_vocabulary
from buddybot.content.validation import TableError, read_table
from buddybot.content.words import check_translations, load_words
from buddybot.domain.crisis.help_lines import Country, Stale, stale
from buddybot.domain.kernel.messages import Address
from buddybot.domain.kernel.places import Channel
from buddybot.domain.moderation.staff import Role
from buddybot.service.kernel.book import Book, OperatorChoices, Retention

_State: TypeAlias = tuple[tuple[str, int, int, int], ...]


def load_book(folder: Path, settings: Settings, *, whole: bool = False) -> Book:
    """Load and validate all content; where it is known to be `whole`, words and patterns wait until they are needed."""
    book = _kept(folder, _state(folder), whole=whole)
    book = replace(
        book,
        retention=Retention.waiting(settings.delivery.undelivered_days),
        practice=_choices(settings),
        channels=tuple(map(_channel, settings.channels)),
    )
    return replace(book, warnings=lambda today: (*policy_gaps(settings, today), *warnings(book, today)))


@lru_cache(maxsize=1)
def _kept(folder: Path, state: _State, *, whole: bool) -> Book:  # noqa: ARG001 - what tells that files were changed
    """Return what was read last, as long as its files stay as they are (memoization): to read them takes a second."""
    with parsing_once():
        return _read(folder, whole=whole)


def _state(folder: Path) -> _State:
    """Return name, size and time of each file: what a change of content changes."""
    found = ((path, path.lstat()) for path in sorted(folder.rglob("*")))
    return tuple((str(path), of.st_size, of.st_mtime_ns, of.st_ctime_ns) for path, of in found)


def _read(folder: Path, *, whole: bool) -> Book:
    flows = read_table(folder / "questions.toml", parse_questions)
    vocabulary = read_table(folder / "vocabulary.toml", lambda table: parse_vocabulary(table, flows))
    words = load_words(folder / "locales", whole=whole)
    replies = read_table(folder / "replies.toml", parse_replies)
    vocabulary = with_labels(vocabulary, words, replies)
    screener = load_screener(folder, whole=whole)
    crisis_replies = read_table(folder / "crisis_replies.toml", parse_crisis_replies)
    book = Book(
        words=words,
        gates=flows["gates"],
        intake=flows["intake"],
        card=flows["card"],
        vocabulary=vocabulary,
        countries=_countries(folder / "crisis"),
        whereabouts=read_table(folder / "whereabouts.toml", parse_whereabouts),
        weights=read_table(folder / "matching.toml", parse_weights),
        pace=read_table(folder / "care.toml", parse_pace),
        crisis_replies=crisis_replies,
        floods=read_table(folder / "floods.toml", parse_limits),
        calm=read_table(folder / "channels.toml", parse_calm),
        ladder=read_table(folder / "ladder.toml", parse_ladder),
        claims=read_table(folder / "claims.toml", parse_known),
        screen=screener.screen,
        screener=screener,
        aliases=(vocabulary.nicknames.first, vocabulary.nicknames.second),
        replies=replies,
        company=read_table(folder / "company.toml", parse_company),
        openers=read_table(folder / "openers.toml", parse_openers),
        topics=read_table(folder / "wisdom.toml", parse_topics),
        mentoring=read_table(folder / "mentors.toml", parse_mentor_rules),
        small_talk=read_table(folder / "smalltalk.toml", partial(parse_small_talk, reading=crisis_replies.reading)),
        bot_words=read_table(folder / "bot_words.toml", parse_bot_words),
        filters=read_table(folder / "first_layer.toml", parse_filters),
        rules_checked=_rules_checked(folder),
    )
    check_spoken(folder / "locales", book.words, flows)
    check_translations(folder / "locales")
    return book


def _choices(settings: Settings) -> OperatorChoices:
    return OperatorChoices(
        round_every=timedelta(minutes=settings.matching.round_minutes),
        contact=settings.operator.contact,
        staff=tuple((Address(one.platform, one.identity, one.account), Role(one.role)) for one in settings.staff),
        desk_url=settings.desk(),
        photos=settings.media.photos,
        voice=settings.media.voice == "allowed",
        research=settings.programmes.research,
        full_at=settings.accounts.members,
        late=timedelta(seconds=settings.accounts.late_seconds),
    )


def _channel(one: ChannelSettings) -> Channel:
    return Channel(one.key, one.title, one.topic, one.kind, tuple(one.lanes), one.language, one.slow, one.threads)


def _countries(folder: Path) -> Mapping[str, Country]:
    tables: dict[str, Table] = {}
    for path in sorted(folder.glob("*.toml")):
        tables[str(path)] = read_toml(path)
    try:
        return parse_countries(tables.values())
    except TableError as fault:
        raise ContentError(folder, fault.key, fault.value, fault.fix) from fault


def warnings(book: Book, today: date) -> Iterator[str]:
    """Yield warnings for an operator: help lines that need a person's check."""
    for country in book.countries.values():
        found = stale(country, today)
        yield from (_told(one) for one in found if one.reason != "uncalled")
        if uncalled := sum(one.reason == "uncalled" for one in found):
            yield f"crisis lines of {country.code}: {uncalled} were read in a public source and never called"


def _rules_checked(folder: Path) -> date | None:
    found = read_toml(folder / "rules.toml").get("checked")
    return found if isinstance(found, date) else None


def _told(one: Stale) -> str:
    became = "it is not shown" if one.hidden else "it is still shown, as nothing else is there"
    why = (
        f"is in doubt ({one.detail})" if one.reason == "doubt" else f"was last checked on {one.detail}: that is too old"
    )
    fix = "check it as docs/crisis-content.md says, then set verified_on"
    return f"crisis lines of {one.country}: {one.name} {why}; {became}; {fix}"
