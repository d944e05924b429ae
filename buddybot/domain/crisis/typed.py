"""Dialogue policy for typed messages: an open crisis conversation reads what is typed before anything else does.

Order: a new sign of danger; an answer to the question that is open; a known reply that fits the lane or level ("no
narcan", "im alone"); the conversation's own next line. With a buddy in the room the last one is left out.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from buddybot.domain.crisis.conversation import (
    Check,
    CrisisReply,
    CrisisState,
    Gentle,
    Helping,
    Scene,
    Signal,
    TypedWords,
)
from buddybot.domain.crisis.intents import (
    ALWAYS,
    ASIDE,
    BY_LANE,
    BY_SCRIPT,
    GENTLE_LANES,
    GRAVE,
    HELPED,
    HELPER_LINES,
    HELPERS,
    MILD,
    NOW,
    SHORT_ANSWERS,
    STILL_OF,
)
from buddybot.domain.crisis.pacing import CrisisPacing
from buddybot.domain.crisis.presses import RAISING, press
from buddybot.domain.crisis.scripts import DOUBTED, SCRIPTS, STILL, step_after
from buddybot.domain.crisis.signals import hear
from buddybot.domain.crisis.steps import current, is_open, join, let_go, recent, saying, until
from buddybot.domain.kernel.levels import Level, SideLane

GRIEVES = timedelta(days=1)
"""How long after they told of a death a question about dying is taken for one about their dead."""


def reads_first(state: CrisisState, said: TypedWords, scene: Scene, pace: CrisisPacing, *, busy: bool) -> bool:
    """Return whether the conversation takes a message that nobody but the bot reads, before any other use case.

    `busy` says that they are in the middle of something else that understood these words: at L0, in a lane where
    nobody is hurt yet, and where danger was only guessed, that goes first.
    """
    if heard(state, said, scene).shows_danger:
        return True
    if not is_open(state, scene, pace):
        return False
    token = _token(state, said)
    if state.aside:
        return any(one in _wide(state) or one in ALWAYS for one in said.meanings if one not in SHORT_ANSWERS | ASIDE)
    if state.guessed and (busy or state.hunch):
        # "nobody religious" answers the questions; "yes, I have a plan" does not wait. What is no everyday line may be
        # what a hunch was asked about, spelled as badly.
        return token in RAISING or (state.hunch and not (busy and said.calm))
    if busy and _goes_on(state):
        return bool(token)  # "are you real" is answered: the next line would say nothing that was not said
    mild = (state.level is None or state.level is Level.L0) and state.lane in GENTLE_LANES
    if state.lane is not None and not SHORT_ANSWERS.isdisjoint(said.meanings):
        mild = False  # a bare "yes" answers the card that was shown last
    return bool(token) or not (busy and mild)


def _goes_on(state: CrisisState) -> bool:
    """Return whether the conversation said no more than its next line, up to L1 and without a lane that hurts."""
    slight = state.level is None or state.level <= Level.L1
    return slight and state.lane in GENTLE_LANES and state.last in STILL


def heard(state: CrisisState, said: TypedWords, scene: Scene) -> Signal:
    """Return what a message shows, with what the known replies add to it where no conversation is open.

    A plan beside a wish to die weighs as much as means at hand. Who took their words back, and now took it, is at L4.
    """
    signal = said.signal
    if signal.yielding and state.last.startswith(Gentle.LOSS.value) and recent(state.said_at, GRIEVES, scene):
        signal = replace(signal, level=None, gentle=Gentle.FELT)
    if not replies_count(state, signal, scene):
        return signal
    if "plan" in said.meanings and signal.level is not None:
        signal = replace(signal, means=True)
    if "took" in said.meanings and until(scene, state.hushed_until):
        signal = replace(signal, level=Level.L4, own=True)
    return signal


def replies_count(state: CrisisState, signal: Signal, scene: Scene) -> bool:
    """Return whether known replies may add to what a message shows, where no conversation is open."""
    return signal.level is not None or until(scene, state.hushed_until)


def typed(state: CrisisState, said: TypedWords, scene: Scene, pace: CrisisPacing) -> CrisisReply:
    """Answer a message of somebody with an open conversation; alone with the bot, every line gets an answer."""
    start = current(state, scene, pace)
    noticed = (Check.SILENCE,) if start.awaited else ()
    start = replace(start, awaited=False, turns=start.turns + 1)
    reply = _answer(start, said, scene, pace)
    return replace(reply, cancel=noticed + reply.cancel)


def _answer(state: CrisisState, said: TypedWords, scene: Scene, pace: CrisisPacing) -> CrisisReply:
    signal = _weighed(state, said.signal)
    token = _token(state, said)
    # In an open lane "no narcan" is an answer: a lane that is only weighed makes no other emergency of it.
    guessed = signal.weighed and (state.lane is not None or not signal.lanes)
    if _is_news(state, signal) and not (token and said.understood and guessed):
        return hear(state, signal, scene, pace)
    if SideLane.OVERDOSE in signal.lanes and not token:
        token = "care.over.again" if state.last != "over-breathe" else "care.over.done"
    if token:
        return _pressed(state, token, scene, pace)
    if said.place and state.level is not None and state.level >= Level.L3:
        return _pressed(state, "care.place.told", scene, pace)
    if state.hunch and said.calm and not signal.shows_danger and not state.crossed:
        return let_go(state, scene, alone=said.alone)
    reply = hear(state, signal, scene, pace) if signal.shows_danger else CrisisReply(state)
    if reply.say or not said.alone:
        return reply
    return join(reply, _still(reply.state, scene, said))


def _weighed(state: CrisisState, signal: Signal) -> Signal:
    """Return the signal with what an open conversation adds: means at hand are L3 in it."""
    if state.lane is SideLane.OVERDOSE and signal.level is not None:
        other = SideLane.OVERDOSE in signal.lanes or (signal.weighed and not signal.own)
        signal = replace(signal, level=None) if other else signal  # it is who the open card is about
    own = state.level is not None or (state.lane is not None and state.lane is not SideLane.OVERDOSE)
    if not signal.means or not own:
        return signal
    return replace(signal, level=max(signal.level or Level.L0, Level.L3), means=False)


def _is_news(state: CrisisState, signal: Signal) -> bool:
    """Return whether a message shows more than is known: a higher level, or a lane that is not open."""
    if signal.level is not None and (state.level is None or signal.level > state.level):
        return True
    return bool(signal.lanes - {state.lane})


def _token(state: CrisisState, said: TypedWords) -> str:
    """Return the button that a message stands for, "" for none."""
    usable = [one for one in said.meanings if said.alone or not state.crossed or one not in SHORT_ANSWERS]
    for meaning in usable:
        if meaning in ALWAYS and (meaning not in ASIDE or said.alone):
            return ALWAYS[meaning]
    for meaning in usable:
        if (token := _for_script(state.asked, meaning)) is not None:
            return token
    wide = _wide(state)
    return next((wide[meaning] for meaning in usable if meaning in wide and _fits(state, meaning, said)), "")


def _for_script(asked: str, meaning: str) -> str | None:
    if asked not in SCRIPTS:
        return None
    answers = SCRIPTS[asked].answers
    exact = next((token for token in answers if token.rpartition(".")[2] == meaning), None)
    return exact or BY_SCRIPT.get(asked, {}).get(meaning)


def _wide(state: CrisisState) -> Mapping[str, str]:
    """Return what a known reply leads to whatever was asked last."""
    lane = {} if state.lane is None else HELPED if state.helped else BY_LANE[state.lane]
    if state.level is None:
        return lane
    of_level = NOW if state.level is Level.L4 else GRAVE if state.level is Level.L3 else MILD
    return {**of_level, **lane}


def _fits(state: CrisisState, meaning: str, said: TypedWords) -> bool:
    """Return whether a reply to no open question is meant for the bot: in a talk only in an emergency."""
    if said.alone:
        return True
    emergency = (state.level is not None and state.level >= Level.L3) or state.lane is SideLane.OVERDOSE
    if meaning == "next":
        return state.lane is SideLane.OVERDOSE and not state.crossed
    return (emergency or meaning == "took") and meaning not in SHORT_ANSWERS | {"ok", "me", "callfor"}


def _pressed(state: CrisisState, token: str, scene: Scene, pace: CrisisPacing) -> CrisisReply:
    """Do what the button does; where that would say the same sentence again, say the next line instead."""
    reply = press(state, token, scene, pace)
    if reply.say and reply.state.last == state.last and reply.state.last and reply.alert is None:
        return _still(state, scene)
    return reply


def _still(state: CrisisState, scene: Scene, said: TypedWords | None = None) -> CrisisReply:
    """Say the conversation's own next line, never the one said last; everyday words amid an overdose raise a doubt."""
    if state.lane is SideLane.OVERDOSE and not state.helped:
        if said is not None and said.calm and state.last in DOUBTED and (said.chat or not DOUBTED[state.last]):
            return saying(state, "over-sure", scene)
        # After the last step the breath comes again: it is what keeps them alive until help is there.
        return saying(state, step_after(state.last) or "over-breathe", scene)
    group = _group(state)
    lines = sorted(name for name in STILL if name.rpartition("-")[0] == group)
    at = lines.index(state.last) + 1 if state.last in lines else state.turns
    return saying(state, lines[at % len(lines)], scene)


def _group(state: CrisisState) -> str:
    if state.level is Level.L4:
        return "still-now"
    if state.level is Level.L3:
        return "still-danger"
    return "still" if state.lane in {None, SideLane.OVERDOSE} else STILL_OF[state.lane]


def help_helper(state: CrisisState, said: Helping, scene: Scene, pace: CrisisPacing) -> CrisisReply:
    """Answer somebody whose buddy is in danger: what they ask or fear is about the other, never about themselves."""
    start = current(state, scene, pace)
    name = next((HELPERS[meaning] for meaning in said.meanings if meaning in HELPERS), "")
    if not name and said.signal.shows_danger:
        name = "buddy-me" if said.signal.weighed and said.signal.own else "buddy-callfor"
    if not name:
        return CrisisReply(start)
    if start.last == name and recent(start.said_at, pace.repeat, scene):
        later = HELPER_LINES[HELPER_LINES.index(name) + 1 :] if name in HELPER_LINES else ()
        return saying(start, later[0], scene) if later else CrisisReply(start)
    return saying(start, name, scene)
