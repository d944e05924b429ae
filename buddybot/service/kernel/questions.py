"""Reader of typed answers: the next words of a member are read against what the bot asked before anything else.

Words that fit no choice of an exclusive question go to nobody; it is asked again, in other words. Under all other
questions they are passed on as before.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from buddybot.domain.dialog.choice_index import ChoiceIndex, Readable, index_of
from buddybot.domain.dialog.questions import EXCLUSIVE_LASTS, RECENT, Offered, OpenQuestion, Unfit
from buddybot.domain.dialog.typed_choices import Answered, Match, Reach, Unclear, read_choice, read_typed
from buddybot.domain.dialog.typed_text import TypedText
from buddybot.domain.kernel.conversations import BOT_KEY
from buddybot.domain.kernel.messages import Choice, Content, Send, Span
from buddybot.domain.kernel.plaintext import plain
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member, Stage, Talk
from buddybot.domain.talk.rooms import Room
from buddybot.service.kernel.turn import HELP, Asking, Turn, purpose_of

SHORT = 6
"""Words up to which a sentence at home may hold an answer; a longer one says something else."""
NODS = ("okay",)
"""Words that agree to a question, and as well only say that it was read."""
LONG_LABEL = 3
"""Words of a label that nobody says to a buddy by chance."""
_ASIDES = frozenset({str(HELP[1]), "wait.breathe", "wait.expect"})
_INDEXED = ("choices", "choices and everyday words")
DOUBT = "question.other"
"""What a "did you mean" is called, after its way out."""
REACHING = frozenset({Talk.GOODBYE, Talk.CHANNEL, Talk.APPEAL})
"""What somebody writes when their next words go to others for good: what may be for the bot is asked first."""
_ONCE_MORE = Readable("question.again", (), copy=True)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A recognized answer, handled as a press of this token; the press closes the question."""

    token: str


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """A clarification was asked: the words fitted nothing, or too much, and go no further."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """No answer was recognized: the words go where they would have gone."""


Taken: TypeAlias = Chosen | AskedAgain | NotTaken


def read_answer(turn: Turn, member: Member, text: str, room: Room | None) -> Taken:
    """Match words against the open questions; in a room only what can hardly be meant for the buddy."""
    opened = _open(turn, member)
    if not opened:
        return NotTaken()
    typed = turn.typed(text)
    serious = next((one for one in opened if one.unfit is not Unfit.PASSING), None)
    if serious is not None:
        return _serious(turn, member, typed, room, serious)
    return _passing(turn, member, typed, opened, strict=room is not None or _in_questionnaire(member))


def is_going_back(turn: Turn, word: str) -> bool:
    """Return whether a word is a wish to go back ("cancel", "stop"), which any open question takes."""
    return plain(word) in turn.book.replies.families.get("cancel", ())


def close_answered(turn: Turn, member: Member, token: str) -> str:
    """Close the questions that a pressed button answers; return the words that waited for it."""
    if token in _ASIDES:
        return ""  # what stands under many questions, or is read in passing, answers none
    words = ""
    for one in turn.tx.questions.open_of(member.id, turn.now):
        if one.offers(token):
            words = words or one.words
            turn.tx.questions.close(member.id, one)
    return words


def asks_once_more(turn: Turn, member: Member, text: str, *, whole: bool = False) -> bool:
    """Return whether a few words ask what the question was, or all of them (`whole`), small slips forgiven.

    What only resembles that and has an answer of its own ("what are you") does not.
    """
    reach = Reach.WHOLE if whole or len(text.split()) > SHORT else Reach.WITHIN
    found = read_choice(text, (_ONCE_MORE,), turn.book.replies, reach=reach, numbers=False)
    return isinstance(found, Match) or (found is not None and not _says_more(turn, member, text, fresh=True))


def say_once_more(turn: Turn, member: Member, text: str) -> bool:
    """Show the newest open question again to somebody who asks what it was; return whether they do."""
    opened = _open(turn, member)
    if not opened or not asks_once_more(turn, member, text):
        return False
    _show_once_more(turn, member, opened[0])
    return True


def is_exclusive(turn: Turn, member: Member) -> bool:
    """Return whether a question is open whose answer must not reach anybody else."""
    return any(one.unfit is Unfit.EXCLUSIVE for one in _open(turn, member))


def fits_plainly(turn: Turn, member: Member, text: str) -> bool:
    """Return whether a few words are plainly a choice of an open question, and one that can be taken back.

    Of an exclusive question the words may stand anywhere; of any other they are the whole message. Where danger is only
    a statistical guess they are its answer: "hes mean to me", said of what a report is about.
    """
    if len(text.split()) > SHORT:
        return False
    typed = turn.typed(text)
    for one in _open(turn, member):
        found = _read(turn, one, typed, Reach.WITHIN if one.unfit is Unfit.EXCLUSIVE else Reach.WHOLE)
        token = Token.parse(found.token) if isinstance(found, Match) else None
        if token is not None and not turn.book.replies.is_careful(token):
            return True
    return False


def press_doubt(turn: Turn, member: Member, verb: str) -> None:
    """Reject a "did you mean": what was asked before it is asked once more."""
    left = next((one for one in _open(turn, member) if one.name != DOUBT), None)
    if verb != "other" or left is None:
        turn.say(member, "stale-button")
        return
    _show(turn, member, turn.words(member, "question-other-words"), left)


# ── Reading ─────────────────────────────────────────────────────────────────────────────


def _open(turn: Turn, member: Member) -> list[OpenQuestion]:
    """Return the open questions, newest first; one for free words is over when nobody waits for them."""
    waits = member.private.talk not in {Talk.NONE, Talk.EDITING}
    opened = turn.tx.questions.open_of(member.id, turn.now)
    texts = [one for one in opened if one.unfit is Unfit.TEXT]
    over = texts[1:] if waits else texts
    for one in over:
        turn.tx.questions.close(member.id, one)
    return [one.at(turn.now) for one in opened if one not in over and turn.at in {None, one.within}]


def is_awaited(turn: Turn, member: Member) -> bool:
    """Return whether the free words that the bot waits for are awaited in the conversation they write in."""
    if turn.at is None:
        return True
    texts = (one for one in turn.tx.questions.open_of(member.id, turn.now) if one.unfit is Unfit.TEXT)
    return turn.at == next((one.within for one in texts), BOT_KEY)


def waited_long(turn: Turn, member: Member) -> bool:
    """Return whether free words were asked for so long ago that the next ones may be about something else."""
    texts = [one for one in turn.tx.questions.open_of(member.id, turn.now) if one.unfit is Unfit.TEXT]
    return all(one.asked_at + EXCLUSIVE_LASTS <= turn.now for one in texts)


def _in_questionnaire(member: Member) -> bool:
    return member.stage in {Stage.GATES, Stage.INTAKE} or member.private.talk is Talk.EDITING


def _serious(turn: Turn, member: Member, typed: TypedText, room: Room | None, asked: OpenQuestion) -> Taken:
    """Match an answer to a question that takes all words: exclusive, or for free words."""
    opened = _open(turn, member)
    exclusive = asked.unfit is Unfit.EXCLUSIVE
    found = _read(turn, asked, typed, Reach.WITHIN if exclusive else Reach.WHOLE)
    if found is None and not exclusive and _may_be_for_bot(turn, member, typed):
        found = Unclear(tuple(one.token for one in asked.choices))
    if found is not None:
        found = _still(turn, asked, typed, found)
        return _take(turn, member, asked, _against(turn, typed, found, asked, opened[0]))
    # What is written to a moderator may ask them to say it again.
    if member.private.talk is not Talk.MODERATOR and asks_once_more(turn, member, typed.text, whole=not exclusive):
        _show_once_more(turn, member, asked)
        return AskedAgain()
    if not exclusive:
        return NotTaken()
    if asked.name == DOUBT:
        turn.tx.questions.close(member.id, asked)
        return read_answer(turn, member, typed.text, room)
    others = [one for one in opened if one != asked and one.unfit is not Unfit.TEXT]
    for one in others:
        if isinstance(other := _read(turn, one, typed, Reach.WHOLE, everyday=False), Match):
            return Chosen(other.token)
    if plain(typed.text) in turn.book.replies.families.get("cancel", ()):
        turn.tx.questions.close(member.id, asked)
        turn.say(member, "question-dropped")
    else:
        _again(turn, member, asked, room)
    return AskedAgain()


def _may_be_for_bot(turn: Turn, member: Member, typed: TypedText) -> bool:
    """Return whether words that would reach others for good are a place in a list, or a wish for the bot."""
    if typed.number is not None:
        return member.private.talk in REACHING | {Talk.REPORT}
    book = turn.book
    wish = book.bot_words.wish(typed, book.replies.polite, pair=True)
    return wish is not None and member.private.talk in REACHING


def _against(turn: Turn, typed: TypedText, found: Answered, asked: OpenQuestion, newest: OpenQuestion) -> Answered:
    """Disambiguate a bare yes that could as well answer something newer."""
    if newest == asked or not isinstance(found, Match):
        return found
    if _read(turn, asked, typed, Reach.WITHIN, everyday=False) is not None:
        return found
    rival = _read(turn, newest, typed, Reach.WHOLE)
    return Unclear((found.token, rival.token)) if isinstance(rival, Match) and rival != found else found


def _passing(turn: Turn, member: Member, typed: TypedText, opened: Sequence[OpenQuestion], *, strict: bool) -> Taken:
    text = typed.text
    for one in opened:
        fresh = one is opened[0] and one.newest
        if one.lapsed or (strict and not fresh):
            if (named := _named(turn, one, typed)) is not None:
                return _take(turn, member, one, named)
            if one.lapsed:
                continue
        reach = Reach.WHOLE if strict or len(text.split()) > SHORT else Reach.WITHIN
        found = _read(turn, one, typed, reach, everyday=fresh or not strict, numbers=fresh)
        if isinstance(found, Unclear) and not strict and _says_more(turn, member, text, fresh=fresh):
            continue
        if isinstance(found, Match) or (found is not None and (fresh or reach is Reach.WITHIN)):
            return _take(turn, member, one, _wholly_older(turn, typed, one, opened) or _still(turn, one, typed, found))
        if one.name == DOUBT:
            turn.tx.questions.close(member.id, one)
    return NotTaken()


def _still(turn: Turn, asked: OpenQuestion, typed: TypedText, found: Answered) -> Answered:
    """Return a doubt in place of a nod that would do what can't be taken back, or of a yes that comes late.

    What was passed on meanwhile may have been about anything: late, nothing is enough for it without a second word.
    """
    token = Token.parse(found.token) if isinstance(found, Match) else None
    if token is None or asked.name == DOUBT or not turn.book.replies.is_careful(token):
        return found
    late = asked.asked_at + RECENT <= turn.now
    doubtful = _is_common(turn, typed, NODS) or (late and (asked.unfit is Unfit.PASSING or _is_common(turn, typed)))
    return Unclear((str(token),)) if doubtful else found


def _is_common(turn: Turn, typed: TypedText, names: Collection[str] = ()) -> bool:
    """Return whether words are one of those that answer anything: yes, no, later, never mind; or of some of them."""
    families = turn.book.replies.families
    return any(form in families[name] for form in typed.forms for name in names or families)


def _named(turn: Turn, asked: OpenQuestion, typed: TypedText) -> Unclear | None:
    """Return what is named of a question that something came after: people say it to nobody, and so it is asked about.

    Of one that had taken all words anything that is not said all day; of others long labels, and what can't be undone.
    """
    found = _read(turn, asked, typed, Reach.WHOLE, numbers=False)
    if found is None or _is_common(turn, typed):
        return None
    tokens = (found.token,) if isinstance(found, Match) else found.tokens
    if not asked.lapsed:
        labelled = {plain(label) for one in asked.choices for label in _readable(turn, one).labels}
        long = any(form in labelled and form.count(" ") >= LONG_LABEL - 1 for form in typed.forms)
        careful = (token for token in map(Token.parse, tokens) if token is not None)
        tokens = tokens if long or any(map(turn.book.replies.is_careful, careful)) else ()
    return Unclear(tokens) if tokens else None


def _says_more(turn: Turn, member: Member, text: str, *, fresh: bool) -> bool:
    """Return whether words have an answer of their own, before which a doubt about a menu gives way.

    "Not today" has one, but right after a question it can hardly mean anything else than that.
    """
    meant = turn.book.small_talk.meant(text, member.locale, slips=False)
    return meant is not None and not (fresh and meant.intent.weak)


def _wholly_older(turn: Turn, typed: TypedText, one: OpenQuestion, opened: Sequence[OpenQuestion]) -> Match | None:
    """Return the choice of an older question that is all of the words, where of this one it is but a part.

    "No, how?" below an offer is no refusal of it.
    """
    if isinstance(_read(turn, one, typed, Reach.WHOLE), Match):
        return None
    older = opened[opened.index(one) + 1 :]
    found = (_read(turn, other, typed, Reach.WHOLE, everyday=False, numbers=False) for other in older)
    return next((answer for answer in found if isinstance(answer, Match)), None)


def _read(
    turn: Turn, asked: OpenQuestion, typed: TypedText, reach: Reach, *, everyday: bool = True, numbers: bool = True
) -> Answered:
    listed = asked.unfit is not Unfit.TEXT or len(asked.choices) > 2  # noqa: PLR2004 - a list to count in
    index = turn.tx.questions.made_of(asked, _INDEXED[everyday], lambda: _index(turn, asked, everyday=everyday))
    found = read_typed(typed, index, reach=reach, numbers=numbers and everyday and asked.newest and listed)
    return _without_way_out(turn, asked, typed, found) if asked.name == DOUBT else found


def _without_way_out(turn: Turn, asked: OpenQuestion, typed: TypedText, found: Answered) -> Answered:
    """Return what was meant of a "did you mean": a "no" that is one of its choices is not the way out of it.

    Words that name a choice and the way out as well ("yeah no something else") stay a doubt.
    """
    if not isinstance(found, Unclear) or DOUBT not in found.tokens:
        return found
    meant = [_readable(turn, one) for one in asked.choices if one.token != DOUBT]
    alone = read_typed(typed, index_of(meant, turn.book.replies, everyday=True), reach=Reach.WHOLE, numbers=False)
    return alone if isinstance(alone, Match) else Unclear(tuple(one for one in found.tokens if one != DOUBT))


def _index(turn: Turn, asked: OpenQuestion, *, everyday: bool) -> ChoiceIndex:
    return index_of([_readable(turn, one) for one in asked.choices], turn.book.replies, everyday=everyday)


def _readable(turn: Turn, one: Offered) -> Readable:
    labels = (one.label, *turn.book.words.everywhere(one.key)) if one.key else (one.label,)
    return Readable(one.token, tuple(dict.fromkeys(label for label in labels if label)), one.reads, bool(one.key))


# ── Answering ───────────────────────────────────────────────────────────────────────────


def _take(turn: Turn, member: Member, asked: OpenQuestion, found: Answered) -> Taken:
    if isinstance(found, Match):
        return Chosen(found.token)
    if isinstance(found, Unclear):
        _doubt(turn, member, asked, found)
        return AskedAgain()
    return NotTaken()


def _doubt(turn: Turn, member: Member, asked: OpenQuestion, found: Unclear) -> None:
    """Ask for confirmation ("did you mean"), as a question of its own before the one that it is about."""
    every = {one.token: one for question in _open(turn, member) for one in question.choices}
    meant = [every[token] for token in found.tokens if token in every]
    other = ("question-other", Token("question", verb="other"))
    choices = (*(_choice(turn, member, one) for one in meant), *turn.choices(member, (other,)))
    single = len(meant) == 1
    which = "question-doubt-which" if asked.unfit is not Unfit.PASSING else asked.again or "question-doubt-which"
    key = "question-doubt" if single else which
    words = turn.words(member, key, choice=choices[0].label)
    # Where one choice is meant, a bare yes takes it, whatever its own verb is.
    reads = ((meant[0].token, "question.yes"),) if single else ()
    unfit = Unfit.PASSING if asked.unfit is Unfit.PASSING and not asked.lapsed else Unfit.EXCLUSIVE
    asking = Asking(unfit, "question-doubt-which", name=DOUBT, reads=reads)
    turn.show(member, Content((Span(words),), choices=choices), asking=asking)


def _again(turn: Turn, member: Member, asked: OpenQuestion, room: Room | None) -> None:
    """Reprompt in other words; every second time list the choices and how to get out."""
    if asked.misses % 2:
        labels = ", ".join(_choice(turn, member, one).label for one in asked.choices)
        text = turn.words(member, "question-way-out", list=labels)
    else:
        text = turn.words(member, asked.again or "question-other-words")
        if room is not None:
            text = f"{turn.words(member, 'question-not-passed-on')} {text}"
    _show(turn, member, text, asked)
    turn.tx.questions.missed(member.id, asked, turn.now)


def _show_once_more(turn: Turn, member: Member, asked: OpenQuestion) -> None:
    """Show a question as it was asked, or, where it named somebody or something, in the words of its reprompt."""
    spans = turn.spans(member, asked.said or asked.again or "question-once-more", {})
    turn.post(member.id, Send(Content(spans, choices=tuple(_choice(turn, member, one) for one in asked.choices))))
    turn.tx.questions.missed(member.id, replace(asked, misses=asked.misses - 1), turn.now)


def _show(turn: Turn, member: Member, text: str, asked: OpenQuestion) -> None:
    """Show an open question again, without recording it a second time."""
    choices = tuple(_choice(turn, member, one) for one in asked.choices)
    turn.post(member.id, Send(Content((Span(text),), choices=choices)))


def _choice(turn: Turn, member: Member, one: Offered) -> Choice:
    if not one.key:
        return Choice(one.token, one.label, purpose=purpose_of(one.token))
    turn.labels[one.token] = one.key
    return Choice(one.token, turn.words(member, one.key), purpose=purpose_of(one.token))
