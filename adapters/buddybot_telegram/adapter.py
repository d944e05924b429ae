"""Telegram adapter: reports what people did, and carries out one effect for one recipient."""

import logging

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from buddybot import adapter as core
from buddybot_telegram.addresses import group_of, is_person
from buddybot_telegram.commands import by_word, menu, publish, words
from buddybot_telegram.connection import BotApi
from buddybot_telegram.enforcement import enforce
from buddybot_telegram.errors import delivery_error, is_harmless, is_settled, is_too_old, lacks_topic
from buddybot_telegram.inbound import PLATFORM, UpdateReader
from buddybot_telegram.outbound import ApiCall, Arguments, taken_back, to_call
from buddybot_telegram.permissions import Moderators, slowly, survey, usual_in
from buddybot_telegram.places import ForumDriver
from buddybot_telegram.settings import Settings
from buddybot_telegram.updates import Errands, UpdateHandler, listen, poll

log = logging.getLogger(__name__)


class Telegram:
    """One bot account."""

    platform = PLATFORM

    def __init__(self, settings: Settings) -> None:
        """Contact nobody yet: `run` does."""
        self.capabilities = core.Capabilities(
            many=False,
            places=True,
            per_second=settings.per_second,
            per_recipient_second=settings.per_recipient_second,
            per_group_second=settings.per_group_minute / 60,
            group_of=group_of,
        )
        self._settings = settings
        self._api = BotApi(settings)
        self._reads: core.Reads | None = None
        self._driver: ForumDriver | None = None
        self._errands = Errands()
        self._notices = core.Notices(log, "Telegram")

    async def run(self, inbox: core.Inbox, commands: tuple[core.Command, ...], reads: core.Reads) -> None:
        """Receive until cancelled. Raise `AdapterError` when that is impossible."""
        self._reads = reads
        driver = self._driver = ForumDriver(self._api, self._settings, inbox, reads, self._notices)
        reader = UpdateReader(self._settings.identity, by_word(commands), driver.book.all)
        moderators = Moderators(self._api, driver.book)
        try:
            me = await self._api.ask("getMe")
            assert isinstance(me, dict)
            await driver.book.build()
            await publish(self._api, menu(commands, reads, moderators.groups()))
            handler = UpdateHandler(
                self._api,
                inbox,
                driver,
                reader=reader,
                moderators=moderators,
                errands=self._errands,
                name=me["username"],
            )
            if self._settings.webhook_url:
                await listen(self._api, self._settings, handler.take)
            else:
                await poll(self._api, handler.take)
        finally:
            await self._errands.done()
            await self._api.close_connections()

    async def inspect(self, channels: tuple[core.Channel, ...]) -> tuple[str, ...]:
        """Return a sentence for each thing that the bot lacks in its groups."""
        try:
            return await survey(self._api, self._settings, channels)
        finally:
            await self._api.close_connections()

    # ── Going out ───────────────────────────────────────────────────────────────────────

    async def deliver(self, delivery: core.Delivery) -> core.MessageId:
        """Carry it out and return Telegram's id of the message made or changed."""
        account, message = delivery.address.account, delivery.message or core.MessageId("")
        channel = self._channel(account)
        try:
            result = await self._carry_out(delivery, channel)
        except TelegramError as error:
            if is_harmless(error) or self._is_over(delivery, channel, error):
                return message
            raise _meaning(delivery, error) from error.__cause__
        if self._driver is not None:
            self._driver.links.arrived(account)
        if delivery.message is None and isinstance(result, dict):
            return core.MessageId(str(result["message_id"]))
        return message

    def _channel(self, account: str) -> core.Channel | None:
        """Return the channel whose place an account is, None for a person; somebody's channel can't be written to."""
        if is_person(account):
            return None
        book = self._driver.book if self._driver is not None else None
        if book is not None and (channel := book.channel_at(account)) is not None:
            return channel
        raise core.Unreachable if book is not None and book.ready else core.RetryLater(1)

    async def _carry_out(self, delivery: core.Delivery, channel: core.Channel | None) -> object:
        if isinstance(delivery.effect, core.Restrict | core.Admit | core.Tune):
            if channel is not None:
                await self._enforce(delivery.address.account, channel, delivery.effect)
            return None
        call = to_call(delivery, self._words("may-be-a-repeat"))
        try:
            return await self._call(call)
        except BadRequest as error:
            if not isinstance(delivery.effect, core.Retract) or not is_too_old(error):
                raise
        return await self._call(taken_back(call, self._words("telegram-taken-back") or "\N{HORIZONTAL ELLIPSIS}"))

    async def _enforce(self, account: str, channel: core.Channel, effect: core.PlaceEffect) -> None:
        usual: Arguments = {}
        if isinstance(effect, core.Tune):
            usual = await usual_in(self._api.call, account)
            if effect.slow:
                self._notices.say(slowly(channel))
        for call in enforce(account, channel, effect, usual, core.utc_now()):
            await self._call(call)

    def _is_over(self, delivery: core.Delivery, channel: core.Channel | None, error: TelegramError) -> bool:
        """Return whether to go on after a refusal, told once, so that nothing else is held up."""
        if channel is None:
            is_over = isinstance(delivery.effect, core.Mark | core.React) and _meaning(delivery, error) is error
            if is_over:
                self._notices.say(f"a reaction was refused ({error.message}).")
            return is_over
        is_order = isinstance(delivery.effect, core.Restrict | core.Admit | core.Tune)
        if not isinstance(error, (BadRequest, Forbidden) if is_order else BadRequest):
            return False
        if lacks_topic(error):
            assert self._driver is not None
            self._errands.run(self._driver.lost(delivery.address.account))
            if not is_order:
                raise core.Unreachable
        elif not is_settled(error):
            self._notices.say(f'in the group of "{channel.key}" something was refused ({error.message}).')
        return not isinstance(delivery.effect, core.Send)

    async def _call(self, call: ApiCall) -> object:
        try:
            return await self._api.call(call.endpoint, call.arguments)
        except ChatMigrated as moved:
            if self._driver is not None:
                self._errands.run(self._driver.moved(int(str(call.arguments["chat_id"])), moved.new_chat_id))
            return await self._api.call(call.endpoint, {**call.arguments, "chat_id": moved.new_chat_id})

    def _words(self, key: str) -> str:
        # A delivery says no language yet, so the operator's first one is used.
        return words(self._reads, self._reads.locales()[0], key) if self._reads is not None else ""


def _meaning(delivery: core.Delivery, error: TelegramError) -> Exception:
    return delivery_error(error, repeatable=not isinstance(delivery.effect, core.Send))
