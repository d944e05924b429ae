"""Delivery: one effect for one person or place is a call or two of Discord's API."""

import hashlib
import json
import logging
from collections.abc import Mapping, MutableMapping
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any, assert_never, cast

import discord
from discord.http import Route

from buddybot import adapter as core
from buddybot_discord.errors import CLOSED, FAILURES, NO_HISTORY, passes, points_amiss, trouble
from buddybot_discord.files import as_spoiler
from buddybot_discord.markup import Json, message, new_message, tokens, words_in
from buddybot_discord.server.enforcement import DiscordEnforcement
from buddybot_discord.server.ephemeral import EphemeralAnswers
from buddybot_discord.server.listening import DiscordListener
from buddybot_discord.server.permissions import audit_reason, lack
from buddybot_discord.server.places import channel_of
from buddybot_discord.server.purging import DiscordPurging
from buddybot_discord.server.threads import UNTITLED, name_at, spot_of
from buddybot_discord.timing import Doing

_MARKS = {core.Passage.PASSED_ON: "✅", core.Passage.WAITING: "⏳", core.Passage.NOT_SENT: "⚠️"}
_MESSAGES = "/channels/{channel_id}/messages"
_MESSAGE = _MESSAGES + "/{message_id}"
_LOOK_BACK = 100
"""Messages searched for one of ours that may have arrived."""
_MOST_KNOWN = 4096
"""Channels and rows of which is remembered what stood there."""
_LONGEST_ALT = 1024
_FORBIDDEN_FOR = 300
"""Seconds until a place that the bot may not post in is tried again."""
_NO_TEXT = 50008
_PUT_AWAY, _CLOSED = {50083}, {10003, 160005, 50001, 50013}
"""A thread that is archived; one that is gone, locked, or can't be seen any more."""
_NOBODYS = core.NoteId("")
_STALE = {10003, 50001}
"""Unknown channel, no access: what a DM's id answers that another bot account had."""


log = logging.getLogger(__name__)


