"""Bulk deletion: many messages of a group in one call, and what is refused of them found by halves.

Telegram refuses a whole call for one message that it won't delete, and does not say which.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from telegram.error import BadRequest, Forbidden, TelegramError

from buddybot_telegram.errors import GONE, LACKING, TOO_OLD, is_missing, says
from buddybot_telegram.outbound import Arguments

Call: TypeAlias = Callable[[str, Arguments], Awaitable[object]]


class Purging:
    """Deletes messages of one chat. `emptied` is what a message of the bot's own shows that is too old to delete."""

    def __init__(self, call: Call, chat: int, emptied: str) -> None:
        """Ask for many at once, until a server is found not to know how."""
        self._call, self._chat, self._emptied = call, chat, emptied
        self._at_once = True
        self.refusal: TelegramError | None = None
        """Why all that was left stands, where it is no message's own fault."""

    async def delete(self, messages: Sequence[int]) -> int:
        """Delete them, and return how many are left; raises what passes, such as a rate limit."""
        try:
            return await self._deleted(messages)
        except Forbidden as error:
            self.refusal = error
            return len(messages)

    async def _deleted(self, messages: Sequence[int]) -> int:
        if self.refusal is not None:
            return len(messages)
        if len(messages) == 1:
            return await self._one(messages[0])
        try:
            if self._at_once:
                await self._call("deleteMessages", {"chat_id": self._chat, "message_ids": list(messages)})
                return 0
        except BadRequest as error:
            if is_missing(error):
                self._at_once = False
            elif says(error, (*GONE, *LACKING)):
                self.refusal = error
                return len(messages)
        half = len(messages) // 2
        return await self._deleted(messages[:half]) + await self._deleted(messages[half:])

    async def _one(self, message: int) -> int:
        there = {"chat_id": self._chat, "message_id": message}
        try:
            await self._call("deleteMessage", there)
        except BadRequest as error:
            if "to delete not found" in error.message.lower():
                return 0
            return await self._emptied_instead(there) if says(error, TOO_OLD) else 1
        return 0

    async def _emptied_instead(self, there: Arguments) -> int:
        try:
            await self._call("editMessageText", {**there, "text": self._emptied})
        except BadRequest:
            return 1
        return 0
