"""The methods of the Bot API, each with Telegram's checks and Telegram's words for what is wrong."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from telegram.constants import ReactionEmoji

from tests import samples
from tests.telegram.arguments import Arguments
from tests.telegram.doormen import Doormen
from tests.telegram.faults import Rejected
from tests.telegram.groups import Group
from tests.telegram.objects import FILE, Json, full_chat, utf16
from tests.telegram.whispers import Whisperers
from tests.telegram.world import Note, World

Method: TypeAlias = Callable[[Arguments], object]

LARGEST_FILE = 20 * 1024 * 1024
LONGEST_TEXT, LONGEST_CAPTION, LONGEST_DATA = 4096, 1024, 64
LONGEST_COPIED = 256
MOST_CONNECTIONS = 100
MOST_BUTTONS, MOST_COMMANDS, MOST_DELETED = 100, 100, 100
KINDS_OF_BUTTON = {"callback_data", "copy_text", "url"}
STYLES_OF_BUTTON = {"danger", "success", "primary"}
LATEST = 4_102_444_800
"""The real server takes no moment that is more than 1098 days away; its clock is none of the fake's."""
TWO_DAYS = 48 * 3600
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"
EMOJI = {emoji.value.replace("\N{VARIATION SELECTOR-16}", "") for emoji in ReactionEmoji}


def bad(words: str) -> Rejected:
    return Rejected(400, f"Bad Request: {words}")


