"""View models of channels at the desk: how each is set, and the post that a case is about."""

from buddybot.domain.kernel.messages import NoteId
from buddybot.domain.kernel.places import ChannelKind, Tune
from buddybot.domain.moderation.cases import Case
from buddybot.domain.moderation.desk import ChannelNow, ReportedPost
from buddybot.domain.talk.rooms import RoomKind
from buddybot.service.kernel.turn import Turn

POST = "note:"


def channels_now(turn: Turn) -> tuple[ChannelNow, ...]:
    """Return the state of each channel that moderators may set."""
    known = [one for one in turn.book.channels if one.kind is not ChannelKind.MODERATORS]
    tunes = [(one, turn.tx.channels.tune(one.key) or Tune(one.slow, locked=False)) for one in known]
    return tuple(
        ChannelNow(one.key, one.title, tune.slow, tune.locked, len(turn.tx.places.of_channel(one.key)))
        for one, tune in tunes
    )


def reported_post(turn: Turn, case: Case) -> ReportedPost | None:
    """Return the post that somebody reported, while it stands and its week is not over."""
    note = NoteId(case.rule.removeprefix(POST))
    found = turn.tx.rooms.room_of_note(note) if case.rule.startswith(POST) else None
    if found is None or found[0].kind is not RoomKind.CHANNEL:
        return None
    room, author = found
    channel = next((one for one in turn.book.channels if room.id.partition(".")[2] == one.key), None)
    said = turn.tx.rooms.said_at(note)
    if channel is None or said is None:
        return None
    return ReportedPost(channel.title, turn.tx.channels.alias(channel.key, author) or "", said)
