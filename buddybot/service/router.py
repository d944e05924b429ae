"""Where each event goes: the one entrance to all use cases, called once an event in one transaction.

Help in a crisis comes first, whatever else the person is in the middle of; then commands; then whatever the bot asked
last; then the talk with their buddy.
"""

from dataclasses import replace
from typing import TypeAlias, assert_never

from buddybot.domain.crisis.regions import region_of
from buddybot.domain.kernel.commands import BY_WORD, STAFF_GROUPS, merged
from buddybot.domain.kernel.messages import (
    Closed,
    Deleted,
    Edited,
    Inbound,
    Invoked,
    Joined,
    Left,
    Opened,
    Pressed,
    Reacted,
    Said,
    Subscribed,
)
from buddybot.domain.kernel.note_text import command_in, tidy
from buddybot.domain.kernel.utterances import spoken_words
from buddybot.domain.kernel.verdicts import Screening
from buddybot.domain.people.members import Member, Talk
from buddybot.service import bot_words, commands, delivery, hearing, relaying
from buddybot.service.channels import crisis as channel_crisis
from buddybot.service.channels import entry, post_reports, relay
from buddybot.service.crisis import conversation
from buddybot.service.crisis.conversation import SILENCE, Uttered, Whose
from buddybot.service.kernel import quiet, staff, standing
from buddybot.service.kernel.turn import HELP, Turn
from buddybot.service.people import accounts, home, links, privacy
from buddybot.service.talk import callbacks, edits, enforcement, rooms, routing
from buddybot.store.talk.pending import PendingNote

Doing: TypeAlias = Said | Pressed | Invoked | Edited | Deleted | Reacted | Joined | Left | Subscribed
"""What a person did, all of `Inbound` but what places do."""
WAKING = Said | Pressed | Invoked | Joined
"""Who does one of these is up, whatever their quiet hours say."""


def handle(turn: Turn, event: Inbound, screening: Screening | None = None) -> None:
    """Do all that follows from one event; a repeated one changes nothing. `screening` reads the words it carries.

    Whatever the event was, the crisis conversation is asked once, after the use case: help can't be forgotten by one.
    """
    origin = event.origin
    if not turn.tx.inbox.first(origin.address.platform, origin.event, turn.now):
        return
    staff.vouched(turn, origin)
    actor = turn.tx.members.by_address(origin.address)
    turn = replace(turn, screening=screening, awake=turn.awake if actor is None else frozenset({actor.id}))
    if isinstance(event, Opened | Closed):
        entry.register_place(turn, event)
        return
    if origin.place is not None and not isinstance(event, Pressed | Invoked | Subscribed):
        uttered = _in_place(turn, event, screening)
        member = turn.tx.members.by_address(origin.address)
        hinted = turn if member is None else _hinted(turn, event, member)
    else:
        known = actor is not None
        member = _met(turn, event)
        if not known and member is not None:
            accounts.tell_of_room(turn, member, event)
        hinted = turn if member is None else _hinted(turn, event, member)
        uttered = SILENCE if member is None else _do(hinted, member, event, screening, known=known)
    if member is not None:
        _follow(hinted, member, uttered, screening)
        if isinstance(event, WAKING) and (now_is := turn.tx.members.by_id(member.id)) is not None:
            quiet.give_held(turn.tx, now_is, turn.now)


def _hinted(turn: Turn, event: Inbound, member: Member) -> Turn:
    """Return the turn with what their app tells: its region, its time zone, the conversation they act in, if any."""
    origin, at = event.origin, event.origin.conversation
    if at is None and origin.thread:
        at = turn.tx.threads.conversation_in(origin.address, origin.thread)
    awake, regions, zones = frozenset({member.id}), {member.id: region_of(origin.locale)}, {member.id: origin.zone}
    within = {**turn.within, member.id: at} if at else turn.within
    return replace(turn, regions=regions, zones=zones, at=at, awake=awake, within=within)


def _met(turn: Turn, event: Doing) -> Member | None:
    """Return who did it, new or known; None for somebody unknown who leaves."""
    origin = event.origin
    member = turn.tx.members.by_address(origin.address)
    if member is None:
        if isinstance(event, Left):
            return None
        privacy.finish_at(turn, origin.address)
        return home.meet(turn, origin)
    if not isinstance(event, Left):
        turn.tx.members.seen(member, turn.now)
        turn.tx.members.mend(member.id, origin.address)
        links.used(turn, member, origin)
        if origin.address.chat:
            turn.tx.members.keep_chat(member.id, origin.address)
        member = home.tell_missed(turn, home.tell_loss(turn, member))
    return member


def _follow(turn: Turn, member: Member, uttered: Uttered, screening: Screening | None) -> None:
    """Let the crisis conversation hear what was uttered; in a channel moderators are told where to look."""
    danger = conversation.follow(turn, member, uttered, screening)
    if uttered.channel is not None and danger and screening is not None and screening.is_urgent:
        channel_crisis.alarm(turn, member, uttered.channel, uttered.place)
    for resumed in turn.resumed:
        if (back := turn.tx.members.by_id(resumed)) is not None:
            home.arrive(turn, back)


