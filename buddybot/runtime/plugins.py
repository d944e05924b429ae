"""Adapters come through entry points, and only those that are configured are imported."""

from collections.abc import Mapping
from importlib.metadata import entry_points
from pathlib import Path

from buddybot.adapter import Adapter, AdapterError, Create

GROUP = "buddybot.adapters"


def load_adapters(settings: Mapping[str, Mapping[str, str]], file: Path) -> dict[str, Adapter]:
    """Return each configured adapter by platform; what is wrong with its settings is told with the name of the file."""
    known = {point.name: point for point in entry_points(group=GROUP)}
    made: dict[str, Adapter] = {}
    for name, table in settings.items():
        if name not in known:
            names = ", ".join(sorted(known))
            raise AdapterError(
                f"{file}: adapters.{name}: no such adapter is installed (there are: {names}); fix the name, "
                "or install it"
            )
        try:
            create: Create = known[name].load()
        except ImportError as error:
            raise AdapterError(
                f"{file}: adapters.{name}: its library is missing ({error.name}); run: pip install 'buddybot[{name}]'"
            ) from error
        try:
            adapter = create(table)
        except AdapterError as error:
            raise AdapterError("\n".join(f"{file}: {line}" for line in str(error).splitlines())) from error
        made[adapter.platform] = adapter
    return made
