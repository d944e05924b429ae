"""What the bot does about a message: which lanes and level are answered, softly or plainly, or not at all.

L3, L4 and every lane are always answered. L0 to L2 are asked once and then left in peace for a while.
"""

from dataclasses import replace
from datetime import timedelta

from buddybot.domain.crisis.conversation import (
    Alert,
    Cause,
    Check,
    CrisisReply,
    CrisisState,
    Gentle,
    Later,
    Scene,
    Signal,
)
from buddybot.domain.crisis.pacing import CrisisPacing
from buddybot.domain.crisis.steps import LANES, again, current, join, open_lane, raise_to, recent, saying, until
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.moderation.cases import CasePriority

PASSING = (Gentle.HIGH, Gentle.UNCLEAR)
"""Soft questions that a person can wave away like a level."""


def hear(state: CrisisState, signal: Signal, scene: Scene, pace: CrisisPacing) -> CrisisReply:
    """Answer one message. Call it for every message while a check-in is open: it is an answer in a way."""
    start = _doubted(current(state, scene, pace), signal)
    reply = _noticed(start)
    signal = _with_means(signal)
    level = Level.L0 if signal.level is None else signal.level
    if reply.state.hunch and _to_be_asked(start, scene, pace):
        return join(reply, _asked_first(reply.state, signal, scene, pace))
    if signal.gentle is not None and level is Level.L0 and not signal.lanes:
        return _gently(reply.state, signal.gentle, scene, pace)
    if level >= Level.L3:
        reply = join(reply, _gravely(reply.state, signal, level, scene, pace))
    for lane in LANES:
        if lane in signal.lanes:
            reply = join(reply, open_lane(reply.state, lane, scene, pace, delivered=signal.delivered))
    # Violence comes first as a question only: somebody may look over their shoulder.
    quiet = SideLane.VIOLENCE in signal.lanes or level >= Level.L3
    if signal.level is not None and not quiet and _asks(start, level, scene, pace, alone=not signal.lanes):
        reply = join(reply, _plainly(reply.state, signal, level, scene, pace))
    if signal.means and not reply.say and not _hushed(start, Level.L2, scene):
        reply = join(reply, saying(replace(reply.state, signed_at=scene.now), "means", scene))
    return reply


def _asked_first(state: CrisisState, signal: Signal, scene: Scene, pace: CrisisPacing) -> CrisisReply:
    """Ask whether a life is in danger, where nothing but statistics says so; a person looks all the same."""
    return raise_to(state, Level.L2, scene, pace, Cause.HEARD, delivered=signal.delivered, asked="sure")


def _to_be_asked(state: CrisisState, scene: Scene, pace: CrisisPacing) -> bool:
    """Return whether a hunch is asked about: a second one, while the question is open, is answered as danger."""
    return state.asked != "sure" or not recent(state.said_at, pace.repeat, scene)


def _doubted(state: CrisisState, signal: Signal) -> CrisisState:
    """Return the state with whether its danger is a guess alone: by statistics up to L2, or means without any wish."""
    if not signal.shows_danger:
        return state
    calm = state.guessed or state.hunch or (state.level in {None, Level.L0} and state.lane is None)
    hunch = signal.hunch and signal.level is not None and signal.level >= Level.L3
    slight = signal.weighed and signal.level is not None and signal.level <= Level.L2 and not signal.means
    named = signal.means and signal.level is None
    return replace(state, guessed=calm and (hunch or ((slight or named) and not signal.lanes)), hunch=calm and hunch)


def _with_means(signal: Signal) -> Signal:
    """Return the signal at L3 where means at hand are named beside a wish to die."""
    wish = signal.level is not None and signal.level >= Level.L1
    return replace(signal, level=max(signal.level, Level.L3)) if signal.means and wish and signal.level else signal


def _noticed(state: CrisisState) -> CrisisReply:
    """Whoever writes after a check-in is there: no silence to report."""
    if not state.awaited:
        return CrisisReply(state)
    return CrisisReply(replace(state, awaited=False), cancel=(Check.SILENCE,))


def _gravely(state: CrisisState, signal: Signal, level: Level, scene: Scene, pace: CrisisPacing) -> CrisisReply:
    if level is Level.L4 and SideLane.OVERDOSE in signal.lanes:
        return CrisisReply(state)  # somebody else is in danger: the lane's card says what to do
    if level is Level.L4 and SideLane.CHILD in signal.lanes and not signal.own:
        news = state.lane is not SideLane.CHILD
        return CrisisReply(state, alert=Alert(CasePriority.P0, Cause.HEARD, level) if news else None)
    if signal.weighed and signal.lanes:
        # The lane's card says what to do, and nothing plain was said beside it; people look all the same.
        told = signal.own and signal.lanes - {state.lane}
        return CrisisReply(state, alert=Alert(CasePriority.P0, Cause.HEARD, level) if told else None)
    if _news(state, level, scene, pace.repeat):
        return raise_to(state, level, scene, pace, Cause.HEARD, delivered=signal.delivered)
    return again(state, level, scene)


def _plainly(state: CrisisState, signal: Signal, level: Level, scene: Scene, pace: CrisisPacing) -> CrisisReply:
    if level is Level.L0:
        reply = saying(state, "distress", scene)
        opened = replace(
            reply.state,
            level=state.level or level,
            opened_at=state.opened_at or scene.now,
            raised_at=scene.now,
            signed_at=scene.now,
        )
        return replace(reply, state=opened)
    # A guess is asked about straight first: a plan is asked for once they said that they think of dying.
    asked = "wish" if signal.weighed and not signal.lanes and state.level in {None, Level.L0} else ""
    return raise_to(state, level, scene, pace, Cause.HEARD, delivered=signal.delivered, asked=asked)


def _asks(state: CrisisState, level: Level, scene: Scene, pace: CrisisPacing, *, alone: bool) -> bool:
    """Say whether L0 to L2 is asked about now; the soft line of L0 never comes on top of a lane's card."""
    if _hushed(state, level, scene):
        return False
    if level is Level.L0:
        return alone and _news(state, level, scene, pace.distress)
    return _news(state, level, scene, pace.repeat)


def _news(state: CrisisState, level: Level, scene: Scene, rest: timedelta) -> bool:
    return state.level is None or level > state.level or not recent(state.raised_at, rest, scene)


def _hushed(state: CrisisState, level: Level, scene: Scene) -> bool:
    return state.hushed is not None and level <= state.hushed and until(scene, state.hushed_until)


def _gently(state: CrisisState, gentle: Gentle, scene: Scene, pace: CrisisPacing) -> CrisisReply:
    if gentle in PASSING and (_hushed(state, Level.L0, scene) or recent(state.said_at, pace.repeat, scene)):
        return CrisisReply(state)
    if gentle is not Gentle.DOSE and state.asked == gentle.value and recent(state.said_at, pace.distress, scene):
        return CrisisReply(state)
    reply = saying(replace(state, signed_at=scene.now), gentle.value, scene)
    if gentle is not Gentle.USED:
        return reply
    tomorrow = Later(Check.USED, pace.morning(scene.now, scene.clock))
    return replace(
        reply,
        state=replace(reply.state, disclosed_at=scene.now, used_at=scene.now),
        cancel=(Check.USED,),
        later=() if until(scene, state.stopped_until) else (tomorrow,),
    )
