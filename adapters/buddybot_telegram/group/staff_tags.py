"""Member tags of moderators in members' groups: beside the name as long as somebody is one, where that is wanted.

Only groups of this community's own channels are ever tagged, and only those people whom Telegram itself knows as
members of the moderators' group: a tag tells whoever is there who looks after the place, and nothing of anybody else.
"""

from collections.abc import Callable, Iterable

from telegram.error import BadRequest, Forbidden, TelegramError

from buddybot.adapter import Notices
from buddybot_telegram.connection import BotApi
from buddybot_telegram.errors import LACKING, is_missing, says
from buddybot_telegram.group.permissions import RIGHTS, TAGS

LONGEST_TAG = 16


class StaffTags:
    """Sets and takes away the tag `words`; none where that is empty. `groups` are those that members are in."""

    def __init__(self, api: BotApi, groups: Callable[[], Iterable[int]], words: str, notices: Notices) -> None:
        """Know of nobody yet: tags set before a restart are as they were."""
        self._api, self._groups, self._words, self._notices = api, groups, words[:LONGEST_TAG], notices
        self._tagged: dict[int, bool] = {}

    async def known(self, person: int, *, moderator: bool, surely: bool = False) -> None:
        """Set or take away somebody's tag, where that is new; `surely` also where it may be left from before."""
        if not self._words or (self._tagged.get(person, False) is moderator and not surely):
            return
        self._tagged[person] = moderator
        for chat in self._groups():
            if not await self._set(chat, person, self._words if moderator else ""):
                self._tagged.pop(person, None)  # when they are next seen
        if not moderator:
            self._tagged.pop(person, None)

    async def _set(self, chat: int, person: int, tag: str) -> bool:
        """Return whether nothing is left to do: whoever is no plain member there, or not there, has no tag of ours."""
        try:
            await self._api.call("setChatMemberTag", {"chat_id": chat, "user_id": person, "tag": tag})
        except (BadRequest, Forbidden) as error:
            if says(error, LACKING):
                button, cost = RIGHTS[TAGS]
                self._notices.say(f'in the members\' group the bot has no right "{button}": {cost}.')
                return False
            if is_missing(error):
                self._notices.say("the Bot API server is older than 9.5: it knows no tags of members.")
        except TelegramError:
            return False
        return True
