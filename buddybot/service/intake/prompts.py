"""Rendering of the questionnaire: each step with its buttons and a way out."""

from dataclasses import replace

from buddybot.domain.intake.path import path, step_position
from buddybot.domain.intake.progress import PAST, Doubt, Fill, Progress
from buddybot.domain.intake.questions import Flow, Question, QuestionKind
from buddybot.domain.intake.replies import CONFIRM, MEANING, REVIEW, Ask, Clarify, Confirm, Notice, Review, Step
from buddybot.domain.kernel.messages import CardProgress, Choice, Content, Span
from buddybot.domain.kernel.rich_text import marked
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member
from buddybot.service.intake import times
from buddybot.service.kernel.turn import Buttons, Turn

AGAIN = {"consent": "consent-again"}
"""What is long and was not understood is asked again in one sentence: nobody reads fourteen lines twice."""


def step_content(
    turn: Turn,
    member: Member,
    at: tuple[Flow, Progress],
    step: Step,
    *,
    lead: str = "",
    again: bool = False,
    beside: Buttons = (),
) -> Content | None:
    """Render a step with how far the person is; `lead` stands before it, and `again` asks in fewer words.

    `beside` are buttons that answer nothing, such as the way to help.
    """
    flow, progress = at
    content = _content(turn, member, flow, step)
    if content is None:
        return None
    if isinstance(step, Ask) and progress.reviewed and not (progress.changing or progress.looking):
        content = _with_look(turn, member, content, step.question)
    if again and isinstance(step, Ask) and step.question.key in AGAIN:
        content = replace(content, spans=(Span(turn.words(member, AGAIN[step.question.key])),))
    if lead:
        content = replace(content, spans=(Span(f"{lead}\n"), *content.spans))
    content = _with_choices(content, *turn.choices(member, beside))
    return content if flow is not turn.book.intake else replace(content, progress=_made(turn, member, flow, progress))


def content_left(turn: Turn, member: Member, flow: Flow, step: Step) -> Content | None:
    """Render a step that is no longer open: its words without buttons, and no card any more."""
    content = _content(turn, member, flow, step)
    return None if content is None else replace(content, choices=(), extra=(), many=False, done=None)


def _with_look(turn: Turn, member: Member, content: Content, question: Question) -> Content:
    """Add the way to look at once, which every question past the offer has."""
    return _with_choices(content, _control(turn, member, question.key, "look"))


def _with_choices(content: Content, *more: Choice) -> Content:
    if content.many:
        return replace(content, extra=(*content.extra, *more))
    return replace(content, choices=(*content.choices, *more))


def with_sheet(turn: Turn, member: Member, content: Content) -> Content:
    """Add the button that asks several questions on one form."""
    sheet = Choice(str(Token("intake", verb="form")), turn.words(member, "intake-form-open"), form=True)
    return _with_choices(content, sheet)


def finished_content(turn: Turn, member: Member, flow: Flow, progress: Progress) -> Content:
    """Render the card when nothing is left to ask."""
    made = _made(turn, member, flow, progress)
    return replace(plain_content(turn.words(member, "ask-finished")), progress=replace(made, number=made.total))


def _made(turn: Turn, member: Member, flow: Flow, progress: Progress) -> CardProgress:
    """Return how far a card has come, with a line for each answer."""
    settled = [place for place in path(flow, progress) if not place.open and place.question.key != progress.changing]
    lines = [
        turn.words(
            member,
            "answers-line",
            question=turn.words(member, f"short-{place.question.key}"),
            answer=_labels(turn, member, place.question, place.answer.keys),
        )
        for place in settled
        if place.answer is not None and place.answer.keys
    ]
    return CardProgress(flow.key, *step_position(flow, progress), tuple(lines))


def notice_words(turn: Turn, member: Member, what: Notice, about: str) -> str:
    """Return the line before a step: why a question is asked, what was not understood, and so on."""
    match what:
        case Notice.WHY:
            return turn.words(member, f"why-{about}")
        case Notice.MORE:
            return turn.words(member, f"more-{about}", days=turn.book.retention.undelivered.days, app=turn.app(member))
        case Notice.LEFT:
            return turn.words(member, "notice-left", left=int(about))
        case _:
            return turn.words(member, f"notice-{what}")


def echo_words(turn: Turn, member: Member, fills: tuple[Fill, ...]) -> str:
    """Return the echo of what was understood of typed words (implicit confirmation)."""
    return turn.words(member, "ask-got", heard=" ".join(_fill(turn, member, fill) for fill in fills))


def _content(turn: Turn, member: Member, flow: Flow, step: Step) -> Content | None:
    match step:
        case Ask():
            return _ask(turn, member, flow, step)
        case Clarify(question, doubt):
            return _clarify(turn, member, question, doubt)
        case Confirm(_, fills):
            heard = " ".join(_fill(turn, member, fill) for fill in fills)
            yes = Choice(str(Token("ask", CONFIRM, "yes")), turn.words(member, "control-yes"))
            return plain_content(
                turn.words(member, "ask-confirm", heard=heard), (yes, _control(turn, member, CONFIRM, "fix"))
            )
        case Review(left):
            look, later = (_control(turn, member, REVIEW, name) for name in ("look", "later"))
            more = Choice(str(Token("ask", REVIEW, "keep")), turn.words(member, "control-keep_going"))
            return plain_content(turn.words(member, "ask-review", left=left), (look, more, later))
        case _:
            return None


