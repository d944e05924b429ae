"""Translator of updates into inbound events: where something happened, who did it, what it is to the core: pure.

A reaction, a coming and a going belong to a whole group: they are told of in each of its places. Files are never
fetched here: their kind is reported, and of a photo or a voice note how the core may have it. Somebody who posts as a
channel of theirs is known by that channel. An anonymous admin is nobody: what they write stands, unread.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import telegram
from telegram.constants import ChatType

from buddybot import adapter as core
from buddybot_telegram.addresses import account_of, chat_of, ephemeral_message
from buddybot_telegram.commands import START
from buddybot_telegram.content import content_of, ephemeral_number, text_of
from buddybot_telegram.files import Fetch, described, nothing_to_fetch
from buddybot_telegram.markup import quoted, whole

PLATFORM = "telegram"
Sender: TypeAlias = telegram.User | telegram.Chat
"""A person, or a channel of theirs that they post as."""
INSIDE = (telegram.ChatMember.MEMBER, telegram.ChatMember.ADMINISTRATOR, telegram.ChatMember.OWNER)


def nowhere(_: int) -> bool:
    """Return that no group is the moderators'."""
    return False


@dataclass(frozen=True, slots=True)
class UpdateReader:
    """Reads the updates of one bot account; `commands` are found by name and by alias, `places` are those by now.

    In a group that `is_team`, the moderators' alone, a command counts in whatever topic it is typed: cases have topics.
    """

    identity: str
    commands: Mapping[str, core.Command]
    places: Callable[[], Sequence[core.Place]] = tuple
    fetch: Callable[[str], Fetch] = nothing_to_fetch
    is_team: Callable[[int], bool] = nowhere

    def read(self, update: telegram.Update, roles: tuple[str, ...] = ()) -> list[core.Inbound]:
        """Return what the person did, once for each place that it was done in; `roles` is what they are."""
        if (sender := sender_of(update)) is None:
            return []
        if is_private(update):
            origin = self._origin(update, sender, roles)
            found = [self._with_file(update, self._invoked(origin, update.message) or _done(update, origin))]
        elif ephemeral_number(update.effective_message) and update.callback_query is None:
            found = [self._confided(update, sender, roles)]
        else:
            found = [_done(update, self._origin(update, sender, roles, place)) for place in self._where(update)]
        return [event for event in found if event is not None]

    def _with_file(self, update: telegram.Update, event: core.Inbound | None) -> core.Inbound | None:
        """Return what was written, or a report of a message of ours, with how its photo or voice note can be had."""
        if isinstance(event, core.Invoked):
            return replace(event, shown=self._pointed_at(update.message))
        if not isinstance(event, core.Said) or update.message is None:
            return event
        return replace(event, file=described(update.message, event.attachments, self.fetch))

    def _pointed_at(self, message: telegram.Message | None) -> core.ReportedFile | None:
        """Return the file in a message of the bot that this one answers: Telegram says what stands in it, no client."""
        replied = None if message is None else message.reply_to_message
        if replied is None or replied.from_user is None or not replied.from_user.is_bot:
            return None
        found = described(replied, content_of(replied).kinds, self.fetch)
        return None if found is None else core.ReportedFile(_id_of(replied), found.fetch)

    def asks_roles(self, update: telegram.Update) -> bool:
        """Return whether it matters what the person is: in a place, and in private where they command."""
        if not is_private(update):
            return bool(self._where(update))
        return update.message is not None and core.command_in(text_of(update.message)) is not None

    def _confided(self, update: telegram.Update, sender: Sender, roles: tuple[str, ...]) -> core.Inbound | None:
        """Return what somebody said in a group to the bot alone: a command there, or words for no other ears.

        Words go to the talk with the bot, as they would in private, and to no buddy: they answer what the bot showed.
        """
        if (message := update.message) is None:
            return None
        places = self._where(update)
        origin = self._origin(update, sender, roles, places[0] if places else None)
        alone = replace(origin, place=None, conversation=core.Conversation().key)
        found = self._invoked(origin, message) or _said(message, alone, edited=False)
        return replace(found, origin=alone) if isinstance(found, core.Joined) else found

    def _where(self, update: telegram.Update) -> Sequence[core.Place]:
        """Return the places of an update; none if its chat, or its topic, is no concern of ours."""
        if (chat := update.effective_chat) is None:
            return ()
        here = [place for place in self.places() if chat_of(place.account) == chat.id]
        message = update.effective_message
        if not isinstance(message, telegram.Message):
            return here
        account = account_of(chat.id, _topic_of(message))
        exact = [place for place in here if place.account == account]
        # Of a message that is gone Telegram names no topic; any place of the group will do for its button.
        asks = update.callback_query is not None or (self.is_team(chat.id) and _is_for_the_bot(message))
        return exact or (here[:1] if asks else ())

    def _origin(
        self, update: telegram.Update, sender: Sender, roles: tuple[str, ...], place: core.Place | None = None
    ) -> core.Origin:
        event = f"{self.identity}:{update.update_id}" + (f":{place.key}" if place is not None else "")
        address = core.Address(PLATFORM, self.identity, str(sender.id))
        locale = sender.language_code if isinstance(sender, telegram.User) else None
        return core.Origin(event, address, locale or "en", _names(sender), place, roles)

    def _invoked(self, origin: core.Origin, message: telegram.Message | None) -> core.Inbound | None:
        if message is None or content_of(message).kinds or (typed := core.command_in(text_of(message))) is None:
            return None
        name, rest = typed
        if name == START:
            return core.Joined(origin, rest)
        if (command := self.commands.get(name)) is None:
            return None
        return core.Invoked(origin, command.name, (*command.typed(rest).items(), *_about(message)))


