import asyncio
import errno
import json
import logging
import re
from collections.abc import AsyncIterator

import pytest
from buddybot_http.serving import sentence
from buddybot_web import WebAdapter, sessions
from buddybot_web.settings import NAME, read_settings

from buddybot.adapter import Adapter, Address, Away, Content, Invoked, Joined, Mark, NoteId, Passage, Said, Send, Span
from tests.web.house import House, open_house, until
from tests.web.visitor import Visitor, client_id, visit

NOBODY = Address("web", "web", "nobody")


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as opened:
        yield opened


@pytest.fixture
async def ann(house: House) -> AsyncIterator[Visitor]:
    async with visit(house) as visitor:
        yield visitor


# ── The page ────────────────────────────────────────────────────────────────────────────


async def test_the_page_is_guarded_private_and_asks_nobody_else(ann: Visitor) -> None:
    async with ann.session.get("/") as answer:
        page, headers = await answer.text(), answer.headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert re.fullmatch(r"'sha256-[\w+/]{43}='", policy["style-src"])
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Server" not in headers
    assert "://" not in page.replace("http://www.w3.org", "")
    assert "<title>Notes</title>" in page
    assert " style=" not in page
    assert "onclick" not in page


async def test_looking_at_the_page_sets_no_cookie(ann: Visitor) -> None:
    ann.session.cookie_jar.clear()
    async with ann.session.get("/") as answer:
        assert answer.headers.getall("Set-Cookie", []) == []


async def test_the_page_speaks_the_first_language_it_has(ann: Visitor) -> None:
    for asked, spoken in [
        ("pt-BR,en", "pt-BR"),
        ("de, pt-br;q=0.8", "pt-BR"),
        ("en-GB", "en"),
        ("tlh", "en"),
        ("", "en"),
    ]:
        async with ann.session.get("/", headers={"Accept-Language": asked}) as answer:
            assert f'<html lang="{spoken}"' in await answer.text()


async def test_the_menu_has_every_command_but_crisis_which_has_its_own_button(ann: Visitor) -> None:
    async with ann.session.get("/") as answer:
        page = await answer.text()
    assert 'data-command="pause"' in page
    assert 'name="days"' in page
    assert 'data-command="crisis"' not in page
    assert 'id="help-now"' in page


async def test_styles_and_scripts_are_asked_for_again_after_an_update(ann: Visitor) -> None:
    for name in (
        "shared/palette.css",
        "chat.css",
        "chat.js",
        "wire.js",
        "log.js",
        "memory.js",
        "sheets.js",
        "icon.svg",
    ):
        async with ann.session.get(f"/static/{name}") as answer:
            assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-cache")
            assert "Content-Security-Policy" in answer.headers
    async with ann.session.get("/static/../adapter.py") as answer:
        assert answer.status == 404


async def test_a_page_that_is_not_there_is_a_sentence(ann: Visitor) -> None:
    async with ann.session.get("/admin") as answer:
        assert answer.status == 404
        assert "nothing at this address" in await answer.text()
    async with ann.session.get("/api/say") as answer:
        assert answer.status == 404
        assert "nothing at this address" in (await answer.json())["problem"]
    async with ann.session.get("/api/ack") as answer:
        assert answer.status == 405


async def test_a_proxy_that_asks_hears_whether_it_may_send_people_by_whatever_name_it_asks(ann: Visitor) -> None:
    for well, status in ((True, 200), (False, 503)):
        ann.house.reads.well = well
        async with ann.session.get("/healthz", headers={"Host": "10.0.0.11:8080"}) as answer:
            assert answer.status == status
            assert answer.headers["Cache-Control"] == "no-store"
            assert "Set-Cookie" not in answer.headers


async def test_a_chat_at_an_unknown_name_tells_its_operator_what_to_set(ann: Visitor) -> None:
    async with ann.session.get("/", headers={"Host": "chat.example.org"}) as answer:
        assert answer.status == 421
        assert "set public_url" in await answer.text()


# ── Who is asking ───────────────────────────────────────────────────────────────────────


async def test_the_first_hello_gives_a_secret_that_scripts_and_other_sites_never_see(ann: Visitor) -> None:
    ann.session.cookie_jar.clear()
    answer = await ann.hello()
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/" in cookie
    assert answer.cookies["notes"].value not in (await ann.post("hello", {}))[1].values()


async def test_hello_again_is_the_same_person_and_another_browser_is_not(house: House, ann: Visitor) -> None:
    token, badge = ann.token, ann.badge
    await ann.hello()
    assert (ann.token, ann.badge) == (token, badge)
    async with visit(house) as ben:
        assert ben.badge != badge
        assert await ben.address() != await ann.address()


