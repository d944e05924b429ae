"""Groups of the pretend Telegram: their topics, members and rights, and what admins do to them."""

from dataclasses import dataclass, field

from tests.telegram.faults import Rejected
from tests.telegram.objects import BOT_ID, RIGHTS, Json, admin, membership
from tests.telegram.world import Note, Topic, World

EVERY_RIGHT = (
    *("can_delete_messages", "can_restrict_members", "can_invite_users", "can_pin_messages", "can_manage_topics"),
    "can_manage_tags",
)
SENDS = tuple(f"can_{right}" for right in RIGHTS)


@dataclass(slots=True)
class Group:
    """One group; the bot is an administrator with these rights, or, with none, a plain member."""

    world: World
    id: int
    forum: bool = True
    rights: set[str] = field(default_factory=lambda: set(EVERY_RIGHT))
    bot: str = "administrator"
    topics: dict[int, Topic] = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)
    until: dict[int, int] = field(default_factory=dict)
    asking: set[int] = field(default_factory=set)
    banned_chats: set[int] = field(default_factory=set)
    permissions: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(SENDS, True))
    pinned: list[int] = field(default_factory=list)
    unreacted: list[int] = field(default_factory=list)
    """Members and channels whose reactions the bot took away."""
    tags: dict[int, str] = field(default_factory=dict)
    answered: dict[int, str] = field(default_factory=dict)
    basic: bool = False

    def __post_init__(self) -> None:
        self.world.chats[self.id] = self.json()
        self.world.groups[self.id] = self

    def json(self) -> Json:
        kind = "group" if self.basic else "supergroup"
        return {"id": self.id, "type": kind, "title": "Room", **({"is_forum": True} if self.forum else {})}

    def topic(self, name: str) -> Topic:
        return next(topic for topic in self.topics.values() if topic.name == name and not topic.deleted)

    def member(self, account: int, user: Json) -> Json:
        if account == BOT_ID:
            return admin(self.world.bot, self.rights) if self.bot == "administrator" else membership(user, self.bot)
        return membership(user, self.members.get(account, "left"))

    def needs(self, right: str) -> None:
        """Refuse what the bot may not do, in Telegram's words."""
        if self.bot != "administrator" or right not in self.rights:
            raise Rejected(400, f"Bad Request: not enough rights to {right.removeprefix('can_').replace('_', ' ')}")

    def notes(self, topic: str = "") -> list[Note]:
        """What stands in the group, or in one of its topics."""
        thread = self.topic(topic).id if topic else None
        return [
            note
            for note in self.world.notes
            if note.chat["id"] == self.id and not note.deleted and note.thread == thread and note.text
        ]

    def sees(self, topic: str = "") -> list[str]:
        return [note.text for note in self.notes(topic)]

    def finds(self, text: str, topic: str = "") -> Note:
        return next(note for note in reversed(self.notes(topic)) if text in note.text)

    def migrates(self, to: int) -> "Group":
        """Become a supergroup with another number, as Telegram does by itself; messages are numbered anew."""
        new = Group(self.world, to, forum=False, rights=self.rights, members=self.members)
        self.world.moved[self.id] = to
        system = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
        self.world.tell("message", self.world.say(self.json(), system, extra={"migrate_to_chat_id": to}).json())
        return new

    def gives_the_bot(self, status: str, *rights: str) -> None:
        """Change what the bot is here."""
        old, (self.bot, self.rights) = self.member(BOT_ID, self.world.bot), (status, set(rights))
        owner: Json = {"id": 77, "is_bot": False, "first_name": "Owner"}
        change: Json = {
            "chat": self.json(),
            "from": owner,
            "date": self.world.now(),
            "old_chat_member": old,
            "new_chat_member": self.member(BOT_ID, self.world.bot),
        }
        if status in {"left", "kicked"}:
            self.world.closed[self.id] = Rejected(403, "Forbidden: bot was kicked from the supergroup chat")
        else:
            self.world.closed.pop(self.id, None)
        self.world.tell("my_chat_member", change)
