"""People with a phone in their hand: what they do, and what they see."""

from dataclasses import dataclass, field

from tests.telegram.faults import Rejected
from tests.telegram.groups import Group
from tests.telegram.objects import ATTACHMENTS, ORIGINS, Json, membership, person_user
from tests.telegram.whispers import Whisper, Whisperers
from tests.telegram.world import Note, Topic, World


@dataclass(slots=True)
class Person:
    world: World
    name: str
    account: int
    language: str = "en"
    chat: Json = field(init=False)
    user: Json = field(init=False)
    presses_made: int = 0

    def __post_init__(self) -> None:
        self.user = person_user(self.account, self.name, self.language)
        names = {key: self.user[key] for key in ("id", "first_name", "last_name", "username")}
        self.chat = {**names, "type": "private"}
        self.world.chats[self.account] = self.chat

    def says(self, text: str, reply_to: str = "", extra: Json | None = None, topic: str = "", quote: str = "") -> Note:
        note = self.world.say(self.chat, self.user, text, extra=dict(extra or {}))
        if quote:
            note.extra["quote"] = self.finds(reply_to).quoted(quote)
        note.thread = self.topic(topic) if topic else None
        note.reply_to = self.finds(reply_to) if reply_to else None
        self.world.tell("message", note.json())
        return note

    def starts(self, payload: str = "") -> Note:
        self.world.strangers.discard(self.account)
        return self.says(f"/start {payload}".strip())

    def sends(self, kind: str, caption: str = "") -> Note:
        return self.says(caption, extra={kind: ATTACHMENTS[kind]})

    def shares(self, kind: str, data: bytes, caption: str = "", *, says: int = 0) -> Note:
        """Send a photo or a voice note that the bot may fetch; `says` is how large Telegram says it is."""
        name = f"file{len(self.world.files)}"
        self.world.files[name] = data
        file: Json = {"file_id": name, "file_unique_id": f"u-{name}", "file_size": says or len(data)}
        small: Json = {**file, "file_id": "thumb", "width": 9, "height": 9}
        made: dict[str, object] = {
            "photo": [small, {**file, "width": 900, "height": 900}],
            "voice": {**file, "duration": 3, "mime_type": "audio/ogg"},
        }
        return self.says(caption, extra={kind: made[kind]})

    def forwards(self, text: str, origin: str = "user") -> Note:
        return self.says(text, extra={"forward_origin": ORIGINS[origin]})

    def edits(self, old: str, new: str) -> None:
        note = self.finds(old)
        note.text, note.edited = new, self.world.now()
        self.world.tell("edited_message", note.json())

    def reacts(self, text: str, emoji: str, before: str = "") -> None:
        change: Json = {
            "chat": self.chat,
            "message_id": self.finds(text).id,
            "user": self.user,
            "date": self.world.now(),
            "old_reaction": [{"type": "emoji", "emoji": before}] if before else [],
            "new_reaction": [{"type": "emoji", "emoji": emoji}] if emoji else [],
        }
        self.world.tell("message_reaction", change)

    def presses(self, label: str) -> str:
        """Press the newest button that says this, ticked or not."""
        for note in reversed(self.notes()):
            for row in note.keyboard:
                for button in row:
                    if "callback_data" in button and str(button["text"]).removeprefix("✓ ") == label:
                        return self.presses_data(str(button["callback_data"]), note)
        raise AssertionError(f"{self.name} sees no button {label!r}")

    def presses_data(self, data: str, note: Note) -> str:
        return self._pressed(data, note.json())

    def _pressed(self, data: str, message: Json) -> str:
        self.presses_made += 1
        query = f"{self.account}-{self.presses_made}"
        self.world.queries.add(query)
        press: Json = {"id": query, "from": self.user, "chat_instance": "1", "data": data, "message": message}
        self.world.tell("callback_query", press)
        return query

    def blocks(self) -> None:
        self.world.closed[self.account] = Rejected(403, "Forbidden: bot was blocked by the user")
        self._moves("member", "kicked")

    def unblocks(self) -> None:
        self.world.closed.pop(self.account, None)
        self._moves("kicked", "member")

    def vanishes(self) -> None:
        self.world.closed[self.account] = Rejected(403, "Forbidden: user is deactivated")

    def deletes_chat(self) -> None:
        """They never wrote to this bot, or Telegram no longer knows them."""
        del self.world.chats[self.account]

    # ── Topics of the private chat ──────────────────────────────────────────────────────

    def topic(self, name: str) -> int:
        """The number of a topic in their list, the newest of that name."""
        return next(one.id for one in reversed(self._listed()) if one.name == name)

    def topics(self) -> list[str]:
        """The names in their list of topics."""
        return [one.name for one in self._listed()]

    def makes_topic(self, name: str) -> None:
        """Make a topic of their own, where the bot lets people."""
        self.world.add_topic(self.account, name)

    def deletes_topic(self, name: str) -> None:
        """Delete a topic by hand, and all that stands in it."""
        number = self.topic(name)
        self.world.topics[self.account][number].deleted = True
        for note in self.notes():
            note.deleted = note.deleted or note.thread == number

    def sees_in(self, topic: str = "") -> list[str]:
        """What the bot has in a topic on their screen; without a name, what stands in none."""
        number = self.topic(topic) if topic else None
        return [note.text for note in self.notes() if note.by_bot and note.thread == number]

    def _listed(self) -> list[Topic]:
        return [one for one in self.world.topics.get(self.account, {}).values() if not one.deleted]

    # ── In groups ───────────────────────────────────────────────────────────────────────

    def posts(self, group: Group, text: str, topic: str = "", *, reply_to: str = "", extra: Json | None = None) -> Note:
        """Write in a group, as themselves unless `extra` says otherwise."""
        note = self.world.say(group.json(), self.user, text, extra=extra or {})
        note.thread = group.topic(topic).id if topic else None
        note.reply_to = group.finds(reply_to, topic) if reply_to else None
        self.world.tell("message", note.json())
        return note

    def rewrites(self, note: Note, text: str) -> None:
        note.text, note.edited = text, self.world.now()
        self.world.tell("edited_message", note.json())

    def reacts_in(self, group: Group, note: Note, emoji: str) -> None:
        change: Json = {
            "chat": group.json(),
            "message_id": note.id,
            "user": self.user,
            "date": self.world.now(),
            "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": emoji}],
        }
        self.world.tell("message_reaction", change)

    def comes_to(self, group: Group) -> None:
        self._passes(group, "member")

    def goes_from(self, group: Group) -> None:
        self._passes(group, "left")

    def asks_to_join(self, group: Group, query: str = "") -> None:
        """Ask to come in; the guard bot of a group gets a `query` with it."""
        group.asking.add(self.account)
        request: Json = {
            "chat": group.json(),
            "from": self.user,
            "user_chat_id": self.account,
            "date": self.world.now(),
        }
        if query:
            self.world.join_queries[query] = self.world.now()
            request["query_id"] = query
        self.world.tell("chat_join_request", request)

    def presses_in(self, note: Note, label: str) -> str:
        """Press a button under a message in a group; return the press, whose link `opens` follows."""
        button = next(button for row in note.keyboard for button in row if button["text"] == label)
        return self.presses_data(str(button["callback_data"]), note)

    # ── For the eyes of one ─────────────────────────────────────────────────────────────

    def confides(self, group: Group, text: str, topic: str = "", *, reply_to: Note | None = None) -> Whisper:
        """Send a command that the bot declared ephemeral, or an answer to one of its ephemeral messages."""
        name = text.removeprefix("/").partition(" ")[0].partition("@")[0]
        listed = self.world.commands.get(("all_group_chats", ""), [])
        if text.startswith("/"):
            assert [one for one in listed if one["command"] == name and one.get("is_ephemeral")], "everybody sees it"
        made = Whisperers(self.world).say(group.json(), self.account, self.user, self.world.bot, text)
        made.thread = group.topic(topic).id if topic else None
        replied = {} if reply_to is None else {"reply_to_message": reply_to.json(with_reply=False)}
        self.world.tell("message", {**made.json(), **replied})
        return made

    def whispers(self, group: Group) -> list[Whisper]:
        """What the bot shows them alone in a group, oldest first."""
        ours = [one for one in self.world.whispers if isinstance(one, Whisper) and one.sender == self.world.bot]
        here = [one for one in ours if one.chat["id"] == group.id and one.person == self.account]
        return [one for one in here if not one.deleted and not one.lost]

    def presses_there(self, group: Group, label: str) -> str:
        """Press the newest button of that name that they alone see."""
        for whisper in reversed(self.whispers(group)):
            for button in (button for row in whisper.keyboard for button in row):
                if button["text"] == label:
                    return self._pressed(str(button["callback_data"]), whisper.json())
        raise AssertionError(f"{self.name} sees no button {label!r}")

    def opens(self, press: str) -> None:
        """Follow the link that answered a press, and tap Start there."""
        self.starts(self.world.links[press].partition("?start=")[2])

    def _passes(self, group: Group, status: str) -> None:
        old = group.members.get(self.account, "left")
        group.members[self.account] = status
        change: Json = {
            "chat": group.json(),
            "from": self.user,
            "date": self.world.now(),
            "old_chat_member": membership(self.user, old),
            "new_chat_member": membership(self.user, status),
        }
        self.world.tell("chat_member", change)

    def notes(self) -> list[Note]:
        """All messages of their chat that are still there."""
        return [note for note in self.world.notes if note.chat["id"] == self.account and not note.deleted]

    def sees(self) -> list[str]:
        """What the bot has on their screen, oldest first."""
        return [note.text for note in self.notes() if note.by_bot]

    def last(self) -> Note:
        return [note for note in self.notes() if note.by_bot][-1]

    def finds(self, text: str) -> Note:
        for note in reversed(self.notes()):
            if note.text == text:
                return note
        raise AssertionError(f"{self.name} sees no message {text!r}")

    def _moves(self, old: str, new: str) -> None:
        bot = self.world.bot
        change: Json = {
            "chat": self.chat,
            "from": self.user,
            "date": self.world.now(),
            "old_chat_member": membership(bot, old),
            "new_chat_member": membership(bot, new),
        }
        self.world.tell("my_chat_member", change)
