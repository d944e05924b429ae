"""Somebody at a page that several processes serve: the line is opened again wherever it breaks, as the page does.

What was not accepted is sent once more under the same id, and a repeat is known by its number.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, CookieJar

from tests.stories.wires import OnWeb
from tests.waiting import comes

SOON = 0.2
SILENCE = 50
"""Seconds without a beat after which a page takes its line for dead."""
TROUBLE = (ClientError, TimeoutError, OSError, asyncio.IncompleteReadError)


class OnPage(OnWeb):
    """One of them, at an address behind which stand several processes."""

    def __init__(self, url: str, session: ClientSession) -> None:
        super().__init__(url, session)
        self._last = ""
        self._seen = set[tuple[str, str]]()

    async def arrives(self) -> None:
        self._reading = asyncio.create_task(self._read())
        await comes(self._connected.wait(), self._reading)

    async def _greets(self) -> None:
        async with self._session.post(f"{self._url}/api/hello", json={}) as answer:
            if answer.status == HTTPStatus.OK:
                self._token = (await answer.json())["token"]

    async def _read(self) -> None:
        line = ClientTimeout(total=None, sock_read=SILENCE)
        while True:
            with suppress(*TROUBLE):
                await self._greets()
                stream = self._session.get(f"{self._url}/api/stream", params={"last": self._last}, timeout=line)
                async with stream as answer:
                    if answer.status == HTTPStatus.OK:
                        self._connected.set()
                        await self._listen(answer)
            await asyncio.sleep(SOON)

    async def _listen(self, answer: ClientResponse) -> None:
        fields = dict[str, str]()
        async for line in answer.content:
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name:
                fields[name] = value
                continue
            if fields.get("event") == "effect":
                await self._takes(fields["id"], fields["data"])
            fields = {}

    async def _takes(self, number: str, data: str) -> None:
        if (number, data) not in self._seen:
            self._seen.add((number, data))
            self._last = number
            self._take(json.loads(data))
        await self._tries("ack", {"ids": [int(number)]})

    async def _tries(self, path: str, body: object) -> int:
        headers = {"X-Page-Token": self._token}
        with suppress(*TROUBLE):
            async with self._session.post(f"{self._url}/api/{path}", json=body, headers=headers) as answer:
                return answer.status
        return 0


@asynccontextmanager
async def on_page(url: str) -> AsyncIterator[OnPage]:
    """Sit down before a page."""
    patience = ClientTimeout(total=15)
    async with ClientSession(cookie_jar=CookieJar(unsafe=True), timeout=patience) as session:
        made = OnPage(url, session)
        try:
            yield made
        finally:
            if made._reading is not None:
                await made.goes()
