"""What an update says of people in places, where more than one person reads; nothing of what bots do.

A reaction, a coming and a going belong to the whole group: they are told of in each of its places. Somebody who posts
as a channel of theirs is known by that channel. An anonymous admin is nobody: what they write stands, unread.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import telegram

from buddybot import adapter as core
from buddybot_telegram.inbound import PLATFORM, emoji_of, id_of, kinds_of, names_of, text_of
from buddybot_telegram.spots import Spot, Spots, account_of, within

INSIDE = (telegram.ChatMember.MEMBER, telegram.ChatMember.ADMINISTRATOR, telegram.ChatMember.OWNER)


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
        unknown = sender.id == message.chat.id or message.is_automatic_forward
        return None if unknown else Person(str(sender.id), names=names_of(sender))
    user = update.effective_user if update.chat_member is None else update.chat_member.new_chat_member.user
    if user is None or user.is_bot:
        return None
    return Person(str(user.id), user.language_code or "en", names_of(user))


@dataclass(frozen=True, slots=True)
class Crowd:
    """Reads updates from the groups of one bot account."""

    identity: str
    spots: Spots

    def read(self, update: telegram.Update, person: Person, roles: tuple[str, ...]) -> list[core.Inbound]:
        """Say what the person did, once for each place that it was done in."""
        found: list[core.Inbound] = []
        for spot in self.where(update):
            event = f"{self.identity}:{update.update_id}:{spot.channel.key}"
            address = core.Address(PLATFORM, self.identity, person.account)
            origin = core.Origin(event, address, person.locale, person.names, spot.place, roles)
            if (done := _done(update, origin)) is not None:
                found.append(done)
        return found

    def where(self, update: telegram.Update) -> list[Spot]:
        """Return the places of an update; none if its chat, or its topic, is no concern of ours."""
        if (chat := update.effective_chat) is None:
            return []
        message = update.effective_message
        if not isinstance(message, telegram.Message):
            return within(self.spots, chat.id)
        spot = self.spots.get(account_of(chat.id, message.message_thread_id if message.is_topic_message else None))
        if spot is None and update.callback_query is not None:
            # Of a message that is gone Telegram names no topic; any place of the group will do for its button.
            return within(self.spots, chat.id)[:1]
        return [] if spot is None else [spot]


def _done(update: telegram.Update, origin: core.Origin) -> core.Inbound | None:
    if update.chat_member is not None:
        return _moved(update.chat_member, origin)
    if update.chat_join_request is not None:
        return core.Joined(origin, asking=True)
    if (reaction := update.message_reaction) is not None:
        return core.Reacted(origin, core.MessageId(str(reaction.message_id)), emoji_of(reaction))
    if (query := update.callback_query) is not None:
        return core.Pressed(origin, (query.data,), pressed_at(query)) if query.data else None
    message = update.message or update.edited_message
    return None if message is None else _said(message, origin, edited=update.edited_message is not None)


def _said(message: telegram.Message, origin: core.Origin, *, edited: bool) -> core.Inbound | None:
    text, kinds = text_of(message, shown=True), kinds_of(message)
    if not text and not kinds:
        return None  # "somebody joined", "a topic was closed": Telegram's own words
    if edited and not kinds:
        return core.Edited(origin, id_of(message), text)
    replied = message.reply_to_message
    # Within a topic everything answers the topic's first message.
    answers = None if replied is None or replied.message_id == message.message_thread_id else id_of(replied)
    return core.Said(origin, text, id_of(message), answers, kinds)


def _moved(change: telegram.ChatMemberUpdated, origin: core.Origin) -> core.Inbound | None:
    was, is_ = _inside(change.old_chat_member), _inside(change.new_chat_member)
    make: Callable[[core.Origin], core.Inbound] = core.Joined if is_ else core.Left
    return None if was is is_ else make(origin)


def _inside(member: telegram.ChatMember) -> bool:
    return member.status in INSIDE or (isinstance(member, telegram.ChatMemberRestricted) and member.is_member)


def pressed_at(query: telegram.CallbackQuery) -> core.MessageId | None:
    """Return the message that a button stands under."""
    return None if query.message is None else core.MessageId(str(query.message.message_id))
