"""PUBLIC: test kit for adapters, rules and whole conversations: `TestBot`, `FakePlatform`, `AdapterContract`."""

from buddybot.testing.bot import (
    MORNING,
    AdapterContract,
    Clock,
    FakePlatform,
    NoPlaces,
    Person,
    PlacesContract,
    Shown,
    Spot,
    TestBot,
    practice_book,
    running,
)

__all__ = [
    "MORNING",
    "AdapterContract",
    "Clock",
    "FakePlatform",
    "NoPlaces",
    "Person",
    "PlacesContract",
    "Shown",
    "Spot",
    "TestBot",
    "practice_book",
    "running",
]
