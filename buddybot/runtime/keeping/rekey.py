"""Change of the operator's key while the bot runs: every key is wrapped anew, a few at a time, under both for as long.

The new key lies in a file beside the old one until the last key is wrapped by it. So whoever is cut off goes on where
they were: every key opens under one of the two, at each moment and at each start.
"""

import asyncio
import os
from pathlib import Path
from secrets import token_bytes

from buddybot.runtime.operator_socket import Answering
from buddybot.service.operator_requests import Answer, Asked
from buddybot.store.kernel.operator_key import KEY_BYTES, next_key_file, operator_key
from buddybot.store.kernel.private_files import make_private
from buddybot.store.key_store import KeyStore

REKEY = "rekey"
A_PIECE = 500


class Rekeying:
    """Answers the one request that takes many transactions of the key file; every other one goes on to the bot."""

    def __init__(self, keys: KeyStore, folder: Path, otherwise: Answering, *, from_environment: bool) -> None:
        """Keep what is needed; `from_environment` says that the operator's key is in no file of ours."""
        self._keys, self._folder, self._otherwise = keys, folder, otherwise
        self._from_environment = from_environment
        self._busy = asyncio.Lock()

    async def answer(self, request: str, asked: Asked) -> Answer:
        """Answer one request of the operator."""
        if request != REKEY:
            return await self._otherwise(request, asked)
        if self._busy.locked():
            return {"fault": "the keys are being changed already: wait for that to end"}
        async with self._busy:
            return await self._rekey()

    async def _rekey(self) -> Answer:
        if others := await asyncio.to_thread(self._keys.others):
            return {
                "fault": f"{others} other processes use these keys, and would not open them any more: stop all but one"
            }
        place = next_key_file(self._folder)
        new = await asyncio.to_thread(_new_key, place)
        self._keys.wrap_by(new)
        after, count = "", 0
        while (piece := await asyncio.to_thread(self._keys.rewrap, after, A_PIECE)) is not None:
            after, count = piece[0], count + piece[1]
        if lost := self._keys.settle_wrapping():
            return {
                "fault": f"{lost} keys are damaged and were not changed: both operator's keys stay; look at the log"
            }
        told = await self._otherwise("rekeyed", {"keys": count})
        if not self._from_environment:
            place.replace(self._folder / "operator.key")
            place = self._folder / "operator.key"
        return {**told, "keys": count, "file": str(place), "given": self._from_environment}


def _new_key(place: Path) -> bytes:
    """Return the key to change to: the one of a change that was cut off, else a new one, which is on disk first."""
    if make_private(place) or not place.stat().st_size:
        with place.open("w", encoding="ascii") as file:
            file.write(token_bytes(KEY_BYTES).hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
    return operator_key(place, None, fresh=False)
