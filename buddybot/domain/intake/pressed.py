"""Button transitions of the questionnaire: choices, and controls beside them (which typed words reach too)."""

from dataclasses import replace

from buddybot.domain.intake.clocktime import every_hour, known_key, resolved_zone, suggested_zones
from buddybot.domain.intake.path import is_value, step_position
from buddybot.domain.intake.progress import NOTHING_PENDING, FlowStage
from buddybot.domain.intake.questions import CONTROLS, QuestionKind
from buddybot.domain.intake.recording import Recording
from buddybot.domain.intake.replies import (
    CONFIRM,
    MEANING,
    REVIEW,
    Aside,
    AsideWord,
    Ask,
    Clarify,
    Confirm,
    FlowOutcome,
    Moment,
    Notice,
    Review,
    Step,
)
from buddybot.domain.people import nickname as nicknames

_ASIDES = {
    word.value: word for word in (AsideWord.PAUSE, AsideWord.LATER, AsideWord.HELP, AsideWord.STOP, AsideWord.FORGET)
}
_NEITHER = frozenset({"no", "none", "something_else"})


def picked(at: Recording, step: Step, question: str, keys: tuple[str, ...], moment: Moment) -> FlowOutcome:
    """Apply a button; one that belongs to an earlier step changes nothing, except that back is always back."""
    control = keys[0] if len(keys) == 1 else ""
    ours = question == name_of(step)
    turn = (
        control_of(at, step, control, moment) if control in CONTROLS and (ours or control == AsideWord.BACK) else None
    )
    if turn is None and ours:
        turn = _chosen(at, step, keys, control, moment)
    return turn or at.turn(Notice.STALE)


def _chosen(at: Recording, step: Step, keys: tuple[str, ...], control: str, moment: Moment) -> FlowOutcome | None:
    match step:
        case Ask(question) | Clarify(question) if question.kind is QuestionKind.TIME:
            return _clock(at, control.rpartition(".")[2], moment)
        case Ask(question, offers=offers) if question.kind is QuestionKind.TEXT:
            return at.record(keys) if control in offers else None
        case Ask(ticks=ticks):
            return at.choose(keys or ticks)
        case Clarify(_, doubt):
            return at.clear(control) if control in doubt.meanings else None
        case Confirm():
            return confirmed_reading(at, control)
        case _:
            return reviewed(at, control) if isinstance(step, Review) else None


def _clock(at: Recording, key: str, moment: Moment) -> FlowOutcome | None:
    """Record a time that was pressed, as the zone it means."""
    zones = at.vocabulary.zones
    return at.record(resolved_zone(key, moment.country, moment.now, zones)) if known_key(key, zones) else None


def toggled(at: Recording, step: Step, question: str, key: str) -> FlowOutcome:
    """Toggle one choice; nothing is recorded before they are done."""
    if not isinstance(step, Ask) or question != step.question.key or step.question.kind is not QuestionKind.MULTI:
        return at.turn(Notice.STALE)
    return at.tick(key, step.ticks) if is_value(step.question, key) else at.turn(Notice.STALE)


def control_of(at: Recording, step: Step, control: str, moment: Moment) -> FlowOutcome | None:
    """Apply a control of every step; None if this is no control here."""
    if control in _ASIDES:
        return replace(at.turn(), step=Aside(_ASIDES[control]))
    match step, control:
        case _, AsideWord.BACK:
            return at.back()
        case _, AsideWord.WHY | AsideWord.LEFT | AsideWord.AGAIN:
            return _about(at, step, AsideWord(control))
        case Ask() | Clarify() | Confirm(), AsideWord.SKIP:
            return at.skip()
        case Clarify(), _ if control in _NEITHER:
            return at.clear(None)
        case _:
            return _beside(at, step, control, moment) if isinstance(step, Ask) else None


def _about(at: Recording, step: Step, word: AsideWord) -> FlowOutcome:
    """Say why this is asked, how many questions are left, or the question once more.

    An offer to look counts by itself how many are left: there it is said what they are good for.
    """
    if word is AsideWord.AGAIN:
        return at.turn(Notice.ONCE_MORE)
    if isinstance(step, Review):
        return at.turn(Notice.WHY, REVIEW)
    if word is AsideWord.WHY:
        return at.turn(Notice.WHY, at.question.key)
    number, total = (1, 1) if at.progress.changing else step_position(at.flow, at.progress)
    first = at.flow.key == "gates"
    return at.turn(Notice.LEFT_FIRST if first else Notice.LEFT, str(total - number + 1))


def _beside(at: Recording, step: Ask, control: str, moment: Moment) -> FlowOutcome | None:
    return _beside_clock(at, step, control, moment) or _beside_choices(at, step, control, moment)


def _beside_clock(at: Recording, step: Ask, control: str, moment: Moment) -> FlowOutcome | None:
    """Apply a yes to the one time that was suggested, or show every time of the day."""
    zones = at.vocabulary.zones
    if step.question.kind is not QuestionKind.TIME or step.kept:
        return None
    match control:
        case "other_time" | "another" | "no" | "none":
            return replace(at.turn(), step=replace(step, offers=every_hour(moment.now, zones)))
        case "yes":
            found = suggested_zones(moment.country, moment.zone, moment.now, zones)
            return _clock(at, found[0], moment) if len(found) == 1 else None
        case _:
            return None


def _beside_choices(at: Recording, step: Ask, control: str, moment: Moment) -> FlowOutcome | None:
    """Apply a control that only some questions have: keeping, changing, being done, other nicknames."""
    name = ""
    match control:
        case "keep" | "yes" if step.kept:
            return at.record(step.kept, stage=FlowStage.KEPT)
        case "change" if step.kept:
            return at.change()
        case "done" if step.ticks:
            return at.choose(step.ticks)
        case "another" if step.offers:
            drawn = nicknames.offers(at.vocabulary.nicknames, moment.chance)
            return at.after(replace(at.progress, offers=drawn, nickname="")).turn()
        case "look" if at.progress.reviewed and not at.progress.changing:
            return at.after(replace(at.progress, looking=True, ticks=())).turn()
        case "keep_mine" | "keep" if step.mine:
            name = at.progress.nickname
        case "any" if step.offers:
            name = step.offers[0]
        case _:
            name = ""
    return at.record((name,)) if name else None


def confirmed_reading(at: Recording, control: str) -> FlowOutcome | None:
    """Apply a yes to what was understood, or the wish to fix it."""
    if control == "yes":
        return at.confirm()
    if control in {"fix", "no", "change"}:
        return at.after(replace(at.progress, pending=NOTHING_PENDING)).turn(Notice.FIX, at.question.key)
    return None


def reviewed(at: Recording, control: str) -> FlowOutcome | None:
    """Apply the choice between looking now and going on."""
    if control in {"look", "yes"}:
        return at.after(replace(at.progress, looking=True)).turn()
    if control in {"keep", "keep_going"}:
        return at.after(replace(at.progress, reviewed=True)).turn()
    return None


def name_of(step: Step) -> str:
    """Return what the buttons of a step carry as their question."""
    match step:
        case Ask(question):
            return question.key
        case Clarify():
            return MEANING
        case Confirm():
            return CONFIRM
        case Review():
            return REVIEW
        case _:
            return ""
