"""The real world: the machine's clock, its source of randomness, ids nobody can guess."""

from secrets import SystemRandom, token_hex

from buddybot.domain.kernel.world import World
from buddybot.runtime.steady_clock import system_clock


def system_world() -> World:
    """Return the world as it is; tests make their own."""
    clock = system_clock()
    return World(clock.now, SystemRandom(), _new_id, clock.unproven, clock.doubt)


def _new_id() -> str:
    return token_hex(12)
