"""Franking: every true text fits, and no altered, foreign or old one."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.runtime.storage.group_commit import GroupStore
from tests.store.cast import ANN, BEN, NOW

ROOM, OTHER = RoomId("room"), RoomId("other")
DAY = timedelta(days=1)


async def test_a_tag_fits_for_a_week_and_then_nothing_can_be_proven(store: GroupStore) -> None:
    await store.write(lambda tx: tx.tags.put(ROOM, ANN, "exact words", NOW))
    for days in range(7):
        assert await store.read(lambda tx: tx.tags.fits(ROOM, ANN, "exact words", NOW + days * DAY))
    assert not await store.read(lambda tx: tx.tags.fits(ROOM, ANN, "exact words", NOW + 7 * DAY))
    assert not await store.read(lambda tx: tx.tags.fits(ROOM, ANN, "exact words", NOW - DAY))
    assert await store.write(lambda tx: tx.tags.expire(NOW + 8 * DAY, 9)) == 1
    assert not await store.read(lambda tx: tx.vault.knows(MemberId("tags:2026-03-01")))


async def test_foreign_texts_do_not_fit(store: GroupStore) -> None:
    await store.write(lambda tx: tx.tags.put(ROOM, ANN, "exact words", NOW))
    for room, author, text in ((OTHER, ANN, "exact words"), (ROOM, BEN, "exact words"), (ROOM, ANN, "exact  words")):
        assert not await store.read(lambda tx: tx.tags.fits(room, author, text, NOW))


async def test_no_altered_text_fits(store: GroupStore) -> None:
    @settings(max_examples=60)
    @given(st.text(min_size=1, max_size=40), st.integers(0, 39), st.characters())
    def holds(text: str, place: int, char: str) -> None:
        altered = text[: place % len(text)] + char + text[place % len(text) + 1 :]
        told.append((text, altered))

    told: list[tuple[str, str]] = []
    holds()
    for number, (text, altered) in enumerate(told):
        room = RoomId(f"room{number}")
        await store.write(lambda tx: tx.tags.put(room, ANN, text, NOW))
        assert await store.read(lambda tx: tx.tags.fits(room, ANN, text, NOW))
        fits = await store.read(lambda tx: tx.tags.fits(room, ANN, altered, NOW))
        assert fits is (altered == text)
