"""The web chat's own table of the configuration."""

import re
from collections.abc import Mapping
from typing import Annotated

from buddybot_http.settings import HttpSettings
from pydantic import AfterValidator

from buddybot.adapter import settings_from

NAME = "web chat"
LONGEST = 30
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


class WebSettings(HttpSettings):
    """The settings of a server, and how the chat is at home on the operator's own site.

    `name` stands over the chat, empty for the bot's own; `path` is where the chat begins on `public_url`, empty for all
    of it.
    """

    name: Annotated[str, AfterValidator(_name)] = ""
    path: Annotated[str, AfterValidator(_path)] = ""


def read_settings(table: Mapping[str, str]) -> WebSettings:
    """Check every value; anything that would surprise the operator later is refused now."""
    return settings_from(WebSettings, "web", table)
