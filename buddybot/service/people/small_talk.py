"""Answers small talk: the line that belongs to what a person typed where nothing was asked, never twice running.

Words of danger, open questions and their answers were read before; what is heard here opens nothing, and nothing but
the key of the last line is kept.
"""

from collections.abc import Mapping
from dataclasses import replace

from buddybot.domain.dialog.small_talk import BUTTONS, GREETED, HELLO, Meant, line_for_answer, line_for_miss
from buddybot.domain.intake.replies import AsideWord
from buddybot.domain.kernel.messages import Content, Origin, Span
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member, Stage
from buddybot.service.crisis import conversation
from buddybot.service.intake import dry_run, questionnaire
from buddybot.service.kernel.questions import asks_once_more
from buddybot.service.kernel.turn import FIND, HELP, MODERATOR, Buttons, Turn
from buddybot.service.people import home

NOW = ("small-choice-now", Token("command", verb="now"))
PRIVACY = ("small-choice-privacy", Token("command", verb="privacy"))
HEAVY, HEAVY_AGAIN = "small-heavy-asked", "small-heavy-again"
KIN_DYING = "kin-dying"
STATUS, TIME = "status", "time"
OFFERED: Mapping[str, Buttons] = {
    "find": (FIND,),
    "how": (home.FIRST[1],),
    "help": (HELP,),
    "now": (NOW,),
    "person": (MODERATOR,),
    "privacy": (PRIVACY,),
}
"""The buttons that data/smalltalk.toml may name."""


def answer_small_talk(turn: Turn, member: Member, origin: Origin, text: str, *, known: bool) -> str:
    """Answer words that nothing asked for; return the command that they mean, "" for none.

    The first words of a stranger are answered together with who is here.
    """
    member = turn.tx.members.by_id(member.id) or member
    meant = turn.book.small_talk.meant(text, member.locale)
    if (meant is None or meant.intent.weak) and dry_run.tells_age(turn, origin, text):
        return _told_age(turn, member, origin, text)
    if meant is None or (not known and meant.name == HELLO and meant.language == member.locale):
        _lost(turn, member, known=known)
        return ""
    return _answer(turn, member, meant, text, known=known)


def is_greeting(turn: Turn, member: Member, text: str) -> bool:
    """Return whether words are a hello, and nothing more."""
    meant = turn.book.small_talk.meant(text, member.locale)
    return meant is not None and meant.name == HELLO


def answer_beside(turn: Turn, member: Member, origin: Origin, text: str) -> bool:
    """Answer what is asked in place of an answer to the questionnaire, and ask on; return whether it is that.

    What the question was, or who reads along: the questions lose nothing by it, and nobody is told "I didn't get that".
    """
    meant = turn.book.small_talk.meant(text, member.locale)
    again = asks_once_more(turn, member, text)
    if again or (meant is not None and meant.name == TIME):
        questionnaire.tell_about_questions(turn, member, origin, AsideWord.AGAIN if again else AsideWord.LEFT)
        return True
    if meant is None or not meant.intent.asked:
        return False
    line = line_for_answer(member.private.chatted, f"small-{meant.name}")
    home.keep(turn, member, line)
    lead = turn.words(replace(member, locale=meant.language), line)
    questionnaire.show_again(turn, turn.tx.members.by_id(member.id) or member, lead)
    return True


def hear_bad_moment(turn: Turn, member: Member, text: str) -> bool:
    """Answer a bad moment that is told in place of an answer to the questionnaire; return whether it is one.

    A kind line and the way to help come first, and then what was asked once more.
    """
    meant = turn.book.small_talk.meant(text, member.locale)
    if meant is None:
        return False
    if meant.intent.gentle is not None and conversation.softly(turn, member, meant.intent.gentle, text):
        return True
    if not meant.intent.heavy:
        return False
    line = HEAVY_AGAIN if member.private.chatted == HEAVY else HEAVY
    home.keep(turn, member, line)
    lead = turn.words(replace(member, locale=meant.language), line)
    questionnaire.show_again(turn, turn.tx.members.by_id(member.id) or member, lead, beside=(HELP,))
    return True


