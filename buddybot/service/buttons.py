"""Registry of button handlers, by the noun of the token.

Each checks what is true now, so a stale or forged token does no harm.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum, auto

from buddybot.domain.kernel.commands import BY_WORD
from buddybot.domain.kernel.ids import OfferId, PendingId, RoomId
from buddybot.domain.kernel.messages import NoteId, Pressed
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.kernel.verdicts import Screening
from buddybot.domain.people.members import Member, Stage, Talk
from buddybot.service import bot_words, commands, relaying
from buddybot.service.care import deal, own_days, pairs, parting, sharing, silences, starters, wisdom
from buddybot.service.care.dates import milestones, remembrance
from buddybot.service.care.mentoring import serving
from buddybot.service.channels import entry, post_reports, post_tools
from buddybot.service.crisis import conversation, naloxone, rendering
from buddybot.service.crisis.conversation import SILENCE, Uttered, Whose
from buddybot.service.intake import questionnaire, sheet
from buddybot.service.kernel import questions, standing
from buddybot.service.kernel.forms import FormPress
from buddybot.service.kernel.turn import APPEAL, HELP, Turn
from buddybot.service.matching import circles, mentor_search, offers, waits
from buddybot.service.moderation import appeals, reports, staff_commands
from buddybot.service.moderation.desk import case_forms
from buddybot.service.people import home, links, menu, privacy
from buddybot.service.programmes import consent
from buddybot.service.talk import callbacks, checkins, endings, enforcement, on_call, rooms


@dataclass(frozen=True, slots=True)
class ButtonPress:
    """One press: who, which token, and the event with what came along (more tokens, words of a form)."""

    turn: Turn
    member: Member
    token: Token
    event: Pressed
    screening: Screening | None = None
    words: str = ""
    """What they wrote before they were asked, and what waited for the answer."""


class Needs(StrEnum):
    """What somebody must be for a button to work."""

    QUESTIONS = auto()
    """In the questionnaire: an old answer must neither begin the gates nor start a search again."""
    STANDING = auto()
    """Not held back: it reaches other people."""
    MEMBERSHIP = auto()
    """Past the gates."""


@dataclass(frozen=True, slots=True)
class Handler:
    """What the buttons of a noun do, and what they need."""

    run: Callable[[ButtonPress], Uttered | None]
    needs: frozenset[Needs] = frozenset()


def press(turn: Turn, member: Member, event: Pressed, screening: Screening | None = None) -> Uttered:
    """Do what the pressed button says; return what was uttered with it."""
    return _press(turn, member, event, screening) or (Uttered(event.text, Whose.QUOTED) if event.text else SILENCE)


def _press(turn: Turn, member: Member, event: Pressed, screening: Screening | None) -> Uttered | None:
    token = Token.parse(event.tokens[0]) if event.tokens else None
    handler = None if token is None else HANDLERS.get(token.noun)
    if token is None or handler is None:
        _stale(turn, member)
        return None
    words = questions.close_answered(turn, member, event.tokens[0])
    if Needs.QUESTIONS in handler.needs and not _in_questions(member):
        _stale(turn, member)
    elif Needs.STANDING in handler.needs and standing.is_suspended(turn, member):
        turn.say(member, "held-back", buttons=(HELP, APPEAL))
    elif Needs.MEMBERSHIP in handler.needs and member.stage in {Stage.GREETED, Stage.GATES}:
        turn.say(member, "only-members")
        home.find(turn, member)
    else:
        return handler.run(ButtonPress(turn, member, token, event, screening, words))
    return None


def _in_questions(member: Member) -> bool:
    return member.stage in {Stage.GATES, Stage.INTAKE} or member.private.talk is Talk.EDITING


def _stale(turn: Turn, member: Member) -> None:
    turn.say(member, "stale-button")
    home.arrive(turn, member)


def _ask(it: ButtonPress) -> None:
    tokens = tuple(token for token in it.event.tokens if Token.parse(token) is not None)
    word = questionnaire.take_choices(it.turn, it.member, it.event.origin, tokens, it.event.message)
    commands.aside(it.turn, it.member, word)


def _tick(it: ButtonPress) -> None:
    questionnaire.toggle_choice(it.turn, it.member, it.event.origin, it.token, it.event.message)


def _page(it: ButtonPress) -> None:
    """Take a page of the intake's form; without one, the question that is open is asked."""
    sheet.take_page(FormPress(it.turn, it.token, it.event, it.member, it.member.locale), it.member)


