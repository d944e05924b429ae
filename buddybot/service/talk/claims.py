"""Corrections of medical misinformation: a short card beside a claim, for both alike, so that nobody is told off."""

from datetime import timedelta

from buddybot.domain.kernel.places import Channel
from buddybot.domain.kernel.verdicts import Screening
from buddybot.domain.people.members import Member
from buddybot.domain.talk.rooms import Room
from buddybot.service.channels import relay
from buddybot.service.kernel.turn import Turn
from buddybot.store.kernel.timers import Timer

TIMER = "claim"
ONCE_IN = timedelta(days=1)


def correct_claim(turn: Turn, author: Member, room: Room, screening: Screening | None) -> None:
    """Show the card for a claim in a relayed note: once a day for a room and a family of claims."""
    known = None if screening is None or screening.claim is None else turn.book.claims.get(screening.claim)
    if screening is None or known is None or screening.shows_danger:
        return
    subject = f"{room.id}:{screening.claim}"
    others = [turn.tx.members.by_id(seat.member) for seat in room.others(author.id)]
    reached = [other for other in others if other is not None and not other.paused(turn.now)]
    if not reached or turn.tx.timers.find(TIMER, subject) is not None:
        return
    # The timer does nothing when it rings: that it stands is the mark.
    turn.tx.timers.set(Timer(TIMER, subject, turn.now + ONCE_IN))
    for member in (author, *reached):
        turn.say(member, "claim-card", known=known.told(member.locale), source=known.source, checked=known.checked)


def correct_claim_in(turn: Turn, channel: Channel, screening: Screening) -> None:
    """Show the card for a claim in every place of a channel: once a day for each family."""
    known = None if screening.claim is None else turn.book.claims.get(screening.claim)
    subject = f"{channel.key}:{screening.claim}"
    if known is None or screening.shows_danger or turn.tx.timers.find(TIMER, subject) is not None:
        return
    turn.tx.timers.set(Timer(TIMER, subject, turn.now + ONCE_IN))
    for place in relay.places(turn, channel):
        if (nobody := turn.tx.members.by_id(place)) is not None:
            turn.say(nobody, "claim-card", known=known.told(nobody.locale), source=known.source, checked=known.checked)
