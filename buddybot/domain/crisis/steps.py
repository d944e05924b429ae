"""The steps that messages, buttons and timers share: raise a level, open a lane, plan the check-ins."""

from dataclasses import replace
from datetime import datetime, timedelta

from buddybot.domain.crisis.conversation import Alert, Cause, Check, CrisisReply, CrisisState, Later, Say, Scene
from buddybot.domain.crisis.pacing import CrisisPacing
from buddybot.domain.crisis.scripts import SCRIPTS, script
from buddybot.domain.crisis.variables import words
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.moderation.cases import CasePriority

CHECK_INS = (Check.FIRST, Check.SECOND, Check.MORNING, Check.SILENCE)
OPENING = {Level.L0: "distress", Level.L1: "wish", Level.L2: "active", Level.L3: "danger", Level.L4: "now"}
PRIORITY = {Level.L1: CasePriority.P2, Level.L2: CasePriority.P1, Level.L3: CasePriority.P0, Level.L4: CasePriority.P0}
LANES = {
    SideLane.OVERDOSE: ("overdose", CasePriority.P0),
    SideLane.WITHDRAWAL: ("withdrawal", CasePriority.P1),
    SideLane.ALONE: ("alone", CasePriority.P2),
    SideLane.CHILD: ("child", CasePriority.P1),
    SideLane.VIOLENCE: ("violence", CasePriority.P2),
    SideLane.BUDDY: ("silent", CasePriority.P1),
}
"""Script and priority of each lane, in the order in which they are answered."""

ASKED_IF_SAFE = ("violence", "still-violence-1", "still-violence-2")
"""Scripts that ask whether it is safe to read on."""


def current(state: CrisisState, scene: Scene, pace: CrisisPacing) -> CrisisState:
    """Return the state without an episode that is over. What was asked to stay quiet stays."""
    if state.opened_at is None or scene.now - state.opened_at < pace.episode:
        return state
    return replace(
        state, level=None, lane=None, opened_at=None, shown_buddy=None, watched=False, helped=False, tapped=()
    )


def spoken(state: CrisisState, name: str, scene: Scene) -> CrisisState:
    """Return the state after the bot said a script: its question, if it asks one, is the open one."""
    asked = name if SCRIPTS[name].answers else ""
    return replace(state, asked=asked, said_at=scene.now, last=name, aside=False, crossed=False)


def is_open(state: CrisisState, scene: Scene, pace: CrisisPacing) -> bool:
    """Return whether a conversation is open: a sign of danger within the last day that was not taken back."""
    return recent(state.signed_at, pace.open, scene)


def shields(state: CrisisState, scene: Scene, pace: CrisisPacing) -> bool:
    """Return whether no rule may act on doubt here (L0 up and the side lanes, for a day)."""
    return is_open(state, scene, pace) and (state.level is not None or state.lane is not None)


def is_grave(state: CrisisState, scene: Scene, pace: CrisisPacing) -> bool:
    """Return whether it is L3, L4 or an overdose: then contacts and places pass, since they may save a life."""
    at_risk = (state.level is not None and state.level >= Level.L3) or state.lane is SideLane.OVERDOSE
    return is_open(state, scene, pace) and at_risk


def carries(state: CrisisState, scene: Scene, pace: CrisisPacing) -> bool:
    """Return whether notes go through quiet hours and breaks: after a cry (L1 up, a lane), as long as the bot looks in.

    Whoever answers the cry at night must be heard, and so must what follows it: "please talk to me" is no danger.
    """
    at_risk = (state.level is not None and state.level >= Level.L1) or state.lane is not None
    lately = at_risk and is_open(state, scene, pace) and recent(state.signed_at, pace.second, scene)
    return lately or is_grave(state, scene, pace)


def saying(state: CrisisState, name: str, scene: Scene, *rows: Say) -> CrisisReply:
    """Return a reply that says one script."""
    return CrisisReply(spoken(state, name, scene), (script(name, scene, *rows),))


def recent(moment: datetime | None, span: timedelta, scene: Scene) -> bool:
    """Say whether a moment lies less than so long ago."""
    return moment is not None and scene.now - moment < span


def until(scene: Scene, moment: datetime | None) -> bool:
    """Say whether a moment lies ahead."""
    return moment is not None and scene.now < moment


def shift(scene: Scene) -> Say:
    """Return the line that says who knows: a moderator only where one is on shift."""
    return Say("crisis-shift", words(scene))