def _home(it: ButtonPress) -> None:
    if it.token.verb == "crisis":
        rendering.card(it.turn, it.member)
    else:
        home.press_home(it.turn, it.member, it.token.verb)


def _report(it: ButtonPress) -> None:
    if it.event.text or it.event.file:
        reports.receive_quoted(it.turn, it.member, it.token.subject, it.event.text, it.event.file)
    else:
        reports.press_report(it.turn, it.member, it.token.subject, it.token.verb, it.words)


def _menu_form(it: ButtonPress) -> None:
    """Take a form that was opened from a menu of the platform; without one, ask step by step."""
    press = FormPress(it.turn, it.token, it.event, it.member, it.member.locale)
    if it.token.verb in post_tools.ON_POSTS:
        post_tools.use_on_post(press, it.member)
    elif it.token.verb in post_reports.OF_POSTS or it.event.origin.place is not None:
        post_reports.receive_post_report(press, it.member)
    elif not it.event.answers:
        message = it.token.subject or it.event.message or ""
        commands.run(it.turn, it.member, "report", {"message": message} if message else {})
    else:
        reports.receive_report(press, it.member)


def _mod(it: ButtonPress) -> None:
    turn, member, verb = it.turn, it.member, it.token.verb
    if verb not in case_forms.ON_FORMS:
        staff_commands.press_mod(turn, member, it.token.subject, verb)
        return
    press = FormPress(turn, it.token, it.event, member, member.locale)
    command = BY_WORD[verb]
    case_forms.take_case_form(
        press, member, lambda given: staff_commands.run_staff(turn, member, verb, command.parse(given))
    )


def _voice(it: ButtonPress) -> Uttered | None:
    own = staff_commands.speak(it.turn, it.member, it.token.subject, it.token.verb, it.event.text)
    return Uttered(it.event.text) if own and it.event.text else None


def _channel(it: ButtonPress) -> Uttered:
    return entry.press_channel(it.turn, it.member, it.event, it.screening)


def _command(it: ButtonPress) -> None:
    """Run a command that a button stands for; with a subject, the verb is the language that is wanted."""
    name, language = it.token.subject, it.token.verb
    bot_words.settle_held(it.turn, it.member, name or language)
    commands.run(it.turn, it.member, name or language, {"language": language} if name else {})


def _wisdom(it: ButtonPress) -> None:
    wisdom.press_wisdom(it.turn, it.member, it.token.subject, it.token.verb, it.words)


def _in_pair(it: ButtonPress) -> None:
    """Run a command about the pair that was chosen."""
    if it.token.verb in pairs.ABOUT_A_PAIR:
        commands.run(replace(it.turn, at=it.token.subject), it.member, it.token.verb, {})
    else:
        _stale(it.turn, it.member)


def _milestone(it: ButtonPress) -> None:
    milestones.press_milestone(it.turn, it.member, it.token.subject, it.token.verb, it.words)


def _decide(it: ButtonPress) -> None:
    enforcement.decide_pending(it.turn, it.member, PendingId(it.token.subject), it.token.verb)


def _simple(do: Callable[[Turn, Member, str, str], None], *needs: Needs) -> Handler:
    """Return a handler of an action that takes subject and verb."""
    return Handler(lambda it: do(it.turn, it.member, it.token.subject, it.token.verb), frozenset(needs))


