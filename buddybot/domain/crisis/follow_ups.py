"""Follow-ups that come due: the bot looks in, and tells the moderators when nobody answers after L3 or L4."""

from dataclasses import replace

from buddybot.domain.crisis.conversation import Alert, CareState, Cause, Check, CrisisReply, Later, Scene
from buddybot.domain.crisis.pacing import CrisisPacing
from buddybot.domain.crisis.steps import current, saying, until
from buddybot.domain.kernel.levels import Level
from buddybot.domain.moderation.cases import CasePriority

ASKING = {
    Check.FIRST: "check",
    Check.SECOND: "check",
    Check.MORNING: "morning",
    Check.BYSTANDER: "over-check",
    Check.USED: "used-check",
}


def due(state: CareState, check: Check, scene: Scene, pace: CrisisPacing) -> CrisisReply:
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


def _silence(state: CareState) -> CrisisReply:
    """Nobody answered the check-in: moderators watch with care, once an episode. The person sees nothing."""
    if not state.awaited or state.watched:
        return CrisisReply(state)
    return CrisisReply(replace(state, watched=True), alert=Alert(CasePriority.P0, Cause.SILENT, state.level))
