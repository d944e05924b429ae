"""Interactions: what a command, button, list or form means, and the answer that Discord wants within three seconds.

They are read from their data alone, without the library's views: all state is in the custom id, so that a button or a
form made before a restart still works.
"""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import TypeAlias

import discord
from discord import InteractionType, app_commands

from buddybot import adapter as core
from buddybot_discord import forms, inbound
from buddybot_discord.commands import menu_entry
from buddybot_discord.errors import FAILURES, passes
from buddybot_discord.settings import Settings as DiscordSettings

Click: TypeAlias = "discord.Interaction[discord.Client]"

SEE_DM, ONLY_IN_DM, SEE_BELOW = "discord-see-dm", "discord-only-in-dm", "discord-see-below"
"""Locale strings: shown in a server to the caller alone, since what is personal comes in private."""

_OPTION = 100
_SECONDS_TO_SUGGEST = 2.0
"""Discord waits three."""
_ANSWERED = {10062, 40060}
"""The click is too old to be answered, or was answered: whoever made it was told, and can press again."""
_SECONDS_TO_FORM = 2.0
"""Discord waits three for a form, and takes none after another answer."""


class ClickAnswer(Enum):
    """How a click is answered that is nothing for the core."""

    SILENTLY = auto()
    ONLY_IN_DM = auto()


@dataclass(frozen=True, slots=True)
class RecentClick:
    """A click in a server: the way to its person where their DM is closed, and for the answer to a press in a place."""

    click: Click
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    at_team: bool = False
    """Whether it was where moderators are: there all that answers them is shown in place."""

    @property
    def is_held(self) -> bool:
        """Return whether they just pressed something that everybody sees: the answer is shown where they look."""
        message, guild = self.click.message, self.click.guild_id
        is_public = message is not None and guild is not None and not message.flags.ephemeral
        return (is_public or self.at_team) and core.utc_now() - self.click.created_at < core.EPHEMERAL_FOR


class Interactions:
    """Reads and answers the interactions of one bot account."""

    def __init__(
        self,
        settings: DiscordSettings,
        table: tuple[core.Command, ...],
        reads: core.Reads,
        named: Callable[[int, str], core.MessageId],
    ) -> None:
        self._settings, self._reads, self._named = settings, reads, named
        self._private = {each.name for each in table if each.where is core.Where.PRIVATE}

    def read(self, click: Click, place: core.Place | None) -> core.Inbound | ClickAnswer:
        """Return what they did, or the answer where it is nothing for the core."""
        data: Mapping[str, object] = click.data or {}
        who = self._who(click, place)
        match click.type:
            case InteractionType.component:
                return self._placed(click, place, inbound.pressed(data, who, click.message))
            case InteractionType.modal_submit:
                return inbound.submitted(data, who) or ClickAnswer.SILENTLY
            case InteractionType.application_command if (entry := menu_entry(data, self._reads)) is not None:
                return self._placed(click, place, inbound.used(entry, data, who))
            case InteractionType.application_command:
                event = inbound.invoked(data, who)
                return ClickAnswer.ONLY_IN_DM if click.guild_id and event.command in self._private else event
            case _:
                return ClickAnswer.SILENTLY

    def _placed(self, click: Click, place: core.Place | None, press: core.Pressed) -> core.Pressed:
        """Name the message that a press is about as the core knows it, also in a thread."""
        if place is None or click.channel_id is None or not press.message:
            return press
        return replace(press, message=self._named(click.channel_id, press.message))

    async def opens_form(self, click: Click, place: core.Place | None) -> bool:
        """Answer with the form that this click opens now; False where it opens none, or the core takes too long."""
        if click.type not in {InteractionType.component, InteractionType.application_command}:
            return False
        data: Mapping[str, object] = click.data or {}
        who, entry = self._who(click, place), menu_entry(data, self._reads)
        press = inbound.opening(data, who, click.message) if entry is None else inbound.used(entry, data, who)
        if press is None:
            return False
        press = self._placed(click, place, press)
        try:
            async with asyncio.timeout(_SECONDS_TO_FORM):
                form = await self._reads.form(press, forms.LIMITS)
        except TimeoutError:
            return False
        if form is None:
            return False
        called = _label(click.message, str(inbound.chosen(data)[0]))
        try:
            await click.response.send_modal(forms.modal(form, press.tokens[0], press.message, called))
        except FAILURES as error:
            # A form that may stand there must not be asked once more in private: words would land in the wrong place.
            return passes(error) or getattr(error, "code", 0) in _ANSWERED
        return True

    async def answer(self, recent: RecentClick, how: ClickAnswer = ClickAnswer.SILENTLY) -> None:
        """Answer the click itself; what the core has to say comes as a message. A late answer is no loss."""
        click, is_command = recent.click, recent.click.type is InteractionType.application_command
        with contextlib.suppress(*FAILURES):
            if recent.is_held and is_command and how is ClickAnswer.SILENTLY:
                await click.response.send_message(self._reads.words(click.locale.value, SEE_BELOW), ephemeral=True)
            elif (recent.is_held and not is_command) or (
                click.guild_id is None and click.type is InteractionType.component
            ):
                await click.response.defer()
            elif click.guild_id is None:
                await click.response.defer(ephemeral=True, thinking=True)
                await click.delete_original_response()
            else:
                key = ONLY_IN_DM if how is ClickAnswer.ONLY_IN_DM else SEE_DM
                await click.response.send_message(self._reads.words(click.locale.value, key), ephemeral=True)

    async def suggest(self, click: Click) -> None:
        """Offer what may stand in the parameter that is being typed."""
        command, given = inbound.arguments(click.data or {})
        asked = next((each for each in given if each.get("focused")), None)
        if asked is None:
            return
        address, typed = self._who(click, None).address, str(asked.get("value") or "")
        try:
            async with asyncio.timeout(_SECONDS_TO_SUGGEST):
                found = await self._reads.suggest(address, command, str(asked["name"]), typed)
        except TimeoutError:
            found = ()  # an empty list leaves what they type as it is; no answer is shown to them as a failure
        with contextlib.suppress(*FAILURES):
            offered = [app_commands.Choice(name=each.label[:_OPTION], value=each.token) for each in found]
            await click.response.autocomplete(offered)

    def _who(self, click: Click, place: core.Place | None) -> core.Origin:
        return inbound.origin(str(click.id), self._settings, click.user, click.locale.value, place)


def _label(message: discord.Message | None, custom_id: str) -> str:
    """Return the label of the button or the option that was chosen."""
    rows = [row for row in (message.components if message else ()) if isinstance(row, discord.ActionRow)]
    labels = {part.custom_id: getattr(part, "label", None) for row in rows for part in row.children}
    options = [option for row in rows for part in row.children for option in getattr(part, "options", ())]
    return str((labels | {option.value: option.label for option in options}).get(custom_id) or "…")
