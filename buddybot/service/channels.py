"""Recovery channels: one room for the core, a place of its own on each platform that has it."""

from dataclasses import replace

from buddybot.domain.ids import MemberId
from buddybot.domain.messages import Closed, Opened
from buddybot.service.turn import Turn


def place(turn: Turn, event: Opened | Closed) -> None:
    """Remember where a channel is on a platform, follow it when it moves, forget it when it is gone."""
    origin = event.origin
    if origin.place is None:
        return
    known = turn.tx.places.at(origin.address)
    if isinstance(event, Closed):
        if known is not None:
            turn.tx.places.close(known)
    elif known is None and (before := _before(turn, event)) is not None:
        turn.tx.places.move(before, origin.address)
    elif known is None:
        locale = turn.book.words.nearest(origin.locale)
        turn.tx.places.add(MemberId(turn.world.new_id()), origin.place.key, origin.address, locale, turn.now)


def _before(turn: Turn, event: Opened) -> MemberId | None:
    return turn.tx.places.at(replace(event.origin.address, account=event.moved_from)) if event.moved_from else None
