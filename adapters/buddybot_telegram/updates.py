"""Updates as the bot takes them, from a poll or a webhook: on disk before they are acknowledged."""

import asyncio
import hmac
import json
import logging
from collections.abc import Callable
from dataclasses import replace

from aiohttp import web
from telegram import CallbackQuery, Message, Update
from telegram.error import TelegramError

from buddybot.adapter import AdapterError, BackgroundTasks, Inbound, Inbox
from buddybot_telegram.connection import BotApi
from buddybot_telegram.content import bared
from buddybot_telegram.group.ephemerals import Occasion
from buddybot_telegram.group.permissions import Moderators
from buddybot_telegram.group.places import ForumPlaces
from buddybot_telegram.group.staff_menus import StaffMenus
from buddybot_telegram.group.staff_tags import StaffTags
from buddybot_telegram.inbound import UpdateReader, is_private, sender_of
from buddybot_telegram.outbound import Arguments
from buddybot_telegram.polling import ALLOWED
from buddybot_telegram.private_topics import PrivateTopics
from buddybot_telegram.settings import Settings as TelegramSettings
from buddybot_telegram.taking import GAP, LATE, Take, Takings

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header, no secret
LARGEST_UPDATE = 4 * 1024 * 1024
CONNECTIONS = 100
"""Updates that Telegram may bring side by side, the most it does: those of one chat still come one after the other."""
HURRIED = 0.1
"""Seconds that an update is waited for while another one waits already."""
AGAIN = {"Retry-After": "1"}
"""Telegram brings it again so soon; without, it doubles its pause up to two minutes."""
log = logging.getLogger(__name__)


async def listen(api: BotApi, settings: TelegramSettings, take: Take) -> None:
    """Serve the webhook until cancelled; 200 says that the update has been taken."""
    takings = Takings(take, GAP)

    async def receive(request: web.Request) -> web.Response:
        shown = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(shown, settings.secret.encode()):
            raise web.HTTPForbidden
        try:
            update = json.loads(await request.read())
        except (ValueError, RecursionError):
            update = None
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            raise web.HTTPBadRequest
        return web.Response() if await _taken(takings, update) else web.Response(status=503, headers=AGAIN)

    server = web.Application(client_max_size=LARGEST_UPDATE)
    server.router.add_post("/{path:.*}", receive)
    runner = web.AppRunner(server, access_log=None, handle_signals=False, shutdown_timeout=1)
    await runner.setup()
    hook: Arguments = {"url": settings.webhook_url, "secret_token": settings.secret, "max_connections": CONNECTIONS}
    try:
        await web.TCPSite(runner, settings.webhook_listen, settings.webhook_port).start()
        await api.ask("setWebhook", {**hook, "allowed_updates": ALLOWED, "drop_pending_updates": False})
        await asyncio.Event().wait()
    except OSError as error:
        where = f"{settings.webhook_listen}:{settings.webhook_port}"
        raise AdapterError(f"The webhook can't listen on {where} ({error.strerror}): choose another port.") from None
    finally:
        await takings.end()
        await runner.cleanup()


async def _taken(takings: Takings, update: Arguments) -> bool:
    """Return whether an update is on disk by now; one that takes long lets go of its connection, and goes on here."""
    task = takings.begin(update)
    await asyncio.wait({task}, timeout=HURRIED if takings.waiting() - {task} else LATE)
    if not task.done():
        return False
    takings.forget(update)
    return not task.cancelled() and task.exception() is None