# ── Whose it is ─────────────────────────────────────────────────────────────────────────


def is_private(update: telegram.Update) -> bool:
    """Return whether it was in somebody's private chat with the bot."""
    return update.effective_chat is not None and update.effective_chat.type == ChatType.PRIVATE


def sender_of(update: telegram.Update) -> Sender | None:
    """Return who did it; None for bots, for an anonymous admin, and for what the group's own channel posts."""
    message = update.message or update.edited_message
    if message is not None and (chat := message.sender_chat) is not None:
        return chat if chat.type == ChatType.CHANNEL and not message.is_automatic_forward else None
    user = update.effective_user if update.chat_member is None else update.chat_member.new_chat_member.user
    return None if user is None or user.is_bot else user


def _is_for_the_bot(message: telegram.Message) -> bool:
    return bool(ephemeral_number(message)) or core.command_in(text_of(message)) is not None


def _names(one: Sender) -> tuple[str, ...]:
    names = (one.first_name, one.last_name, one.full_name, one.username)
    return tuple(dict.fromkeys(whole(name) for name in names if name))


# ── What they did ───────────────────────────────────────────────────────────────────────


def pressed_at(query: telegram.CallbackQuery) -> core.MessageId | None:
    """Return the message that a button stands under."""
    return None if query.message is None else _id_of(query.message)


def _done(update: telegram.Update, origin: core.Origin) -> core.Inbound | None:
    if update.chat_member is not None:
        return _came_or_went(update.chat_member, origin)
    if update.my_chat_member is not None:
        # Coming back is said by /start, which they have to send anyway.
        is_blocked = update.my_chat_member.new_chat_member.status == telegram.ChatMember.BANNED
        return core.Left(origin) if is_blocked and origin.place is None else None
    if update.chat_join_request is not None:
        return core.Joined(origin, asking=True)
    if (reaction := update.message_reaction) is not None:
        return core.Reacted(origin, core.MessageId(str(reaction.message_id)), _emoji(reaction))
    if (query := update.callback_query) is not None:
        return core.Pressed(origin, (query.data,), pressed_at(query)) if query.data else None
    message = update.message or update.edited_message
    return None if message is None else _said(message, origin, edited=update.edited_message is not None)


def _said(message: telegram.Message, origin: core.Origin, *, edited: bool) -> core.Inbound | None:
    there = origin.place is not None
    found = content_of(message, shown=there)
    if not found.text and not (found.kinds and (there or not edited)):
        return None  # "somebody joined", "a topic was closed": Telegram's own words
    if edited and not there and core.FOREIGN & set(found.kinds):
        return None  # it reached nobody in the first place
    if edited and not (found.kinds and there):
        return core.Edited(origin, _id_of(message), found.text, found.beside)
    replied = message.reply_to_message
    # Within a topic everything answers the topic's first message.
    answers = None if replied is None or replied.message_id == message.message_thread_id else _id_of(replied)
    album = message.media_group_id or ""
    quote = None if there or answers is None else _quote(message)
    return core.Said(origin, found.text, _id_of(message), answers, found.kinds, found.beside, album, quote=quote)


def _quote(message: telegram.Message) -> core.Quote | None:
    """Return what they marked in the message that they answer; what is hidden there stays so."""
    replied, quote = message.reply_to_message, message.quote
    if replied is None or quote is None or not quote.is_manual:
        return None
    entities = quote.entities or ()
    if any(entity.type == entity.SPOILER for entity in entities):
        return None
    said, part = quoted(text_of(replied), replied.entities), quoted(whole(quote.text), entities)
    return core.Quote(said, part) if part and part in said else None


def _id_of(message: telegram.MaybeInaccessibleMessage) -> core.MessageId:
    """Return the id of a message; one that few see has no number among the others."""
    if number := ephemeral_number(message):
        assert isinstance(message, telegram.Message)
        return ephemeral_message(account_of(message.chat.id, _topic_of(message)), number)
    return core.MessageId(str(message.message_id))


def _topic_of(message: telegram.Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None


def _about(message: telegram.Message) -> tuple[tuple[str, str], ...]:
    """Return which message a command answers, and its text: a report has no other source of it.

    What they marked in it is marked there.
    """
    replied = message.reply_to_message
    if replied is None:
        return ()
    text, quote = quoted(text_of(replied), replied.entities), _quote(message)
    if quote is not None:
        text = text.replace(quote.part, f"{core.MARKED}{quote.part}{core.MARKED}", 1)
    return (("message", _id_of(replied)), *((("text", text),) if text else ()))


def _emoji(change: telegram.MessageReactionUpdated) -> str:
    # A custom emoji can't be shown elsewhere: it counts as no reaction.
    emoji = [reaction.emoji for reaction in change.new_reaction if isinstance(reaction, telegram.ReactionTypeEmoji)]
    return emoji[-1] if emoji else ""


def _came_or_went(change: telegram.ChatMemberUpdated, origin: core.Origin) -> core.Inbound | None:
    was, is_ = _inside(change.old_chat_member), _inside(change.new_chat_member)
    make: Callable[[core.Origin], core.Inbound] = core.Joined if is_ else core.Left
    return None if was is is_ else make(origin)


def _inside(member: telegram.ChatMember) -> bool:
    return member.status in INSIDE or (isinstance(member, telegram.ChatMemberRestricted) and member.is_member)
