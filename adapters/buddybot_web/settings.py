"""The web chat's own table of the configuration."""

from collections.abc import Mapping

from buddybot_http.settings import HttpSettings

from buddybot.adapter import settings_from

NAME = "web chat"


class WebSettings(HttpSettings):
    """The settings of a server, with the web chat's own port."""


def read_settings(table: Mapping[str, str]) -> WebSettings:
    """Check every value; anything that would surprise the operator later is refused now."""
    return settings_from(WebSettings, "web", table)
