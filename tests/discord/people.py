"""A person with a Discord client in hand: writes, reads, presses, runs commands."""

import asyncio
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING

import discord

from buddybot.adapter import utc_now
from tests.discord.endpoints import Click, reaction
from tests.discord.guilds import Guild, Role, Room
from tests.discord.modals import filled_in
from tests.discord.world import Json, User, Written

if TYPE_CHECKING:
    from tests.discord.wire import Wire

GUILD = 77
GUILD_MEMBERS, GUILD_MESSAGES, MESSAGE_CONTENT = 1 << 1, 1 << 9, 1 << 15
GUILD_REACTIONS, AUTOMOD_ACTIONS = 1 << 10, 1 << 21
PATIENCE = 4000
_tokens = count(1)


class Person:
    """Everything happens in the bot's DM unless said otherwise."""

    def __init__(self, wire: "Wire", user: User, locale: str = "en-US") -> None:
        self._wire, self.user, self.locale = wire, user, locale
        self.channel = wire.world.direct_with(user)
        self.clicks: list[Click] = []

    # ── Writing ─────────────────────────────────────────────────────────────────────────

    async def says_in(self, room: Room, text: str = "", *, live: bool = True, parts: Json | None = None) -> Written:
        """Write in a channel of the server, if they may."""
        world, intents = self._wire.world, self._wire.sessions.intents
        assert self.rights(room).send_messages, f"{self.user.name} may not write in {room.name}"
        made, _ = world.write(room.id, self.user, text, parts)
        if intents & GUILD_MESSAGES:
            event = world.event(made, with_text=bool(intents & MESSAGE_CONTENT))
            await self._wire.sessions.dispatch("MESSAGE_CREATE", event, live=live)
        return made

    async def says(self, text: str = "", *, live: bool = True, parts: Json | None = None) -> Written:
        """Write a message; `parts` are attachments, sticker_items, a poll ... as the API has them."""
        made, _ = self._wire.world.write(self.channel, self.user, text, parts)
        await self._wire.sessions.dispatch("MESSAGE_CREATE", made.json(), live=live)
        return made

    async def shares(self, data: bytes, kind: str = "image/jpeg", text: str = "", *, url: str = "") -> Written:
        """Send one file, as Discord tells of it: where it lies, how large it is, and of what type."""
        number = self._wire.world.snowflake()
        self._wire.world.files[number] = data
        file: Json = {
            "id": str(number),
            "filename": "IMG_4711.jpg",
            "size": len(data),
            "url": url or f"{self._wire.api.rpartition('/api')[0]}/attachments/{number}",
            "proxy_url": "https://media.discordapp.net/x",
            "content_type": kind,
        }
        return await self.says(text, parts={"attachments": [file]})

    async def replies(self, to: Written, text: str) -> Written:
        reference: Json = {"message_id": str(to.id), "channel_id": str(to.channel), "type": 0}
        return await self.says(text, parts={"message_reference": reference, "type": 19})

    async def edits(self, about: Written, text: str) -> None:
        about.content, about.edited = text, utc_now().isoformat()
        await self._wire.sessions.dispatch("MESSAGE_UPDATE", self._wire.world.event(about))

    async def deletes(self, about: Written) -> None:
        del self._wire.world.written[about.id]
        gone: Json = {"id": str(about.id), "channel_id": str(about.channel)}
        await self._wire.sessions.dispatch("MESSAGE_DELETE", gone | self._guild_of(about))

    async def reacts(self, about: Written, emoji: str, *, take_away: bool = False) -> None:
        event = "MESSAGE_REACTION_REMOVE" if take_away else "MESSAGE_REACTION_ADD"
        data = reaction(about, self.user.id, emoji) | self._guild_of(about)
        if "guild_id" in data and not take_away:
            data["member"] = self._guild(about.channel).member_json(self.user.json())
        if "guild_id" not in data or self._wire.sessions.intents & GUILD_REACTIONS:
            await self._wire.sessions.dispatch(event, data)

    # ── In the server ───────────────────────────────────────────────────────────────────

    def _guild(self, at: Room | int | None = None) -> Guild:
        """Return the server of a channel; of none, the first."""
        world = self._wire.world
        found = world.guilds[at.guild] if isinstance(at, Room) else world.guild if at is None else world.guild_of(at)
        assert found is not None
        return found

    def _guild_of(self, about: Written) -> Json:
        return {"guild_id": str(self._guild(about.channel).id)} if self._wire.world.in_guild(about.channel) else {}

    def rights(self, room: Room) -> discord.Permissions:
        return self._guild(room).rights(self.user.id, room)

    async def is_held_back(self, room: Room, text: str, *, action: int = 1) -> None:
        """Write something that AutoMod does not let through (or only tells somebody of)."""
        data: Json = {
            "guild_id": str(room.guild),
            "action": {"type": action, "metadata": {"channel_id": str(room.id), "custom_message": "Held back."}},
            "rule_id": "1",
            "rule_trigger_type": 1,
            "user_id": str(self.user.id),
            "channel_id": str(room.id),
            "content": text,
            "matched_keyword": "x",
            "matched_content": "x",
        }
        if self._wire.sessions.intents & AUTOMOD_ACTIONS:
            await self._wire.sessions.dispatch("AUTO_MODERATION_ACTION_EXECUTION", data)

    async def comes(self, *roles: Role, into: Guild | None = None) -> None:
        """Come into a server; the first, if no other is named."""
        guild = into or self._guild()
        guild.members[self.user.id] = {role.id for role in roles}
        member = guild.member_json(self.user.json()) | {"guild_id": str(guild.id)}
        if self._wire.sessions.intents & GUILD_MEMBERS:
            await self._wire.sessions.dispatch("GUILD_MEMBER_ADD", member)

    async def goes(self, out_of: Guild | None = None) -> None:
        """Leave it."""
        guild = out_of or self._guild()
        del guild.members[self.user.id]
        gone: Json = {"guild_id": str(guild.id), "user": self.user.json()}
        if self._wire.sessions.intents & GUILD_MEMBERS:
            await self._wire.sessions.dispatch("GUILD_MEMBER_REMOVE", gone)

    def reads_in(self, room: Room) -> list[Written]:
        """What stands in a channel, as far as they may see it, oldest first."""
        if not self.rights(room).view_channel:
            return []
        here = [each for each in self._wire.world.written.values() if each.channel == room.id]
        return sorted(here, key=lambda each: each.id)

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

    async def presses(self, label: str, *, times: int = 1, room: Room | None = None) -> Click:
        """Press the newest button of that name, wherever it is shown to them alone, or in a channel."""
        message, part = self._part(lambda each: str(each.get("label")).removeprefix("✓ ") == label, room)
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

    async def picks(self, custom_id: str, *values: int | str) -> Click:
        """Choose these in the list of this id, of roles, channels or options, or press the button of it."""
        message, part = self._part(lambda each: each["custom_id"] == custom_id)
        data: Json = {"component_type": part["type"], "custom_id": custom_id}
        if part["type"] != 2:
            data["values"] = [str(each) for each in values]
        return await self._click(3, data, message=message)

    async def uses(
        self, path: str, *, guild: bool = False, room: Room | None = None, stale: bool = False, **options: str
    ) -> Click:
        """Run a slash command ("buddy pause"); it must be registered, but for a `stale` app that shows it still."""
        words = path.split()
        if not stale:
            await self._finds(1, words[0], room)
        given: list[Json] = [{"type": 3, "name": name, "value": value} for name, value in options.items()]
        for word in reversed(words[1:]):
            given = [{"type": 1, "name": word, "options": given}]
        data: Json = {"id": "5", "name": words[0], "type": 1, "options": given}
        return await self._click(2, data, guild=guild, room=room)

    async def types(self, path: str, room: Room, name: str, value: str) -> Click:
        """Type into a parameter of a slash command, and see what is suggested."""
        group, word = path.split()
        asked: Json = {"type": 3, "name": name, "value": value, "focused": True}
        inner: Json = {"type": 1, "name": word, "options": [asked]}
        return await self._click(4, {"id": "5", "name": group, "type": 1, "options": [inner]}, room=room)

    async def opens_report(self, about: Written, room: Room | None = None) -> Click:
        return await self.opens_menu("Report message", about, room)

    async def opens_menu(self, name: str, about: "Written | Person", room: Room | None = None) -> Click:
        """Use an entry of a message's or a person's menu; it must be registered."""
        kind = 3 if isinstance(about, Written) else 2
        await self._finds(kind, name, room)
        data: Json = {"id": "6", "name": name, "type": kind}
        if isinstance(about, Written):
            data |= {"target_id": str(about.id), "resolved": {"messages": {str(about.id): about.json()}}}
        else:
            data |= {"target_id": str(about.user.id), "resolved": {"users": {str(about.user.id): about.user.json()}}}
        return await self._click(2, data, room=room)

    async def _finds(self, kind: int, name: str, room: Room | None) -> None:
        """Wait until a command is registered here: those of a server come a moment after its channels."""
        for _ in range(PATIENCE):
            there = self._wire.world.guild_commands.get(room.guild, []) if room is not None else []
            if (kind, name) in [(each["type"], each["name"]) for each in (*self._wire.world.commands, *there)]:
                return
            await asyncio.sleep(0.005)
        raise AssertionError(f"{name} is not registered")

    async def submits(self, form: Click, text: str = "", *, legacy: bool = False, **chosen: str | list[str]) -> Click:
        """Fill in the form that a click opened: words into its first box, and what is chosen by the name of a field.

        `legacy` sends the one box of a form as it was drawn before forms had labels.
        """
        asked = form.answers[0]["data"]
        assert isinstance(asked, dict)
        field: Json = {"type": 4, "custom_id": "x", "value": text}
        parts = [{"type": 1, "components": [field]}] if legacy else filled_in(asked, text, chosen)
        data: Json = {"custom_id": asked["custom_id"], "components": parts}
        room = self._guild(form.room).rooms[form.room] if form.room else None
        return await self._click(5, data, room=room, message=form.message)

    def _part(self, wanted: Callable[[Json], bool], room: Room | None = None) -> tuple[Written, Json]:
        whispered = [shown for click in self.clicks for shown in click.shown]
        for message in sorted(
            self.reads_in(room) if room else [*self.inbox(), *whispered], key=lambda each: each.id, reverse=True
        ):
            for row in message.components:
                parts = row["components"]
                assert isinstance(parts, list)
                for part in parts:
                    if wanted(part):
                        return message, part
        raise AssertionError("there is no such button or list")

    async def _click(
        self,
        kind: int,
        data: Json,
        *,
        guild: bool = False,
        room: Room | None = None,
        message: Written | None = None,
    ) -> Click:
        if message is not None and self._wire.world.in_guild(message.channel):
            room = self._guild(message.channel).rooms[message.channel]
        click = Click(
            self._wire.world.snowflake(), f"token-{next(_tokens)}", self.user, room.id if room else 0, message, kind
        )
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
        if room is not None:
            payload |= {
                "guild_id": str(room.guild),
                "member": self._guild(room).member_json(self.user.json()),
                "channel": room.json() | {"permissions": str(self.rights(room).value)},
                "channel_id": str(room.id),
                "guild": {"id": str(room.guild), "locale": "en-US", "features": []},
            }
        elif guild:
            member: Json = {"user": self.user.json(), "roles": [], "joined_at": None, "flags": 0, "permissions": "0"}
            channel: Json = {"id": "78", "type": 0, "name": "lobby", "permissions": "0", "position": 0}
            payload |= {"guild_id": str(GUILD), "member": member, "channel": channel, "channel_id": "78"}
            payload["guild"] = {"id": str(GUILD), "locale": "en-US", "features": []}
        else:
            channel_json = self._wire.world.channel_json(self.channel)
            payload |= {"user": self.user.json(), "channel": channel_json, "channel_id": str(self.channel)}
        await self._wire.sessions.dispatch("INTERACTION_CREATE", payload)
        return click
