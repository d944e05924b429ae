"""Download of a photo or a voice note: from Discord's own file hosts alone, bounded in bytes and time, kept nowhere."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import aiohttp
import discord

from buddybot import adapter as core
from buddybot_discord.errors import FAILURES

KINDS = frozenset({"photo", "voice"})
_HOME = "discord.com"
_HOSTS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
_PIECE = 65_536


def described(message: discord.Message, kinds: tuple[str, ...], api: str, seconds: float) -> core.IncomingFile | None:
    """Return the file of a message that is one photo or one voice note and nothing else."""
    if len(message.attachments) != 1 or len(kinds) != 1 or kinds[0] not in KINDS:
        return None
    (file,) = message.attachments
    return core.IncomingFile(kinds[0], _fetching(file.url, api, seconds), file.size, round(file.duration or 0))


def reported(
    message: core.MessageId, find: Callable[[], Awaitable[str]], api: str, seconds: float
) -> core.ReportedFile:
    """Return the file in a message of ours: `find` says where it lies once somebody shared it."""

    async def fetch(most: int) -> bytes:
        try:
            url = await find()
        except FAILURES as error:
            raise core.NotFetched from error
        return await _fetching(url, api, seconds)(most)

    return core.ReportedFile(message, fetch)


def _fetching(url: str, api: str, seconds: float) -> Callable[[int], Awaitable[bytes]]:
    async def fetch(most: int) -> bytes:
        if not _is_theirs(url, api):
            raise core.NotFetched
        try:
            return await _fetched(url, most, seconds)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise core.NotFetched from error

    return fetch


def _is_theirs(url: str, api: str) -> bool:
    """Return whether an address is one of Discord's files; of another server's that speaks its API, its own."""
    there, home = urlsplit(url), urlsplit(api)
    if home.hostname != _HOME:
        return (there.scheme, there.netloc) == (home.scheme, home.netloc)
    return there.scheme == "https" and there.netloc in _HOSTS


async def _fetched(url: str, most: int, seconds: float) -> bytes:
    data = bytearray()
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(seconds)) as session,
        session.get(url, allow_redirects=False, raise_for_status=True) as answer,
    ):
        if answer.status != 200:  # noqa: PLR2004 - a redirect leads elsewhere
            raise core.NotFetched
        async for piece in answer.content.iter_chunked(_PIECE):
            data += piece
            if len(data) > most:
                raise core.NotFetched
    return bytes(data)


def as_spoiler(media: core.MediaFile) -> core.Document:
    """Return a member's file as an attachment that is hidden until it is clicked, under a name that says nothing.

    A voice note is a file, too: Discord's own kind can't have words with it, and so not say whose it is.
    """
    ending = "jpg" if media.kind == "photo" else "ogg"
    return core.Document(f"SPOILER_{media.kind}.{ending}", media.media_type, data=media.data)
