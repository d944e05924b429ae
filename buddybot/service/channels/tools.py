"""Moderation tools of channels: slow mode, lock, announcement, purge."""

from dataclasses import replace

from buddybot.domain.kernel.ids import RoomId
from buddybot.domain.kernel.messages import Content, NoteId, Send, Span, Voice
from buddybot.domain.kernel.places import Channel, ChannelKind, Tune
from buddybot.domain.moderation.cases import Case
from buddybot.domain.moderation.desk import LineKind
from buddybot.domain.people.members import Member
from buddybot.service.channels import relay
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import casework, conflicts
from buddybot.service.moderation.desk.channel_views import POST

SLOWEST = 6 * 3600
MOST = 300


def _channel(turn: Turn, me: Member, key: str) -> Channel | None:
    found = next((one for one in turn.book.channels if one.key == key.strip()), None)
    if found is None or found.kind is ChannelKind.MODERATORS:
        known = ", ".join(one.key for one in turn.book.channels if one.kind is not ChannelKind.MODERATORS)
        turn.say(me, "mod-no-channel", list=known or "-")
        return None
    return found


def slow(turn: Turn, me: Member, key: str, seconds: str) -> None:
    """Set slow mode: seconds between two messages of one person; 0 is none."""
    if (channel := _channel(turn, me, key)) is not None:
        _tune(turn, me, channel, replace(relay.tuned(turn, channel), slow=int(seconds)), "slowmode")


def lock(turn: Turn, me: Member, key: str, state: str) -> None:
    """Lock a channel, or unlock it."""
    if (channel := _channel(turn, me, key)) is not None:
        _tune(turn, me, channel, replace(relay.tuned(turn, channel), locked=state == "on"), f"lock {state == 'on'}")


def _tune(turn: Turn, me: Member, channel: Channel, tune: Tune, what: str) -> None:
    turn.tx.channels.set_tune(channel.key, tune)
    for place in turn.tx.places.of_channel(channel.key):
        turn.post(place, tune)
    turn.tx.audit.add(turn.now, me.id, what, channel.key, str(tune.slow))
    turn.say(me, "mod-channel-done", channel=channel.title)


def announce_as_team(turn: Turn, me: Member, key: str, text: str) -> None:
    """Post an announcement in the moderators' shared voice."""
    if (channel := _channel(turn, me, key)) is None:
        return
    for place in turn.tx.places.of_channel(channel.key):
        turn.post(place, Send(Content((Span(text),), Voice.MODERATOR)))
    turn.tx.audit.add(turn.now, me.id, "announce", channel.key)
    turn.say(me, "mod-channel-done", channel=channel.title)


def take_down(turn: Turn, me: Member, case: Case) -> None:
    """Delete the post that a case is about, everywhere."""
    note = NoteId(case.rule.removeprefix(POST))
    found = turn.tx.rooms.room_of_note(note) if case.rule.startswith(POST) else None
    if found is None or relay.channel_of_room(turn, found[0]) is None:
        turn.say(me, "mod-no-post", case=conflicts.code(case))
        return
    relay.take_away(turn, found[0], note, case=conflicts.code(case))
    casework.line(turn, case, LineKind.TAKEN_DOWN, me)
    turn.tx.audit.add(turn.now, me.id, "takedown", case.id)
    turn.say(me, "mod-taken-down", case=conflicts.code(case))


def purge(turn: Turn, me: Member, key: str, count: str) -> None:
    """Delete the newest posts of a channel everywhere, also those that are on their way to some of its places."""
    if (channel := _channel(turn, me, key)) is None:
        return
    notes = turn.tx.rooms.newest_notes(RoomId(relay.PREFIX + channel.key), int(count))
    relay.take_many_away(turn, channel, notes, me.id)
    turn.tx.audit.add(turn.now, me.id, "purge", channel.key, str(len(notes)))
    turn.say(me, "mod-purged", channel=channel.title, count=len(notes))
