"""A photo or a voice note is fetched when the core asks for it: from Discord's own file hosts, bounded."""

from types import SimpleNamespace

import pytest
from buddybot_discord.files import described

from buddybot.adapter import IncomingFile, NotFetched, Said
from tests import samples
from tests.discord.house import House
from tests.discord.wire import Wire, until

HOME = "https://discord.com/api/v10"


async def received(wire: Wire, house: House, data: bytes, kind: str = "image/jpeg", *, url: str = "") -> IncomingFile:
    await wire.person("ann").shares(data, kind, url=url)
    await until(lambda: house.inbox.events)
    event = house.inbox.events[-1]
    assert isinstance(event, Said)
    assert event.file is not None
    return event.file


async def test_a_file_is_fetched_when_it_is_asked_for(wire: Wire, house: House) -> None:
    file = await received(wire, house, samples.jpeg())
    assert (file.kind, file.size) == ("photo", len(samples.jpeg()))
    assert await file.fetch(1_000_000) == samples.jpeg()
    assert "attachments" not in repr(file)


async def test_what_is_larger_than_may_come_is_cut_off(wire: Wire, house: House) -> None:
    file = await received(wire, house, bytes(500_000), "audio/ogg")
    assert file.kind == "voice"
    with pytest.raises(NotFetched):
        await file.fetch(100_000)


async def test_what_is_gone_is_not_there(wire: Wire, house: House) -> None:
    file = await received(wire, house, samples.jpeg())
    wire.world.files.clear()
    with pytest.raises(NotFetched):
        await file.fetch(1_000_000)


@pytest.mark.parametrize(
    "url",
    [
        "http://cdn.discordapp.com/attachments/1/2/a.jpg",
        "https://cdn.discordapp.com.example.org/a.jpg",
        "https://user@evil.example/a.jpg",
        "https://cdn.discordapp.com:8443/a.jpg",
        "file:///etc/passwd",
        "https://127.0.0.1/a.jpg",
    ],
)
async def test_an_address_elsewhere_is_never_asked(url: str) -> None:
    attachment = SimpleNamespace(url=url, size=1, duration=None)
    message = SimpleNamespace(attachments=[attachment])
    file = described(message, ("photo",), HOME, 1)  # type: ignore[arg-type]  # all of a message that is read here
    assert file is not None
    with pytest.raises(NotFetched):
        await file.fetch(1_000)
