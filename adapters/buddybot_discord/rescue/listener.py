"""Rescue of gateway events: one that the library can't parse, or a handler fails at, costs itself and never the bot.

The library parses within the loop that reads the gateway, so that whatever a parser raises would end the connection
for everybody. Each parser is wrapped here; what it fails at is counted, named in the log without a value of it, and
read by hand, for there may be a cry for help in it.
"""

import asyncio
import logging
import sys
from collections.abc import Callable, Coroutine, Mapping, MutableMapping
from contextvars import ContextVar
from dataclasses import replace
from functools import partial

import discord

from buddybot import adapter as core
from buddybot_discord.errors import is_revoked, place_of
from buddybot_discord.inbound import origin
from buddybot_discord.rescue.by_hand import (
    Raw,
    author_of,
    bare_click,
    edited_by_hand,
    of,
    person_of,
    read_by_hand,
    snowflake,
)
from buddybot_discord.rescue.servers import whole_server
from buddybot_discord.server.listening import DiscordListener
from buddybot_discord.settings import Settings as DiscordSettings

_OF_THE_SESSION = frozenset({"READY", "RESUMED"})
"""Without these there is no session: the adapter begins anew."""
_OF_MANY = frozenset({"on_ready", "on_shard_connect", "on_shard_resumed", "on_guild_available", "on_guild_join"})
"""Handlers of what concerns many, and comes once a session: they are tried again."""
_BLOCKED = discord.AutoModRuleActionType.block_message.value
_SAID = frozenset({"MESSAGE_CREATE", "MESSAGE_UPDATE", "INTERACTION_CREATE"})
_TYPING = discord.InteractionType.autocomplete.value
_MOST_FAILURES = 1000
_CAME: ContextVar[list[tuple[str, Raw]]] = ContextVar("came", default=[])  # noqa: B039 - the default is never added to
"""What the event came as that is handled in this task: for when its handler fails."""

log = logging.getLogger(__name__)