async def test_the_account_is_a_hash_of_the_secret(ann: Visitor) -> None:
    secret = next(c.value for c in ann.session.cookie_jar if c.key == "notes")
    address = await ann.address()
    assert address == Address("web", "web", sessions.account(bytes.fromhex(secret)))
    assert secret not in address.account


async def test_a_public_chat_over_https_has_a_cookie_that_never_leaves_https() -> None:
    public = {"public_url": "https://chat.example.org", "host": "127.0.0.1"}
    async with open_house(public) as house:
        house.adapter.url = f"http://127.0.0.1:{house.adapter.bound_port}"
        async with visit(house) as ann:
            headers = {"Host": "chat.example.org", "Origin": "https://chat.example.org"}
            cookie = (await ann.hello(headers)).headers["Set-Cookie"]
            assert cookie.startswith("__Host-notes=")
            assert "Secure" in cookie
            assert (await ann.hello({"Host": "127.0.0.1"})).status == 421


@pytest.mark.parametrize("path", ["do/join", "ack", "phrase", "return", "leave"])
async def test_nothing_works_without_the_token_of_our_own_page(ann: Visitor, path: str) -> None:
    ann.token = "forged"
    status, body = await ann.post(path, {"id": client_id()})
    assert status == 403
    assert "out of date" in body["problem"]
    assert ann.house.inbox.events == []


async def test_the_stream_is_for_browsers_we_know(ann: Visitor) -> None:
    ann.session.cookie_jar.clear()
    async with ann.session.get("/api/stream") as answer:
        assert answer.status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example"},
        {"Host": "[evil"},
        {"Content_Type": "text/plain"},
    ],
)
async def test_a_request_another_site_could_cause_is_refused(ann: Visitor, headers: dict[str, str]) -> None:
    status, _ = await ann.post("do/join", {"id": client_id()}, **headers)
    assert status in {403, 415, 421}
    assert ann.house.inbox.events == []


async def test_our_own_page_is_heard(ann: Visitor) -> None:
    here = ann.house.url
    assert (await ann.post("do/join", {"id": client_id()}, Origin=here, Sec_Fetch_Site="same-origin"))[0] == 204


# ── Coming back ─────────────────────────────────────────────────────────────────────────


async def test_nine_words_bring_a_person_back_in_another_browser(house: House, ann: Visitor) -> None:
    words = (await ann.post("phrase", {}))[1]["phrase"]
    assert len(words.split()) == 9
    async with visit(house) as other:
        status, body = await other.post("return", {"phrase": words.upper()})
        assert (status, body["badge"]) == (200, ann.badge)
        await other.hello()
        assert await other.address() == await ann.address()


async def test_words_that_are_none_change_nothing(ann: Visitor) -> None:
    for phrase in ("babab babab", 7, None):
        status, body = await ann.post("return", {"phrase": phrase})
        assert status == 422
        assert "nine words" in body["problem"]
    badge = ann.badge
    await ann.hello()
    assert ann.badge == badge


async def test_guessing_words_is_slowed_down(ann: Visitor) -> None:
    assert [(await ann.post("return", {}))[0] for _ in range(9)][-2:] == [422, 429]


async def test_signing_out_takes_the_secret_out_of_the_browser(ann: Visitor) -> None:
    badge = ann.badge
    assert (await ann.post("leave", {}))[0] == 204
    await ann.hello()
    assert ann.badge != badge


# ── Saying something ────────────────────────────────────────────────────────────────────


async def test_a_message_is_acknowledged_only_once_it_is_recorded(ann: Visitor) -> None:
    inbox = ann.house.inbox
    inbox.has_room.clear()
    body = {"id": client_id(), "text": "hi"}
    sending = asyncio.create_task(ann.post("do/say", body))
    await until(lambda: inbox.waiting == 1)
    assert (await ann.post("phrase", {}))[0] == 200, "what needs no disk goes on meanwhile"
    assert not sending.done()
    inbox.has_room.set()
    assert (await sending)[0] == 204
    assert [(await ann.post("do/say", body))[0] for _ in range(2)] == [204, 204]
    assert [event.text for event in ann.house.inbox.events if isinstance(event, Said)] == ["hi"]


