"""Validation of hand-written TOML by pydantic models, and the one translator of its errors: key, value, and what to do.

Every file an operator may edit comes in here, so that a slip is told in the same kind of sentence everywhere.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    Strict,
    TypeAdapter,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from buddybot.content.files import ContentError, Table, read_toml
from buddybot.domain.kernel.plaintext import plain

T = TypeVar("T")

FIXES: Mapping[str, str] = {
    "missing": "add it",
    "extra_forbidden": "there is no such key; check its spelling against config.example.toml",
    "string_type": "write it as a text in quotes",
    "int_type": "write a whole number",
    "int_parsing": "write a whole number",
    "float_type": "write a number",
    "float_parsing": "write a number",
    "bool_type": "write true or false",
    "bool_parsing": "write true or false",
    "date_type": "write a day without quotes, such as 2026-11-01",
    "model_type": "make it a table",
    "dict_type": "make it a table",
    "mapping_type": "make it a table",
    "tuple_type": "make it a list",
    "list_type": "make it a list",
    "frozen_set_type": "make it a list",
    "greater_than_equal": "write {ge:g} or more",
    "less_than_equal": "write {le:g} or less",
    "finite_number": "write a number",
    "too_short": "list at least {min_length} here",
    "too_long": "list at most {max_length} here",
}
"""What to do about each kind of error that a type doesn't explain by itself (see `fix`)."""


class TableError(ValueError):
    """A key in a table holds something that can't be used; whoever read the file adds its name."""

    def __init__(self, key: str, value: object, fix: str) -> None:
        """Name the key (dotted from the top of the table), the value found there, and the fix."""
        self.key, self.value, self.fix = key or '""', value, fix
        super().__init__(f"{self.key} = {value!r}: {fix}")


class UnknownKeyError(TableError):
    """A key that nothing reads; what stands there may be a secret under a misspelled name."""


SECRETS = ("token", "secret", "password", "account", "webhook_url")


def safe_sentence(error: TableError) -> str:
    """Return what went wrong without a secret: an address has its password before the @."""
    shown = repr(error.value)
    secret = any(word in error.key.rpartition(".")[2].lower() for word in SECRETS)
    hidden = secret or isinstance(error, UnknownKeyError) or ("//" in shown and "@" in shown)
    return f"{error.key} = {'(hidden)' if hidden else shown}: {error.fix}"


def fix(sentence: str) -> WrapValidator:
    """Return an annotation: whatever is wrong with a value of this type, this sentence says what to do."""

    def check(value: object, handler: ValidatorFunctionWrapHandler) -> object:
        try:
            return handler(value)
        except ValidationError as error:
            raise PydanticCustomError("fix", "{fix}", {"fix": sentence}) from error

    return WrapValidator(check)


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("blank")
    return text


MOST = 1_000_000
"""More days than this from now on, and time itself would overflow."""
Whole = Annotated[int, Strict(), Field(ge=0, le=MOST), fix("make it a whole number, 0 or more (a million at most)")]
Count = Annotated[int, Strict(), Field(ge=1, le=MOST), fix("make it a whole number, 1 or more (a million at most)")]
Integer = Annotated[int, Strict(), fix("make it a whole number")]
Number = Annotated[float, Strict(), Field(ge=0, le=MOST), fix("make it a number, 0 or more (a million at most)")]
Flag = Annotated[bool, Strict()]
Day = Annotated[date, Strict()]
Filled = Annotated[str, AfterValidator(_filled), fix("write words in quotes here, not an empty text")]
Texts = tuple[Filled, ...]


class TableModel(BaseModel):
    """A table of a TOML file. A key that nothing reads is refused: most often it is a slip of the fingers."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    @classmethod
    def knows(cls, key: str) -> bool:
        """Return whether anything reads this key."""
        names = {field.alias or name for name, field in cls.model_fields.items()}
        return key in names or cls.model_config.get("extra") == "allow"

    @model_validator(mode="before")
    @classmethod
    def _known(cls, table: object) -> object:
        for key, value in table.items() if isinstance(table, Mapping) else ():
            if not cls.knows(str(key)):
                known = ", ".join(sorted(field.alias or name for name, field in cls.model_fields.items()))
                raise UnknownKeyError(str(key), value, f"remove it; known here: {known}")
        return table


def validated(kind: type[T], table: object) -> T:
    """Return a table as a value of this type, or raise a `TableError` about the first thing that can't be used."""
    try:
        return TypeAdapter(kind).validate_python(table)
    except ValidationError as error:
        raise next(table_errors(error)) from error


def single_words(listed: Mapping[str, Texts], key: str) -> frozenset[str]:
    """Return the words of all languages; a `TableError` names the first entry that no typed word equals."""
    for language, words in listed.items():
        for word in words:
            if plain(word) != word or " " in word:
                fix = f"write one word, small letters, no accents or signs, such as {plain(word).split(' ')[0]!r}"
                raise TableError(f"{key}.{language}", word, fix)
    return frozenset(word for words in listed.values() for word in words)


def read_table(path: Path, parse: Callable[[Table], T]) -> T:
    """Return what a parser makes of a file; a `ContentError` names the file as well."""
    try:
        return parse(read_toml(path))
    except TableError as error:
        raise ContentError(path, error.key, error.value, error.fix) from error


def table_errors(error: ValidationError) -> Iterator[TableError]:
    """Yield one `TableError` for each thing that pydantic found wrong."""
    for found in error.errors(include_url=False):
        cause = found.get("ctx", {}).get("error")
        if isinstance(cause, TableError):
            yield type(cause)(dotted((*found["loc"], cause.key)), cause.value, cause.fix)
        else:
            value = None if found["type"] == "missing" else found["input"]
            yield TableError(dotted(found["loc"]), value, _sentence(found))


def dotted(loc: Sequence[str | int]) -> str:
    """Return where something stands, as people count: `entry[1].name`. A list's own items go by the list's name."""
    parts: list[str] = []
    for at, part in enumerate(loc):
        if isinstance(part, str) and part != "[key]":
            parts.append(part or '""')
        elif isinstance(part, int) and parts and any(isinstance(later, str) for later in loc[at + 1 :]):
            parts[-1] += f"[{part + 1}]"
    return ".".join(parts)


def _sentence(found: ErrorDetails) -> str:
    context = found.get("ctx", {})
    if found["type"] in {"enum", "literal_error"}:
        return f"write {context['expected']}".replace("'", "")
    if found["type"] in FIXES:
        return FIXES[found["type"]].format_map(context)
    return found["msg"].removeprefix("Value error, ")
