"""Natural-language understanding of one typed answer: which choices it names, and what is ambiguous.

The text is read here and dropped; what comes out holds keys only.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from buddybot.domain.dialog.choice_labels import ChoiceLabels, forms_of
from buddybot.domain.intake.durations import days_in, is_own_age
from buddybot.domain.intake.mentions import Mention, Scan
from buddybot.domain.intake.progress import PAST, Doubt, Fill
from buddybot.domain.intake.questions import DayRange, Question, QuestionKind
from buddybot.domain.intake.vocabulary import Meaning, Vocabulary
from buddybot.domain.kernel.plaintext import LONGEST, plain, sentences

_BETWEEN = re.compile(r"[,;+/&\n]|\b(?:and|or|y|e|o|u)\b", re.IGNORECASE)
_SHORT = 3
"""Words in one thing of a list; what is longer is a sentence, and tells more than it answers."""
_YEARS = re.compile(r"\b\d{1,3}\b")


@dataclass(frozen=True, slots=True)
class Understood:
    """Result of reading an answer.

    `nothing` is "none of these" where no choice says so; `only_not` means it named only what is not so; `partly` that
    it was a list, and something in it means nothing here.
    """

    fills: tuple[Fill, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    nothing: bool = False
    only_not: bool = False
    partly: bool = False

    def of(self, question: str) -> tuple[str, ...]:
        """Return the keys understood for one question."""
        return next((fill.keys for fill in self.fills if fill.question == question), ())


@dataclass(frozen=True, slots=True)
class AnswerReader:
    """Reads answers to one open question; `wanted` are other questions that its words may fill."""

    vocabulary: Vocabulary
    question: Question
    wanted: tuple[Question, ...] = ()

    def read(self, text: str) -> Understood:
        """Return what `text` says. That nothing was understood is an ordinary outcome."""
        if len(text) > LONGEST:
            return Understood()
        message = plain(text)
        if found := self.as_a_whole(message):
            return found
        found = self._words(message, sentences(text))
        return replace(found, partly=self._is_partly(text)) if _many(self.question) and found.fills else found

    def names(self, text: str) -> bool:
        """Return whether a text is a label or an alias of the question, and so no command that sounds like it."""
        message = plain(text)
        if len(text) > LONGEST or not message:
            return False
        forms = self._forms(message)
        return any(self._named(form) for form, _ in forms) or any(self._misspelt(form) for form, _ in forms)

    def as_a_whole(self, message: str) -> Understood | None:
        """Read a message that is nothing but an answer, and words around it: a label, an alias, a yes, a number.

        What begins or ends everything is not taken from somebody who is not sure; it is asked back.
        """
        forms = self._forms(message)
        for read in (self._named, self._command, self._number, self._misspelt):
            for form, hedged in forms:
                if found := read(form):
                    return self._asked_back(found) if hedged and self._is_weighty(form) else found
        return None

    def _forms(self, message: str) -> list[tuple[str, bool]]:
        """Return the message with fewer and fewer words around what is said, and whether a hedge or a nod is gone."""
        known = self.vocabulary
        sure = dict.fromkeys(forms_of(message, known.around & known.fillers), False)
        return [*(dict.fromkeys(forms_of(message, known.around | known.hedges, known.nods), True) | sure).items()]

    def _is_weighty(self, form: str) -> bool:
        """Return whether a doubtful answer is asked back: one that ends the flow, or a place that may be a number."""
        counted = bool(self.question.days or self.question.ages) and bool(self._numbered(form))
        return counted or self.question.weighty

    def _asked_back(self, found: Understood) -> Understood:
        keys = found.of(self.question.key)
        meanings = tuple(meaning_key(self.question, key) for key in keys)
        return Understood(doubts=(Doubt(self.question.key, meanings),)) if keys else found

    def _named(self, form: str) -> Understood | None:
        """Read a label as it stands, or an alias that counts as a whole message."""
        if label := self._labels.choices.get(form):
            return self._answer((label,))
        whole = self.vocabulary.lexicons[self.question.key].whole_message(form)
        return self._settle([Mention(whole)], None) if whole else None

    def _misspelt(self, form: str) -> Understood | None:
        label = self._labels.near(form, self.vocabulary.is_word)
        return self._answer((label,)) if label else None

    @property
    def _labels(self) -> ChoiceLabels:
        return self.vocabulary.labels.of(self.question.key, tuple(choice.key for choice in self.question.choices))

    def _is_partly(self, text: str) -> bool:
        """Return whether a list of short things names some that mean nothing here."""
        pieces = [piece for piece in _BETWEEN.split(text) if piece.strip()]
        if len(pieces) <= 1 or any(len(piece.split()) > _SHORT for piece in pieces):
            return False
        found = [self._words(plain(piece), sentences(piece)) for piece in pieces]
        understood = [bool(one.fills or one.doubts or one.only_not) for one in found]
        return sum(understood) > 1 and not all(understood)

    def _command(self, message: str) -> Understood | None:
        """Read "yes", "no", "all" and "none" by what this question offers."""
        meant, question = self.vocabulary.command(message, hedged=False), self.question
        if meant in question.by_key:
            return self._answer((meant,))
        if meant in {"no", "none"}:
            return self._answer(("none",)) if "none" in question.by_key else Understood(nothing=True)
        if (meant == "all" or (meant == "both" and len(question.shown) == 2)) and _many(question):  # noqa: PLR2004 - both
            return self._answer(tuple(choice.key for choice in question.shown if not choice.alone))
        return None

    def _number(self, message: str) -> Understood | None:
        """Read a message that holds numbers only: those of the choices."""
        keys = self._numbered(message)
        if keys:
            return self._answer(keys) if _many(self.question) or len(keys) == 1 else Understood()
        return None

    def _in_list(self, said: tuple[tuple[str, ...], ...]) -> list[str]:
        """Return what a list names by labels and numbers: all of it, or the numbers alone beside other words.

        A label among other words says nothing by itself: "i dont take suboxone or methadone".
        """
        pieces = [one for parts in said for part in parts for one in self._pieces(part)]
        listed = [self._listed(piece) for piece in pieces]
        if not all(listed):
            listed = [self._numbered(piece) for piece in pieces]
        return [key for keys in listed for key in keys]

    def _pieces(self, part: str) -> list[str]:
        whole = self._listed(part)
        return [part] if whole else [piece.strip() for piece in _BETWEEN.split(part) if piece.strip()]

    def _listed(self, piece: str) -> tuple[str, ...]:
        """Return what one thing of a list names: a label, also a misspelt one, or numbers."""
        label = self._labels.choices.get(piece) or self._labels.near(piece, self.vocabulary.is_word)
        return (label,) if label else self._numbered(piece)

    def _numbered(self, piece: str) -> tuple[str, ...]:
        shown = self.question.shown
        return tuple(shown[place - 1].key for place in ordinals_in(piece, len(shown), self.vocabulary))

    def _answer(self, keys: tuple[str, ...]) -> Understood:
        return Understood((Fill(self.question.key, keys),))

    def _words(self, message: str, said: tuple[tuple[str, ...], ...]) -> Understood:
        lexicon = self.vocabulary.lexicons[self.question.key]
        scan = Scan(lexicon, negation=self.question.negation)
        mentions = [mention for parts in said for mention in scan.sentence(parts)]
        numbered = self._in_list(said) if _many(self.question) else []
        if not scan.denied and (aged := self._aged(message)):
            numbered.append(aged)
        return self._settle(mentions, self._days(message), numbered)

    def _days(self, message: str) -> int | None:
        known = self.vocabulary
        return days_in(message, known.units, known.amounts, known.bounds)

    def _aged(self, message: str) -> str:
        """Read an age if all numbers of a message mean the same choice; the numbers are dropped.

        A number that belongs to a date, to a time to come, or to somebody else is no age of theirs.
        """
        if not is_own_age(message):
            return ""
        meant = {_choice_at(int(number), self.question.ages) for number in _YEARS.findall(message)}
        return meant.pop() if len(meant) == 1 else ""

    # ── putting together ────────────────────────────────────────────────────────────────

    def _settle(self, mentions: list[Mention], days: int | None, named: Iterable[str] = ()) -> Understood:
        said = [mention for mention in mentions if not mention.negated]
        fills: list[Fill] = []
        doubts: list[Doubt] = []
        for question in (self.question, *self.wanted):
            keys, unsure = self._keys(question, said, days)
            if question is self.question:
                keys = tuple(dict.fromkeys((*named, *keys)))
            keys = _without_beaten(question, keys)
            if len(keys) > 1 and not _many(question):
                unsure = (Doubt(question.key, tuple(meaning_key(question, key) for key in keys)),)
            elif keys and (_many(question) or not any(doubt.question == question.key for doubt in unsure)):
                fills.append(Fill(question.key, keys))
            doubts.extend(unsure)
        return Understood(tuple(fills), tuple(dict.fromkeys(doubts)), only_not=bool(mentions) and not said)

    def _keys(
        self, question: Question, said: list[Mention], days: int | None
    ) -> tuple[tuple[str, ...], tuple[Doubt, ...]]:
        """Return the keys for one question, and what must be asked before more can be said."""
        keys: list[str] = []
        doubts: list[Doubt] = []
        for mention in said:
            meanings = self._meanings(mention)
            if not any(fits(meaning, question) for meaning in meanings):
                continue
            if all(sense.sure for sense in mention.senses if sense.meaning == meanings[0].key) and len(meanings) == 1:
                keys.extend(as_key(question, meanings[0], past=mention.past, considering=mention.considering))
            elif self._leads(question, meanings):
                doubts.append(Doubt(question.key, tuple(m.key for m in meanings), mention.past, mention.considering))
        span = "" if days is None or keys else _choice_at(days, question.days)
        if span and self._is_steady(question, said, doubts):
            return (span,), ()
        return tuple(dict.fromkeys(keys)), tuple(doubt for doubt in doubts if not self._cleared(question, doubt, keys))

    def _cleared(self, question: Question, doubt: Doubt, keys: list[str]) -> bool:
        """Return whether a doubt means what was said for sure anyway ("od'd and died"), unless it may mean more."""
        choices = self._choices(doubt)
        stronger = {winner for winner, loser in question.beats if loser in keys and winner not in keys}
        return bool(choices & set(keys)) and not choices & stronger

    def _choices(self, doubt: Doubt) -> set[str]:
        """Return the choices of a doubt's own question that it may mean."""
        meanings = (self.vocabulary.meanings[key] for key in doubt.meanings)
        return {meaning.choice for meaning in meanings if meaning.question == doubt.question}

    def _meanings(self, mention: Mention) -> list[Meaning]:
        """Return what a mention may mean; what surely answers the open question is not in doubt."""
        meanings = self.vocabulary.meanings
        sure = [meanings[sense.meaning] for sense in mention.senses if sense.sure]
        own = [meaning for meaning in sure if fits(meaning, self.question)]
        return own or [meanings[sense.meaning] for sense in mention.senses]

    def _leads(self, question: Question, meanings: list[Meaning]) -> bool:
        """Return whether `question` is the first in line that a doubt is about: it is asked once, there."""
        line = (self.question, *self.wanted)
        return next(one for one in line if any(fits(meaning, one) for meaning in meanings)) is question

    def _is_steady(self, question: Question, said: list[Mention], doubts: list[Doubt]) -> bool:
        """Return whether a stretch of time says how long things have been steady, not how long someone has used."""
        if doubts:
            spans = {span.choice for span in question.days}
            return all(self._choices(doubt) <= spans for doubt in doubts)
        present = [mention for mention in said if not (mention.past or mention.considering)]
        about = {meaning.question for mention in present for meaning in self._meanings(mention)}
        return "medicine" in about or (question is self.question and "substances" not in about)


