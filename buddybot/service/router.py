"""Where each event goes: the one entrance to all use cases, called once an event in one transaction.

Help in a crisis comes first, whatever else the person is in the middle of; then commands; then whatever the bot asked
last; then the talk with their buddy.
"""

from typing import TypeAlias, assert_never

from buddybot.domain.kernel.commands import BY_WORD, STAFF_GROUPS, Scope
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
)
from buddybot.domain.kernel.note_text import command_in, tidy
from buddybot.domain.kernel.verdicts import Screening
from buddybot.domain.people.members import Member, Stage, Talk
from buddybot.domain.talk.rooms import Room
from buddybot.service import buttons, commands, delivery
from buddybot.service.channels import entry, post_reports
from buddybot.service.crisis import conversation
from buddybot.service.intake import questionnaire
from buddybot.service.kernel import staff, standing
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import appeals, reports
from buddybot.service.people import home, links
from buddybot.service.talk import claims, edits, enforcement, rooms

Doing: TypeAlias = Said | Pressed | Invoked | Edited | Deleted | Reacted | Joined | Left
"""What a person did, all of `Inbound` but what places do."""


def handle(turn: Turn, event: Inbound, screening: Screening | None = None) -> None:
    """Do all that follows from one event; a repeated one changes nothing. `screening` reads the words of a Said."""
    origin = event.origin
    if not turn.tx.inbox.first(origin.address.platform, origin.event, turn.now):
        return
    staff.vouched(turn, origin)
    if isinstance(event, Opened | Closed):
        entry.place(turn, event)
        return
    if origin.place is not None and not isinstance(event, Pressed | Invoked):
        _in_place(turn, event, screening)
        return
    member = turn.tx.members.by_address(origin.address)
    known = member is not None
    if member is None:
        if isinstance(event, Left):
            return
        member = home.meet(turn, origin)
    elif not isinstance(event, Left):
        turn.tx.members.seen(member, turn.now)
        links.used(turn, member, origin)
    _do(turn, member, event, screening, known=known)


def _in_place(
    turn: Turn, event: Said | Edited | Deleted | Reacted | Joined | Left, screening: Screening | None
) -> None:
    """Hand an event of a place on. A command typed there is taken away and answered in private: it is nobody's news."""
    typed = command_in(tidy(event.text)) if isinstance(event, Said) else None
    if not isinstance(event, Said) or typed is None or typed[0] not in {*BY_WORD, *STAFF_GROUPS}:
        entry.happened(turn, event, screening)
        return
    entry.hush(turn, event)
    member = turn.tx.members.by_address(event.origin.address) or home.meet(turn, event.origin)
    if (command := BY_WORD.get(typed[0])) is not None and command.name == "report" and event.reply_to:
        _invoked(turn, member, Invoked(event.origin, "report", (("message", event.reply_to),)))
    else:
        commands.typed(turn, member, *typed, None)
    _help_beside(turn, member, screening)


def _do(turn: Turn, member: Member, event: Doing, screening: Screening | None, *, known: bool) -> None:
    match event:
        case Said():
            _said(turn, member, event, screening, known=known)
        case Pressed():
            _pressed(turn, member, event, screening)
        case Invoked():
            _invoked(turn, member, event)
        case Edited():
            _edited(turn, member, event, screening)
        case Deleted():
            edits.unsend(turn, member, event.message)
        case Reacted():
            if not standing.is_suspended(turn, member):
                edits.react(turn, member, event.message, event.emoji)
        case Joined():
            links.opened(turn, event, member)
        case Left():
            delivery.unreachable(turn, member.id, event.origin.address)
        case _:
            assert_never(event)


def _pressed(turn: Turn, member: Member, event: Pressed, screening: Screening | None) -> None:
    if not entry.pressed(turn, member, event, screening):
        buttons.press(turn, member, event)


def _invoked(turn: Turn, member: Member, event: Invoked) -> None:
    if not post_reports.invoked(turn, member, event):
        commands.run(turn, member, event.command, dict(event.arguments))


def broken(turn: Turn, event: Inbound) -> None:
    """Tell someone whose event hit a bug that nothing was sent, and where help is; once, however often it comes."""
    if not turn.tx.inbox.first(event.origin.address.platform, event.origin.event, turn.now):
        return
    member = turn.tx.members.by_address(event.origin.address)
    if member is not None and not isinstance(event, Left):
        turn.say(member, "broken", buttons=(("greeting-help", "home.crisis"),))


def _said(turn: Turn, member: Member, event: Said, screening: Screening | None, *, known: bool) -> None:
    text = tidy(event.text)
    if event.attachments or not text:
        turn.say(member, "text-only" if event.attachments else "empty-note")
    if len(text) > turn.book.practice.max_text:
        # Even a note that is too long to pass on may be a cry for help: the bot itself still answers it.
        conversation.listen(turn, member, text, screening, delivered=False)
        turn.say(member, "too-long", limit=turn.book.practice.max_text)
    elif text:
        _worded(turn, member, event, text, screening, known=known)


