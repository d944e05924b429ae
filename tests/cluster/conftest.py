"""The same server that the store's own tests run on."""

from tests.store.fixtures import database, places, server

__all__ = ["database", "places", "server"]
