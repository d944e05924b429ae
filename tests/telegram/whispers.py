"""Ephemeral messages of the pretend Telegram: what one member and the bot see in a group, and nobody else.

A server older than 10.2 has no method for them and ignores what makes a message ephemeral, so that everybody sees it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from tests.telegram.arguments import Arguments
from tests.telegram.faults import Rejected
from tests.telegram.groups import Group
from tests.telegram.objects import Json
from tests.telegram.world import World

Method: TypeAlias = Callable[[Arguments], object]
NESTED, FLAT = (10, 3), (10, 2)
"""Since when the receiver stands in a table of its own, and since when beside the text."""
SECONDS = 15
"""For so long what somebody did lets a bot answer that is no administrator; and an ephemeral message be answered."""


def bad(words: str) -> Rejected:
    return Rejected(400, f"Bad Request: {words}")


@dataclass(slots=True)
class Whisper:
    """One ephemeral message; `person` is the member who sees it, whoever sent it."""

    id: int
    chat: Json
    person: int
    sender: Json
    receiver: Json
    date: int
    text: str
    thread: int | None = None
    keyboard: list[list[Json]] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)
    answers: int = 0
    silent: bool = False
    lost: bool = False
    deleted: bool = False

    @property
    def labels(self) -> list[str]:
        return [str(button["text"]) for row in self.keyboard for button in row]

    def json(self) -> Json:
        """As the schema has it: no number among the messages of the chat, one of its own kind."""
        message: Json = {
            "message_id": 0,
            "ephemeral_message_id": self.id,
            "date": self.date,
            "chat": self.chat,
            "from": self.sender,
            "receiver_user": self.receiver,
            "text": self.text,
        }
        if self.entities:
            message["entities"] = self.entities
        if self.keyboard:
            message["reply_markup"] = {"inline_keyboard": self.keyboard}
        if self.thread is not None:
            message |= {"message_thread_id": self.thread, "is_topic_message": True}
        return message


@dataclass(slots=True)
class Whisperers:
    """The methods."""

    world: World

    def named(self, name: str) -> Method | None:
        methods: dict[str, Method] = {
            "deleteEphemeralMessage": self.delete,
            "editEphemeralMessageText": self.edit,
        }
        return methods.get(name) if self.world.api >= FLAT else None

    def receiver(self, asked: Arguments) -> int:
        """Return who alone is to see a message that is sent; 0: everybody, or this server knows no better."""
        if self.world.api >= NESTED:
            table = asked.table("ephemeral_message_parameters") or {}
            return int(str(table.get("receiver_user_id", 0)))
        return asked.number("receiver_user_id") if self.world.api >= FLAT else 0

    def send(self, asked: Arguments, chat: Json, text: str, keyboard: list[list[Json]], entities: list[Json]) -> object:
        group, person = self.world.groups.get(int(str(chat["id"]))), self.receiver(asked)
        answers = self._answered(asked, person)
        if not isinstance(group, Group):
            raise bad("BOT_NOT_ADMIN")
        if group.bot != "administrator" and not answers and not self._pressed(asked):
            raise bad("BOT_NOT_ADMIN")
        if group.members.get(person) in {"left", "kicked"}:
            raise bad("USER_NOT_PARTICIPANT")
        receiver = {**self.world.chats[person], "is_bot": False}
        receiver.pop("type")
        made = self.say(chat, person, self.world.bot, receiver, text)
        made.keyboard, made.entities, made.answers = keyboard, entities, answers
        made.thread, made.silent = asked.number("message_thread_id") or None, asked.flag("disable_notification")
        made.lost = person in self.world.offline
        return made.json()

    def say(self, chat: Json, person: int, sender: Json, receiver: Json, text: str) -> Whisper:
        self.world.last_whisper += 1
        made = Whisper(self.world.last_whisper, chat, person, sender, receiver, self.world.now(), text)
        self.world.whispers.append(made)
        return made

    def delete(self, asked: Arguments) -> object:
        self._found(asked).deleted = True
        return True

    def edit(self, asked: Arguments) -> object:
        whisper, text = self._found(asked), asked.text("text")
        if not text.strip():
            raise bad("message text is empty")
        whisper.text = text
        found = (asked.table("reply_markup") or {}).get("inline_keyboard", [])
        assert isinstance(found, list)
        whisper.keyboard = found
        return True

    def _found(self, asked: Arguments) -> Whisper:
        if not asked.text("chat_id"):
            raise bad("chat_id is empty")
        for one in self.world.whispers:
            assert isinstance(one, Whisper)
            whose = (one.id, one.chat["id"], one.person)
            wanted = (asked.number("ephemeral_message_id"), asked.number("chat_id"), asked.number("receiver_user_id"))
            if whose == wanted and not one.deleted and one.sender == self.world.bot:
                return one
        raise bad("message not found")

    def _pressed(self, asked: Arguments) -> bool:
        table = asked.table("ephemeral_message_parameters") or {}
        query = str(table.get("callback_query_id", "")) if self.world.api >= NESTED else asked.text("callback_query_id")
        if query and query not in self.world.queries:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        return bool(query)

    def _answered(self, asked: Arguments, person: int) -> int:
        """Return the incoming ephemeral message that is answered."""
        number = int(str((asked.table("reply_parameters") or {}).get("ephemeral_message_id", 0)))
        incoming = [one for one in self.world.whispers if isinstance(one, Whisper) and one.sender != self.world.bot]
        known = [one for one in incoming if (one.id, one.person) == (number, person)]
        if number and not [one for one in known if self.world.now() - one.date <= SECONDS]:
            raise bad("message to be replied not found")
        return number