def _told_age(turn: Turn, member: Member, origin: Origin, text: str) -> str:
    """Take an age that nobody asked for as what it is: the answer to the first question."""
    if member.stage is Stage.GREETED:
        questionnaire.begin_with(turn, member, origin, text)
    else:
        _say(turn, member, "small-agree-home", home.MENU)
    return ""


def _lost(turn: Turn, member: Member, *, known: bool) -> None:
    if not known:
        home.greet(turn, member)
        return
    line = line_for_miss(member.private.chatted)
    home.keep(turn, member, line)
    turn.say(member, line, buttons=(*_usual(member), *_person(turn)) if line == BUTTONS else _usual(member))


def is_small_talk(turn: Turn, member: Member, text: str) -> bool:
    """Return whether words are small talk even in an open crisis conversation: no mere thanks, and nothing low."""
    meant = turn.book.small_talk.meant(text, member.locale)
    return meant is not None and not (meant.intent.weak or meant.intent.low)


def fears_for_another(turn: Turn, member: Member, text: str) -> bool:
    """Return whether a message says that somebody near wants to die, in words that have an answer of their own."""
    meant = turn.book.small_talk.meant(text, member.locale)
    return meant is not None and meant.name == KIN_DYING


def _answer(turn: Turn, member: Member, meant: Meant, text: str, *, known: bool) -> str:
    intent, at_home = meant.intent, member.stage is not Stage.GREETED
    if known and intent.gentle is not None and conversation.softly(turn, member, intent.gentle, text):
        return ""
    language = intent.language or (meant.language if meant.name == HELLO else "")
    if language and (intent.language or language != member.locale):
        _offer_language(turn, member, language)
        return ""
    key = f"small-{meant.name}"
    if at_home and turn.book.words.has(f"{key}-home"):
        _say(turn, member, f"{key}-home", _buttons(turn, member, meant), language=meant.language)
        return ""
    # Who looks has the questions behind them: how long one waits here stands on the card of a search.
    if then := STATUS if meant.name == TIME and member.stage is Stage.LOOKING else intent.then:
        return then
    if meant.name == HELLO and at_home and member.private.chatted != STATUS:
        home.keep(turn, member, STATUS)
        return STATUS
    _say(turn, member, key, _buttons(turn, member, meant), language=meant.language, introduce=not known)
    return ""


def _say(
    turn: Turn, member: Member, key: str, buttons: Buttons, *, language: str = "", introduce: bool = False
) -> None:
    """Say a line in the language it was asked in, and remember which; before a first answer nobody knows who speaks."""
    line = line_for_answer(member.private.chatted, key)
    home.keep(turn, member, line)
    spoken = replace(member, locale=language or member.locale)
    text = "\n".join(turn.words(spoken, one) for one in (line, *([GREETED] if introduce else [])))
    turn.show(member, Content((Span(text),), choices=turn.choices(spoken, buttons)))


def _offer_language(turn: Turn, member: Member, language: str) -> None:
    """Say in another language that it is spoken here; one tap changes to it."""
    locales = (language, *(one for one in turn.book.words.locales() if one != language))
    buttons = tuple((f"language-{one}", Token("command", "language", one)) for one in locales)
    _say(turn, member, "small-language", buttons, language=language)


def _buttons(turn: Turn, member: Member, meant: Meant) -> Buttons:
    named = [one for one in meant.intent.buttons if one != "now" or member.stage is not Stage.GREETED]
    buttons = tuple(button for one in named for button in (_person(turn) if one == "person" else OFFERED[one]))
    other = ((f"language-{meant.language}", Token("command", "language", meant.language)),)
    return (*(buttons or _usual(member)), *(other if meant.language != member.locale else ()))


def _usual(member: Member) -> Buttons:
    return home.FIRST if member.stage is Stage.GREETED else home.MENU


def _person(turn: Turn) -> Buttons:
    """Return the way to a moderator, where this house has any."""
    return OFFERED["person"] if turn.tx.staff.all(turn.now) else ()
