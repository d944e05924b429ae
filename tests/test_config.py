import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from buddybot.config import ConfigError, Settings, adapter_settings, load_settings

VARIABLES = ("BUDDYBOT_LOG_LEVEL", "BUDDYBOT_MATCHING__ROUND_MINUTES", "BUDDYBOT_STORE__URL", "BUDDYBOT_ADAPTERS")


ONE = {"key": "nights", "title": "Nights"}
CHANNEL = '[[channels]]\nkey = "nights"\ntitle = "Nights"\n'


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    kept = {name: os.environ.pop(name) for name in VARIABLES if name in os.environ}
    yield
    for name in VARIABLES:
        os.environ.pop(name, None)
    os.environ.update(kept)


def written(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def settings_with(environment: Mapping[str, str], path: Path | None = None) -> Settings:
    os.environ.update(environment)
    return load_settings(path, environment)


def test_without_anything_the_web_chat_runs_on_sqlite(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, ""), {})
    assert dict(settings.adapters) == {"web": {}}
    assert settings.store.url == "sqlite:var/buddybot.db"
    assert (settings.matching.round_minutes, settings.log_level, settings.operator.contact) == (60, "info", "")
    assert settings.file == tmp_path / "config.toml"


def test_the_file_is_over_the_defaults_and_the_environment_over_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, 'log_level = "debug"\n[matching]\nround_minutes = 5\n[store]\nurl = "sqlite:a.db"\n')
    assert load_settings(path, {}).matching.round_minutes == 5
    settings = settings_with({"BUDDYBOT_MATCHING__ROUND_MINUTES": "7", "BUDDYBOT_LOG_LEVEL": "error"}, path)
    assert (settings.matching.round_minutes, settings.log_level, settings.store.url) == (7, "error", "sqlite:a.db")


