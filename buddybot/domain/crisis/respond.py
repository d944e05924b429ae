"""The crisis conversation as one pure state machine: a state and an input in, the next state and what follows out.

Follow-ups that come due are here too: the bot looks in, and tells the moderators when nobody answers after L3 or L4.
"""

from dataclasses import replace
from typing import assert_never

from buddybot.domain.crisis.conversation import (
    Alert,
    Cause,
    Check,
    CrisisReply,
    CrisisState,
    Due,
    Helping,
    Input,
    Later,
    Press,
    Scene,
    Signal,
    TypedWords,
)
from buddybot.domain.crisis.pacing import CrisisPacing
from buddybot.domain.crisis.presses import press
from buddybot.domain.crisis.signals import hear
from buddybot.domain.crisis.steps import current, saying, until
from buddybot.domain.crisis.typed import help_helper, typed
from buddybot.domain.kernel.levels import Level
from buddybot.domain.moderation.cases import CasePriority

ASKING = {
    Check.FIRST: "check",
    Check.SECOND: "check-again",
    Check.MORNING: "morning",
    Check.BYSTANDER: "over-check",
    Check.USED: "used-check",
}


def respond(state: CrisisState, happened: Input, scene: Scene, pace: CrisisPacing) -> CrisisReply:
    """Return what follows from one message, button or timer. Every input has an answer in every state."""
    match happened:
        case Signal():
            return hear(state, happened, scene, pace)
        case TypedWords():
            return typed(state, happened, scene, pace)
        case Helping():
            return help_helper(state, happened, scene, pace)
        case Press(token):
            return press(state, token, scene, pace)
        case Due(check):
            return due(state, check, scene, pace)
        case _:
            assert_never(happened)


def due(state: CrisisState, check: Check, scene: Scene, pace: CrisisPacing) -> CrisisReply:
    """Look in, unless they asked not to be asked, or the episode is over by now."""
    state = current(state, scene, pace)
    if check is Check.SILENCE:
        return _silence(state)
    if until(scene, state.stopped_until):
        return CrisisReply(state)
    if check in (Check.BYSTANDER, Check.USED):
        return saying(state, ASKING[check], scene)
    if state.level is None or state.level < Level.L2:
        return CrisisReply(state)
    reply = saying(state, ASKING[check], scene)
    if state.level < Level.L3:
        return reply
    silence = (Later(Check.SILENCE, scene.now + pace.silence),)
    return replace(reply, state=replace(reply.state, awaited=True), later=silence, cancel=(Check.SILENCE,))


def _silence(state: CrisisState) -> CrisisReply:
    """Nobody answered the check-in: moderators watch with care, once an episode. The person sees nothing."""
    if not state.awaited or state.watched:
        return CrisisReply(state)
    return CrisisReply(replace(state, watched=True), alert=Alert(CasePriority.P0, Cause.SILENT, state.level))
