"""Parser of a typed reply by what is open: a question, a doubt, a confirmation, or the offer to look."""

from dataclasses import dataclass, replace
from typing import assert_never

from buddybot.domain.intake.clocktime import read_offset, resolved_zone
from buddybot.domain.intake.path import open_place, path
from buddybot.domain.intake.progress import Doubt, Fill
from buddybot.domain.intake.questions import QuestionKind
from buddybot.domain.intake.recording import Recording
from buddybot.domain.intake.replies import FlowOutcome, Moment, Notice
from buddybot.domain.intake.understanding import AnswerReader, Understood, ordinals_in
from buddybot.domain.kernel.plaintext import plain
from buddybot.domain.people import nickname as nicknames

_SIGNS = {"👍": "yes", "👌": "yes", "✅": "yes", "✔": "yes", "👎": "no", "❌": "no", "🚫": "no", "🤷": "idk"}
"""Pictures that are an answer where nothing else is said."""
NICKNAME_NOTICES = {problem: Notice(f"name-{problem}") for problem in nicknames.NicknameProblem}


def picture_read(text: str) -> str:
    """Return a typed reply, in words where it is one picture: "👍" says yes."""
    return text if plain(text) else _SIGNS.get(text.strip()[:1], text)


@dataclass(frozen=True, slots=True)
class Reading:
    """One typed reply to the open question of `at`. The text is dropped with it."""

    at: Recording
    moment: Moment
    text: str

    def question(self) -> FlowOutcome:
        """Read it as an answer to the question."""
        match self.at.question.kind:
            case QuestionKind.TEXT:
                return self._nickname()
            case QuestionKind.TIME:
                return self._time()
            case QuestionKind.SINGLE | QuestionKind.MULTI:
                return self._corrected() or self._understood(self._read())
            case kind:
                assert_never(kind)

    @property
    def is_answer(self) -> bool:
        """Return whether the whole text names an answer to the open question, and so is no command of that name."""
        at = self.at
        if at.question.key not in at.vocabulary.lexicons or at.vocabulary.corrects(plain(self.text)):
            return False
        return AnswerReader(at.vocabulary, at.question).names(self.text)

    def doubt(self, command: str) -> FlowOutcome:
        """Read it as one of the meanings that were offered; anything else ends the doubt: it is not asked twice."""
        doubt = self.at.progress.doubt
        message = plain(self.text)
        if self.at.question.kind is QuestionKind.TIME:
            return self._doubtful_time(message, doubt)
        if len(places := ordinals_in(message, len(doubt.meanings), self.at.vocabulary)) == 1:
            return self.at.clear(doubt.meanings[places[0] - 1])
        named = self.at.vocabulary.named(message) | {f"{self.at.question.key}.{command}"}
        meant = [key for key in doubt.meanings if key in named]
        if command == "yes" and len(doubt.meanings) == 1:
            meant = list(doubt.meanings)
        if len(meant) == 1:
            return self.at.clear(meant[0])
        left = self.at.progress.pending
        return self.at.hold(left.fills, left.doubts[1:])

    def _corrected(self) -> FlowOutcome | None:
        """Read "no i meant the second one" as another answer to the question before, where that is what it is.

        Of a question that was not understood just now it is said in other words.
        """
        at = self.at
        said = at.vocabulary.corrected(plain(self.text))
        if not said or at.question.key in at.progress.tried or at.progress.changing:
            return None
        back = at.back()
        place = open_place(at.flow, back.progress)
        if back.notice is not Notice.BACK or place is None or place.question.weighty:
            return None
        before = at.after(back.progress).asking(place.question)
        if before.question.kind not in {QuestionKind.SINGLE, QuestionKind.MULTI}:
            return None
        found = AnswerReader(at.vocabulary, before.question).as_a_whole(said)
        return before.choose(found.of(before.question.key)) if found is not None and found.fills else None

    def _read(self) -> Understood:
        at, question = self.at, self.at.question
        wanted = (
            place.question
            for place in path(at.flow, at.progress)
            if place.answer is None and place.question.key in at.vocabulary.anywhere and place.question is not question
        )
        others = tuple(wanted) if question.others and not at.progress.changing else ()
        return AnswerReader(at.vocabulary, question, others).read(self.text)

    def _understood(self, read: Understood) -> FlowOutcome:
        at, question = self.at, self.at.question
        if read.nothing:
            return at.skip()
        keys = read.of(question.key)
        if question.opens and question.kind is QuestionKind.MULTI and keys and not set(self._ticks()) <= set(keys):
            ticks = tuple(dict.fromkeys((*self._ticks(), *keys)))
            return at.after(replace(at.progress, ticks=ticks)).turn(Notice.ADDED, question.key)
        doubts = tuple(doubt for doubt in read.doubts if doubt.question not in at.progress.tried)
        if not (read.fills or doubts) and at.vocabulary.corrects(plain(self.text)):
            return at.back()
        if not (read.fills or doubts):
            return at.unclear(Notice.ONLY_NOT if read.only_not else Notice.UNCLEAR)
        fills = self._beside_ticks(read.fills, doubts)
        if read.partly and not doubts and [fill.question for fill in fills] == [question.key]:
            # One of several was not understood: to go on would drop it without a word.
            return at.after(replace(at.progress, ticks=fills[0].keys)).turn(Notice.PARTLY, question.key)
        return at.hold(fills, doubts)

    def _beside_ticks(self, fills: tuple[Fill, ...], doubts: tuple[Doubt, ...]) -> tuple[Fill, ...]:
        """Return what was typed together with what was ticked before: words add to a list, they don't replace it."""
        question, ticks = self.at.question, self.at.progress.ticks
        typed = next((fill.keys for fill in fills if fill.question == question.key), ())
        if question.kind is not QuestionKind.MULTI or not ticks:
            return fills
        if not typed and all(doubt.question != question.key for doubt in doubts):
            return fills
        alone = {key for key, choice in question.by_key.items() if choice.alone}
        kept = () if alone & set(typed) else tuple(key for key in ticks if key not in alone)
        others = tuple(fill for fill in fills if fill.question != question.key)
        return (Fill(question.key, tuple(dict.fromkeys((*kept, *typed)))), *others) if kept or typed else fills

    def _ticks(self) -> tuple[str, ...]:
        return self.at.progress.ticks or self.at.progress.languages

    def _time(self) -> FlowOutcome:
        at, question = self.at, self.at.question
        found = read_offset(self.text, self.moment.now, at.vocabulary.zones)
        if found.sure:
            return self._settled(found.sure)
        if not found.choose or question.key in at.progress.tried:
            return at.unclear()
        return at.hold((), (Doubt(question.key, tuple(f"{question.key}.{key}" for key in found.choose)),))

    def _doubtful_time(self, message: str, doubt: Doubt) -> FlowOutcome:
        """Read a number of those offered, or a time that is not in doubt any more."""
        if len(places := ordinals_in(message, len(doubt.meanings), self.at.vocabulary)) == 1:
            return self._settled((doubt.meanings[places[0] - 1].partition(".")[2],))
        sure = read_offset(self.text, self.moment.now, self.at.vocabulary.zones).sure
        return self._settled(sure) if sure else self.at.clear(None)

    def _settled(self, keys: tuple[str, ...]) -> FlowOutcome:
        """Record a zone; two of which only they know which it is go on to the question about summer time."""
        if len(keys) == 1:
            keys = resolved_zone(keys[0], self.moment.country, self.moment.now, self.at.vocabulary.zones)
        return self.at.record(keys) if keys else self.at.unclear()

    def _nickname(self) -> FlowOutcome:
        """Read a nickname: one of those offered (also by a word of it, or its number), or their own if it will do."""
        at, words = self.at, self.at.vocabulary.nicknames
        message = plain(self.text)
        offers = at.progress.offers
        if len(places := ordinals_in(message, len(offers), self.at.vocabulary)) == 1:
            return at.record((offers[places[0] - 1],))
        meant = [offer for offer in offers if message and message in {plain(offer), *plain(offer).split()}]
        if len(meant) == 1:
            return at.record((meant[0],))
        own = nicknames.composed(self.text)
        problem = nicknames.problem_with(own, self.moment.names, words)
        if problem is None:
            return at.record((own,))
        kept = own if problem in nicknames.OVERRULED else ""
        return at.after(replace(at.progress, nickname=kept)).turn(NICKNAME_NOTICES[problem], at.question.key)
