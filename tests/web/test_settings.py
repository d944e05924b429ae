import socket

import pytest
from buddybot_web import create
from buddybot_web.settings import read_settings

from buddybot.adapter import AdapterError
from tests.web.house import open_house


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.9", ""])
def test_this_machine_needs_no_settings(host: str) -> None:
    assert read_settings({"host": host}).public_url == ""


@pytest.mark.parametrize(
    "table",
    [
        {"host": "0.0.0.0"},  # noqa: S104 - the refusal is the point
        {"host": "chat.example.org"},
        {"host": "::", "public_url": "https://chat.example.org"},
        {"host": "10.0.0.1", "allow_public": "true"},
        {"host": "10.0.0.1", "public_url": "https://chat.example.org", "allow_public": "no"},
    ],
)
def test_the_network_is_not_served_without_a_public_address_and_the_switch(table: dict[str, str]) -> None:
    with pytest.raises(AdapterError, match="would open it to the network"):
        create(table)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({"port": "http"}, r"adapters\.web\.port = 'http': write a port"),
        ({"port": "70000"}, "write a port"),
        ({"port": "-1"}, "write a port, 1 to 65535"),
        ({"port": ""}, r"adapters\.web\.port = '': write a port"),
        ({"allow_public": ""}, r"allow_public = '': write true or false"),
        ({"public_url": "chat.example.org"}, "must look like"),
        ({"public_url": "https://chat.example.org/path"}, "must look like"),
        ({"public_url": "https://me@chat.example.org"}, "must look like"),
        ({"public_url": "ftp://chat.example.org"}, "must look like"),
        (
            {"prot": "8080"},
            r"adapters\.web\.prot = \(hidden\): remove it; known here: .*allow_public, .*host, .*path, port",
        ),
    ],
)
def test_a_bad_setting_is_a_sentence(table: dict[str, str], sentence: str) -> None:
    with pytest.raises(AdapterError, match=sentence):
        read_settings(table)


def test_a_public_chat_knows_its_name_and_that_it_is_secure() -> None:
    settings = read_settings({"host": "0.0.0.0", "public_url": "https://Chat.example.org/", "allow_public": "True"})  # noqa: S104 - opened on purpose
    assert (settings.secure, settings.public_host) == (True, "chat.example.org")
    assert not read_settings({}).secure


async def test_a_used_port_is_a_sentence_that_names_it() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(AdapterError, match=f"port {port} on 127.0.0.1 is in use. Stop the program"):
            async with open_house({"port": str(port)}):
                raise AssertionError


async def test_an_address_of_another_machine_is_a_sentence() -> None:
    table = {"host": "192.0.2.1", "public_url": "https://chat.example.org", "allow_public": "yes"}
    with pytest.raises(AdapterError, match=r"can't listen on 192.0.2.1"):
        async with open_house(table):
            raise AssertionError


async def test_an_ipv6_loopback_address_is_written_with_brackets() -> None:
    async with open_house({"host": "::1"}) as house:
        assert house.url.startswith("http://[::1]:")
