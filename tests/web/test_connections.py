"""What no handler ever sees: half a request, nonsense, broken bodies, connections that ask nothing."""

import asyncio
import logging
import os
import resource
import socket
from collections.abc import Callable
from contextlib import suppress

import pytest
from aiohttp import StreamReader, web
from aiohttp.base_protocol import BaseProtocol
from aiohttp.http_exceptions import BadStatusLine
from aiohttp.test_utils import make_mocked_request
from buddybot_http.bodies import take_in
from buddybot_http.holding import Allowance
from buddybot_http.security import SILENT_SECONDS, Discreet
from buddybot_web.channels import QUIET_SECONDS, Channels

from tests.waiting import PATIENT
from tests.web.house import House, open_house
from tests.web.visitor import visit

BODY = b"POST /api/hello HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


async def ask(house: House, sent: bytes) -> bytes:
    """Send bytes, and return all that comes until the server hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", house.adapter.bound_port)
    writer.write(sent)
    async with asyncio.timeout(PATIENT):
        answer = await reader.read()
    writer.close()
    return answer


@pytest.mark.parametrize(
    "sent",
    [
        b"canary-verb / HTTP/9\r\n\r\n",
        b"GET / canary HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\ncanary header\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"canary" * 4000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: canary\r\n\r\n",
        b"\x16\x03\x01\x02\x00canary",
    ],
)
async def test_what_is_no_request_gets_our_one_sentence_and_nothing_of_itself(sent: bytes) -> None:
    async with open_house() as house:
        answer = await ask(house, sent)
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
    assert b"can't read" in body
    assert b"988" in body
    assert b"Server" not in lines
    assert lines[b"Cache-Control"] == b"no-store"
    assert b"default-src 'none'" in lines[b"Content-Security-Policy"]
    assert b"canary" not in answer
    assert b"aiohttp" not in answer


@pytest.mark.parametrize(
    "sent",
    [
        BODY + b"Content-Encoding: gzip\r\nContent-Length: 6\r\n\r\n\x1f\x8bcanary"[:-2],
        BODY + b"Content-Encoding: deflate\r\nContent-Length: 6\r\n\r\ncanary",
        BODY + b"Transfer-Encoding: chunked\r\n\r\nzz\r\ncanary\r\n",
    ],
)
async def test_a_broken_body_is_a_refusal_without_a_traceback(sent: bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with open_house() as house:
        answer = await ask(house, sent.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
    assert answer.split()[1] == b"400"
    assert b"can't read" in answer
    assert not any(record.exc_info for record in caplog.records)
    assert "canary" not in caplog.text


@pytest.mark.parametrize(
    ("line", "header", "status"),
    [
        (b"GET /static/" + b"canary" * 50, b"", b"404"),
        (b"HEAD /static/shared/" + b"canary" * 50, b"", b"404"),
        (b"GET /static/" + b"%F0%9F%98%80" * 64, b"", b"404"),
        (b"GET /static/" + b"canary/" * 900, b"", b"404"),
        (b"GET /static/canary%00", b"", b"404"),
        (b"GET /", b"Expect: canary\r\n", b"417"),
        (b"GET /canary", b"Expect: canary\r\n", b"417"),
        (b"GET /", b"Range: canary\r\n", b"200"),
        (b"GET /static/chat.js", b"Range: canary\r\n", b"416"),
    ],
)
async def test_what_a_file_or_the_library_chokes_on_is_no_error_of_ours(
    line: bytes, header: bytes, status: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with open_house() as house:
        answer = await ask(house, line + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + b"\r\n")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.split()[1] == status
    assert b"chunked" in head or not body or b"Content-Length: %d\r" % len(body) in head
    assert b"canary" not in answer
    assert not any(record.exc_info for record in caplog.records)
    assert "canary" not in caplog.text


def test_nonsense_fills_no_log_and_hides_no_bug() -> None:
    now = [1.0]
    discreet = Discreet(lambda: now[0])

    def is_told(error: Exception) -> bool:
        raised = (type(error), error, None)
        return bool(discreet.filter(logging.LogRecord("a", logging.ERROR, "f", 1, "canary", (), raised)))

    assert [is_told(BadStatusLine("canary")) for _ in range(3)] == [True, False, False]
    assert is_told(KeyError("a bug"))
    now[0] += SILENT_SECONDS
    assert is_told(BadStatusLine("canary"))


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: "])
async def test_a_connection_that_asks_nothing_in_time_is_hung_up_on(sent: bytes) -> None:
    async with open_house(first_seconds=0.05) as house:
        assert await ask(house, sent) == b""


async def test_who_asked_in_time_is_not_hung_up_on() -> None:
    async with open_house(first_seconds=1) as house, visit(house) as ann, ann.tab() as tab:
        await asyncio.sleep(1.2)
        assert (await tab.next())[1] == "beat"


def channels(clock: Callable[[], float]) -> Channels:
    return Channels(Allowance(10, 2), clock)


def test_a_network_with_too_many_tabs_gets_another_only_once_one_has_long_been_quiet() -> None:
    now = [0.0]
    streams = channels(lambda: now[0])
    first, second = (streams.admit("flat", lambda: True) for _ in range(2))
    assert first is not None
    assert second is not None
    assert streams.admit("flat", lambda: True) is None
    assert streams.admit("elsewhere", lambda: True) is not None
    now[0] = QUIET_SECONDS
    assert streams.admit("flat", lambda: True) is not None
    assert (first.queue.get_nowait(), second.queue.empty()) == (None, True)


async def test_whoever_does_something_keeps_their_tab() -> None:
    now = [0.0]
    streams = channels(lambda: now[0])
    ann, ben = (streams.admit("flat", lambda: True) for _ in range(2))
    assert ann is not None
    assert ben is not None
    streams.open("ann", ann, None)
    streams.open("ben", ben, None)
    now[0] = QUIET_SECONDS
    streams.heard("ann")
    streams.heard("nobody")
    assert streams.admit("flat", lambda: True) is not None
    assert (ann.queue.empty(), ben.queue.get_nowait()) == (True, None)


async def test_a_body_that_never_ends_is_not_waited_for() -> None:
    protocol = BaseProtocol(asyncio.get_running_loop())
    protocol.connection_made(asyncio.Transport())
    payload = StreamReader(protocol, 2**16)
    payload.feed_data(b'{"id": ')
    with pytest.raises(web.HTTPRequestTimeout):
        await take_in(make_mocked_request("POST", "/api/do/say", payload=payload), 0.01)


async def test_a_full_table_of_files_is_one_line_in_the_log_and_passes(caplog: pytest.LogCaptureFixture) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    async with open_house() as house:
        waiting = [socket.socket() for _ in range(8)]
        fillers: list[int] = []
        resource.setrlimit(resource.RLIMIT_NOFILE, (waiting[-1].fileno() + 1, hard))
        try:
            with suppress(OSError):
                while True:
                    fillers.append(os.dup(0))
            for one in waiting:
                one.connect(("127.0.0.1", house.adapter.bound_port))
            await asyncio.sleep(0.1)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
            for number in fillers:
                os.close(number)
        for one in waiting:
            one.close()
        assert b" 200 " in await ask(house, b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert [record.getMessage()[:19] for record in caplog.records] == ["no more connections"]


async def test_a_chat_behind_a_proxy_that_it_does_not_know_of_says_so(caplog: pytest.LogCaptureFixture) -> None:
    for table, said in (({}, False), ({"proxy": "127.0.0.1"}, False), ({"proxy": ""}, True)):
        caplog.clear()
        async with open_house({"public_url": "https://chat.example.org", **table} if table else {}):
            assert ("all visitors count as one network" in caplog.text) is said
