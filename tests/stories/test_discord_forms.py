"""Forms and menus on the wire of Discord, with the whole bot behind it and somebody on another platform."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.service.kernel.book import Book
from buddybot.testing import FakePlace
from tests.discord.modals import fields_of
from tests.discord.people import Person
from tests.discord.wire import Wire, open_wire
from tests.discord.world import Json, Written
from tests.stories.moderating import cases
from tests.stories.reading import scripted
from tests.stories.test_discord_server import ANSWERS, LOBBY, NIGHTS, STAFF, Server, hears, served
from tests.stories.wires import OnDiscord, until
from tests.stories.wires import reads as asked


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with open_wire() as opened:
        yield opened


@pytest.fixture
async def server(wire: Wire, tmp_path: Path, book: Book) -> AsyncIterator[Server]:
    told = scripted(replace(book, channels=(NIGHTS, LOBBY, STAFF)), {})
    async with served(wire, tmp_path, told) as made:
        yield made


async def posted_elsewhere(server: Server, text: str) -> tuple[FakePlace, str]:
    """Let ben write in the nights of the other platform; return his place there, and the alias shown on Discord."""
    ben, spot = server.bot.person("ben"), await server.bot.place("nights")
    await ben.joins(**ANSWERS)
    await ben.presses_in(spot, "channel.nights.write", text)
    await until(lambda: any(text in one for one in server.shown("nights")))
    (shown,) = [one for one in server.shown("nights") if text in one]
    return spot, shown.partition(":**")[0].removeprefix("**")


def reads(person: Person) -> list[str]:
    """Return what the bot said to them, without Discord's escapes."""
    return [one.replace("\\", "") for one in hears(person)]


def shown_to(person: Person) -> list[Written]:
    """Return what stands in their private chat, and what was shown for their eyes where they asked."""
    return [*person.inbox(), *(shown for click in person.clicks for shown in click.shown)]


def written(server: Server, text: str) -> int:
    return next(each.id for each in server.wire.world.written.values() if text in each.content)


async def moderator(server: Server) -> Person:
    mo = await server.person("mo", server.mods)
    await mo.uses("mod queue", room=server.room("staff"))
    await until(lambda: reads(mo))
    return mo


async def test_a_post_from_elsewhere_is_reported_on_a_form_and_its_author_muted_on_one(server: Server) -> None:
    spot, _ = await posted_elsewhere(server, "sour words *of* ben")
    ann, mo = await server.member("ann"), await moderator(server)
    nights = server.room("nights")
    post = server.wire.world.written[written(server, "sour words")]
    form = await ann.opens_report(post, nights)
    await until(lambda: form.answers)
    drawn = form.answers[0]["data"]
    assert isinstance(drawn, dict)
    assert {name: part["type"] for name, part in fields_of(drawn).items()} == {"what": 21, "words": 4}
    await ann.submits(form, "he was *sour* to me", what="mean")
    await until(lambda: any("Sent. I won't tell them" in one for one in reads(ann)))
    (case,) = await cases(server.bot)
    await mo.uses("mod case", room=server.room("staff"), case=case.id[:8])
    await until(lambda: any("Mute for a time" in str(each.components) for each in shown_to(mo)))
    mute = await mo.presses("Mute for a time")
    await until(lambda: mute.answers)
    await mo.submits(mute, rule="1", hours="24", reason="please be kind here")
    await until(lambda: any("Done:" in one for one in reads(mo)))
    again = await mo.submits(mute, rule="13", hours="24", reason="kept for me")
    await until(lambda: again.answers)
    await until(lambda: any("kept for me" in one for one in reads(mo)))
    await server.bot.wait(minutes=21)
    ben = server.bot.person("ben")
    await until(lambda: any("please be kind here" in one for one in ben.sees()))
    await until(lambda: any(getattr(effect, "case", "") == case.id[:8] for effect in spot.ruled()))
    assert not any(str(ann.user.id) in one or "ann" in one.split() for one in ben.sees())


async def test_a_moderator_takes_a_post_down_from_its_menu_and_the_audit_log_names_the_case(server: Server) -> None:
    spot, _ = await posted_elsewhere(server, "buy from me")
    mo, nights = await moderator(server), server.room("nights")
    post = server.wire.world.written[written(server, "buy from me")]
    form = await mo.opens_menu("Open case", post, nights)
    await until(lambda: form.answers)
    await mo.submits(form, "an offer", what="dealing")
    await until(lambda: any("is open. /mod case" in one for one in reads(mo)))
    (case,) = await cases(server.bot)
    await mo.opens_menu("Take down", post, nights)
    await until(lambda: post.id not in server.wire.world.written)
    await until(lambda: not any("buy from me" in one for one in spot.sees()))
    await until(lambda: server.wire.asked("DELETE", f"/messages/{post.id}"))
    (asked,) = server.wire.asked("DELETE", f"/messages/{post.id}")
    assert asked.reason == f"case {case.id[:8]}"


async def test_the_entries_of_moderators_do_nothing_for_others_and_a_person_unknown_is_like_one_who_wrote_nothing(
    server: Server,
) -> None:
    await posted_elsewhere(server, "good night")
    ann, eve = await server.member("ann"), await server.person("eve")
    post = server.wire.world.written[written(server, "good night")]
    await ann.opens_menu("Take down", post, server.room("nights"))
    await until(lambda: any("for moderators" in one for one in reads(ann)))
    assert post.id in server.wire.world.written
    before = len(reads(ann))
    await ann.opens_menu("Report person", eve, server.room("nights"))
    await until(lambda: any("Nothing they wrote" in one for one in reads(ann)[before:]))
    assert await cases(server.bot) == []


async def test_the_intake_goes_page_by_page_on_forms_and_its_end_is_a_search_across_platforms(server: Server) -> None:
    ben = server.bot.person("ben")
    await ben.joins(**ANSWERS)
    ann = OnDiscord(server.wire, "ann")
    await ann.person.comes()
    await ann.says("hi")
    for question, label in (
        ("I'm BuddyBot", "Find a buddy"),
        ("Are you 18", "Yes"),
        ("in short", "I agree"),
        ("What country", "United States"),
    ):
        await asked(ann, question)
        await ann.presses(label)
    await asked(ann, "What brings you here")
    pages = 0
    while "Answer on one form" in str(ann.person.inbox()[-1].components) and pages < 6:
        form = await ann.person.presses("Answer on one form")
        await until(lambda: form.answers)
        drawn = form.answers[0]["data"]
        assert isinstance(drawn, dict)
        fields = fields_of(drawn)
        chosen = {name: first_value(part) for name, part in fields.items()} | ({"lane": "self"} if not pages else {})
        before = len(ann.sees())
        await ann.person.submits(form, "", legacy=False, **chosen)
        await until(lambda: len(ann.sees()) > before)
        pages += 1
    assert pages >= 3
    known = await server.bot.house.store.read(lambda tx: tx.db.rows("SELECT stage FROM member WHERE stage = 'intake'"))
    assert len(known) == 1, "what is no list is asked step by step"


def first_value(part: Json) -> str | list[str]:
    options = part["options"]
    assert isinstance(options, list)
    first = str(options[0]["value"])
    return [first] if part["type"] in {3, 22} else first
