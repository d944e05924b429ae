"""One address opens 2,000 idle streams against the real bot; everybody else is served."""

import asyncio
from pathlib import Path

from buddybot_http.holding import Allowance, descriptors

from tests.ports import free_port
from tests.web.crowding import FILES, Idlers, asked, people, running_bot

IDLE, OTHERS = 2000, 20


async def test_two_thousand_idle_streams_of_one_address_keep_nobody_else_out(tmp_path: Path) -> None:
    assert descriptors() > IDLE + 100, "this test itself needs some"
    port = free_port()
    idlers = Idlers()
    async with running_bot(tmp_path, port) as bot:
        try:
            await idlers.open(port, IDLE)
            async with people(bot, OTHERS, first=1) as tabs:
                answered = await asyncio.gather(*(asked(tab) for tab in tabs))
            assert (len(answered), bot.alive) == (OTHERS, True)
            assert 0 < await idlers.held() <= Allowance.of(FILES).streams.by_network
        finally:
            idlers.close()
    log = bot.log.read_text()
    assert len(log.splitlines()) < 100
    assert "accept" not in log
