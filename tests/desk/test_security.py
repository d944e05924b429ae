"""Who gets in, who doesn't, and what a page never does."""

import logging
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import ClientSession
from buddybot_desk import create

from buddybot.adapter import AdapterError, Address, Content, Delivery, Send, Span, Unreachable
from buddybot.domain.moderation.staff import Role
from buddybot.service.kernel.book import Book
from tests.desk.house import House, Visitor, open_desk, visit
from tests.stories.moderating import cases, code, reported, staffed

BAD = '"><script>alert(1)</script><b onmouseover=x>{{ 7*7 }}'


@pytest.fixture
async def house(tmp_path: Path, book: Book) -> AsyncIterator[House]:
    async with open_desk(tmp_path, book) as opened:
        yield opened


@pytest.fixture
async def case(house: House) -> str:
    """The code of a case in which something was shared."""
    ann, ben = await house.bot.pair("ann", "ben")
    await ben.says("you are mean <i>and</i> I do not like you")
    await ann.uses("report")
    await ann.presses("Threat")
    await ann.presses("Only this one")
    return await code(house.bot)


@pytest.fixture
async def mo(house: House, case: str) -> AsyncIterator[Visitor]:  # noqa: ARG001 - first, as it takes an hour
    async with visit(house) as visitor:
        yield await visitor.enter(house.moderator())


async def test_a_preview_of_a_link_does_not_use_it_up_and_a_press_does(house: House) -> None:
    token = await house.token(house.moderator())
    async with visit(house) as preview, visit(house) as mo, visit(house) as other:
        await preview.get(f"/desk/enter?token={token}")
        assert "Set-Cookie" not in preview.headers
        assert f'value="{token}"' in preview.text
        async with mo.session.post(
            "/desk/enter", data={"token": token}, headers={"Origin": house.root}, allow_redirects=False
        ) as answer:
            cookie = answer.headers["Set-Cookie"]
            assert (answer.status, answer.headers["Location"]) == (303, "/desk/queue")
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert token not in cookie
        assert "Nothing waits" in await mo.get("/desk/queue")
        await other.post("/desk/enter", {"token": token})
        assert (other.status, "used up" in other.text) == (403, True)


@pytest.mark.parametrize("token", ["", "forged", "x" * 5000, BAD])
async def test_a_forged_link_opens_nothing(house: House, token: str) -> None:
    async with visit(house) as eve:
        page = await eve.get("/desk/enter", **{"Accept-Language": "en"})
        assert eve.status == 200
        await eve.session.get("/desk/enter", params={"token": token})
        page = await eve.post("/desk/enter", {"token": token})
        assert eve.status == 403
        assert "<script>alert" not in page
        assert "Set-Cookie" not in eve.headers


async def test_a_link_of_the_wrong_age_opens_nothing(house: House) -> None:
    token = await house.token(house.moderator())
    await house.bot.sleep(minutes=11)
    async with visit(house) as mo:
        await mo.post("/desk/enter", {"token": token})
        assert mo.status == 403


@pytest.mark.parametrize("cookie", ["forged", "", "a" * 43, "'; DROP TABLE desk; --"])
async def test_a_forged_cookie_sees_nothing(house: House, case: str, cookie: str) -> None:
    async with ClientSession(house.root, cookies={"desk": cookie}) as session:
        for path in ("/desk/queue", "/desk/rows", "/desk/numbers", f"/desk/case/{case}", "/desk", "/"):
            async with session.get(path) as answer:
                assert answer.status == 401
                assert "signed out" in await answer.text()


async def test_a_session_that_is_idle_old_left_or_revoked_is_over_and_a_live_page_goes_to_the_door(
    house: House,
) -> None:
    person = house.moderator()
    async with visit(house) as mo:
        await mo.enter(person)
        await house.bot.sleep(minutes=31)
        await mo.get("/desk/queue")
        assert mo.status == 401
        await mo.enter(person)
        await person.uses("desk", state="off")
        await mo.get("/desk/rows", **{"HX-Request": "true"})
        assert (mo.status, mo.headers["HX-Redirect"]) == (401, "/desk")
        await mo.enter(person)
        await mo.post("/desk/leave", mo.form())
        assert mo.status == 401
        assert 'desk=""' in mo.headers["Set-Cookie"]
        await mo.get("/desk/queue")
        assert mo.status == 401


