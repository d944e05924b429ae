"""The same adapter on a second, independent imitation of Discord: the clients' own rules about what may be pressed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
import simcord
from buddybot_discord.outbound import DiscordOutbound
from buddybot_discord.server.enforcement import DiscordEnforcement
from buddybot_discord.server.listening import DiscordListener
from buddybot_discord.settings import DiscordSettings
from discord.http import Route

from buddybot.adapter import (
    COMMANDS,
    REPORT_FORM,
    Address,
    Choice,
    Content,
    Delivery,
    Effect,
    Invoked,
    MessageId,
    NoteId,
    Pressed,
    Restrict,
    Restriction,
    Said,
    Send,
    Span,
    Voice,
)
from tests.discord.house import Notebook
from tests.discord.town import ServerLibrary

GUILD = 1 << 60
SETTINGS = DiscordSettings(token="a.b.c", guild=GUILD, moderators=frozenset({"mods"}), identify_pause=0)


class Stage:
    """The server as simcord has it."""

    def __init__(self, env: simcord.Env, guild: simcord.GuildHandle, inbox: Notebook, gateway: DiscordListener) -> None:
        self.env, self.guild, self.inbox, self.gateway = env, guild, inbox, gateway

    def room(self, key: str) -> simcord.ChannelHandle:
        return self.guild.channels[key]

    def person(self, name: str, *roles: simcord.RoleHandle) -> simcord.MemberActor:
        return self.guild.add_member(self.env.create_user(name), roles=roles)

    def pinned(self, key: str) -> discord.Message:
        (found,) = self.room(key).pinned_messages()
        return found

    async def does(self, account: str, effect: Effect, message: MessageId | None = None) -> MessageId:
        gateway = self.gateway
        enforcement = DiscordEnforcement(gateway, gateway.places, gateway.notices)
        outbound = DiscordOutbound(gateway, enforcement)
        return await outbound.carry_out(Delivery(1, Address("discord", "main", account), effect, message))

    def place(self, key: str) -> str:
        return f"#{self.room(key).id}"


@asynccontextmanager
async def staged(inbox: Notebook | None = None) -> AsyncIterator[Stage]:
    inbox = inbox or Notebook()
    Route.BASE = SETTINGS.api  # one for the whole process, and another test may have pointed it elsewhere
    gateway = DiscordListener(SETTINGS, inbox, COMMANDS, ServerLibrary(inbox))
    async with simcord.run(gateway, shard_count=1) as env:
        guild = env.create_guild(id=GUILD)
        await env.settle()
        yield Stage(env, guild, inbox, gateway)


async def test_each_kind_of_channel_lets_people_do_what_it_should() -> None:
    async with staged() as stage:
        ann = stage.person("ann")
        await ann.send(stage.room("lobby"), "hello")
        for key in ("nights", "staff"):
            try:
                await ann.send(stage.room(key), "hello")
            except simcord.BackendError:
                continue
            raise AssertionError(f"ann wrote in {key}")
        assert stage.inbox.texts() == ["hello"]


async def test_words_go_through_a_modal_also_after_a_restart() -> None:
    async with staged() as stage:
        ann = stage.person("ann")
        for words in ("before", "after"):
            form = await ann.click(stage.pinned("nights"), label="Write")
            assert form.modal is not None
            (field,) = [part["component"] for part in form.modal["components"]]
            await ann.submit_modal(form, {field["custom_id"]: words})
            fresh = DiscordListener(SETTINGS, stage.inbox, COMMANDS, ServerLibrary(stage.inbox))
            await stage.env.restart_bot(fresh)
        pressed = [each for each in stage.inbox.events if isinstance(each, Pressed)]
        assert [(each.tokens, each.text) for each in pressed] == [
            (("channel.nights.write",), "before"),
            (("channel.nights.write",), "after"),
        ]


async def test_the_clients_show_moderators_commands_to_moderators_alone() -> None:
    async with staged() as stage:
        mods = stage.guild.create_role("Mods", permissions=discord.Permissions(moderate_members=True))
        ann, mod, lobby = stage.person("ann"), stage.person("mo", mods), stage.room("lobby")
        assert not any(name.startswith(("mod ", "casework ")) for name in ann.available_commands(lobby))
        assert {"mod claim", "casework decide"} <= set(mod.available_commands(lobby))
        offered = await mod.autocomplete(lobby, "mod claim", "case", "ab")
        assert [each["value"] for each in offered] == ["ab12cd34"]
        await mod.slash(lobby, "mod claim", case="ab12cd34")
        (event,) = [each for each in stage.inbox.events if isinstance(each, Invoked)]
        assert (event.command, event.arguments) == ("claim", (("case", "ab12cd34"),))
        assert event.origin.roles == ("moderator",)


async def test_a_post_is_reported_from_its_menu() -> None:
    async with staged() as stage:
        ann, nights = stage.person("ann"), stage.room("nights")
        post = Send(Content((Span("sour"),), Voice.MEMBER, "Elm", (Choice("t", "Answer", form=True),)), NoteId("n"))
        made = await stage.does(stage.place("nights"), post)
        shown = next(each for each in nights.history() if str(each.id) == made)
        form = await ann.context_menu(nights, "Report message", shown)
        assert form.modal is not None
        await ann.submit_modal(form, {"words": "that was sour"})
        (event,) = [each for each in stage.inbox.events if isinstance(each, Pressed)]
        assert (event.tokens, event.message, event.text) == ((REPORT_FORM,), made, "that was sour")
        assert event.origin.place is not None


async def test_somebody_held_back_can_read_and_not_write_until_let() -> None:
    async with staged() as stage:
        ann, lobby = stage.person("ann"), stage.room("lobby")
        await stage.does(stage.place("lobby"), Restrict(str(ann.id), Restriction.MUTE))
        try:
            await ann.send(lobby, "too soon")
        except simcord.BackendError:
            await stage.does(stage.place("lobby"), Restrict(str(ann.id), Restriction.LIFT))
        await ann.send(lobby, "now")
        assert [each.text for each in stage.inbox.events if isinstance(each, Said)] == ["now"]