def test_an_address_in_the_place_of_the_keys_folder_leaves_the_operators_key_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = '[store]\nurl = "postgresql://main"\n'
    named = load_settings(written(tmp_path, text + 'keys = "postgresql://keys"'), {}).store
    assert (named.keys, named.key_server) == (Path("var/keys"), "postgresql://keys")
    both = load_settings(written(tmp_path, text + 'keys = "here"\nkey_server = "postgresql://keys"'), {}).store
    assert (both.keys, both.key_server) == (Path("here"), "postgresql://keys")
    monkeypatch.setenv("BUDDYBOT_STORE__KEYS", "postgresql://keys")
    assert load_settings(written(tmp_path, text), os.environ).store.key_server == "postgresql://keys"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("colour = 1", "colour = 1: there is no such key; check its spelling against config.example.toml"),
        ('[matching]\nround_minutes = "often"', "matching.round_minutes = 'often': write a whole number"),
        ("[matching]\nround_minutes = 0", "matching.round_minutes = 0: write 1 or more"),
        ('log_level = "loud"', "log_level = 'loud': write debug, info, warning or error"),
        ('[store]\nurl = "mysql://x"', "store.url = 'mysql://x': start it with"),
        ('[store]\nurl = "mysql://me:secret@x"', "store.url = (hidden): start it with"),
        ("adapters = {}", "adapters = {}: add at least one table, such as [adapters.web]"),
        ("[store]\nkeys = 3", "store.keys = 3:"),
        (
            '[store]\nkeys = "postgresql://me:secret@keys"',
            "store.key_server = (hidden): a database in a file keeps its keys in a folder",
        ),
        ('[store]\nkey_server = "var/keys"', "store.key_server = 'var/keys': start it with \"postgresql://\""),
        (
            '[store]\nurl = "postgresql://x"\nshared = true',
            "store.shared = True: several processes need the keys in a database that all of them can reach",
        ),
        ('[[channels]]\nkey = "nights"', "channels[1].title = None: add it"),
        (CHANNEL + 'kind = "loud"', "channels[1].kind = 'loud': write anonymous, open or moderators"),
        (CHANNEL + 'lanes = ["all"]', "channels[1].lanes = 'all': write self, family or bereaved"),
        (CHANNEL + "slow = -1", "channels[1].slow = -1: write 0 or more"),
        (CHANNEL + "colour = 1", "channels[1].colour = 1: there is no such key"),
        (CHANNEL + CHANNEL, f"channels = {[ONE, ONE]}: give each channel a key of its own: nights stands here twice"),
        ('[[channels]]\nkey = "Nights!"\ntitle = "N"', "channels[1].key = 'Nights!': write 1 to 24 small letters"),
        ('[[channels]]\nkey = "nights"\ntitle = " "', "channels[1].title = ' ': write a title of 1 to 60 characters"),
        ("channels = 3", "channels = 3: make it a list"),
        ("[operator]\ncontact = 3", "operator.contact = 3: write it as a text in quotes"),
    ],
)
def test_every_mistake_names_file_key_value_and_fix(tmp_path: Path, text: str, sentence: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_settings(path, {})
    assert str(caught.value).startswith(f"{path}: {sentence}")
    assert "secret" not in str(caught.value)


def test_a_mistake_in_a_variable_names_the_variable() -> None:
    with pytest.raises(ConfigError, match=r"^BUDDYBOT_LOG_LEVEL: log_level = 'loud'"):
        settings_with({"BUDDYBOT_LOG_LEVEL": "loud"})


def test_a_variable_that_is_no_json_is_a_sentence() -> None:
    with pytest.raises(ConfigError, match=r"^the environment: .*adapters.*; write JSON there"):
        settings_with({"BUDDYBOT_ADAPTERS": "web, discord"})


def test_several_mistakes_are_several_lines(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_settings(written(tmp_path, 'colour = 1\nlog_level = "loud"\n'), {})
    assert len(str(caught.value).splitlines()) == 2


def test_a_missing_broken_or_unreadable_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file; write one with `buddybot init`"):
        load_settings(tmp_path / "missing.toml", {})
    with pytest.raises(ConfigError, match="mend the TOML there"):
        load_settings(written(tmp_path, "a ="), {})
    (tmp_path / "config.toml").write_bytes(b'a = "caf\xe9"')
    with pytest.raises(ConfigError, match="make it readable UTF-8 text"):
        load_settings(tmp_path / "config.toml", {})


def test_an_adapters_table_becomes_text(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, '[adapters.web]\nport = 80\nopen = true\nname = "x"\n'), {})
    assert adapter_settings(settings, "web", {}) == {
        "port": "80",
        "open": "true",
        "name": "x",
        "push_key": "var/keys/push.pem",
    }
    settings = load_settings(
        written(tmp_path, '[store]\nkeys = "k"\n[adapters.web]\npush_key = ""\n[adapters.desk]\n'), {}
    )
    assert adapter_settings(settings, "web", {}) == {"push_key": ""}
    assert adapter_settings(settings, "desk", {}) == {}


def test_a_list_of_tables_in_an_adapters_table_becomes_json_also_from_the_environment(tmp_path: Path) -> None:
    text = '[adapters.discord]\n[[adapters.discord.guilds]]\nid = "5"\nchannels = ["nights"]\n'
    settings = load_settings(written(tmp_path, text), {})
    assert json.loads(adapter_settings(settings, "discord", {})["guilds"]) == [{"id": "5", "channels": ["nights"]}]


@pytest.mark.usefixtures("_tables_from_outside")
def test_tables_come_from_a_variable_too() -> None:
    settings = load_settings(None, dict(os.environ))
    assert json.loads(adapter_settings(settings, "discord", {})["guilds"]) == [{"id": 5}, {"id": "6"}]


@pytest.fixture
def _tables_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BUDDYBOT_ADAPTERS__DISCORD__GUILDS", '[{"id": 5}, {"id": "6"}]')


def test_a_token_comes_from_its_file_or_its_variable_and_never_from_the_settings(tmp_path: Path) -> None:
    secret = tmp_path / "discord.token"
    secret.write_text("abc\n", encoding="utf-8")
    secret.chmod(0o600)
    settings = load_settings(written(tmp_path, f'[adapters.discord]\ntoken_file = "{secret}"\n'), {})
    assert adapter_settings(settings, "discord", {}) == {"token": "abc"}
    assert adapter_settings(settings, "discord", {"BUDDYBOT_DISCORD_TOKEN": " xyz "}) == {"token": "xyz"}
    secret.chmod(0o644)
    with pytest.raises(ConfigError, match="others can read this file; run: chmod 600"):
        adapter_settings(settings, "discord", {})
    secret.unlink()
    with pytest.raises(ConfigError, match="it can't be read; check the path and its owner"):
        adapter_settings(settings, "discord", {})
    plain = load_settings(written(tmp_path, '[adapters.discord]\ntoken = "abc"\n'), {})
    with pytest.raises(ConfigError, match=r"adapters\.discord\.token = \(hidden\)") as caught:
        adapter_settings(plain, "discord", {})
    assert "abc" not in str(caught.value)


def test_people_who_look_after_the_house_are_named_by_their_accounts(tmp_path: Path) -> None:
    text = (
        '[operator]\ndesk_url = "https://desk.example/"\n[[staff]]\nrole = "lead"\nplatform = "web"\naccount = "a1"\n'
    )
    settings = load_settings(written(tmp_path, text), {})
    assert [(one.role, one.platform, one.identity, one.account) for one in settings.staff] == [
        ("lead", "web", "main", "a1")
    ]
    assert "a1" not in repr(settings.staff)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("", ""),
        ("[adapters.desk]\n", "http://127.0.0.1:8081/desk"),
        ("[adapters.desk]\nport = 9000\n", "http://127.0.0.1:9000/desk"),
        ('[adapters.desk]\npublic_url = "https://desk.example/"\n', "https://desk.example/desk"),
        ('[operator]\ndesk_url = "https://a.example/desk/"\n[adapters.desk]\n', "https://a.example/desk"),
    ],
)
def test_links_lead_to_the_desk_that_is_served_unless_another_is_named(tmp_path: Path, text: str, url: str) -> None:
    assert load_settings(written(tmp_path, text), {}).desk() == url


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[operator]\ndesk_url = "ftp://x"\n', "https://"),
        ('[[staff]]\nrole = "king"\nplatform = "web"\naccount = "a1"\n', "staff[1].role"),
        ('[[staff]]\nrole = "lead"\nplatform = "web"\naccount = 7123\n', "(hidden)"),
    ],
)
def test_a_wrong_desk_or_role_is_named_and_no_account_is_shown(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigError) as raised:
        load_settings(written(tmp_path, text), {})
    assert words in str(raised.value)
    assert "7123" not in str(raised.value)


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({"buddybot_Store__Url": "sqlite:b.db"}, ("sqlite:b.db", "from-the-file")),
        ({"BUDDYBOT_STORE": '{"url": "sqlite:b.db"}'}, ("sqlite:b.db", "from-the-file")),
        ({"BUDDYBOT_STORE": '{"url": "sqlite:b.db", "keys": "k"}', "BUDDYBOT_STORE__KEYS": "z"}, ("sqlite:b.db", "z")),
        ({"BUDDYBOT_STORES__URL": "x", "BUDDYBOT_OPERATOR_KEY": "x"}, ("sqlite:var/buddybot.db", "from-the-file")),
    ],
)
def test_a_variable_is_laid_over_its_key_and_whoever_else_has_our_prefix_is_left_alone(
    tmp_path: Path, environment: Mapping[str, str], found: tuple[str, str]
) -> None:
    store = load_settings(written(tmp_path, '[store]\nkeys = "from-the-file"\n'), environment).store
    assert (store.url, str(store.keys)) == found


