"""Passkeys: a device that a moderator added opens the desk; nothing else does."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from buddybot.adapter import Challenge
from buddybot.runtime.passkeys import BYTES, CROWD, LASTS, Challenges
from buddybot.service.kernel.book import Book
from tests.desk.device import Device, text
from tests.desk.house import House, Visitor, open_desk, visit
from tests.stories.browsing import PATIENCE, browsing

ADDED, USED = "This passkey opens the desk now.", "That passkey does not open the desk."


@pytest.fixture
async def house(tmp_path: Path, book: Book) -> AsyncIterator[House]:
    async with open_desk(tmp_path, book) as opened:
        yield opened


async def asked(visitor: Visitor) -> Challenge:
    origin = {"Origin": visitor.house.root, "Content-Type": "application/x-www-form-urlencoded"}
    async with visitor.session.post("/desk/challenge", data=b"", headers=origin) as answer:
        body = await answer.json()
    return Challenge(body["challenge"], visitor.house.root, body["host"])


async def adds(visitor: Visitor, device: Device) -> str:
    question = await asked(visitor)
    made = device.made(question)
    await visitor.get("/desk/me")
    parts = {"client": text(made.client), "authenticator": text(made.authenticator), "public": text(made.public)}
    return await visitor.post("/desk/passkey", visitor.form(challenge=question.challenge, **parts))


async def shows(visitor: Visitor, device: Device, question: Challenge | None = None) -> str:
    question = question or await asked(visitor)
    shown = device.shown(question)
    form = {
        "challenge": question.challenge,
        "credential": text(shown.credential),
        "client": text(shown.client),
        "authenticator": text(shown.authenticator),
        "signature": text(shown.signature),
    }
    return await visitor.post("/desk/enter", form)


async def test_a_passkey_that_was_added_opens_the_desk_and_a_challenge_counts_once(house: House) -> None:
    device, person = Device(), house.moderator()
    async with visit(house) as mo, visit(house) as later:
        await mo.enter(person)
        assert ADDED in await adds(mo, device)
        assert "You have 1." in mo.text
        await house.bot.settle()
        assert "Was it you?" in person.sees()[-1]
        question = await asked(later)
        assert "<h1>Queue</h1>" in await shows(later, device, question)
        assert USED in await shows(later, device, question)
        assert later.status == 403


async def test_a_stranger_a_wrong_key_and_noise_open_nothing(house: House) -> None:
    device = Device()
    async with visit(house) as mo, visit(house) as eve:
        await mo.enter(house.moderator())
        await adds(mo, device)
        assert USED in await shows(eve, Device(credential=b"unknown"))
        assert USED in await shows(eve, Device())
        assert USED in await eve.post("/desk/enter", {"credential": "\u00e9!", "challenge": "x"})
        assert "Set-Cookie" not in eve.headers
        await mo.get("/desk/me")
        assert "That did not work" in await mo.post("/desk/passkey", mo.form(challenge="x"))
        question = await asked(mo)
        await mo.post("/desk/passkey", mo.form(challenge=question.challenge, client="!", public="%"))
        assert "That did not work" in mo.text


async def test_nobody_takes_over_a_passkey_that_is_known(house: House) -> None:
    device, person = Device(), house.moderator()
    async with visit(house) as mo, visit(house) as lu, visit(house) as later:
        await mo.enter(person)
        await adds(mo, device)
        await lu.enter(house.moderator("lu"))
        await adds(lu, device)
        assert "You have 0." in lu.text
        await house.bot.settle()
        assert not any("Was it you?" in one for one in house.bot.person("lu").sees())
        await shows(later, device)
        assert "You have 1." in await later.get("/desk/me")


async def test_a_passkey_ends_when_forgotten_and_when_everything_is_revoked(house: House) -> None:
    device, person = Device(), house.moderator()
    async with visit(house) as mo, visit(house) as later:
        await mo.enter(person)
        await adds(mo, device)
        await mo.post("/desk/passkey", mo.form(do="drop"))
        assert "Your passkeys are gone." in mo.text
        assert USED in await shows(later, device)
        await adds(mo, device)
        await person.uses("desk", state="off")
        assert USED in await shows(later, device)


async def test_a_passkey_ends_with_the_role_and_when_it_is_not_used(house: House) -> None:
    device, person = Device(), house.moderator()
    async with visit(house) as mo, visit(house) as later:
        await mo.enter(person)
        await adds(mo, device)
        await house.bot.sleep(days=1)
        assert USED in await shows(later, device)
        await person.says("/mod queue")
        assert "<h1>Queue</h1>" in await shows(later, device)
        await house.bot.sleep(days=91)
        await person.says("/mod queue")
        assert USED in await shows(later, device)


def test_challenges_are_used_once_in_time_and_a_crowd_pushes_out_the_oldest() -> None:
    now = [0.0]
    challenges = Challenges(lambda: now[0])
    one = challenges.give()
    assert len(one) == -(-BYTES * 4 // 3)
    assert [challenges.take(each) for each in (one, one, "forged")] == [True, False, False]
    late = challenges.give()
    now[0] = LASTS
    assert not challenges.take(late)
    first, *_ = [challenges.give() for _ in range(CROWD)]
    last = challenges.give()
    assert [challenges.take(each) for each in (first, last)] == [False, True]


async def test_in_a_real_browser_with_a_device_of_its_own(house: House) -> None:
    there = f"http://localhost:{urlsplit(house.url).port}/desk"
    async with browsing() as browser:
        page = await (await browser.new_context()).new_page()
        wire = await page.context.new_cdp_session(page)
        await wire.send("WebAuthn.enable")
        device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        options = {**device, "isUserVerified": True, "automaticPresenceSimulation": True}
        await wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        await page.goto(f"{there}/enter?token={await house.token(house.moderator())}")
        await page.get_by_role("button", name="Sign in").click()
        await page.goto(f"{there}/me")
        await page.get_by_role("button", name="Add a passkey").click()
        await expect(page.get_by_text(ADDED)).to_be_visible(timeout=PATIENCE)
        await page.get_by_role("button", name="Sign out", exact=True).click()
        await page.get_by_role("button", name="Sign in with a passkey").click()
        await expect(page.get_by_role("heading", name="Queue")).to_be_visible(timeout=PATIENCE)
        await page.goto(house.url.replace("localhost", "127.0.0.1"))
        await expect(page.get_by_role("link", name=re.compile("Back"))).to_be_visible()
        await expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
