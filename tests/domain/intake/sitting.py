from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

from buddybot.content import Table, content_dir, read_toml
from buddybot.content.spoken import with_labels
from buddybot.content.tables.questions import parse_questions
from buddybot.content.tables.replies import parse_replies
from buddybot.content.tables.vocabulary import parse_vocabulary
from buddybot.content.words import load_words
from buddybot.domain.intake.flow import apply_reply, begin, next_step
from buddybot.domain.intake.progress import Progress
from buddybot.domain.intake.questions import Flow
from buddybot.domain.intake.replies import (
    Ask,
    Clarify,
    Confirm,
    FlowOutcome,
    Moment,
    Picked,
    Reply,
    Review,
    Step,
    Ticked,
    Typed,
)
from buddybot.domain.intake.understanding import AnswerReader, Understood

QUESTIONS: Table = read_toml(content_dir() / "questions.toml")
WORDS: Table = read_toml(content_dir() / "vocabulary.toml")
FLOWS = parse_questions(QUESTIONS)
REPLIES = parse_replies(read_toml(content_dir() / "replies.toml"))
SAID = load_words(content_dir() / "locales")
VOCABULARY = with_labels(parse_vocabulary(WORDS, FLOWS), SAID, REPLIES)
GATES, INTAKE, CARD = FLOWS["gates"], FLOWS["intake"], FLOWS["card"]
NIGHT = datetime(2026, 11, 24, 4, 31, tzinfo=UTC)
JULY = datetime(2026, 7, 4, 1, 2, tzinfo=UTC)


@dataclass
class Sitting:
    """One person and one flow: says what they do, and looks at what comes of it."""

    flow: Flow = INTAKE
    now: datetime = NIGHT
    names: tuple[str, ...] = ("jessica_m92", "Jessica")
    seed: int = 1
    progress: Progress = field(init=False)
    last: FlowOutcome = field(init=False)

    def __post_init__(self) -> None:
        self.moment = Moment(self.now, Random(self.seed), self.names)
        self.progress = begin(self.flow, VOCABULARY, self.moment)
        self.last = FlowOutcome(self.progress, self.step)

    @property
    def step(self) -> Step:
        return next_step(self.flow, self.progress)

    def shows(self, kind: type[Step]) -> bool:
        return isinstance(self.step, kind)

    @property
    def ask(self) -> Ask:
        step = self.step
        assert isinstance(step, Ask), step
        return step

    @property
    def clarify(self) -> Clarify:
        step = self.step
        assert isinstance(step, Clarify), step
        return step

    @property
    def confirm(self) -> Confirm:
        step = self.step
        assert isinstance(step, Confirm), step
        return step

    @property
    def review(self) -> Review:
        step = self.step
        assert isinstance(step, Review), step
        return step

    @property
    def open(self) -> str:
        """The key of the question that is asked now."""
        return self.ask.question.key

    def replies(self, reply: Reply) -> FlowOutcome:
        self.last = apply_reply(self.flow, self.progress, reply, VOCABULARY, self.moment)
        self.progress = self.last.progress
        return self.last

    def says(self, text: str) -> FlowOutcome:
        return self.replies(Typed(text))

    def picks(self, *keys: str, of: str = "") -> FlowOutcome:
        return self.replies(Picked(of or self.open, keys))

    def ticks(self, key: str) -> FlowOutcome:
        return self.replies(Ticked(self.open, key))

    def reaches(self, question: str) -> "Sitting":
        """Skip (or, where that can't be, take the first choice) up to a question."""
        while self.open != question:
            step = self.step
            assert isinstance(step, Ask)
            self.picks(step.question.shown[0].key if step.question.required else "skip")
            if not isinstance(self.step, Ask):
                self.picks("keep", of="review")
        return self

    def heard(self) -> dict[str, tuple[str, ...]]:
        return {fill.question: fill.keys for fill in self.last.understood}

    def answers(self) -> dict[str, tuple[str, ...] | None]:
        return {answer.question: answer.keys for answer in self.progress.answers}


def reads(question: str, text: str, *, alone: bool = False) -> Understood:
    """What a text says while a question is open and nothing else is answered."""
    asked = next(one for flow in FLOWS.values() for one in flow.questions if one.key == question)
    others = tuple(one for one in INTAKE.questions if one.key in VOCABULARY.anywhere and one is not asked)
    return AnswerReader(VOCABULARY, asked, others if asked.others and not alone else ()).read(text)
