"""Forms of casework: what a button of a case asks on one sheet. Who may use it is asked again when it comes in."""

from collections.abc import Callable, Mapping

from buddybot.domain.kernel.messages.forms import FieldKind, Form, FormField, FormOption
from buddybot.domain.kernel.numbers import whole_number
from buddybot.domain.moderation.cases import State
from buddybot.domain.moderation.sanctions import LAST_RULE
from buddybot.domain.moderation.staff import WORKERS
from buddybot.domain.people.members import Member
from buddybot.service.kernel import staff
from buddybot.service.kernel.forms import FormPress, hand_back, reopening, taken_form
from buddybot.service.moderation import conflicts

ON_FORMS = frozenset({"mute", "release"})
"""Buttons of a case that ask for more than a press; each is the command of its name."""
LONGEST_NOTE = 500
LONGEST_MUTE = 24 * 90
"""Hours."""
USUAL_HOURS = "24"
DIGITS = 4


def case_form(press: FormPress) -> Form | None:
    """Return the form of a case's button; None where it has none, or this person may not act on the case (any more)."""
    turn, me = press.turn, press.member
    if press.token.verb not in ON_FORMS or me is None or staff.role_of(turn, me.id) not in WORKERS:
        return None
    case = turn.tx.cases.named(press.token.subject)
    if case is None or case.state is State.CLOSED or conflicts.refusal_for(turn, me, case) is not None:
        return None
    return MAKERS[press.token.verb](press)


def take_case_form(press: FormPress, me: Member, run: Callable[[Mapping[str, str]], None]) -> None:
    """Run the command of a case's button with what was filled in; without a form it says what else it needs.

    Where the form is over (the case was closed, say), the command says why, and the words come back.
    """
    form, event, given = case_form(press), press.event, {"case": press.token.subject}
    if event.answers and form is not None:
        filled = taken_form(press, me, form, press.token)
        timed = press.token.verb == "mute"
        if filled is not None and timed and whole_number(filled.words("hours"), 1, LONGEST_MUTE) is None:
            hand_back(press.turn, me, press.say("mod-wrong-number"), event, (reopening(press.turn, me, press.token),))
        elif filled is not None:
            run(given | {name: filled.words(name) for name in filled.values})
        return
    run(given | {name: values[0] for name, values in event.answers if values})
    if event.answers:
        hand_back(press.turn, me, press.say("form-too-late"), event)


def _mute(press: FormPress) -> Form:
    """Return the form of a mute: the rule, how long, and why, in words that its person reads."""
    rules = tuple(FormOption(str(number), press.say(f"rule-{number}")) for number in range(1, LAST_RULE + 1))
    return Form(
        press.say("form-mute"),
        (
            FormField("rule", press.say("form-rule"), FieldKind.ONE, options=rules),
            FormField("hours", press.say("form-hours"), longest=DIGITS, given=USUAL_HOURS),
            FormField(
                "reason",
                press.say("form-reason"),
                help=press.say("form-reason-help"),
                long=True,
                longest=LONGEST_NOTE,
            ),
        ),
    )


def _release(press: FormPress) -> Form:
    """Return the form of a handover: what the next one should know."""
    return Form(
        press.say("case-hand-over"), (FormField("text", press.say("form-next"), long=True, longest=LONGEST_NOTE),)
    )


MAKERS: Mapping[str, Callable[[FormPress], Form]] = {"mute": _mute, "release": _release}
