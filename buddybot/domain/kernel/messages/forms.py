"""Forms: a few questions asked on one sheet, declared once; each platform that has forms draws them natively.

A button that opens one says so (`Choice.form`), and what stands on it is asked for when it is pressed, so that it is
never out of date. What comes back is validated here, whatever the platform let through.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

Answers: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""What was filled in: the name of each field, with its words or the values chosen of it; none where left empty."""

WORDS = "words"
"""Name of the one field of a form that asks for nothing but words."""

REPORT_FORM = "form.report"
"""Token of the form that a message's own menu opens, where no button stands."""


class FieldKind(StrEnum):
    """Kind of a form's field: how it is answered."""

    WORDS = "words"
    ONE = "one"
    """One of its options."""
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class FormOption:
    """One answer to choose: `value` comes back, `chosen` is drawn as ticked already."""

    value: str
    label: str
    help: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of a form; `name` is what its answer comes back under.

    Words have from `shortest` to `longest` letters (0: no limit of its own), `long` asks for a box of several lines,
    and `given` stands in it already. Of several options at most `most` may be chosen (0: any number).
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.WORDS
    help: str = ""
    options: tuple[FormOption, ...] = ()
    required: bool = True
    long: bool = False
    shortest: int = 0
    longest: int = 0
    most: int = 0
    given: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet of questions. Without a title it is called as the button that opened it."""

    title: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class FormLimits:
    """Limits of one form on a platform, in characters and counts: part of its `Capabilities`."""

    fields: int = 5
    title: int = 45
    label: int = 45
    help: int = 100
    options: int = 25
    option: int = 100
    letters: int = 4000


# ── Fitting to a platform ───────────────────────────────────────────────────────────────


def fitted_form(form: Form, limits: FormLimits) -> Form | None:
    """Cut a form to what a platform takes; None where it has more fields than one form may hold there.

    A list that is too long asks for words, which are read by its labels.
    """
    if not 1 <= len(form.fields) <= limits.fields:
        return None
    return Form(_cut(form.title, limits.title), tuple(_fitted(one, limits) for one in form.fields))


def _fitted(one: FormField, limits: FormLimits) -> FormField:
    listed = one.kind is not FieldKind.WORDS
    words = not listed or not one.options or len(one.options) > limits.options
    longest = min(one.longest or limits.letters, limits.letters)
    options = tuple(
        replace(option, label=_cut(option.label, limits.option), help=_cut(option.help, limits.option))
        for option in one.options
    )
    return replace(
        one,
        label=_cut(one.label, limits.label),
        help=_cut(one.help, limits.help),
        kind=FieldKind.WORDS if words else one.kind,
        options=() if words else options,
        longest=longest,
        shortest=min(one.shortest, longest),
        given=one.given[:longest],
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


# ── Validation ──────────────────────────────────────────────────────────────────────────


class Mistake(StrEnum):
    """Kind of an answer that can't be taken; its sentence is `form-mistake-KIND`."""

    MISSING = "missing"
    NO_OPTION = "no-option"
    TOO_MANY = "too-many"
    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True)
class FieldMistake:
    """Validation error of one field; `limit` is how many are allowed, where that is the matter."""

    field: str
    what: Mistake
    limit: int = 0


@dataclass(frozen=True, slots=True)
class FilledForm:
    """Answers as validated: by the name of each field that was answered. `mistakes` empty says that all is well."""

    values: Mapping[str, tuple[str, ...]] = field(repr=False)
    mistakes: tuple[FieldMistake, ...] = ()

    def words(self, name: str) -> str:
        """Return the words of a field, or the one value chosen of it; "" where it was left empty."""
        return next(iter(self.values.get(name, ())), "")


def validate_answers(form: Form, answers: Answers) -> FilledForm:
    """Validate answers against the form; fields that it does not have are passed over, as of an older one."""
    given = dict(answers)
    values: dict[str, tuple[str, ...]] = {}
    mistakes: list[FieldMistake] = []
    for one in form.fields:
        found = _values(one, given.get(one.name, ()))
        mistakes.extend(_mistakes(one, found))
        if found:
            values[one.name] = found
    return FilledForm(values, tuple(mistakes))


def _values(one: FormField, given: tuple[str, ...]) -> tuple[str, ...]:
    """Return what was answered: words without blanks around them, options once each, also where their label came."""
    stripped = [text for each in given if (text := each.strip())]
    if one.kind is FieldKind.WORDS:
        return tuple(stripped[:1])
    by_label = {option.label.casefold(): option.value for option in one.options}
    known = {option.value for option in one.options}
    return tuple(dict.fromkeys(each if each in known else by_label.get(each.casefold(), each) for each in stripped))


def _mistakes(one: FormField, found: tuple[str, ...]) -> Iterator[FieldMistake]:
    if not found:
        if one.required:
            yield FieldMistake(one.label, Mistake.MISSING)
        return
    if one.kind is FieldKind.WORDS:
        if len(found[0]) < one.shortest:
            yield FieldMistake(one.label, Mistake.TOO_SHORT, one.shortest)
        if one.longest and len(found[0]) > one.longest:
            yield FieldMistake(one.label, Mistake.TOO_LONG, one.longest)
        return
    if not {option.value for option in one.options}.issuperset(found):
        yield FieldMistake(one.label, Mistake.NO_OPTION)
    most = 1 if one.kind is FieldKind.ONE else one.most or len(one.options)
    if len(found) > most:
        yield FieldMistake(one.label, Mistake.TOO_MANY, most)
