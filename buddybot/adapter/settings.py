"""Validation of an adapter's settings: pydantic models over the texts of its table, told like every other slip."""

from collections.abc import Mapping
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, ValidationError

from buddybot.adapter.failures import AdapterError
from buddybot.content.validation import TableModel, fix, safe_sentence, table_errors

A_HOUR = 3600

Port = Annotated[int, Field(ge=1, le=65535), fix("write a port, 1 to 65535")]
FreePort = Annotated[int, Field(ge=0, le=65535), fix("write a port, 1 to 65535; 0 lets the system choose a free one")]
Rate = Annotated[float, Field(gt=0, allow_inf_nan=False), fix("write a number above 0")]
Seconds = Annotated[float, Field(gt=0, le=A_HOUR), fix("write a number of seconds above 0, up to 3600")]


class AdapterSettings(TableModel):
    """Base of an adapter's settings: one field a key; numbers and switches are read from text, blanks around it go."""

    model_config = ConfigDict(str_strip_whitespace=True)


S = TypeVar("S", bound=AdapterSettings)


def settings_from(kind: type[S], name: str, table: Mapping[str, str]) -> S:
    """Return the settings of the adapter `name`; an `AdapterError` has one sentence for each slip, and no secret."""
    try:
        return kind.model_validate(dict(table))
    except ValidationError as error:
        told = [f"adapters.{name}.{safe_sentence(slip)}" for slip in table_errors(error)]
    raise AdapterError("\n".join(told))


def otherwise(usual: str) -> AfterValidator:
    """Return an annotation: an empty text means the usual one."""
    return AfterValidator(lambda text: text or usual)


def switch(on: str, off: str) -> BeforeValidator:
    """Return an annotation for a bool that is written as one of two words."""

    def read(value: object) -> object:
        text = value.strip() if isinstance(value, str) else value
        if text in {on, off}:
            return text == on
        if isinstance(text, bool):
            return text
        raise ValueError(f"write {on} or {off}")

    return BeforeValidator(read)


def comma_separated(value: object) -> object:
    """Return the names in a text with commas between, in small letters; anything else as it is."""
    if not isinstance(value, str):
        return value
    return frozenset(name.strip().casefold() for name in value.split(",") if name.strip())
