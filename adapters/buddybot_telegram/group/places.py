"""Driver of the port's `PlaceBook`: finds or makes topics and groups, pins, and follows what Telegram tells of them."""

from functools import partial

from telegram.error import BadRequest

from buddybot import adapter as core
from buddybot_telegram.addresses import account_of, chat_of, target, topic_of
from buddybot_telegram.connection import BotApi
from buddybot_telegram.errors import HARMLESS, NO_TOPIC, SETTLED, described, says
from buddybot_telegram.group.deep_links import DeepLinks
from buddybot_telegram.group.enforcement import lock
from buddybot_telegram.group.ephemerals import Ephemerals
from buddybot_telegram.group.permissions import OUT, REFUSALS, group_at, homeless, lacking, usual_in
from buddybot_telegram.inbound import PLATFORM
from buddybot_telegram.outbound import Arguments, body
from buddybot_telegram.settings import Settings as TelegramSettings

LONGEST_NAME = 128
SILENTLY = {"disable_notification": True}


def _worded(reads: core.Reads, locale: str, key: str) -> str:
    return core.words_or(reads, locale or reads.locales()[0], key)


class ForumPlaces:
    """Drives the book of places: a channel is a topic wherever its group has topics, else the whole group."""

    refusals: tuple[type[Exception], ...] = REFUSALS

    def __init__(
        self, api: BotApi, settings: TelegramSettings, inbox: core.Inbox, reads: core.Reads, notices: core.Notices
    ) -> None:
        """Know no place yet: building the book does."""
        self.links = DeepLinks()
        words = partial(_worded, reads)
        self.ephemerals = Ephemerals(api, words, notices, settings.per_group_minute / 2)
        self.book = core.PlaceBook(self, core.Address(PLATFORM, settings.identity, ""), inbox, reads, notices)
        self._notices, self._settings, self._inbox = notices, settings, inbox
        self._ask = partial(api.ask, refusals=REFUSALS)

    # ── What the book asks for ──────────────────────────────────────────────────────────

    async def find(self, channel: core.Channel, known: tuple[str, ...]) -> core.FoundPlace | None:
        """Return the group, or the topic that was the channel's before; None where the topic is to be made."""
        if not (home := self._settings.home(channel)):
            raise core.NoPlace(homeless(channel))
        chat = await group_at(self._ask, home)
        for sentence in await lacking(
            self._ask, chat, channel, self._settings.identity, tags=self._settings.tags != "off"
        ):
            self._notices.say(sentence)
        group = int(str(chat["id"]))
        account = await self._topic(channel, group, home, known) if chat.get("is_forum") else account_of(group)
        moved = [one for one in known if one == home and chat_of(one) != group]
        return core.FoundPlace(account, *moved[:1]) if account else None

    async def make(self, channel: core.Channel) -> str:
        """Make a topic."""
        chat = await group_at(self._ask, self._settings.home(channel))
        made = await self._ask("createForumTopic", {"chat_id": chat["id"], "name": channel.title[:LONGEST_NAME]})
        assert isinstance(made, dict)
        return account_of(int(str(chat["id"])), int(made["message_thread_id"]))

    async def permit(self, channel: core.Channel, account: str) -> None:
        """Close an anonymous channel to everybody but the bot; a group that can't be seen is refused."""
        usual = await usual_in(self._ask, account)
        for call in lock(account, usual, locked=True) if channel.kind is core.ChannelKind.ANONYMOUS else ():
            await self._tried(call.endpoint, call.arguments)

    async def pin(self, channel: core.Channel, account: str, content: core.Content) -> tuple[str, str] | None:
        """Change what is pinned already, or post and pin it."""
        self.links.learn(core.Place(channel.key, account), content)
        shown, here = body(content), {"chat_id": chat_of(account)}
        before, message = await self._remembered(channel)
        if before == account and await self._tried("editMessageText", {**here, "message_id": int(message), **shown}):
            return None
        sent = await self._tried("sendMessage", {**target(account), **shown, **SILENTLY})
        if not isinstance(sent, dict):
            return None
        await self._tried("pinChatMessage", {**here, "message_id": sent["message_id"], **SILENTLY})
        return f"pin.{channel.key}", f"{account} {sent['message_id']}"

    def describe(self, channel: core.Channel, trouble: Exception) -> str:
        """Return what is to be done about a refusal."""
        if isinstance(trouble, core.PlaceTaken):
            return f'the channels "{trouble.other}" and "{channel.key}" would be in one group: turn on its topics.'
        question = "is the bot in its group, with its rights, and is the group's number in config.toml right?"
        return f'the channel "{channel.key}" can\'t be opened (Telegram says: {trouble}): {question}'

    async def _topic(self, channel: core.Channel, group: int, home: str, known: tuple[str, ...]) -> str:
        """Return the account of a topic that is still there; empty if it is to be made."""
        wanted, before = topic_of(home), (await self._remembered(channel))[0]
        topic = wanted or next((topic_of(one) for one in (*known, before) if one.startswith(f"{group}/")), None)
        if topic is None:
            return ""
        name = {"chat_id": group, "message_thread_id": topic, "name": channel.title[:LONGEST_NAME]}
        try:
            await self._ask("editForumTopic", name)
        except BadRequest as error:
            # One that is named so already, or may not be renamed, will do; one that is gone is made anew.
            if says(error, NO_TOPIC):
                if wanted:
                    raise
                return ""
        return account_of(group, topic)

    async def _remembered(self, channel: core.Channel) -> tuple[str, str]:
        """Return where the channel was last, and the message that is pinned there."""
        kept = await core.until_read(partial(self._inbox.cursor, f"pin.{channel.key}"))
        account, _, message = (kept or "").partition(" ")
        return account, message

    async def _tried(self, endpoint: str, arguments: Arguments) -> object:
        """Do it if it can be done; what could not is said once. None: it was refused."""
        try:
            return await self._ask(endpoint, arguments)
        except REFUSALS as error:
            if not says(error, (*SETTLED, *HARMLESS)):
                self._notices.say(f"{endpoint} was refused ({described(error)}).")
                return None
            return "not found" not in error.message.lower()

    # ── What changes later ──────────────────────────────────────────────────────────────

    async def moved(self, old: int, new: int) -> None:
        """Follow a group to its new number."""
        self._notices.say(f"a group has a new number: write {new} into config.toml instead of {old}.")
        for place in self._within(old):
            await self.book.move(place.account, account_of(new))

    async def stands(self, chat: int, status: str) -> None:
        """Take in what the bot is now in a group."""
        self._notices.forget()
        if status in OUT:
            await self.book.close_all(lambda place: chat_of(place.account) == chat)
            return
        await self.book.build(lambda place: chat_of(place.account) == chat)
        if not self._within(chat):
            team = f'moderators_group = "{chat}" where the team is'
            self._notices.say(f'the bot is in group {chat}: set adapters.telegram.group = "{chat}", or {team}.')

    async def lost(self, account: str) -> None:
        """Make a topic again that somebody deleted."""
        if self.book.at(account) is not None:
            await self.book.close(account)
            await self.book.build(lambda _: False)

    def members_groups(self) -> set[int]:
        """Return the groups that members are in, and not the team alone."""
        return {chat_of(place.account) for place in self.book.all(core.ChannelKind.OPEN, core.ChannelKind.ANONYMOUS)}

    def _within(self, chat: int) -> list[core.Place]:
        return [place for place in self.book.all() if chat_of(place.account) == chat]
