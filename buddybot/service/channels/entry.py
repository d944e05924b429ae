"""Entry points of channels: one room for the core, a place on each platform that has it."""

from dataclasses import replace

from buddybot.domain.channels.pacing import spared
from buddybot.domain.dialog.questions import Unfit
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import (
    Choice,
    Closed,
    Content,
    Deleted,
    Edited,
    Joined,
    Left,
    MessageId,
    NoteId,
    Opened,
    Origin,
    Pressed,
    Purpose,
    Reacted,
    Said,
    Span,
    Style,
)
from buddybot.domain.kernel.messages.forms import Form
from buddybot.domain.kernel.note_text import tidy
from buddybot.domain.kernel.places import Channel, ChannelKind, Tune
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.kernel.verdicts import Screening, unread
from buddybot.domain.people.members import Member, Stage, Talk
from buddybot.service.channels import admission, open_channels, relay
from buddybot.service.channels import crisis as channel_crisis
from buddybot.service.channels import pacing as channel_pacing
from buddybot.service.crisis.conversation import SILENCE, Uttered
from buddybot.service.kernel.book import Book
from buddybot.service.kernel.forms import FormPress
from buddybot.service.kernel.turn import HELP, Asking, Turn
from buddybot.service.moderation.threads import posts
from buddybot.service.people import home
from buddybot.service.talk import enforcement
from buddybot.store.kernel.timers import Timer

NONE = MessageId("")
ASKED = "channel-asked"


def register_place(turn: Turn, event: Opened | Closed) -> None:
    """Register, move or drop the place of a channel on a platform."""
    origin = event.origin
    if origin.place is None:
        return
    known = turn.tx.places.at(origin.address)
    if known is not None and (isinstance(event, Closed) or turn.tx.places.channel_of(known) != origin.place.key):
        turn.tx.places.close(known)
        known = None
    if isinstance(event, Closed):
        return
    if known is not None:
        _speaks(turn, known, origin.locale)
        admission.tune(turn, known)
    elif (before := _before(turn, event)) is not None:
        turn.tx.places.move(before, origin.address)
        # What was posted before has other numbers now, or none: an old number would mean somebody else's message.
        turn.tx.receipts.forget(before)
    else:
        _open(turn, origin, origin.place.key)


def _open(turn: Turn, origin: Origin, key: str) -> None:
    channel, new = relay.channel_of(turn, key), MemberId(turn.world.new_id())
    locale = turn.book.words.nearest(origin.locale)
    turn.tx.places.add(new, key, origin.address, locale, turn.now)
    if channel is not None and (tune := relay.tuned(turn, channel)) != Tune(0, locked=False):
        turn.post(new, tune)
    posts.declare_open(turn)


def _speaks(turn: Turn, place: MemberId, locale: str) -> None:
    """Let the bot speak another language there from now on, where the settings changed."""
    there, locale = turn.tx.members.by_id(place), turn.book.words.nearest(locale)
    if there is not None and there.locale != locale:
        turn.tx.members.save(replace(there, locale=locale))


def _before(turn: Turn, event: Opened) -> MemberId | None:
    return turn.tx.places.at(replace(event.origin.address, account=event.moved_from)) if event.moved_from else None


def pinned(book: Book, key: str, locale: str = "") -> Content:
    """Return a channel's pinned message: purpose, rules, and buttons that always work."""
    channel = next(one for one in book.channels if one.key == key)
    say, locale = book.words.say, locale or channel.locale
    spans = [Span(channel.title, Style.STRONG), *([Span(f"\n{channel.topic}")] if channel.topic else [])]
    spans.append(Span(f"\n\n{say(locale, f'channel-about-{channel.kind}')}"))
    if channel.kind is ChannelKind.MODERATORS:
        return Content(tuple(spans))
    spans.append(Span(f"\n\n{say(locale, 'channel-rules')}"))
    first = (
        Choice(str(Token("channel", key, "write")), say(locale, "channel-write"), form=True, lasting=True)
        if channel.kind is ChannelKind.ANONYMOUS
        else Choice(str(Token("channel", key, "enter")), say(locale, "channel-enter"), lasting=True)
    )
    help_now = Choice(str(HELP[1]), say(locale, HELP[0]), lasting=True, purpose=Purpose.HELP)
    return Content(tuple(spans), choices=(first, help_now))