async def test_a_moderator_signs_out_everywhere_and_gets_no_link_here(house: House) -> None:
    person = house.moderator()
    async with visit(house) as mo, visit(house) as phone:
        await mo.enter(person)
        await phone.enter(person)
        sent = len(person.sees())
        await mo.get("/desk/me")
        await mo.post("/desk/me", mo.form(do="desk", state="on"))
        assert (mo.status, len(person.sees())) == (400, sent)
        await mo.get("/desk/me")
        await mo.post("/desk/me", mo.form(do="desk", state="off"))
        assert (mo.status, 'desk=""' in mo.headers["Set-Cookie"]) == (401, True)
        await phone.get("/desk/queue")
        assert phone.status == 401


async def test_an_open_tab_alone_keeps_no_session(house: House, mo: Visitor) -> None:
    for _ in range(4):
        await house.bot.sleep(minutes=8)
        await mo.get("/desk/rows")
    assert mo.status == 401


async def test_an_ex_moderator_sees_nothing_from_the_next_page_on(tmp_path: Path, book: Book) -> None:
    address = Address("fake", "main", "account-of-mo")
    led = replace(book, practice=replace(book.practice, staff=((address, Role.LEAD),)))
    async with open_desk(tmp_path, led) as house, visit(house) as mo:
        await mo.enter(house.bot.person("mo"))
        await house.bot.house.store.write(lambda tx: tx.staff.appoint(()))
        await mo.get("/desk/queue")
        assert mo.status == 401


async def test_a_form_from_elsewhere_does_nothing(house: House, mo: Visitor, case: str) -> None:
    await mo.looks(case)
    path, form = f"/desk/case/{case}", mo.form(do="claim")
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        await mo.post(path, form, **headers)
        assert mo.status == 403
    async with mo.session.post(path, data=form) as answer:
        assert answer.status == 403
    for key in ("", "0" * 64, "\u00e9"):
        await mo.post(path, {**form, "key": key})
        assert mo.status == 403
    async with mo.session.post(path, json=form, headers={"Origin": house.root}) as answer:
        assert answer.status == 415
    assert [one.claimed_by for one in await cases(house.bot)] == [None]
    await mo.post(path, form)
    assert [one.claimed_by is None for one in await cases(house.bot)] == [False]


async def test_another_sessions_form_does_nothing(house: House, mo: Visitor, case: str) -> None:
    async with visit(house) as other:
        await other.enter(house.moderator("lu"))
        await other.looks(case)
        await mo.post(f"/desk/case/{case}", other.form(do="claim"))
        assert mo.status == 403


@pytest.mark.parametrize("do", ["reveal", "desk", "queue", "find", "", "claim2", "announce", BAD])
async def test_no_form_asks_for_more_than_the_page_offers(mo: Visitor, case: str, do: str) -> None:
    await mo.looks(case)
    await mo.does(case, do, reason="a long enough reason")
    assert mo.status == 400
    await mo.looks(case)
    await mo.post(f"/desk/case/{case}", mo.form(do="warn", seen="x", reason="y", rule="1"))
    assert mo.status == 400
    await mo.get("/desk/me")
    await mo.post("/desk/me", mo.form(do=do))
    assert mo.status == 400


async def test_words_of_people_are_words_and_never_markup(house: House, mo: Visitor, case: str) -> None:
    await house.bot.house.store.write(lambda tx: tx.db.run("UPDATE case_file SET alias = :alias", alias=BAD))
    await mo.looks(case)
    page = await mo.does(case, "note", text=BAD)
    for shown in (page, await mo.get("/desk/queue"), await mo.get("/desk/handover"), await mo.looks(case)):
        assert "<script>alert" not in shown
        assert "<b onmouseover" not in shown
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
        assert "{{ 7*7 }}" in shown


async def test_what_was_shared_is_escaped_and_behind_a_tap(mo: Visitor, case: str) -> None:
    page = await mo.looks(case)
    assert re.search(r'<details class="veil"[^>]*>.*&lt;i&gt;and&lt;/i&gt;.*?</details>', page, re.DOTALL)
    assert not re.search(r"<details[^>]* open", page)
    assert "Said here, word for word" in page


async def test_no_page_names_an_account_or_a_member(house: House, mo: Visitor, case: str) -> None:
    ids = await house.bot.house.store.read(lambda tx: [str(row[0]) for row in tx.db.rows("SELECT id FROM member")])
    for path in ("queue", "handover", "me", "numbers", "house", f"case/{case}"):
        page = await mo.get(f"/desk/{path}")
        assert mo.status == 200
        assert not [one for one in (*ids, "account-of", "fake") if one in page], path


