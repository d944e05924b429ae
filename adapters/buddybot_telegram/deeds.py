"""What one update says that somebody did, wherever it was; None for what is no concern of ours.

Files are never fetched: their kind is reported, and the core says kindly that it can't pass them on. Somebody who posts
as a channel of theirs is known by that channel. An anonymous admin is nobody: what they write stands, unread.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import telegram
from telegram.constants import ChatType, MessageAttachmentType

from buddybot import adapter as core
from buddybot_telegram.text import whole

INSIDE = (telegram.ChatMember.MEMBER, telegram.ChatMember.ADMINISTRATOR, telegram.ChatMember.OWNER)
KINDS = (*(str(kind) for kind in MessageAttachmentType), "checklist")


@dataclass(frozen=True, slots=True)
class Person:
    """Who did something."""

    account: str = field(repr=False)
    locale: str = "en"
    names: tuple[str, ...] = field(default=(), repr=False)


def doer(update: telegram.Update) -> Person | None:
    """Return who did it; None for bots, for an anonymous admin, and for what the group's own channel posts."""
    message = update.message or update.edited_message
    if message is not None and (sender := message.sender_chat) is not None:
        unknown = sender.type != ChatType.CHANNEL or message.is_automatic_forward
        return None if unknown else Person(str(sender.id), names=_names(sender))
    user = update.effective_user if update.chat_member is None else update.chat_member.new_chat_member.user
    if user is None or user.is_bot:
        return None
    return Person(str(user.id), user.language_code or "en", _names(user))


def done(update: telegram.Update, origin: core.Origin) -> core.Inbound | None:
    """Say what they did."""
    if update.chat_member is not None:
        return _moved(update.chat_member, origin)
    if update.my_chat_member is not None:
        # Coming back is said by /start, which they have to send anyway.
        blocked = update.my_chat_member.new_chat_member.status == telegram.ChatMember.BANNED
        return core.Left(origin) if blocked and origin.place is None else None
    if update.chat_join_request is not None:
        return core.Joined(origin, asking=True)
    if (reaction := update.message_reaction) is not None:
        return core.Reacted(origin, core.MessageId(str(reaction.message_id)), _emoji(reaction))
    if (query := update.callback_query) is not None:
        return core.Pressed(origin, (query.data,), pressed_at(query)) if query.data else None
    message = update.message or update.edited_message
    return None if message is None else _said(message, origin, edited=update.edited_message is not None)


def id_of(message: telegram.Message) -> core.MessageId:
    """Return what the core calls a message."""
    return core.MessageId(str(message.message_id))


def pressed_at(query: telegram.CallbackQuery) -> core.MessageId | None:
    """Return the message that a button stands under."""
    return None if query.message is None else core.MessageId(str(query.message.message_id))


def text_of(message: telegram.Message, *, shown: bool = False) -> str:
    """Return the words; where the message itself stays `shown`, with the address behind each link in them."""
    text, entities = message.text or message.caption or "", message.entities or message.caption_entities
    hidden = [f" ({entity.url})" for entity in entities if shown and entity.type == entity.TEXT_LINK]
    return whole(text) + "".join(hidden)


def kinds_of(message: telegram.Message) -> tuple[str, ...]:
    """Return the kinds of what came along, unopened."""
    forward = ("forward",) if message.forward_origin is not None else ()
    return (*forward, *(kind for kind in KINDS if getattr(message, kind, None)))


def _said(message: telegram.Message, origin: core.Origin, *, edited: bool) -> core.Inbound | None:
    there = origin.place is not None
    text, kinds = text_of(message, shown=there), kinds_of(message)
    if not text and not (kinds and (there or not edited)):
        return None  # "somebody joined", "a topic was closed": Telegram's own words
    if edited and not (kinds and there):
        return core.Edited(origin, id_of(message), text)
    replied = message.reply_to_message
    # Within a topic everything answers the topic's first message.
    answers = None if replied is None or replied.message_id == message.message_thread_id else id_of(replied)
    return core.Said(origin, text, id_of(message), answers, kinds)


def _emoji(change: telegram.MessageReactionUpdated) -> str:
    # A custom emoji can't be shown elsewhere: it counts as no reaction.
    emoji = [reaction.emoji for reaction in change.new_reaction if isinstance(reaction, telegram.ReactionTypeEmoji)]
    return emoji[-1] if emoji else ""


def _moved(change: telegram.ChatMemberUpdated, origin: core.Origin) -> core.Inbound | None:
    was, is_ = _inside(change.old_chat_member), _inside(change.new_chat_member)
    make: Callable[[core.Origin], core.Inbound] = core.Joined if is_ else core.Left
    return None if was is is_ else make(origin)


def _inside(member: telegram.ChatMember) -> bool:
    return member.status in INSIDE or (isinstance(member, telegram.ChatMemberRestricted) and member.is_member)


def _names(one: telegram.User | telegram.Chat) -> tuple[str, ...]:
    names = (one.first_name, one.last_name, one.full_name, one.username)
    return tuple(dict.fromkeys(whole(name) for name in names if name))
