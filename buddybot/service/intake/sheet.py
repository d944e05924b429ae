"""Intake on a form: several open questions at once, beside the way step by step; what was answered stays.

One page holds as many lists as the platform takes. The next one is opened by a button, and asks what is open then, so
the answers of one page decide what the next one asks.
"""

from dataclasses import replace

from buddybot.domain.intake.path import PathEntry, open_lists
from buddybot.domain.intake.progress import NOTHING_PENDING
from buddybot.domain.intake.questions import QuestionKind
from buddybot.domain.intake.recording import Recording
from buddybot.domain.intake.replies import Notice
from buddybot.domain.kernel.messages.forms import FieldKind, FilledForm, Form, FormField, FormOption
from buddybot.domain.people.members import Member, Stage
from buddybot.service.intake import card, prompts, questionnaire
from buddybot.service.kernel.forms import FormPress, taken_form

LISTS = {QuestionKind.SINGLE: FieldKind.ONE, QuestionKind.MULTI: FieldKind.SEVERAL}
"""Kinds of questions that stand on a form; a nickname and a time of day are asked with proposals, one at a time."""
_SAID = frozenset({Notice.ALONE, Notice.TOO_MANY, Notice.STALE})


def intake_form(press: FormPress) -> Form | None:
    """Return the next page of the intake; None for whoever is not in it, and where no list is open."""
    member = press.member
    if member is None or member.stage is not Stage.INTAKE:
        return None
    flow, progress = card.flow_of(press.turn, member)
    places = open_lists(flow, progress)[: press.limits.fields] if flow is press.turn.book.intake else ()
    return Form(press.say("form-intake"), tuple(_field(press, one) for one in places)) if places else None


def take_page(press: FormPress, member: Member) -> None:
    """Record a page. What was left empty is skipped; one that came before, or late, changes nothing and says so."""
    turn = press.turn
    flow, progress = card.flow_of(turn, member)
    named = {name for name, _ in press.event.answers}
    places = tuple(one for one in open_lists(flow, progress) if one.question.key in named)
    if not press.event.answers or flow is not turn.book.intake:
        questionnaire.show_again(turn, member)
    elif not places:
        turn.say(member, "form-intake-known")
        questionnaire.show_again(turn, member)
    else:
        form = Form("", tuple(_field(press, one) for one in places))
        if (filled := taken_form(press, member, form, press.token)) is not None:
            _record(press, member, places, filled)


def _record(press: FormPress, member: Member, places: tuple[PathEntry, ...], filled: FilledForm) -> None:
    turn = press.turn
    flow, progress = card.flow_of(turn, member)
    progress = replace(progress, pending=NOTHING_PENDING, ticks=())
    lines = []
    for place in places:
        at = Recording(flow, turn.book.vocabulary, progress, place.question)
        keys = filled.values.get(place.question.key, ())
        outcome = at.choose(keys) if keys else at.skip()
        progress = outcome.progress
        if outcome.notice in _SAID:
            lines.append(prompts.notice_words(turn, member, outcome.notice, outcome.about))
    questionnaire.go_on(turn, member, progress, "\n".join(dict.fromkeys(lines)) or press.say("form-intake-kept"))


def _field(press: FormPress, place: PathEntry) -> FormField:
    """Return a question as a field; what was understood of it before is ticked already."""
    question, given = place.question, () if place.answer is None else place.answer.keys or ()
    options = tuple(
        FormOption(one.key, press.say(f"choice-{question.key}-{one.key}"), chosen=one.key in given)
        for one in question.shown
        if not (one.stops or one.explains)
    )
    return FormField(
        question.key,
        press.say(f"short-{question.key}"),
        LISTS[question.kind],
        press.say(f"question-{question.key}", app=""),
        options,
        required=question.required,
        most=question.limit,
    )