@dataclass(slots=True)
class Methods:
    world: World

    def named(self, name: str) -> Method | None:
        methods: dict[str, Method] = {
            "getMe": lambda _: self.world.bot,
            "getChat": self.get_chat,
            "sendMessage": self.send_message,
            "sendDocument": self.send_document,
            "sendPhoto": self.send_photo,
            "sendVoice": self.send_voice,
            "getFile": self.get_file,
            "editMessageText": self.edit_message_text,
            "deleteMessage": self.delete_message,
            **({"deleteMessages": self.delete_messages} if self.world.api >= (7, 0) else {}),
            "setMessageReaction": self.set_message_reaction,
            "answerCallbackQuery": self.answer_callback_query,
            "setMyCommands": self.set_my_commands,
            "deleteMyCommands": lambda asked: self.world.commands.pop(_scope(asked), None) is not None or True,
            "getMyCommands": lambda asked: self.world.commands.get(_scope(asked), []),
            "setMyDescription": lambda asked: self._describe("description", asked),
            "getMyDescription": lambda asked: self._described("description", asked),
            "setMyShortDescription": lambda asked: self._describe("short_description", asked),
            "getMyShortDescription": lambda asked: self._described("short_description", asked),
            "setWebhook": self.set_webhook,
            "deleteWebhook": self.delete_webhook,
            "getWebhookInfo": lambda _: self._webhook_info(),
        }
        return methods.get(name) or Doormen(self.world).named(name) or Whisperers(self.world).named(name)

    def get_chat(self, asked: Arguments) -> object:
        chat = self._chat(asked)
        group = self.world.groups.get(int(str(chat["id"])))
        return full_chat({**chat, **({"permissions": dict(group.permissions)} if isinstance(group, Group) else {})})

    def send_message(self, asked: Arguments) -> object:
        chat = self._chat(asked)
        text, whisperers = _checked(asked.text("text"), LONGEST_TEXT), Whisperers(self.world)
        if whisperers.receiver(asked):
            self._may_write(chat, asked.number("message_thread_id") or None)
            return whisperers.send(asked, chat, text, _keyboard(asked), _entities(asked, "entities", text))
        return self._said(chat, asked, text, "entities").json()

    def send_document(self, asked: Arguments) -> object:
        chat = self._chat(asked)
        caption = asked.text("caption")
        if utf16(caption) > LONGEST_CAPTION:
            raise bad("message caption is too long")
        if "document" not in asked.files:
            raise bad("there is no document in the request")
        note = self._said(chat, asked, caption, "caption_entities")
        note.file = asked.files["document"]
        note.extra = {"document": {**FILE, "file_name": note.file[0], "mime_type": "text/plain"}}
        return note.json()

    def send_photo(self, asked: Arguments) -> object:
        chat, caption = self._chat(asked), asked.text("caption")
        if utf16(caption) > LONGEST_CAPTION:
            raise bad("message caption is too long")
        if "photo" not in asked.files:
            raise bad("there is no photo in the request")
        note = self._said(chat, asked, caption, "caption_entities")
        note.file = asked.files["photo"]
        kept = {**self._kept(note, "photo"), "width": 360, "height": 400}
        note.extra = {
            "photo": [{**FILE, "width": 9, "height": 9}, kept],
            "has_media_spoiler": asked.flag("has_spoiler"),
        }
        return note.json()

    def send_voice(self, asked: Arguments) -> object:
        """Voices are allowed where the other one takes them: Premium lets people refuse them from anybody."""
        chat, caption = self._chat(asked), asked.text("caption")
        if chat["id"] in self.world.deaf_ears:
            raise bad("VOICE_MESSAGES_FORBIDDEN")
        if utf16(caption) > LONGEST_CAPTION:
            raise bad("message caption is too long")
        if "voice" not in asked.files:
            raise bad("there is no voice in the request")
        note = self._said(chat, asked, caption, "caption_entities")
        note.file = asked.files["voice"]
        kept = self._kept(note, "voice")
        note.extra = {"voice": {**kept, "duration": asked.number("duration"), "mime_type": "audio/ogg"}}
        return note.json()

    def _kept(self, note: Note, kind: str) -> Json:
        """Keep what the bot sent, to be fetched again by its id: of a photo Telegram makes one of its own."""
        assert note.file is not None
        name, data = f"sent{note.id}", note.file[1].encode(errors="surrogateescape")
        self.world.files[name] = samples.recompressed(data) if kind == "photo" else data
        return {"file_id": name, "file_unique_id": f"u-{name}", "file_size": len(self.world.files[name])}

    def get_file(self, asked: Arguments) -> object:
        """A path that stays good for an hour, for what is not larger than 20 MB."""
        name = asked.text("file_id")
        if name not in self.world.files:
            raise bad("wrong file_id or the file is temporarily unavailable")
        if len(self.world.files[name]) > LARGEST_FILE:
            raise bad("file is too big")
        return {**FILE, "file_id": name, "file_size": len(self.world.files[name]), "file_path": f"photos/{name}.jpg"}

    def edit_message_text(self, asked: Arguments) -> object:
        note = self._own(asked, "message to edit not found", "message can't be edited")
        text = _checked(asked.text("text"), LONGEST_TEXT)
        entities, keyboard = (
            _entities(asked, "entities", text, old=self.world.old),
            _keyboard(asked, old=self.world.old),
        )
        if (text, entities, keyboard) == (note.text, note.entities, note.keyboard):
            raise bad(SAME)
        note.text, note.entities, note.keyboard, note.edited = text, entities, keyboard, self.world.now()
        return note.json()

    def delete_message(self, asked: Arguments) -> object:
        note = self._found(asked, "message to delete not found")
        self._may_be_deleted(note)
        note.deleted = True
        return True

    def delete_messages(self, asked: Arguments) -> object:
        """Up to a hundred; what is not found is passed over, and for one that may not be deleted all are refused."""
        chat, numbers = self._chat(asked), asked.words("message_ids") or []
        if not numbers:
            raise bad("message identifiers are not specified")
        if len(numbers) > MOST_DELETED:
            raise bad("too many message identifiers specified")
        found = [self.world.find(int(str(chat["id"])), int(number)) for number in numbers]
        notes = [note for note in found if note is not None]
        for note in notes:
            self._may_be_deleted(note)
        for note in notes:
            note.deleted = True
        return True

    def _may_be_deleted(self, note: Note) -> None:
        group = self.world.groups.get(int(str(note.chat["id"])))
        if isinstance(group, Group) and not note.by_bot and "can_delete_messages" not in group.rights:
            raise bad("message can't be deleted")
        if self.world.now() - note.date > TWO_DAYS:
            raise bad("message can't be deleted for everyone")

    def set_message_reaction(self, asked: Arguments) -> object:
        note = self._found(asked, "message to react not found")
        reactions = [str(reaction["emoji"]) for reaction in asked.tables("reaction")]
        if any(emoji.replace("\N{VARIATION SELECTOR-16}", "") not in EMOJI for emoji in reactions):
            raise bad("REACTION_INVALID")
        note.reaction = "".join(reactions)
        return True

    def answer_callback_query(self, asked: Arguments) -> object:
        query = asked.text("callback_query_id")
        if query not in self.world.queries:
            raise bad(OLD_QUERY)
        self.world.queries.remove(query)
        url = asked.text("url")
        if url and not url.startswith(f"https://t.me/{self.world.bot['username']}?start="):
            raise bad("URL_INVALID")
        if url and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", url.partition("?start=")[2]):
            raise bad("BOT_START_PARAM_INVALID")
        self.world.links[query] = url
        return True

    def set_my_commands(self, asked: Arguments) -> object:
        commands, scope = asked.tables("commands"), asked.table("scope") or {}
        if len(commands) > MOST_COMMANDS:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        if scope.get("type") == "chat" and scope["chat_id"] in self.world.strangers:
            raise bad("chat not found")
        for command in commands:
            name, words = str(command["command"]), str(command["description"])
            if not name.islower() or not name.replace("_", "").isalnum() or len(name) > 32:
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(words) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self.world.commands[_scope(asked)] = commands
        return True

    def set_webhook(self, asked: Arguments) -> object:
        secret, connections = asked.text("secret_token"), asked.number("max_connections", 40)
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
            raise bad("secret token contains unallowed characters")
        connections = max(1, min(MOST_CONNECTIONS, connections))
        self.world.webhook = {"url": asked.text("url"), "secret": secret, "connections": connections}
        self.world.allowed = asked.words("allowed_updates")
        self.world.stirred.set()
        return True

    def delete_webhook(self, asked: Arguments) -> object:
        self.world.webhook = {}
        if asked.flag("drop_pending_updates"):
            self.world.pending.clear()
        return True

    def _said(self, chat: Json, asked: Arguments, text: str, entities: str) -> Note:
        thread = asked.number("message_thread_id") or None
        if self.world.deaf and thread is not None and self.world.open_topic(int(str(chat["id"])), thread) is None:
            thread = None
        reply = self._reply(asked, chat, thread)
        self._may_write(chat, thread)
        quote = _quote(asked, reply)
        note = self.world.say(
            chat, self.world.bot, text.strip(), reply_to=reply, keyboard=_keyboard(asked, old=self.world.old)
        )
        note.thread, note.quote = thread, quote
        note.entities = _entities(asked, entities, text, old=self.world.old)
        note.silent, note.protected = asked.flag("disable_notification"), asked.flag("protect_content")
        return note

    def _may_write(self, chat: Json, thread: int | None) -> None:
        group = self.world.groups.get(int(str(chat["id"])))
        topic = group.topics.get(thread or 0) if isinstance(group, Group) else None
        if not isinstance(group, Group):
            topic = self.world.open_topic(int(str(chat["id"])), thread or 0)
        if thread is not None and (topic is None or topic.deleted):
            raise bad("message thread not found")
        if int(str(chat["id"])) > 0 and chat["id"] in self.world.strangers:
            raise Rejected(403, "Forbidden: bot can't initiate conversation with a user")

    def _chat(self, asked: Arguments) -> Json:
        account = self.world.named(asked.text("chat_id"))
        if account in self.world.moved:
            new = self.world.moved[account]
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Rejected(400, words, migrate_to_chat_id=new)
        if account in self.world.closed:
            raise self.world.closed[account]
        if account not in self.world.chats:
            raise bad("chat not found")
        return self.world.chats[account]

    def _reply(self, asked: Arguments, chat: Json, thread: int | None) -> Note | None:
        parameters = asked.table("reply_parameters")
        if parameters is None:
            return None
        if "message_id" not in parameters:
            raise bad("message to be replied not found")
        note = self.world.find(int(str(chat["id"])), int(str(parameters["message_id"])))
        # In another topic than its own a message that is gone is never passed over: the flag counts for nothing there.
        gone = [one for one in self.world.notes if one.chat["id"] == chat["id"] and one.id == parameters["message_id"]]
        elsewhere = any(one.thread != thread for one in gone)
        if note is None and (elsewhere or parameters.get("allow_sending_without_reply") is not True):
            raise bad("message to be replied not found")
        return note

    def _found(self, asked: Arguments, missing: str) -> Note:
        chat = self._chat(asked)
        note = self.world.find(int(str(chat["id"])), asked.number("message_id"))
        if note is None:
            raise bad(missing)
        return note

    def _own(self, asked: Arguments, missing: str, foreign: str) -> Note:
        note = self._found(asked, missing)
        if not note.by_bot:
            raise bad(foreign)
        return note

    def _describe(self, field: str, asked: Arguments) -> object:
        self.world.descriptions[field, asked.text("language_code")] = asked.text(field)
        return True

    def _described(self, field: str, asked: Arguments) -> object:
        return {field: self.world.descriptions.get((field, asked.text("language_code")), "")}

    def _webhook_info(self) -> object:
        url = self.world.webhook.get("url", "")
        return {"url": url, "has_custom_certificate": False, "pending_update_count": len(self.world.pending)}


