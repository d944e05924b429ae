"""Settings that would surprise later are refused now, with a sentence."""

import json

import pytest
from buddybot_discord import create
from buddybot_discord.settings import read_settings

from buddybot.adapter import AdapterError, Channel


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({}, "there is no token"),
        ({"token": "  "}, "there is no token"),
        ({"token": "a.b.c", "server": "1"}, r"adapters\.discord\.server = \(hidden\): remove it; known here: api"),
        ({"token": "a.b.c", "guild": "my server"}, "guild = 'my server'"),
        ({"token": "a.b.c", "guild": "0"}, "guild = '0'"),
        ({"token": "a.b.c", "guilds": "my server"}, r"guilds = 'my server': make it a list of tables"),
        ({"token": "a.b.c", "guilds": "[{}]"}, r"adapters\.discord\.guilds\[1\]\.id = None: add it"),
        ({"token": "a.b.c", "guilds": '[{"id": 5}, {"id": "x"}]'}, r"guilds\[2\]\.id = 'x': write the server's id"),
        ({"token": "a.b.c", "guilds": '[{"id": 5}, {"id": "5"}]'}, "give each server one table: 5 stands here twice"),
        ({"token": "a.b.c", "guilds": '[{"id": 5, "mods": 1}]'}, r"guilds\[1\]\.mods = \(hidden\): remove it"),
        ({"token": "a.b.c", "guilds": '[{"id": 5, "language": "?"}]'}, r"\.language = '\?': write a language such as"),
        ({"token": "a.b.c", "guild": "5", "guilds": '[{"id": 5}]'}, "guild = '5': this server has a table in guilds"),
        ({"token": "a.b.c", "leads": "x", "guilds": '[{"id": 5}]'}, "leads = 'x': it is about the server of guild"),
        ({"token": "a.b.c", "automod": "on"}, "automod = 'on'"),
        ({"token": "a.b.c", "shards": "0"}, "shards = '0'"),
        ({"token": "a.b.c", "shards": "many"}, "shards = 'many'"),
        ({"token": "a.b.c", "marks": "tick"}, "marks = 'tick'"),
        ({"token": "a.b.c", "api": "ftp://x"}, "api = 'ftp://x'"),
        ({"token": "a.b.c", "gateway": "https://x"}, "gateway = 'https://x'"),
        ({"token": "a.b.c", "timeout": "soon"}, "timeout = 'soon'"),
        ({"token": "a.b.c", "per_second": "nan"}, "per_second = 'nan'"),
        ({"token": "a.b.c", "per_second": "0"}, "per_second = '0'"),
        ({"token": "a.b.c", "identify_pause": "-1"}, "identify_pause = '-1'"),
        (
            {"token": "a.b.c", "identify_pause": ""},
            r"adapters\.discord\.identify_pause = '': write a number of seconds",
        ),
        ({"token": "a.b.c", "timeout": ""}, r"adapters\.discord\.timeout = '': write a number of seconds above 0"),
        ({"token": "a.b.c", "timeout": " "}, "timeout = ' ': write a number"),
        ({"token": "a.b.c", "timeout": "3601"}, "timeout = '3601': write a number"),
        ({"token": "a.b.c", "per_second": ""}, "per_second = '': write a number above 0"),
        ({"token": "a.b.c", "shards": "1.5"}, "shards = '1.5': write a count"),
        ({"token": "a.b.c", "marks": ""}, "marks = '': write reaction or none"),
    ],
)
def test_a_bad_setting_is_named_with_its_value(table: dict[str, str], words: str) -> None:
    with pytest.raises(AdapterError, match=words):
        create(table)


def test_the_token_is_taken_alone_and_never_shown() -> None:
    settings = read_settings({"token": "Bot abc.def.ghi", "shards": "2", "marks": "none", "identity": "east"})
    assert (settings.token, settings.shards, settings.marks, settings.identity) == ("abc.def.ghi", 2, False, "east")
    assert "abc" not in repr(settings)


def test_several_slips_are_several_lines_and_no_secret_is_shown() -> None:
    with pytest.raises(AdapterError) as caught:
        create({"token": "Bot abc.def.ghi", "tokne": "abc.def.ghi", "timeout": "", "guild": "x"})
    assert "abc" not in str(caught.value)
    with pytest.raises(AdapterError) as caught:
        create({"token": "Bot abc.def.ghi", "timeout": "", "guild": "x"})
    assert [line.partition(" = ")[0] for line in str(caught.value).splitlines()] == [
        "adapters.discord.guild",
        "adapters.discord.timeout",
    ]


def test_what_is_left_empty_is_not_set() -> None:
    empty = {
        "token": "a.b.c",
        "guild": "",
        "shards": " ",
        "identity": "",
        "category": "",
        "moderators": "",
        "leads": ",",
        "guilds": "",
    }
    assert read_settings(empty) == read_settings({"token": "a.b.c"})


def test_each_server_has_its_own_settings_and_the_old_keys_are_one_of_them() -> None:
    listed = [{"id": 7, "channels": ["Lobby"], "moderators": "Mods, 12", "language": "es"}, {"id": "8", "leads": [9]}]
    table = {"token": "a.b.c", "guild": "5", "moderators": "Mods", "guilds": json.dumps(listed)}
    served = read_settings(table).served
    assert [(each.id, each.category, each.language) for each in served] == [
        (5, "Recovery", ""),
        (7, "Recovery", "es"),
        (8, "Recovery", ""),
    ]
    lobby, nights = Channel("lobby", "Lobby"), Channel("nights", "Nights")
    assert [(each.shows(lobby), each.shows(nights)) for each in served] == [(True, True), (True, False), (True, True)]
    assert served.roles_of(7, frozenset({"12", "x"})) == ("moderator",)
    assert served.roles_of(8, frozenset({"mods", "9"})) == ("lead",)
    assert served.roles_of(6, frozenset({"mods", "9"})) == (), "roles of other servers mean nothing"


def test_without_marks_the_core_hears_of_it() -> None:
    assert not create({"token": "a.b.c", "marks": "none"}).capabilities.marks
    assert create({"token": "a.b.c"}).capabilities.marks
