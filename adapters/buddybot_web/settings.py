"""The web chat's own table of the configuration."""

import re
from collections.abc import Mapping
from typing import Annotated, Self

from buddybot_http.settings import HttpSettings, is_loopback
from pydantic import AfterValidator, BeforeValidator, model_validator

from buddybot.adapter import TableError, settings_from
from buddybot_web.look import accent_trouble, for_the_dark, stylesheet

NAME = "web chat"
LONGEST = 30
_BETWEEN = str.maketrans("[]'\",", "     ")
_ORIGIN = re.compile(r"(https?)://([a-z0-9.-]+)(:[0-9]{1,5})?")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PATH = re.compile(r"(/[a-z0-9][a-z0-9._-]*)+")


def _name(text: str) -> str:
    if len(text) > LONGEST or not text.isprintable():
        raise ValueError(f"write a name of {LONGEST} letters at most, in one line; it stands over the chat on a phone")
    return text


def _path(text: str) -> str:
    path = text.rstrip("/")
    if path and not _PATH.fullmatch(path):
        raise ValueError('write the path that the chat has on your site, such as "/chat", in small letters')
    if path.split("/")[1:2] == ["desk"]:
        raise ValueError('choose another path, such as "/chat": below /desk is the desk of the moderators')
    return path


def _accent(scheme: str) -> AfterValidator:
    def check(text: str) -> str:
        color = text.lower()
        if color and (trouble := accent_trouble(color, scheme)) is not None:
            raise ValueError(trouble)
        return color

    return AfterValidator(check)


def _origins(value: object) -> object:
    """Return the origins in a text with commas or blanks between, or in what a list became."""
    return tuple(value.translate(_BETWEEN).lower().split()) if isinstance(value, str) else value


def _framers(origins: tuple[str, ...]) -> tuple[str, ...]:
    for one in origins:
        found = _ORIGIN.fullmatch(one)
        if found is None or (found[1] == "http" and not is_loopback(found[2])):
            raise ValueError(f"{one} is no origin: write https:// and a name, such as https://www.example.org, no more")
    return origins


def _mail(text: str) -> str:
    if text and not _MAIL.fullmatch(text):
        raise ValueError("write a mail address, such as help@example.org: push services may write to it")
    return text


class WebSettings(HttpSettings):
    """The settings of a server, and how the chat is at home on the operator's own site.

    `name` stands over the chat, empty for the bot's own; `path` is where the chat begins on `public_url`, empty for all
    of it. `accent` is the operator's color, `accent_dark` the same for the dark scheme. `frames` are the origins whose
    pages may show the chat in a frame. `push_key` is the file of the key that signs calls to devices,
    empty for none; `push_contact` a mail address.
    """

    name: Annotated[str, AfterValidator(_name)] = ""
    path: Annotated[str, AfterValidator(_path)] = ""
    push_key: str = ""
    push_contact: Annotated[str, AfterValidator(_mail)] = ""
    accent: Annotated[str, _accent("light")] = ""
    accent_dark: Annotated[str, _accent("dark")] = ""
    frames: Annotated[tuple[str, ...], BeforeValidator(_origins), AfterValidator(_framers)] = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.accent_dark and not self.accent:
            raise TableError("accent_dark", self.accent_dark, "set accent as well, the color for light pages")
        if self.frames and self.public_url and not self.secure:
            raise TableError(
                "frames", " ".join(self.frames), "make public_url an https address; a frame gets no cookie otherwise"
            )
        return self

    @property
    def colors(self) -> str:
        """The stylesheet of the operator's color; empty without one."""
        return stylesheet(self.accent, self.accent_dark or for_the_dark(self.accent)) if self.accent else ""

    @property
    def contact(self) -> str:
        """The mail address that push services can write to about calls from here."""
        return self.push_contact or f"postmaster@{self.public_host.partition(':')[0] or 'localhost'}"


def read_settings(table: Mapping[str, str]) -> WebSettings:
    """Check every value; anything that would surprise the operator later is refused now."""
    return settings_from(WebSettings, "web", table)