def _checked(text: str, longest: int) -> str:
    if not text.strip():
        raise bad("message text is empty")
    if utf16(text) > longest:  # the strictest that its page can mean by characters
        raise bad("message is too long")
    return text


def _scope(asked: Arguments) -> tuple[str, str]:
    scope = asked.table("scope") or {"type": "default"}
    return (":".join(str(value) for value in scope.values()), asked.text("language_code"))


def _entities(asked: Arguments, name: str, text: str, *, old: bool = False) -> list[Json]:
    entities = asked.tables(name)
    units = text.encode("utf-16-le")
    for entity in entities:
        if entity["type"] == "date_time":
            _checked_moment(entity, old=old)
        start, length = int(str(entity["offset"])), int(str(entity["length"]))
        if start < 0 or length < 1 or start + length > utf16(text):
            raise bad(f"entity ends out of the text at UTF-16 offset {start + length}")
        try:
            units[2 * start : 2 * (start + length)].decode("utf-16-le")
        except UnicodeDecodeError:
            raise bad(f"entity beginning at UTF-16 offset {start} ends in a middle of a UTF-16 symbol") from None
    return entities


def _keyboard(asked: Arguments, *, old: bool = False) -> list[list[Json]]:
    """Only inline keyboards are echoed; any other belongs to the client alone."""
    markup = asked.table("reply_markup") or {}
    rows = markup.get("inline_keyboard", [])
    assert isinstance(rows, list)
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad("reply markup is too long")
    for row in rows:
        for button in row:
            _checked_button(button, old=old)
    return rows


