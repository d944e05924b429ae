"""What the pretend Telegram knows: its chats, their messages, what it was asked, and the updates it still owes."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.telegram.arguments import Arguments
from tests.telegram.faults import Rejected
from tests.telegram.objects import ATTACHMENTS, BOT_ID, Json, bot_user, detect, utf16

EPOCH = 1_760_000_000
KEPT_IN_QUOTES = {"bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji", "date_time"}
ALWAYS = ("message_reaction", "message_reaction_count", "chat_member")
"""Kinds that are sent only where they are named."""


@dataclass(slots=True)
class Topic:
    id: int
    name: str
    closed: bool = False
    deleted: bool = False


@dataclass(slots=True)
class Note:
    """One message in one chat."""

    id: int
    chat: Json
    sender: Json
    date: int
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    keyboard: list[list[Json]] = field(default_factory=list)
    reply_to: "Note | None" = None
    quote: str = ""
    extra: Json = field(default_factory=dict)
    file: tuple[str, str] | None = None
    silent: bool = False
    protected: bool = False
    edited: int = 0
    reaction: str = ""
    thread: int | None = None
    deleted: bool = False

    @property
    def by_bot(self) -> bool:
        return self.sender["id"] == BOT_ID

    @property
    def labels(self) -> list[str]:
        return [str(button["text"]) for row in self.keyboard for button in row if "callback_data" in button]

    @property
    def copies(self) -> list[str]:
        """What its buttons copy."""
        found = [button["copy_text"] for row in self.keyboard for button in row if "copy_text" in button]
        return [str(one["text"]) for one in found if isinstance(one, dict)]

    def style_of(self, label: str) -> str:
        """The colour of a button; empty where it has none."""
        return next(str(one.get("style", "")) for row in self.keyboard for one in row if one["text"] == label)

    def marked(self, kind: str) -> list[str]:
        """The pieces of text under entities of this kind."""
        units = self.text.encode("utf-16-le")
        return [
            units[2 * start : 2 * (start + length)].decode("utf-16-le")
            for entity in [*self.entities, *detect(self.text)]
            if entity["type"] == kind
            for start, length in [(int(str(entity["offset"])), int(str(entity["length"])))]
        ]

    def quoted(self, part: str) -> Json:
        """A passage that somebody marks in it by hand; of its entities only some kinds are kept."""
        start, length = utf16(self.text.partition(part)[0]), utf16(part)
        kept: list[Json] = [
            {**entity, "offset": int(str(entity["offset"])) - start}
            for entity in self.entities
            if entity["type"] in KEPT_IN_QUOTES
            and start <= int(str(entity["offset"])) <= start + length - int(str(entity["length"]))
        ]
        return {"text": part, "position": start, "is_manual": True, **({"entities": kept} if kept else {})}

    def json(self, *, with_reply: bool = True) -> Json:
        message: Json = {
            "message_id": self.id,
            "date": self.date,
            "chat": self.chat,
            "from": self.sender,
            **self.extra,
        }
        caption = any(kind in ATTACHMENTS for kind in self.extra)
        if self.text:
            message["caption" if caption else "text"] = self.text
            if entities := [*self.entities, *detect(self.text)]:
                message["caption_entities" if caption else "entities"] = entities
        if self.keyboard:
            message["reply_markup"] = {"inline_keyboard": self.keyboard}
        if self.edited:
            message["edit_date"] = self.edited
        if self.protected:
            message["has_protected_content"] = True
        if self.thread is not None:
            message |= {"message_thread_id": self.thread, "is_topic_message": True}
        if self.reply_to is not None and with_reply:
            message["reply_to_message"] = self.reply_to.json(with_reply=False)
        return message


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came in, and what became of it: the oracle."""

    method: str
    arguments: Arguments
    code: int
    took_effect: bool
    at: float

    @property
    def chat(self) -> int | None:
        found = self.arguments.text("chat_id")
        return int(found) if found.lstrip("-").isdecimal() else None


