from collections.abc import Mapping

import pytest

from buddybot.content import content_dir, read_toml
from buddybot.content.tables.care import parse_pace
from buddybot.content.validation import TableError

TABLE: Mapping[str, object] = read_toml(content_dir() / "care.toml")


def test_the_shipped_pace_is_sound() -> None:
    assert parse_pace(TABLE).morning_hour == 9


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("hush_hours", None),
        ("hush_hours", "a day"),
        ("hush_hours", True),
        ("hush_hours", -1),
        ("morning_hour", 24),
        ("calls", None),
        ("calls", "sos"),
        ("calls", []),
        ("calls", ["sos", " "]),
        ("calls", ["sos", 911]),
        ("begged", None),
        ("begged", "help"),
    ],
)
def test_an_unsound_number_is_named_with_its_key(key: str, value: object) -> None:
    with pytest.raises(TableError) as caught:
        parse_pace({**TABLE, key: value})
    assert (caught.value.key, caught.value.fix != "") == (key, True)


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("SOS", True),
        ("help me!!", True),
        (" 911. ", True),
        ("¡Ayuda!", True),
        ("hlp me", True),
        ("please help", True),
        ("Help pls!!", True),
        ("can u help me?", True),
        ("alguien ayuda por favor", True),
        ("help", False),
        ("help me pick a song", False),
        ("please help me pick a song", False),
        ("", False),
    ],
)
def test_only_a_whole_message_is_a_plain_call_for_help(text: str, *, calls: bool) -> None:
    assert parse_pace(TABLE).called(text) is calls