def test_variables_of_one_adapter_go_beside_the_tables_of_the_file_and_stay_text(tmp_path: Path) -> None:
    path = written(tmp_path, "[adapters.desk]\nport = 3\n[adapters.web]\nport = 1\nopen = true\n")
    adapters = load_settings(path, {"BUDDYBOT_ADAPTERS__WEB__PORT": "81", "BUDDYBOT_ADAPTERS__IRC__A": "5"}).adapters
    assert adapters == {"desk": {"port": 3}, "web": {"port": "81", "open": True}, "irc": {"a": "5"}}


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("BUDDYBOT_STORE__COLOUR", "1", "BUDDYBOT_STORE__COLOUR: store.colour = '1': there is no such key"),
        ("BUDDYBOT_CHANNELS__0__KEY", "a", "the environment: channels = {'0': {'key': 'a'}}: make it a list"),
        ("BUDDYBOT_METRICS__PORT", "x", "BUDDYBOT_METRICS__PORT: metrics.port = 'x': write a whole number"),
        ("BUDDYBOT_STORE", "", "the environment: the value for store in BUDDYBOT_STORE is no JSON; write JSON there"),
    ],
)
def test_a_mistake_in_the_environment_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError) as caught:
        load_settings(None, {name: value})
    assert str(caught.value).startswith(sentence)
