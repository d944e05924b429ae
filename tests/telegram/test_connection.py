"""The pools of connections to the Bot API: what is under way when the bot stops, and what is left of it."""

import asyncio
import gc
import warnings

from telegram.error import NetworkError

from tests.telegram.house import sending
from tests.telegram.wire import FakeTelegram

STEPS = 24
"""More than a call takes here from its beginning to its answer."""


async def test_whenever_the_bot_stops_no_connection_stays_open_and_no_answer_is_lost() -> None:
    answers = list[object]()
    with warnings.catch_warnings(record=True) as left_open:
        warnings.simplefilter("always", ResourceWarning)
        async with FakeTelegram() as fake, sending(fake) as adapter:
            for steps in range(STEPS):
                await adapter._api.open_connections()
                call = asyncio.create_task(adapter._api.call("getMe"))
                for _ in range(steps):
                    await asyncio.sleep(0)
                await adapter._api.close_connections()
                answers += await asyncio.gather(call, return_exceptions=True)
            gc.collect()
    assert [str(one.message) for one in left_open] == []
    assert isinstance(answers[0], NetworkError)  # it had not begun, so it was not sent
    assert isinstance(answers[0].__cause__, RuntimeError)
    assert all(isinstance(one, dict) for one in answers[1:]), answers
