"""Takes updates one by one: each is read, brought to disk, and only then acknowledged."""

import asyncio
import logging
from collections.abc import Coroutine

from telegram import CallbackQuery, Update
from telegram.error import TelegramError

from buddybot.adapter import Inbound, Inbox
from buddybot_telegram.deeds import doer
from buddybot_telegram.inbound import Reader, private
from buddybot_telegram.receive import Raw, pauses
from buddybot_telegram.rooms import Rooms
from buddybot_telegram.team import Team
from buddybot_telegram.wire import Wire

UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)
LANDING = 1.0
log = logging.getLogger(__name__)


class Errands:
    """Small things that nobody waits for, until the end."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def run(self, errand: Coroutine[None, None, None]) -> None:
        """Begin one."""
        task = asyncio.create_task(errand)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def done(self) -> None:
        """Let them end, for a second; then end them."""
        running = list(self._running)
        if running:
            await asyncio.wait(running, timeout=LANDING)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def record(inbox: Inbox, event: Inbound, cursor: tuple[str, str] | None = None) -> None:
    """Bring an event to disk, however long that takes."""
    for pause in pauses():
        try:
            await inbox.put(event, cursor)
            break
        except Exception as error:  # noqa: BLE001 - the border "inbound put": nothing is acknowledged until it is over
            # No traceback: what failed to be stored could stand in it.
            kind = type(error).__name__
            log.warning("Telegram: update %s is not stored (%s), again in %.1f s", event.origin.event, kind, pause)
            await asyncio.sleep(pause)


class Ears:
    """Hears for one bot account, called `name` at Telegram."""

    def __init__(
        self, wire: Wire, inbox: Inbox, reader: Reader, rooms: Rooms, *, team: Team, name: str, errands: Errands
    ) -> None:
        self._wire, self._inbox, self._reader, self._rooms, self._team = wire, inbox, reader, rooms, team
        self._name, self._errands = name, errands

    async def take(self, raw: Raw) -> None:
        """Return only when the update is on disk: the poll or the webhook acknowledges it after that."""
        try:
            update = Update.de_json(dict(raw), self._wire)
            events = await self._read(update)
        except UNREADABLE as error:
            # One malformed update must not stop all those behind it.
            log.warning("Telegram: update %s can't be read (%s): skipped", raw.get("update_id"), type(error).__name__)
            return
        query = update.callback_query
        # What leads to the answer is noted before the answer can arrive.
        link = self._rooms.doors.link(self._name, query) if query is not None and not private(update) else None
        for event in events:
            await record(self._inbox, event)
        if query is not None:
            self._errands.run(self._answer(query, link))

    async def _read(self, update: Update) -> list[Inbound]:
        """Return what somebody did, after what is so of the group itself."""
        await self._look(update)
        if (person := doer(update)) is None:
            return []
        text = update.message.text if update.message is not None else None
        # In private only a command asks what somebody is.
        asks = (text is not None and text.startswith("/")) if private(update) else self._reader.where(update)
        events = self._reader.read(update, await self._team.roles(person.account) if asks else ())
        return [event for event in map(self._rooms.doors.followed, events) if event is not None]

    async def _look(self, update: Update) -> None:
        if update.message is not None and update.message.migrate_to_chat_id is not None:
            await self._rooms.moved(update.message.chat.id, update.message.migrate_to_chat_id)
        if (mine := update.my_chat_member) is not None and not private(update):
            await self._rooms.stands(mine.chat.id, mine.new_chat_member.status)
        if (theirs := update.chat_member) is not None:
            self._team.forget(theirs.chat.id, str(theirs.new_chat_member.user.id))

    async def _answer(self, query: CallbackQuery, link: str | None) -> None:
        try:
            await self._wire.call("answerCallbackQuery", {"callback_query_id": query.id, "url": link})
        except TelegramError as error:
            # Too old, or the line is down: the button stops turning by itself.
            log.info("Telegram: a button press stayed unanswered (%s)", type(error).__name__)
