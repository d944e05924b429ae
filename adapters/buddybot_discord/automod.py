"""Discord's own filter, kept as data/ wants it: the first layer, which also works while the bot is down."""

import discord
from discord.http import HTTPClient

from buddybot.adapter import Filter, RetryLater
from buddybot_discord.outbound import Json
from buddybot_discord.rights import Rights
from buddybot_discord.trouble import trouble

_ON_MESSAGE, _KEYWORD, _BLOCK = 1, 1, 1
_MOST_SPARED = 50


def drawn(
    guild: discord.Guild, filters: tuple[Filter, ...], read: set[int], staff: frozenset[str], words: str
) -> list[Json]:
    """Return our rules. They hold in the channels `read` alone, never for `staff`; `words` are said to authors."""
    others = [each for each in guild.channels if not isinstance(each, discord.CategoryChannel) and each.id not in read]
    channels = sorted(str(each.id) for each in others)
    roles = sorted(str(each.id) for each in guild.roles if {each.name.casefold(), str(each.id)} & staff)
    return [_rule(each, roles, channels, words) for each in filters]


async def keep(http: HTTPClient, guild: int, wanted: list[Json], rights: Rights) -> None:
    """Make or mend them."""
    if any(isinstance(spared := each["exempt_channels"], list) and len(spared) > _MOST_SPARED for each in wanted):
        rights.say(
            f"AutoMod can leave out {_MOST_SPARED} channels and this server has more beside the open ones: its rules "
            "are not kept up to date. Set automod = none"
        )
        return
    try:
        there = {str(each["name"]): each for each in await http.get_auto_moderation_rules(guild)}
        for each in wanted:
            found = there.get(str(each["name"]))
            if found is None:
                start = {"event_type": _ON_MESSAGE, "trigger_type": _KEYWORD, "enabled": True}
                await http.create_auto_moderation_rule(guild, reason=None, **each, **start)
            elif not _within(each, found):
                await http.edit_auto_moderation_rule(guild, found["id"], reason=None, **each)
    except discord.Forbidden:
        rights.lacks("manage_guild")
    except discord.HTTPException as error:
        if isinstance(trouble(error), RetryLater):
            raise
        rights.say(
            f"AutoMod refused a rule (code {error.code}): a server has room for six rules with words. Remove some"
        )


def _rule(one: Filter, roles: list[str], channels: list[str], words: str) -> Json:
    """Whether a rule is switched on is the server's own business, once it is there."""
    return {
        "name": f"BuddyBot: {one.name}",
        "trigger_metadata": {"keyword_filter": [*one.words], "regex_patterns": [*one.patterns]},
        "actions": [{"type": _BLOCK, "metadata": {"custom_message": words}}],
        "exempt_roles": roles,
        "exempt_channels": channels,
    }


def _within(wanted: object, found: object) -> bool:
    """Whether what is there holds all that is wanted; Discord adds keys of its own, and sorts as it likes."""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(_within(value, found.get(key)) for key, value in wanted.items())
    if isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        pairs = zip(sorted(wanted, key=str), sorted(found, key=str), strict=True)
        return all(_within(mine, theirs) for mine, theirs in pairs)
    return wanted == found
