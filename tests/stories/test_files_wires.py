"""A photo and a voice note between Telegram and Discord: the real bot, its confined process, both pretend platforms.

Afterwards no file and no log line of the bot holds a byte of them, nor the name that a platform gave them.
"""

from io import BytesIO
from pathlib import Path

from PIL import Image

from tests import samples
from tests.discord.wire import open_wire
from tests.stories.wires import OnDiscord, OnTelegram, Process, Talker, meet, on_discord, on_telegram, reads, until
from tests.telegram.wire import FakeTelegram

LETS = {"BUDDYBOT_MEDIA__PHOTOS": "true", "BUDDYBOT_MEDIA__VOICE": "allowed"}


def raw(content: str) -> bytes:
    return content.encode(errors="surrogateescape")


async def both_agree(ann: Talker, ben: Talker) -> None:
    await ann.presses("Yes, that's okay")
    await until(lambda: any("would like to share photos" in one for one in ben.sees()))
    await ben.presses("Yes, that's okay")
    for one in (ann, ben):
        await until(lambda: any("You both said yes" in text for text in one.sees()))


async def test_photos_and_voice_cross_between_telegram_and_discord(tmp_path: Path) -> None:
    async with open_wire() as wire, FakeTelegram() as fake:
        ann, ben = OnTelegram(fake, "ann"), OnDiscord(wire, "ben")
        bot = Process(tmp_path, {**on_discord(wire), **on_telegram(fake), **LETS})
        await bot.start()
        try:
            await meet(ann, ben)
            ann.person.shares("photo", samples.jpeg())
            await until(lambda: any("if you both say yes" in one for one in ann.sees()))
            assert fake.world.fetched == []
            await both_agree(ann, ben)
            await from_telegram_to_discord(fake, ann, ben)
            await from_discord_to_telegram(ann, ben)
            await ben.says("no more photos")
            await until(lambda: any("just words between you" in one for one in ann.sees()))
            fetched = len(fake.world.fetched)
            ann.person.shares("photo", samples.png())
            await until(lambda: sum("just words between you" in one for one in ann.sees()) > 1)
            assert len(fake.world.fetched) == fetched
        finally:
            await bot.end()
        assert left_behind(tmp_path) == []


async def from_telegram_to_discord(fake: FakeTelegram, ann: OnTelegram, ben: OnDiscord) -> None:
    """The largest size that is told of is fetched, and shown as a spoiler under a name that says nothing."""
    own = ann.person.shares("photo", samples.jpeg(60, 40), "my garden")
    await until(lambda: ben.person.inbox()[-1].files)
    shown = ben.person.inbox()[-1]
    ((name, content),) = shown.files.items()
    assert name == "SPOILER_photo.jpg"
    assert Image.open(BytesIO(raw(content))).size == (40, 60)
    assert samples.SECRET not in raw(content)
    assert shown.body["attachments"] == [{"id": 0, "filename": name, "is_spoiler": True}]
    assert "A photo. Tap it to see it." in shown.content
    assert any("my garden" in one for one in ben.sees())
    assert fake.world.fetched == ["photos/file1.jpg"]
    await until(lambda: own.reaction)
    ann.person.shares("voice", samples.ogg())
    await until(lambda: "SPOILER_voice.ogg" in ben.person.inbox()[-1].files)
    assert samples.SECRET not in raw(ben.person.inbox()[-1].files["SPOILER_voice.ogg"])


async def from_discord_to_telegram(ann: OnTelegram, ben: OnDiscord) -> None:
    """A photo stands behind a spoiler; one from another host than Discord's is not even asked for."""
    await ben.person.shares(samples.webp(), "image/webp")
    await until(lambda: ann.person.last().file)
    shown = ann.person.last()
    assert shown.file is not None
    assert shown.file[0] == "photo.jpg"
    assert Image.open(BytesIO(raw(shown.file[1]))).size == (60, 40)
    assert shown.extra["has_media_spoiler"] is True
    assert shown.protected
    await ben.person.shares(samples.ogg(), "audio/ogg")
    await until(lambda: "voice" in ann.person.last().extra)
    await ben.person.shares(b"", url="http://127.0.0.1:9/elsewhere.jpg")
    await reads(ben, "didn't reach me whole")
    await ben.person.shares(samples.svg(), "image/png")
    await reads(ben, "couldn't read that file")


def left_behind(folder: Path) -> list[str]:
    """Return which files of the bot hold something of what was sent."""
    canaries = (samples.SECRET, samples.TWENTY_MS, b"SPOILER_photo", b"IMG_4711", b"/attachments/", b"photos/file")
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    assert len(files) > 2
    return [f"{path.name}: {one!r}" for path in files for one in canaries if one in path.read_bytes()]
