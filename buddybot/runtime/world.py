"""The real world: the machine's clock, its source of randomness, ids nobody can guess."""

from datetime import UTC, datetime
from secrets import SystemRandom, token_hex

from buddybot.domain.kernel.world import World


def system_world() -> World:
    """Return the world as it is; tests make their own."""
    return World(now=_now, rng=SystemRandom(), new_id=_new_id)


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  this is where World.now comes from


def _new_id() -> str:
    return token_hex(12)
