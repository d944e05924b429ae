"""Writing to one person or place: each effect is a call or two of Discord's API."""

import json
from collections.abc import Mapping
from io import BytesIO
from typing import assert_never

import discord
from discord.http import Route

from buddybot.adapter import (
    Admit,
    Content,
    Delivery,
    Edit,
    Mark,
    MessageId,
    Passage,
    React,
    Restrict,
    Retract,
    RetryLater,
    Send,
    Tune,
    Unreachable,
    Voice,
)
from buddybot_discord.clicks import Door
from buddybot_discord.directs import FAILURES, Directs
from buddybot_discord.keeper import Keeper
from buddybot_discord.outbound import EPHEMERAL, Json, message, new_message, tokens
from buddybot_discord.places import channel_of
from buddybot_discord.rights import Rights
from buddybot_discord.trouble import trouble

_MARKS = {Passage.PASSED_ON: "✅", Passage.WAITING: "⏳", Passage.NOT_SENT: "⚠️"}
_MESSAGES = "/channels/{channel_id}/messages"
_MESSAGE = _MESSAGES + "/{message_id}"
_LOOK_BACK = 100
"""Messages searched for one of ours that may have arrived."""


_FORBIDDEN_FOR = 300
"""Seconds until a place that the bot may not post in is tried again."""


class Post:
    """Carries out one effect; `doors` are recent clicks in servers: the way in where a DM is closed."""

    def __init__(
        self, client: discord.Client, directs: Directs, doors: Mapping[str, Door], keeper: Keeper, rights: Rights
    ) -> None:
        self._client, self._directs, self._doors, self._keeper, self._rights = client, directs, doors, keeper, rights
        self._sent: dict[int, int] = {}

    async def carry_out(self, delivery: Delivery) -> MessageId:
        """Return the id of the message made or changed."""
        place = channel_of(delivery.address.account)
        if place is None:
            return await self._do(await self._directs.channel_of(delivery.address.account), delivery)
        if isinstance(delivery.effect, Restrict | Admit | Tune):
            await self._keeper.carry_out(place, delivery.effect)
            return MessageId("")
        try:
            return await self._do(place, delivery)
        except discord.Forbidden as error:
            if isinstance(delivery.effect, Send):
                self._rights.lacks("send_messages")
                raise RetryLater(_FORBIDDEN_FOR) from error
            self._rights.lacks("add_reactions" if isinstance(delivery.effect, React) else "manage_messages")
            return delivery.message or MessageId("")

    async def _do(self, channel: int, delivery: Delivery) -> MessageId:
        effect = delivery.effect
        if isinstance(effect, Send):
            return await self._send(channel, delivery, effect.content)
        assert delivery.message is not None, "the core names the copy an effect is about"
        http = self._client.http
        match effect:
            case Edit():
                await http.request(_route("PATCH", _MESSAGE, channel, delivery.message), json=message(effect.content))
            case Retract():
                await self._retract(channel, delivery.message)
            case React(emoji=""):
                await self._clear(channel, delivery.message)
            case React():
                await http.add_reaction(channel, delivery.message, effect.emoji)
            case Mark():
                await http.add_reaction(channel, delivery.message, _MARKS[effect.passage])
            case Restrict() | Admit() | Tune():
                raise Unreachable
            case _:
                assert_never(effect)
        return delivery.message

    async def _retract(self, channel: int, copy: MessageId) -> None:
        self._directs.retracted.add(int(copy))
        try:
            await self._client.http.delete_message(channel, copy)
        except discord.HTTPException:
            self._directs.retracted.discard(int(copy))
            raise

    async def _send(self, channel: int, delivery: Delivery, content: Content) -> MessageId:
        here = None if delivery.repeat else await self._where_they_pressed(delivery, content)
        # What is shown for their eyes only is soon gone: help in a crisis is to be found again.
        if here is not None and content.voice is not Voice.CRISIS:
            return here
        body = new_message(delivery, content)
        found = await self._arrived(channel, body) if delivery.repeat else None
        if found is None:
            try:
                found = int((await self._create(channel, content, body))["id"])
            except discord.Forbidden as error:
                if channel_of(delivery.address.account) is not None or not isinstance(trouble(error), Unreachable):
                    raise
                return here or await self._through_door(delivery, content)
        self._sent[channel] = max(found, self._sent.get(channel, 0))
        return MessageId(str(found))

    async def _where_they_pressed(self, delivery: Delivery, content: Content) -> MessageId | None:
        """Answer a press in a place right there; where that fails, their DM is the way."""
        door = self._doors.get(delivery.address.account)
        if door is None or not door.is_held:
            return None
        await door.answered.wait()
        try:
            return await self._through_door(delivery, content)
        except (*FAILURES, Unreachable):
            return None

    async def _create(self, channel: int, content: Content, body: Json) -> Mapping[str, str]:
        route, document = _route("POST", _MESSAGES, channel), content.document
        if document is None:
            created: Mapping[str, str] = await self._client.http.request(route, json=body)
            return created
        file = discord.File(BytesIO(document.text.encode()), document.name)
        whole = json.dumps(body | {"attachments": [{"id": 0, "filename": document.name}]})
        part: Json = {"name": "files[0]", "value": file.fp, "filename": document.name}
        form: list[Json] = [{"name": "payload_json", "value": whole}, part | {"content_type": document.media_type}]
        sent: Mapping[str, str] = await self._client.http.request(route, files=[file], form=form)
        return sent

    async def _arrived(self, channel: int, body: Json) -> int | None:
        """Find an earlier attempt. One delivery at a time goes to a person, so it is newer than all else we sent.

        What this process sent is known exactly; after a restart only the newest message of ours can be the attempt.
        """
        floor = self._sent.get(channel)
        recent = await self._client.http.logs_from(channel, _LOOK_BACK)
        for each in recent:
            if self._client.user is None or int(each["author"]["id"]) != self._client.user.id:
                continue
            if floor is not None and int(each["id"]) <= floor:
                return None
            same = each["content"] == str(body["content"]).strip()
            if same and tokens(each["components"]) == tokens(body["components"]):
                return int(each["id"])
            if floor is None:
                return None
        return None

    async def _through_door(self, delivery: Delivery, content: Content) -> MessageId:
        """Answer where they asked, for their eyes only; another member's words never go there."""
        door = self._doors.get(delivery.address.account)
        if door is None or door.click.is_expired() or content.voice is Voice.MEMBER or content.document is not None:
            raise Unreachable
        body = message(content)
        body["flags"] = EPHEMERAL
        route = Route(
            "POST",
            "/webhooks/{webhook_id}/{webhook_token}",
            webhook_id=door.click.application_id,
            webhook_token=door.click.token,
        )
        shown = await self._client.http.request(route, json=body)
        return MessageId(str(shown["id"]))

    async def _clear(self, channel: int, copy: MessageId) -> None:
        """Take our reactions away, the marks of passage apart."""
        shown = await self._client.http.get_message(channel, int(copy))
        for reaction in shown.get("reactions", []):
            emoji = reaction["emoji"]["name"]
            if reaction["me"] and emoji and emoji not in _MARKS.values():
                await self._client.http.remove_own_reaction(channel, int(copy), emoji)


def _route(method: str, path: str, channel: int, message_id: str = "") -> Route:
    return Route(method, path, channel_id=channel, message_id=message_id)
