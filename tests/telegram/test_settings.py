import logging

import pytest
from buddybot_telegram import create
from buddybot_telegram.settings import read_settings

from buddybot.adapter import AdapterError

TOKEN = "4242:AbC-d_e"


def test_a_token_is_enough() -> None:
    settings = read_settings({"token": TOKEN})

    assert (settings.identity, settings.base_url, settings.webhook_url) == ("4242", "https://api.telegram.org", "")
    assert (settings.per_second, settings.per_recipient_second) == (28, 1)


def test_the_secret_of_the_webhook_is_lasting_and_not_the_token() -> None:
    secret = read_settings({"token": TOKEN}).secret

    assert secret == read_settings({"token": TOKEN, "webhook_url": "https://bot.example/hook/"}).secret
    assert secret != read_settings({"token": "4242:another"}).secret
    assert len(secret) == 64


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({}, "@BotFather"),
        ({"token": ""}, "token_file"),
        ({"token": "nonsense"}, "@BotFather"),
        ({"token": TOKEN, "per_second": "fast"}, "per_second = 'fast': write a number above 0"),
        ({"token": TOKEN, "per_second": "0"}, "above 0"),
        ({"token": TOKEN, "per_second": ""}, "adapters.telegram.per_second = '': write a number above 0"),
        ({"token": TOKEN, "webhook_port": ""}, "adapters.telegram.webhook_port = '': write a port, 1 to 65535"),
        ({"token": TOKEN, "webhook_port": "8443.5"}, "webhook_port = '8443.5': write a port"),
        ({"token": TOKEN, "timeout_seconds": "nan"}, "above 0"),
        ({"token": TOKEN, "webhook_port": "inf"}, "write a port, 1 to 65535"),
        (
            {"token": TOKEN, "base_url": "api.example"},
            "base_url = 'api.example': write a whole address that starts with https://",
        ),
        ({"token": TOKEN, "webhook_url": "http://bot.example/"}, "webhook_url = (hidden): write a whole address"),
        ({"token": TOKEN, "base_url": ""}, "base_url = '': write a whole address"),
        ({"token": TOKEN, "group": "Harbour"}, "group = 'Harbour': write a group's number"),
        ({"token": TOKEN, "place_nights": "-100/x"}, "place_nights"),
        (
            {"token": TOKEN, "colour": "red"},
            "telegram.colour = (hidden): remove it; known here: base_url",
        ),
    ],
)
def test_a_mistake_is_a_sentence_that_says_what_to_do(table: dict[str, str], words: str) -> None:
    with pytest.raises(AdapterError) as error:
        create(table)

    assert words in str(error.value)
    assert TOKEN not in str(error.value)


def test_the_loggers_that_know_the_token_or_the_words_are_quiet_whatever_was_asked_for() -> None:
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.DEBUG)

    create({"token": TOKEN})

    for name in ("httpx", "httpcore", "httpcore.http11", "telegram", "telegram.Bot"):
        assert not logging.getLogger(name).isEnabledFor(logging.INFO)
    assert not logging.getLogger("telegram.request.BaseRequest").isEnabledFor(logging.ERROR)


def test_the_token_is_in_no_repr() -> None:
    assert "AbC" not in repr(read_settings({"token": TOKEN}))
