"""Place driver: finds or makes topics and groups, pins, and follows what Telegram tells of them later."""

from functools import partial

from telegram.error import BadRequest, TelegramError

from buddybot.adapter import (
    Address,
    Channel,
    ChannelKind,
    Content,
    FoundPlace,
    Inbox,
    NoPlace,
    Notices,
    Place,
    PlaceBook,
    PlaceTaken,
    Reads,
)
from buddybot_telegram.addresses import account_of, chat_of, target, topic_of
from buddybot_telegram.connection import BotApi
from buddybot_telegram.deep_links import DeepLinks
from buddybot_telegram.enforcement import lock
from buddybot_telegram.errors import is_harmless, is_settled, lacks_topic
from buddybot_telegram.inbound import PLATFORM
from buddybot_telegram.outbound import Arguments, body
from buddybot_telegram.permissions import OUT, REFUSALS, group_at, homeless, lacking, unseen, usual_in
from buddybot_telegram.settings import Settings

LONGEST_NAME = 128


class ForumDriver:
    """Drives the book of places: a channel is a topic wherever its group has topics, else the whole group."""

    refusals: tuple[type[Exception], ...] = REFUSALS

    def __init__(self, api: BotApi, settings: Settings, inbox: Inbox, reads: Reads, notices: Notices) -> None:
        """Know no place yet: building the book does."""
        self.notices, self.links = notices, DeepLinks()
        home = Address(PLATFORM, settings.identity, "")
        self.book = PlaceBook(self, home, inbox, reads, self.notices)
        self._api, self._settings, self._inbox = api, settings, inbox
        self._ask = partial(api.ask, refusals=REFUSALS)

    # ── What the book asks for ──────────────────────────────────────────────────────────

    async def find(self, channel: Channel, known: tuple[str, ...]) -> FoundPlace | None:
        """Return the group, or the topic that was the channel's before; None where the topic is to be made."""
        if not (home := self._settings.home(channel)):
            raise NoPlace(homeless(channel))
        chat = await group_at(self._ask, home)
        for sentence in await lacking(self._ask, chat, channel, self._settings.identity):
            self.notices.say(sentence)
        group = int(str(chat["id"]))
        if chat.get("is_forum"):
            account = await self._topic(channel, group, home, known)
        else:
            account = account_of(group)
        moved = [one for one in known if one == home and chat_of(one) != group]
        return FoundPlace(account, *moved[:1]) if account else None

    async def make(self, channel: Channel) -> str:
        """Make a topic."""
        chat = await group_at(self._ask, self._settings.home(channel))
        made = await self._ask("createForumTopic", {"chat_id": chat["id"], "name": channel.title[:LONGEST_NAME]})
        assert isinstance(made, dict)
        return account_of(int(str(chat["id"])), int(made["message_thread_id"]))

    async def permit(self, channel: Channel, account: str) -> None:
        """Close an anonymous channel to everybody but the bot."""
        if channel.kind is not ChannelKind.ANONYMOUS:
            return
        for call in lock(account, await usual_in(self._ask, account), locked=True):
            await self._tried(call.endpoint, call.arguments)

    async def pin(self, channel: Channel, account: str, content: Content) -> tuple[str, str] | None:
        """Change what is pinned already, or post and pin it."""
        self.links.learn(Place(channel.key, account), content)
        shown = body(content)
        before, message = await self._remembered(channel)
        if before == account:
            there = {"chat_id": chat_of(account), "message_id": int(message)}
            if await self._tried("editMessageText", {**there, **shown}):
                return None
        sent = await self._tried("sendMessage", {**target(account), **shown, "disable_notification": True})
        if not isinstance(sent, dict):
            return None
        there = {"chat_id": chat_of(account), "message_id": sent["message_id"]}
        await self._tried("pinChatMessage", {**there, "disable_notification": True})
        return f"pin.{channel.key}", f"{account} {sent['message_id']}"

    def describe(self, channel: Channel, trouble: Exception) -> str:
        """Return what is to be done about a refusal."""
        if isinstance(trouble, PlaceTaken):
            return f'the channels "{trouble.other}" and "{channel.key}" would be in one group: turn on its topics.'
        assert isinstance(trouble, TelegramError)
        return (
            f'the channel "{channel.key}" can\'t be opened (Telegram says: {trouble.message}): is the bot in its '
            "group, with its rights, and is the group's number in config.toml right?"
        )

    async def _topic(self, channel: Channel, group: int, home: str, known: tuple[str, ...]) -> str:
        """Return the account of a topic that is still there; empty if it is to be made."""
        wanted = topic_of(home) if "/" in home else None
        before = (await self._remembered(channel))[0]
        topic = wanted or next((topic_of(one) for one in (*known, before) if one.startswith(f"{group}/")), None)
        if topic is None:
            return ""
        name = {"chat_id": group, "message_thread_id": topic, "name": channel.title[:LONGEST_NAME]}
        try:
            await self._ask("editForumTopic", name)
        except BadRequest as error:
            # One that is named so already, or may not be renamed, will do; one that is gone is made anew.
            if lacks_topic(error):
                if wanted:
                    raise
                return ""
        return account_of(group, topic)

    async def _remembered(self, channel: Channel) -> tuple[str, str]:
        """Return where the channel was last, and the message that is pinned there."""
        account, _, message = (await self._inbox.cursor(f"pin.{channel.key}") or "").partition(" ")
        return account, message

    async def _tried(self, endpoint: str, arguments: Arguments) -> object:
        """Do it if it can be done; what could not is said once. None: it was refused."""
        try:
            return await self._ask(endpoint, arguments)
        except REFUSALS as error:
            if is_settled(error):
                return True
            if is_harmless(error):
                return "not found" not in error.message.lower()
            self.notices.say(f"{endpoint} was refused ({error.message}).")
            return None

    # ── What changes later ──────────────────────────────────────────────────────────────

    async def moved(self, old: int, new: int) -> None:
        """Follow a group to its new number."""
        self.notices.say(f"a group has a new number: write {new} into config.toml instead of {old}.")
        for place in self._within(old):
            try:
                await group_at(self._ask, str(new))
            except REFUSALS:
                self.notices.say(unseen(self.book.channels[place.key]))
            else:
                await self.book.move(place.account, account_of(new))

    async def stands(self, chat: int, status: str) -> None:
        """Take in what the bot is now in a group."""
        self.notices.forget()
        if status in OUT:
            await self.book.close_all(lambda place: chat_of(place.account) == chat)
            return
        await self.book.build(lambda place: chat_of(place.account) == chat)
        if not self._within(chat):
            self.notices.say(
                f"the bot is in the group {chat}: to have channels there, set adapters.telegram.group = {chat}"
            )

    async def lost(self, account: str) -> None:
        """Make a topic again that somebody deleted."""
        if self.book.at(account) is not None:
            await self.book.close(account)
            await self.book.build(lambda _: False)

    def _within(self, chat: int) -> list[Place]:
        return [place for place in self.book.all() if chat_of(place.account) == chat]
