"""What is compressed on its way, and that nothing with a secret in it ever is."""

import gzip
import re
from base64 import b64encode
from collections.abc import AsyncIterator
from hashlib import sha256

import pytest
from aiohttp import ClientSession
from buddybot_http.compression import takes_gzip

from tests.web.house import House, open_house
from tests.web.visitor import Visitor, visit

SAME_FOR_ALL = ("/", "/static/chat.css", "/static/chat.js", "/static/icon.svg", "/static/shared/palette.css", "/sw.js")


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as opened:
        yield opened


@pytest.fixture
async def raw(house: House) -> AsyncIterator[ClientSession]:
    """A client that shows bodies as they come over the wire."""
    async with ClientSession(house.url, auto_decompress=False) as session:
        yield session


@pytest.mark.parametrize("path", SAME_FOR_ALL)
async def test_what_is_the_same_for_everybody_is_compressed(raw: ClientSession, path: str) -> None:
    async with raw.get(path, headers={"Accept-Encoding": "gzip, deflate, br"}) as answer:
        packed = await answer.read()
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in answer.headers["Vary"]
    async with raw.get(path, headers={"Accept-Encoding": "identity"}) as answer:
        assert "Content-Encoding" not in answer.headers
        assert gzip.decompress(packed) == await answer.read()


async def test_a_font_is_sent_as_it_is(raw: ClientSession) -> None:
    async with raw.get("/static/fonts/fraunces-600.woff2", headers={"Accept-Encoding": "gzip"}) as answer:
        assert "Content-Encoding" not in answer.headers


async def test_a_part_of_a_file_is_sent_as_it_is(raw: ClientSession) -> None:
    asked = {"Accept-Encoding": "gzip", "Range": "bytes=0-9"}
    async with raw.get("/static/chat.js", headers=asked) as answer:
        assert answer.status == 206
        assert "Content-Encoding" not in answer.headers
        assert len(await answer.read()) == 10


async def test_a_file_that_did_not_change_is_not_sent_again(raw: ClientSession) -> None:
    async with raw.get("/static/chat.js", headers={"Accept-Encoding": "gzip"}) as answer:
        tag = answer.headers["ETag"]
    async with raw.get("/static/chat.js", headers={"Accept-Encoding": "gzip", "If-None-Match": tag}) as answer:
        assert answer.status == 304
        assert await answer.read() == b""


async def test_no_answer_that_knows_somebody_is_compressed(house: House) -> None:
    """Token, phrase, refusal and stream: a length would tell of what is in them."""
    async with visit(house) as ann:
        for path in ("hello", "phrase", "return", "ack", "do/say", "do/nonsense", "leave"):
            headers = {"X-Page-Token": ann.token, "Accept-Encoding": "gzip"}
            async with ann.session.post(f"/api/{path}", json={"phrase": "x" * 4000}, headers=headers) as answer:
                assert "Content-Encoding" not in answer.headers, path
        await still_here(ann)


async def still_here(ann: Visitor) -> None:
    await ann.hello()
    async with ann.session.get("/api/stream", headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.status == 200
        assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip", True),
        ("gzip, deflate, br, zstd", True),
        ("br;q=1.0, GZIP;q=0.5", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("identity", False),
        ("notgzip", False),
        ("", False),
    ],
)
def test_gzip_is_sent_to_those_who_take_it(accepted: str, *, takes: bool) -> None:
    assert takes_gzip(accepted) is takes


async def test_the_page_needs_one_script_and_no_style_sheet_before_it_can_be_used(raw: ClientSession) -> None:
    async with raw.get("/", headers={"Accept-Encoding": "identity"}) as answer:
        page, policy = await answer.text(), answer.headers["Content-Security-Policy"]
    (asked,) = re.findall(r'<script src="(static/page\.\w+\.js)" defer></script>', page)
    assert re.findall(r'rel="(?:stylesheet|modulepreload|preload)"', page) == []
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    hashed = b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{hashed}';" in policy
    async with raw.get(f"/{asked}", headers={"Accept-Encoding": "gzip"}) as answer:
        assert (answer.status, answer.headers["Content-Encoding"]) == (200, "gzip")
        assert answer.headers["Cache-Control"] == "max-age=31536000, immutable"
    async with raw.get("/static/page.000000000000.js") as answer:
        assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-cache")
