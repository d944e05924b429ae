"""Schema of data/questions.toml: flows and questions, and what one question may say of another."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field

from buddybot.content.files import Table
from buddybot.content.tables.zones import OffsetText
from buddybot.content.validation import Flag, Integer, TableError, TableModel, Texts, Whole, fix, validated
from buddybot.domain.intake.questions import CONTROLS, AnswerChoice, Condition, DayRange, Flow, Question, QuestionKind

_Span = Annotated[tuple[Integer, Integer], fix("give the first and the last number")]
_Words = Annotated[Mapping[str, str], Field(default_factory=dict)]
_Spans = Annotated[Mapping[str, _Span], Field(default_factory=dict)]


class WhenTable(TableModel):
    """A condition on an earlier answer; a plain list stands for `any`."""

    any: Texts = ()
    only: Texts = ()
    none_of: Annotated[Texts, Field(alias="not")] = ()
    several: Flag = False


def _plain_list(value: object) -> object:
    return value if isinstance(value, Mapping) else {"any": value}


class QuestionTable(TableModel):
    """One table of [questions]; docs/write-a-question.md explains every key."""

    kind: QuestionKind
    choices: Texts = ()
    stores: _Words
    stops: _Words
    alone: Texts = ()
    hidden: Texts = ()
    explains: Texts = ()
    field: str = ""
    follows: str = ""
    limit: Whole = 0
    required: Flag = False
    others: Flag = False
    fallback: str = ""
    opens: str = ""
    version: str = ""
    when: Mapping[str, Annotated[WhenTable, BeforeValidator(_plain_list)]] = Field(default_factory=dict)
    past: str = ""
    considering: str = ""
    no_negation: Flag = False
    ages: _Spans
    days: _Spans
    beats: Mapping[str, Texts] = Field(default_factory=dict)
    offsets: tuple[OffsetText, ...] = ()


class FlowTable(TableModel):
    """One table of [flows]: questions in their order."""

    questions: Texts
    review_after: str = ""
    confirm: str = ""


class QuestionsTable(TableModel):
    """data/questions.toml as it is written."""

    version: str
    flows: Mapping[str, FlowTable] = Field(default_factory=dict)
    questions: Mapping[str, QuestionTable] = Field(default_factory=dict)


def parse_questions(table: Table) -> Mapping[str, Flow]:
    """Return the flows by key. Raises `TableError`."""
    found = validated(QuestionsTable, table)
    flows = {key: _flow(key, flow, found) for key, flow in found.flows.items()}
    if not flows:
        raise TableError("flows", {}, "list at least one flow of questions")
    used = {question.key for flow in flows.values() for question in flow.questions}
    for key in found.questions:
        if key not in used:
            raise TableError(f"questions.{key}", key, "put the question into a flow, or remove it")
    return flows


def _flow(key: str, flow: FlowTable, found: QuestionsTable) -> Flow:
    asked: list[Question] = []
    for name in flow.questions:
        if name not in found.questions or name in (question.key for question in asked):
            raise TableError(
                f"flows.{key}.questions", name, "name each question once, and describe it under [questions]"
            )
        asked.append(_question(name, found.questions[name], tuple(asked)))
    keys = {"", *(question.key for question in asked)}
    for field, value in (("review_after", flow.review_after), ("confirm", flow.confirm)):
        if value not in keys:
            raise TableError(f"flows.{key}.{field}", value, "name a question of this flow")
    return Flow(key, found.version, tuple(asked), flow.review_after, flow.confirm)


def _question(key: str, table: QuestionTable, before: tuple[Question, ...]) -> Question:
    path, field = f"questions.{key}.", table.field or key
    choices = _choices(table, path)
    shared = next((each for each in before if each.key == table.follows or each.field == field), None)
    if table.follows and shared is None:
        raise TableError(f"{path}follows", table.follows, "name a question that comes before this one")
    question = Question(
        key=key,
        kind=table.kind,
        choices=choices,
        field=field,
        number=shared.number if shared else max((each.number for each in before), default=0) + 1,
        follows=table.follows,
        limit=table.limit,
        required=table.required,
        others=table.others,
        fallback=table.fallback,
        opens=table.opens,
        version=table.version,
        past=table.past,
        considering=table.considering,
        negation=not table.no_negation,
        when=_conditions(table, path, before),
        ages=_spans(table.ages),
        days=_spans(table.days),
        beats=tuple((winner, loser) for winner, losers in table.beats.items() for loser in losers),
        offsets=table.offsets,
    )
    _check(question, path)
    return question


def _choices(table: QuestionTable, path: str) -> tuple[AnswerChoice, ...]:
    keys = table.choices
    named = {"stores": table.stores, "stops": table.stops}
    flags = {"alone": table.alone, "hidden": table.hidden, "explains": table.explains}
    for name, listed in {**named, **flags}.items():
        for key in listed:
            if key not in keys:
                raise TableError(f"{path}{name}", key, "name one of this question's choices")
    for key in keys:
        if key in CONTROLS or keys.count(key) > 1:
            raise TableError(f"{path}choices", key, "use each choice once, and not the name of a control such as skip")
    return tuple(
        AnswerChoice(
            key,
            table.stores.get(key, key),
            alone=key in table.alone,
            hidden=key in table.hidden,
            explains=key in table.explains,
            stops=table.stops.get(key, ""),
        )
        for key in keys
    )


def _conditions(table: QuestionTable, path: str, before: tuple[Question, ...]) -> tuple[Condition, ...]:
    fields = {question.field for question in before}
    for field in table.when:
        if field not in fields:
            raise TableError(f"{path}when.{field}", field, "name a field that an earlier question fills")
    return tuple(
        Condition(field, one_of=rule.only or rule.any, none_of=rule.none_of, only=bool(rule.only), several=rule.several)
        for field, rule in table.when.items()
    )


def _spans(spans: Mapping[str, tuple[int, int]]) -> tuple[DayRange, ...]:
    return tuple(DayRange(choice, *numbers) for choice, numbers in spans.items())


def _check(question: Question, path: str) -> None:
    """Refuse what could never be asked or understood."""
    chosen = question.kind in {QuestionKind.SINGLE, QuestionKind.MULTI}
    if chosen and not question.choices and not question.opens:
        raise TableError(f"{path}choices", (), "list the choices")
    if not chosen and question.choices:
        raise TableError(f"{path}choices", question.kind.value, "only single and multi questions have choices")
    named = [
        *(("fallback", question.fallback), ("past", question.past), ("considering", question.considering)),
        *(("ages", span.choice) for span in question.ages),
        *(("days", span.choice) for span in question.days),
        *(("beats", key) for pair in question.beats for key in pair),
    ]
    for name, key in named:
        if key and key not in question.by_key and (name, key) not in {("fallback", "stay"), ("past", "mark")}:
            raise TableError(f"{path}{name}", key, "name one of this question's choices")