def _checked_button(button: Json, *, old: bool) -> None:
    if not button["text"]:
        raise bad("can't parse inline keyboard button: text buttons are unallowed")
    if len(KINDS_OF_BUTTON & button.keys()) != 1 or (old and "copy_text" in button):
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if not old and button.get("style", "primary") not in STYLES_OF_BUTTON:
        raise bad("can't parse inline keyboard button: invalid button style specified")
    if (copied := button.get("copy_text")) is not None:
        assert isinstance(copied, dict)
        if not 1 <= len(str(copied["text"])) <= LONGEST_COPIED:
            raise bad("BUTTON_COPY_TEXT_INVALID")
    elif "url" in button:
        assert str(button["url"]).startswith("https://"), "what else leads nowhere"
    elif not 1 <= len(str(button["callback_data"]).encode()) <= LONGEST_DATA:
        raise bad("BUTTON_DATA_INVALID")


def _checked_moment(entity: Json, *, old: bool) -> None:
    if old:
        raise bad("can't parse entities: unsupported entity type")
    if not re.fullmatch(r"r|w?[dD]?[tT]?", str(entity.get("date_time_format", ""))):
        raise bad("can't parse entities: invalid date-time format specified")
    if not 0 <= int(str(entity["unix_time"])) <= LATEST:
        raise bad("can't parse entities: invalid date specified")


def _quote(asked: Arguments, replied: Note | None) -> str:
    """The words of the answered message that an answer is about: exactly as they stand there, or it fails."""
    quote = str((asked.table("reply_parameters") or {}).get("quote", ""))
    if quote and (len(quote) > LONGEST_CAPTION or replied is None or quote not in replied.text):
        raise bad("QUOTE_TEXT_INVALID")
    return quote
