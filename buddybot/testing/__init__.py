"""PUBLIC: test kit for adapters, rules and whole conversations: `TestBot`, `FakePlatform`, `AdapterContract`."""

from buddybot.testing.bot import (
    MORNING,
    AdapterContract,
    Clock,
    FakePlace,
    FakePlatform,
    NoFiles,
    NoPlaces,
    NoThreads,
    Person,
    PlacesContract,
    ShownMessage,
    TestBot,
    practice_book,
    running,
)

__all__ = [
    "MORNING",
    "AdapterContract",
    "Clock",
    "FakePlace",
    "FakePlatform",
    "NoFiles",
    "NoPlaces",
    "NoThreads",
    "Person",
    "PlacesContract",
    "ShownMessage",
    "TestBot",
    "practice_book",
    "running",
]
