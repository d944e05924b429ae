"""What each button of the care conversation leads to. Buttons of old messages still work: the token says it all."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from buddybot.domain.crisis.cards import crisis_card, more_card
from buddybot.domain.crisis.conversation import Alert, Cause, Check, CrisisReply, CrisisState, Later, Scene
from buddybot.domain.crisis.pacing import CrisisPacing
from buddybot.domain.crisis.scripts import EXIT, MORE, OKAY, SOMEONE, STEPS, script, step_after
from buddybot.domain.crisis.steps import (
    CHECK_INS,
    again,
    current,
    let_go,
    open_lane,
    raise_to,
    recent,
    saying,
    shift,
    spoken,
    until,
)
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.moderation.cases import CasePriority

NEXT = {
    OKAY: "okay",
    "care.distress.ten": "ten",
    "care.wish.no": "heavy",
    "care.active.no": "safe",
    "care.active.skip": "safe",
    "care.safe.yes": "trained",
    "care.trained.scared": "scared",
    "care.danger.with": "with",
    "care.danger.cant": "near",
    "care.near.yes": "near-yes",
    "care.near.no": "near-no",
    "care.now.called": "called",
    "care.now.nearby": "nearby",
    "care.now.cant": "cant-call",
    "care.over.called": "over-called",
    "care.over.breathing": "over-breathing",
    "care.over.no-naloxone": "over-no-naloxone",
    "care.over.police": "over-police",
    "care.over.gave": "over-gave",
    "care.over.again": "over-breathe",
    "care.over.has": "over-naloxone",
    "care.alone.with": "alone-with",
    "care.now.alone": "now-alone",
    "care.place.told": "place-told",
    "care.means.no": "heavy",
    "care.alone.naloxone": "alone-naloxone",
    "care.alone.buddy": "alone-buddy",
    "care.alone.not-tonight": "alone-later",
    "care.alone.not-now": "alone-later",
    "care.withdrawal.called": "withdrawal-called",
    "care.withdrawal.cant": "cant-call",
    "care.violence.yes": "violence-line",
    "care.child.called": "child-called",
    "care.worried.open": "worried",
    "care.worried.using-alone": "worried-alone",
    "care.check.same": "check-same",
    "care.morning.same": "check-same",
    "care.after.okay": "after-okay",
    "care.survived.rest": "rest",
    "care.survived.next": "next",
    "care.loss.grief": "loss-lines",
    "care.loss.not-now": "loss-not-now",
    "care.loss.found": "loss-found",
    "care.used.yes": "used-safe",
    "care.used.unsure": "used-unsafe",
    "care.used.no": "used-unsafe",
    "care.used.tell": "used-tell",
    "care.used.change": "used-change",
    "care.used.medicine": "used-medicine",
    "care.used.sit": "used-sit",
    "care.used.not-now": "used-sit",
    "care.used.with": "used-with",
    "care.high.yes": "high-with",
    "care.unclear.tired": "tired",
    "care.dose.yes": "dose-safe",
    "care.dose.no": "used-unsafe",
    "care.buddy.options": "buddy-options",
    "care.buddy.callfor": "buddy-callfor",
    "care.buddy.me": "buddy-me",
    "care.buddy.stepback": "buddy-stepback",
}
"""Buttons that only lead on to another script."""

RAISING = {
    "care.card.ending": Level.L1,
    "care.unclear.more-than": Level.L1,
    "care.used.dying": Level.L1,
    "care.means.yes": Level.L3,
    "care.means.unsure": Level.L2,
    "care.wish.yes": Level.L2,
    "care.wish.unsure": Level.L2,
    "care.active.yes": Level.L3,
    "care.danger.took": Level.L4,
    "care.safe.no": Level.L3,
    "care.sure.yes": Level.L4,
    "care.sure.unsure": Level.L1,
    "care.safe.unsure": Level.L3,
}
"""Answers that show more danger than was known. "Not sure" about being safe counts as no: the safe side."""

OPENING_LANE = {
    "care.card.overdose": SideLane.OVERDOSE,
    "care.worried.overdose": SideLane.OVERDOSE,
    "care.sure.overdose": SideLane.OVERDOSE,
    "care.worried.quiet": SideLane.BUDDY,
    "care.used.by-myself": SideLane.ALONE,
    "care.high.no": SideLane.ALONE,
}
RELAYED = {
    "care.send.here": "crisis-send-here",
    "care.send.safe": "crisis-send-safe",
    "care.send.call": "crisis-send-call",
    "care.send.near": "crisis-send-near",
    "care.alone.send": "crisis-send-alone",
    "care.used.send": "crisis-send-used",
}
"""Suggested lines that the presser sends to their buddy as their own words."""

ALERTING = {
    "care.buddy.alert": (CasePriority.P0, "buddy-alerted"),
    "care.buddy.mod": (CasePriority.P1, "buddy-alerted"),
    "care.worried.hurt": (CasePriority.P1, "worried-hurt"),
}


def press(state: CrisisState, token: str, scene: Scene, pace: CrisisPacing) -> CrisisReply:
    """Answer a button. One that is not known (an older version's) shows the crisis card: never a dead end."""
    helped = state.helped and not token.startswith("care.over.")  # whoever takes a step again needs the next one
    state = replace(current(state, scene, pace), awaited=False, guessed=False, hunch=False, helped=helped)
    return _graver(state, token, scene, pace) or _onward(state, token, scene) or _special(state, token, scene, pace)


def _graver(state: CrisisState, token: str, scene: Scene, pace: CrisisPacing) -> CrisisReply | None:
    """Answer a button that shows danger; pressed twice, it tells the moderators once."""
    if level := RAISING.get(token):
        twice = state.level is not None and level <= state.level and recent(state.raised_at, pace.repeat, scene)
        return again(state, level, scene) if twice else raise_to(state, level, scene, pace, Cause.ANSWERED)
    if lane := OPENING_LANE.get(token):
        return open_lane(state, lane, scene, pace)
    if alerting := ALERTING.get(token):
        priority, name = alerting
        told = state.asked == name and recent(state.said_at, pace.repeat, scene)
        return replace(saying(state, name, scene, shift(scene)), alert=None if told else Alert(priority, Cause.BUDDY))
    return None


def _onward(state: CrisisState, token: str, scene: Scene) -> CrisisReply | None:
    if line := RELAYED.get(token):
        return replace(saying(state, "sent", scene), relay=line) if scene.in_chat else saying(state, "not-sent", scene)
    name = NEXT.get(token)
    return saying(state, name, scene) if name else None


def _special(state: CrisisState, token: str, scene: Scene, pace: CrisisPacing) -> CrisisReply:
    found = SPECIAL.get(token)
    return found(state, scene, pace) if found else CrisisReply(state, (crisis_card(scene),))


def _not_meant(state: CrisisState, scene: Scene, pace: CrisisPacing) -> CrisisReply:
    """Thank, and stay quiet at that level and below, L2 at most, for a while; keep no words."""
    level = Level.L0 if state.level is None else state.level
    still = state.hushed if state.hushed is not None and until(scene, state.hushed_until) else Level.L0
    known = state.level is not None and state.level >= Level.L1
    reply = saying(state, "not-meant", scene)
    hushed = replace(
        reply.state,
        level=None,
        lane=None,
        opened_at=None,
        signed_at=None,
        shown_buddy=None,
        hushed=max(still, min(level, Level.L2)),
        hushed_until=scene.now + pace.hush,
    )
    alert = Alert(CasePriority.P2, Cause.NOT_MEANT, state.level, state.lane) if known or state.lane else None
    return replace(reply, state=hushed, alert=alert, cancel=CHECK_INS, drop_words=True)


def _not_so(state: CrisisState, scene: Scene, _pace: CrisisPacing) -> CrisisReply:
    """Believe them that no life is in danger; the next sign is heard as ever."""
    return let_go(state, scene, alone=True)


def _stop(state: CrisisState, scene: Scene, pace: CrisisPacing) -> CrisisReply:
    stopped = replace(state, stopped_until=scene.now + pace.stop)
    return replace(saying(stopped, "check-stop", scene), cancel=tuple(Check))


def _better(state: CrisisState, scene: Scene, pace: CrisisPacing) -> CrisisReply:
    """Look in once more in the morning, and no sooner, unless they asked not to be asked."""
    if until(scene, state.stopped_until):
        return _better_today(state, scene, pace)
    reply = saying(state, "check-better", scene)
    later = (Later(Check.MORNING, pace.morning(scene.now, scene.clock)),)
    return _ask_to_tell(replace(reply, cancel=CHECK_INS, later=later), scene)


def _better_today(state: CrisisState, scene: Scene, _pace: CrisisPacing) -> CrisisReply:
    """End the episode."""
    reply = saying(state, "morning-better", scene)
    ended = replace(reply.state, level=None, lane=None, opened_at=None, signed_at=None)
    return _ask_to_tell(replace(reply, state=ended, cancel=CHECK_INS), scene)


def _ask_to_tell(reply: CrisisReply, scene: Scene) -> CrisisReply:
    """Ask whether the buddy may know, once, and only where the buddy was asked to worry."""
    state = reply.state
    if not scene.in_chat or state.shown_buddy is None or state.buddy_may_know is not None:
        return reply
    return replace(reply, state=spoken(state, "tell", scene), say=(*reply.say, script("tell", scene)))


def _worse(state: CrisisState, scene: Scene, pace: CrisisPacing) -> CrisisReply:
    if state.level is not None and state.level >= Level.L3:
        return raise_to(state, state.level, scene, pace, Cause.WORSE)
    return replace(saying(state, "safe", scene), alert=Alert(CasePriority.P1, Cause.WORSE, state.level))


def _tell(state: CrisisState, scene: Scene, _pace: CrisisPacing) -> CrisisReply:
    return replace(saying(replace(state, buddy_may_know=True), "told", scene), tell_buddy=True)


def _keep(state: CrisisState, scene: Scene, _pace: CrisisPacing) -> CrisisReply:
    return saying(replace(state, buddy_may_know=False), "not-told", scene)


def _company(state: CrisisState, scene: Scene, _pace: CrisisPacing) -> CrisisReply:
    return replace(saying(state, "someone", scene), company=True)


def _hide(state: CrisisState, scene: Scene, _pace: CrisisPacing) -> CrisisReply:
    return replace(saying(state, "neutral", scene), hide=True)


def _next_step(state: CrisisState, scene: Scene, _pace: CrisisPacing) -> CrisisReply:
    """Go to the next step of the overdose card; after the last one, stay."""
    return saying(replace(state, signed_at=scene.now), step_after(state.last) or STEPS[-1], scene)


def _help_here(state: CrisisState, scene: Scene, _pace: CrisisPacing) -> CrisisReply:
    reply = saying(state, "over-after", scene)
    return replace(reply, state=replace(reply.state, helped=True))


def _resume(state: CrisisState, scene: Scene, _pace: CrisisPacing) -> CrisisReply:
    """Let them change the subject, and say how to come back."""
    reply = saying(state, "aside", scene)
    return replace(reply, state=replace(reply.state, aside=True), resume=True)


def _more(state: CrisisState, scene: Scene, _pace: CrisisPacing) -> CrisisReply:
    return CrisisReply(state, (more_card(scene),))


SPECIAL: Mapping[str, Callable[[CrisisState, Scene, CrisisPacing], CrisisReply]] = {
    EXIT: _not_meant,
    MORE: _more,
    SOMEONE: _company,
    "care.violence.hide": _hide,
    "care.over.done": _next_step,
    "care.aside.resume": _resume,
    "care.over.help-here": _help_here,
    "care.check.better": _better,
    "care.morning.better": _better_today,
    "care.check.worse": _worse,
    "care.morning.worse": _worse,
    "care.check.stop": _stop,
    "care.morning.stop": _stop,
    "care.after.leave": _stop,
    "care.tell.yes": _tell,
    "care.tell.no": _keep,
    "care.sure.no": _not_so,
}
"""Buttons that do more than say the next thing."""
