"""What was chosen in Discord with /setup: a TOML file beside the configuration, which the operator can read and mend.

It never stands above config.toml: a key that a server's table sets there is not taken from here.
"""

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from buddybot.adapter import AdapterError, settings_from
from buddybot_discord.server.guilds import GuildSettings

_HEAD = "# Written by /setup in Discord, read at the start. What stands in config.toml goes before it.\n"


def read_choices(path: Path) -> Iterator[GuildSettings]:
    """Yield what was chosen for each server; an `AdapterError` names the file, the key and the fix."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")).get("guilds", [])
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AdapterError(
            f"adapters.discord.setup_file = {str(path)!r}: it can't be read ({error}); mend it, or delete it and "
            "choose again with /setup"
        ) from error
    for number, table in enumerate(found if isinstance(found, list) else [found], 1):
        try:
            yield settings_from(GuildSettings, f"discord.setup_file ({path}) guilds[{number}]", _whole(table))
        except AdapterError as error:
            raise AdapterError(f"{error}; mend it there, or delete the file and choose again with /setup") from error


def _whole(table: object) -> dict[str, str]:
    """Return a table as it was read: the server's own settings check what stands in it."""
    return table if isinstance(table, dict) else {"guilds": str(table)}


def write_choices(path: Path, chosen: Iterable[GuildSettings]) -> None:
    """Replace the file as a whole: whoever reads it meanwhile sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.with_name(f"{path.name}.new")
    written.write_text(_HEAD + "".join(map(_table, chosen)), encoding="utf-8")
    written.chmod(0o600)
    written.replace(path)


def _table(one: GuildSettings) -> str:
    lines = ["\n[[guilds]]", f'id = "{one.id}"']
    lists = {key: getattr(one, key) for key in ("moderators", "leads", "channels") if key in one.model_fields_set}
    lines += [f"{key} = [{', '.join(map(_text, sorted(names)))}]" for key, names in lists.items() if names is not None]
    if one.places:
        lines.append("places = { " + ", ".join(f'{key} = "{at}"' for key, at in sorted(one.places.items())) + " }")
    return "\n".join(lines) + "\n"


def _text(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
