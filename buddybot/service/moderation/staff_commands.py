"""Staff commands: authorized here, whatever the platform allowed, and each use is audited.

Nothing shown names an account: a case has a code and its person an alias. The one way to an account is `reveal`.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from buddybot.domain.dialog.misspelt_commands import misspelt_staff_command
from buddybot.domain.kernel.commands import BY_WORD, COMMANDS, STAFF_GROUPS, Given, Scope
from buddybot.domain.kernel.ids import RoomId
from buddybot.domain.kernel.note_text import command_in
from buddybot.domain.moderation.cases import Case, Concern, State
from buddybot.domain.moderation.desk import LineKind
from buddybot.domain.moderation.sanctions import Step
from buddybot.domain.moderation.staff import HEADS, WORKERS, Role
from buddybot.domain.moderation.typed_arguments import typed_arguments
from buddybot.domain.people.members import Member
from buddybot.service.channels import tools as channel_tools
from buddybot.service.kernel import staff
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import (
    appeals,
    casework,
    conflicts,
    deanonymize,
    desk_chat,
    removal,
    sanctions,
    stories,
)
from buddybot.service.moderation.command_context import Bounds, ModeratorContext, case_of, checked_arguments, on_case
from buddybot.service.moderation.desk.case_forms import LONGEST_MUTE, LONGEST_NOTE
from buddybot.service.moderation.review import mentors
from buddybot.service.moderation.sanctions import Order
from buddybot.service.moderation.voice import answering, asking, speaking, talks

BOUNDS: Bounds = {
    ("mute", "hours"): (1, LONGEST_MUTE),
    ("watch", "hours"): (1, 24 * 14),
    ("slowmode", "seconds"): (0, channel_tools.SLOWEST),
    ("purge", "count"): (1, channel_tools.MOST),
}
HIGHER: Mapping[str, frozenset[Role]] = {"reveal": HEADS, "mentorship": HEADS}
"""Commands that not every moderator may use."""
OFFERED = frozenset({"yes", "later", *(f"ask-{one}" for one in ("time", "hard", "why"))})
"""Buttons under an offer to be a mentor."""


def run_staff(turn: Turn, me: Member, name: str, given: Given) -> None:
    """Authorize and run a moderator's command; anybody else hears that it is not theirs."""
    if staff.role_of(turn, me.id) not in HIGHER.get(name, WORKERS):
        turn.tx.audit.add(turn.now, me.id, "refused", name)
        turn.say(me, "mod-not-yours")
        return
    turn.tx.audit.add(turn.now, me.id, "use", name)
    missing = [one.name for one in BY_WORD[name].parameters if one.required and given.lacks(one.name)]
    if missing and not (name in {"remove", "reveal"} and given["case"]):
        turn.say(me, "mod-missing", list=", ".join(missing), command=name, usage=BY_WORD[name].usage)
    elif (meant := checked_arguments(turn, me, BY_WORD[name], given, BOUNDS)) is not None:
        DOING[name](ModeratorContext(turn, me), meant)


def slashless(turn: Turn, me: Member, text: str) -> tuple[str, str] | None:
    """Parse "mod mute CODE" of a moderator who forgot the slash: it is for no buddy to read."""
    group, _, rest = text.strip().partition(" ")
    name = rest.split(maxsplit=1)[0].casefold() if rest.strip() else ""
    command = BY_WORD.get(name) or misspelt_staff_command(name)
    if group.casefold() not in STAFF_GROUPS or command is None or command.scope is not Scope.MODERATOR:
        return None
    return (group.casefold(), rest) if staff.role_of(turn, me.id) in WORKERS else None


def parse_typed(turn: Turn, name: str, rest: str) -> tuple[str, dict[str, str]] | None:
    """Parse "/mod warn CODE 8 words": a word for each parameter, the rest for the last. None: not for moderators."""
    if name in STAFF_GROUPS:
        name, rest = command_in(f"/{rest}") or ("", "")
    command = BY_WORD.get(name)
    if command is None or command.scope is not Scope.MODERATOR:
        return None
    return name, typed_arguments(command, rest, turn.book.replies.spans)


def list_all(turn: Turn, me: Member, rest: str) -> None:
    """List every staff command to a moderator, or name the one that is misspelt; nothing to anybody else."""
    if staff.role_of(turn, me.id) not in WORKERS:
        turn.say(me, "mod-not-yours")
        return
    if rest.strip() and (near := misspelt_staff_command(rest.split(maxsplit=1)[0])) is not None:
        turn.say(me, "mod-no-command", near=near.usage)
        return
    found = [one for one in COMMANDS if one.scope is Scope.MODERATOR]
    lines = [
        turn.words(me, "help-line", name=f"{one.group} {one.name}", help=turn.words(me, one.help)) for one in found
    ]
    turn.say(me, "mod-commands", list="\n".join(lines))


