"""Bulk deletion in a channel of a server: the recent messages in one request, older ones one by one."""

from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from datetime import timedelta
from typing import TypeAlias

import discord
from discord.http import HTTPClient, Route

from buddybot import adapter as core
from buddybot_discord.errors import nothing_left, passes
from buddybot_discord.server.permissions import lack
from buddybot_discord.server.threads import name_at, spot_of

_AT_ONCE = "/channels/{channel_id}/messages/bulk-delete"
_FEWEST = 2
_RECENT = timedelta(days=14) - timedelta(minutes=5)
"""Discord deletes no message together with others that is older than two weeks, by its own clock."""


Retract: TypeAlias = Callable[[core.MessageId], Awaitable[None]]
"""Deletes a single message of a place, wherever in it that is."""


class DiscordPurging:
    """Deletes messages; what the gateway then tells of them is no news, so they are noted as `retracted` before."""

    def __init__(self, http: HTTPClient, retracted: MutableMapping[int, bool], notices: core.Notices) -> None:
        self._http, self._retracted, self._notices = http, retracted, notices

    async def purge(self, place: int, messages: Sequence[core.MessageId], retract: Retract) -> None:
        """Delete many messages of a place and its threads; raise `PartlyDeleted` where some are left.

        What a thread would not let go, since it is archived perhaps, goes like any single one by `retract`, and so does
        the first message of a post, which takes its title along.
        """
        spots, left = [spot_of(place, one) for one in messages], 0
        alone = [name_at(place, channel, own) for channel, own in spots if own in {"", str(channel)}]
        for channel in dict.fromkeys(channel for channel, _ in spots):
            here = [int(own) for where, own in spots if where == channel and own not in {"", str(channel)}]
            stay = await self._delete(channel, here)
            if channel == place:
                left += len(stay)
            else:
                alone += [name_at(place, channel, str(one)) for one in stay]
        for one in alone:
            left += not await _went(retract, one)
        if left:
            raise core.PartlyDeleted(left)

    async def _delete(self, channel: int, messages: Sequence[int]) -> Sequence[int]:
        """Delete them, and return those that are left; raises what passes, such as a rate limit."""
        since = discord.utils.time_snowflake(core.utc_now() - _RECENT)
        recent = [one for one in messages if one > since]
        together = recent if len(recent) >= _FEWEST else []
        left = await self._at_once(channel, together) if together else []
        return await self._each(channel, [*left, *(one for one in messages if one not in together)])

    async def _at_once(self, channel: int, messages: Sequence[int]) -> Sequence[int]:
        """Delete all in one request; return those that have to be tried one by one, since it was refused."""
        self._note(messages)
        try:
            body = {"messages": [str(one) for one in messages]}
            await self._http.request(Route("POST", _AT_ONCE, channel_id=channel), json=body)
        except discord.HTTPException as error:
            self._forget(messages)
            if passes(error):
                raise
            return messages
        return []

    async def _each(self, channel: int, messages: Sequence[int]) -> Sequence[int]:
        left = list[int]()
        for done, message in enumerate(messages):
            self._note([message])
            try:
                await self._http.delete_message(channel, message)
            except discord.Forbidden:
                self._forget([message])
                self._notices.say(lack("manage_messages"))
                return [*left, *messages[done:]]
            except discord.HTTPException as error:
                self._forget([message])
                if passes(error):
                    raise
                left += [] if nothing_left(error) else [message]
        return left

    def _note(self, messages: Sequence[int]) -> None:
        self._retracted.update(dict.fromkeys(messages, True))

    def _forget(self, messages: Sequence[int]) -> None:
        for one in messages:
            self._retracted.pop(one, None)


async def _went(retract: Retract, message: core.MessageId) -> bool:
    try:
        await retract(message)
    except discord.HTTPException as error:
        if passes(error):
            raise
        return nothing_left(error)
    return True
