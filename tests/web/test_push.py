"""Calls to devices, against a push service of our own: really sealed, really signed, and never into a network."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from buddybot_web import WebAdapter
from buddybot_web.push import PublicResolver, PushDoor, PushSender, is_public
from buddybot_web.settings import read_settings
from buddybot_web.subscriptions import LONGEST_ENDPOINT, is_push_endpoint, push_address
from buddybot_web.translate.inbound import Problem, inbound

from buddybot.adapter import AdapterError, Address, Origin, PushAddress, Rejected, RetryLater, Subscribed, Unreachable
from tests.web.house import open_house
from tests.web.push_service import Device, PushService, push_service
from tests.web.visitor import visit

TEXT = "Something is waiting for you"
ORIGIN = Origin("e", Address("web", "web", "account"))


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[PushService]:
    async with push_service(tmp_path) as made:
        yield made


@pytest.fixture
async def sender(tmp_path: Path, service: PushService) -> AsyncIterator[PushSender]:
    made = PushSender(tmp_path / "keys" / "push.pem", "help@example.org", service.door)
    yield made
    await made.close()


async def test_a_device_opens_what_it_is_sent_and_knows_who_signed_it(sender: PushSender, service: PushService) -> None:
    device = service.device()
    for text in (TEXT, "Algo te espera"):
        await sender.call(device.push, text)
        assert device.open(service.calls[-1][1]) == text
    path, body, headers = service.calls[0]
    assert path == "/phone"
    assert TEXT.encode() not in body
    assert (headers["Content-Encoding"], headers["Topic"], headers["Urgency"]) == ("aes128gcm", "waiting", "normal")
    assert int(headers["ttl"]) == 24 * 3600
    claims = service.signed()
    assert (claims["sub"], claims["key"]) == ("mailto:help@example.org", sender.public_key)
    assert service.calls[0][1] != service.calls[1][1]


async def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "push.pem"
    one, two = (PushSender(file, "help@example.org", PushDoor()) for _ in range(2))
    assert one.public_key == two.public_key
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)
    with pytest.raises(AdapterError, match="others can read this key"):
        PushSender(file, "help@example.org", PushDoor())
    file.chmod(0o600)
    file.write_text("no key")
    with pytest.raises(AdapterError, match="it holds no key: move it away"):
        PushSender(file, "help@example.org", PushDoor())
    adapter = WebAdapter(read_settings({"push_key": str(file)}))
    with pytest.raises(AdapterError, match="it holds no key"):
        adapter._make_sender()


@pytest.mark.parametrize(
    ("status", "error"),
    [(404, Unreachable), (410, Unreachable), (429, RetryLater), (500, RetryLater), (503, RetryLater), (302, Rejected),
     (400, Rejected), (403, Rejected), (413, Rejected)],
)  # fmt: skip
async def test_each_answer_means_something(
    sender: PushSender, service: PushService, status: int, error: type[Exception]
) -> None:
    service.statuses = [status]
    service.headers = {"Location": f"https://push.example.org:{service.port}/elsewhere", "Retry-After": "99999999"}
    with pytest.raises(error) as found:
        await sender.call(service.device().push, TEXT)
    assert len(service.calls) == 1
    if isinstance(found.value, RetryLater):
        assert found.value.seconds == 3600


async def test_a_service_that_is_down_is_tried_later(sender: PushSender, service: PushService) -> None:
    device = Device("https://push.example.org:9/x")
    sender._door = replace(service.door, port=9)
    with pytest.raises(RetryLater):
        await sender.call(device.push, TEXT)


# ── Into no network ─────────────────────────────────────────────────────────────────────


class Says(AbstractResolver):
    """A name server that says what it is told."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:  # noqa: ARG002 - the base\'s signature
        return [ResolveResult(hostname=host, host=one, port=port, family=2, proto=0, flags=0) for one in self.addresses]

    async def close(self) -> None:
        """Nothing is held."""


# ruff: noqa: E501, S104 - tables are read by their rows
INSIDE = (
    "127.0.0.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "::1", "::",
    "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::", "2001:db8::1", "no address",
)  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
async def test_no_call_goes_to_an_address_inside_a_network(tmp_path: Path, address: str) -> None:
    assert not is_public(address)
    for found in ((address,), ("93.184.215.14", address)):
        resolver = PublicResolver(Says(*found))
        sender = PushSender(tmp_path / "push.pem", "help@example.org", PushDoor(resolver=resolver))
        with pytest.raises(Rejected, match="inside some network"):
            await sender.call(Device("https://push.example.org/x").push, TEXT)
        await sender.close()


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
async def test_public_addresses_pass(address: str) -> None:
    assert is_public(address)
    assert [one["host"] for one in await PublicResolver(Says(address)).resolve("push.example.org")] == [address]