# ── What happens in a place ─────────────────────────────────────────────────────────────


def happened(
    turn: Turn, event: Said | Edited | Deleted | Reacted | Joined | Left, screening: Screening | None
) -> Uttered:
    """Dispatch an event in a place. Nobody is remembered for looking in."""
    where, channel = _where(turn, event.origin)
    if where is None or channel is None:
        return SILENCE
    if channel.kind is ChannelKind.MODERATORS:
        if isinstance(event, Deleted):
            posts.lost(turn, where, event.message)
        return SILENCE
    match event:
        case Said():
            return open_channels.said(turn, event, where, channel, screening)
        case Edited():
            return open_channels.edited(turn, event, where, channel, screening)
        case Deleted():
            open_channels.deleted(turn, event, where)
        case Reacted():
            open_channels.reacted(turn, event, where)
        case Joined():
            admission.came(turn, event, where, channel)
        case Left():
            pass
    return SILENCE


def hush(turn: Turn, event: Said) -> None:
    """Delete a command that somebody typed where others read."""
    where, channel = _where(turn, event.origin)
    if where is not None and channel is not None and channel.kind is not ChannelKind.MODERATORS:
        relay.strike(turn, where, event.message)


def _where(turn: Turn, origin: Origin) -> tuple[MemberId | None, Channel | None]:
    """Resolve the place of an event and its channel."""
    known = relay.place_of(turn, origin)
    key = None if known is None else turn.tx.places.channel_of(known)
    return known, None if key is None else relay.channel_of(turn, key)


# ── Writing through the bot ─────────────────────────────────────────────────────────────


def press_channel(turn: Turn, member: Member, event: Pressed, screening: Screening | None) -> Uttered:
    """Button handler of a channel; return what was uttered with it."""
    token = Token.parse(event.tokens[0]) if event.tokens else None
    channel, verb = (None, "") if token is None else (relay.channel_of(turn, token.subject), token.verb)
    if channel is None or verb not in {"write", "enter", "cancel"}:
        turn.say(member, "channel-gone")
    elif verb == "enter":
        admission.entered(turn, member, channel)
    elif verb == "cancel":
        _rest(turn, member)
        turn.say(member, "channel-cancelled")
    elif event.text:
        return write(turn, member, channel, event.text, answers=_answered(turn, event), screening=screening)
    else:
        ask_for_post(turn, member, channel, _answered(turn, event))
    return Uttered(event.text, answered=True)


def post_form(press: FormPress) -> Form | None:
    """Return the form for a post's words; None for whoever is asked something else first."""
    channel, member = relay.channel_of(press.turn, press.token.subject), press.member
    newcomer = member is None or member.stage in {Stage.GREETED, Stage.GATES}
    if press.token.verb != "write" or newcomer or channel is None or channel.kind is not ChannelKind.ANONYMOUS:
        return None
    return press.asking_words("form-words", press.turn.book.calm.longest)


def _answered(turn: Turn, event: Pressed) -> NoteId | None:
    """Return the post that a button belongs to; what is pinned is none."""
    where = relay.place_of(turn, event.origin)
    receipt = turn.tx.receipts.of_message(where, event.message) if where is not None and event.message else None
    return None if receipt is None else receipt.note


def ask_for_post(turn: Turn, member: Member, channel: Channel, answers: NoteId | None = None) -> None:
    """Prompt for the text of a post: the next message."""
    if member.stage in {Stage.GREETED, Stage.GATES}:
        turn.say(member, "only-members")
        home.find(turn, member)
    elif channel.kind is not ChannelKind.ANONYMOUS:
        turn.say(member, "channel-write-there", title=channel.title)
    elif channel_pacing.allowed(turn, member, channel):
        private = replace(member.private, talk=Talk.CHANNEL, subject=f"{channel.key} {answers or ''}")
        turn.tx.members.save(replace(member, private=private))
        due = turn.now + turn.book.calm.patience
        turn.tx.timers.set(Timer(ASKED, member.id, due, member.id))
        alias = relay.room_in(turn, channel, member).alias_of(member.id)
        buttons = (("channel-cancel", Token("channel", channel.key, "cancel")),)
        turn.say(
            member, "channel-write-ask", title=channel.title, alias=alias, buttons=buttons, asking=Asking(Unfit.TEXT)
        )