def ordinals_in(piece: str, most: int, vocabulary: Vocabulary) -> tuple[int, ...]:
    """Return the places in a list that plain words name and do nothing else: "2 and 5", "the second one", "la 2".

    "Number one" is a place, and the "one" of "the second one" is none; "las dos" says how many.
    """
    words = piece.split()
    tokens = [token for token in words if token not in vocabulary.beside_numbers]
    if not tokens and words and vocabulary.places.get(words[-1]) == 1:
        return (1,) if most else ()
    if len(tokens) == 1 and not vocabulary.how_many.isdisjoint(words):
        return ()
    if not tokens or not all(token in vocabulary.places or (token.isdecimal() and len(token) <= 2) for token in tokens):  # noqa: PLR2004 - choices
        return ()
    places = [vocabulary.places.get(token) or int(token) for token in tokens]
    return tuple(dict.fromkeys(places)) if all(0 < place <= most for place in places) else ()


def fits(meaning: Meaning, question: Question) -> bool:
    """Return whether a meaning is an answer to a question: its own choice, or a value of the list it opens to."""
    return meaning.question in {question.key, question.opens} if question.opens else meaning.question == question.key


def meaning_key(question: Question, key: str) -> str:
    """Return the name of the meaning that is one value of a question."""
    return f"{question.key if key in question.by_key or not question.opens else question.opens}.{key}"


def as_key(question: Question, meaning: Meaning, *, past: bool, considering: bool) -> tuple[str, ...]:
    """Return what a mention fills: the choice itself, the one for past or considered things, or the key marked past."""
    if considering and (question.considering or question.past):
        return (question.considering,) if question.considering else ()
    if past and question.past:
        return (PAST + meaning.choice,) if question.past == "mark" else (question.past,)
    return (meaning.choice,)


def _many(question: Question) -> bool:
    return question.kind is QuestionKind.MULTI


def _choice_at(number: int, spans: tuple[DayRange, ...]) -> str:
    return next((span.choice for span in spans if span.first <= number <= span.last), "")


def _without_beaten(question: Question, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Drop what a stronger answer makes moot: "my brother" beside "died", and "none" beside anything named."""
    beaten = {loser for winner, loser in question.beats if winner in keys}
    left = tuple(key for key in keys if key not in beaten)
    by_key = question.by_key
    named = tuple(key for key in left if key not in by_key or not by_key[key].alone)
    return named or left
