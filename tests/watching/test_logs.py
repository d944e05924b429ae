"""What reaches stderr of an error, whoever tells of it: its kind and place, and none of its values."""

import asyncio
import os
import sys

from tests.watching import faulty

WAYS = (
    "caught and told by a library",
    "nobody waited for what failed (ValueError",
    "a sentence about ",
    "Executing a callback took",
    "a thread ended by a fault (ValueError",
    "a fault while something was put away (ValueError",
    "the bot ended by a fault (KeyError",
)


async def test_no_way_to_stderr_holds_a_value_of_an_error_in_debug_mode_either() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", faulty.__name__),
        env={**os.environ, "PYTHONASYNCIODEBUG": "1"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    told = (await process.communicate())[0].decode()
    assert process.returncode == 1
    assert [way for way in WAYS if way not in told] == []
    assert "ValueError at faulty.py" in told
    assert "Traceback" not in told
    assert faulty.CANARY not in told
