"""Opens the keys where the settings name them, to read: a folder, or a database of their own (its driver only then)."""

from buddybot.config.tables import StoreSettings
from buddybot.store.kernel.operator_key import operator_key
from buddybot.store.key_store import KeyReader
from buddybot.store.reading_keys import ReadingKeys


def keys_to_read(settings: StoreSettings, operator: str | None) -> KeyReader:
    """Return the keys beside a bot that runs, or of one that is stopped."""
    wrapping = operator_key(settings.keys / "operator.key", operator, fresh=False)
    if not settings.key_server:
        return ReadingKeys.beside(settings.keys, wrapping)
    from buddybot.runtime.key_server.reading import ReadingServer

    return ReadingServer(settings.key_server, wrapping, settings.keys)
