"""Rate limits of channels: write access, a cool-off for two who are at odds, a prompt when it is quiet."""

from buddybot.domain.channels.pacing import CLOSED
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.places import Channel, Restrict, Restriction
from buddybot.domain.people.members import Member, Stage
from buddybot.service.channels import relay
from buddybot.service.intake.profiles import candidate_of
from buddybot.service.kernel import standing
from buddybot.service.kernel.turn import HELP, Turn
from buddybot.store.kernel.timers import Timer

COOL, HEAT = "channel-cool", "channel-heat"
UNKIND = frozenset({"harassment"})


def may_post_now(turn: Turn, member: Member) -> bool:
    """Return whether a member may post in channels at all. A cry for help never asks this."""
    return turn.tx.members.stage(member.id) is not Stage.FAREWELL and standing.may_post(turn, member)


def allowed(turn: Turn, member: Member, channel: Channel) -> bool:
    """Return whether a member may post now; a refusal is explained to them."""
    if (why := refusal(turn, member, channel)) is None:
        return True
    turn.say(member, why, title=channel.title, buttons=(HELP,))
    return False


def refusal(turn: Turn, member: Member, channel: Channel) -> str | None:
    """Return the locale key of why a member may not post now, or None."""
    if not may_post_now(turn, member):
        return f"channel-{CLOSED}"
    if relay.tuned(turn, channel).locked:
        return "channel-locked"
    if turn.tx.timers.find(COOL, f"{channel.key}:{member.id}") is not None:
        return "channel-resting"
    lane = candidate_of(turn, member).lane if channel.lanes else ""
    return "channel-other-lane" if lane and lane not in channel.lanes else None


def unkind(turn: Turn, member: Member, channel: Channel, rule: str) -> None:
    """Count a removed unkind post; two people in a row cool off for some minutes, both."""
    if rule not in UNKIND:
        return
    before = turn.tx.timers.find(HEAT, channel.key)
    if before is None or before.payload == member.id or before.due <= turn.now:
        due = turn.now + turn.book.calm.heat
        turn.tx.timers.set(Timer(HEAT, channel.key, due, member.id, member.id))
        return
    turn.tx.timers.cancel(HEAT, channel.key)
    for one in (before.payload, member.id):
        if (both := turn.tx.members.by_id(MemberId(one))) is not None:
            cool_off(turn, both, channel)


def cool_off(turn: Turn, member: Member, channel: Channel) -> None:
    """Make somebody read-only for some minutes; they hear that it is a rest, not a sanction."""
    until = turn.now + turn.book.calm.cool_off
    turn.tx.timers.set(Timer(COOL, f"{channel.key}:{member.id}", until, member.id))
    relay.restrict(turn, member.id, channel, Restrict("", Restriction.MUTE, until))
    minutes = int(turn.book.calm.cool_off.total_seconds()) // 60
    turn.say(member, "channel-cool-off", title=channel.title, minutes=minutes)


def prompt(turn: Turn, key: str) -> None:
    """Post a conversation prompt after a long silence; the next one waits until people wrote again."""
    channel = relay.channel_of(turn, key)
    number = turn.world.rng.randrange(turn.book.calm.prompts) + 1
    for place in () if channel is None else relay.places(turn, channel):
        relay.announce(turn, place, f"channel-prompt-{number}")
