"""Bridging of channels: a post is shown in all places of its channel, under the author's alias there.

For rules, receipts and cases a channel is a room like any other; only its seats are kept apart, since there are many.
"""

from dataclasses import replace

from buddybot.domain.channels.pacing import channel_alias, truncated
from buddybot.domain.kernel.conversations import Conversation, ConversationKind
from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.messages import (
    MOST_PURGED,
    Choice,
    Content,
    Edit,
    MessageId,
    NoteId,
    Origin,
    Purge,
    React,
    Retract,
    Send,
    Span,
    Style,
    Voice,
)
from buddybot.domain.kernel.places import Channel, ChannelKind, Restrict, Restriction, Tune
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member
from buddybot.domain.talk.rooms import Room, RoomKind, Seat
from buddybot.service.kernel.turn import Buttons, Turn
from buddybot.service.talk import marks
from buddybot.store.kernel.receipts import Part
from buddybot.store.kernel.timers import Timer

PREFIX = "channel."
PROMPT = "channel-prompt"


def channel_of(turn: Turn, key: str) -> Channel | None:
    """Return the channel with this key, if it is configured."""
    return next((one for one in turn.book.channels if one.key == key), None)


def channel_of_room(turn: Turn, room: Room) -> Channel | None:
    """Return the channel that a room id stands for."""
    return channel_of(turn, room.id.removeprefix(PREFIX)) if room.kind is RoomKind.CHANNEL else None


def room_in(turn: Turn, channel: Channel, member: Member) -> Room:
    """Return the channel as a room with this member's seat; the alias is drawn the first time."""
    room = RoomId(PREFIX + channel.key)
    found = turn.tx.rooms.by_id(room)
    if found is None:
        found = Room(room, RoomKind.CHANNEL, (), turn.now)
        turn.tx.rooms.add(found)
    return replace(found, seats=(Seat(member.id, _alias(turn, channel, member.id)),))


def _alias(turn: Turn, channel: Channel, member_id: MemberId) -> str:
    """Return their alias, unique over all their rooms: no pair and no other channel gives it again."""
    known, member = turn.tx.channels.alias(channel.key, member_id), turn.tx.members.by_id(member_id)
    if known is not None or member is None:
        return known or ""
    used = (*member.private.used_aliases, member.private.nickname)
    drawn = channel_alias(
        turn.world.rng, *turn.book.aliases, used, lambda alias: turn.tx.channels.is_free(channel.key, alias)
    )
    turn.tx.channels.seat(channel.key, member_id, drawn, turn.now)
    private = replace(member.private, used_aliases=(*member.private.used_aliases, drawn))
    turn.tx.members.save(replace(member, private=private))
    return drawn


# ── Notes in all places ─────────────────────────────────────────────────────────────────


def post_under_alias(
    turn: Turn,
    author: Member,
    channel: Channel,
    text: str,
    *,
    message: MessageId | None = None,
    at: MemberId | None = None,
    answers: NoteId | None = None,
    hidden: bool = False,
    urgent: bool = False,
) -> None:
    """Post in every place but the one it was written `at`; without one it came through the bot."""
    room, note = room_in(turn, channel, author), NoteId(turn.world.new_id())
    turn.tx.rooms.add_note(note, room.id, author.id, turn.now)
    if message:
        turn.tx.receipts.put(at or author.id, message, note, Part.AUTHOR, turn.now)
    content = _content(turn, channel, room, text, answers, hidden=hidden)
    for place in places(turn, channel, at):
        turn.post(place, Send(_answerable(turn, content, channel, place), note), crisis=urgent)
    if message and at is None:
        marks.passed_on(turn, author.id, note, message, turn.tx.members.whole_address(author.id))
    due = turn.now + turn.book.calm.prompt_after
    turn.tx.timers.set(Timer(PROMPT, channel.key, due))


def edit_copies(
    turn: Turn, author: Member, room: Room, note: NoteId, text: str, *, at: MemberId | None = None, hidden: bool = False
) -> None:
    """Edit all copies of a post; they are marked as edited."""
    if (channel := channel_of_room(turn, room)) is None:
        return
    whole = _content(turn, channel, room, text, hidden=hidden)
    for place in places(turn, channel, at):
        content = _answerable(turn, whole, channel, place)
        if turn.tx.outbox.replace(place, note, Send(content, note)):
            continue
        span = content.spans[0]
        told = turn.words(_member(turn, place) or author, "room-edited", text=span.text)
        turn.post(place, Edit(note, replace(content, spans=(replace(span, text=told),))))


def strike(turn: Turn, place: MemberId, message: MessageId) -> None:
    """Delete a member's own message in a place."""
    note = NoteId(turn.world.new_id())
    turn.tx.receipts.put(place, message, note, Part.AUTHOR, turn.now)
    # No note of this id is kept: the platform will report the deletion, and that is no news. It goes before all posts.
    turn.post(place, Retract(note), crisis=True)


