"""Reads data/lexicon/phrases into a phrasebook; a table that makes no sense is a ValueError naming its key."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from buddybot.domain.crisis.conversation import Gentle
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.rules.phrases.by_ear import spelled_by_ear, words_in
from buddybot.rules.phrases.literals import Edges, Prefilter
from buddybot.rules.phrases.pattern import LazyPattern, pattern_of
from buddybot.rules.phrases.phrase import Phrase, Relation, Urging
from buddybot.rules.phrases.phrasebook import Phrasebook
from buddybot.rules.phrases.respelling import Respelling
from buddybot.rules.phrases.scripts import Scripts
from buddybot.rules.phrases.utterance import Segmenter

Fields = Mapping[str, object]
Value = TypeVar("Value")
_LEVELS = Level.__members__
_LANES = {lane.value: lane for lane in SideLane}
_GENTLE = {gentle.value: gentle for gentle in Gentle}
_URGINGS = {"no": Urging.NO, "maybe": Urging.MAYBE, "sure": Urging.SURE}
_NOTHING = "(?!)"
_DEPTH = 3


@dataclass(slots=True)
class _Gathered:
    """What all files together give."""

    phrases: list[tuple[Phrase, list[str], Mapping[str, str]]] = field(default_factory=list)
    foreign: list[Phrase] = field(default_factory=list)
    letters: dict[str, re.Pattern[str]] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)
    mistyped: set[str] = field(default_factory=set)
    real: set[str] = field(default_factory=set)
    telling: dict[str, tuple[str, ...]] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    """Every word that the phrases of any language hold."""
    heard: dict[str, str] = field(default_factory=dict)
    """Words as they are spelled by ear, and what each stands for."""

    def spellings(self) -> dict[str, str]:
        """Return what is written otherwise; what is a word itself somewhere is never taken for another."""
        taken = self.written.union(self.real, self.mistyped, self.telling)
        return {word: full for word, full in self.heard.items() if word not in taken} | self.short


def phrasebook_of(files: Mapping[str, Fields], *, whole: bool = False) -> Phrasebook:
    """Read all files, each named by its stem; unless they are known to be `whole`, every pattern is tried out now."""
    found = _Gathered()
    for stem, table in files.items():
        _gather(stem, table, found)
    for phrase in () if whole else (*(phrase for phrase, _, _ in found.phrases), *found.foreign):
        for pattern in phrase.patterns():
            pattern.whole()
    segmenter = Segmenter(Respelling(found.spellings(), found.mistyped, found.real), found.telling)
    return Phrasebook(
        [phrase for phrase, _, _ in found.phrases],
        _literals(found),
        segmenter,
        Scripts(tuple(found.foreign), found.letters),
    )


def _literals(found: _Gathered) -> list[list[dict[str, Edges]]]:
    """Return for each wording of each phrase the literals of which one must stand there."""
    common = frozenset(found.telling).difference(found.mistyped)
    prefilters: dict[int, Prefilter] = {}
    literals = []
    for phrase, wordings, parts in found.phrases:
        prefilter = prefilters.setdefault(id(parts), Prefilter(parts, common))
        try:
            literals.append([prefilter.literals_of(wording) for wording in wordings])
        except (ValueError, KeyError) as error:
            raise ValueError(f"{phrase.name}.says: {error}") from error
    return literals


def _gather(stem: str, table: Fields, found: _Gathered) -> None:
    """Read one file into what all give."""
    found.short |= dict.fromkeys(_words(table.get("fillers", ""), f"{stem}.fillers"), "")
    found.short |= _texts(table, "short", stem)
    found.mistyped |= set(_words(table.get("mistyped", ""), f"{stem}.mistyped"))
    found.real |= set(_words(table.get("real", ""), f"{stem}.real"))
    for name, letters in _texts(table, "letters", stem).items():
        found.letters[name] = pattern_of(letters, f"{stem}.letters.{name}").whole()
    language = _text(table.get("language", ""), f"{stem}.language")
    written = words_in(_strings([table.get(name, {}) for name in ("parts", "relations", "phrases")]))
    found.written |= written
    spoken = written.union(_words(table.get("spoken", ""), f"{stem}.spoken"))
    found.heard |= _spelled_by_ear(spoken, _texts(table, "ear", stem), f"{stem}.ear")
    for name, words in {language: table.get("telling", ""), **_table(table, "languages", stem)}.items():
        for word in _words(words, f"{stem}.telling"):
            found.telling[word] = (*found.telling.get(word, ()), name)
    file = _file_of(stem, language, table)
    for name in _table(table, "phrases", stem):
        _add(file, f"{stem}.{name}", _table(_table(table, "phrases", stem), name, stem), found)


@dataclass(frozen=True, slots=True)
class _File:
    """What the phrases of one file share."""

    language: str
    parts: Mapping[str, str]
    relations: Mapping[str, Relation]
    heeds: object
    breaks: LazyPattern
    openers: tuple[str, ...]
    closers: str
    is_script: bool


def _file_of(stem: str, language: str, table: Fields) -> _File:
    parts = _texts(table, "parts", stem)
    named = _table(table, "relations", stem)
    breaks = _list(table.get("breaks", []), f"{stem}.breaks")
    return _File(
        language=language,
        parts=parts,
        relations={name: _relation(_table(named, name, stem), parts, f"{stem}.relations.{name}") for name in named},
        heeds=table.get("heeds", []),
        breaks=pattern_of(rf",|\b(?:{'|'.join(breaks) or _NOTHING})\b", f"{stem}.breaks"),
        openers=tuple(_list(table.get("openers", []), f"{stem}.openers")),
        closers="|".join([*breaks, *_list(table.get("closers", []), f"{stem}.closers")]),
        is_script=table.get("script") is True,
    )


def _spelled_by_ear(words: set[str], alike: Mapping[str, str], key: str) -> dict[str, str]:
    for letters in alike:
        pattern_of(letters, f"{key}.{letters}").whole()
    return spelled_by_ear(words, alike)


def _add(file: _File, key: str, entry: Fields, found: _Gathered) -> None:
    """Read one phrase; those in other scripts are looked for in the message as written."""
    says = _list(entry.get("says"), f"{key}.says")
    wordings = [_written_out(wording, file.parts) for wording in says]
    if file.is_script:
        found.foreign.append(_phrase(file, key, entry, wordings))
    else:
        bounded = [rf"\b(?:{wording})\b" for wording in wordings]
        found.phrases.append((_phrase(file, key, entry, bounded), says, file.parts))


def _phrase(file: _File, key: str, entry: Fields, wordings: list[str]) -> Phrase:
    heeds = _list(entry.get("heeds", file.heeds), f"{key}.heeds")
    strange = [name for name in heeds if name not in file.relations]
    if strange:
        raise ValueError(f"{key}.heeds: {strange[0]!r} is none of {', '.join(file.relations)}")
    also = _joined(entry["also"], file.parts, f"{key}.also") if "also" in entry else None
    calm = entry.get("calm") is True
    return Phrase(
        name=key,
        language=_text(entry.get("language", file.language), f"{key}.language"),
        breaks=file.breaks,
        wordings=tuple(
            pattern_of(wording, f"{key}.says", file.closers, openers=() if calm else file.openers, across=not calm)
            for wording in wordings
        ),
        also=None if also is None else pattern_of(rf"\b(?:{also})\b", f"{key}.also"),
        heeds=tuple(file.relations[name] for name in heeds),
        level=None if "level" not in entry else _named(_LEVELS, entry["level"], f"{key}.level"),
        lane=None if "lane" not in entry else _named(_LANES, entry["lane"], f"{key}.lane"),
        means=entry.get("means") is True,
        own=entry.get("own") is not False,
        urging=_named(_URGINGS, entry.get("urging", "no"), f"{key}.urging"),
        aimed=entry.get("aimed") is True,
        calm=calm,
        gentle=None if "gentle" not in entry else _named(_GENTLE, entry["gentle"], f"{key}.gentle"),
        yields=entry.get("yields") is True,
    )


def _relation(entry: Fields, parts: Mapping[str, str], key: str) -> Relation:
    """Read one relation; what touches the phrase is bound to its place here, not in the data."""
    before, after, within = (
        _joined(entry[side], parts, f"{key}.{side}") if side in entry else None
        for side in ("before", "after", "within")
    )
    return Relation(
        None if before is None else pattern_of(rf"\b(?:{before}) ?\Z", key, across=entry.get("across") is True),
        None if after is None else pattern_of(rf" ?(?:{after})\b", key),
        None if within is None else pattern_of(rf"\b(?:{within})\b", key),
        pattern_of(rf"(?:{_joined(entry['unless'], parts, key)})\b", key) if "unless" in entry else None,
        entry.get("anywhere") is True,
    )


def _joined(value: object, parts: Mapping[str, str], key: str) -> str:
    """Join a list of patterns into one, with each {part} written out."""
    return _written_out("|".join(_list(value, key)) or _NOTHING, parts)


def _written_out(pattern: str, parts: Mapping[str, str]) -> str:
    """Put each {part} in its place; parts may hold parts."""
    for _ in range(_DEPTH):
        for name, part in parts.items():
            pattern = pattern.replace("{" + name + "}", part)
    return pattern


def _named(choices: Mapping[str, Value], name: object, key: str) -> Value:
    if not isinstance(name, str) or name not in choices:
        raise ValueError(f"{key}: {name!r} is none of {', '.join(choices)}")
    return choices[name]


def _table(table: Fields, name: str, key: str) -> Fields:
    found = table.get(name, {})
    if not isinstance(found, Mapping):
        raise ValueError(f"{key}.{name}: write a table here")  # noqa: TRY004 - one kind of error for a broken file
    return found


def _texts(table: Fields, name: str, key: str) -> dict[str, str]:
    return {entry: _text(value, f"{key}.{name}.{entry}") for entry, value in _table(table, name, key).items()}


def _strings(value: object) -> Iterator[str]:
    """Yield every text in a table, however deep it stands."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _strings(list(value.values()))
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _list(value: object, key: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise ValueError(f"{key}: write a list of texts in quotes")
    return value


def _words(value: object, key: str) -> list[str]:
    return _text(value, key).split()


def _text(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{key}: write text in quotes")  # noqa: TRY004 - likewise
    return value
