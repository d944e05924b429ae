"""Two people meet on a page that two real processes serve behind one proxy, and talk on while each is killed."""

import asyncio
import re
import secrets
from pathlib import Path

from tests.cluster.fleet import Member, two_databases
from tests.round_robin import RoundRobin, round_robin
from tests.stories.browsing import Tab, browsing, sit_down
from tests.stories.test_browser import (
    SEEN,
    ann_comes_in_by_typing,
    ben_comes_in_by_buttons,
    both_say_yes,
    they_talk,
)
from tests.stories.wires import until

READY = re.compile(r"ready: http://127\.0\.0\.1:(\d+)")
LEASE = 3


async def test_they_meet_and_talk_on_while_either_process_is_killed(tmp_path: Path, server: str) -> None:
    with two_databases(server) as (database, keys):
        members = made(tmp_path, database, keys)
        try:
            async with round_robin() as proxy, browsing() as browser:
                for one in members:
                    await joins(proxy, one)
                ann = await sit_down(browser, proxy, 360, 740)
                ben = await sit_down(browser, proxy, 1280, 800)
                await ann_comes_in_by_typing(ann, proxy)
                await ben_comes_in_by_buttons(ben)
                await both_say_yes(ann, ben)
                talk = await they_talk(ann, ben)
                for one, walk in zip(members, ("morning", "evening"), strict=True):
                    await one_dies(one, walk, (ann, ben), talk)
                    await joins(proxy, one)
                await ann.said(talk[0])
                await ben.said(talk[1])
                assert ann.faults == ben.faults == []
        finally:
            for one in members:
                await one.end()


def made(folder: Path, database: str, keys: str) -> list[Member]:
    settings = {
        "BUDDYBOT_STORE__URL": database,
        "BUDDYBOT_STORE__KEYS": keys,
        "BUDDYBOT_STORE__SHARED": "true",
        "BUDDYBOT_STORE__LEASE_SECONDS": str(LEASE),
        "BUDDYBOT_OPERATOR_KEY": secrets.token_hex(32),
        "BUDDYBOT_SCREENING__SECOND_OPINION_MS": "0",
        "BUDDYBOT_ADAPTERS__WEB__PORT": "0",
    }
    homes = [folder / f"process{number}" for number in range(2)]
    for home in homes:
        home.mkdir()
    return [Member(home, settings) for home in homes]


async def joins(proxy: RoundRobin, one: Member) -> None:
    """Start a process, and have the proxy send people to it as well."""
    before = len(READY.findall(one.log.read_text())) if one.log.exists() else 0
    await one.begun()
    await until(lambda: len(READY.findall(one.log.read_text())) > before, one.log)
    proxy.ports.append(int(READY.findall(one.log.read_text())[-1]))


async def one_dies(one: Member, walk: str, tabs: tuple[Tab, Tab], talk: tuple[list[str], list[str]]) -> None:
    """Kill a process with notes in flight from both sides: none is lost, doubled or out of order."""
    ann, ben = tabs
    hers, his = ([f"{pet} saw a {thing} on the {walk} walk" for thing in SEEN] for pet in ("biscuit", "my cat"))
    writing = asyncio.gather(ann.says(*hers), ben.says(*his))
    await asyncio.sleep(0.1)
    await one.kill()
    await writing
    for said, more in zip(talk, (hers, his), strict=True):
        said.extend(more)
    await ben.hears(talk[0])
    await ann.hears(talk[1])
