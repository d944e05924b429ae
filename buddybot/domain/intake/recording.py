"""Recording of answers: record, skip, go back, hold for confirmation. Each returns the outcome that follows."""

from dataclasses import dataclass, replace

from buddybot.domain.intake.next_step import next_step
from buddybot.domain.intake.path import is_value, path
from buddybot.domain.intake.progress import NOTHING_PENDING, Answer, Doubt, Fill, FlowStage, PendingDoubt, Progress
from buddybot.domain.intake.questions import AnswerChoice, Flow, Question, QuestionKind
from buddybot.domain.intake.replies import FlowOutcome, Notice, Stop
from buddybot.domain.intake.understanding import as_key, fits
from buddybot.domain.intake.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Recording:
    """One progress in one flow, and the question that is open in it."""

    flow: Flow
    vocabulary: Vocabulary
    progress: Progress
    question: Question

    def turn(self, notice: Notice | None = None, about: str = "", heard: tuple[Fill, ...] = ()) -> FlowOutcome:
        """Show what is next after the progress as it is."""
        return FlowOutcome(self.progress, next_step(self.flow, self.progress), notice, heard, about)

    def after(self, progress: Progress) -> "Recording":
        """Return the same with a changed progress."""
        return replace(self, progress=progress)

    def asking(self, question: Question) -> "Recording":
        """Return the same with another question open."""
        return replace(self, question=question)

    def choose(self, keys: tuple[str, ...]) -> FlowOutcome:
        """Record a choice, unless it can't stand (too many, a wrong mix), explains something, or ends the flow."""
        question = self.question
        keys = tuple(dict.fromkeys(keys))
        if not all(is_value(question, key) for key in keys) or (
            question.kind is not QuestionKind.MULTI and len(keys) != 1
        ):
            return self.turn(Notice.STALE)
        if not keys:
            return self.skip()
        return self._unfit(keys, [question.by_key[key] for key in keys if key in question.by_key]) or self.record(keys)

    def _unfit(self, keys: tuple[str, ...], choices: list[AnswerChoice]) -> FlowOutcome | None:
        for choice in choices:
            if choice.stops:
                return FlowOutcome(Progress(self.flow.key, self.flow.version), Stop(choice.stops))
            if choice.explains:
                return self.turn(Notice.MORE, f"{self.question.key}-{choice.key}")
        if len(keys) > 1 and any(choice.alone for choice in choices):
            return self._again(keys, Notice.ALONE)
        if self.question.limit and len(keys) > self.question.limit:
            return self._again(keys, Notice.TOO_MANY)
        return None

    def record(
        self, keys: tuple[str, ...] | None, notice: Notice | None = None, stage: FlowStage = FlowStage.GIVEN
    ) -> FlowOutcome:
        """Settle the open question."""
        answer = Answer(self.question.key, keys, stage, self.question.version)
        heard = (Fill(self.question.key, keys),) if keys else ()
        return self.after(self.progress.with_answer(answer)).turn(notice, self.question.key, heard)

    def change(self) -> FlowOutcome:
        """Drop the answer that was given early, and ask."""
        others = tuple(answer for answer in self.progress.answers if answer.question != self.question.key)
        return self.after(replace(self.progress, answers=others)).turn(Notice.CHANGE, self.question.key)

    def tick(self, key: str, ticks: tuple[str, ...]) -> FlowOutcome:
        """Tick or untick one choice; one that stands alone clears the others."""
        choice, question = self.question.by_key.get(key), self.question
        if key in ticks:
            ticks = tuple(other for other in ticks if other != key)
        elif choice is not None and choice.alone:
            ticks = (key,)
        else:
            ticks = (
                *(other for other in ticks if other not in question.by_key or not question.by_key[other].alone),
                key,
            )
        if question.limit and len(ticks) > question.limit:
            return self.turn(Notice.TOO_MANY, question.key)
        return self.after(replace(self.progress, ticks=ticks)).turn()

    def skip(self) -> FlowOutcome:
        """Leave the open question unanswered, if it may be."""
        if self.question.required:
            return self.after(replace(self.progress, pending=NOTHING_PENDING)).turn(Notice.NEEDED, self.question.key)
        return self.record(None, Notice.SKIPPED)

    def unclear(self, notice: Notice = Notice.UNCLEAR) -> FlowOutcome:
        """Ask again once; the second time, note it as the question's fallback. Never a guess."""
        progress, question = replace(self.progress, pending=NOTHING_PENDING), self.question
        if question.key not in progress.tried:
            return self.after(replace(progress, tried=(*progress.tried, question.key))).turn(notice)
        if question.required or question.fallback == "stay":
            return self.after(progress).turn(notice)
        if question.fallback:
            return self.after(progress).record((question.fallback,), Notice.MARKED_OTHER)
        return self.after(progress).record(None, Notice.LEFT_OPEN)

    # ── several at once, and doubts ─────────────────────────────────────────────────────

    def hold(self, fills: tuple[Fill, ...], doubts: tuple[Doubt, ...]) -> FlowOutcome:
        """Hold what was understood: clear doubts first, then ask for a yes if more than this question is filled."""
        if doubts:
            tried = tuple(dict.fromkeys((*self.progress.tried, *(doubt.question for doubt in doubts))))
            return self.after(replace(self.progress, pending=PendingDoubt(fills, doubts), tried=tried)).turn()
        if not fills:
            return self.unclear()
        if all(fill.question == self.question.key for fill in fills):
            return self.after(replace(self.progress, pending=NOTHING_PENDING)).choose(fills[0].keys)
        return self.after(replace(self.progress, pending=PendingDoubt(fills))).turn()

    def clear(self, chosen: str | None) -> FlowOutcome:
        """Resolve the first doubt: with the meaning that was chosen, or with none of them (then ask with buttons)."""
        (doubt, *left), fills = self.progress.pending.doubts, self.progress.pending.fills
        if chosen is not None:
            meaning = self.vocabulary.meaning(chosen)
            for place in path(self.flow, self.progress):
                if fits(meaning, place.question) and (place.open or place.question is self.question):
                    keys = as_key(place.question, meaning, past=doubt.past, considering=doubt.considering)
                    fills = _joined(fills, place.question, keys)
        if not (fills or left):
            return self.after(replace(self.progress, pending=NOTHING_PENDING)).turn(Notice.UNCLEAR)
        return self.hold(fills, tuple(left))

    def confirm(self) -> FlowOutcome:
        """Record all that was understood: this question for good, the others until their turn."""
        progress, pending = self.progress, self.progress.pending
        for fill in pending.fills:
            if fill.question != self.question.key:
                progress = progress.with_answer(Answer(fill.question, fill.keys, FlowStage.EARLY, self._version(fill)))
        mine = next((fill.keys for fill in pending.fills if fill.question == self.question.key), ())
        early = self.after(replace(progress, pending=NOTHING_PENDING))
        return replace(early.choose(mine) if mine else early.turn(), understood=pending.fills)

    def back(self) -> FlowOutcome:
        """Undo the last step: an open doubt, looking, or the last answer."""
        progress = self.progress
        if progress.changing or progress.pending.stands or progress.looking:
            looking = progress.looking and (bool(progress.changing) or progress.pending.stands)
            undone = replace(progress, changing="", pending=NOTHING_PENDING, looking=looking, ticks=(), nickname="")
            return self.after(undone).turn(Notice.BACK)
        settled = {place.question.key for place in path(self.flow, progress) if not place.open}
        last = next((answer for answer in reversed(progress.answers) if answer.question in settled), None)
        if last is None:
            return self.turn(Notice.NOTHING_BACK)
        return self.after(_undone(self.flow, progress, last)).turn(Notice.BACK)

    def _again(self, keys: tuple[str, ...], notice: Notice) -> FlowOutcome:
        return self.after(replace(self.progress, ticks=keys)).turn(notice, self.question.key)

    def _version(self, fill: Fill) -> str:
        return self.flow.by_key[fill.question].version


def _undone(flow: Flow, progress: Progress, last: Answer) -> Progress:
    """Drop the last answer; one that was kept awaits its tap again; after "keep going" the offer stands again."""
    review = flow.by_key.get(flow.review_after)
    if progress.reviewed and review and flow.by_key[last.question].number <= review.number:
        return replace(progress, reviewed=False, ticks=())
    others = tuple(answer for answer in progress.answers if answer is not last)
    again = (replace(last, stage=FlowStage.EARLY),) if last.stage is FlowStage.KEPT else ()
    return replace(progress, answers=(*others, *again), ticks=(), nickname="")


def _joined(fills: tuple[Fill, ...], question: Question, keys: tuple[str, ...]) -> tuple[Fill, ...]:
    """Add keys to what is already understood for a question; a single question holds the newest only."""
    if not keys:
        return fills
    held = next((fill.keys for fill in fills if fill.question == question.key), ())
    new = tuple(dict.fromkeys((*held, *keys))) if question.kind is QuestionKind.MULTI else keys
    joined = Fill(question.key, new)
    if not held:
        return (*fills, joined)
    return tuple(joined if fill.question == question.key else fill for fill in fills)
