"""Load balancing of newcomers over several bot accounts of one platform: who hears of another account, and of which."""

from collections.abc import Iterable
from dataclasses import dataclass

MUCH_ROOM = 0.8
"""Another account is worth the way where it serves at most this part of what this one does."""


@dataclass(frozen=True, slots=True)
class BotAccount:
    """An account of the house on a platform: its link, how many members it serves, and whether its outbox is late."""

    identity: str
    link: str
    served: int = 0
    late: bool = False


def roomier(here: BotAccount, others: Iterable[BotAccount], full_at: int) -> BotAccount | None:
    """Return the account with most room where this one is full or late; None where it is neither, or none has more."""
    if not (here.late or (full_at and here.served >= full_at)):
        return None
    with_room = [one for one in others if not one.late and (here.late or one.served <= MUCH_ROOM * here.served)]
    return min(with_room, key=lambda one: one.served, default=None)