async def test_a_replayed_id_of_somebody_else_blocks_nobody(house: House, ann: Visitor) -> None:
    same = client_id()
    async with visit(house) as ben:
        assert (await ben.post("do/say", {"id": same, "text": "from ben"}))[0] == 204
    assert (await ann.post("do/say", {"id": same, "text": "from ann"}))[0] == 204
    assert [event.text for event in house.inbox.events if isinstance(event, Said)] == ["from ben", "from ann"]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"7", b'{"id": "m\xff"}', b"\xff\xfe", b"[" * 60_000, b'{"id":' + b"9" * 5000 + b"}", b"{}"],
)
async def test_a_body_that_is_no_message_is_a_sentence(ann: Visitor, body: bytes) -> None:
    status, answer = await ann.raw("do/say", body)
    assert status == 400
    assert "can't read" in json.loads(answer)["problem"]
    assert "Traceback" not in answer


async def test_a_note_too_long_is_refused_in_words(ann: Visitor) -> None:
    for text in ("x" * 4001, "x" * 1_000_000):
        status, body = await ann.post("do/say", {"id": client_id(), "text": text})
        assert status == 413
        assert "Your words are still here" in body["problem"]
    assert await ann.do("say", text="🙂" * 4000) == 204


async def test_a_flood_is_slowed_down_and_still_gets_help_lines(ann: Visitor) -> None:
    seen = [await ann.do("say", text="again") for _ in range(70)]
    assert seen[:60] == [204] * 60
    assert 429 in seen
    status, body = await ann.post("do/say", {"id": client_id(), "text": "again"})
    assert status == 429
    assert "988" in body["help"]
    assert await ann.do("invoke", command="crisis") == 204
    assert await ann.do("say", text=" /SOS ") == 204
    assert isinstance(ann.house.inbox.events[-2], Invoked)
    assert await ann.do("say", text="help me") == 204, "what calls for help says the core alone"


async def test_even_a_flood_of_cries_is_answered(ann: Visitor) -> None:
    answers = [await ann.post("do/invoke", {"id": client_id(), "command": "crisis"}) for _ in range(30)]
    assert {status for status, _ in answers} == {200, 204}
    assert all("988" in body["help"] for status, body in answers if status == 200)


async def test_a_network_that_floods_is_slowed_down_others_are_not() -> None:
    async with open_house({"proxy": "127.0.0.1"}) as house, visit(house) as ann:

        async def asks() -> int:
            headers = {"X-Forwarded-For": "192.0.2.9, 192.0.2.1"}
            async with ann.session.get("/static/icon.svg", headers=headers) as answer:
                return answer.status

        statuses = list[int]()
        while 429 not in statuses and len(statuses) < 20_000:  # the slower the machine, the more are let through
            statuses += await asyncio.gather(*(asks() for _ in range(50)))
        assert set(statuses) == {200, 429}
        assert statuses.index(429) >= 500
        assert await ann.do("join") == 204


# ── Being shown something ───────────────────────────────────────────────────────────────


async def test_with_no_tab_open_a_person_is_away(house: House) -> None:
    with pytest.raises(Away):
        await house.say(NOBODY, "hi")


async def test_a_delivery_ends_when_the_browser_has_it(ann: Visitor) -> None:
    address = await ann.address()
    async with ann.tab() as tab:
        await until(lambda: ann.house.inbox.woken == [address])
        sending = asyncio.create_task(ann.house.say(address, "hi"))
        number, kind, body = await tab.next()
        assert (kind, body["message"]) == ("effect", f"o{number}")
        assert not sending.done()
        await ann.post("ack", {"ids": [999, "x", int(number)]})
        assert await sending == f"o{number}"


async def test_marks_of_own_messages_come_back_under_the_browsers_own_id(ann: Visitor) -> None:
    address = await ann.address()
    async with ann.tab() as tab:
        mark = Mark(NoteId("n"), Passage.PASSED_ON)
        sending = asyncio.create_task(ann.house.show(address, mark, client_id(5)))
        assert (await tab.effect())["message"] == client_id(5)
        assert await sending == client_id(5)


async def test_a_browser_that_stays_silent_is_away_and_its_line_is_cut_so_that_it_returns() -> None:
    async with open_house(ack_seconds=0.05) as house, visit(house) as ann:
        address = await ann.address()
        async with ann.tab() as tab:
            with pytest.raises(Away):
                await house.say(address, "lost?")
            assert (await tab.next())[1] == "effect"
            with pytest.raises(EOFError):
                await tab.next()
        with pytest.raises(Away):
            await house.say(address, "nobody here")
        async with ann.tab() as tab:
            # Woken at once, and a moment later again: the core may just have been noting that nobody is there.
            assert (await tab.next())[1] == "beat"
            assert house.inbox.woken == [address] * 3


async def test_a_beat_on_a_quiet_line_wakes_nobody(ann: Visitor) -> None:
    async with ann.tab() as tab:
        assert (await tab.next())[1] == "beat"
    assert len(ann.house.inbox.woken) == 1