async def test_each_answer_carries_the_policies_and_is_not_kept(mo: Visitor) -> None:
    for path in ("/desk/queue", "/desk/nothing", "/desk/enter", "/desk/rows"):
        await mo.get(path)
        policy = mo.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert mo.headers["Referrer-Policy"] == "same-origin"
        assert mo.headers["Cache-Control"] == "no-store"
        assert "Server" not in mo.headers
        assert not re.search(r"\son[a-z]+=|<style|\sstyle=|<script>", mo.text)
    for name in ("desk.css", "desk.js", "htmx.min.js", "icon.svg", "shared/palette.css"):
        await mo.get(f"/desk/static/{name}")
        assert (mo.status, mo.headers["Cache-Control"]) == (200, "no-cache")


async def test_a_strange_address_or_too_many_tries_are_refused_in_a_sentence(house: House, mo: Visitor) -> None:
    await mo.get("/desk/queue", Host="evil.example")
    assert (mo.status, "not the address" in mo.text) == (421, True)
    await mo.get("/desk/case/UPPERCASE")
    assert (mo.status, "nothing here" in mo.text) == (404, True)
    await mo.get("/desk/static/" + "canary" * 50)
    assert (mo.status, "nothing here" in mo.text) == (404, True)
    await mo.get("/desk/queue", Expect="canary")
    assert (mo.status, "canary" in mo.text) == (417, False)
    await mo.get("/desk/case/nothing1")
    assert (mo.status, "no case by that code" in mo.text) == (404, True)
    async with mo.session.put("/desk/queue") as answer:
        assert answer.status == 405
    await mo.post("/desk/me", {"key": "x" * 20_000})
    assert mo.status == 413
    async with visit(house) as eve:
        for _ in range(11):
            await eve.post("/desk/enter", {"token": "guess"})
        assert (eve.status, "Wait a moment" in eve.text, int(eve.headers["Retry-After"]) > 0) == (429, True, True)


async def test_trouble_is_a_sentence_and_the_log_holds_no_value(
    house: House, mo: Visitor, case: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await house.bot.house.store.write(lambda tx: tx.db.run("UPDATE case_file SET concern = 'canary'"))
    await mo.looks(case)
    assert (mo.status, "could not do that" in mo.text) == (503, True)
    assert "a page could not be made" in caplog.text
    assert "canary" not in caplog.text
    assert case not in caplog.text


async def test_over_https_the_cookie_never_travels_otherwise(tmp_path: Path, book: Book) -> None:
    async with open_desk(tmp_path, book, {"public_url": "https://desk.example"}) as house:
        assert house.url == "https://desk.example/desk"
        port = house.adapter.bound_port
        token = await house.token(house.moderator())
        here = {"Host": "desk.example", "Origin": "https://desk.example"}
        async with (
            ClientSession(f"http://127.0.0.1:{port}") as session,
            session.post("/desk/enter", data={"token": token}, headers=here, allow_redirects=False) as answer,
        ):
            cookie = answer.headers["Set-Cookie"]
        assert cookie.startswith("__Host-desk=")
        assert "Secure" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie


@pytest.mark.parametrize(("key", "value"), [("port", "x"), ("host", "0.0.0.0"), ("colour", "red")])  # noqa: S104 - refused
def test_a_setting_that_would_surprise_is_refused(key: str, value: str) -> None:
    with pytest.raises(AdapterError, match=r"^adapters\.desk\."):
        create({key: value})


async def test_nothing_is_ever_delivered_to_the_desk() -> None:
    with pytest.raises(Unreachable):
        await create({}).deliver(Delivery(1, Address("desk", "main", "x"), Send(Content((Span("hi"),)))))


async def test_of_ones_own_case_nothing_is_shown(house: House) -> None:
    ann, _ = await reported(house.bot, share="Only this one")
    ann.roles = ("moderator",)
    case = await code(house.bot)
    async with visit(house) as visitor:
        await visitor.enter(staffed(house.bot, "ann"))
        page = await visitor.looks(case)
        assert "too close to you" in page
        assert "veil" not in page
        assert "mean person" not in page
        await visitor.does(case, "claim")
        assert "too close to you" in visitor.text
