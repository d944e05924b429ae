"""The moderators' commands: who may use which is decided here, whatever the platform allowed, and each use is audited.

Nothing shown names an account: a case has a code and its person an alias. The one way to an account is `reveal`.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from buddybot.domain.kernel.commands import BY_WORD, COMMANDS, STAFF_GROUPS, Given, Scope
from buddybot.domain.kernel.ids import RoomId
from buddybot.domain.kernel.note_text import command_in
from buddybot.domain.moderation.cases import Case, State
from buddybot.domain.moderation.desk import LineKind
from buddybot.domain.moderation.sanctions import Step
from buddybot.domain.moderation.staff import HEADS, WORKERS, Role
from buddybot.domain.people.members import Member
from buddybot.service.channels import tools as channel_tools
from buddybot.service.kernel import staff
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import appeals, casework, conflicts, deanonymize, desk_chat, removal, sanctions
from buddybot.service.moderation.command_context import Chair, case_of, number, on_case
from buddybot.service.moderation.sanctions import Order
from buddybot.service.moderation.voice import answering, asking, speaking, talks

LONGEST_NOTE = 500
LONGEST_MUTE = 24 * 90
LONGEST_WATCH = 24 * 14
HIGHER: Mapping[str, frozenset[Role]] = {"reveal": HEADS}
"""Commands that not every moderator may use."""


def run_staff(turn: Turn, me: Member, name: str, given: Given) -> None:
    """Run one command of a moderator; anybody else hears that it is not theirs."""
    if staff.role_of(turn, me.id) not in HIGHER.get(name, WORKERS):
        turn.tx.audit.add(turn.now, me.id, "refused", name)
        turn.say(me, "mod-not-yours")
        return
    turn.tx.audit.add(turn.now, me.id, "use", name)
    missing = [one.name for one in BY_WORD[name].parameters if one.required and given.lacks(one.name)]
    if missing and not (name in {"remove", "reveal"} and given["case"]):
        turn.say(me, "mod-missing", list=", ".join(missing), command=name)
        return
    DOING[name](Chair(turn, me), given)


def parse_typed(name: str, rest: str) -> tuple[str, dict[str, str]] | None:
    """Read "/mod warn CODE 8 words": a word for each parameter, and the rest for the last. None: not for moderators."""
    if name in STAFF_GROUPS:
        name, rest = command_in(f"/{rest}") or ("", "")
    command = BY_WORD.get(name)
    if command is None or command.scope is not Scope.MODERATOR:
        return None
    return name, command.typed(rest)


def list_all(turn: Turn, me: Member) -> None:
    """Show every command of moderators to one, and nothing to anybody else."""
    if staff.role_of(turn, me.id) not in WORKERS:
        turn.say(me, "mod-not-yours")
        return
    found = [one for one in COMMANDS if one.scope is Scope.MODERATOR]
    lines = [
        turn.words(me, "help-line", name=f"{one.group} {one.name}", help=turn.words(me, one.help)) for one in found
    ]
    turn.say(me, "mod-commands", list="\n".join(lines))


def press_mod(turn: Turn, me: Member, code: str, verb: str) -> None:
    """Take a button: it does what the command of its name does."""
    if verb == "talk":
        asking.talk(turn, me)
    elif verb == "cancel":
        answering.leave(turn, me)
        turn.say(me, "voice-not-asked")
    elif verb == "rest":
        run_staff(turn, me, "shift", BY_WORD["shift"].parse({"state": "rest"}))
    elif verb in {"claim", "case"}:
        run_staff(turn, me, verb, BY_WORD[verb].parse({"case": code}))
    else:
        turn.say(me, "stale-button")


def speak(turn: Turn, me: Member, code: str, verb: str, text: str) -> bool:
    """Take a button of a moderator's talk, from either side; return whether its words are the person's own."""
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
    """Take a reply to something said in a moderator's talk; return whether the words are the person's own."""
    if case.about == me.id:
        answering.pass_to_moderator(turn, me, case, text)
        return True
    run_staff(turn, me, "say", BY_WORD["say"].parse({"case": conflicts.code(case), "text": text}))
    return False


# ── Doing ───────────────────────────────────────────────────────────────────────────────


def _claim(chair: Chair, given: Given) -> None:
    case = case_of(chair, given["case"])
    if case is not None and case.claimed_by == chair.me.id and case.state is State.CLAIMED:
        chair.say("mod-yours", case=conflicts.code(case))
    elif case is not None and case.state is State.CLAIMED and talks.second_of(chair.turn, case) == chair.me.id:
        speaking.take_over_talk(chair.turn, chair.me, case)
    elif case is not None:
        casework.claim(chair.turn, chair.me, case)


def _note(chair: Chair, case: Case, given: Given) -> None:
    casework.line(chair.turn, case, LineKind.NOTE, chair.me, given["text"][:LONGEST_NOTE])
    chair.turn.tx.audit.add(chair.turn.now, chair.me.id, "note", case.id)
    chair.say("mod-noted", case=conflicts.code(case))


def _say(chair: Chair, given: Given) -> None:
    case = case_of(chair, given["case"])
    if case is None:
        return
    second = case.state is State.CLAIMED and talks.second_of(chair.turn, case) == chair.me.id
    if second or casework.claim(chair.turn, chair.me, case):
        speaking.say_to_person(chair.turn, chair.me, chair.turn.tx.cases.by_id(case.id) or case, given["text"])


def _second(chair: Chair, given: Given) -> None:
    case = case_of(chair, given["case"])
    if case is not None:
        speaking.second(chair.turn, chair.me, case)


def _give(step: Step) -> Callable[[Chair, Given], None]:
    def doing(chair: Chair, case: Case, given: Given) -> None:
        rule = number(given["rule"], 12)
        hours = number(given["hours"], LONGEST_MUTE) if step is Step.MUTE else 0
        if rule is None or hours is None:
            chair.say("mod-wrong-number")
            return
        if removal.exempt(chair.turn, case):
            chair.say("mod-exempt", case=conflicts.code(case))
            return
        lasts = timedelta(hours=hours) if step is Step.MUTE else None
        if step is Step.QUARANTINE:
            lasts = sanctions.quarantine_lasts(chair.turn, case)
        order = Order(step, rule, lasts, explanation=given["reason"][:LONGEST_NOTE])
        done = sanctions.sanction_member(chair.turn, chair.me, case, order)
        chair.say("mod-gone" if done is None else "mod-done", case=conflicts.code(case), alias=case.alias)

    return on_case(doing)


def _lift(chair: Chair, case: Case, _: Given) -> None:
    running = [one for one in chair.turn.tx.sanctions.of_case(case.id) if one.runs(chair.turn.now)]
    for one in running:
        sanctions.lift_early(chair.turn, chair.me, one)
    chair.say("mod-lifted" if running else "mod-nothing-runs", case=conflicts.code(case))


def _unpair(chair: Chair, case: Case, _: Given) -> None:
    about = None if case.about is None else chair.turn.tx.members.by_id(case.about)
    room = None if case.room is None else chair.turn.tx.rooms.by_id(RoomId(case.room))
    if about is None or room is None or room.ending is not None:
        chair.say("mod-no-pair", case=conflicts.code(case))
        return
    sanctions.separate(chair.turn, about, room.id)
    casework.line(chair.turn, case, LineKind.ACTION, chair.me)
    chair.turn.tx.audit.add(chair.turn.now, chair.me.id, "unpair", case.id)
    chair.say("mod-unpaired", case=conflicts.code(case))


def _close(chair: Chair, case: Case, _: Given) -> None:
    casework.close_case(chair.turn, chair.me, case)
    chair.say("mod-closed-now", case=conflicts.code(case))


def _release(chair: Chair, case: Case, _: Given) -> None:
    casework.release(chair.turn, chair.me, case)
    chair.say("mod-released", case=conflicts.code(case))


def _merge(chair: Chair, case: Case, given: Given) -> None:
    into = case_of(chair, given["into"])
    if into is not None:
        merged = casework.merge(chair.turn, chair.me, case, into)
        chair.say("mod-merged" if merged else "mod-not-merged", case=conflicts.code(into))


def _recuse(chair: Chair, given: Given) -> None:
    case = case_of(chair, given["case"])
    if case is not None:
        casework.recuse(chair.turn, chair.me, case)
        chair.say("mod-recused", case=conflicts.code(case))


def _escalate(chair: Chair, case: Case, _: Given) -> None:
    casework.escalate(chair.turn, chair.me, case)
    chair.say("mod-escalated", case=conflicts.code(case))


def _watch(chair: Chair, case: Case, given: Given) -> None:
    hours = number(given["hours"], LONGEST_WATCH)
    if hours is None:
        chair.say("mod-wrong-number")
        return
    casework.schedule_follow_up(chair.turn, chair.me, case, hours)
    chair.say("mod-watched", case=conflicts.code(case), hours=hours)


def _decide(chair: Chair, given: Given) -> None:
    case = case_of(chair, given["case"])
    if case is not None and case.state is State.CLOSED:
        chair.say("mod-closed", case=conflicts.code(case))
    elif case is not None:
        appeals.decide_appeal(chair.turn, chair.me, case, given["outcome"])
        fresh = chair.turn.tx.cases.by_id(case.id)
        if fresh is not None and fresh.state is State.CLOSED:
            chair.say("mod-decided", case=conflicts.code(case))


def _shift(chair: Chair, given: Given) -> None:
    if given["state"] == "on":
        staff.begin_shift(chair.turn, chair.me)
    elif given["state"] == "rest":
        staff.take_break(chair.turn, chair.me)
    elif given["state"] == "off" and staff.end_shift(chair.turn, chair.me):
        desk_chat.hand_over(chair.turn, chair.me)
    elif given["state"] != "off":
        chair.say("mod-missing", list="state", command="shift")


DOING: Mapping[str, Callable[[Chair, Given], None]] = {
    "queue": lambda chair, _: desk_chat.tell_queue(chair.turn, chair.me),
    "case": lambda chair, given: desk_chat.tell_case(chair.turn, chair.me, case_of(chair, given["case"])),
    "claim": _claim,
    "note": on_case(_note),
    "say": _say,
    "remind": _give(Step.REMINDER),
    "warn": _give(Step.WARNING),
    "mute": _give(Step.MUTE),
    "unmute": on_case(_lift),
    "quarantine": _give(Step.QUARANTINE),
    "remove": on_case(lambda chair, case, given: removal.remove(chair.turn, chair.me, case, given)),
    "lift": on_case(_lift),
    "unpair": on_case(_unpair),
    "close": on_case(_close),
    "slowmode": lambda chair, given: channel_tools.slow(chair.turn, chair.me, given["channel"], given["seconds"]),
    "purge": lambda chair, given: channel_tools.purge(chair.turn, chair.me, given["channel"], given["count"]),
    "lock": lambda chair, given: channel_tools.lock(chair.turn, chair.me, given["channel"], given["state"]),
    "announce": lambda chair, given: channel_tools.announce_as_team(
        chair.turn, chair.me, given["channel"], given["text"]
    ),
    "lookup": lambda chair, given: desk_chat.tell_alias(chair.turn, chair.me, given["alias"]),
    "shift": _shift,
    "handover": lambda chair, _: desk_chat.tell_handover(chair.turn, chair.me),
    "desk": lambda chair, given: desk_chat.door(chair.turn, chair.me, given["state"]),
    "release": on_case(_release),
    "merge": on_case(_merge),
    "recuse": _recuse,
    "escalate": on_case(_escalate),
    "second": _second,
    "watch": on_case(_watch),
    "decide": _decide,
    "optout": lambda chair, given: staff.opt_out(chair.turn, chair.me, given["kind"].strip()),
    "reveal": lambda chair, given: deanonymize.reveal(chair.turn, chair.me, case_of(chair, given["case"]), given),
}