async def test_what_a_broken_line_lost_comes_again_on_the_next(ann: Visitor) -> None:
    address = await ann.address()
    async with ann.tab() as tab:
        sending = asyncio.create_task(ann.house.say(address, "hi"))
        number, _, _ = await tab.next()
    async with ann.tab() as tab:
        assert (await tab.next())[0] == number
        await ann.post("ack", {"ids": [int(number)]})
        await sending


@pytest.mark.parametrize("last", ["1", "0", "x", "9" * 30, "\u00b2"])
async def test_the_last_id_seen_counts_as_an_acknowledgement(ann: Visitor, last: str) -> None:
    address = await ann.address()
    async with ann.tab() as tab:
        sending = asyncio.create_task(ann.house.say(address, "hi"))
        await tab.next()
    async with ann.tab(last) as tab:
        if last != "1":
            await tab.effect()
        assert await sending == "o1"


async def test_every_tab_gets_it_and_one_acknowledgement_is_enough(ann: Visitor) -> None:
    address = await ann.address()
    async with ann.tab() as one, ann.tab() as two:
        sending = asyncio.create_task(ann.house.say(address, "hi"))
        first, second = await one.effect(), await two.effect()
        assert first == second
        await sending


async def test_the_fourth_tab_sends_the_first_one_to_rest(ann: Visitor) -> None:
    async with ann.tab() as first, ann.tab(), ann.tab(), ann.tab():
        assert (await first.next())[1] == "elsewhere"
        with pytest.raises(EOFError):
            await first.next()


async def test_nobody_can_acknowledge_for_somebody_else(house: House, ann: Visitor) -> None:
    address = await ann.address()
    async with ann.tab() as tab, visit(house) as ben:
        sending = asyncio.create_task(house.say(address, "hi"))
        number, _, _ = await tab.next()
        assert (await ben.post("ack", {"ids": [int(number)]}))[0] == 204
        assert (await ben.post("ack", {"ids": 1}))[0] == 400
        await asyncio.sleep(0.05)
        assert not sending.done()
        await ann.post("ack", {"ids": [int(number)]})
        await sending


async def test_a_tab_that_was_closed_leaves_the_person_away(ann: Visitor) -> None:
    address = await ann.address()
    async with ann.tab():
        pass
    await asyncio.sleep(0.05)
    with pytest.raises(Away):
        await ann.house.say(address, "hi")


# ── Starting and stopping ───────────────────────────────────────────────────────────────


async def test_it_stops_at_once_with_lines_open_and_gives_back_what_waits() -> None:
    house_open = open_house()
    house = await house_open.__aenter__()
    async with visit(house) as ann:
        address = await ann.address()
        async with ann.tab() as tab:
            sending = asyncio.create_task(house.say(address, "hi"))
            await tab.next()
            async with asyncio.timeout(30):  # the server itself would wait for open lines for a minute
                await house_open.__aexit__(None, None, None)
            with pytest.raises(Away):
                await sending


async def test_logs_hold_no_address_no_text_and_no_identity(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with open_house() as house, visit(house) as ann:
        await ann.do("say", text="canary-text")
        reader, writer = await asyncio.open_connection("127.0.0.1", house.adapter.bound_port)
        writer.write(b"canary-verb / HTTP/9\r\n\r\n")
        assert b"Traceback" not in await reader.read()
        writer.close()
    assert "a request could not be answered" in caplog.text
    assert "canary" not in caplog.text
    assert "from 127.0.0.1" not in caplog.text


@pytest.mark.parametrize(("number", "words"), [(errno.EACCES, "above 1023"), (errno.EADDRNOTAVAIL, "this machine")])
def test_an_address_that_can_not_be_used_is_a_sentence(number: int, words: str) -> None:
    assert words in sentence(OSError(number, "why"), read_settings({"port": "80"}), NAME)


def test_it_is_an_adapter_of_the_protocol() -> None:
    adapter: Adapter = WebAdapter(read_settings({}))
    assert adapter.platform == "web"
    assert adapter.capabilities.many


async def test_joining_is_reported_once(ann: Visitor) -> None:
    joining = client_id()
    for _ in range(2):
        assert (await ann.post("do/join", {"id": joining}))[0] == 204
    assert [type(event) for event in ann.house.inbox.events] == [Joined]


async def test_a_cancelled_delivery_is_forgotten(ann: Visitor) -> None:
    address = await ann.address()
    async with ann.tab() as tab:
        content = Content((Span("hi"),))
        sending = asyncio.create_task(ann.house.show(address, Send(content)))
        await tab.next()
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
    async with ann.tab() as tab:
        assert (await tab.next())[1] == "beat"
