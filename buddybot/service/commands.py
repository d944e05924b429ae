"""What each command of the table does, however the platform rendered it; who may use it is checked here again."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

from buddybot.domain.dialog.questions import Unfit
from buddybot.domain.intake.replies import AsideWord
from buddybot.domain.kernel.commands import BY_WORD, STAFF_GROUPS, Command, Given, Scope
from buddybot.domain.kernel.messages import Address, Choice, MessageId
from buddybot.domain.kernel.note_text import tidy
from buddybot.domain.kernel.numbers import whole_number
from buddybot.domain.kernel.plaintext import plain
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.kernel.verdicts import Screening
from buddybot.domain.people.members import Member, Stage, Talk
from buddybot.domain.people.quiet_hours import parse_quiet
from buddybot.service.care import boundaries, deal, own_days, own_weeks, pairs, sharing, starters, wisdom
from buddybot.service.care.dates import milestones, remembrance
from buddybot.service.care.mentoring import serving
from buddybot.service.channels import entry
from buddybot.service.crisis import conversation, rendering
from buddybot.service.crisis.conversation import Uttered, Whose
from buddybot.service.intake import questionnaire
from buddybot.service.kernel import standing
from buddybot.service.kernel.moments import clock, told_day
from buddybot.service.kernel.quiet import hours_changed
from buddybot.service.kernel.turn import APPEAL, HELP, Turn
from buddybot.service.matching import circles
from buddybot.service.moderation import appeals, autocomplete, reports, staff_commands
from buddybot.service.people import home, links, menu, privacy
from buddybot.service.programmes import consent
from buddybot.service.talk import callbacks, edits, endings, on_call
from buddybot.service.talk.franking import shown_marked

OWN_WORDS = frozenset(
    {
        *("write", "quiet", "pause", "find", "now", "status", "crisis", "goodbye", "circle", "oncall", "wisdom"),
        *("milestones", "remember"),
    }
)
"""Commands beside which people write of themselves; with a report or a note the words may be somebody else's."""
TOLD = frozenset({"wisdom", "milestones", "remember"})
"""Commands whose words are a name or a story: only a cry in them is answered as such."""
POSTING = "write"
"""The command that posts words, and so needs what was read in them."""
_log = logging.getLogger(__name__)
LONGEST_PAUSE = 90
USUAL_PAUSE = "7"
SUGGESTED = 25


def run_typed(
    turn: Turn, member: Member, name: str, rest: str, *, reply_to: MessageId | None, screening: Screening | None
) -> Uttered:
    """Run "/name rest": a word for each of the command's parameters, and all that is left for the last."""
    if (mine := staff_commands.parse_typed(turn, name, rest)) is not None:
        return run(turn, member, *mine, screening)
    if name in STAFF_GROUPS:
        staff_commands.list_all(turn, member, rest)
        return Uttered(rest, Whose.QUOTED)
    command = BY_WORD.get(name)
    arguments = {} if command is None else command.typed(rest)
    if reply_to is not None and command is not None and command.inputs != command.parameters:
        arguments["message"] = reply_to
    return replace(run(turn, member, name, arguments, screening), text=rest)


def run(
    turn: Turn, member: Member, name: str, arguments: Mapping[str, str], screening: Screening | None = None
) -> Uttered:
    """Run one command, if it exists and this person may use it; return what was uttered with it."""
    words = "\n".join(value for key, value in arguments.items() if key != "message")
    command = BY_WORD.get(name)
    if command is None:
        menu.suggest_command(turn, member, name)
    elif _allowed(turn, member, command):
        posted = act(turn, member, command, _given(command, arguments), screening)
        if posted is not None:
            return posted
    own = command is None or command.name in OWN_WORDS
    if command is not None and command.name in TOLD:
        own = conversation.cries(turn, member, words, screening)
    return Uttered(words, Whose.OWN if own else Whose.QUOTED, answered=True)


def act(
    turn: Turn, member: Member, command: Command, given: Given, screening: Screening | None = None
) -> Uttered | None:
    """Do what a command does, for somebody who may use it; return what was posted with it, if it posts words."""
    if command.name == POSTING:
        return entry.run_write(turn, member, given["channel"], given["words"], screening)
    ACTIONS[command.name](turn, member, given)
    return None


def _given(command: Command, arguments: Mapping[str, str]) -> Given:
    """Parse the arguments of a command; what it does not declare is refused, and named in the log without its value."""
    given = command.parse(arguments)
    if given.refused:
        _log.warning("/%s came with arguments it does not declare: %s", command.name, ", ".join(given.refused))
    return given


