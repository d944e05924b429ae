"""Ephemeral messages of groups: what one person alone sees where they just did something, beside their private chat.

A server that is older than they are ignores what makes a message ephemeral, and would show it to everybody. So it is
asked first, with a method that only a newer one has; what comes back without being ephemeral is taken away at once.
"""

import asyncio
from collections import deque
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, field

import telegram
from telegram.error import BadRequest, Forbidden, TelegramError

from buddybot import adapter as core
from buddybot_telegram.addresses import account_of, chat_of, ephemeral_in, ephemeral_message, target
from buddybot_telegram.connection import BotApi
from buddybot_telegram.content import ephemeral_number
from buddybot_telegram.errors import described
from buddybot_telegram.group.permissions import knows_ephemerals
from buddybot_telegram.markup import draw
from buddybot_telegram.outbound import Arguments, body

HINT, OPEN = "telegram-only-you", "telegram-open-chat"
MOST, PATIENCE, ANSWERED = 4096, 3.0, 2.0
"""People remembered at once; seconds until a server that says nothing has shown nothing; and until a press leads to the
private chat instead."""
LONGEST = 4096
MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that somebody just did in a group: an answer may be shown beside it, for a few seconds."""

    account: str
    at: float
    press: str = ""
    answers: int = 0
    shown: asyncio.Event = field(default_factory=asyncio.Event)


class Ephemerals:
    """Shows answers of one bot account. `per_minute` bounds those in one group, so that its posts still get through."""

    def __init__(self, api: BotApi, words: Callable[[str, str], str], notices: core.Notices, per_minute: float) -> None:
        """Know nothing of the server yet: the first answer asks it."""
        self.home = ""
        """The address that opens the private chat."""
        self._api, self._words, self._notices = api, words, notices
        self._per_minute = max(1, int(per_minute))
        self._knows: bool | None = None
        self._occasions: MutableMapping[str, Occasion] = core.lru(MOST)
        self._given: MutableMapping[int, core.MessageId] = core.lru(MOST)
        self._twins: MutableMapping[tuple[str, core.MessageId], core.MessageId] = core.lru(MOST)
        self._recent: MutableMapping[int, deque[float]] = core.lru(MOST)

    # ── What they did ───────────────────────────────────────────────────────────────────

    def note(self, update: telegram.Update) -> Occasion | None:
        """Remember what somebody did in a group, and where; None where no answer can be shown beside it."""
        chat, user, query = update.effective_chat, update.effective_user, update.callback_query
        message = update.effective_message
        if chat is None or user is None or (query is None and update.message is None and update.edited_message is None):
            return None
        topic = None
        if isinstance(message, telegram.Message):
            topic = message.message_thread_id if message.is_topic_message else None
        answers = ephemeral_number(message) if query is None else 0
        now, press = asyncio.get_running_loop().time(), "" if query is None else query.id
        found = self._occasions[str(user.id)] = Occasion(account_of(chat.id, topic), now, press, answers)
        return found

    def forget(self, update: telegram.Update) -> None:
        """Show them no more there: they went on in private."""
        if update.effective_user is not None:
            self._occasions.pop(str(update.effective_user.id), None)

    async def answered(self, occasion: Occasion) -> bool:
        """Wait a moment for an answer to be shown; return whether it was."""
        if self._knows is not False:
            with suppress(TimeoutError):
                async with asyncio.timeout(ANSWERED):
                    await occasion.shown.wait()
        return occasion.shown.is_set()

    # ── What they see ───────────────────────────────────────────────────────────────────

    async def show(self, delivery: core.Delivery) -> core.MessageId | None:
        """Show a message where its reader just did something; None where it is not, or can't be known to be."""
        occasion, effect = self._occasions.get(delivery.address.account), delivery.effect
        if delivery.id in self._given:
            return self._given[delivery.id]
        if occasion is None or not isinstance(effect, core.Send) or delivery.repeat or not self._is_fresh(occasion):
            return None
        if core.ephemeral_of(effect.content, certain=False) is core.Ephemeral.NEVER:
            return None
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._show(delivery, effect.content, occasion) if await self._is_known() else None
        except (TelegramError, TimeoutError) as error:
            if isinstance(error, BadRequest | Forbidden):
                self._notices.say(f"an answer for one person in a group was refused ({described(error)}).")
            return None

    def pair(self, account: str, message: core.MessageId, shown: core.MessageId) -> None:
        """Remember that a message in private has a copy in a group, which changes and goes with it."""
        self._twins[account, message] = shown

    async def follow(self, delivery: core.Delivery) -> None:
        """Change the copy in a group like the message in private; a copy that is gone is no loss."""
        shown = self._twins.get((delivery.address.account, delivery.message or core.MessageId("")))
        if shown is not None:
            await self.change(delivery, shown)

    async def change(self, delivery: core.Delivery, shown: core.MessageId) -> None:
        """Carry an edit or a deletion over to an ephemeral message; it has no marks and no reactions."""
        if (found := ephemeral_in(shown)) is None:
            return
        account, number = found
        receiver = int(delivery.address.account)
        where = {"chat_id": chat_of(account), "receiver_user_id": receiver, "ephemeral_message_id": number}
        with suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(PATIENCE):
                if isinstance(delivery.effect, core.Edit):
                    await self._api.call("editEphemeralMessageText", {**where, **self._drawn(delivery.effect.content)})
                elif isinstance(delivery.effect, core.Retract):
                    await self._api.call("deleteEphemeralMessage", where)

    def _is_fresh(self, occasion: Occasion) -> bool:
        return asyncio.get_running_loop().time() - occasion.at < core.EPHEMERAL_FOR.total_seconds()

    async def _is_known(self) -> bool:
        """Ask the server once whether it knows ephemeral messages; no answer is asked again next time."""
        if self._knows is None:
            self._knows = await knows_ephemerals(self._api.call)
        return self._knows

    async def _show(self, delivery: core.Delivery, content: core.Content, occasion: Occasion) -> core.MessageId | None:
        group = chat_of(occasion.account)
        if content.voice is not core.Voice.CRISIS and not self._has_room(group):
            return None
        made = await self._api.call("sendMessage", self._asked(delivery, content, occasion))
        if not isinstance(made, dict):
            return None
        if not (number := made.get("ephemeral_message_id")):
            self._knows = False
            self._notices.say("the server showed an answer for one person to everybody; it was taken away.")
            await self._api.call("deleteMessage", {"chat_id": group, "message_id": made["message_id"]})
            return None
        occasion.shown.set()
        shown = self._given[delivery.id] = ephemeral_message(occasion.account, int(number))
        return shown

    def _asked(self, delivery: core.Delivery, content: core.Content, occasion: Occasion) -> Arguments:
        """Return the arguments as both 10.3, in a table of their own, and 10.2 want them: each ignores the other's."""
        who: dict[str, object] = {"receiver_user_id": int(delivery.address.account)}
        if occasion.press:
            who["callback_query_id"] = occasion.press
        quiet = content.voice is not core.Voice.CRISIS
        asked = {**target(occasion.account), "protect_content": True, "disable_notification": quiet}
        if occasion.answers:
            asked["reply_parameters"] = {"ephemeral_message_id": occasion.answers}
        return {**asked, **self._drawn(content), **who, "ephemeral_message_parameters": who}

    def _drawn(self, content: core.Content) -> Arguments:
        """Draw it; below a question, who reads what is typed, and the way to the private chat."""
        if not content.choices:
            return body(content)
        hint = "\n" + self._words(content.language, HINT)
        shown = body(content, draw(content, hint if len(content.text) + len(hint) < LONGEST else ""))
        rows, label = shown["reply_markup"], self._words(content.language, OPEN)
        if label and isinstance(rows, dict):
            door = [{"text": label, "url": self.home}]
            shown = {**shown, "reply_markup": {"inline_keyboard": [*rows["inline_keyboard"], door]}}
        return shown

    def _has_room(self, group: int) -> bool:
        """Return whether this group has room for one more this minute, and take it."""
        now, recent = asyncio.get_running_loop().time(), self._recent.setdefault(group, deque())
        while recent and recent[0] < now - MINUTE:
            recent.popleft()
        if len(recent) >= self._per_minute:
            return False
        recent.append(now)
        return True
