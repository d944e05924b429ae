"""Data export and erasure: a copy of all that is held, and the end of it."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address, Document
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member, Stage
from buddybot.service.care.dates.copies import exported_milestones, exported_remembrances
from buddybot.service.care.mentoring.serving import exported_mentor
from buddybot.service.care.own_days import exported_own_days
from buddybot.service.care.pairs import exported_wishes
from buddybot.service.care.wisdom import exported_stories
from buddybot.service.intake import profiles
from buddybot.service.kernel.moments import told_day
from buddybot.service.kernel.turn import Turn
from buddybot.service.people import erasure
from buddybot.service.programmes.consent import exported_counted
from buddybot.store.kernel.errors import KeysMet
from buddybot.store.kernel.timers import Timer
from buddybot.store.tx import Tx

VERBS = ("all", "copy", "pause", "cancel")
A_WEEK = timedelta(days=7)
IDLE = "idle"
DRAFTS = (Stage.GREETED, Stage.GATES, Stage.INTAKE, Stage.FAREWELL)
MEMBERS = (Stage.HOME, Stage.LOOKING)
ERASED, WARNED = 5, 20
"""So many in one transaction: each costs the writer some milliseconds."""


def export(turn: Turn, member: Member) -> None:
    """Send a member their data export, as JSON."""
    text = json.dumps(personal_data(turn, member), ensure_ascii=False, indent=2, sort_keys=True)
    turn.hand(member, "export-done", Document("my-copy.json", "application/json", text))


def personal_data(turn: Turn, member: Member) -> dict[str, object]:
    """Return all personal data of a member. Others appear by the alias that this member knows, and no other way."""
    return {
        "member": _self(member),
        "answers": profiles.exported_answers(member),
        "care": json.loads(member.private.care) if member.private.care else None,
        "accounts": _accounts(turn, member),
        "channels": [{"channel": key, "you_are": alias} for key, alias in turn.tx.channels.seats_of(member.id)],
        "rooms": _rooms(turn, member),
        "what_you_wished_for_in_pairs": exported_wishes(turn, member),
        "your_own_check_ins": exported_own_days(turn, member),
        "your_milestones": exported_milestones(turn, member),
        "your_remembrance_dates": exported_remembrances(turn, member),
        "stories_you_shared": exported_stories(turn, member),
        "counted_in_numbers": exported_counted(turn, member),
        "as_a_mentor": exported_mentor(turn, member),
        "offers": _offers(turn, member),
        "what_you_said_about_buddies": [
            {"day": day, "question": question, "answer": answer}
            for day, question, answer in turn.tx.outcomes.ratings(member.id)
        ],
        "on_call": _on_call(turn, member),
        "circles_you_were_asked_about": _circles(turn, member),
        "wants_a_circle_since": (wish := turn.tx.gatherings.wished(member.id)) and wish.isoformat(),
        "devices_to_call": ["a push address"] * turn.tx.push.count(member.id),
        "chats_with_topics": turn.tx.threads.count(member.id),
        "codes_for_another_app": turn.tx.passes.count(member.id),
        "notes_waiting_for_your_decision": turn.tx.pending.count(member.id),
        "pace": _pace(turn, member),
        "reports_you_made": [
            {"opened_at": case.opened_at.isoformat(), "about": case.concern.value, "shared": case.shared}
            for case in turn.tx.cases.reported_by(member.id)
        ],
        "actions_on_you": _actions(turn, member),
        "as_a_moderator": _as_moderator(turn, member),
        "people_you_are_kept_apart_from": turn.tx.ties.count(member.id),
        "things_set_for_later": [
            {"kind": timer.kind, "at": timer.due.isoformat()} for timer in turn.tx.timers.of_member(member.id)
        ],
        "questions_not_answered": turn.tx.questions.count(member.id),
        "notes_waiting_for_you": turn.tx.outbox.waiting(member.id),
    }


def _self(member: Member) -> dict[str, object]:
    private = member.private
    return {
        "stage": member.stage.value,
        "language": member.locale,
        "joined_at": member.joined_at.isoformat(),
        "last_seen_at": member.seen_at.isoformat(),
        "agreed_to": member.consent,
        "agreed_at": member.consent_at and member.consent_at.isoformat(),
        "looking_since": member.looking_since and member.looking_since.isoformat(),
        "looking_for_a_mentor": private.wants_mentor,
        "paused_until": member.paused_until and member.paused_until.isoformat(),
        "nickname": private.nickname,
        "country": private.country,
        "local_time": private.zone or private.utc_offset,
        "quiet_hours": private.quiet and [private.quiet.start, private.quiet.end],
        "urgent_notes_at": [at.isoformat() for at in private.urgent],
        "limits_changed_at": [at.isoformat() for at in private.limit_changes],
        "in_the_middle_of": private.talk.value,
        "asked_to_call_your_device": private.calls_asked > 0,
        "asked_about_naloxone_at_home": private.naloxone_asked,
        "chats_that_ended_in_silence_at": [at.isoformat() for at in private.silent_endings],
        "aliases_used": list(private.used_aliases),
    }


def _rooms(turn: Turn, member: Member) -> list[dict[str, object]]:
    return [
        {
            "opened_at": room.opened_at.isoformat(),
            "ended": room.ending and room.ending.value,
            "you_were": room.alias_of(member.id),
            "with": [seat.alias for seat in room.others(member.id)],
        }
        for room in turn.tx.rooms.all_of(member.id)
    ]


def _offers(turn: Turn, member: Member) -> list[dict[str, object]]:
    return [
        {
            "made_at": offer.made_at.isoformat(),
            "you_would_be": mine.alias,
            "with": offer.other(member.id).alias,
            "you_said": mine.reply.value,
            "open": not offer.closed,
        }
        for offer in turn.tx.offers.all_of(member.id)
        if (mine := offer.seat(member.id)) is not None
    ]


def _on_call(turn: Turn, member: Member) -> list[int] | None:
    """Return their on-call hours, local."""
    mine = next((one for one in turn.tx.oncall.watches() if one.member == member.id), None)
    return None if mine is None else [mine.hours.start, mine.hours.end]


def _circles(turn: Turn, member: Member) -> list[dict[str, object]]:
    return [
        {"made_at": one.made_at.isoformat(), "you_would_be": mine.alias, "you_said": mine.reply.value}
        for one in turn.tx.gatherings.all_of(member.id)
        if (mine := one.seat(member.id)) is not None
    ]


def _actions(turn: Turn, member: Member) -> list[dict[str, object]]:
    """List sanctions on them; who gave them is not in it."""
    return [
        {
            "step": one.step.value,
            "rule": one.rule,
            "at": one.given_at.isoformat(),
            "until": one.until and one.until.isoformat(),
            "you_were_told": turn.tx.sanctions.told(one),
            "counts_when_given": one.points,
            "overturned": one.overturned_at is not None,
        }
        for one in turn.tx.sanctions.of_member(member.id)
        if one.given_at <= turn.now
    ]


def _as_moderator(turn: Turn, member: Member) -> dict[str, object]:
    return {
        "roles": [role.value for role in turn.tx.staff.roles(member.id, turn.now)],
        "shifts": [one.began.isoformat() for one in turn.tx.staff.shifts(member.id)],
        "kinds_left_to_others": list(member.private.opted_out),
        "last_break": member.private.rested_at and member.private.rested_at.isoformat(),
    }


def _pace(turn: Turn, member: Member) -> dict[str, int]:
    """Count the marks of recent notes that are held for rate limits: never a word of theirs."""
    return {"marks_of_recent_notes": len(turn.tx.flows.of(member.id, turn.now).prints)}


def _accounts(turn: Turn, member: Member) -> list[dict[str, str | None]]:
    """Return the linked accounts; ids only of where they are now, so that nobody learns another's by linking."""
    here, *others = turn.tx.members.addresses(member.id)
    return [
        {"platform": here.platform, "id": here.account},
        *({"platform": one.platform, "id": None} for one in others),
    ]