def press_mod(turn: Turn, me: Member, code: str, verb: str) -> None:
    """Button handler of staff commands: it runs the command of its name."""
    if verb == "talk":
        asking.talk(turn, me)
    elif verb == "cancel":
        answering.leave(turn, me)
        turn.say(me, "voice-not-asked")
    elif verb == "rest":
        run_staff(turn, me, "shift", BY_WORD["shift"].parse({"state": "rest"}))
    elif verb == "stories":
        run_staff(turn, me, "review", BY_WORD["review"].parse({}))
    elif verb in {"approve", "decline"}:
        run_staff(turn, me, verb, BY_WORD[verb].parse({"story": code}))
    elif verb in OFFERED:
        answer, _, question = verb.partition("-")
        given = {"case": code, "answer": answer, "question": question}
        run_staff(turn, me, "mentorship", BY_WORD["mentorship"].parse(given))
    elif verb in {"claim", "case", "close"}:
        run_staff(turn, me, verb, BY_WORD[verb].parse({"case": code}))
    else:
        turn.say(me, "stale-button")


def speak(turn: Turn, me: Member, code: str, verb: str, text: str) -> bool:
    """Button handler of a moderator's talk, from either side; return whether its words are the person's own."""
    if answering.press_voice(turn, me, code, verb, text):
        return True
    if verb.startswith("use-"):
        text = verb.removeprefix("use-")
    elif verb != "write":
        turn.say(me, "stale-button")
        return False
    elif not text.strip():
        turn.say(me, "mod-say-how", case=code)
        return False
    run_staff(turn, me, "say", BY_WORD["say"].parse({"case": code, "text": text}))
    return False


def reply(turn: Turn, me: Member, case: Case, text: str) -> bool:
    """Route a reply to something said in a moderator's talk; return whether the words are the person's own."""
    if case.about == me.id:
        answering.pass_to_moderator(turn, me, case, text)
        return True
    run_staff(turn, me, "say", BY_WORD["say"].parse({"case": conflicts.code(case), "text": text}))
    return False


# ── Doing ───────────────────────────────────────────────────────────────────────────────


def _claim(context: ModeratorContext, given: Given) -> None:
    case = case_of(context, given["case"])
    if case is not None and case.claimed_by == context.me.id and case.state is State.CLAIMED:
        context.say("mod-yours", case=conflicts.code(case))
    elif case is not None and case.state is State.CLAIMED and talks.second_of(context.turn, case) == context.me.id:
        speaking.take_over_talk(context.turn, context.me, case)
    elif case is not None:
        casework.claim(context.turn, context.me, case)


def _note(context: ModeratorContext, case: Case, given: Given) -> None:
    casework.line(context.turn, case, LineKind.NOTE, context.me, given["text"][:LONGEST_NOTE])
    context.turn.tx.audit.add(context.turn.now, context.me.id, "note", case.id)
    context.say("mod-noted", case=conflicts.code(case))


def _say(context: ModeratorContext, given: Given) -> None:
    case = case_of(context, given["case"])
    if case is None:
        return
    second = case.state is State.CLAIMED and talks.second_of(context.turn, case) == context.me.id
    if second or casework.claim(context.turn, context.me, case):
        speaking.say_to_person(context.turn, context.me, context.turn.tx.cases.by_id(case.id) or case, given["text"])


def _second(context: ModeratorContext, given: Given) -> None:
    case = case_of(context, given["case"])
    if case is not None:
        speaking.second(context.turn, context.me, case)


def _give(step: Step) -> Callable[[ModeratorContext, Given], None]:
    def doing(context: ModeratorContext, case: Case, given: Given) -> None:
        rule, hours = int(given["rule"]), int(given["hours"]) if step is Step.MUTE else 0
        if removal.exempt(context.turn, case):
            context.say("mod-exempt", case=conflicts.code(case))
            return
        lasts = timedelta(hours=hours) if step is Step.MUTE else None
        if step is Step.QUARANTINE:
            lasts = sanctions.quarantine_lasts(context.turn, case)
        order = Order(step, rule, lasts, explanation=given["reason"][:LONGEST_NOTE])
        done = sanctions.sanction_member(context.turn, context.me, case, order)
        context.say("mod-gone" if done is None else "mod-done", case=conflicts.code(case), alias=case.alias)

    return on_case(doing)


def _lift(context: ModeratorContext, case: Case, _: Given) -> None:
    running = [one for one in context.turn.tx.sanctions.of_case(case.id) if one.runs(context.turn.now)]
    for one in running:
        sanctions.lift_early(context.turn, context.me, one)
    context.say("mod-lifted" if running else "mod-nothing-runs", case=conflicts.code(case))


def _unpair(context: ModeratorContext, case: Case, _: Given) -> None:
    about = None if case.about is None else context.turn.tx.members.by_id(case.about)
    room = None if case.room is None else context.turn.tx.rooms.by_id(RoomId(case.room))
    if about is None or room is None or room.ending is not None:
        context.say("mod-no-pair", case=conflicts.code(case))
        return
    sanctions.separate(context.turn, about, room.id)
    casework.line(context.turn, case, LineKind.ACTION, context.me)
    context.turn.tx.audit.add(context.turn.now, context.me.id, "unpair", case.id)
    context.say("mod-unpaired", case=conflicts.code(case))