def _in_place(
    turn: Turn, event: Said | Edited | Deleted | Reacted | Joined | Left, screening: Screening | None
) -> Uttered:
    """Hand an event of a place on. A command typed there is taken away and answered in private: it is nobody's news."""
    typed = command_in(tidy(event.text)) if isinstance(event, Said) else None
    if not isinstance(event, Said) or typed is None or typed[0] not in {*BY_WORD, *STAFF_GROUPS}:
        return entry.happened(turn, event, screening)
    entry.hush(turn, event)
    member = turn.tx.members.by_address(event.origin.address) or home.meet(turn, event.origin)
    if (command := BY_WORD.get(typed[0])) is not None and command.name == "report" and event.reply_to:
        return _invoked(turn, member, Invoked(event.origin, "report", (("message", event.reply_to),)), screening)
    return commands.run_typed(turn, member, *typed, reply_to=None, screening=screening)


def _do(turn: Turn, member: Member, event: Doing, screening: Screening | None, *, known: bool) -> Uttered:
    match event:
        case Said():
            return hearing.hear_words(turn, member, event, screening, known=known)
        case Pressed():
            return hearing.take_press(turn, member, event, screening)
        case Invoked():
            return _invoked(turn, member, event, screening)
        case Edited():
            return _edited(turn, member, event, screening)
        case Deleted():
            if not bot_words.withdraw_held(turn, member, event.message):
                edits.unsend(turn, member, event.message)
        case Reacted():
            if not standing.is_suspended(turn, member):
                edits.react(turn, member, event.message, event.emoji)
        case Joined() | Subscribed() | Left():
            _reached(turn, member, event)
        case _:
            assert_never(event)
    return SILENCE


def _reached(turn: Turn, member: Member, event: Joined | Subscribed | Left) -> None:
    """Note how they can be reached from now on."""
    match event:
        case Joined():
            links.opened(turn, event, member)
        case Subscribed():
            callbacks.subscribed(turn, member, event)
        case Left():
            delivery.unreachable(turn, member.id, event.origin.address)


def _invoked(turn: Turn, member: Member, event: Invoked, screening: Screening | None) -> Uttered:
    if post_reports.invoked(turn, member, event):
        return Uttered(spoken_words(event), Whose.QUOTED)
    bot_words.settle_held(turn, member, event.command)
    return commands.run(turn, member, event.command, merged(event.arguments), screening)


def broken(turn: Turn, event: Inbound) -> None:
    """Tell someone whose event hit a bug that nothing was sent, and where help is; once, however often it comes."""
    if not turn.tx.inbox.first(event.origin.address.platform, event.origin.event, turn.now):
        return
    member = turn.tx.members.by_address(event.origin.address)
    if member is not None and not isinstance(event, Left):
        turn.say(member, "broken", buttons=(HELP,))


def _edited(turn: Turn, member: Member, event: Edited, screening: Screening | None) -> Uttered:
    """Carry an edit over; it is read like a message, so that nothing slips in afterwards."""
    text = tidy(event.text)
    if not text:
        turn.say(member, "empty-note")
        return SILENCE
    if len(text) > turn.book.practice.max_text:
        turn.say(member, "too-long", limit=turn.book.practice.max_text)
    elif (held := turn.tx.pending.of_message(member.id, event.message)) is not None:
        return _reworded(turn, member, event, text, held=held, screening=screening)
    elif enforcement.holds_edit(turn, member, screening):
        turn.say(member, "edit-held")
    elif standing.is_suspended(turn, member):
        return relaying.stopped(turn, member, text, screening)
    elif (uttered := entry.rewritten(turn, member, event.message, text, screening)) is not None:
        return uttered
    else:
        hidden, urgent = enforcement.hides(screening), screening is not None and screening.is_urgent
        delivered = edits.edit(turn, member, event.message, text, hidden=hidden, urgent=urgent)
        return Uttered(text, room=rooms.room_of(turn, member) if delivered else None, answered=not urgent)
    return Uttered(text, answered=True)


def _reworded(
    turn: Turn, member: Member, event: Edited, text: str, *, held: PendingNote, screening: Screening | None
) -> Uttered:
    """Take a changed note that waits for its author's decision as a new one: the words from before are dropped."""
    turn.tx.pending.take(held.id, member.id)
    room = turn.tx.rooms.by_id(held.room)
    if room is None or room.ending is not None:
        turn.say(member, "nudge-gone")
        return Uttered(text)
    if routing.reword_waiting(turn, member, held, text, screening) or bot_words.reword_held(
        turn, member, held, text, screening
    ):
        return Uttered(text, answered=True)
    if (channel := relay.channel_of_room(turn, room)) is not None:
        return entry.write(turn, member, channel, text, message=event.message, screening=screening)
    last = member.private.talk is Talk.GOODBYE
    uttered = (
        hearing.hear_last_words(turn, member, event.message, text, screening)
        if last
        else relaying.into_room(turn, member, room, relaying.Note(text, event.message), screening)
    )
    if uttered.room is not None:
        turn.say(member, "nudge-sent")
    return uttered
