"""Requests that no page of the desk sends: each is a refusal, none an error, and the log says nothing of them."""

import asyncio
from urllib.parse import urlencode

import pytest

from tests.desk.house import House, Visitor
from tests.desk.test_security import case, house, mo
from tests.stories.moderating import cases

__all__ = ["case", "house", "mo"]


@pytest.mark.parametrize("charset", ["nonsense", "utf-7", "utf-16", "unicode_escape", "punycode"])
async def test_a_form_in_another_alphabet_than_ours_is_refused_before_it_is_read(
    house: House, mo: Visitor, case: str, charset: str, caplog: pytest.LogCaptureFixture
) -> None:
    await mo.looks(case)
    written = {"Content-Type": f"application/x-www-form-urlencoded; charset={charset}", "Origin": house.root}
    for path in (f"/desk/case/{case}", "/desk/enter", "/desk/challenge"):
        async with mo.session.post(path, data=urlencode(mo.form(do="claim")), headers=written) as answer:
            assert answer.status == 415
    assert [one.claimed_by for one in await cases(house.bot)] == [None]
    assert "could not" not in caplog.text


@pytest.mark.parametrize("cookie", [b"\xff\xfe", b"a\xc3", "\u00e9\u0661".encode(), b"a" * 5000])
async def test_a_cookie_that_could_be_no_secret_is_nobodys(
    house: House, cookie: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    for path in (b"/desk/queue", b"/desk/live", b"/desk/static/desk.js"):
        reader, writer = await asyncio.open_connection("127.0.0.1", house.adapter.bound_port)
        head = b"GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: desk=%s\r\n\r\n" % (path, cookie)
        writer.write(head)
        answer = await reader.read()
        writer.close()
        assert answer.split()[1] == (b"200" if b"static" in path else b"401")
    assert "could not" not in caplog.text