@pytest.mark.parametrize(
    "endpoint",
    ["http://push.example.org/x", "https://127.0.0.1/x", "https://[::1]/x", "https://2130706433/x", "https://0x7f.1/x",
     "https://127.1/x", "https://localhost/x", "https://me@push.example.org/x", "https://push.example.org:8443/x",
     "https://push.example.org:99999/x", "file:///etc/passwd", "https://push.example.org/#x", "https:///x", "",
     "https://push.example.org/\n", "https://pu\u015fh.example.org/x", "https://push.example.org/" + "x" * LONGEST_ENDPOINT],
)  # fmt: skip
async def test_what_is_no_push_service_is_never_called(tmp_path: Path, endpoint: str) -> None:
    assert not is_push_endpoint(endpoint, 443)
    sender = PushSender(tmp_path / "push.pem", "help@example.org", PushDoor())
    with pytest.raises(Rejected, match="no https address"):
        await sender.call(Device(endpoint).push, TEXT)
    assert sender._session is None


# ── What a browser says ─────────────────────────────────────────────────────────────────


def said(**changes: object) -> dict[str, object]:
    push = Device("https://push.example.org/x").push
    return {"endpoint": push.endpoint, "keys": {"p256dh": push.key, "auth": push.secret}, **changes}


def test_a_subscription_is_read_and_null_says_that_there_can_be_none() -> None:
    found = inbound("subscribe", {"push": said()}, ORIGIN, ())
    assert isinstance(found, Subscribed)
    assert found.push is not None
    assert found.push.endpoint == "https://push.example.org/x"
    assert "push.example.org" not in repr(found)
    assert inbound("subscribe", {"push": None}, ORIGIN, ()) == Subscribed(ORIGIN)


@pytest.mark.parametrize(
    "push",
    [{}, [], "x", 1, said(endpoint=1), said(endpoint="http://push.example.org/x"), said(keys=None), said(keys={}),
     said(keys={"p256dh": "AAAA", "auth": "AAAA"}), said(keys={"p256dh": "\u0151", "auth": "x" * 5000}),
     said(keys={"p256dh": "B" + "A" * 86, "auth": "A" * 22})],
)  # fmt: skip
def test_what_is_no_subscription_is_refused(push: object) -> None:
    assert push_address(push) is None
    assert inbound("subscribe", {"push": push}, ORIGIN, ()) is Problem.ODD
    assert inbound("subscribe", {}, ORIGIN, ()) is Problem.ODD


async def test_a_page_tells_of_its_device_and_the_adapter_calls_it(tmp_path: Path, service: PushService) -> None:
    settings = {"push_key": str(tmp_path / "push.pem")}
    async with open_house(settings, door=service.door) as house, visit(house) as visitor:
        device = service.device()
        keys = {"p256dh": device.push.key, "auth": device.push.secret}
        assert await visitor.do("subscribe", push={"endpoint": device.endpoint, "keys": keys}) == 204
        (event,) = house.inbox.events
        assert isinstance(event, Subscribed)
        assert event.push == device.push
        await house.adapter.call(device.push, TEXT)
        assert device.open(service.calls[-1][1]) == TEXT
        assert service.signed()["sub"] == "mailto:postmaster@localhost"
        page = await visitor.session.get("/")
        assert str(service.signed()["key"]) in await page.text()


async def test_without_a_key_nobody_is_called() -> None:
    adapter = WebAdapter(read_settings({}))
    assert not adapter.capabilities.calls
    with pytest.raises(RetryLater):
        await adapter.call(PushAddress("https://push.example.org/x", "", ""), TEXT)


# ── The installed page ──────────────────────────────────────────────────────────────────


async def test_what_is_installed_tells_nothing_and_help_is_there_without_a_network() -> None:
    async with open_house() as house, visit(house) as visitor:
        async with visitor.session.get("/manifest.webmanifest") as answer:
            assert answer.content_type == "application/manifest+json"
            manifest = await answer.json()
        assert (manifest["name"], manifest["display"], manifest["start_url"]) == ("Notes", "standalone", "./")
        for icon in manifest["icons"]:
            async with visitor.session.get(f"/{icon['src']}") as answer:
                assert (answer.status, answer.content_type) == (200, icon["type"])
        async with visitor.session.get("/offline") as answer:
            text = await answer.text()
        assert all(f'href="tel:{number}"' in text for number in ("911", "112", "999", "988"))
        async with visitor.session.get("/sw.js") as answer:
            assert answer.content_type.endswith("/javascript")
            assert answer.headers["Cache-Control"] == "no-cache"
            assert "manifest-src 'self'" in answer.headers["Content-Security-Policy"]


async def test_an_operators_name_is_the_installed_pages() -> None:
    async with open_house({"name": "Harbour"}) as house, visit(house) as visitor:
        answer = await visitor.session.get("/manifest.webmanifest")
        assert (await answer.json())["short_name"] == "Harbour"


def test_a_contact_that_is_none_is_refused() -> None:
    with pytest.raises(AdapterError, match="write a mail address"):
        read_settings({"push_contact": "nobody"})
    assert read_settings({"public_url": "https://chat.example.org"}).contact == "postmaster@chat.example.org"
