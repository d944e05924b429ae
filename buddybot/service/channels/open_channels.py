"""Moderation of open channels: people post as themselves; what breaks a rule is deleted, and they hear why.

A cry for help stays. Whatever the bot has to say about a message it says in private, never in front of others.
"""

from dataclasses import dataclass, field

from buddybot.domain.channels.pacing import ANONYMOUS, CLOSED, UNREADABLE, PostFate, Ruling, ruled
from buddybot.domain.kernel.ids import MemberId, PendingId
from buddybot.domain.kernel.messages import FOREIGN, UNPARSED, Deleted, Edited, MessageId, Reacted, Said
from buddybot.domain.kernel.note_text import tidy
from buddybot.domain.kernel.places import Channel, ChannelKind
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.kernel.verdicts import DELIVERED, Outcome, Screening, unread
from buddybot.domain.moderation.cases import Concern
from buddybot.domain.people.members import Member, Stage
from buddybot.domain.talk.rooms import Room
from buddybot.service.channels import pacing as channel_pacing
from buddybot.service.channels import relay
from buddybot.service.crisis import unparsed
from buddybot.service.crisis.conversation import SILENCE, Uttered, Whose
from buddybot.service.kernel import files
from buddybot.service.kernel.turn import HELP, Turn
from buddybot.service.people import home
from buddybot.service.talk import claims, enforcement, rate_limits
from buddybot.store.kernel.receipts import Part, Receipt
from buddybot.store.talk.pending import PendingNote

TRUSTED = frozenset({"moderator", "lead"})
"""Roles whose words stand: they announce, link and quote as part of their work."""


@dataclass(frozen=True, slots=True)
class IncomingPost:
    """One message in a place, and what was read in it. `room` has its author's seat."""

    member: Member
    channel: Channel
    room: Room
    place: MemberId
    message: MessageId
    text: str = field(repr=False)
    read: Screening

    @property
    def alias(self) -> str:
        """The author's pseudonym in this channel."""
        return self.room.alias_of(self.member.id)


def said(turn: Turn, event: Said, place: MemberId, channel: Channel, screening: Screening | None) -> Uttered:
    """Moderate a post in an open channel, and bridge it to the channel's other places."""
    post, new = _incoming(turn, event, place, channel, screening)
    decided = _ruled(turn, post, event, counted=True)
    if decided.fate is PostFate.STAY and post.text:
        answers = turn.tx.receipts.of_message(place, event.reply_to) if event.reply_to else None
        relay.post_under_alias(
            turn,
            post.member,
            channel,
            post.text,
            message=post.message,
            at=place,
            answers=None if answers is None else answers.note,
            urgent=post.read.is_urgent,
        )
        claims.correct_claim_in(turn, channel, post.read)
    elif decided.fate is not PostFate.STAY:
        relay.strike(turn, post.place, post.message)
        _instead(turn, post, decided, event)
    if new and post.member.stage is Stage.GREETED and not TRUSTED & set(event.origin.roles):
        turn.say(post.member, "channel-hello", title=channel.title, buttons=home.FIRST)
    whose = Whose.QUOTED if FOREIGN & set(event.attachments) else Whose.OWN
    return Uttered(post.text or tidy(event.beside), whose, channel=channel, place=place)


def edited(turn: Turn, event: Edited, place: MemberId, channel: Channel, screening: Screening | None) -> Uttered:
    """Moderate an edit like a new post; what stays is edited everywhere."""
    receipt = turn.tx.receipts.of_message(place, event.message)
    if receipt is not None and receipt.part is Part.COPY:
        return SILENCE
    post, _ = _incoming(turn, event, place, channel, screening)
    decided = _ruled(turn, post, event, counted=False)
    if decided.fate is not PostFate.STAY:
        if receipt is not None:
            relay.take_away(turn, post.room, receipt.note, but=place)
        relay.strike(turn, post.place, post.message)
        _instead(turn, post, decided, event)
    elif receipt is not None:
        relay.edit_copies(turn, post.member, post.room, receipt.note, post.text, at=place)
    return Uttered(post.text, channel=channel, place=place)


def deleted(turn: Turn, event: Deleted, place: MemberId) -> None:
    """Propagate a deletion, by the author or by a moderator; a thread goes with all that stood in it."""
    one = turn.tx.receipts.of_message(place, event.message)
    gone = turn.tx.receipts.within(place, event.within) if event.within else [one] if one else []
    posted = [taken for each in gone if (taken := _withdrawn(turn, each, place)) is not None]
    for member_id, channel in dict.fromkeys(posted):
        if (author := turn.tx.members.by_id(member_id)) is not None:
            turn.say(author, "channel-removed-there", title=channel.title)


def _withdrawn(turn: Turn, receipt: Receipt, place: MemberId) -> tuple[MemberId, Channel] | None:
    """Take a note away elsewhere; return whose it is and where, if somebody else removed what the bot had posted."""
    found = turn.tx.rooms.room_of_note(receipt.note)
    if found is None:
        return None
    relay.take_away(turn, found[0], receipt.note, but=place)
    channel = relay.channel_of_room(turn, found[0])
    return (found[1], channel) if receipt.part is Part.COPY and channel is not None else None