def _worded(turn: Turn, member: Member, event: Said, text: str, screening: Screening | None, *, known: bool) -> None:
    if (typed := command_in(text)) is not None:
        commands.typed(turn, member, *typed, event.reply_to)
        if typed[0] not in {"write", "link"}:  # the one answers itself, the other holds no words
            _help_beside(turn, member, screening)
        return
    if turn.book.pace.called(text):
        conversation.card(turn, member)
    room = rooms.room_for(turn, member, event.reply_to)
    if member.private.talk is not Talk.NONE:
        _continue(turn, member, event, text, screening)
    elif member.stage in {Stage.GATES, Stage.INTAKE}:
        if not conversation.listen(turn, member, text, screening, delivered=False):
            commands.aside(turn, member, questionnaire.typed(turn, member, event.origin, text))
    elif room is not None:
        _in_room(turn, member, room, event, text=text, screening=screening)
    elif not conversation.listen(turn, member, text, screening, delivered=False) and not turn.book.pace.called(text):
        _small_talk(turn, member, text, known=known)


def _in_room(turn: Turn, member: Member, room: Room, event: Said, *, text: str, screening: Screening | None) -> None:
    if standing.blocks_relay(turn, member, room):
        _stopped(turn, member, text, screening)
    elif enforcement.passes(turn, member, room, text, message=event.message, screening=screening):
        _pass_on(turn, member, room, event, text=text, screening=screening)


def _stopped(turn: Turn, member: Member, text: str, screening: Screening | None) -> None:
    """Say at once that a note of someone who is held back was not passed on; a cry for help reaches bot and people."""
    heard = conversation.listen(turn, member, text, screening, delivered=False)
    turn.say(member, "stopped-heard" if heard else "stopped", buttons=(("greeting-help", "home.crisis"),))


def _edited(turn: Turn, member: Member, event: Edited, screening: Screening | None) -> None:
    """Carry an edit over; it is read like a message, so that nothing slips in afterwards."""
    text = tidy(event.text)
    if not text:
        turn.say(member, "empty-note")
    elif len(text) > turn.book.practice.max_text:
        conversation.listen(turn, member, text, screening, delivered=False)
        turn.say(member, "too-long", limit=turn.book.practice.max_text)
    elif enforcement.holds_edit(turn, member, screening):
        turn.say(member, "edit-held")
    elif standing.is_suspended(turn, member):
        _stopped(turn, member, text, screening)
    elif not entry.rewritten(turn, member, event.message, text, screening):
        hidden, urgent = enforcement.hides(screening), screening is not None and screening.is_urgent
        delivered = edits.edit(turn, member, event.message, text, hidden=hidden, urgent=urgent)
        conversation.listen(turn, member, text, screening, delivered=delivered)


def _pass_on(turn: Turn, member: Member, room: Room, event: Said, *, text: str, screening: Screening | None) -> None:
    """Relay first, so that guidance for the buddy comes after the words it is about."""
    hidden, urgent = enforcement.hides(screening), screening is not None and screening.is_urgent
    rooms.relay(turn, member, room, text, event.message, reply_to=event.reply_to, hidden=hidden, urgent=urgent)
    conversation.listen(turn, member, text, screening, delivered=True)
    claims.answer(turn, member, room, screening)


def _continue(turn: Turn, member: Member, event: Said, text: str, screening: Screening | None) -> None:
    """Take words for what the bot asked beside the intake."""
    match member.private.talk:
        case Talk.EDITING:
            if not conversation.listen(turn, member, text, screening, delivered=False):
                commands.aside(turn, member, questionnaire.typed(turn, member, event.origin, text))
        case Talk.GOODBYE:
            _last_words(turn, member, event, text, screening)
        case Talk.REPORT:
            reports.shared(turn, member, text)
            _help_beside(turn, member, screening)
        case Talk.APPEAL:
            appeals.told(turn, member, text)
            conversation.listen(turn, member, text, screening, delivered=False)
        case Talk.QUIET:
            if not conversation.listen(turn, member, text, screening, delivered=False):
                commands.set_quiet(turn, member, text)
        case Talk.CHANNEL:
            entry.told(turn, member, event, text, screening)
        case Talk.NONE:
            return
        case _:
            assert_never(member.private.talk)


def _last_words(turn: Turn, member: Member, event: Said, text: str, screening: Screening | None) -> None:
    room = rooms.room_of(turn, member)
    if room is not None and standing.blocks_relay(turn, member, room):
        _stopped(turn, member, text, screening)
    elif room is not None and enforcement.passes(turn, member, room, text, message=event.message, screening=screening):
        _pass_on(turn, member, room, event, text=text, screening=screening)
        rooms.part(turn, member, room)


def _help_beside(turn: Turn, member: Member, screening: Screening | None) -> None:
    """Show the help lines for words that may be somebody else's (a report, a command), so no conversation begins."""
    if screening is not None and screening.is_urgent:
        conversation.card(turn, member)


def _small_talk(turn: Turn, member: Member, text: str, *, known: bool) -> None:
    command = BY_WORD.get(text.casefold().strip(".!? "))
    if command is not None and known and command.scope is not Scope.MODERATOR:
        commands.run(turn, member, command.name, {})
    else:
        home.chat(turn, member, text)
