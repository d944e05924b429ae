"""Command menus of moderators' private chats: there as long as somebody is one, taken away when they are none."""

from collections.abc import Callable, Iterable

from telegram.error import TelegramError

from buddybot_telegram.commands import MenuEntry
from buddybot_telegram.connection import BotApi


class StaffMenus:
    """Sets what one person sees beside the text field. `entries` are the lists of a moderator.

    A menu is a help and no right: a command of moderators is refused to everybody else, whatever is listed.
    """

    def __init__(self, api: BotApi, entries: Callable[[int], Iterable[MenuEntry]]) -> None:
        """Know of nobody yet: menus set before a restart are as they were."""
        self._api, self._entries = api, entries
        self._listed: dict[int, bool] = {}

    async def known(self, person: int, *, moderator: bool, surely: bool = False) -> None:
        """Set or take away somebody's menu, where that is new; `surely` also where it may be left from before.

        Who never opened the chat has none yet: it is tried again when they are next known to be a moderator.
        """
        if self._listed.get(person, False) is moderator and not surely:
            return
        self._listed[person] = moderator
        for entry in self._entries(person):
            try:
                if moderator:
                    await self._api.call("setMyCommands", {**entry.key, **entry.value})
                else:
                    await self._api.call("deleteMyCommands", entry.key)
            except TelegramError:
                self._listed.pop(person, None)
        if not moderator:
            self._listed.pop(person, None)