def reacted(turn: Turn, event: Reacted, place: MemberId) -> None:
    """Propagate a reaction to the other places."""
    receipt = turn.tx.receipts.of_message(place, event.message)
    if receipt is not None and turn.tx.rooms.author_of(receipt.note) is not None:
        relay.mirror_reaction(turn, receipt.note, event.emoji, place)


def _incoming(
    turn: Turn, event: Said | Edited, place: MemberId, channel: Channel, screening: Screening | None
) -> tuple[IncomingPost, bool]:
    """Return a post as it was read, and whether its author is new in this channel."""
    member = turn.tx.members.by_address(event.origin.address) or home.meet(turn, event.origin)
    turn.tx.members.seen(member, turn.now)
    new = turn.tx.channels.alias(channel.key, member.id) is None
    room = relay.room_in(turn, channel, member)
    text, read = tidy(event.text), screening or unread("")
    return IncomingPost(
        turn.tx.members.by_id(member.id) or member, channel, room, place, event.message, text, read
    ), new


# ── The decision ────────────────────────────────────────────────────────────────────────


def _ruled(turn: Turn, post: IncomingPost, event: Said | Edited, *, counted: bool) -> Ruling:
    """Decide on a post. Danger is exempt from rate limits, write access and attachment rules."""
    if TRUSTED & set(event.origin.roles):
        return Ruling(PostFate.STAY, post.text)
    attached = isinstance(event, Said) and bool(event.attachments)
    decided = _by_rules(turn, post, attached=attached, counted=counted)
    if post.channel.kind is ChannelKind.ANONYMOUS and decided.fate is PostFate.STAY:
        return Ruling(PostFate.REDACT, post.text, ANONYMOUS) if post.text else Ruling(PostFate.TAKE, "", UNREADABLE)
    return decided


def _by_rules(turn: Turn, post: IncomingPost, *, attached: bool, counted: bool) -> Ruling:
    text, read, limits = post.text, post.read, turn.book.calm
    if read.read and read.shows_danger:
        return ruled(text, read, DELIVERED, (), limits)
    if channel_pacing.refusal(turn, post.member, post.channel) is not None:
        return Ruling(PostFate.TAKE, text, CLOSED)
    if attached or not text or len(text) > turn.book.practice.max_text:
        return Ruling(PostFate.TAKE, text, UNREADABLE)
    pace = rate_limits.judge(turn, post.member, post.room, text, read) if counted else DELIVERED
    return ruled(text, read, pace, rate_limits.early_links(turn, post.member, read.contacts), limits)


# ── What follows ────────────────────────────────────────────────────────────────────────


def _instead(turn: Turn, post: IncomingPost, decided: Ruling, event: Said | Edited) -> None:
    """Repost under the alias what may be shown, and tell the author what happened and why."""
    member, channel = post.member, post.channel
    if decided.fate in {PostFate.HIDE, PostFate.REDACT}:
        hidden = decided.fate is PostFate.HIDE
        relay.post_under_alias(turn, member, channel, decided.text, hidden=hidden, urgent=post.read.is_urgent)
        _tell(turn, post, f"channel-{decided.fate}", decided.rule)
    elif decided.rule == CLOSED:
        channel_pacing.allowed(turn, member, channel)
    elif isinstance(event, Said) and UNPARSED in event.attachments:
        unparsed.tell_unparsed(turn, member, event)
    elif decided.rule == UNREADABLE:
        if isinstance(event, Edited) or not event.attachments or files.is_first(turn, event, "channel-unreadable"):
            turn.say(member, "channel-unreadable", title=channel.title, limit=turn.book.practice.max_text)
    else:
        _explained(turn, post, decided)


def _explained(turn: Turn, post: IncomingPost, decided: Ruling) -> None:
    """Explain the removal, and keep the text for a day for an appeal."""
    pending = PendingId(turn.world.new_id())
    note = PendingNote(
        pending, post.member.id, post.room.id, decided.rule, MessageId(""), post.text, post.read.contacts
    )
    turn.tx.pending.add(note, turn.now)
    if post.read.verdict.outcome is Outcome.QUARANTINE:
        enforcement.open_rule_case(turn, post.member, post.room, Concern.RULE, rule=decided.rule)
    _tell(turn, post, "channel-taken", decided.rule, pending)
    channel_pacing.unkind(turn, post.member, post.channel, decided.rule)


def _tell(turn: Turn, post: IncomingPost, what: str, rule: str, pending: PendingId | None = None) -> None:
    """Notify the author in private; operators' own rules need not bring words."""
    key = f"{what}-{rule}" if turn.book.words.has(f"{what}-{rule}") else f"{what}-other"
    buttons = (HELP,) if pending is None else (("held-mistake", Token("pending", pending, "mistake")), HELP)
    turn.say(post.member, key, title=post.channel.title, alias=post.alias, buttons=buttons)
