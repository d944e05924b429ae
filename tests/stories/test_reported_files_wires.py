"""A photo or a voice note reported on Telegram or Discord: the platform gives its bytes, kept with the case."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from buddybot.domain.moderation import file_evidence
from buddybot.domain.moderation.cases import Case
from tests import samples
from tests.stories.moderating import cases
from tests.stories.on_wires import Wires, gets, on_wires, taps, times
from tests.stories.talk.test_media import at_once
from tests.stories.talk.test_media import letting as letting_files
from tests.stories.wires import OnDiscord, OnTelegram, until

CAPTION = "A photo. Tap it to see it."


async def met(wires: Wires) -> tuple[OnTelegram, OnDiscord]:
    """Two who agreed on photos, one on each platform."""
    wires.bot.house.engine.arrivals.made_anew = at_once
    ann, ben = wires.telegram("ann"), wires.discord("ben")
    await wires.meet(ann, ben)
    await gets(ann, ann.says("/photos on"), "would like to share photos", to=ben)
    await ben.presses("Yes, that's okay")
    for one in (ann, ben):
        await until(lambda: times(one, "You both said yes"))
    return ann, ben


async def files_of(wires: Wires, case: Case) -> list[bytes]:
    told = await wires.bot.house.store.read(lambda tx: tx.records.reports(case.id))
    return [data for one in told if one.verified and (data := file_evidence.in_text(one.text))]


async def the_file(wires: Wires) -> bytes:
    """Wait for the one case, and for the one file in it."""
    await until(lambda: not wires.bot.house.engine.arrivals._running)
    (case,) = await cases(wires.bot)
    (data,) = await files_of(wires, case)
    return data


async def test_a_photo_reported_on_telegram_comes_from_telegram_itself(tmp_path: Path) -> None:
    async with on_wires(tmp_path, letting_files()) as wires:
        ann, ben = await met(wires)
        await ben.person.shares(samples.jpeg(60, 40), "image/jpeg")
        await until(lambda: times(ann, CAPTION))
        shown = ann.person.last()
        ann.person.says("/report", reply_to=shown.text)
        await until(lambda: "Mean" in ann.labels())
        assert wires.fake.world.fetched == [], "nothing is fetched before it is shared"
        await taps(ann, "Mean")
        await until(lambda: times(ann, "Sent."))
        data = await the_file(wires)
        assert Image.open(BytesIO(data)).size == (40, 60)
        assert shown.file is not None
        assert data != shown.file[1].encode(errors="surrogateescape"), "Telegram keeps a picture of its own"
        assert len(wires.fake.world.fetched) == 1


async def test_a_photo_reported_on_discord_comes_from_discord_itself_and_only_where_it_is_shared(
    tmp_path: Path,
) -> None:
    async with on_wires(tmp_path, letting_files()) as wires:
        ann, ben = await met(wires)
        ann.person.shares("photo", samples.jpeg(60, 40))
        await until(lambda: times(ben, CAPTION))
        (shown,) = [one for one in ben.person.inbox() if one.files]
        form = await ben.person.opens_report(shown)
        await until(lambda: form.answers)
        await ben.person.submits(form, what="mean")
        await taps(ben, "Only this one")
        await until(lambda: times(ben, "Sent."))
        data = await the_file(wires)
        ((_, sent),) = shown.files.items()
        assert Image.open(BytesIO(data)).size == (40, 60)
        assert Image.open(BytesIO(sent.encode(errors="surrogateescape"))).size == (40, 60)
        await ben.says("/report")
        await taps(ben, "Mean", "None, just tell them")
        await until(lambda: times(ben, "Sent.") == 2)
        (case,) = await cases(wires.bot)
        assert len(await files_of(wires, case)) == 1


async def test_a_voice_note_is_reported_with_the_bytes_that_were_passed_on(tmp_path: Path) -> None:
    async with on_wires(tmp_path, letting_files()) as wires:
        ann, ben = await met(wires)
        await ben.person.shares(samples.ogg(), "audio/ogg")
        await until(lambda: "voice" in ann.person.last().extra)
        ann.person.says("/report", reply_to=ann.person.last().text)
        await taps(ann, "Mean")
        await until(lambda: times(ann, "Sent."))
        assert (await the_file(wires)).startswith(b"OggS")


async def test_one_s_own_photo_or_a_platform_that_gives_nothing_leaves_the_words_of_the_report(tmp_path: Path) -> None:
    async with on_wires(tmp_path, letting_files()) as wires:
        ann, ben = await met(wires)
        await ben.person.shares(samples.jpeg(), "image/jpeg")
        await until(lambda: times(ann, CAPTION))
        wires.fake.world.files.clear()
        ann.person.says("/report", reply_to=ann.person.last().text)
        await taps(ann, "Mean")
        await until(lambda: times(ann, "Sent."))
        await until(lambda: not wires.bot.house.engine.arrivals._running)
        (case,) = await cases(wires.bot)
        assert await files_of(wires, case) == []
        told = await wires.bot.house.store.read(lambda tx: tx.records.reports(case.id))
        assert [(CAPTION in one.text, one.verified) for one in told] == [(True, True)]
