"""Two people meet on a page that two real processes serve behind one proxy, and talk on while one is killed.

`python -m tests.cluster --page` does so for long, without a browser.
"""

import asyncio
from pathlib import Path

from tests.cluster.fleet import shared_settings
from tests.cluster.member import Member
from tests.cluster.servers import Ground, two_databases
from tests.round_robin import RoundRobin, round_robin
from tests.stories.browsing import Tab, browsing, sit_down
from tests.stories.test_browser import (
    SEEN,
    ann_comes_in_by_typing,
    ben_comes_in_by_buttons,
    both_say_yes,
    they_talk,
)

LEASE = 2


async def test_they_meet_and_talk_on_while_a_process_is_killed(tmp_path: Path, server: str) -> None:
    with two_databases(server) as ground:
        members = made(tmp_path, ground)
        try:
            async with round_robin() as proxy, browsing() as browser:
                first, second = members
                await joins(proxy, first)
                joining = asyncio.create_task(joins(proxy, second))
                ann = await sit_down(browser, proxy, 360, 740)
                ben = await sit_down(browser, proxy, 1280, 800)
                await ann_comes_in_by_typing(ann, proxy)
                await joining
                await ben_comes_in_by_buttons(ben)
                await both_say_yes(ann, ben)
                talk = await they_talk(ann, ben)
                await one_dies(first, "morning", (ann, ben), talk)
                await ann.said(talk[0])
                await ben.said(talk[1])
                assert ann.faults == ben.faults == []
        finally:
            for one in members:
                await one.end()


def made(folder: Path, ground: Ground) -> list[Member]:
    settings = {**shared_settings(ground, LEASE), "BUDDYBOT_ADAPTERS__WEB__PORT": "0"}
    homes = [folder / f"process{number}" for number in range(2)]
    for home in homes:
        home.mkdir()
    return [Member(home, settings) for home in homes]


async def joins(proxy: RoundRobin, one: Member) -> None:
    """Start a process, and have the proxy send people to it as well."""
    await one.begun()
    await one.serves()
    port = one.port()
    assert port is not None
    proxy.ports.append(port)


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