@dataclass(slots=True)
class World:
    token: str = f"{BOT_ID}:pretend-token"
    clock: Callable[[], float] = time.monotonic
    bot: Json = field(default_factory=bot_user)
    chats: dict[int, Json] = field(default_factory=dict)
    groups: dict[int, object] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    closed: dict[int, Rejected] = field(default_factory=dict)
    moved: dict[int, int] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    """What people sent, by the id of each file."""
    fetched: list[str] = field(default_factory=list)
    """Files that were asked for, by their path."""
    deaf_ears: set[int] = field(default_factory=set)
    """People who take no voice messages."""
    api: tuple[int, int] = (10, 3)
    """The version of the Bot API that this server speaks."""
    whispers: list[object] = field(default_factory=list)
    last_whisper: int = 0
    offline: set[int] = field(default_factory=set)
    """People whom no ephemeral message reaches."""
    join_queries: dict[str, int] = field(default_factory=dict)
    """Queries about people who want in, and when they came: for the guard bot of a group."""
    join_answers: list[str] = field(default_factory=list)
    strangers: set[int] = field(default_factory=set)
    """People who never opened the bot's chat: it may not write to them."""
    topics: dict[int, dict[int, Topic]] = field(default_factory=dict)
    """The topics of each private chat, if the bot has any there (`has_topics`)."""
    deaf: bool = False
    """Passes over a topic that is gone without a word, and sends into the plain chat, as it did in spring 2026."""
    old: bool = False
    """Knows no colours, no buttons that copy and no moments: a server of one's own that nobody brought up to date."""
    links: dict[str, str] = field(default_factory=dict)
    queries: set[str] = field(default_factory=set)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)
    webhook: Json = field(default_factory=dict)
    allowed: list[str] | None = None
    pending: list[Json] = field(default_factory=list)
    confirmed: list[int] = field(default_factory=list)
    stirred: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[Asked] = field(default_factory=list)
    last_update: int = 500
    last_note: int = 0
    started: float = 0.0

    def named(self, chat: str) -> int:
        """The number of a chat, given as such or by its @name."""
        return self.names.get(chat, 0) if chat.startswith("@") else int(chat)

    def now(self) -> int:
        """Whole seconds: Telegram has no others."""
        return EPOCH + int(self.clock() - self.started)

    def say(self, chat: Json, sender: Json, text: str = "", **more: object) -> Note:
        self.last_note += 1
        note = Note(self.last_note, chat, sender, self.now(), text)
        for name, value in more.items():
            setattr(note, name, value)
        self.notes.append(note)
        return note

    def has_topics(self, *, on: bool = True) -> None:
        """Turn topics in private chats on or off, as the bot's owner does with BotFather."""
        self.bot["has_topics_enabled"] = on

    def open_topic(self, chat: int, topic: int) -> Topic | None:
        """A topic of a private chat that is still there."""
        found = self.topics.get(chat, {}).get(topic) if self.bot.get("has_topics_enabled") else None
        return None if found is None or found.deleted else found

    def add_topic(self, chat: int, name: str) -> Topic:
        """Make a topic of a private chat; its number is that of the message that tells of it."""
        self.last_note += 1
        made = Topic(self.last_note, name)
        self.topics.setdefault(chat, {})[made.id] = made
        return made

    def find(self, chat: int, message: int) -> Note | None:
        for note in self.notes:
            if note.chat["id"] == chat and note.id == message and not note.deleted:
                return note
        return None

    def tell(self, kind: str, body: Json) -> int | None:
        """Owe the bot an update; None where it did not ask for this kind."""
        if (kind not in self.allowed) if self.allowed else (kind in ALWAYS):
            return None
        self.last_update += 1
        self.pending.append({"update_id": self.last_update, kind: body})
        self.stirred.set()
        return self.last_update

    def take(self, number: int) -> None:
        """A webhook took this one, whatever became of those before it."""
        self.pending = [update for update in self.pending if update["update_id"] != number]
        self.confirmed.append(number)
        self.stirred.set()

    def confirm(self, below: int) -> None:
        done = [update for update in self.pending if int(str(update["update_id"])) < below]
        self.pending = self.pending[len(done) :]
        self.confirmed += [int(str(update["update_id"])) for update in done]
