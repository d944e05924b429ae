"""Reads flows and questions from the table of data/questions.toml; every mistake in it is a `Fault`."""

from collections.abc import Mapping
from typing import cast

from buddybot.domain.intake.clocktime import OFFSET
from buddybot.domain.intake.questions import CONTROLS, AnswerChoice, Condition, DayRange, Flow, Question, QuestionKind
from buddybot.domain.kernel.faults import (
    Fault,
    Table,
    flag_in,
    known_keys,
    number_in,
    numbers_in,
    table_in,
    text_in,
    texts_in,
)

FLOW_KEYS = frozenset({"questions", "review_after", "confirm"})
CHOICE_FLAGS = ("alone", "hidden", "explains")
BEHAVIOUR = ("kind", "field", "follows", "limit", "required", "others", "fallback", "opens", "version", "when")
READING = ("past", "considering", "no_negation", "ages", "days", "beats", "offsets")
QUESTION_KEYS = frozenset({"choices", "stores", "stops", *CHOICE_FLAGS, *BEHAVIOUR, *READING})


def parse_questions(table: Table) -> Mapping[str, Flow]:
    """Return the flows by key. Raises `Fault`."""
    known_keys(table, frozenset({"version", "flows", "questions"}))
    version = text_in(table, "version")
    questions = table_in(table, "questions")
    flows = {key: _flow(key, version, table_in(table, "flows"), questions) for key in table_in(table, "flows")}
    if not flows:
        raise Fault("flows", {}, "list at least one flow of questions")
    used = {question.key for flow in flows.values() for question in flow.questions}
    for key in questions:
        if key not in used:
            raise Fault(f"questions.{key}", key, "put the question into a flow, or remove it")
    return flows


def _flow(key: str, version: str, flows: Table, questions: Table) -> Flow:
    path = f"flows.{key}."
    table = table_in(flows, key, "flows.")
    known_keys(table, FLOW_KEYS, path)
    asked: list[Question] = []
    for name in texts_in(table, "questions", path):
        if name not in questions or name in (question.key for question in asked):
            raise Fault(f"{path}questions", name, "name each question once, and describe it under [questions]")
        asked.append(_question(name, table_in(questions, name, "questions."), tuple(asked)))
    keys = {question.key for question in asked}
    after, confirm = text_in(table, "review_after", path, ""), text_in(table, "confirm", path, "")
    for field, value in (("review_after", after), ("confirm", confirm)):
        if value and value not in keys:
            raise Fault(f"{path}{field}", value, "name a question of this flow")
    return Flow(key, version, tuple(asked), after, confirm)


def _question(key: str, table: Table, before: tuple[Question, ...]) -> Question:
    path = f"questions.{key}."
    known_keys(table, QUESTION_KEYS, path)
    choices = _choices(table, path)
    field, follows = text_in(table, "field", path, key), text_in(table, "follows", path, "")
    shared = next((question for question in before if question.key == follows or question.field == field), None)
    if follows and shared is None:
        raise Fault(f"{path}follows", follows, "name a question that comes before this one")
    question = Question(
        key=key,
        kind=_kind(table, path),
        choices=choices,
        field=field,
        number=shared.number if shared else max((question.number for question in before), default=0) + 1,
        follows=follows,
        limit=number_in(table, "limit", path),
        required=flag_in(table, "required", path),
        others=flag_in(table, "others", path),
        fallback=text_in(table, "fallback", path, ""),
        opens=text_in(table, "opens", path, ""),
        version=text_in(table, "version", path, ""),
        past=text_in(table, "past", path, ""),
        considering=text_in(table, "considering", path, ""),
        negation=not flag_in(table, "no_negation", path),
        when=_conditions(table_in(table, "when", path), f"{path}when.", before),
        ages=_spans(table_in(table, "ages", path), f"{path}ages."),
        days=_spans(table_in(table, "days", path), f"{path}days."),
        beats=_beats(table_in(table, "beats", path), f"{path}beats."),
        offsets=texts_in(table, "offsets", path),
    )
    _check(question, path)
    return question


