"""Where an update happened and what it is to the core: a private chat, where commands count, or places.

A reaction, a coming and a going belong to a whole group: they are told of in each of its places.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

import telegram
from telegram.constants import ChatType

from buddybot import adapter as core
from buddybot_telegram.deeds import Person, doer, done, id_of, kinds_of, text_of
from buddybot_telegram.spots import Spot, Spots, account_of, within
from buddybot_telegram.text import quoted

PLATFORM = "telegram"


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads updates of one bot account; `commands` are found by name and by alias."""

    identity: str
    commands: Mapping[str, core.Command]
    spots: Spots = field(default_factory=dict)

    @classmethod
    def of(cls, identity: str, commands: tuple[core.Command, ...], spots: Spots | None = None) -> Self:
        """Index the table; `/start` is Telegram's own word and means that they joined."""
        words = {word: command for command in commands for word in (*command.aliases, command.name)}
        known = {spelled(word): command for word, command in words.items() if word != "start"}
        return cls(identity, known, spots if spots is not None else {})

    def read(self, update: telegram.Update, roles: tuple[str, ...] = ()) -> list[core.Inbound]:
        """Say what the person did, once for each place that it was done in; `roles` is what they are."""
        if (person := doer(update)) is None:
            return []
        if private(update):
            origin = self._origin(update, person, roles)
            found = [self._command(origin, update.message) or done(update, origin)]
        else:
            found = [done(update, self._origin(update, person, roles, spot)) for spot in self.where(update)]
        return [event for event in found if event is not None]

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

    def _origin(
        self, update: telegram.Update, person: Person, roles: tuple[str, ...], spot: Spot | None = None
    ) -> core.Origin:
        place = (None, "") if spot is None else (spot.place, f":{spot.channel.key}")
        event = f"{self.identity}:{update.update_id}{place[1]}"
        address = core.Address(PLATFORM, self.identity, person.account)
        return core.Origin(event, address, person.locale, person.names, place[0], roles)

    def _command(self, origin: core.Origin, message: telegram.Message | None) -> core.Inbound | None:
        if message is None or kinds_of(message) or not message.entities or not _leads(message.entities[0]):
            return None
        word, _, rest = text_of(message).partition(" ")
        name = word.removeprefix("/").partition("@")[0].lower()
        if name == "start":
            return core.Joined(origin, rest.strip())
        command = self.commands.get(name)
        about = _about(message.reply_to_message)
        return None if command is None else core.Invoked(origin, command.name, (*_arguments(command, rest), *about))


def private(update: telegram.Update) -> bool:
    """Whether it was in somebody's private chat with the bot."""
    return update.effective_chat is not None and update.effective_chat.type == ChatType.PRIVATE


def spelled(word: str) -> str:
    """Return a command's name in the letters Telegram allows."""
    return word.replace("-", "_").lower()


def _leads(entity: telegram.MessageEntity) -> bool:
    return entity.type == telegram.MessageEntity.BOT_COMMAND and entity.offset == 0


def _arguments(command: core.Command, rest: str) -> tuple[tuple[str, str], ...]:
    # The last parameter takes all that is left: people type sentences.
    return tuple(command.typed(rest).items())


def _about(replied: telegram.Message | None) -> tuple[tuple[str, str], ...]:
    """Return which message a command answers, and its text: a report has no other source of it."""
    if replied is None:
        return ()
    text = quoted(text_of(replied), replied.entities)
    return (("message", id_of(replied)), *((("text", text),) if text else ()))