def _clarify(turn: Turn, member: Member, question: Question, doubt: Doubt) -> Content:
    """Ask which was meant: of times, by what the clock says."""
    if question.kind is QuestionKind.TIME:
        text = turn.words(member, "clarify-local_time")
        names = [(key, times.time_words(turn, member, key.partition(".")[2])) for key in doubt.meanings]
    else:
        text = turn.words(member, "ask-clarify")
        names = [(key, _meaning(turn, member, key)) for key in doubt.meanings]
    choices = tuple(Choice(str(Token("ask", MEANING, key)), name) for key, name in names)
    return plain_content(text, (*choices, _control(turn, member, MEANING, "something_else")))


def _ask(turn: Turn, member: Member, flow: Flow, step: Ask) -> Content:
    question = step.question
    text = turn.words(member, f"question-{question.key}", app=turn.app(member))
    if question.kind is QuestionKind.TIME and not step.offers and (guess := times.only_guess(turn, member)):
        text = turn.words(member, "question-local_time-guess", time=times.time_words(turn, member, guess))
    if flow is turn.book.intake and step.total:
        text = turn.words(member, "ask-number", number=step.number, total=step.total, question=text)
    if step.kept:
        text = f"{text}\n{turn.words(member, 'ask-kept', answer=_labels(turn, member, question, step.kept))}"
        controls = tuple(_control(turn, member, question.key, name) for name in ("keep", "change"))
        return plain_content(text, (*controls, *_ways_out(turn, member, flow, question)))
    choices = _choices(turn, member, step)
    ways_out = _ways_out(turn, member, flow, question)
    if question.kind is QuestionKind.TIME and step.offers:
        ways_out = (_control(turn, member, question.key, "back"),)  # with the hours of a day no more fit
    if question.kind is QuestionKind.MULTI:
        done = Choice(str(Token("ask", question.key, "done")), turn.words(member, "control-done"))
        return Content((Span(text),), choices=choices, many=True, limit=question.limit, done=done, extra=ways_out)
    return plain_content(text, (*choices, *ways_out))


def _choices(turn: Turn, member: Member, step: Ask) -> tuple[Choice, ...]:
    question = step.question
    if question.kind is QuestionKind.TEXT:
        offered = tuple(Choice(str(Token("ask", question.key, name)), name) for name in step.offers)
        mine = (_control(turn, member, question.key, "keep_mine"),) if step.mine else ()
        return (*offered, _control(turn, member, question.key, "another"), *mine)
    if question.kind is QuestionKind.TIME:
        return times.time_choices(turn, member, step)
    ticked = set(step.ticks)
    return tuple(
        Choice(str(Token("ask", question.key, key)), _label(turn, member, question, key), chosen=key in ticked)
        for key in (
            *(choice.key for choice in question.shown),
            *(tick for tick in step.ticks if tick not in question.by_key),
        )
    )


def _ways_out(turn: Turn, member: Member, flow: Flow, question: Question) -> tuple[Choice, ...]:
    names = [] if question.required else ["skip"]
    if question.key != flow.questions[0].key:
        names.append("back")
    if turn.book.words.has(f"why-{question.key}"):
        names.append("why")
    return tuple(_control(turn, member, question.key, name) for name in names)


def _control(turn: Turn, member: Member, question: str, name: str) -> Choice:
    return Choice(str(Token("ask", question, name)), turn.words(member, f"control-{name}"))


def plain_content(text: str, choices: tuple[Choice, ...] = ()) -> Content:
    """Return a text with buttons."""
    return Content(marked(text), choices=choices)


def _label(turn: Turn, member: Member, question: Question, key: str) -> str:
    """Return the label of a value: a choice, a value of the list it opens to, or the value itself."""
    bare = key.removeprefix(PAST)
    if question.kind is QuestionKind.TIME:
        return times.time_words(turn, member, key)
    if bare in question.by_key:
        label = turn.words(member, f"choice-{question.key}-{bare}")
        return turn.words(member, "ask-past", label=label) if key != bare else label
    return _meaning(turn, member, f"{question.opens}.{bare}") if question.opens else bare


def _meaning(turn: Turn, member: Member, key: str) -> str:
    meaning = turn.book.vocabulary.meaning(key)
    return turn.words(member, meaning.label) if meaning.label else meaning.name


def _labels(turn: Turn, member: Member, question: Question, keys: tuple[str, ...]) -> str:
    told = keys[-1:] if question.kind is QuestionKind.TIME else keys  # of two zones the one with summer time
    return ", ".join(_label(turn, member, question, key) for key in told)


def _fill(turn: Turn, member: Member, fill: Fill) -> str:
    question = turn.book.intake.by_key[fill.question]
    name = turn.words(member, f"short-{fill.question}")
    return turn.words(member, "ask-heard", question=name, answer=_labels(turn, member, question, fill.keys))


def answers(turn: Turn, member: Member, flow: Flow, progress: Progress) -> None:
    """Render the profile with an edit button for each answer."""
    lines = [turn.words(member, "answers-title")]
    buttons = []
    for place in path(flow, progress):
        if place.answer is None:
            continue
        question, name = place.question, turn.words(member, f"short-{place.question.key}")
        keys = place.answer.keys
        answer = _labels(turn, member, question, keys) if keys else turn.words(member, "answers-skipped")
        lines.append(turn.words(member, "answers-line", question=name, answer=answer))
        buttons.append((f"short-{question.key}", Token("answers", verb=question.key)))
    if any(place.answer is None for place in path(flow, progress)):
        buttons.append(("answers-more", Token("answers", verb="more")))
    turn.show(member, plain_content("\n".join(lines), turn.choices(member, buttons)))