class RescuingListener(DiscordListener):
    """One bot account that no single event ends."""

    def __init__(
        self, settings: DiscordSettings, inbox: core.Inbox, commands: tuple[core.Command, ...], reads: core.Reads
    ) -> None:
        super().__init__(settings, inbox, commands, reads)
        self._rescues = core.BackgroundTasks(log)
        self.first_rest, self.longest_rest = 30.0, 600.0
        """Seconds before a handler of what concerns many is tried again."""
        self._rests: MutableMapping[tuple[object, ...], float] = core.lru(_MOST_FAILURES)
        parsers = self._connection.parsers
        for event, parse in parsers.items():
            if event not in _OF_THE_SESSION:
                parsers[event] = partial(self._guarded, event, parse)

    async def close(self) -> None:
        """End what is still being read by hand."""
        await self._rescues.end(0)
        await super().close()

    # ── What can't be parsed ────────────────────────────────────────────────────────────

    def _guarded(self, event: str, parse: Callable[[object], None], raw: object) -> None:
        """Parse an event; what can't be is read by hand, beside all others."""
        _CAME.set([(event, raw)] if event in _SAID and isinstance(raw, Mapping) else [])
        try:
            parse(raw)
        except Exception as error:  # noqa: BLE001 - the border "event": one must not end the bot for everybody
            self._say(event, error)
            if not isinstance(raw, Mapping):
                return
            if event == "GUILD_CREATE" and (known := whole_server(raw, self._connection)).get("id") is not None:
                parse(known)
            elif (reading := self._reading(event, raw)) is not None:
                self._rescues.run(reading)

    def _say(self, event: str, error: BaseException) -> None:
        """Count it, and name the event and the line that broke once: no value of either."""
        self._inbox.unparsed()
        self.notices.say(
            f"an event {event} can't be parsed ({place_of(error)}): its words are read by hand, and where there are "
            "none its author is told. Update discord.py, and report it"
        )

    def _reading(self, event: str, raw: Raw, *, failed: bool = False) -> Coroutine[None, None, None] | None:
        """Return how to read it by hand, after the library or our own handler `failed`; None where nobody said it."""
        match event:
            case "MESSAGE_CREATE" | "MESSAGE_UPDATE":
                return self._heard(raw, edited=event == "MESSAGE_UPDATE")
            case "MESSAGE_DELETE":
                return self._gone(raw)
            case "INTERACTION_CREATE":
                return self._tell(raw) if failed else self._clicked(raw)
            case "AUTO_MODERATION_ACTION_EXECUTION":
                return self._held_back(raw)
            case _:
                return None

    async def _heard(self, raw: Raw, *, edited: bool) -> None:
        """Report a message or an edit by what can be read of it, behind what was missed of its channel."""
        channel, number = snowflake(raw.get("channel_id")), snowflake(raw.get("id"))
        in_server = raw.get("guild_id") is not None or "member" in raw
        if in_server and channel is not None:
            await self.places.threads.look_up(channel)
        place = self.places.read_at(channel)
        if in_server and place is None:
            return
        if snowflake(of(raw, "author", "id")) is None and channel is not None and number is not None:
            # Nothing says whose it is, and it may be our own: Discord is asked for it once more.
            raw = await self.pauses.patiently(lambda: self.http.get_message(channel, number)) or raw
        account = author_of(raw)
        if account is None or account == self._me():
            return
        if place is None:
            self.clicks.pop(str(account), None)
        if edited:
            await self._reworded(raw, channel, place)
        elif channel is None:
            await self._put(read_by_hand(raw, self._settings, place))
        else:
            async with self._catch_up.turn(channel):
                await self._catch_up.put_raw(channel, raw)

    async def _reworded(self, raw: Raw, channel: int | None, place: core.Place | None) -> None:
        event = edited_by_hand(raw, self._settings, place)
        if event is None or channel is None:
            await self._put(event)
            return
        event = replace(event, message=self.places.named(channel, event.message))
        async with self._catch_up.turn(channel):
            await self._put(event)

    async def _put(self, event: core.Inbound | None) -> None:
        if event is not None:
            await self._inbox.put(event)

    def _me(self) -> int:
        return 0 if self.user is None else self.user.id

    async def _gone(self, raw: Raw) -> None:
        """Report a message taken back, if what names it can be read."""
        number, channel = snowflake(raw.get("id")), snowflake(raw.get("channel_id"))
        if number is not None and channel is not None:
            await self._deleted(number, channel, snowflake(raw.get("guild_id")))

    async def _held_back(self, raw: Raw) -> None:
        """Report what AutoMod kept from being said."""
        place, account, content = (
            self.places.read_at(snowflake(raw.get("channel_id"))),
            person_of(raw),
            raw.get("content"),
        )
        if place is None or account is None or of(raw, "action", "type") != _BLOCKED or not isinstance(content, str):
            return
        await self._never_said(place, account, content)

    async def _clicked(self, raw: Raw) -> None:
        """Read a click by what it takes to answer it; where that fails too, its person is told in private."""
        channel = snowflake(of(raw, "channel", "id")) or snowflake(raw.get("channel_id"))
        if not (isinstance(of(raw, "data", "custom_id"), str) or isinstance(of(raw, "data", "name"), str)):
            await self._tell(raw)
            return
        try:
            bare = bare_click(raw, channel)
            click = discord.Interaction(data=bare, state=self._connection)  # type: ignore[arg-type]  # JSON as it came
            await self.on_interaction(click)
        except Exception as error:  # noqa: BLE001 - the border "event": whoever pressed hears of it
            self._say("INTERACTION_CREATE", error)
            await self._tell(raw)

    async def _tell(self, raw: Raw) -> None:
        """Have the core tell somebody that what they did could not be read, and whom to call."""
        if (account := person_of(raw)) is None or account == self._me() or raw.get("type") == _TYPING:
            return
        number, locale = snowflake(raw.get("id")), raw.get("locale")
        event = core.unique_event("event") if number is None else str(number)
        who = origin(event, self._settings, account, locale if isinstance(locale, str) else "en")
        await self._inbox.put(core.Said(who, "", core.MessageId(event), None, (core.UNPARSED,)))

    # ── What a handler fails at ─────────────────────────────────────────────────────────

    async def on_error(self, event: str, /, *args: object, **__: object) -> None:
        """Go on with everybody else; stop only where Discord no longer takes the token, or the operator has to act."""
        error = sys.exc_info()[1]
        if self.is_closed() or error is None:  # what breaks off because of our end is no fault
            return
        if isinstance(error, core.AdapterError) or (isinstance(error, Exception) and is_revoked(error)):
            self.give_up(error)
            return
        self._inbox.unparsed()
        self.notices.say(
            f"the event {event} could not be read: {place_of(error)}; the bot goes on, and whoever it was about is "
            "told. Report it"
        )
        if event in _OF_MANY:
            self._rescues.run(self._again(event, args))
        elif (came := _CAME.get()) and (reading := self._reading(*came[0], failed=True)) is not None:
            self._rescues.run(reading)

    async def _run_event(  # type: ignore[explicit-any]  # the library's own signature
        self, coro: Callable[..., Coroutine[object, object, object]], event_name: str, *args: object, **kwargs: object
    ) -> None:
        """Handle an event, and let go of how it came: tasks that were begun meanwhile may stay for long."""
        came = _CAME.get()
        try:
            await super()._run_event(coro, event_name, *args, **kwargs)
        finally:
            came.clear()

    async def _again(self, event: str, args: tuple[object, ...]) -> None:
        """Try a handler of what concerns many once more, later each time; a new session begins at once."""
        key = (event, *(getattr(each, "id", each) for each in args))
        rest = min(self._rests.get(key, self.first_rest), self.longest_rest)
        self._rests[key] = 2 * rest
        await asyncio.sleep(rest)
        await self._run_event(getattr(self, event), event, *args)