class DiscordOutbound:
    """Carries out one effect."""

    def __init__(self, client: DiscordListener, enforcement: DiscordEnforcement) -> None:
        self._client, self._http, self._enforcement = client, client.http, enforcement
        self._ephemeral = EphemeralAnswers(client)
        self._purging = DiscordPurging(client.http, client.directs.retracted, client.notices)
        self._sent: MutableMapping[int, int] = core.lru(_MOST_KNOWN)
        self._before: MutableMapping[str, int] = core.lru(_MOST_KNOWN)
        """The newest of our messages as each key was first sent here; what came since may be it, or newer than it."""

    async def carry_out(self, delivery: core.Delivery) -> core.MessageId:
        """Return the id of the message made or changed."""
        place, effect = channel_of(delivery.address.account), delivery.effect
        if place is None:
            return await self._in_private(delivery)
        if isinstance(effect, core.Restrict | core.Admit | core.Tune):
            await self._enforcement.carry_out(place, effect)
            return core.MessageId("")
        if isinstance(effect, core.Purge):
            await self._purging.purge(place, effect.messages, partial(self._retract_one, place, delivery))
            return core.MessageId("")
        if isinstance(effect, core.ThreadPost):
            return await self._client.cases.show(delivery, effect)
        try:
            return await self._in_place(place, delivery)
        except discord.Forbidden as error:
            if isinstance(trouble(error), core.Rejected):
                raise
            if isinstance(effect, core.Send):
                self._client.notices.say(lack("send_messages"))
                raise core.RetryLater(_FORBIDDEN_FOR) from error
            self._client.notices.say(lack("add_reactions" if isinstance(effect, core.React) else "manage_messages"))
            return delivery.message or core.MessageId("")

    async def _in_place(self, place: int, delivery: core.Delivery) -> core.MessageId:
        """Do it where in the place it belongs: in a thread, in a forum's main post; one that is put away is opened."""
        places, effect = self._client.places, delivery.effect
        about = delivery.reply_to if isinstance(effect, core.Send) else delivery.message
        where, own = (place, "") if about is None else spot_of(place, about)
        if isinstance(effect, core.Retract) and where != place and own in {"", str(where)}:
            await self._untitle(delivery, where, audit_reason(effect.case))
            if not own:
                return delivery.message or core.MessageId("")
        if where == place and isinstance(effect, core.Send):
            where = await places.posts.at(place)
        here = replace(delivery, message=core.MessageId(own) if delivery.message else None)
        if isinstance(effect, core.Send):
            here = replace(delivery, reply_to=core.MessageId(own) if own else None)
        spot, made = await self._awake(place, where, here)
        return delivery.message or name_at(place, spot, made)

    async def _awake(self, place: int, where: int, here: core.Delivery) -> tuple[int, core.MessageId]:
        """Do it there. A thread that is archived is brought back; beside one that is locked or gone it is written."""
        is_send, threads = isinstance(here.effect, core.Send), self._client.places.threads
        try:
            return where, await self._do(where, here)
        except discord.HTTPException as error:
            if where == place and error.code == _NO_TEXT:  # a forum that Discord has not told the library of yet
                threads.forums.add(place)
            elif where == place or error.code not in _PUT_AWAY | (_CLOSED if is_send else set()):
                raise
            is_away = error.code in _PUT_AWAY
        try:
            if is_away:
                await threads.change(where, {"archived": False})
                made = await self._do(where, here)
                if not is_send:
                    await threads.change(where, {"archived": True})
                return where, made
        except discord.HTTPException as error:
            if passes(error) or not is_send:
                raise
        outside = await self._client.places.posts.at(place)
        if outside == where:
            raise core.RetryLater(_FORBIDDEN_FOR)
        return outside, await self._do(outside, replace(here, reply_to=None))

    async def _untitle(self, delivery: core.Delivery, thread: int, reason: str | None) -> None:
        """Take the title from a thread: what others wrote in it stays."""
        place = self._client.places.at(channel_of(delivery.address.account))
        name = self._client.words("en" if place is None else place.locale, UNTITLED)
        try:
            await self._client.places.threads.retitle(thread, name, reason)
        except discord.NotFound:
            return
        except discord.Forbidden:
            self._client.notices.say(lack("manage_threads"))

    async def _retract_one(self, place: int, delivery: core.Delivery, message: core.MessageId) -> None:
        await self._in_place(place, replace(delivery, effect=core.Retract(_NOBODYS), message=message))

    async def _in_private(self, delivery: core.Delivery) -> core.MessageId:
        """Write to the DM, which is opened once more where the id that was kept is no good any longer."""
        directs, address = self._client.directs, delivery.address
        if (kept := directs.recall(address)) is None:
            return await self._in_new(delivery)
        try:
            return await self._do(kept, delivery)
        except (discord.NotFound, discord.Forbidden) as error:
            if error.code not in _STALE:
                raise
            directs.forget(address.account)
            if await self._opened(address.account) == kept:
                raise
        return await self._in_private(delivery)

    async def _in_new(self, delivery: core.Delivery) -> core.MessageId:
        """Open the DM and write to it; where there can be none, a command in a server is answered there."""
        try:
            channel = await self._opened(delivery.address.account)
        except discord.HTTPException as error:
            if error.code not in CLOSED or not isinstance(delivery.effect, core.Send):
                raise
            return await self._ephemeral.follow_up(delivery, delivery.effect.content)
        return await self._do(channel, delivery)

    async def _opened(self, account: str) -> int:
        pauses = self._client.pauses
        if (left := pauses.left(Doing.OPENING)) > 0:
            raise core.RetryLater(left)
        try:
            return await self._client.directs.opened(account)
        except FAILURES as error:
            pauses.note(error, Doing.OPENING)
            raise

    async def _do(self, channel: int, delivery: core.Delivery) -> core.MessageId:
        effect, copy = delivery.effect, delivery.message
        if isinstance(effect, core.Send):
            return await self._send(channel, delivery, effect.content)
        assert copy is not None, "the core names the copy an effect is about"
        match effect:
            case core.Edit(content=content):
                route = Route("PATCH", _MESSAGE, channel_id=channel, message_id=copy)
                await self._http.request(route, json=message(content))
            case core.Retract(case=case):
                await self._retract(channel, copy, audit_reason(case))
            case core.React(emoji=""):
                await self._clear(channel, copy)
            case core.React():
                await self._http.add_reaction(channel, copy, effect.emoji)
            case core.Mark():
                await self._http.add_reaction(channel, copy, _MARKS[effect.passage])
            case core.Purge() | core.ThreadPost() | core.Restrict() | core.Admit() | core.Tune():
                raise core.Unreachable
            case _:
                assert_never(effect)
        return copy

    async def _retract(self, channel: int, copy: core.MessageId, reason: str | None) -> None:
        self._client.directs.retracted[int(copy)] = True
        try:
            await self._http.delete_message(channel, copy, reason=reason)
        except discord.HTTPException:
            self._client.directs.retracted.pop(int(copy), None)
            raise

    async def _clear(self, channel: int, copy: core.MessageId) -> None:
        """Take our reactions away, the marks of passage apart."""
        shown = await self._http.get_message(channel, int(copy))
        for reaction in shown.get("reactions", []):
            emoji = reaction["emoji"]["name"]
            if reaction["me"] and emoji and emoji not in _MARKS.values():
                await self._http.remove_own_reaction(channel, int(copy), emoji)

    # ── New messages ────────────────────────────────────────────────────────────────────

    async def _send(self, channel: int, delivery: core.Delivery, content: core.Content) -> core.MessageId:
        here = None if delivery.repeat else await self._ephemeral.where_they_pressed(delivery, content)
        if here is not None and core.ephemeral_of(content) is core.Ephemeral.ENOUGH:
            return here
        body, floor = new_message(delivery, content), self._floor(channel, delivery)
        found = await self._arrived(channel, delivery, body, floor) if delivery.repeat else None
        if found is None:
            try:
                found = await self._create(channel, delivery, content, body, floor)
            except discord.HTTPException as error:
                is_shut = error.code not in _STALE and isinstance(trouble(error), core.Unreachable)
                if channel_of(delivery.address.account) is not None or not is_shut:
                    raise
                return here or await self._ephemeral.follow_up(delivery, content)
        self._sent[channel] = max(found, self._sent.get(channel, 0))
        return core.MessageId(str(found))

    async def _create(
        self, channel: int, delivery: core.Delivery, content: core.Content, body: Json, floor: int
    ) -> int:
        """Post it. What Discord hands back under our nonce must be ours, else the nonce was somebody's before.

        Of a repeat it is ours also in other words: another version drew it.
        """
        made = await self._posted(channel, content, body)
        if int(made["id"]) > floor and (delivery.repeat or _says(made, body)):
            return int(made["id"])
        log.warning("discord: a nonce was taken; the message is sent under another")
        again = await self._posted(channel, content, body | {"nonce": _another(delivery.key)})
        # This nonce is a fresh one: only a message that stood there before can be another's.
        if int(again["id"]) <= max(floor, int(made["id"])):
            raise core.RetryLater
        return int(again["id"])

    async def _posted(self, channel: int, content: core.Content, body: Json) -> Mapping[str, str]:
        """Post it. Where it may not point at what it answers, the words matter more than the pointing."""
        try:
            return await self._post(channel, content, body)
        except discord.HTTPException as error:
            if "message_reference" not in body or not points_amiss(error):
                raise
            if error.code in NO_HISTORY:
                self._client.notices.say(lack("read_message_history"))
        return await self._post(channel, content, {key: body[key] for key in body if key != "message_reference"})

    async def _post(self, channel: int, content: core.Content, body: Json) -> Mapping[str, str]:
        route = Route("POST", _MESSAGES, channel_id=channel)
        document = content.document if content.media is None else as_spoiler(content.media)
        if document is None:
            return cast("Mapping[str, str]", await self._http.request(route, json=body))
        file = discord.File(BytesIO(document.payload), document.name)
        named: Json = {"id": 0, "filename": document.name}
        named |= {"description": document.alt[:_LONGEST_ALT]} if document.alt else {}
        named |= {} if content.media is None else {"is_spoiler": True}
        whole = json.dumps(body | {"attachments": [named]})
        part: Json = {"name": "files[0]", "value": file.fp, "filename": document.name}
        form: list[Json] = [{"name": "payload_json", "value": whole}, part | {"content_type": document.media_type}]
        return cast("Mapping[str, str]", await self._http.request(route, files=[file], form=form))

    async def _arrived(self, channel: int, delivery: core.Delivery, body: Json, floor: int) -> int | None:
        """Find an earlier attempt: the oldest of our messages that looks like it, after all that is known to be others.

        Equal words said before are not it: they are older than the row, or the core knows them as another note.
        """
        me = self._client.user.id if self._client.user else 0
        floor = max(floor, self._client.clock.snowflake(delivery.since))
        recent = await self._http.logs_from(channel, _LOOK_BACK, after=floor or None)
        ours = sorted((each for each in recent if int(each["author"]["id"]) == me), key=lambda each: int(each["id"]))
        return next((int(each["id"]) for each in ours if _looks_like(each, body) and int(each["id"]) > floor), None)

    def _floor(self, channel: int, delivery: core.Delivery) -> int:
        """Return the newest message there that is known to be another one. Discord's ids grow with time.

        What was first tried by another process may stand before all that this one has sent.
        """
        if delivery.key not in self._before:
            self._before[delivery.key] = 0 if delivery.repeat else self._sent.get(channel, 0)
        known = (delivery.after or "").rpartition(".")[2]
        return max(self._before[delivery.key], int(known) if known.isdecimal() else 0)


def _looks_like(found: Mapping[str, Any], body: Json) -> bool:  # type: ignore[explicit-any]  # JSON of the platform
    return (found["content"], tokens(found["components"])) == (str(body["content"]).strip(), tokens(body["components"]))


def _says(made: Mapping[str, str], body: Json) -> bool:
    """Return whether a message that Discord says it made has the words that were asked for."""
    return words_in(str(made.get("content", ""))) == words_in(str(body["content"]))


def _another(key: str) -> str:
    """Return a nonce made of a key that was taken."""
    return hashlib.blake2s(key.encode(), digest_size=12).hexdigest()
