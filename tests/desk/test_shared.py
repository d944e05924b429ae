"""Two processes answer for one desk: who came in at one works at the other, and what protects the door counts once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from buddybot_desk import create
from buddybot_web import create as create_web

from buddybot.adapter import COMMANDS, Adapter, Inbound, NotFetched, Said
from buddybot.runtime.engine import AdapterInbox
from buddybot.service.kernel.book import Book
from tests import samples
from tests.desk.device import Device
from tests.desk.house import House, open_desk, visit
from tests.desk.test_passkeys import ADDED, USED, adds, asked, shows
from tests.round_robin import round_robin
from tests.web.house import House as WebHouse
from tests.web.house import until
from tests.web.visitor import client_id
from tests.web.visitor import visit as visit_chat


@pytest.fixture
async def house(tmp_path: Path, book: Book) -> AsyncIterator[House]:
    async with open_desk(tmp_path, book, shared=True) as opened:
        yield opened


class Watched(AdapterInbox):
    """An inbox that remembers what came last."""

    last: Inbound | None = None

    async def put(self, event: Inbound, cursor: tuple[str, str] | None = None) -> None:
        self.last = event
        await super().put(event, cursor)


@asynccontextmanager
async def beside(house: House, adapter: Adapter) -> AsyncIterator[Watched]:
    """Serve another adapter on the same database, as another process does."""
    engine = house.bot.house.engine
    inbox = Watched(engine, adapter.platform)
    serving = asyncio.create_task(adapter.run(inbox, COMMANDS, engine))
    await until(lambda: bool(getattr(adapter, "url", "")) or serving.done())
    try:
        yield inbox
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


@asynccontextmanager
async def other_desk(house: House) -> AsyncIterator[House]:
    adapter = create({"port": "0"})
    async with beside(house, adapter):
        yield House(house.bot, adapter)


async def test_signed_in_at_one_process_a_moderator_works_at_the_other(house: House) -> None:
    person = house.moderator()
    async with other_desk(house) as other, visit(house) as here, visit(other) as there:
        token = await house.token(person)
        await here.post("/desk/enter", {"token": token})
        assert here.status == 200
        await there.post("/desk/enter", {"token": token})
        assert there.status == 403
        session = next(one.value for one in here.session.cookie_jar if one.key == "desk")
        there.session.cookie_jar.update_cookies({"desk": session})
        await there.get("/desk/me")
        await there.post("/desk/me", there.form(do="shift", state="on"))
        assert "End my shift" in there.text
        assert "End my shift" in await here.get("/desk/me")
        await there.post("/desk/leave", there.form())
        await here.get("/desk/queue")
        assert here.status == 401


async def test_a_challenge_of_one_process_is_answered_at_the_other_and_once(house: House) -> None:
    device, person = Device(), house.moderator()
    async with other_desk(house) as other, round_robin(house.adapter.bound_port, other.adapter.bound_port) as proxy:
        house.adapter.url = f"{proxy.url}/desk"
        async with visit(house) as mo, visit(house) as later:
            await mo.enter(person)
            assert ADDED in await adds(mo, device)
            turn = proxy.turn
            question = await asked(later)
            assert "<h1>Queue</h1>" in await shows(later, device, question)
            assert proxy.turn - turn > 1, "the answer went to another process than the question"
            assert USED in await shows(later, device, question)


async def test_tries_at_the_door_are_counted_together(house: House) -> None:
    async with other_desk(house) as other, visit(house) as here, visit(other) as there:
        for one in (here, there) * 5:
            await one.post("/desk/enter", {"token": "guessed"})
            assert one.status == 403
        for one in (here, there):
            await one.post("/desk/enter", {"token": "guessed"})
            assert one.status == 429
            assert int(one.headers["Retry-After"]) > 0


async def test_guesses_of_a_phrase_are_counted_together(house: House) -> None:
    one, other = create_web({"port": "0"}), create_web({"port": "0"})
    async with (
        beside(house, one),
        beside(house, other),
        visit_chat(WebHouse(one)) as here,
        visit_chat(WebHouse(other)) as there,
    ):
        answers = [(await each.post("return", {"phrase": "lusab babad"}))[0] for each in (here, there) * 5]
    assert answers == [422] * 8 + [429] * 2


async def test_a_photo_brought_to_one_process_is_fetched_by_the_one_that_hears_of_it(house: House) -> None:
    one, other = create_web({"port": "0"}), create_web({"port": "0"})
    async with (
        beside(house, one),
        beside(house, other) as inbox,
        visit_chat(WebHouse(one)) as ann,
        visit_chat(WebHouse(other)) as ann_there,
    ):
        ann_there.session.cookie_jar.clear()
        ann_there.session.cookie_jar.update_cookies({cookie.key: cookie.value for cookie in ann.session.cookie_jar})
        await ann_there.hello()
        assert ann_there.badge == ann.badge
        assert await ann.do("join") == 204
        name = client_id()
        assert (await ann.raw(f"file/{name}", samples.jpeg(), "application/octet-stream"))[0] == 204
        assert await ann_there.do("say", id=name, file={"kind": "photo"}) == 204
        assert isinstance(inbox.last, Said)
        assert inbox.last.file is not None
        assert await inbox.last.file.fetch(10_000_000) == samples.jpeg()
        with pytest.raises(NotFetched):
            await inbox.last.file.fetch(10_000_000)
