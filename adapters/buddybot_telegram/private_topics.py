"""Topics of private chats: each conversation of a person has its own, made when it is first needed.

Where a bot's private chats have no topics, where one can't be made, and until one is made again, everything goes on in
the plain chat: the alias stands before each note there. What is said in a topic that nobody knows is for the bot alone.
"""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping

import telegram
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from buddybot import adapter as core
from buddybot_telegram.addresses import chat_of, is_person
from buddybot_telegram.connection import BotApi
from buddybot_telegram.errors import NO_QUOTE, NO_TOPIC, REPLY_GONE, described, says, seconds
from buddybot_telegram.outbound import ApiCall, answering_nothing, quoting_nothing, within

BOT = ""
"""The key of the conversation with the bot."""
PLAIN = 0
"""The thread of what stands in no topic."""
MOST_PEOPLE, MOST_EARLIER, LONGEST_NAME = 4096, 4, 128
REFUSED_FOR = 3600.0
"""Seconds after which a topic is asked for again in a chat that refused one."""
TRIES = 2
"""A topic that is gone is made again once for a message."""
Threads = dict[str, tuple[int, ...]]
"""The topics of each conversation: the one that shows it is the last, none shows it where that is `PLAIN`."""
CarryOut = Callable[[core.Delivery, ApiCall], Awaitable[object]]


