"""A browser without a window: keeps cookies, says hello, sends doings, reads the stream."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from io import BytesIO
from itertools import count

from aiohttp import ClientResponse, ClientSession, CookieJar

from buddybot.adapter import Address
from tests.web.house import House

_NUMBERS = count(1)


def client_id(number: int | None = None) -> str:
    return f"m{next(_NUMBERS) if number is None else number:032x}"


class Visitor:
    """One person's browser."""

    def __init__(self, house: House, session: ClientSession) -> None:
        self.house, self.session = house, session
        self.token = ""
        self.badge = ""

    async def hello(self, headers: Mapping[str, str] | None = None) -> ClientResponse:
        async with self.session.post("/api/hello", json={}, headers=headers) as answer:
            if answer.status == 200:
                body = await answer.json()
                self.token, self.badge = body["token"], body["badge"]
            return answer

    async def post(self, path: str, body: object, **headers: str) -> tuple[int, dict[str, str]]:
        sent = {"X-Page-Token": self.token, **{k.replace("_", "-"): v for k, v in headers.items()}}
        async with self.session.post(f"/api/{path}", json=body, headers=sent) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if text else {}

    async def raw(self, path: str, body: bytes, content_type: str = "application/json") -> tuple[int, str]:
        headers = {"X-Page-Token": self.token, "Content-Type": content_type}
        async with self.session.post(f"/api/{path}", data=BytesIO(body), headers=headers) as answer:
            return answer.status, await answer.text()

    async def do(self, doing: str, **body: object) -> int:
        status, _ = await self.post(f"do/{doing}", {"id": client_id(), **body})
        return status

    async def address(self) -> Address:
        """Join, and read in the inbox who that was."""
        assert await self.do("join") == 204
        return self.house.inbox.events[-1].origin.address

    @asynccontextmanager
    async def tab(self, last: str = "") -> AsyncIterator["Tab"]:
        async with self.session.get("/api/stream", params={"last": last}) as answer:
            assert answer.status == 200
            yield Tab(self, answer)


class Tab:
    """One open stream."""

    def __init__(self, visitor: Visitor, answer: ClientResponse) -> None:
        self.visitor, self.answer = visitor, answer

    async def next(self) -> tuple[str, str, dict[str, object]]:
        """Return id, kind and body of the next event."""
        fields: dict[str, str] = {}
        async for line in self.answer.content:
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if not name:
                return fields.get("id", ""), fields["event"], json.loads(fields["data"])
            fields[name] = value
        raise EOFError

    async def effect(self) -> dict[str, object]:
        """Return the next effect, acknowledged."""
        number, kind, body = await self.next()
        while kind != "effect":
            number, kind, body = await self.next()
        assert (await self.visitor.post("ack", {"ids": [int(number)]}))[0] == 204
        return body


@asynccontextmanager
async def visit(house: House) -> AsyncIterator[Visitor]:
    async with ClientSession(house.url, cookie_jar=CookieJar(unsafe=True)) as session:
        visitor = Visitor(house, session)
        await visitor.hello()
        yield visitor