class UpdateHandler:
    """Handles the updates of one bot account."""

    def __init__(
        self,
        api: BotApi,
        inbox: Inbox,
        reader: UpdateReader,
        places: ForumPlaces,
        topics: PrivateTopics,
        *,
        menus: StaffMenus,
        tags: StaffTags,
        background: BackgroundTasks,
    ) -> None:
        self.moderators = Moderators(api, places.book)
        self._api, self._inbox, self._reader, self._background = api, inbox, reader, background
        self._places, self._topics, self._menus, self._tags = places, topics, menus, tags

    async def take(self, raw: Arguments, is_late: bool, hand_over: Callable[[], None]) -> None:  # noqa: FBT001 - of `Take`
        """Return only when the update is on disk: the poll or the webhook acknowledges it after that."""
        found = await self._read(raw)
        if found is None and (bare := bared(raw)) is not None:
            found = await self._read(bare)
        if found is None:
            # One malformed update must not stop all those behind it.
            log.warning("Telegram: an update can't be read: skipped")
            return
        update, events = found
        query = update.callback_query
        # What leads to the answer, and where it may be shown, is noted before it can arrive.
        link = self._places.links.link(query) if query is not None and not is_private(update) else None
        occasion = None if is_late else self._occasion(update, events)
        followed = [event for event in map(self._places.links.followed, events) if event is not None]
        for at, event in enumerate(followed, start=1):
            if at == len(followed):
                hand_over()
            await self._inbox.put(self._within(update, event))
        if query is not None:
            self._background.run(self._answer(query, link, occasion))

    async def _read(self, raw: Arguments) -> tuple[Update, list[Inbound]] | None:
        """Return an update and what somebody did with it; None where it isn't as the library knows it."""
        try:
            update = Update.de_json(dict(raw), self._api)
            await self._look(update)
            sender = sender_of(update)
            roles: tuple[str, ...] = ()
            if sender is not None and self._reader.asks_roles(update):
                roles = await self.moderators.roles(sender.id)
                self._keep_menu(update, sender.id, moderator=bool(roles))
            return update, self._reader.read(update, roles)
        except Exception as error:  # noqa: BLE001 - the border "update": one must not end the bot for everybody
            # Without its number: that is the event's id, which is hashed wherever it is kept.
            log.warning("Telegram: an update is unlike the others (%s)", type(error).__name__)
            return None

    def _within(self, update: Update, event: Inbound) -> Inbound:
        """Return an event with the topic in which it happened, in a private chat that has topics."""
        if not is_private(update):
            return event
        message = update.effective_message
        stood = message if isinstance(message, Message) else None
        thread = self._topics.heard_in(event.origin.address, stood)
        return replace(event, origin=replace(event.origin, thread=thread))

    async def _look(self, update: Update) -> None:
        """Take in changes of the group itself: a move, the bot's own rights there, its members, requests to join."""
        if update.message is not None and update.message.migrate_to_chat_id is not None:
            await self._places.moved(update.message.chat.id, update.message.migrate_to_chat_id)
        if (mine := update.my_chat_member) is not None and not is_private(update):
            await self._places.stands(mine.chat.id, mine.new_chat_member.status)
        if (theirs := update.chat_member) is not None:
            self.moderators.forget(theirs.chat.id, theirs.new_chat_member.user.id)

        if (request := update.chat_join_request) is not None and (asked := request.api_kwargs.get("query_id")):
            self._background.run(self._queue(str(asked)))

    def _keep_menu(self, update: Update, person: int, *, moderator: bool) -> None:
        """Keep somebody's own menu and tag as they are to be; who came to the moderators' group, or left it, surely."""
        if (groups := self.moderators.groups()) and person > 0:
            surely = update.chat_member is not None and update.chat_member.chat.id in groups
            self._background.run(self._menus.known(person, moderator=moderator, surely=surely))
            self._background.run(self._tags.known(person, moderator=moderator, surely=surely))

    async def _queue(self, asked: str) -> None:
        """Let a guard bot's query wait like any request to join, before Telegram decides it after ten seconds."""
        try:
            await self._api.call("answerChatJoinRequestQuery", {"chat_join_request_query_id": asked, "result": "queue"})
        except TelegramError as error:
            log.info("Telegram: a query of somebody who wants in stayed unanswered (%s)", type(error).__name__)

    def _occasion(self, update: Update, events: list[Inbound]) -> Occasion | None:
        """Return what an answer may be shown beside; words that a button asks for are written in private."""
        query, ephemerals = update.callback_query, self._places.ephemerals
        if is_private(update) or (query is not None and self._places.links.asks_for_words(query)):
            ephemerals.forget(update)
            return None
        return ephemerals.note(update) if events else None

    async def _answer(self, query: CallbackQuery, link: str | None, occasion: Occasion | None) -> None:
        if link is not None and occasion is not None and await self._places.ephemerals.answered(occasion):
            link = None
        try:
            await self._api.call("answerCallbackQuery", {"callback_query_id": query.id, "url": link})
        except TelegramError as error:
            # Too old, or the line is down: the button stops turning by itself.
            log.info("Telegram: a button press stayed unanswered (%s)", type(error).__name__)
