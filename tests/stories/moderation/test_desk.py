"""The desk's port: the door, what it shows, and what it refuses."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.adapter import Desk, SignedOut
from buddybot.domain.kernel.messages import Address
from buddybot.domain.moderation.staff import Role
from buddybot.service.kernel.book import Book
from buddybot.testing import Person, TestBot, running
from tests.stories.moderating import cases, code, reported, sound, staffed


@pytest.fixture
async def bot(tmp_path: Path, book: Book) -> AsyncIterator[TestBot]:
    practice = replace(book.practice, desk_url="https://desk.example", contact="ops@example.org")
    async with running(tmp_path, book=replace(book, practice=practice)) as running_bot:
        yield running_bot


async def token_for(person: Person) -> str:
    await person.uses("desk", state="on")
    link = person.sees()[-1]
    assert "https://desk.example/enter?token=" in link
    return link.rpartition("=")[2]


async def enter(bot: TestBot, name: str = "mo", role: str = "moderator") -> tuple[Desk, str, Person]:
    person = staffed(bot, name, role)
    desk = bot.house.engine.desk()
    entered = await desk.enter(await token_for(person))
    assert entered is not None
    assert entered.me.role.value == role
    return desk, entered.session, person


async def test_a_link_works_once_and_for_ten_minutes(bot: TestBot) -> None:
    mo, desk = staffed(bot, "mo"), bot.house.engine.desk()
    token = await token_for(mo)
    assert await desk.enter(token + "x") is None
    assert await desk.enter(token) is not None
    assert await desk.enter(token) is None
    late = await token_for(mo)
    await bot.sleep(minutes=10)
    assert await desk.enter(late) is None


async def test_a_session_ends_when_idle_old_revoked_left_or_when_its_owner_is_no_moderator(bot: TestBot) -> None:
    desk, session, mo = await enter(bot)
    await desk.me(session)
    await bot.sleep(minutes=31)
    with pytest.raises(SignedOut):
        await desk.me(session)
    _, session, _ = await enter(bot)
    for _ in range(17):
        await bot.sleep(minutes=28)
        mo.roles = ("moderator",)
        await mo.says("/mod queue")
        await desk.queue(session)
    await bot.sleep(minutes=20)
    with pytest.raises(SignedOut):
        await desk.queue(session)
    _, session, _ = await enter(bot)
    await desk.leave(session)
    with pytest.raises(SignedOut):
        await desk.handover(session)
    _, session, _ = await enter(bot)
    await mo.uses("desk", state="off")
    with pytest.raises(SignedOut):
        await desk.exposure(session)
    with pytest.raises(SignedOut):
        await desk.workload("forged")


async def test_an_ex_moderator_of_the_configuration_is_out_after_a_restart(tmp_path: Path, book: Book) -> None:
    address = Address("fake", "main", "account-of-mo")
    practice = replace(book.practice, desk_url="https://desk.example", staff=((address, Role.LEAD),))
    async with running(tmp_path, book=replace(book, practice=practice)) as bot:
        mo = bot.person("mo")
        await mo.says("/mod queue")
        assert "Nothing waits" in mo.sees()[-1]
        entered = await bot.house.engine.desk().enter(await token_for(mo))
        assert entered is not None
        token = await token_for(mo)
    async with running(tmp_path, book=book, seed=2) as bot:
        with pytest.raises(SignedOut):
            await bot.house.engine.desk().me(entered.session)
        assert await bot.house.engine.desk().enter(token) is None


async def test_a_case_is_worked_at_the_desk_without_a_word_on_the_platform(bot: TestBot) -> None:
    _, ben = await reported(bot, "Threat", share="Only this one")
    desk, session, mo = await enter(bot)
    (item,) = await desk.queue(session)
    assert (item.allowed, item.claimed, item.late) == (True, False, False)
    shown = await desk.case(session, item.case)
    assert shown is not None
    assert [one.verified for one in shown.evidence] == [True]
    assert [one.step.value for one in shown.suggested] == ["mute", "warning", "quarantine"]
    before = len(mo.sees())
    meant = shown.suggested[0]
    told = await desk.run(session, meant.command, (*meant.arguments, ("reason", "You said something mean.")))
    assert [one.text.split()[0] for one in told] == ["Case", "Done:"]
    assert (await desk.run(session, "find", ()))[0].text
    assert "also needs" in (await desk.run(session, "warn", (("case", item.case),)))[0].text
    await bot.settle()
    assert len(mo.sees()) == before
    await bot.wait(minutes=21)
    assert any("You can read but not post" in one for one in ben.sees())
    shown = await desk.case(session, item.case)
    assert shown is not None
    assert shown.points > 0
    assert shown.item.mine
    assert [one.overturned for one in shown.past] == [False]
    await desk.run(session, "close", (("case", item.case),))
    closed = await desk.case(session, item.case)
    assert closed is not None
    assert closed.suggested == ()
    assert await desk.case(session, "nothing1") is None
    assert await sound(bot)


async def test_of_ones_own_case_the_desk_shows_nothing(bot: TestBot) -> None:
    ann, _ = await reported(bot, share="Only this one")
    ann.roles = ("moderator",)
    desk, session, _ = await enter(bot, "ann")
    shown = await desk.case(session, await code(bot))
    assert shown is not None
    assert (shown.item.allowed, shown.evidence, shown.lines) == (False, (), ())


async def test_the_other_screens(bot: TestBot) -> None:
    _, ben = await reported(bot, "Drugs for sale or asking")
    desk, session, mo = await enter(bot)
    assert (await desk.exposure(session)).heavy == 0
    await desk.run(session, "shift", (("state", "on"),))
    name = await code(bot)
    await desk.run(session, "quarantine", (("case", name), ("rule", "4"), ("reason", "It read like an offer.")))
    await desk.run(session, "watch", (("case", name), ("hours", "3")))
    await bot.wait(minutes=25)
    await mo.says("/mod queue")
    exposure = await desk.exposure(session)
    assert (exposure.heavy, exposure.minutes, exposure.rest) == (1, 25, False)
    await desk.run(session, "shift", (("state", "rest"),))
    assert (await desk.exposure(session)).rest_until is not None
    me = await desk.me(session)
    assert me.on_shift
    await ben.says("/appeal")
    await ben.says("wrong")
    handover = await desk.handover(session)
    assert [len(part) for part in (handover.urgent, handover.watches, handover.appeals)] == [1, 1, 1]
    await bot.wait(minutes=29)
    await desk.me(session)
    workload = await desk.workload(session)
    assert [one.count for one in workload.actions] == [None]
    assert sum(workload.coverage) >= 1
    standing = await desk.standing(session)
    assert standing.on_shift == 1
    assert standing.rules_checked
    assert "adapters.telegram: another program has the token" not in standing.warnings
    bot.house.engine.troubles = lambda: ("adapters.telegram: another program has the token",)
    found = await bot.house.engine.desk().standing(session)
    assert found.warnings == ("adapters.telegram: another program has the token", *standing.warnings)


async def test_what_is_near_its_end_is_in_the_handover(bot: TestBot) -> None:
    await reported(bot, "Drugs for sale or asking")
    mo = staffed(bot, "mo")
    await mo.says(f"/mod quarantine {await code(bot)} 4 It read like an offer.")
    await bot.wait(hours=7)
    desk, session, _ = await enter(bot)
    assert len((await desk.handover(session)).lifting) == 1


async def test_an_account_is_shown_to_two_leads_for_an_hour_and_the_operator_hears(bot: TestBot) -> None:
    _, ben = await reported(bot)
    mo = staffed(bot, "mo")
    boss, head, chief = staffed(bot, "boss", "lead"), staffed(bot, "head", "lead"), staffed(bot, "chief", "operator")
    name = await code(bot)
    await mo.says(f"/casework reveal {name} a long enough reason")
    assert "for moderators" in mo.sees()[-1]
    await chief.says("hi")
    await boss.says(f"/casework reveal {name} short")
    assert "Write why" in boss.sees()[-1]
    await boss.says(f"/casework reveal {name} police asked about a life in danger")
    await boss.says(f"/casework reveal {name} police asked about a life in danger")
    await head.says("/casework reveal nothing1 x")
    await head.says(f"/casework reveal {name}")
    for one in (boss, head):
        assert ben.address.account in "".join(one.sees())
    assert ben.address.account not in "".join(chief.sees())
    assert "Two leads looked" in chief.sees()[-1]
    await bot.wait(hours=1, seconds=1)
    for one in (boss, head):
        assert ben.address.account not in "".join(one.sees())
    await boss.says(f"/casework reveal {name} police asked about a life in danger")
    await ben.says("/forget")
    await ben.presses("Erase all")
    await ben.presses("Yes, erase")
    await head.says(f"/casework reveal {name}")
    assert "not here any more" in head.sees()[-1]


async def test_suggestions_for_moderators_alone(bot: TestBot) -> None:
    await reported(bot)
    mo = staffed(bot, "mo")
    await mo.says("/mod queue")
    (case,) = await cases(bot)
    engine = bot.house.engine

    async def of(person: Person, command: str, parameter: str, typed: str = "") -> list[str]:
        return [one.token for one in await engine.suggest(person.address, command, parameter, typed)]

    assert await of(mo, "claim", "case", case.alias[:4].lower()) == [case.id[:8]]
    assert await of(mo, "lookup", "alias") == [case.alias]
    assert await of(mo, "warn", "rule", "1") == ["1", "10", "11", "12"]
    assert await of(mo, "shift", "state", "o") == ["on", "off"]
    assert await of(mo, "lock", "channel") == []
    assert "crisis" in await of(mo, "optout", "kind")
    eve = bot.person("eve")
    await eve.says("hi")
    assert await of(eve, "claim", "case") == []


async def test_how_a_case_about_oneself_goes_on_shows_in_no_view(bot: TestBot) -> None:
    _, ben = await reported(bot, "Drugs for sale or asking")
    ben.roles = ("moderator",)
    desk, session, _ = await enter(bot, "ben")
    other, theirs, _ = await enter(bot, "lu", "lead")
    name = await code(bot)

    async def views() -> list[object]:
        page, handover = await desk.case(session, name), await desk.handover(session)
        news = [await desk.changed(session, name, seen) for seen in range(6)]
        stale = [await desk.run(session, "note", (("case", name), ("text", "x")), seen) for seen in range(6)]
        return [page, await desk.queue(session), handover, news, stale]

    before = await views()
    await other.run(theirs, "claim", (("case", name),))
    await other.run(theirs, "note", (("case", name), ("text", "a note")))
    await other.run(theirs, "watch", (("case", name), ("hours", "3")))
    assert await views() == before
    page = await other.case(theirs, name)
    assert page is not None
    assert (page.item.claimed, len(page.lines)) == (True, 4)
    assert await other.changed(theirs, name, 0)
