"""Download of a photo or a voice note: from the Bot API's own host alone, bounded in bytes and time, kept nowhere."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

import httpx
import telegram
from telegram.error import TelegramError

from buddybot import adapter as core
from buddybot_telegram.connection import BotApi
from buddybot_telegram.settings import Settings as TelegramSettings

Fetch: TypeAlias = Callable[[int], Awaitable[bytes]]
KINDS = frozenset({"photo", "voice"})


def described(
    message: telegram.Message, kinds: tuple[str, ...], fetch: Callable[[str], Fetch]
) -> core.IncomingFile | None:
    """Return the file of a message that is one photo or one voice note and nothing else."""
    match kinds:
        case ("photo",) if message.photo:
            largest = message.photo[-1]
            return core.IncomingFile("photo", fetch(largest.file_id), largest.file_size or 0)
        case ("voice",) if message.voice is not None:
            voice = message.voice
            return core.IncomingFile("voice", fetch(voice.file_id), voice.file_size or 0, _seconds(voice))
        case _:
            return None


def _seconds(voice: telegram.Voice) -> int:
    duration = voice.to_dict().get("duration")  # the attribute is on its way to another type
    return duration if isinstance(duration, int) else 0


def nothing_to_fetch(_: str) -> Fetch:
    """Return what finds no file: for a reader that is asked for events alone."""

    async def fetch(_: int) -> bytes:
        raise core.NotFetched

    return fetch


class FileDoor:
    """Fetches files by their id; neither the id nor the path, which holds the token, is ever logged."""

    def __init__(self, api: BotApi, settings: TelegramSettings) -> None:
        self._api = api
        self._base = f"{settings.base_url}/file/bot{settings.token}/"
        self._timeout = settings.timeout_seconds

    def of(self, file_id: str) -> Fetch:
        """Return what fetches this file."""

        async def fetch(most: int) -> bytes:
            try:
                return await self._fetched(file_id, most)
            except (TelegramError, httpx.HTTPError, ValueError) as error:
                raise core.NotFetched from error

        return fetch

    async def _fetched(self, file_id: str, most: int) -> bytes:
        found = await self._api.call("getFile", {"file_id": file_id})
        path = found.get("file_path") if isinstance(found, dict) else None
        # A path that leaves the folder of this bot's files is none that Telegram gives.
        if not isinstance(path, str) or path.startswith("/") or ".." in path or ":" in path:
            raise core.NotFetched
        data = bytearray()
        async with (
            httpx.AsyncClient(timeout=self._timeout, follow_redirects=False) as client,
            client.stream("GET", self._base + path) as answer,
        ):
            answer.raise_for_status()
            async for piece in answer.aiter_bytes():
                data += piece
                if len(data) > most:
                    raise core.NotFetched
        return bytes(data)