def ask_forget(turn: Turn, member: Member) -> None:
    """Ask for confirmation of an erasure: what will go and what can't."""
    buttons = tuple((f"forget-{verb}", Token("forget", verb=verb)) for verb in VERBS)
    turn.ask(member, "forget-ask", buttons=buttons, again="forget-ask-again", app=turn.app(member))


def press_forget(turn: Turn, member: Member, verb: str) -> None:
    """Button handler of an erasure; it is confirmed twice."""
    match verb:
        case "all":
            buttons = (("forget-yes", Token("forget", verb="yes")), ("forget-cancel", Token("forget", verb="cancel")))
            turn.ask(member, "forget-sure", buttons=buttons, again="forget-sure-again")
        case "copy":
            export(turn, member)
            ask_forget(turn, member)
        case "pause":
            turn.tx.members.save(replace(member, paused_until=turn.now + A_WEEK))
            turn.say(member, "paused-until", day=told_day(member, turn.now + A_WEEK))
        case "yes":
            erase_account(turn, member)
        case _:
            turn.say(member, "forget-cancelled")


def erase_account(turn: Turn, member: Member) -> None:
    """Erase a member: their buddy hears one kind line, they get a last message, and nothing is left."""
    erasure.farewell(turn, member, "forget-done")


def unfinished(tx: Tx, after: MemberId, most: int) -> tuple[MemberId, list[MemberId]] | None:
    """Look at the next members in the order of ids: return the last of them, and those whose key is gone.

    None when there are no more. It only reads.
    """
    members = tx.members.all_ids(after, most)
    return (members[-1], tx.vault.without_key(members)) if members else None