def _close(context: ModeratorContext, case: Case, _: Given) -> None:
    if case.concern in casework.ALONE:
        mentor = case.concern is Concern.MENTOR
        context.say("mod-decide-mentor" if mentor else "mod-decide-first", case=conflicts.code(case))
        return
    casework.close_case(context.turn, context.me, case)
    context.say("mod-closed-now", case=conflicts.code(case))


def _release(context: ModeratorContext, case: Case, given: Given) -> None:
    if given["text"].strip():  # what the next one should know
        _note(context, case, given)
    casework.release(context.turn, context.me, case)
    context.say("mod-released", case=conflicts.code(case))


def _merge(context: ModeratorContext, case: Case, given: Given) -> None:
    into = case_of(context, given["into"])
    if into is not None:
        merged = casework.merge(context.turn, context.me, case, into)
        context.say("mod-merged" if merged else "mod-not-merged", case=conflicts.code(into))


def _recuse(context: ModeratorContext, given: Given) -> None:
    case = case_of(context, given["case"])
    if case is not None:
        casework.recuse(context.turn, context.me, case)
        context.say("mod-recused", case=conflicts.code(case))


def _escalate(context: ModeratorContext, case: Case, _: Given) -> None:
    casework.escalate(context.turn, context.me, case)
    context.say("mod-escalated", case=conflicts.code(case))


def _watch(context: ModeratorContext, case: Case, given: Given) -> None:
    hours = int(given["hours"])
    casework.schedule_follow_up(context.turn, context.me, case, hours)
    context.say("mod-watched", case=conflicts.code(case), hours=hours)


def _decide(context: ModeratorContext, given: Given) -> None:
    case = case_of(context, given["case"])
    appeal = None if case is None else appeals.meant_by(context.turn, case)
    if case is not None and appeal is None:
        closed = case.state is State.CLOSED
        context.say("mod-closed" if closed else "mod-no-appeal", case=conflicts.code(case))
    elif appeal is not None:
        appeals.decide_appeal(context.turn, context.me, appeal, given["outcome"])
        fresh = context.turn.tx.cases.by_id(appeal.id)
        if fresh is not None and fresh.state is State.CLOSED:
            context.say("mod-decided", case=conflicts.code(appeal))


def _shift(context: ModeratorContext, given: Given) -> None:
    if given["state"] == "on":
        staff.begin_shift(context.turn, context.me)
    elif given["state"] == "rest":
        staff.take_break(context.turn, context.me)
    elif staff.end_shift(context.turn, context.me):
        desk_chat.hand_over(context.turn, context.me)


DOING: Mapping[str, Callable[[ModeratorContext, Given], None]] = {
    "queue": lambda context, _: desk_chat.tell_queue(context.turn, context.me),
    "case": lambda context, given: desk_chat.tell_case(context.turn, context.me, case_of(context, given["case"])),
    "claim": _claim,
    "note": on_case(_note),
    "say": _say,
    "remind": _give(Step.REMINDER),
    "warn": _give(Step.WARNING),
    "mute": _give(Step.MUTE),
    "unmute": on_case(_lift),
    "quarantine": _give(Step.QUARANTINE),
    "remove": on_case(lambda context, case, given: removal.remove(context.turn, context.me, case, given)),
    "lift": on_case(_lift),
    "unpair": on_case(_unpair),
    "close": on_case(_close),
    "slowmode": lambda context, given: channel_tools.slow(context.turn, context.me, given["channel"], given["seconds"]),
    "purge": lambda context, given: channel_tools.purge(context.turn, context.me, given["channel"], given["count"]),
    "lock": lambda context, given: channel_tools.lock(context.turn, context.me, given["channel"], given["state"]),
    "announce": lambda context, given: channel_tools.announce_as_team(
        context.turn, context.me, given["channel"], given["text"]
    ),
    "takedown": on_case(lambda context, case, _: channel_tools.take_down(context.turn, context.me, case)),
    "lookup": lambda context, given: desk_chat.tell_alias(context.turn, context.me, given["alias"]),
    "shift": _shift,
    "handover": lambda context, _: desk_chat.tell_handover(context.turn, context.me),
    "desk": lambda context, given: desk_chat.door(context.turn, context.me, given["state"]),
    "release": on_case(_release),
    "merge": on_case(_merge),
    "recuse": _recuse,
    "escalate": on_case(_escalate),
    "second": _second,
    "watch": on_case(_watch),
    "decide": _decide,
    "review": lambda context, _: stories.show_next_story(context.turn, context.me),
    "approve": lambda context, given: stories.approve_story(context.turn, context.me, given["story"], given["topics"]),
    "decline": lambda context, given: stories.decline_story(context.turn, context.me, given["story"]),
    "mentorship": on_case(
        lambda context, case, given: mentors.decide_offer(
            context.turn, context.me, case, given["answer"], given["question"]
        )
    ),
    "optout": lambda context, given: staff.opt_out(context.turn, context.me, given["kind"].strip()),
    "reveal": lambda context, given: deanonymize.reveal(
        context.turn, context.me, case_of(context, given["case"]), given
    ),
}
