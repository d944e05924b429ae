"""A copy of all that is held, and the end of it."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Document
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member, Stage
from buddybot.service.intake import profiles
from buddybot.service.kernel.turn import Turn
from buddybot.service.people import erasure
from buddybot.store.kernel.timers import Timer

VERBS = ("all", "copy", "pause", "cancel")
A_WEEK = timedelta(days=7)
IDLE = "idle"
DRAFTS = (Stage.GREETED, Stage.GATES, Stage.INTAKE, Stage.FAREWELL)
MEMBERS = (Stage.HOME, Stage.LOOKING)


def export(turn: Turn, member: Member) -> None:
    """Hand a member everything the bot holds of them, as JSON."""
    text = json.dumps(held(turn, member), ensure_ascii=False, indent=2, sort_keys=True)
    turn.hand(member, "export-done", Document("my-copy.json", "application/json", text))


def held(turn: Turn, member: Member) -> dict[str, object]:
    """Return all that is held of a member. Others appear by the alias that this member knows, and no other way."""
    return {
        "member": _self(member),
        "answers": profiles.held(member),
        "care": json.loads(member.private.care) if member.private.care else None,
        "accounts": _accounts(turn, member),
        "channels": [{"channel": key, "you_are": alias} for key, alias in turn.tx.channels.seats_of(member.id)],
        "rooms": _rooms(turn, member),
        "offers": _offers(turn, member),
        "what_you_said_about_buddies": [
            {"day": day, "question": question, "answer": answer}
            for day, question, answer in turn.tx.outcomes.ratings(member.id)
        ],
        "on_call": _on_call(turn, member),
        "circles_you_were_asked_about": _circles(turn, member),
        "wants_a_circle_since": (wish := turn.tx.gatherings.wishing().get(member.id)) and wish.isoformat(),
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
        "paused_until": member.paused_until and member.paused_until.isoformat(),
        "nickname": private.nickname,
        "country": private.country,
        "local_time": private.utc_offset,
        "quiet_hours": private.quiet and [private.quiet.start, private.quiet.end],
        "urgent_notes_at": [at.isoformat() for at in private.urgent],
        "limits_changed_at": [at.isoformat() for at in private.limit_changes],
        "in_the_middle_of": private.talk.value,
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
    """Return from which hour to which they are on call, local."""
    mine = next((one for one in turn.tx.oncall.watches() if one.member == member.id), None)
    return None if mine is None else [mine.hours.start, mine.hours.end]


def _circles(turn: Turn, member: Member) -> list[dict[str, object]]:
    return [
        {"made_at": one.made_at.isoformat(), "you_would_be": mine.alias, "you_said": mine.reply.value}
        for one in turn.tx.gatherings.all_of(member.id)
        if (mine := one.seat(member.id)) is not None
    ]


def _actions(turn: Turn, member: Member) -> list[dict[str, object]]:
    """Say what moderators did to them; who it was is not in it."""
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
    """Say how many marks of recent notes are held to notice floods and copies: never a word of theirs."""
    return {"marks_of_recent_notes": len(turn.tx.flows.of(member.id, turn.now).prints)}


def _accounts(turn: Turn, member: Member) -> list[dict[str, str | None]]:
    """Return the accounts; ids only of where they are now, so that nobody learns another's by joining it to theirs."""
    here, *others = turn.tx.members.addresses(member.id)
    return [
        {"platform": here.platform, "id": here.account},
        *({"platform": one.platform, "id": None} for one in others),
    ]


def ask_forget(turn: Turn, member: Member) -> None:
    """Say what will go and what can't, and ask."""
    buttons = tuple((f"forget-{verb}", Token("forget", verb=verb)) for verb in VERBS)
    turn.ask(member, "forget-ask", buttons=buttons, again="forget-ask-again")


def press_forget(turn: Turn, member: Member, verb: str) -> None:
    """Take the answer; erasing asks once more."""
    match verb:
        case "all":
            buttons = (("forget-yes", Token("forget", verb="yes")), ("forget-cancel", Token("forget", verb="cancel")))
            turn.ask(member, "forget-sure", buttons=buttons, again="forget-sure-again")
        case "copy":
            export(turn, member)
            ask_forget(turn, member)
        case "pause":
            turn.tx.members.save(replace(member, paused_until=turn.now + A_WEEK))
            turn.say(member, "paused-until", day=(turn.now + A_WEEK).date().isoformat())
        case "yes":
            forget(turn, member)
        case _:
            turn.say(member, "forget-cancelled")


def forget(turn: Turn, member: Member) -> None:
    """Erase a member: their buddy hears one kind line, they hear a last word, and nothing of them is left."""
    erasure.farewell(turn, member, "forget-done")


def finish(turn: Turn) -> None:
    """Finish erasing those whose key is gone: a crash came between the key and the rows. No key is opened for it."""
    keys = turn.tx.vault.members()
    for member_id in turn.tx.members.all_ids():
        if member_id not in keys:
            erasure.forget(turn, member_id)


def sweep(turn: Turn) -> None:
    """Drop drafts nobody came back to, warn the idle."""
    keep = turn.book.retention
    for member_id in turn.tx.members.idle(DRAFTS, turn.now - keep.drafts):
        erasure.forget(turn, member_id)
    for member_id in turn.tx.members.idle(MEMBERS, turn.now - keep.idle + keep.idle_warning):
        _warn(turn, member_id)


def _warn(turn: Turn, member_id: MemberId) -> None:
    member = turn.tx.members.by_id(member_id)
    if member is None or turn.tx.timers.find(IDLE, member_id) is not None:
        return
    turn.say(member, "idle-warning", days=turn.book.retention.idle_warning.days)
    turn.tx.timers.set(Timer(IDLE, member_id, turn.now + turn.book.retention.idle_warning, member_id))


def erase_idle(turn: Turn, member_id: MemberId, due: datetime) -> None:
    """Erase someone who was warned in time before `due`, unless they have done something since."""
    member = turn.tx.members.by_id(member_id)
    if member is not None and member.seen_at < due - turn.book.retention.idle_warning:
        erasure.farewell(turn, member, "forget-done")