def stop_waiting(turn: Turn, member_id: MemberId) -> None:
    """Time out the prompt: words meant for one person must not end up before many."""
    member = turn.tx.members.by_id(member_id)
    if member is not None and member.private.talk is Talk.CHANNEL:
        _rest(turn, member)
        turn.say(member, "channel-waited")


def receive_post(turn: Turn, member: Member, event: Said, text: str, screening: Screening | None) -> Uttered:
    """Post the text that was prompted for."""
    key, _, answered = member.private.subject.partition(" ")
    channel, answers = relay.channel_of(turn, key), NoteId(answered) if answered else None
    _rest(turn, member)
    if channel is None:
        turn.say(member, "channel-gone")
        return Uttered(text)
    return write(turn, member, channel, text, message=event.message, answers=answers, screening=screening)


def run_write(turn: Turn, member: Member, key: str, words: str, screening: Screening | None) -> Uttered:
    """Run /write: post the words; without any, prompt; without a channel, list the channels."""
    channel = relay.channel_of(turn, key)
    if channel is None or channel.kind is not ChannelKind.ANONYMOUS:
        ask_which_channel(turn, member)
    elif words:
        return write(turn, member, channel, words, screening=screening)
    else:
        ask_for_post(turn, member, channel)
    return Uttered(f"{key} {words}".strip(), answered=True)


def ask_which_channel(turn: Turn, member: Member) -> None:
    """Prompt for the channel to write in."""
    there = [one for one in turn.book.channels if one.kind is ChannelKind.ANONYMOUS]
    choices = tuple(Choice(str(Token("channel", one.key, "write")), one.title, form=True) for one in there)
    key = "channel-which" if there else "channel-none"
    turn.show(member, Content((Span(turn.words(member, key)),), choices=choices))


def write(
    turn: Turn,
    member: Member,
    channel: Channel,
    text: str,
    *,
    message: MessageId = NONE,
    answers: NoteId | None = None,
    screening: Screening | None,
) -> Uttered:
    """Post under the member's alias if moderation passes it; help goes to them beside it.

    `message` is theirs in the private chat; words from a form or a command have none.
    """
    text = tidy(text)
    if member.stage in {Stage.GREETED, Stage.GATES}:
        turn.say(member, "only-members")
        home.find(turn, member)
        return Uttered(text)
    if not text or len(text) > turn.book.calm.longest:
        turn.say(member, "too-long" if text else "empty-note", limit=turn.book.calm.longest)
        return Uttered(text)
    danger = screening is not None and screening.shows_danger
    room = relay.room_in(turn, channel, member)
    if channel.kind is not ChannelKind.ANONYMOUS:
        turn.say(member, "channel-write-there", title=channel.title)
    elif (danger or channel_pacing.allowed(turn, member, channel)) and enforcement.passes(
        turn, member, room, text, message=message, screening=screening
    ):
        channel_crisis.post(turn, member, channel, text, message=message, answers=answers, screening=screening)
    return Uttered(text, channel=channel)


def rewritten(turn: Turn, member: Member, message: MessageId, text: str, screening: Screening | None) -> Uttered | None:
    """Edit a post that was written in private; None when the message was no such post."""
    receipt = turn.tx.receipts.of_message(member.id, message)
    found = None if receipt is None else turn.tx.rooms.room_of_note(receipt.note)
    channel = None if found is None else relay.channel_of_room(turn, found[0])
    if receipt is None or channel is None:
        return None
    room, read = relay.room_in(turn, channel, member), screening or unread("")
    shown = spared(text, read, turn.book.calm)
    relay.edit_copies(turn, member, room, receipt.note, shown, hidden=enforcement.hides(read))
    return Uttered(text, channel=channel)


def _rest(turn: Turn, member: Member) -> None:
    turn.tx.timers.cancel(ASKED, member.id)
    turn.tx.members.save(replace(member, private=replace(member.private, talk=Talk.NONE, subject="")))
