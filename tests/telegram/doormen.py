"""The methods of the Bot API for groups, each with Telegram's checks and Telegram's words for what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from tests.telegram.arguments import Arguments
from tests.telegram.faults import Rejected
from tests.telegram.groups import Group
from tests.telegram.objects import BOT_ID, membership
from tests.telegram.world import Topic, World

Method: TypeAlias = Callable[[Arguments], object]


def bad(words: str) -> Rejected:
    return Rejected(400, f"Bad Request: {words}")


@dataclass(slots=True)
class Doormen:
    world: World

    def named(self, name: str) -> Method | None:
        methods: dict[str, Method] = {
            "getChatMember": self.get_chat_member,
            "createForumTopic": self.create_topic,
            "editForumTopic": self.edit_topic,
            "closeForumTopic": lambda asked: self._close(asked, closed=True),
            "reopenForumTopic": lambda asked: self._close(asked, closed=False),
            "pinChatMessage": self.pin,
            "setChatPermissions": self.set_permissions,
            "restrictChatMember": self.restrict,
            "banChatMember": lambda asked: self._ban(asked, "kicked"),
            "unbanChatMember": self.unban,
            "banChatSenderChat": self.ban_chat,
            "unbanChatSenderChat": self.unban_chat,
            "answerChatJoinRequestQuery": self.answer_query,
            **({"deleteAllMessageReactions": self.drop_reactions} if self.world.api >= (10, 0) else {}),
            **({"setChatMemberTag": self.tag} if self.world.api >= (9, 5) else {}),
            "approveChatJoinRequest": lambda asked: self._answer(asked, "approved"),
            "declineChatJoinRequest": lambda asked: self._answer(asked, "declined"),
        }
        return methods.get(name)

    def group(self, asked: Arguments) -> Group:
        account = self.world.named(asked.text("chat_id"))
        if account in self.world.moved:
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Rejected(400, words, migrate_to_chat_id=self.world.moved[account])
        if account in self.world.closed:
            raise self.world.closed[account]
        found = self.world.groups.get(account)
        if not isinstance(found, Group):
            raise bad("chat not found")
        return found

    def get_chat_member(self, asked: Arguments) -> object:
        account = asked.number("user_id")
        if asked.number("chat_id") > 0:
            return membership({**self.world.chats[asked.number("chat_id")], "is_bot": False}, "restricted")
        group = self.group(asked)
        if account == BOT_ID:
            return group.member(BOT_ID, self.world.bot)
        if account not in group.members:
            raise bad("member not found")
        return membership({"id": account, "is_bot": False, "first_name": "X"}, group.members[account])

    def create_topic(self, asked: Arguments) -> object:
        if (chat := asked.number("chat_id")) > 0:
            return self._private_topic(chat, asked)
        group = self.group(asked)
        if not group.forum:
            raise bad("the chat is not a forum")
        group.needs("can_manage_topics")
        self.world.last_note += 1
        topic = Topic(self.world.last_note, self._name(asked))
        group.topics[topic.id] = topic
        return {"message_thread_id": topic.id, "name": topic.name, "icon_color": 7322096}

    def _private_topic(self, chat: int, asked: Arguments) -> object:
        if chat in self.world.closed:
            raise self.world.closed[chat]
        if chat not in self.world.chats:
            raise bad("chat not found")
        if not self.world.bot.get("has_topics_enabled"):
            raise bad("the chat is not a forum")
        topic = self.world.add_topic(chat, self._name(asked))
        return {"message_thread_id": topic.id, "name": topic.name, "icon_color": 7322096}

    def edit_topic(self, asked: Arguments) -> object:
        topic, name = self._topic(asked), self._name(asked)
        if topic.name == name:
            raise bad("TOPIC_NOT_MODIFIED")
        topic.name = name
        return True

    def pin(self, asked: Arguments) -> object:
        group = self.group(asked)
        group.needs("can_pin_messages")
        if self.world.find(group.id, asked.number("message_id")) is None:
            raise bad("message to pin not found")
        group.pinned.append(asked.number("message_id"))
        return True

    def set_permissions(self, asked: Arguments) -> object:
        group = self.group(asked)
        group.needs("can_restrict_members")
        permissions = asked.table("permissions") or {}
        wanted = {name: permissions.get(name) is True for name in group.permissions}
        if wanted == group.permissions:
            raise bad("CHAT_NOT_MODIFIED")
        group.permissions = wanted
        return True

    def restrict(self, asked: Arguments) -> object:
        group, account = self._whom(asked)
        if group.basic:
            raise bad("method is available only for supergroups")
        if account not in group.members:
            raise bad("PARTICIPANT_ID_INVALID")
        permissions = asked.table("permissions") or {}
        free = any(permissions.values())
        if group.members[account] in {"member", "restricted"}:
            group.members[account] = "member" if free else "restricted"
        group.until[account] = asked.number("until_date")
        return True

    def unban(self, asked: Arguments) -> object:
        group, account = self._whom(asked)
        assert asked.flag("only_if_banned")
        if group.members.get(account) == "kicked":
            group.members[account] = "left"
        return True

    def ban_chat(self, asked: Arguments) -> object:
        group = self.group(asked)
        group.needs("can_restrict_members")
        group.banned_chats.add(asked.number("sender_chat_id"))
        return True

    def unban_chat(self, asked: Arguments) -> object:
        self.group(asked).banned_chats.discard(asked.number("sender_chat_id"))
        return True

    def _ban(self, asked: Arguments, status: str) -> object:
        group, account = self._whom(asked)
        group.members[account], group.until[account] = status, asked.number("until_date")
        return True

    def _answer(self, asked: Arguments, answer: str) -> object:
        group, account = self.group(asked), asked.number("user_id")
        group.needs("can_invite_users")
        if account not in group.asking:
            raise bad("HIDE_REQUESTER_MISSING")
        group.asking.remove(account)
        group.answered[account] = answer
        return True

    def drop_reactions(self, asked: Arguments) -> object:
        group, whose = self.group(asked), asked.number("user_id") or asked.number("actor_chat_id")
        group.needs("can_delete_messages")
        if not whose:
            raise bad("USER_ID_INVALID")
        group.unreacted.append(whose)
        return True

    def tag(self, asked: Arguments) -> object:
        """Tag a plain member; an administrator has a title of their own kind."""
        group, account, tag = self.group(asked), asked.number("user_id"), asked.text("tag")
        group.needs("can_manage_tags")
        if group.members.get(account, "left") not in {"member", "restricted"}:
            raise bad("USER_NOT_PARTICIPANT" if account not in group.members else "CHAT_ADMIN_REQUIRED")
        if len(tag) > 16:
            raise bad("TAG_INVALID")
        group.tags[account] = tag
        return True

    def answer_query(self, asked: Arguments) -> object:
        """Decide about somebody who wants in, or leave it to the other administrators; within ten seconds."""
        query, result = asked.text("chat_join_request_query_id"), asked.text("result")
        if query not in self.world.join_queries or self.world.now() - self.world.join_queries[query] > 10:
            raise bad("QUERY_ID_INVALID")
        if result not in {"approve", "decline", "queue"}:
            raise bad("wrong result specified")
        self.world.join_queries.pop(query)
        self.world.join_answers.append(result)
        return True

    def _whom(self, asked: Arguments) -> tuple[Group, int]:
        group, account = self.group(asked), asked.number("user_id")
        group.needs("can_restrict_members")
        if group.members.get(account) in {"administrator", "creator"}:
            raise bad("user is an administrator of the chat")
        return group, account

    def _close(self, asked: Arguments, *, closed: bool) -> object:
        if asked.number("chat_id") > 0:
            raise bad("the chat is not a supergroup")  # only a forum's topics can be closed
        topic = self._topic(asked)
        if topic.closed is closed:
            raise bad("TOPIC_NOT_MODIFIED")
        topic.closed = closed
        return True

    def _topic(self, asked: Arguments) -> Topic:
        if (chat := asked.number("chat_id")) > 0:
            if (mine := self.world.open_topic(chat, asked.number("message_thread_id"))) is None:
                raise bad("TOPIC_ID_INVALID")
            return mine
        group = self.group(asked)
        group.needs("can_manage_topics")
        topic = group.topics.get(asked.number("message_thread_id"))
        if topic is None or topic.deleted:
            raise bad("TOPIC_ID_INVALID")
        return topic

    @staticmethod
    def _name(asked: Arguments) -> str:
        name = asked.text("name")
        if not 1 <= len(name) <= 128:
            raise bad("invalid forum topic name length specified")
        return name
