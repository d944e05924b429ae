"""What an update says, as one thing that a person did; None for what is no concern of ours.

Here it is private chats with people; `crowd` reads what happens in places. Files are never fetched: their kind is
reported, and the core says kindly that it can't pass them on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import telegram
from telegram.constants import ChatType, MessageAttachmentType

from buddybot import adapter as core
from buddybot_telegram.text import quoted, whole

PLATFORM = "telegram"
KINDS = (*(str(kind) for kind in MessageAttachmentType), "checklist")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads updates of one bot account; `commands` are found by name and by alias."""

    identity: str
    commands: Mapping[str, core.Command]

    @classmethod
    def of(cls, identity: str, commands: tuple[core.Command, ...]) -> Self:
        """Index the table; `/start` is Telegram's own word and means that they joined."""
        words = {word: command for command in commands for word in (*command.aliases, command.name)}
        return cls(identity, {spelled(word): command for word, command in words.items() if word != "start"})

    def read(self, update: telegram.Update, roles: tuple[str, ...] = ()) -> core.Inbound | None:
        """Say what the person did; `roles` is what they are."""
        chat, user = update.effective_chat, update.effective_user
        if chat is None or user is None or chat.type != ChatType.PRIVATE or user.is_bot:
            return None
        origin = self._origin(update.update_id, user, roles)
        if update.message is not None:
            return self._message(origin, update.message)
        if (message := update.edited_message) is not None:
            text = text_of(message)
            return core.Edited(origin, id_of(message), text) if text else None
        if update.callback_query is not None:
            return _pressed(origin, update.callback_query)
        if update.message_reaction is not None:
            return _reacted(origin, update.message_reaction)
        return _moved(origin, update.my_chat_member)

    def _origin(self, event: int, user: telegram.User, roles: tuple[str, ...]) -> core.Origin:
        return core.Origin(
            event=f"{self.identity}:{event}",
            address=core.Address(PLATFORM, self.identity, str(user.id)),
            locale=user.language_code or "en",
            names=names_of(user),
            roles=roles,
        )

    def _message(self, origin: core.Origin, message: telegram.Message) -> core.Inbound | None:
        text, kinds = text_of(message), kinds_of(message)
        replied = message.reply_to_message
        if not kinds and message.entities and _leads(message.entities[0]):
            word, _, rest = text.partition(" ")
            name = word.removeprefix("/").partition("@")[0].lower()
            if name == "start":
                return core.Joined(origin, rest.strip())
            if (command := self.commands.get(name)) is not None:
                return core.Invoked(origin, command.name, (*_arguments(command, rest), *_about(replied)))
        if not text and not kinds:
            return None
        return core.Said(origin, text, id_of(message), id_of(replied) if replied is not None else None, kinds)


def spelled(word: str) -> str:
    """Return a command's name in the letters Telegram allows."""
    return word.replace("-", "_").lower()


def _leads(entity: telegram.MessageEntity) -> bool:
    return entity.type == telegram.MessageEntity.BOT_COMMAND and entity.offset == 0


def names_of(one: telegram.User | telegram.Chat) -> tuple[str, ...]:
    """Return every name of an account."""
    names = (one.first_name, one.last_name, one.full_name, one.username)
    return tuple(dict.fromkeys(whole(name) for name in names if name))


def id_of(message: telegram.Message) -> core.MessageId:
    """Return what the core calls a message."""
    return core.MessageId(str(message.message_id))


def text_of(message: telegram.Message, *, shown: bool = False) -> str:
    """Return the words; where the message itself stays `shown`, with the address behind each link in them."""
    text, entities = message.text or message.caption or "", message.entities or message.caption_entities
    hidden = [f" ({entity.url})" for entity in entities if shown and entity.type == entity.TEXT_LINK]
    return whole(text) + "".join(hidden)


def kinds_of(message: telegram.Message) -> tuple[str, ...]:
    """Return the kinds of what came along, unopened."""
    forward = ("forward",) if message.forward_origin is not None else ()
    return (*forward, *(kind for kind in KINDS if getattr(message, kind, None)))


def _arguments(command: core.Command, rest: str) -> tuple[tuple[str, str], ...]:
    # The last parameter takes all that is left: people type sentences.
    words = rest.split(maxsplit=max(0, len(command.parameters) - 1))
    return tuple((parameter.name, word.strip()) for parameter, word in zip(command.parameters, words, strict=False))


def _about(replied: telegram.Message | None) -> tuple[tuple[str, str], ...]:
    """Return which message a command answers, and its text: a report has no other source of it."""
    if replied is None:
        return ()
    text = quoted(text_of(replied), replied.entities)
    return (("message", id_of(replied)), *((("text", text),) if text else ()))


def _pressed(origin: core.Origin, query: telegram.CallbackQuery) -> core.Pressed | None:
    if query.data is None:
        return None
    message = query.message
    return core.Pressed(origin, (query.data,), core.MessageId(str(message.message_id)) if message is not None else None)


def _reacted(origin: core.Origin, change: telegram.MessageReactionUpdated) -> core.Reacted:
    return core.Reacted(origin, core.MessageId(str(change.message_id)), emoji_of(change))


def emoji_of(change: telegram.MessageReactionUpdated) -> str:
    """Return the reaction that stands now. A custom emoji can't be shown elsewhere: it counts as none."""
    emoji = [reaction.emoji for reaction in change.new_reaction if isinstance(reaction, telegram.ReactionTypeEmoji)]
    return emoji[-1] if emoji else ""


def _moved(origin: core.Origin, change: telegram.ChatMemberUpdated | None) -> core.Left | None:
    # Coming back is said by /start, which they have to send anyway.
    blocked = change is not None and change.new_chat_member.status == telegram.ChatMember.BANNED
    return core.Left(origin) if blocked else None