def finish(turn: Turn, member_id: MemberId) -> None:
    """Finish erasing somebody whose key is gone: a crash came between the key and the rows."""
    if turn.tx.members.stage(member_id) is not None and not turn.tx.vault.knows(member_id):
        erasure.erase_member(turn, member_id)


def finish_at(turn: Turn, address: Address) -> None:
    """Finish erasing whoever had an address before it is a stranger's; another process may be in the middle of it."""
    if (half := turn.tx.members.without_key_at(address)) is None:
        return
    if not turn.tx.vault.without_key([half]):
        raise KeysMet
    erasure.erase_member(turn, half)


def sweep_members(turn: Turn) -> bool:
    """Run retention of members, a few at a time: drop drafts, warn the idle. Return whether there may be more."""
    keep, members = turn.book.retention, turn.tx.members
    ends = {stage: keep.text if stage is Stage.FAREWELL else keep.drafts for stage in DRAFTS}
    drafts = [one for stage, kept in ends.items() for one in members.idle(stage, turn.now - kept, ERASED)]
    for member_id in drafts[:ERASED]:
        erasure.erase_member(turn, member_id)
    long_ago = turn.now - keep.idle + keep.idle_warning
    idle = [one for stage in MEMBERS for one in members.idle(stage, long_ago, WARNED, IDLE)]
    for member_id in idle[:WARNED]:
        _warn(turn, member_id)
    return len(drafts) >= ERASED or len(idle) >= WARNED


def _warn(turn: Turn, member_id: MemberId) -> None:
    turn.tx.timers.set(Timer(IDLE, member_id, turn.now + turn.book.retention.idle_warning, member_id))
    if (member := turn.tx.members.by_id(member_id)) is None:
        return
    turn.say(member, "idle-warning", days=turn.book.retention.idle_warning.days)


def erase_idle(turn: Turn, member_id: MemberId, due: datetime) -> None:
    """Erase an inactive member who was warned in time, unless they have done something since."""
    member = turn.tx.members.by_id(member_id)
    if member is not None and member.seen_at < due - turn.book.retention.idle_warning:
        erasure.farewell(turn, member, "forget-done")
