"""The care conversation as one pure function: a state and an input in, the next state and what follows out."""

from typing import assert_never

from buddybot.domain.crisis.conversation import CareState, CrisisReply, Due, Input, Press, Scene, Signal
from buddybot.domain.crisis.follow_ups import due
from buddybot.domain.crisis.pacing import CrisisPacing
from buddybot.domain.crisis.presses import press
from buddybot.domain.crisis.signals import hear
from buddybot.domain.crisis.steps import until


def respond(state: CareState, happened: Input, scene: Scene, pace: CrisisPacing) -> CrisisReply:
    """Return what follows from one message, button or timer. Every input has an answer in every state."""
    match happened:
        case Signal():
            return hear(state, happened, scene, pace)
        case Press(token):
            return press(state, token, scene, pace)
        case Due(check):
            return due(state, check, scene, pace)
        case _:
            assert_never(happened)


def may_cheer(state: CareState, scene: Scene, pace: CrisisPacing, *, bereaved: bool) -> bool:
    """Say whether a milestone or cheerful message may go out: never to the bereaved, nor soon after a disclosure."""
    return not bereaved and (state.disclosed_at is None or not until(scene, state.disclosed_at + pace.calm))