def _allowed(turn: Turn, member: Member, command: Command) -> bool:
    """Return whether this person may use a command now; if not, they hear why."""
    if command.scope is Scope.MEMBER and standing.is_suspended(turn, member):
        turn.say(member, "held-back", buttons=(HELP, APPEAL))
        return False
    if command.scope is Scope.MEMBER and member.stage in {Stage.GREETED, Stage.GATES} and command.name != "find":
        turn.say(member, "only-members")
        home.find(turn, member)
        return False
    return True


def suggest(turn: Turn, address: Address, name: str, parameter: str, typed: str) -> tuple[Choice, ...]:
    """Return what may stand in a parameter: its fixed choices, in the words the command takes."""
    command = BY_WORD.get(name)
    if command is None or turn.tx.members.by_address(address) is None:
        return ()
    if command.scope is Scope.MODERATOR:
        return autocomplete.of(turn, address, command, parameter, typed)[:SUGGESTED]
    found = [choice for one in command.parameters if one.name == parameter for choice in one.choices]
    return tuple(Choice(choice, choice) for choice in found if choice.startswith(typed.casefold()))[:SUGGESTED]


def aside(turn: Turn, member: Member, word: AsideWord | None) -> None:
    """Do what someone asked for in the middle of the questions; nothing they answered is lost by it."""
    match word:
        case None:
            return
        case AsideWord.HELP:
            menu.show_menu(turn, member)
        case AsideWord.FORGET:
            privacy.ask_forget(turn, member)
        case _:
            turn.say(member, "intake-rest", buttons=(("intake-go-on", Token("home", verb="find")), HELP))


def _pause(turn: Turn, member: Member, said: str) -> None:
    days = whole_number((said.split() or [USUAL_PAUSE])[0], 1, LONGEST_PAUSE)  # "3 days" is three as well
    if days is None:
        turn.say(member, "pause-days-wrong")
        return
    until = turn.now + timedelta(days=days)
    turn.tx.members.save(replace(member, paused_until=until))
    turn.say(member, "paused-until", day=told_day(member, until))


def _resume(turn: Turn, member: Member) -> None:
    if not member.paused(turn.now):
        turn.say(member, "not-paused")
        return
    # Not None: a silence in a pair leaves out the time of a break, so its end must be known.
    member = replace(member, paused_until=turn.now)
    turn.tx.members.save(member)
    turn.say(member, "resumed")
    home.status(turn, member)


def _quiet(turn: Turn, member: Member, hours: str) -> None:
    if hours:
        set_quiet(turn, member, hours)
        return
    turn.tx.members.save(replace(member, private=replace(member.private, talk=Talk.QUIET)))
    turn.ask(
        member,
        "quiet-ask",
        buttons=(("quiet-cancel", Token("quiet", verb="cancel")),),
        again="quiet-ask",
        unfit=Unfit.TEXT,
    )


def keep_quiet_hours(turn: Turn, member: Member) -> None:
    """Leave quiet hours as they are, and wait for none any more."""
    if member.private.talk is Talk.QUIET:
        turn.tx.members.save(replace(member, private=replace(member.private, talk=Talk.NONE)))
    turn.say(member, "quiet-kept")


def set_quiet(turn: Turn, member: Member, text: str) -> None:
    """Set, or with "off" remove, a member's quiet hours."""
    off = turn.book.replies.argument("quiet", text) == "off"
    quiet = None if off else parse_quiet(text)
    turn.tx.members.save(replace(member, private=replace(member.private, talk=Talk.NONE)))
    if quiet is None and not off:
        turn.say(member, "quiet-wrong", buttons=(("home-rest", Token("home", verb="rest")),))
        return
    member = replace(member, private=replace(member.private, talk=Talk.NONE, quiet=quiet))
    turn.tx.members.save(member)
    hours_changed(turn.tx, member, turn.now)
    if quiet is None:
        turn.say(member, "quiet-off")
        return
    turn.say(member, "quiet-set", start=quiet.start, end=quiet.end)
    if clock(member) is None:
        turn.say(member, "quiet-no-clock", buttons=(("home-answers", Token("home", verb="answers")),))


def _language(turn: Turn, member: Member, wanted: str) -> None:
    locales = turn.book.words.locales()
    wanted = _locale_named(turn, wanted)
    if wanted in locales:
        member = replace(member, locale=wanted)
        turn.tx.members.save(member)
        turn.say(member, "language-set")
        if member.stage is Stage.GREETED:
            home.greet(turn, member)
        elif member.stage in {Stage.GATES, Stage.INTAKE}:
            questionnaire.show_again(turn, member)
        return
    if wanted:
        turn.say(member, "language-unknown", list=", ".join(locales))
    turn.say(
        member, "language-ask", buttons=tuple((f"language-{one}", Token("command", "language", one)) for one in locales)
    )


