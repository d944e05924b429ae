"""The desk's own table of the configuration."""

from collections.abc import Mapping

from buddybot_http.settings import HttpSettings

from buddybot.adapter import FreePort, settings_from

NAME = "desk"


class DeskSettings(HttpSettings):
    """The settings of a server, with the desk's own port."""

    port: FreePort = 8081


def read_settings(table: Mapping[str, str]) -> DeskSettings:
    """Check every value; anything that would surprise the operator later is refused now."""
    return settings_from(DeskSettings, "desk", table)