HANDLERS: Mapping[str, Handler] = {
    "ask": Handler(_ask, frozenset({Needs.QUESTIONS})),
    "intake": Handler(_page, frozenset({Needs.QUESTIONS})),
    "tick": Handler(_tick, frozenset({Needs.QUESTIONS})),
    "care": Handler(lambda it: conversation.press(it.turn, it.member, str(it.token))),
    "home": Handler(_home),
    "menu": Handler(lambda it: menu.press_menu(it.turn, it.member, it.token.verb)),
    "command": Handler(_command),
    "question": Handler(lambda it: questions.press_doubt(it.turn, it.member, it.token.verb)),
    "quiet": Handler(lambda it: commands.keep_quiet_hours(it.turn, it.member)),
    "channel": Handler(_channel),
    "pending": Handler(_decide, frozenset({Needs.STANDING})),
    "forget": Handler(lambda it: privacy.press_forget(it.turn, it.member, it.token.verb)),
    "appeal": _simple(appeals.press_appeal),
    "mod": Handler(_mod),
    "form": Handler(_menu_form),
    "voice": Handler(_voice),
    "flag": Handler(lambda it: post_reports.press_flag(it.turn, it.member, it.token.subject, it.token.verb, it.words)),
    "link": _simple(links.press_link),
    "report": Handler(_report, frozenset({Needs.MEMBERSHIP})),
    "answers": Handler(
        lambda it: questionnaire.reopen_answer(it.turn, it.member, it.token.verb), frozenset({Needs.MEMBERSHIP})
    ),
    "offer": _simple(
        lambda turn, member, offer, verb: offers.answer(turn, member, OfferId(offer), verb),
        Needs.STANDING,
        Needs.MEMBERSHIP,
    ),
    "goodbye": _simple(
        lambda turn, member, room, verb: endings.goodbye(turn, member, RoomId(room), verb), Needs.MEMBERSHIP
    ),
    "block": _simple(
        lambda turn, member, room, verb: endings.block(turn, member, RoomId(room), verb), Needs.MEMBERSHIP
    ),
    "note": _simple(
        lambda turn, member, note, _: rooms.send_now(turn, member, NoteId(note)), Needs.STANDING, Needs.MEMBERSHIP
    ),
    "notify": _simple(lambda turn, member, _, verb: callbacks.press_notify(turn, member, verb), Needs.MEMBERSHIP),
    "meant": _simple(bot_words.press_meant, Needs.MEMBERSHIP),
    "whom": _simple(relaying.press_whom, Needs.STANDING, Needs.MEMBERSHIP),
    "circle": _simple(circles.press, Needs.STANDING, Needs.MEMBERSHIP),
    "checkin": _simple(checkins.press_checkin, Needs.MEMBERSHIP),
    "going": _simple(checkins.press_going, Needs.MEMBERSHIP),
    "deal": _simple(deal.press_deal, Needs.MEMBERSHIP),
    "media": _simple(sharing.press_media, Needs.STANDING, Needs.MEMBERSHIP),
    "silence": _simple(silences.press_silence, Needs.MEMBERSHIP),
    "return": _simple(parting.press_return, Needs.STANDING, Needs.MEMBERSHIP),
    "milestone": Handler(_milestone, frozenset({Needs.MEMBERSHIP})),
    "remember": _simple(remembrance.press_remember, Needs.MEMBERSHIP),
    "wisdom": Handler(_wisdom, frozenset({Needs.MEMBERSHIP})),
    "mentor": _simple(serving.press_mentor, Needs.MEMBERSHIP),
    "mentee": _simple(mentor_search.press_mentee, Needs.STANDING, Needs.MEMBERSHIP),
    "pair": Handler(_in_pair, frozenset({Needs.STANDING, Needs.MEMBERSHIP})),
    "opener": _simple(starters.press_opener, Needs.STANDING, Needs.MEMBERSHIP),
    "rhythm": _simple(own_days.press_rhythm, Needs.MEMBERSHIP),
    "count": _simple(consent.press_count),
    "research": _simple(consent.press_research),
    "own": _simple(own_days.press_own_day, Needs.MEMBERSHIP),
    "wait": _simple(waits.press_wait, Needs.MEMBERSHIP),
    "naloxone": _simple(naloxone.press_naloxone, Needs.MEMBERSHIP),
    "call": _simple(on_call.press_call, Needs.STANDING, Needs.MEMBERSHIP),
}
"""What the buttons of each noun do; a test holds it against every token that the service builds."""
