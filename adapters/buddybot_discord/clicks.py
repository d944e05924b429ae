"""Interactions: what a command, button, list or form means, and the answer that Discord wants within three seconds.

They are read from their data alone, without the library's views: all state is in the custom id, so that a button or a
form made before a restart still works.
"""

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, auto
from typing import TypeAlias

import discord
from discord import InteractionType, app_commands

from buddybot.adapter import Command, Inbound, Origin, Place, Reads, Where
from buddybot_discord.commands import REPORT_MENU
from buddybot_discord.directs import FAILURES
from buddybot_discord.outbound import FORM
from buddybot_discord.settings import Settings
from buddybot_discord.translate import (
    MESSAGE_MENU,
    REPORT,
    arguments,
    asking,
    chosen,
    invoked,
    origin,
    pressed,
    submitted,
)

Click: TypeAlias = "discord.Interaction[discord.Client]"

REPORT_FIELD, WORDS_FIELD = "discord-report-what", "discord-words"
"""Locale strings: what a form asks, at most 45 characters."""
SEE_DM, ONLY_IN_DM = "discord-see-dm", "discord-only-in-dm"
"""Locale strings: shown in a server to the caller alone, since what is personal comes in private."""

_LABEL, _OPTION = 45, 100
_LONGEST = 1800
"""Letters that a form takes: what is posted under an alias must fit into one message."""
_FORM_SECONDS = 900
_HELD = timedelta(seconds=10)
"""So long what the bot says answers the press; what comes later may be about something else."""


class Answer(Enum):
    """How a click is answered."""

    SILENTLY = auto()
    WITH_FORM = auto()
    ONLY_IN_DM = auto()


@dataclass(frozen=True, slots=True)
class Door:
    """A click in a server: the way to its person where their DM is closed, and for the answer to a press in a place."""

    click: Click
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_held(self) -> bool:
        """Whether they just pressed something that everybody sees: the answer is for their eyes, where they look."""
        message = self.click.message
        return (
            message is not None
            and self.click.guild_id is not None
            and not message.flags.ephemeral
            and discord.utils.utcnow() - self.click.created_at < _HELD
        )


class Clicks:
    """Reads and answers the interactions of one bot account."""

    def __init__(self, settings: Settings, table: tuple[Command, ...], reads: Reads) -> None:
        self._settings, self._reads = settings, reads
        self._private = {each.name for each in table if each.where is Where.PRIVATE}

    def read(self, click: Click, place: Place | None) -> Inbound | Answer:
        """Return what they did, or the answer where it is nothing for the core."""
        data: Mapping[str, object] = click.data or {}
        who = self._who(click, place)
        match click.type:
            case InteractionType.component:
                form = (found := asking(chosen(data)[0])) and found["form"]
                return Answer.WITH_FORM if form else pressed(data, who, click.message)
            case InteractionType.modal_submit:
                return submitted(data, who) or Answer.SILENTLY
            case InteractionType.application_command if data.get("type") == MESSAGE_MENU and place is None:
                return Answer.WITH_FORM
            case InteractionType.application_command:
                event = invoked(data, who)
                return Answer.ONLY_IN_DM if click.guild_id and event.command in self._private else event
            case _:
                return Answer.SILENTLY

    async def answer(self, click: Click, how: Answer = Answer.SILENTLY) -> None:
        """Answer the click itself; what the core has to say comes as a message. A late answer is no loss."""
        with contextlib.suppress(*FAILURES):
            if how is Answer.WITH_FORM:
                await click.response.send_modal(self._form(click))
            elif Door(click).is_held or (click.guild_id is None and click.type is InteractionType.component):
                await click.response.defer()
            elif click.guild_id is None:
                await click.response.defer(ephemeral=True, thinking=True)
                await click.delete_original_response()
            else:
                key = ONLY_IN_DM if how is Answer.ONLY_IN_DM else SEE_DM
                await click.response.send_message(self._say(click, key), ephemeral=True)

    async def suggest(self, click: Click) -> None:
        """Offer what may stand in the parameter that is being typed."""
        data: Mapping[str, object] = click.data or {}
        command, given = arguments(data)
        asked = next((each for each in given if each.get("focused")), None)
        if asked is None:
            return
        address, typed = self._who(click, None).address, str(asked.get("value") or "")
        found = await self._reads.suggest(address, command, str(asked["name"]), typed)
        with contextlib.suppress(*FAILURES):
            await click.response.autocomplete(
                [app_commands.Choice(name=each.label[:_OPTION], value=each.token) for each in found]
            )

    def _who(self, click: Click, place: Place | None) -> Origin:
        return origin(str(click.id), self._settings, click.user, click.locale.value, place)

    def _form(self, click: Click) -> discord.ui.Modal:
        data: Mapping[str, object] = click.data or {}
        if click.type is InteractionType.component:
            found = asking(chosen(data)[0])
            assert found is not None, "only such a button opens a form"
            about, label = f"{FORM}:{click.message.id if click.message else 0}:{found['token']}", WORDS_FIELD
            title, longest = _label(click.message, chosen(data)[0]), _LONGEST
        else:
            about, label = f"{REPORT}:{data.get('target_id')}", REPORT_FIELD
            title, longest = self._say(click, REPORT_MENU), None
        form = discord.ui.Modal(title=title[:_LABEL], custom_id=about, timeout=_FORM_SECONDS)
        field: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
            label=self._say(click, label)[:_LABEL],
            style=discord.TextStyle.paragraph,
            required=longest is not None,
            max_length=longest,
        )
        return form.add_item(field)

    def _say(self, click: Click, key: str) -> str:
        language, ours = click.locale.value, self._reads.locales()
        return self._reads.words(language if language in ours else language.partition("-")[0], key)


def _label(message: discord.Message | None, custom_id: str) -> str:
    """Return what stands on the button or the option that was chosen."""
    for row in message.components if message else ():
        for part in row.children if isinstance(row, discord.ActionRow) else ():
            if part.custom_id == custom_id:
                return str(getattr(part, "label", ""))
            for option in getattr(part, "options", ()):
                if option.value == custom_id:
                    return str(option.label)
    return "…"
