"""The adapter: reports what people did on Telegram, and carries out one effect for one recipient."""

import asyncio
import logging

from telegram import Update
from telegram.error import ChatMigrated, TelegramError

from buddybot.adapter import Capabilities, Command, Delivery, Inbound, Inbox, MessageId, Reads, Retract, Send
from buddybot_telegram.inbound import PLATFORM, Reader
from buddybot_telegram.menu import menu, publish, words
from buddybot_telegram.outbound import Call, taken_back, to_call
from buddybot_telegram.receive import Raw, listen, patiently, pauses, poll
from buddybot_telegram.settings import Settings
from buddybot_telegram.wire import Wire, harmless, too_old, trouble

log = logging.getLogger(__name__)


class Telegram:
    """One bot account."""

    platform = PLATFORM

    def __init__(self, settings: Settings) -> None:
        """Contact nobody yet: `run` does."""
        self.capabilities = Capabilities(
            many=False,
            per_second=settings.per_second,
            per_recipient_second=settings.per_recipient_second,
        )
        self._settings = settings
        self._wire = Wire(settings)
        self._reads: Reads | None = None
        self._answers: set[asyncio.Task[None]] = set()

    async def run(self, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:
        """Receive until cancelled. Raise `AdapterError` when that is impossible."""
        self._reads = reads
        reader = Reader.of(self._settings.identity, commands)

        async def take(raw: Raw) -> None:
            await self._take(raw, reader, inbox)

        try:
            await patiently(self._wire, "getMe")
            await publish(self._wire, menu(commands, reads))
            if self._settings.webhook_url:
                await listen(self._wire, self._settings, take)
            else:
                await poll(self._wire, take)
        finally:
            await asyncio.gather(*self._answers, return_exceptions=True)
            await self._wire.close_connections()

    async def deliver(self, delivery: Delivery) -> MessageId:
        """Carry it out and return Telegram's id of the message made or changed."""
        call = to_call(delivery, self._words("may-be-a-repeat"))
        try:
            result = await self._call(call)
        except TelegramError as error:
            if harmless(error):
                return delivery.message or MessageId("")
            if isinstance(delivery.effect, Retract) and too_old(error):
                return await self._empty(delivery, call)
            raise trouble(error, repeatable=not isinstance(delivery.effect, Send)) from error.__cause__
        if delivery.message is None and isinstance(result, dict):
            return MessageId(str(result["message_id"]))
        return delivery.message or MessageId("")

    async def _empty(self, delivery: Delivery, call: Call) -> MessageId:
        try:
            await self._call(taken_back(call, self._words("telegram-taken-back") or "\N{HORIZONTAL ELLIPSIS}"))
        except TelegramError as error:
            if not harmless(error):
                raise trouble(error, repeatable=True) from error.__cause__
        return delivery.message or MessageId("")

    async def _call(self, call: Call) -> object:
        try:
            return await self._wire.call(call.endpoint, call.arguments)
        except ChatMigrated as moved:
            return await self._wire.call(call.endpoint, {**call.arguments, "chat_id": moved.new_chat_id})

    async def _take(self, raw: Raw, reader: Reader, inbox: Inbox) -> None:
        """Return only when the update is on disk: the poll or the webhook acknowledges it after that."""
        try:
            event = reader.read(update := Update.de_json(dict(raw), self._wire))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            # One malformed update must not stop all those behind it.
            log.warning("Telegram: update %s can't be read (%s): skipped", raw.get("update_id"), type(error).__name__)
            return
        if event is not None:
            await self._record(event, inbox)
        if update.callback_query is not None:
            task = asyncio.create_task(self._answer(update.callback_query.id))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

    async def _record(self, event: Inbound, inbox: Inbox) -> None:
        for pause in pauses():
            try:
                await inbox.put(event)
                break
            except Exception as error:  # noqa: BLE001 - the border "inbound put": nothing is acknowledged until it is over
                # No traceback: what failed to be stored could stand in it.
                kind = type(error).__name__
                log.warning("Telegram: update %s is not stored (%s), again in %.1f s", event.origin.event, kind, pause)
                await asyncio.sleep(pause)

    async def _answer(self, query: str) -> None:
        try:
            await self._wire.call("answerCallbackQuery", {"callback_query_id": query})
        except TelegramError as error:
            # Too old, or the line is down: the button stops turning by itself.
            log.info("Telegram: a button press stayed unanswered (%s)", type(error).__name__)

    def _words(self, key: str) -> str:
        # A delivery says no language yet, so the operator's first one is used.
        return words(self._reads, self._reads.locales()[0], key) if self._reads is not None else ""
