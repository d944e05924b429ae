"""The real world: the machine's clock, its source of randomness, ids nobody can guess."""

from collections.abc import Callable
from datetime import datetime
from secrets import SystemRandom, token_hex

from buddybot.domain.kernel.world import World
from buddybot.runtime.steady_clock import system_clock


def system_world(wall: Callable[[], datetime] | None = None) -> World:
    """Return the world as it is, by this machine's clock or another; tests make their own."""
    clock = system_clock(wall)
    return World(clock.now, SystemRandom(), _new_id, clock.unproven, clock.doubt)


def _new_id() -> str:
    return token_hex(12)
