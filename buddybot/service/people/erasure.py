"""Erasure of a member: a last message, then nothing."""

from dataclasses import replace
from datetime import timedelta

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address
from buddybot.domain.people.members import Member, Stage
from buddybot.domain.talk.rooms import Ending
from buddybot.service.channels import relay
from buddybot.service.kernel.turn import Turn
from buddybot.service.matching import offers
from buddybot.service.moderation import sanctions
from buddybot.service.moderation.review import mentors
from buddybot.service.talk import endings
from buddybot.store.kernel.timers import Timer

FAREWELL = "farewell"
ASK_AGAIN = timedelta(seconds=1)


def farewell(turn: Turn, member: Member, key: str) -> None:
    """Send a last message to someone who is being erased: only the address is kept, until it is delivered.

    Where other processes use the keys too, it waits until each of them has forgotten this one.
    """
    address = turn.tx.members.whole_address(member.id)
    erase_member(turn, member.id)
    if address is None:
        return
    last = last_word(turn, member, address)
    if turn.tx.vault.shared:
        turn.tx.timers.set(Timer(FAREWELL, last.id, turn.now, last.id, f"{key}:"))
    else:
        turn.say(last, key)


def say_farewell(turn: Turn, timer: Timer) -> None:
    """Say that somebody is erased, once every living process has acknowledged that; else ask again in a moment."""
    key, _, number = timer.payload.partition(":")
    late = turn.tx.vault.awaited(int(number) if number else None)
    if late is not None:
        turn.tx.timers.set(replace(timer, due=turn.now + ASK_AGAIN, payload=f"{key}:{late}"))
    elif (last := turn.tx.members.by_id(MemberId(timer.subject))) is not None:
        turn.say(last, key)


def last_word(turn: Turn, member: Member, address: Address) -> Member:
    """Return a stand-in recipient under a fresh key, which nothing links to who it was."""
    last = Member(MemberId(turn.world.new_id()), Stage.FAREWELL, member.locale, turn.now, turn.now)
    turn.tx.members.add(last, address, known=False)
    return last


def erase_member(turn: Turn, member: MemberId) -> None:
    """Erase a member whole, also one whose key is gone already; their buddy hears what anybody hears who is left."""
    # First: what nobody has seen yet is not shown any more, whoever it was meant for.
    turn.tx.outbox.woken |= turn.tx.rooms.unsend(member)
    endings.abandon(turn, member, Ending.FORGOTTEN, "goodbye-other-ended")
    relay.retract_posts(turn, member)
    for offer in turn.tx.offers.all_open(member):
        offers.withdraw(turn, offer, member)
    mentors.withdraw_offer(turn, member)
    sanctions.keep_after_erasure(turn, member)
    turn.tx.cases.forget(member)
    turn.tx.staff.forget(member)
    turn.tx.stories.forget(member)
    turn.tx.offers.forget(member)
    turn.tx.outbox.forget(member)
    turn.tx.lines.forget(member)
    turn.tx.receipts.forget(member)
    turn.tx.timers.forget(member)
    turn.tx.members.forget(member)
