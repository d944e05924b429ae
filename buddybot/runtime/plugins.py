"""Adapters come through entry points, and only those that are configured are imported."""

from collections.abc import Mapping
from importlib.metadata import entry_points

from buddybot.adapter import Adapter, AdapterError, Create

GROUP = "buddybot.adapters"


def load_adapters(settings: Mapping[str, Mapping[str, str]]) -> dict[str, Adapter]:
    """Return each configured adapter by platform."""
    known = {point.name: point for point in entry_points(group=GROUP)}
    made: dict[str, Adapter] = {}
    for name, table in settings.items():
        if name not in known:
            names = ", ".join(sorted(known))
            raise AdapterError(
                f"adapters.{name}: no such adapter is installed (there are: {names}); fix the name, or install it"
            )
        try:
            create: Create = known[name].load()
        except ImportError as error:
            raise AdapterError(
                f"adapters.{name}: its library is missing ({error.name}); run: pip install 'buddybot[{name}]'"
            ) from error
        adapter = create(table)
        made[adapter.platform] = adapter
    return made