class PrivateTopics:
    """The topics of everybody's chat with one bot account."""

    def __init__(self, api: BotApi, inbox: core.Inbox, reads: core.Reads, notices: core.Notices) -> None:
        """Know nothing yet: `learn` says whether there are topics at all."""
        self._api, self._inbox, self._reads, self._notices = api, inbox, reads, notices
        self._is_on: bool | None = None
        self._bot_name = ""
        self._threads: MutableMapping[str, Threads] = core.lru(MOST_PEOPLE)
        self._heard: MutableMapping[str, int] = core.lru(MOST_PEOPLE)
        self._refused: MutableMapping[str, bool] = core.expiring(MOST_PEOPLE, REFUSED_FOR)
        self._ended: MutableMapping[tuple[str, int], bool] = core.lru(MOST_PEOPLE)

    def learn(self, me: Mapping[str, object]) -> None:
        """Take in what Telegram says of the bot's own account."""
        self._is_on, self._bot_name = me.get("has_topics_enabled") is True, str(me["first_name"])

    # ── What people do ──────────────────────────────────────────────────────────────────

    def heard_in(self, address: core.Address, message: telegram.Message | None) -> str:
        """Return the topic in which a message stands; empty: in none, one chat holds all conversations."""
        if message is None:
            return ""
        thread = (message.message_thread_id or PLAIN) if message.is_topic_message else PLAIN
        self._heard[address.account] = thread
        if thread == PLAIN:
            return ""
        self._is_on = True
        self._refused.pop(address.account, None)
        return str(thread)

    # ── What people are shown ───────────────────────────────────────────────────────────

    async def carry_out(self, delivery: core.Delivery, call: ApiCall, carry_out: CarryOut) -> object:
        """Carry out a call in the topic that it belongs to: in a new one if that is gone, at last in none."""
        effect, account = delivery.effect, delivery.address.account
        if not isinstance(effect, core.Send) or not is_person(account):
            return await carry_out(delivery, call)
        for _ in range(TRIES):
            if not (thread := await self._thread_for(delivery.address, effect.content)):
                break
            try:
                result = await _answered(delivery, within(call, thread), carry_out)
            except BadRequest as error:
                if not says(error, NO_TOPIC):
                    raise
                await self._lose(delivery.address, thread)
            else:
                await self._arrived(delivery.address, effect.content, thread, result)
                return result
        else:
            self._refused[account] = True  # a new one is gone at once as well
        return await _answered(delivery, call, carry_out)

    async def _thread_for(self, address: core.Address, content: core.Content) -> int:
        talk = content.conversation
        is_bots = talk.key == BOT or talk.kind is core.ConversationKind.CHANNEL
        if self._is_on is None and not is_bots:
            raise core.RetryLater(1)  # a moment later it is known where it goes
        if not self._is_on:
            return PLAIN
        if not is_bots:
            return await self._current(address, talk.key, content)
        heard = self._heard.get(address.account)
        if content.voice is core.Voice.CRISIS and address.account not in self._threads:
            return heard or PLAIN  # where they just were; the database may be what is in trouble
        return await self._of_the_bot(address, content, heard)

    async def _of_the_bot(self, address: core.Address, content: core.Content, heard: int | None) -> int:
        """Return the topic for what the bot says itself: its own, one of theirs that they just wrote in, or none."""
        try:
            threads = await self._known(address)
        except core.RetryLater:
            if heard is None:
                raise
            return heard
        if heard == PLAIN or not threads:
            return heard or PLAIN
        if heard is not None and not any(heard in every for every in threads.values()):
            return heard  # a topic that they made themselves
        return await self._current(address, BOT, content)

    async def _current(self, address: core.Address, key: str, content: core.Content) -> int:
        """Return the topic that shows a conversation now; one is made where there is none and it can be."""
        if thread := (await self._known(address)).get(key, (PLAIN,))[-1]:
            return thread
        if address.account in self._refused or content.conversation.over:
            return PLAIN
        arguments = {"chat_id": chat_of(address.account), "name": self._name(key, content)}
        try:
            made = await self._api.call("createForumTopic", arguments)
        except (BadRequest, Forbidden) as error:
            self._refused[address.account] = True
            self._notices.say(f"createForumTopic was refused in a private chat ({described(error)}).")
            return PLAIN
        except TelegramError as error:
            if content.voice is core.Voice.CRISIS:
                return PLAIN  # nothing is worth a wait now
            wait = seconds(error.retry_after) if isinstance(error, RetryAfter) else None
            raise core.RetryLater(wait) from error.__cause__
        assert isinstance(made, dict)
        await self._keep(address, key, int(made["message_thread_id"]))
        return int(made["message_thread_id"])

    async def _arrived(self, address: core.Address, content: core.Content, thread: int, result: object) -> None:
        """Look where it is shown: a topic that is gone may be passed over in silence; name one whose talk is over."""
        if isinstance(result, dict) and result.get("message_thread_id") != thread:
            self._refused[address.account] = True
            await self._lose(address, thread)
            return
        key = content.conversation.key
        if not content.conversation.over or key == BOT or (address.account, thread) in self._ended:
            return
        self._ended[address.account, thread] = True
        ended = core.words_or(self._reads, self._locale(content), "telegram-topic-ended")
        name = f"{self._name(key, content)[: LONGEST_NAME - len(ended) - 3]} ({ended})"
        arguments = {"chat_id": chat_of(address.account), "message_thread_id": thread, "name": name}
        try:
            await self._api.call("editForumTopic", arguments)
        except TelegramError as error:
            self._notices.say(f"editForumTopic was refused in a private chat ({type(error).__name__}).")

    # ── What is kept ────────────────────────────────────────────────────────────────────

    async def _known(self, address: core.Address) -> Threads:
        if (known := self._threads.get(address.account)) is None:
            kept = await self._inbox.threads(address)
            found = {key: tuple(int(one) for one in threads.split()) for key, threads in kept.items()}
            known = self._threads.setdefault(address.account, found)
        return known

    async def _keep(self, address: core.Address, key: str, thread: int) -> None:
        """Note what shows a conversation from now on; what is written in an earlier topic still goes there."""
        threads = await self._known(address)
        threads[key] = (*(one for one in threads.get(key, ()) if one), thread)[-MOST_EARLIER:]
        await self._inbox.keep_thread(address, key, " ".join(map(str, threads[key])))

    async def _lose(self, address: core.Address, thread: int) -> None:
        """Note that a topic is gone, or that there are none any more."""
        if self._heard.get(address.account) == thread:
            del self._heard[address.account]
        for key, every in (await self._known(address)).items():
            if every[-1] == thread:
                await self._keep(address, key, PLAIN)
                return

    # ── Names ───────────────────────────────────────────────────────────────────────────

    def _name(self, key: str, content: core.Content) -> str:
        """Return a name that tells nothing: the alias, else the kind of talk it is."""
        talk, locale = content.conversation, self._locale(content)
        if key == BOT:
            name = self._bot_name
        elif talk.kind is core.ConversationKind.CIRCLE:
            name = core.words_or(self._reads, locale, "whom-circle")
        elif talk.kind is core.ConversationKind.MODERATOR:
            name = core.words_or(self._reads, locale, "web-room-moderator")
        else:
            name = ", ".join(talk.others) or content.author
        return (name or self._bot_name)[:LONGEST_NAME]

    def _locale(self, content: core.Content) -> str:
        return content.language or self._reads.locales()[0]


async def _answered(delivery: core.Delivery, call: ApiCall, carry_out: CarryOut) -> object:
    """Carry it out; where the words that it quotes are not found there, or the message that it answers, without."""
    try:
        return await carry_out(delivery, call)
    except BadRequest as error:
        plain = quoting_nothing(call)
        if plain is not call and says(error, NO_QUOTE):
            return await _answered(delivery, plain, carry_out)
        if "reply_parameters" not in call.arguments or not says(error, REPLY_GONE):
            raise
    return await carry_out(delivery, answering_nothing(call))
