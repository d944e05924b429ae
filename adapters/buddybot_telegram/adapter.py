"""The adapter: reports what people did on Telegram, and carries out one effect for one recipient."""

from datetime import UTC, datetime
from functools import partial

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from buddybot import adapter as core
from buddybot_telegram.hear import Ears, Errands, record
from buddybot_telegram.inbound import PLATFORM, Reader
from buddybot_telegram.menu import menu, publish, words
from buddybot_telegram.orders import orders
from buddybot_telegram.outbound import Call, taken_back, to_call
from buddybot_telegram.receive import listen, patiently, poll
from buddybot_telegram.rights import slowly, survey
from buddybot_telegram.rooms import Rooms
from buddybot_telegram.settings import Settings
from buddybot_telegram.spots import Spot, group_of
from buddybot_telegram.team import Team
from buddybot_telegram.wire import Wire, harmless, no_topic, settled, too_old, trouble


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
        self._wire = Wire(settings)
        self._reads: core.Reads | None = None
        self._rooms: Rooms | None = None
        self._errands = Errands()

    async def run(self, inbox: core.Inbox, commands: tuple[core.Command, ...], reads: core.Reads) -> None:
        """Receive until cancelled. Raise `AdapterError` when that is impossible."""
        self._reads = reads
        rooms = self._rooms = Rooms(self._wire, self._settings, inbox, reads, partial(record, inbox))
        reader, team = Reader.of(self._settings.identity, commands, rooms.spots), Team(self._wire, rooms.spots)
        try:
            me = await patiently(self._wire, "getMe")
            assert isinstance(me, dict)
            await rooms.begin()
            await publish(self._wire, menu(commands, reads, team.groups()))
            ears = Ears(self._wire, inbox, reader, rooms, team=team, name=me["username"], errands=self._errands)
            if self._settings.webhook_url:
                await listen(self._wire, self._settings, ears.take)
            else:
                await poll(self._wire, ears.take)
        finally:
            await self._errands.done()
            await self._wire.close_connections()

    async def inspect(self, channels: tuple[core.Channel, ...]) -> tuple[str, ...]:
        """Return a sentence for each thing that the bot lacks in its groups."""
        try:
            return await survey(self._wire, self._settings, channels)
        finally:
            await self._wire.close_connections()

    # ── Going out ───────────────────────────────────────────────────────────────────────

    async def deliver(self, delivery: core.Delivery) -> core.MessageId:
        """Carry it out and return Telegram's id of the message made or changed."""
        spot = self._spot(delivery.address.account)
        if isinstance(delivery.effect, core.Restrict | core.Admit | core.Tune):
            return core.MessageId("") if spot is None else await self._order(spot, delivery.effect)
        call = to_call(delivery, self._words("may-be-a-repeat"))
        try:
            result = await self._call(call)
        except TelegramError as error:
            if harmless(error):
                return delivery.message or core.MessageId("")
            if isinstance(delivery.effect, core.Retract) and too_old(error):
                return await self._empty(delivery, call)
            if spot is not None and self._passes(spot, delivery, error):
                return delivery.message or core.MessageId("")
            raise trouble(error, repeatable=not isinstance(delivery.effect, core.Send)) from error.__cause__
        if self._rooms is not None:
            self._rooms.doors.arrived(delivery.address.account)
        if delivery.message is None and isinstance(result, dict):
            return core.MessageId(str(result["message_id"]))
        return delivery.message or core.MessageId("")

    def _spot(self, account: str) -> Spot | None:
        """Return the place that an account is, None for a person; somebody's channel can't be written to."""
        if not account.startswith("-"):
            return None
        if (spot := self._rooms.spots.get(account) if self._rooms is not None else None) is not None:
            return spot
        raise core.Unreachable if self._rooms is not None and self._rooms.ready else core.RetryLater(1)

    def _passes(self, spot: Spot, delivery: core.Delivery, error: TelegramError) -> bool:
        """Say whether to go on after something was refused in a place, so that nothing else is held up."""
        if not isinstance(error, BadRequest):
            return False
        self._refused(spot, error)
        if no_topic(error):
            raise core.Unreachable
        return not isinstance(delivery.effect, core.Send)

    def _refused(self, spot: Spot, error: TelegramError) -> None:
        """Tell the operator what was refused, once; make a topic anew that is gone."""
        assert self._rooms is not None
        if no_topic(error):
            self._errands.run(self._rooms.lost(spot.account))
        elif not settled(error):
            self._rooms.remark(f'in the group of "{spot.channel.key}" something was refused ({error.message}).')

    async def _order(self, spot: Spot, effect: core.PlaceEffect) -> core.MessageId:
        """Do something to a person or a place; what is refused is said once, and holds nothing up."""
        assert self._rooms is not None
        try:
            usual = None
            if isinstance(effect, core.Tune) and spot.topic is None:
                chat = await self._wire.call("getChat", {"chat_id": spot.chat})
                usual = chat.get("permissions") if isinstance(chat, dict) else None
            for call in orders(spot, effect, usual or {}, datetime.now(UTC)):  # noqa: TID251  Telegram's own clock rules
                await self._call(call)
        except (BadRequest, Forbidden) as error:
            self._refused(spot, error)
        except TelegramError as error:
            raise trouble(error, repeatable=True) from error.__cause__
        if isinstance(effect, core.Tune) and effect.slow:
            self._rooms.remark(slowly(spot.channel))
        return core.MessageId("")

    async def _empty(self, delivery: core.Delivery, call: Call) -> core.MessageId:
        try:
            await self._call(taken_back(call, self._words("telegram-taken-back") or "\N{HORIZONTAL ELLIPSIS}"))
        except TelegramError as error:
            if not harmless(error):
                raise trouble(error, repeatable=True) from error.__cause__
        return delivery.message or core.MessageId("")

    async def _call(self, call: Call) -> object:
        try:
            return await self._wire.call(call.endpoint, call.arguments)
        except ChatMigrated as moved:
            if self._rooms is not None:
                self._errands.run(self._rooms.moved(int(str(call.arguments["chat_id"])), moved.new_chat_id))
            return await self._wire.call(call.endpoint, {**call.arguments, "chat_id": moved.new_chat_id})

    def _words(self, key: str) -> str:
        # A delivery says no language yet, so the operator's first one is used.
        return words(self._reads, self._reads.locales()[0], key) if self._reads is not None else ""
