"""The same server and stores that the store's own tests run on."""

from tests.store.fixtures import database, dialect, people, places, server, store

__all__ = ["database", "dialect", "people", "places", "server", "store"]
