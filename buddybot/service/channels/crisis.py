"""Crisis posts in channels: they stay, help goes to the author, and moderators are alerted to the place."""

from buddybot.domain.channels.pacing import spared
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import MessageId, NoteId
from buddybot.domain.kernel.places import Channel
from buddybot.domain.kernel.verdicts import Screening, unread
from buddybot.domain.people.members import Member
from buddybot.service.channels import relay
from buddybot.service.kernel.turn import HELP, Turn
from buddybot.service.talk import claims, enforcement
from buddybot.store.kernel.timers import Timer

CRY, HELPED = "channel-cry", "channel-helped"


def alarm(turn: Turn, member: Member, channel: Channel, place: MemberId | None) -> None:
    """Alert moderators, and remember the place in case help can't be delivered in private."""
    if turn.tx.timers.find(CRY, member.id) is None:
        relay.alert(turn, "channel-alarm", channel.title)
    due = turn.now + turn.book.calm.notice_every
    turn.tx.timers.set(Timer(CRY, member.id, due, member.id, place or ""))


def unreached(turn: Turn, member: MemberId) -> None:
    """Fall back to one public line with a help button, when a direct message can't be delivered.

    It stays there for the next one: the bot does not say it again for some minutes.
    """
    cry = turn.tx.timers.find(CRY, member)
    if cry is None or not cry.payload or turn.tx.timers.find(HELPED, cry.payload) is not None:
        return
    turn.tx.timers.cancel(CRY, member)
    turn.tx.timers.set(Timer(HELPED, cry.payload, turn.now + turn.book.calm.notice_every))
    relay.announce(turn, MemberId(cry.payload), "channel-help", buttons=(HELP,))


def seen_there(turn: Turn, member: MemberId) -> None:
    """Tell moderators, instead of everybody, where help was seen by its reader alone and can't follow in private."""
    cry = turn.tx.timers.find(CRY, member)
    key = None if cry is None or not cry.payload else turn.tx.places.channel_of(MemberId(cry.payload))
    channel = None if key is None else relay.channel_of(turn, key)
    if channel is not None:
        turn.tx.timers.cancel(CRY, member)
        relay.alert(turn, "channel-alarm-there", channel.title)


def post(
    turn: Turn,
    member: Member,
    channel: Channel,
    text: str,
    *,
    message: MessageId,
    answers: NoteId | None,
    screening: Screening | None,
) -> None:
    """Post words that passed: with means redacted in a crisis, behind a spoiler where graphic."""
    read = screening or unread("")
    shown = spared(text, read, turn.book.calm)
    hidden, urgent = enforcement.hides(read), read.is_urgent
    relay.post_under_alias(turn, member, channel, shown, message=message, answers=answers, hidden=hidden, urgent=urgent)
    claims.correct_claim_in(turn, channel, read)
    key = "channel-posted" if shown == text else "channel-posted-without"
    turn.say(member, key, title=channel.title, alias=relay.room_in(turn, channel, member).alias_of(member.id))
