"""Interactions: what a command, button, list or form means, and the answer that Discord wants within three seconds.

They are read from their data alone, without the library's views: all state is in the custom id, so that a button or a
form made before a restart still works.
"""

import contextlib
from collections.abc import Mapping
from enum import Enum, auto
from typing import TypeAlias

import discord
from discord import InteractionType

from buddybot.adapter import Command, Inbound, Reads, Where
from buddybot_discord.commands import REPORT_MENU
from buddybot_discord.directs import FAILURES
from buddybot_discord.translate import REPORT, invoked, origin, pressed, reported

Click: TypeAlias = "discord.Interaction[discord.Client]"

REPORT_FIELD = "discord-report-what"
"""Locale string: what the report form asks, at most 45 characters."""
SEE_DM, ONLY_IN_DM = "discord-see-dm", "discord-only-in-dm"
"""Locale strings: shown in a server to the caller alone, since what is personal comes in private."""

_MESSAGE_MENU = 3
_LABEL = 45
_FORM_SECONDS = 900


class Answer(Enum):
    """How a click is answered."""

    SILENTLY = auto()
    WITH_FORM = auto()
    ONLY_IN_DM = auto()


class Clicks:
    """Reads and answers the interactions of one bot account."""

    def __init__(self, identity: str, table: tuple[Command, ...], reads: Reads) -> None:
        self._identity, self._reads = identity, reads
        self._private = {each.name for each in table if each.where is Where.PRIVATE}

    def read(self, click: Click) -> Inbound | Answer:
        """Return what they did, or the answer where it is nothing for the core."""
        data: Mapping[str, object] = click.data or {}
        who = origin(str(click.id), self._identity, click.user, click.locale.value)
        match click.type:
            case InteractionType.component:
                return pressed(data, who, click.message)
            case InteractionType.modal_submit:
                return reported(data, who) or Answer.SILENTLY
            case InteractionType.application_command if data.get("type") == _MESSAGE_MENU:
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
            elif click.type is InteractionType.component:
                await click.response.defer()
            elif click.guild_id is None:
                await click.response.defer(ephemeral=True, thinking=True)
                await click.delete_original_response()
            else:
                key = ONLY_IN_DM if how is Answer.ONLY_IN_DM else SEE_DM
                await click.response.send_message(self._say(click, key), ephemeral=True)

    def _form(self, click: Click) -> discord.ui.Modal:
        data: Mapping[str, object] = click.data or {}
        title = self._say(click, REPORT_MENU)[:_LABEL]
        form = discord.ui.Modal(title=title, custom_id=f"{REPORT}:{data.get('target_id')}", timeout=_FORM_SECONDS)
        field: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
            label=self._say(click, REPORT_FIELD)[:_LABEL], style=discord.TextStyle.paragraph, required=False
        )
        return form.add_item(field)

    def _say(self, click: Click, key: str) -> str:
        language, ours = click.locale.value, self._reads.locales()
        return self._reads.words(language if language in ours else language.partition("-")[0], key)
