"""Admission to places: a self-service gate for newcomers, and a closed one during a raid."""

from dataclasses import replace

from buddybot.domain.channels.pacing import crowd_full_at, is_raid
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Joined, Origin
from buddybot.domain.kernel.places import Admit, Channel, ChannelKind, Restrict, Restriction, Tune
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member
from buddybot.service.channels import pacing as channel_pacing
from buddybot.service.channels import relay
from buddybot.service.kernel.turn import HELP, Turn
from buddybot.service.moderation import platform_enforcement
from buddybot.service.people import home
from buddybot.store.kernel.timers import Timer

RAID, WAITING = "channel-raid", "channel-waiting"


def came(turn: Turn, event: Joined, place: MemberId, channel: Channel) -> None:
    """Admit somebody read-only; they may write after they pressed the button."""
    raid = _counted(turn, place, channel)
    member = turn.tx.members.by_address(event.origin.address)
    if event.asking:
        _answer(turn, event.origin, member, place, channel, raid=raid)
        return
    if member is not None:
        platform_enforcement.apply_at(turn, member.id, place, event.origin.address.account)
    known = member is not None and turn.tx.channels.alias(channel.key, member.id) is not None
    if channel.kind is not ChannelKind.OPEN or known:
        return
    turn.post(place, Restrict(event.origin.address.account, Restriction.MUTE), crisis=True)
    if not raid:
        greet_newcomers(turn, place, channel)


def greet_newcomers(turn: Turn, place: MemberId, channel: Channel) -> None:
    """Greet newcomers in one batch, rate-limited: the bot must not be what fills the channel."""
    if turn.tx.channels.may_notice(place, turn.now, turn.now - turn.book.calm.notice_every):
        buttons = (("channel-enter", Token("channel", channel.key, "enter")), HELP)
        relay.announce(turn, place, "channel-door", channel.title, buttons)


def entered(turn: Turn, member: Member, channel: Channel) -> None:
    """Grant write access to somebody who pressed the button; they get the rules in private."""
    if not channel_pacing.allowed(turn, member, channel):
        return
    alias = relay.room_in(turn, channel, member).alias_of(member.id)
    relay.let_in(turn, member.id, channel)
    turn.say(member, "channel-entered", title=channel.title, alias=alias, buttons=home.FIRST)


def _answer(
    turn: Turn, origin: Origin, member: Member | None, place: MemberId, channel: Channel, *, raid: bool
) -> None:
    """Decide a join request; during a raid it waits."""
    if raid:
        member = member or home.meet(turn, origin)
        due = turn.now + turn.book.calm.raid
        turn.tx.timers.set(Timer(WAITING, f"{place}:{member.id}", due, member.id, channel.key))
        return
    welcome = member is None or channel_pacing.may_post_now(turn, member)
    turn.post(place, Admit(origin.address.account, welcome))


def admit(turn: Turn, subject: str, key: str) -> None:
    """Approve a join request that waited for the end of a raid."""
    place, _, member_id = subject.partition(":")
    member, channel = turn.tx.members.by_id(MemberId(member_id)), relay.channel_of(turn, key)
    where = turn.tx.members.whole_address(MemberId(place))
    if member is None or channel is None or where is None:
        return
    for address in turn.tx.members.addresses(member.id):
        if (address.platform, address.identity) == (where.platform, where.identity):
            turn.post(MemberId(place), Admit(address.account, channel_pacing.may_post_now(turn, member)))


# ── Raids ───────────────────────────────────────────────────────────────────────────────


def _counted(turn: Turn, place: MemberId, channel: Channel) -> bool:
    """Count a join; return whether a raid is on, or was a moment ago."""
    limits = turn.book.calm
    full_at = crowd_full_at(turn.tx.channels.full_at(place, turn.now), turn.now, limits)
    turn.tx.channels.crowd(place, full_at)
    standing = turn.tx.timers.find(RAID, place) is not None
    if not is_raid(full_at, turn.now, limits):
        return standing
    turn.tx.timers.set(Timer(RAID, place, turn.now + limits.raid, payload=channel.key))
    if not standing:
        turn.post(place, Tune(limits.raid_slow, locked=True), crisis=True)
        minutes = int(limits.raid.total_seconds()) // 60
        relay.alert(turn, "channel-raid", channel.title, minutes)
    return True


def tune(turn: Turn, place: MemberId) -> None:
    """Reapply a place's settings when its platform reports it again, unless a raid has it closed."""
    channel = relay.channel_of(turn, turn.tx.places.channel_of(place) or "")
    if channel is not None and turn.tx.timers.find(RAID, place) is None:
        turn.post(place, relay.tuned(turn, channel))


def ease(turn: Turn, place: MemberId, key: str) -> None:
    """Lift a raid lock step by step: slow mode first, as usual when it stays calm."""
    channel = relay.channel_of(turn, key)
    if channel is None or turn.tx.places.channel_of(place) is None:
        return
    crowded = turn.tx.channels.full_at(place, turn.now) > turn.now
    usual = relay.tuned(turn, channel)
    turn.post(place, replace(usual, slow=max(usual.slow, turn.book.calm.raid_slow)) if crowded else usual)
    if crowded:
        turn.tx.timers.set(Timer(RAID, place, turn.now + turn.book.calm.raid, payload=key))
        return
    relay.alert(turn, "channel-raid-over", channel.title)
    greet_newcomers(turn, place, channel)