def raise_to(
    state: CrisisState,
    level: Level,
    scene: Scene,
    pace: CrisisPacing,
    cause: Cause,
    *,
    delivered: bool = False,
    asked: str = "",
) -> CrisisReply:
    """Open a level: say its script, tell the moderators, plan check-ins, and give the buddy a card if they know.

    `asked` names another script to begin with.

    The buddy knows when they got these very words (`delivered`) or got a card in this episode.
    """
    card = _buddy_card(state, level, scene, delivered=delivered)
    name = asked or OPENING[level]
    opened = replace(
        spoken(state, name, scene),
        level=max(level, state.level or Level.L0),
        opened_at=state.opened_at or scene.now,
        raised_at=scene.now,
        signed_at=scene.now,
        disclosed_at=scene.now,
        shown_buddy=max(level, state.shown_buddy or Level.L0) if card else state.shown_buddy,
        watched=False,
    )
    rows = (shift(scene),) if level >= Level.L3 else ()
    return CrisisReply(
        opened,
        (script(name, scene, *rows),),
        buddy=card,
        alert=Alert(PRIORITY[level], cause, level),
        cancel=CHECK_INS if level >= Level.L2 else (),
        later=_check_ins(state, scene, pace) if level >= Level.L2 else (),
    )


def again(state: CrisisState, level: Level, scene: Scene) -> CrisisReply:
    """Answer the same danger once more, in fewer words, without telling the moderators again."""
    state = replace(state, signed_at=scene.now)
    if level >= Level.L3:
        return saying(state, f"{OPENING[level]}-again", scene, shift(scene))
    return saying(state, OPENING[level], scene)


def open_lane(
    state: CrisisState, lane: SideLane, scene: Scene, pace: CrisisPacing, *, delivered: bool = False
) -> CrisisReply:
    """Open a side lane: its whole card each time; the moderators hear of it once in a while."""
    name, priority = LANES[lane]
    news = state.lane is not lane or not recent(state.lane_at, pace.repeat, scene)
    if lane is SideLane.VIOLENCE and state.asked in ASKED_IF_SAFE and recent(state.said_at, pace.distress, scene):
        # They told more instead of answering: it may be getting worse, so the number to call stands beside it.
        name = "still-violence-2" if state.asked == "still-violence-1" else "still-violence-1"
    opened = replace(
        spoken(state, name, scene),
        lane=lane,
        lane_at=scene.now,
        helped=False,
        signed_at=scene.now,
        opened_at=state.opened_at or scene.now,
        disclosed_at=state.disclosed_at if lane is SideLane.BUDDY else scene.now,
    )
    later = (Later(Check.BYSTANDER, pace.morning(scene.now, scene.clock)),) if lane is SideLane.OVERDOSE else ()
    return CrisisReply(
        opened,
        (script(name, scene, *((shift(scene),) if lane is SideLane.OVERDOSE else ())),),
        buddy=script("buddy-overdose", scene)
        if news and delivered and scene.in_chat and lane is SideLane.OVERDOSE
        else None,
        alert=Alert(priority, Cause.HEARD, lane=lane) if news else None,
        cancel=(Check.BYSTANDER,) if later else (),
        later=() if until(scene, state.stopped_until) else later,
    )


def let_go(state: CrisisState, scene: Scene, *, alone: bool) -> CrisisReply:
    """End what was no more than a hunch; beside a buddy without a word, and no rule acts on doubt there for a day."""
    reply = saying(state, "okay", scene) if alone else CrisisReply(state)
    over = replace(
        reply.state,
        level=None if alone else Level.L0,
        lane=None,
        asked="",
        opened_at=None,
        signed_at=None if alone else state.signed_at,
        shown_buddy=None,
        guessed=False,
        hunch=False,
    )
    return replace(reply, state=over, cancel=CHECK_INS)


def join(first: CrisisReply, then: CrisisReply) -> CrisisReply:
    """Return both replies as one, where `then` was made from the state of `first`; the graver alert wins."""
    alerts = sorted((alert for alert in (first.alert, then.alert) if alert), key=lambda alert: alert.priority)
    return replace(
        then,
        say=first.say + then.say,
        buddy=then.buddy or first.buddy,
        alert=alerts[0] if alerts else None,
        later=first.later + then.later,
        cancel=first.cancel + then.cancel,
    )


def _buddy_card(state: CrisisState, level: Level, scene: Scene, *, delivered: bool) -> Say | None:
    if not scene.in_chat or not (delivered or state.shown_buddy is not None):
        return None
    danger = level >= Level.L3
    if state.shown_buddy is not None and (not danger or state.shown_buddy >= Level.L3):
        return None
    return script("buddy-danger" if danger else "buddy-guidance", scene)


def _check_ins(state: CrisisState, scene: Scene, pace: CrisisPacing) -> tuple[Later, ...]:
    if until(scene, state.stopped_until):
        return ()
    return (
        Later(Check.FIRST, scene.now + pace.first),
        Later(Check.SECOND, scene.now + pace.second),
        Later(Check.MORNING, pace.morning(scene.now, scene.clock)),
    )
