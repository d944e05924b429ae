"""A channel's own permissions for one role or one person: changed where they differ, all others left as they are."""

from collections.abc import Mapping
from typing import Literal

import discord
from discord.http import HTTPClient, Route


async def change(
    http: HTTPClient, channel: int, target: discord.abc.Snowflake, wanted: Mapping[str, bool | None]
) -> bool:
    """Set these permissions; say whether anything changed. Read afresh: what the library keeps may lag behind."""
    kind: Literal[0, 1] = 0 if isinstance(target, discord.Role) else 1
    shown: Mapping[str, list[Mapping[str, str]]] = await http.request(_route(channel))
    overwrites = shown["permission_overwrites"]
    allow, deny = next(
        ((int(each["allow"]), int(each["deny"])) for each in overwrites if int(each["id"]) == target.id), (0, 0)
    )
    overwrite = discord.PermissionOverwrite.from_pair(discord.Permissions(allow), discord.Permissions(deny))
    overwrite.update(**wanted)
    allowed, denied = overwrite.pair()
    if (allowed.value, denied.value) == (allow, deny):
        return False
    if overwrite.is_empty():
        await http.delete_channel_permissions(channel, target.id)
    else:
        await http.edit_channel_permissions(channel, target.id, str(allowed.value), str(denied.value), kind)
    return True


def _route(channel: int) -> Route:
    return Route("GET", "/channels/{channel_id}", channel_id=channel)
