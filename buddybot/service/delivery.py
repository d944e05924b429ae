"""What became of what was sent: the sender is told the truth, and nobody waits for words that will not come."""

from dataclasses import replace
from datetime import datetime, timedelta

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address, Passage, Purge
from buddybot.domain.people.members import Stage
from buddybot.domain.talk.rooms import Ending
from buddybot.service.channels import crisis as channel_crisis
from buddybot.service.channels import relay
from buddybot.service.kernel.moments import quiet_end
from buddybot.service.kernel.quiet import is_on_duty
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import notices
from buddybot.service.moderation.threads import posts
from buddybot.service.people import links
from buddybot.service.talk import callbacks, endings, marks
from buddybot.store.kernel.outbox import Parcel, Undelivered
from buddybot.store.kernel.sealing import PLACES

DAY = timedelta(days=1)
DROPPED = 10
"""Rows of the outbox dropped in one transaction: an author may have to be told of each."""
_GIVEN_UP = {
    Undelivered.TRIED: "note-parked",
    Undelivered.REFUSED: "note-refused",
    Undelivered.DAMAGED: "note-damaged",
    Undelivered.EXPIRED: "note-expired",
}


def delivered(turn: Turn, parcel: Parcel) -> None:
    """Finish forgetting someone who has had their last word. No author hears when their note was taken."""
    callbacks.returned(turn, parcel.recipient)
    if parcel.note is None:
        _finish(turn, parcel.recipient)


def asleep_until(turn: Turn, parcel: Parcel, address: Address) -> datetime | None:
    """Return the end of the quiet hours in which this row would wake its reader, if they hold now.

    Where a page shows it, it makes no sound: there a call wakes people, and spares them by itself.
    """
    member = None if address.platform in turn.calling else turn.tx.members.by_id(parcel.recipient)
    until = None if member is None or not parcel.spares else quiet_end(member, turn.now)
    return None if member is None or until is None or is_on_duty(turn.tx, member, turn.now) else until


def unreachable(turn: Turn, member_id: MemberId, address: Address, *, shown: bool = False) -> None:
    """Close the rooms of someone nobody can write to any more, and take them out of the pool.

    Who has another address is written to there. What is left for somebody who was `shown` the last of it, in a place
    where they just did something, is shown there as well.
    """
    if len(turn.tx.members.addresses(member_id)) > 1:
        links.drop(turn, member_id, address)
        return
    missed = 0 if shown else turn.tx.outbox.waiting(member_id)
    if not shown:
        turn.tx.outbox.forget(member_id)
    member = turn.tx.members.by_id(member_id)
    if member is None:
        return
    if shown:
        channel_crisis.seen_there(turn, member_id)
    else:
        channel_crisis.unreached(turn, member_id)
    if member.stage is Stage.FAREWELL:
        turn.tx.members.forget(member_id)
        return
    endings.abandon(turn, member.id, Ending.GONE, "gone-buddy")
    mentor = turn.tx.mentors.of(member.id)
    if mentor is not None:
        turn.tx.mentors.save(replace(mentor, resting=True))
    stage = Stage.HOME if member.stage is Stage.LOOKING else member.stage
    private = replace(member.private, missed=member.private.missed + missed)
    turn.tx.members.save(replace(member, stage=stage, looking_since=None, private=private))


def parked(turn: Turn, parcel: Parcel, why: Undelivered) -> None:
    """Tell the author of a note that it was given up, and why; a last word is not kept for another try.

    Of a row whose bytes are damaged the operator hears as well, once and without a word of it.
    """
    if why is Undelivered.DAMAGED:
        notices.damaged(turn, (PLACES["outbox"],))
    posts.undelivered(turn, parcel)
    _lost(turn, parcel, _GIVEN_UP[why])
    _finish(turn, parcel.recipient)


def left_standing(turn: Turn, place: MemberId, purge: Purge, left: int) -> None:
    """Tell the moderator who purged a channel how many of its posts stand in one of its places all the same."""
    asked, channel = (
        turn.tx.members.by_id(MemberId(purge.asked_by)),
        relay.channel_of(turn, turn.tx.places.channel_of(place) or ""),
    )
    address = turn.tx.members.whole_address(place)
    if asked is not None and channel is not None and address is not None:
        app = address.platform.title()
        turn.say(asked, "mod-purge-left", channel=channel.title, count=left, of=len(purge.messages), app=app)


def overdue(turn: Turn) -> bool:
    """Return whether anything has waited for as long as it may, or a text key is as old; it only reads."""
    outbox, kept = turn.tx.outbox, turn.book.retention.undelivered
    return outbox.overdue(turn.now, kept) or outbox.old_keys(turn.now, kept)


def expire_undelivered(turn: Turn) -> None:
    """Drop some of what has waited too long and destroy old text keys; authors are told, never silently."""
    kept = turn.book.retention.undelivered
    for parcel in turn.tx.outbox.expire(turn.now, kept, DROPPED):
        posts.undelivered(turn, parcel)
        _lost(turn, parcel, "note-expired")
        _finish(turn, parcel.recipient)
    if not turn.tx.outbox.overdue(turn.now, kept):
        # Only then: it takes effect at once, and a row whose text is gone has nothing left to be told of.
        turn.tx.outbox.drop_keys(turn.now, kept)


def _finish(turn: Turn, member: MemberId) -> None:
    """Forget the address of someone erased, once nothing is left to say to them."""
    if turn.tx.members.stage(member) is Stage.FAREWELL and not turn.tx.outbox.waiting(member):
        turn.tx.members.forget(member)


def _lost(turn: Turn, parcel: Parcel, key: str) -> None:
    if parcel.kind != "send" or parcel.note is None:
        return
    found = turn.tx.rooms.room_of_note(parcel.note)
    author = None if found is None else turn.tx.members.by_id(found[1])
    if found is None or author is None:
        return
    marks.mark(turn, author.id, parcel.note, Passage.NOT_SENT)
    if (channel := relay.channel_of_room(turn, found[0])) is not None:
        turn.say(author, "channel-not-everywhere", title=channel.title)
        return
    alias = next((seat.alias for seat in found[0].seats if seat.member == parcel.recipient), "")
    waited = min(turn.now - parcel.created, turn.book.retention.undelivered)
    days = max(1, round(waited / DAY))
    turn.say(author, key, alias=alias, days=days)
