"""A person with a Discord client in hand: writes, reads, presses, runs commands."""

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING

import discord

from tests.discord.endpoints import Click, reaction
from tests.discord.world import Json, User, Written

if TYPE_CHECKING:
    from tests.discord.wire import Wire

GUILD = 77
_tokens = count(1)


class Person:
    """Everything happens in the bot's DM unless said otherwise."""

    def __init__(self, wire: "Wire", user: User, locale: str = "en-US") -> None:
        self._wire, self.user, self.locale = wire, user, locale
        self.channel = wire.world.direct_with(user)
        self.clicks: list[Click] = []

    # ── Writing ─────────────────────────────────────────────────────────────────────────

    async def says(self, text: str = "", *, live: bool = True, parts: Json | None = None) -> Written:
        """Write a message; `parts` are attachments, sticker_items, a poll ... as the API has them."""
        made, _ = self._wire.world.write(self.channel, self.user, text, parts)
        await self._wire.sessions.dispatch("MESSAGE_CREATE", made.json(), live=live)
        return made

    async def replies(self, to: Written, text: str) -> Written:
        reference: Json = {"message_id": str(to.id), "channel_id": str(to.channel), "type": 0}
        return await self.says(text, parts={"message_reference": reference, "type": 19})

    async def edits(self, about: Written, text: str) -> None:
        about.content, about.edited = text, discord.utils.utcnow().isoformat()
        await self._wire.sessions.dispatch("MESSAGE_UPDATE", about.json())

    async def deletes(self, about: Written) -> None:
        del self._wire.world.written[about.id]
        await self._wire.sessions.dispatch("MESSAGE_DELETE", {"id": str(about.id), "channel_id": str(about.channel)})

    async def reacts(self, about: Written, emoji: str, *, take_away: bool = False) -> None:
        event = "MESSAGE_REACTION_REMOVE" if take_away else "MESSAGE_REACTION_ADD"
        await self._wire.sessions.dispatch(event, reaction(about, self.user.id, emoji))

    # ── Reading ─────────────────────────────────────────────────────────────────────────

    def inbox(self) -> list[Written]:
        """What the bot wrote to them and still stands, oldest first."""
        mine = [each for each in self._wire.world.written.values() if each.channel == self.channel]
        return [each for each in sorted(mine, key=lambda each: each.id) if each.author.bot]

    def sees(self) -> list[str]:
        return [each.content for each in self.inbox()]

    def whispers(self) -> list[str]:
        """What only they see, in a server."""
        return [shown.content for click in self.clicks for shown in click.shown]

    # ── Clicking ────────────────────────────────────────────────────────────────────────

    async def presses(self, label: str, *, times: int = 1) -> Click:
        """Press the newest button of that name, wherever it is shown."""
        message, part = self._part(lambda each: str(each.get("label")).removeprefix("✓ ") == label)
        data: Json = {"component_type": 2, "custom_id": part["custom_id"]}
        for _ in range(times - 1):
            await self._click(3, data, message=message)
        return await self._click(3, data, message=message)

    async def chooses(self, *labels: str) -> Click:
        """Tick these in the newest list."""
        message, part = self._part(lambda each: each["type"] == 3)
        options = part["options"]
        assert isinstance(options, list)
        values = [each["value"] for each in options if each["label"] in labels]
        most = part["max_values"]
        assert isinstance(most, int)
        assert len(labels) == len(values) <= most
        data: Json = {"component_type": 3, "custom_id": part["custom_id"], "values": values}
        return await self._click(3, data, message=message)

    async def uses(self, path: str, *, guild: bool = False, **options: str) -> Click:
        """Run a slash command such as "buddy pause"; it must be registered."""
        words = path.split()
        assert any(each["name"] == words[0] for each in self._wire.world.commands), f"/{path} is not registered"
        given: list[Json] = [{"type": 3, "name": name, "value": value} for name, value in options.items()]
        for word in reversed(words[1:]):
            given = [{"type": 1, "name": word, "options": given}]
        data: Json = {"id": "5", "name": words[0], "type": 1, "options": given}
        return await self._click(2, data, guild=guild)

    async def opens_report(self, about: Written) -> Click:
        data: Json = {"id": "6", "name": "Report", "type": 3, "target_id": str(about.id)}
        return await self._click(2, data | {"resolved": {"messages": {str(about.id): about.json()}}})

    async def submits(self, form: Click, text: str) -> Click:
        """Fill in the form that a click opened."""
        asked = form.answers[0]["data"]
        assert isinstance(asked, dict)
        field: Json = {"type": 4, "custom_id": "x", "value": text}
        data: Json = {"custom_id": asked["custom_id"], "components": [{"type": 1, "components": [field]}]}
        return await self._click(5, data)

    def _part(self, wanted: Callable[[Json], bool]) -> tuple[Written, Json]:
        whispered = [shown for click in self.clicks for shown in click.shown]
        for message in sorted([*self.inbox(), *whispered], key=lambda each: each.id, reverse=True):
            for row in message.components:
                parts = row["components"]
                assert isinstance(parts, list)
                for part in parts:
                    if wanted(part):
                        return message, part
        raise AssertionError("there is no such button or list")

    async def _click(self, kind: int, data: Json, *, guild: bool = False, message: Written | None = None) -> Click:
        click = Click(self._wire.world.snowflake(), f"token-{next(_tokens)}", self.user)
        self._wire.rest.clicks[click.token] = click
        self.clicks.append(click)
        payload: Json = {
            "id": str(click.id),
            "application_id": str(self._wire.world.application),
            "type": kind,
            "token": click.token,
            "version": 1,
            "data": data,
            "locale": self.locale,
            "attachment_size_limit": 0,
            "entitlements": [],
            "authorizing_integration_owners": {},
        }
        if message is not None:
            payload["message"] = message.json()
        if guild:
            member: Json = {"user": self.user.json(), "roles": [], "joined_at": None, "flags": 0, "permissions": "0"}
            channel: Json = {"id": "78", "type": 0, "name": "lobby", "permissions": "0", "position": 0}
            payload |= {"guild_id": str(GUILD), "member": member, "channel": channel, "channel_id": "78"}
            payload["guild"] = {"id": str(GUILD), "locale": "en-US", "features": []}
        else:
            channel_json = self._wire.world.channel_json(self.channel)
            payload |= {"user": self.user.json(), "channel": channel_json, "channel_id": str(self.channel)}
        await self._wire.sessions.dispatch("INTERACTION_CREATE", payload)
        return click