def take_away(turn: Turn, room: Room, note: NoteId, *, but: MemberId | None = None, case: str = "") -> None:
    """Delete a note in every place but one, and forget it; `case` is the code of the case it is for."""
    channel = channel_of_room(turn, room)
    for place in () if channel is None else places(turn, channel, but):
        if not turn.tx.outbox.take_back(place, note):
            turn.post(place, Retract(note, case))
    turn.tx.rooms.drop_note(note)


def take_many_away(turn: Turn, channel: Channel, notes: list[NoteId], asked_by: MemberId) -> None:
    """Delete many notes in every place, and forget them; what is shown goes before all that waits to be."""
    for place in places(turn, channel):
        shown = list[MessageId]()
        for note in notes:
            if turn.tx.outbox.take_back(place, note):
                continue
            if (message := turn.tx.receipts.message(place, note)) is not None:
                shown.append(message)
            elif turn.tx.outbox.holds(place, note):
                turn.post(place, Retract(note))
        for first in range(0, len(shown), MOST_PURGED):
            turn.post(place, Purge(tuple(shown[first : first + MOST_PURGED]), asked_by), crisis=True)
    for note in notes:
        turn.tx.rooms.drop_note(note)


def mirror_reaction(turn: Turn, note: NoteId, emoji: str, at: MemberId) -> None:
    """Mirror a reaction to every copy, and to whoever wrote it through the bot."""
    for receipt in turn.tx.receipts.of_note(note):
        if receipt.member != at:
            turn.post(receipt.member, React(note, emoji))


def retract_posts(turn: Turn, member: MemberId) -> None:
    """Retract somebody's recent posts, as far as the platforms still let the bot."""
    for note, room_id in turn.tx.rooms.notes_by(member):
        room = turn.tx.rooms.by_id(room_id)
        if room is not None and room.kind is RoomKind.CHANNEL:
            take_away(turn, room, note)


def _content(
    turn: Turn, channel: Channel, room: Room, text: str, answers: NoteId | None = None, *, hidden: bool
) -> Content:
    """Return a post as it is in all places: under the alias."""
    span = Span(truncated(text, turn.book.calm), Style.HIDDEN if hidden else Style.PLAIN)
    where = Conversation(ConversationKind.CHANNEL, channel.key)
    return Content((span,), Voice.MEMBER, room.seats[0].alias, reply_to=answers, conversation=where)


def _answerable(turn: Turn, content: Content, channel: Channel, place: MemberId) -> Content:
    """Add the button to answer a post of an anonymous channel, in the language of the place."""
    if channel.kind is not ChannelKind.ANONYMOUS:
        return content
    there = _member(turn, place)
    label = turn.book.words.say(channel.locale if there is None else there.locale, "channel-answer")
    return replace(content, choices=(Choice(str(Token("channel", channel.key, "write")), label, form=True),))


# ── Places ──────────────────────────────────────────────────────────────────────────────


def place_of(turn: Turn, origin: Origin) -> MemberId | None:
    """Resolve the place of an event by the account that the adapter gave it."""
    if origin.place is None:
        return None
    return turn.tx.places.at(replace(origin.address, account=origin.place.account))


def places(turn: Turn, channel: Channel, but: MemberId | None = None) -> list[MemberId]:
    """Return the places of a channel, all or all but one."""
    return [place for place in turn.tx.places.of_channel(channel.key) if place != but]


def tuned(turn: Turn, channel: Channel) -> Tune:
    """Return a channel's settings: as moderators left them, else as configured."""
    return turn.tx.channels.tune(channel.key) or Tune(channel.slow, locked=False)


def announce(turn: Turn, place: MemberId, key: str, title: str = "", buttons: Buttons = ()) -> None:
    """Send a bot message to a place, in the language of that place."""
    if (nobody := _member(turn, place)) is not None:
        turn.say(nobody, key, title=title, buttons=buttons)


def alert(turn: Turn, key: str, title: str, minutes: int = 0) -> None:
    """Notify the moderators' places of something about a channel."""
    for channel in turn.book.channels:
        if channel.kind is ChannelKind.MODERATORS:
            for place in places(turn, channel):
                if (nobody := _member(turn, place)) is not None:
                    turn.say(nobody, key, title=title, minutes=minutes)


def restrict(turn: Turn, member: MemberId, channel: Channel, restriction: Restrict) -> None:
    """Set or lift write restrictions on each platform where they have an account."""
    addresses = turn.tx.members.addresses(member)
    for place in places(turn, channel):
        where = turn.tx.members.whole_address(place)
        for address in addresses:
            if where is not None and (where.platform, where.identity) == (address.platform, address.identity):
                turn.post(place, replace(restriction, person=address.account), crisis=True)


def let_in(turn: Turn, member: MemberId, channel: Channel) -> None:
    """Lift what held a newcomer back, in all places of the channel: they read its rules once."""
    restrict(turn, member, channel, Restrict("", Restriction.ENTER))


def _member(turn: Turn, member: MemberId) -> Member | None:
    return turn.tx.members.by_id(member)
