"""Settings that would surprise later are refused now, with a sentence."""

import pytest
from buddybot_discord import create
from buddybot_discord.settings import read_settings

from buddybot.adapter import AdapterError


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({}, "there is no token"),
        ({"token": "  "}, "there is no token"),
        ({"token": "t", "server": "1"}, r"adapters\.discord\.server = \(hidden\): remove it; known here: api"),
        ({"token": "t", "guild": "my server"}, "guild = 'my server'"),
        ({"token": "t", "guild": "0"}, "guild = '0'"),
        ({"token": "t", "automod": "on"}, "automod = 'on'"),
        ({"token": "t", "shards": "0"}, "shards = '0'"),
        ({"token": "t", "shards": "many"}, "shards = 'many'"),
        ({"token": "t", "marks": "tick"}, "marks = 'tick'"),
        ({"token": "t", "api": "ftp://x"}, "api = 'ftp://x'"),
        ({"token": "t", "gateway": "https://x"}, "gateway = 'https://x'"),
        ({"token": "t", "timeout": "soon"}, "timeout = 'soon'"),
        ({"token": "t", "per_second": "nan"}, "per_second = 'nan'"),
        ({"token": "t", "per_second": "0"}, "per_second = '0'"),
        ({"token": "t", "identify_pause": "-1"}, "identify_pause = '-1'"),
        ({"token": "t", "identify_pause": ""}, r"adapters\.discord\.identify_pause = '': write a number of seconds"),
        ({"token": "t", "timeout": ""}, r"adapters\.discord\.timeout = '': write a number of seconds above 0"),
        ({"token": "t", "timeout": " "}, "timeout = ' ': write a number"),
        ({"token": "t", "timeout": "3601"}, "timeout = '3601': write a number"),
        ({"token": "t", "per_second": ""}, "per_second = '': write a number above 0"),
        ({"token": "t", "shards": "1.5"}, "shards = '1.5': write a count"),
        ({"token": "t", "marks": ""}, "marks = '': write reaction or none"),
    ],
)
def test_a_bad_setting_is_named_with_its_value(table: dict[str, str], words: str) -> None:
    with pytest.raises(AdapterError, match=words):
        create(table)


def test_the_token_is_taken_alone_and_never_shown() -> None:
    settings = read_settings({"token": "Bot abc.def", "shards": "2", "marks": "none", "identity": "east"})
    assert (settings.token, settings.shards, settings.marks, settings.identity) == ("abc.def", 2, False, "east")
    assert "abc" not in repr(settings)


def test_several_slips_are_several_lines_and_no_secret_is_shown() -> None:
    with pytest.raises(AdapterError) as caught:
        create({"token": "Bot abc.def", "tokne": "abc.def", "timeout": "", "guild": "x"})
    assert "abc" not in str(caught.value)
    with pytest.raises(AdapterError) as caught:
        create({"token": "Bot abc.def", "timeout": "", "guild": "x"})
    assert [line.partition(" = ")[0] for line in str(caught.value).splitlines()] == [
        "adapters.discord.guild",
        "adapters.discord.timeout",
    ]


def test_what_is_left_empty_is_not_set() -> None:
    empty = {"token": "t", "guild": "", "shards": " ", "identity": "", "category": "", "moderators": "", "leads": ","}
    assert read_settings(empty) == read_settings({"token": "t"})


def test_without_marks_the_core_hears_of_it() -> None:
    assert not create({"token": "t", "marks": "none"}).capabilities.marks
    assert create({"token": "t"}).capabilities.marks