def _kind(table: Table, path: str) -> QuestionKind:
    try:
        return QuestionKind(text_in(table, "kind", path))
    except ValueError as error:
        raise Fault(f"{path}kind", table.get("kind"), f"use one of {', '.join(QuestionKind)}") from error


def _choices(table: Table, path: str) -> tuple[AnswerChoice, ...]:
    keys = texts_in(table, "choices", path)
    stores, stops = table_in(table, "stores", path), table_in(table, "stops", path)
    flags = {flag: texts_in(table, flag, path) for flag in CHOICE_FLAGS}
    for name, named in (("stores", stores), ("stops", stops), *flags.items()):
        for key in named:
            if key not in keys:
                raise Fault(f"{path}{name}", key, "name one of this question's choices")
    for key in keys:
        if key in CONTROLS or keys.count(key) > 1:
            raise Fault(f"{path}choices", key, "use each choice once, and not the name of a control such as skip")
    return tuple(
        AnswerChoice(
            key,
            text_in(stores, key, f"{path}stores.", key),
            alone=key in flags["alone"],
            hidden=key in flags["hidden"],
            explains=key in flags["explains"],
            stops=text_in(stops, key, f"{path}stops.", ""),
        )
        for key in keys
    )


def _conditions(table: Table, path: str, before: tuple[Question, ...]) -> tuple[Condition, ...]:
    fields = {question.field for question in before}
    conditions: list[Condition] = []
    for field, value in table.items():
        if field not in fields:
            raise Fault(f"{path}{field}", field, "name a field that an earlier question fills")
        if not isinstance(value, Mapping):
            conditions.append(Condition(field, one_of=texts_in(table, field, path)))
            continue
        rule = cast("Table", value)
        known_keys(rule, frozenset({"only", "not", "several"}), f"{path}{field}.")
        only = texts_in(rule, "only", f"{path}{field}.")
        conditions.append(
            Condition(
                field,
                one_of=only,
                none_of=texts_in(rule, "not", f"{path}{field}."),
                only=bool(only),
                several=flag_in(rule, "several", f"{path}{field}."),
            )
        )
    return tuple(conditions)


def _spans(table: Table, path: str) -> tuple[DayRange, ...]:
    spans: list[DayRange] = []
    for choice in table:
        numbers = numbers_in(table, choice, path)
        if len(numbers) != 2:  # noqa: PLR2004 - a span has a first and a last
            raise Fault(f"{path}{choice}", numbers, "give the first and the last number")
        spans.append(DayRange(choice, *numbers))
    return tuple(spans)


def _beats(table: Table, path: str) -> tuple[tuple[str, str], ...]:
    return tuple((winner, loser) for winner in table for loser in texts_in(table, winner, path))


def _check(question: Question, path: str) -> None:
    """Refuse what could never be asked or understood."""
    for offset in question.offsets:
        if not OFFSET.fullmatch(offset):
            raise Fault(f"{path}offsets", offset, 'write each offset like "+05:30"')
    chosen = question.kind in {QuestionKind.SINGLE, QuestionKind.MULTI}
    if chosen and not question.choices and not question.opens:
        raise Fault(f"{path}choices", (), "list the choices")
    if not chosen and question.choices:
        raise Fault(f"{path}choices", question.kind.value, "only single and multi questions have choices")
    named = [
        *(("fallback", question.fallback), ("past", question.past), ("considering", question.considering)),
        *(("ages", span.choice) for span in question.ages),
        *(("days", span.choice) for span in question.days),
        *(("beats", key) for pair in question.beats for key in pair),
    ]
    for name, key in named:
        if key and key not in question.by_key and (name, key) not in {("fallback", "stay"), ("past", "mark")}:
            raise Fault(f"{path}{name}", key, "name one of this question's choices")
