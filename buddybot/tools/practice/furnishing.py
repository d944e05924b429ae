"""Fixtures of the demo's house: ties between the practice peers, and samples in the library of what helped."""

import itertools
from collections.abc import Awaitable, Callable, Iterator, Sequence

from buddybot.adapter import Address, Reads
from buddybot.domain.care.stories import Story, StoryState
from buddybot.domain.kernel.world import World
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.store.matching.ties import TieKind
from buddybot.store.tx import Tx
from buddybot.tools.practice.cast import Cast


def furnishing(
    store: GroupStore, cast: Cast, world: World
) -> Callable[[Sequence[Address], Sequence[Address], Reads], Awaitable[None]]:
    """Return what readies the house before any peer answers.

    Those who look for a buddy are kept from being matched with any other peer, for they are there for people; a
    library that is empty gets the samples.
    """

    async def furnish(looking: Sequence[Address], everybody: Sequence[Address], reads: Reads) -> None:
        samples = list(_samples(cast, reads, world))
        await store.write(lambda tx: _furnish(tx, looking, everybody, samples))

    return furnish


def _samples(cast: Cast, reads: Reads, world: World) -> Iterator[Story]:
    for locale in sorted(cast.replies):
        for one in cast.stories:
            text = reads.words(locale, f"practice-{one.key}")
            yield Story(world.new_id(), None, StoryState.SHOWN, world.now(), text, locale, one.topics, stays=True)


def _furnish(tx: Tx, looking: Sequence[Address], everybody: Sequence[Address], samples: Sequence[Story]) -> None:
    for mine, other in itertools.product(looking, everybody):
        if mine != other and (member := tx.members.by_address(mine)) is not None:
            tx.ties.add(member.id, tx.members.person(other), TieKind.KNOWN, member.joined_at)
    if not tx.stories.shown():
        for story in samples:
            tx.stories.save(story)
