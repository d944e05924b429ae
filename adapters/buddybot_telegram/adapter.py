"""Telegram adapter: reports what people did, and carries out one effect for one recipient."""

import contextlib
import logging
import math
from collections.abc import Mapping, MutableMapping
from functools import partial

from telegram.error import BadRequest, Forbidden, TelegramError

from buddybot import adapter as core
from buddybot_telegram.addresses import chat_of, ephemeral_in, group_of, is_person
from buddybot_telegram.commands import by_word, menu, publish, staff_menu
from buddybot_telegram.connection import BotApi
from buddybot_telegram.errors import (
    HARMLESS,
    NO_TOPIC,
    SETTLED,
    TOO_OLD,
    delivery_error,
    described,
    ends_quietly,
    says,
)
from buddybot_telegram.files import KINDS, FileDoor
from buddybot_telegram.group.cases import CaseTopics
from buddybot_telegram.group.enforcement import enforce
from buddybot_telegram.group.permissions import slowly, usual_in
from buddybot_telegram.group.places import ForumPlaces
from buddybot_telegram.group.purging import Purging
from buddybot_telegram.group.staff_menus import StaffMenus
from buddybot_telegram.group.staff_tags import StaffTags
from buddybot_telegram.group.survey import survey
from buddybot_telegram.inbound import PLATFORM, UpdateReader
from buddybot_telegram.outbound import ApiCall, Arguments, in_pieces, is_sign, taken_back, to_call
from buddybot_telegram.polling import CONFLICT_PAUSES, poll
from buddybot_telegram.private_topics import PrivateTopics
from buddybot_telegram.settings import PER_SECOND
from buddybot_telegram.settings import Settings as TelegramSettings
from buddybot_telegram.updates import UpdateHandler, listen

TAKEN = 30
"""Messages that Telegram takes within a second, where a bot sends `PER_SECOND`."""
MOST_BUTTONS, MOST_SIGNS = 100, 4096
REPEATED, TAKEN_BACK, TAG = "may-be-a-repeat", "telegram-taken-back", "telegram-tag-moderator"
log = logging.getLogger(__name__)