def _locale_named(turn: Turn, wanted: str) -> str:
    """Return the locale that a language's name means, in whatever language and spelling; else what was given."""
    named = turn.book.vocabulary.named(plain(wanted))
    codes = {key.rpartition(".")[2] for key in named if key.partition(".")[0] in {"language", "languages"}}
    known = codes & set(turn.book.words.locales())
    return known.pop() if len(known) == 1 else wanted.strip().casefold()


def _message(given: Given) -> MessageId | None:
    return MessageId(given["message"]) if given["message"] else None


def _report(turn: Turn, member: Member, given: Given) -> None:
    reports.begin_report(
        turn, member, _message(given), tidy(shown_marked(given["text"]))[: turn.book.practice.max_text]
    )


def _privacy(turn: Turn, member: Member) -> None:
    turn.say(member, "privacy", app=turn.app(member))
    turn.say(member, "privacy-tips", app=turn.app(member))
    if turn.book.practice.contact:
        turn.say(member, "privacy-operator", contact=turn.book.practice.contact)


def _about_pair(name: str, do: Callable[[Turn, Member], None], turn: Turn, member: Member, _: Given) -> None:
    """Do something about a pair, once it is known which."""
    if not pairs.ask_which_pair(turn, member, name):
        do(turn, member)


def _moderate(name: str, turn: Turn, member: Member, given: Given) -> None:
    staff_commands.run_staff(turn, member, name, given)


ACTIONS: Mapping[str, Callable[[Turn, Member, Given], None]] = {
    "crisis": lambda turn, member, _: rendering.card(turn, member),
    "help": lambda turn, member, _: menu.show_menu(turn, member),
    "privacy": lambda turn, member, _: _privacy(turn, member),
    "find": lambda turn, member, given: home.find_whom(turn, member, given["who"]),
    "status": lambda turn, member, _: home.status(turn, member),
    "pause": lambda turn, member, given: _pause(turn, member, given["days"] or USUAL_PAUSE),
    "resume": lambda turn, member, _: _resume(turn, member),
    "now": lambda turn, member, _: on_call.request_talk(turn, member),
    "oncall": lambda turn, member, given: on_call.set_on_call(turn, member, given["hours"]),
    "circle": lambda turn, member, _: circles.ask(turn, member),
    "deal": partial(_about_pair, "deal", deal.show_deal),
    "less": partial(_about_pair, "less", boundaries.need_less),
    "chart": lambda turn, member, _: own_weeks.show_weeks(turn, member),
    "checkin": lambda turn, member, given: own_days.set_checkin(turn, member, given["when"]),
    "mentor": lambda turn, member, given: serving.run_mentor(turn, member, given["what"]),
    "milestones": lambda turn, member, given: milestones.run_milestones(turn, member, given["name"]),
    "remember": lambda turn, member, given: remembrance.run_remember(turn, member, given["day"]),
    "opener": partial(_about_pair, "opener", starters.show_openers),
    "photos": lambda turn, member, given: sharing.run_photos(turn, member, given["state"]),
    "goodbye": lambda turn, member, _: endings.ask_goodbye(turn, member),
    "block": lambda turn, member, _: endings.ask_block(turn, member),
    "report": _report,
    "appeal": lambda turn, member, _: appeals.ask_for_appeal(turn, member),
    "unsend": lambda turn, member, given: edits.unsend(turn, member, _message(given)),
    "wisdom": lambda turn, member, given: wisdom.run_wisdom(turn, member, given["topic"]),
    "answers": lambda turn, member, _: questionnaire.show_answers(turn, member),
    "notify": lambda turn, member, given: callbacks.set_calls(turn, member, given["state"]),
    "quiet": lambda turn, member, given: _quiet(turn, member, given["hours"]),
    "language": lambda turn, member, given: _language(turn, member, given["language"]),
    "counted": lambda turn, member, given: consent.set_counted(turn, member, given["state"]),
    "research": lambda turn, member, given: consent.set_research(turn, member, given["state"]),
    "join": lambda turn, member, given: links.run_join(turn, member, given["code"]),
    "link": lambda turn, member, given: links.run_link(turn, member, given["word"]),
    "unlink": lambda turn, member, _: links.unlink(turn, member),
    "export": lambda turn, member, _: privacy.export(turn, member),
    "forget": lambda turn, member, _: privacy.ask_forget(turn, member),
    **{name: partial(_moderate, name) for name in staff_commands.DOING},
}
"""What each command of the table does that posts no words; a test holds the two against each other."""