class Telegram:
    """One bot account."""

    platform = PLATFORM

    def __init__(self, settings: TelegramSettings) -> None:
        """Contact nobody yet: `run` does."""
        self.capabilities = core.Capabilities(
            many=False,
            media=KINDS,
            max_choices=MOST_BUTTONS,
            places=True,
            case_threads=settings.cases != "off" and bool(settings.moderators_group or settings.places),
            per_second=settings.per_second,
            most_per_second=math.ceil(settings.per_second * TAKEN / PER_SECOND),
            per_recipient_second=settings.per_recipient_second,
            per_group_second=settings.per_group_minute / 60,
            group_of=group_of,
        )
        self._settings = settings
        self.identity = settings.identity
        self._api = BotApi(settings, self._follow)
        self._words: Mapping[str, str] = {}
        self._places: ForumPlaces | None = None
        self._topics: PrivateTopics | None = None
        self._cases: CaseTopics | None = None
        self._background = core.BackgroundTasks(log)
        self._notices = core.Notices(log, "Telegram")
        self._signs: MutableMapping[tuple[str, core.MessageId], int] = core.lru(MOST_SIGNS)
        self._conflict_pauses = CONFLICT_PAUSES

    async def run(self, inbox: core.Inbox, commands: tuple[core.Command, ...], reads: core.Reads) -> None:
        """Receive until cancelled. Raise `AdapterError` when that is impossible."""
        # A delivery says no language yet, so the operator's first one is used.
        topics = self._topics = PrivateTopics(self._api, inbox, reads, self._notices)
        await self._api.open_connections()
        self._words = {key: core.words_or(reads, reads.locales()[0], key) for key in (REPEATED, TAKEN_BACK)}
        places = self._places = ForumPlaces(self._api, self._settings, inbox, reads, self._notices)
        cases = CaseTopics(self._api, places.book, inbox, self._notices, topics=self._settings.cases == "topics")
        self._cases = cases
        fetch = FileDoor(self._api, self._settings).of
        reader = UpdateReader(self._settings.identity, by_word(commands), places.book.all, fetch, cases.is_team)
        menus = StaffMenus(self._api, partial(staff_menu, commands, reads))
        shown = core.words_or(reads, reads.locales()[0], TAG) if self._settings.tags == "team" else ""
        tags = StaffTags(self._api, places.members_groups, shown, self._notices)
        handler = UpdateHandler(
            self._api, inbox, reader, places, topics, menus=menus, tags=tags, background=self._background
        )
        try:
            me = await self._api.ask("getMe")
            assert isinstance(me, dict)
            places.links.bot = me["username"]
            topics.learn(me)
            await inbox.known_as(self.identity, f"https://t.me/{me['username']}")
            places.ephemerals.home = places.links.door
            await places.book.build()
            self._background.run(publish(self._api, menu(commands, reads, handler.moderators.groups())))
            if self._settings.webhook_url:
                await listen(self._api, self._settings, handler.take)
            else:
                await poll(self._api, handler.take, self._conflict_pauses, reads.standing)
        finally:
            await self._background.end()
            await self._api.close_connections()

    async def inspect(self, channels: tuple[core.Channel, ...], locales: tuple[str, ...]) -> tuple[str, ...]:
        """Return a sentence for each thing that the bot lacks in its groups."""
        try:
            return await survey(self._api, self._settings, channels, locales)
        finally:
            await self._api.close_connections()

    # ── Going out ───────────────────────────────────────────────────────────────────────

    async def deliver(self, delivery: core.Delivery) -> core.MessageId:
        """Carry it out and return Telegram's id of the message made or changed."""
        account, message = delivery.address.account, delivery.message or core.MessageId("")
        channel, result = self._channel(account), None
        if isinstance(delivery.effect, core.ThreadPost | core.Purge | core.Restrict | core.Admit | core.Tune):
            return await self._at_place(delivery, delivery.effect, channel)
        if delivery.repeat and REPEATED not in self._words:
            raise core.RetryLater(1)  # it is not running yet, and could not mark it
        if ephemeral_in(message):
            await self._changed_there(delivery)
            return message
        shown = await self._shown_there(delivery)
        for piece in in_pieces(delivery):
            call = to_call(piece, self._words.get(REPEATED, ""))
            try:
                result = await self._placed(piece, call)
            except TelegramError as error:
                if self._is_over(delivery.effect, call, channel, error):
                    return message
                meant = self._meant(delivery, call, error, begun=result is not None)
                if shown is not None and isinstance(meant, core.Unreachable):
                    meant = core.Unreachable(shown)
                raise meant from error.__cause__
        if delivery.message is None and isinstance(result, dict):
            message = core.MessageId(str(result["message_id"]))
        await self._arrived(delivery, message, shown)
        return message

    async def _placed(self, delivery: core.Delivery, call: ApiCall) -> object:
        if self._topics is None:
            return await self._shown(delivery, call)
        return await self._topics.carry_out(delivery, call, self._shown)

    # ── Beside it, in a group ───────────────────────────────────────────────────────────

    async def _shown_there(self, delivery: core.Delivery) -> core.MessageId | None:
        """Show an answer where its reader just did something, for their eyes only."""
        if self._places is None or not is_person(delivery.address.account):
            return None
        return await self._places.ephemerals.show(delivery)

    async def _changed_there(self, delivery: core.Delivery) -> None:
        """Change what was shown in a group alone."""
        if self._places is not None and delivery.message is not None:
            await self._places.ephemerals.change(delivery, delivery.message)

    async def _arrived(self, delivery: core.Delivery, message: core.MessageId, shown: core.MessageId | None) -> None:
        """Note what can be reached, and bring a copy in a group up to date."""
        if self._places is None:
            return
        self._places.links.arrived(delivery.address.account)
        if shown is not None:
            self._places.ephemerals.pair(delivery.address.account, message, shown)
        elif delivery.message is not None:
            await self._places.ephemerals.follow(delivery)

    # ── One call ────────────────────────────────────────────────────────────────────────

    async def _shown(self, delivery: core.Delivery, call: ApiCall) -> object:
        """Carry out one call; a reaction that is shown as a message has an earlier one to replace."""
        account, message = delivery.address.account, delivery.message or core.MessageId("")
        if isinstance(delivery.effect, core.React):
            await self._take_sign(account, message)
        result = await self._carry_out(call, delivery.effect)
        if is_sign(call, delivery.effect):
            await self._keep_sign(account, message, result)
        return result

    def _is_over(self, effect: core.Effect, call: ApiCall, channel: core.Channel | None, error: TelegramError) -> bool:
        """Return whether to go on after a refusal, told once, so that nothing else is held up."""
        if channel is not None and says(error, NO_TOPIC):
            return False
        is_over = ends_quietly(error, effect)
        if is_over or (channel is not None and isinstance(error, BadRequest)):
            self._tell(call.endpoint, error, "" if channel is None else f'in the group of "{channel.key}", ')
        return is_over

    def _meant(self, delivery: core.Delivery, call: ApiCall, error: TelegramError, *, begun: bool) -> Exception:
        """Return what a failure means to the core; after a first piece has arrived, all of it may come twice."""
        if says(error, NO_TOPIC) and not is_person(delivery.address.account):
            self._lose(delivery.address.account)
            return core.Unreachable()
        meant = delivery_error(error, delivery.effect, call.endpoint)
        if not begun or not isinstance(meant, core.RetryLater):
            return meant
        return core.RetryLater(meant.seconds, unknown=True, limited=meant.limited)

    async def _take_sign(self, account: str, message: core.MessageId) -> None:
        """Take away the message that stood for an earlier reaction of theirs."""
        if (sign := self._signs.pop((account, message), None)) is not None:
            await self._tried("deleteMessage", {"chat_id": chat_of(account), "message_id": sign})

    async def _keep_sign(self, account: str, message: core.MessageId, result: object) -> None:
        """Remember the message that stands for a reaction, and take off the one it replaces."""
        if isinstance(result, dict):
            self._signs[account, message] = int(result["message_id"])
        there = {"chat_id": chat_of(account), "message_id": int(message)}
        await self._tried("setMessageReaction", {**there, "reaction": []})

    async def _tried(self, endpoint: str, arguments: Arguments) -> None:
        """Do what is not worth a second try: it is about how a reaction looks, and the reaction itself has arrived."""
        with contextlib.suppress(TelegramError):
            await self._api.call(endpoint, arguments)

    def _channel(self, account: str) -> core.Channel | None:
        """Return the channel whose place an account is, None for a person; somebody's channel can't be written to."""
        if is_person(account):
            return None
        if self._places is None:
            raise core.RetryLater(1)
        return self._places.book.channel_for(account)

    async def _carry_out(self, call: ApiCall, effect: core.Effect) -> object:
        try:
            return await self._api.call(call.endpoint, call.arguments)
        except BadRequest as error:
            if not isinstance(effect, core.Retract) or not says(error, TOO_OLD):
                raise
        call = taken_back(call, self._emptied())
        return await self._api.call(call.endpoint, call.arguments)

    async def _at_place(
        self,
        delivery: core.Delivery,
        effect: core.ThreadPost | core.Purge | core.PlaceEffect,
        channel: core.Channel | None,
    ) -> core.MessageId:
        """Carry out what is done to a place, or to many messages of it, or shown of a case to moderators."""
        if isinstance(effect, core.ThreadPost):
            if self._cases is None:
                raise core.RetryLater(1)
            return await self._cases.show(delivery, effect)
        if isinstance(effect, core.Purge):
            await self._purge(effect, delivery.address.account, channel)
        else:
            await self._order(delivery, effect, channel)
        return delivery.message or core.MessageId("")

    async def _order(self, delivery: core.Delivery, effect: core.PlaceEffect, channel: core.Channel | None) -> None:
        """Carry out an order to a place; one that is refused is told, and holds nothing up."""
        if channel is None:
            return
        account, usual = delivery.address.account, dict[str, object]()
        endpoint = "getChat"
        try:
            if isinstance(effect, core.Tune):
                usual = dict(await usual_in(self._api.call, account))
                if effect.slow:
                    self._notices.say(slowly(channel))
            for call in enforce(account, channel, effect, usual, core.utc_now()):
                endpoint = call.endpoint
                await self._api.call(endpoint, call.arguments)
        except (BadRequest, Forbidden) as error:
            if says(error, NO_TOPIC):
                self._lose(account)
            self._tell(endpoint, error, f'in the group of "{channel.key}", ')
        except TelegramError as error:
            raise delivery_error(error, effect, endpoint) from error.__cause__

    async def _purge(self, purge: core.Purge, account: str, channel: core.Channel | None) -> None:
        """Delete many posts of a group; what is left of them is told to the core."""
        purging = Purging(self._api.call, chat_of(account), self._emptied())
        try:
            left = await purging.delete([int(one) for one in purge.messages])
        except TelegramError as error:
            raise delivery_error(error, purge, "deleteMessages") from error.__cause__
        if purging.refusal is not None:
            where = "" if channel is None else f'in the group of "{channel.key}", '
            self._tell("deleteMessages", purging.refusal, where)
        if left:
            raise core.PartlyDeleted(left)

    def _emptied(self) -> str:
        """Return what a message shows that is too old to be deleted."""
        return self._words.get(TAKEN_BACK) or "\N{HORIZONTAL ELLIPSIS}"

    def _lose(self, account: str) -> None:
        if self._places is not None:
            self._background.run(self._places.lost(account))

    def _tell(self, endpoint: str, error: TelegramError, where: str = "") -> None:
        """Tell the operator once what was refused; what holds already, or is gone, is nothing to tell."""
        if not says(error, (*HARMLESS, *SETTLED, *NO_TOPIC)):
            self._notices.say(f"{where}{endpoint} was refused ({described(error)}).")

    def _follow(self, old: int, new: int) -> None:
        if self._places is not None:
            self._background.run(self._places.moved(old, new))
