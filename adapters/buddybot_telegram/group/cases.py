"""Cases' topics: one of the moderators' forum for each case, or a message in their group where there can be none.

What the core declares is brought about each time it is said, from whatever is there: a topic that somebody deleted is
made again, one that was closed by hand is opened. No bot can list topics, so which is whose is kept as it is made.
"""

from collections.abc import MutableMapping
from dataclasses import replace

from telegram.error import BadRequest, Forbidden, TelegramError

from buddybot import adapter as core
from buddybot_telegram.addresses import account_of, case_message, case_parts, chat_of, topic_of
from buddybot_telegram.connection import BotApi
from buddybot_telegram.errors import HARMLESS, NO_TOPIC, SETTLED, delivery_error, described, says
from buddybot_telegram.outbound import Arguments, to_call

LONGEST_NAME, MOST = 128, 4096
REFUSED_FOR = 3600.0
"""Seconds after which a topic is asked for again in a group that refused one."""
TRIES = 2
_NO_TOPICS = (
    "no topic can be made for a case ({why}), so each case is a message in the moderators' group. For a topic each: "
    'turn on Topics (group name, Edit) and give the bot the right "Manage topics"; for messages, set '
    'adapters.telegram.cases = "messages"'
)
_SHARED = "the moderators' group has channels of members too, who would see a topic for a case: give the team its own"


class CaseTopics:
    """Shows cases to the moderators of one bot account; `topics` says whether each is to have one."""

    def __init__(
        self, api: BotApi, book: core.PlaceBook, inbox: core.Inbox, notices: core.Notices, *, topics: bool
    ) -> None:
        """Know no topic yet: what was made before stands with the core."""
        self._api, self._book, self._inbox, self._notices, self._topics = api, book, inbox, notices, topics
        self._named: dict[tuple[int, int], str] = {}
        self._refused: MutableMapping[int, bool] = core.expiring(MOST, REFUSED_FOR)

    def is_team(self, chat: int) -> bool:
        """Return whether a group is the moderators' alone."""
        teams = {chat_of(place.account) for place in self._book.all(core.ChannelKind.MODERATORS)}
        return chat in teams and not self._is_shared(chat)

    def _is_shared(self, chat: int) -> bool:
        others = self._book.all(core.ChannelKind.ANONYMOUS, core.ChannelKind.OPEN)
        return any(chat_of(place.account) == chat for place in others)

    async def show(self, delivery: core.Delivery, post: core.ThreadPost) -> core.MessageId:
        """Bring it about, and return what names topic and message."""
        try:
            return await self._show(delivery, await self._with_holder(delivery, post))
        except TelegramError as error:
            raise delivery_error(error, post, "sendMessage") from error.__cause__

    async def _show(self, delivery: core.Delivery, post: core.ThreadPost) -> core.MessageId:
        topic, message = case_parts(delivery.message)
        topic = topic or (0 if message else await self._kept(delivery.address, post))
        if topic and not await self._prepared(delivery.address, topic, post):
            topic, message = 0, 0
        if message and await self._edited(delivery, topic, message, post):
            await self._finish(delivery, topic, post)
            return case_message(topic, message)
        if post.closed:
            return delivery.message or core.MessageId("")
        for _ in range(TRIES):
            topic = topic or await self._made(delivery.address, post)
            try:
                sent = await self._sent(delivery, topic, post)
            except BadRequest as error:
                if not topic or not says(error, NO_TOPIC):
                    raise
                topic = 0  # deleted between two calls
                continue
            return case_message(topic, sent)
        raise core.RetryLater

    # ── The topic ───────────────────────────────────────────────────────────────────────

    async def _kept(self, address: core.Address, post: core.ThreadPost) -> int:
        """Return the topic that an earlier attempt made, before it could show anything in it."""
        return int((await self._inbox.threads(address)).get(post.note, 0))

    async def _made(self, address: core.Address, post: core.ThreadPost) -> int:
        """Make a topic; 0 where there is to be none, or Telegram makes none."""
        chat = chat_of(address.account)
        if not self._topics or chat in self._refused:
            return 0
        if self._is_shared(chat):
            self._notices.say(_SHARED)
            return 0
        try:
            made = await self._api.call("createForumTopic", {"chat_id": chat, "name": _name(post)})
        except (BadRequest, Forbidden) as error:
            self._refused[chat] = True
            self._notices.say(_NO_TOPICS.format(why=described(error)))
            return 0
        assert isinstance(made, dict)
        topic = int(made["message_thread_id"])
        self._named[chat, topic] = _name(post)
        await self._inbox.keep_thread(address, post.note, str(topic))
        return topic

    async def _prepared(self, address: core.Address, topic: int, post: core.ThreadPost) -> bool:
        """Name and open a topic that stands; False where it is gone."""
        chat, name = chat_of(address.account), _name(post)
        if self._named.get((chat, topic)) == name:
            return True
        there: Arguments = {"chat_id": chat, "message_thread_id": topic}
        if not await self._tried("editForumTopic", {**there, "name": name}):
            await self._inbox.keep_thread(address, post.note, "")
            return False
        self._named[chat, topic] = name
        return post.closed or await self._tried("reopenForumTopic", there)

    async def _finish(self, delivery: core.Delivery, topic: int, post: core.ThreadPost) -> None:
        """Call the team to what stands already, and put away what is over."""
        if post.alarm:
            bare = replace(post, content=core.Content(post.content.spans[:1], language=post.content.language))
            await self._sent(delivery, topic, bare)
        if post.closed and topic:
            chat = chat_of(delivery.address.account)
            await self._tried("closeForumTopic", {"chat_id": chat, "message_thread_id": topic})
            await self._inbox.keep_thread(delivery.address, post.note, "")
            self._named.pop((chat, topic), None)

    async def _tried(self, endpoint: str, arguments: Arguments) -> bool:
        """Do it if it can be done; what is refused is said once. False where the topic is gone."""
        try:
            await self._api.call(endpoint, arguments)
        except BadRequest as error:
            if says(error, NO_TOPIC):
                return False
            if not says(error, (*SETTLED, *HARMLESS)):
                self._notices.say(f"in the moderators' group {endpoint} was refused ({described(error)}).")
        return True

    # ── What stands in it ───────────────────────────────────────────────────────────────

    async def _sent(self, delivery: core.Delivery, topic: int, post: core.ThreadPost) -> int:
        """Post it; what calls nobody makes no sound."""
        content = replace(post.content, quiet=not post.alarm)
        made = await self._called(replace(delivery, effect=core.Send(content), message=None), topic)
        assert isinstance(made, dict)
        return int(made["message_id"])

    async def _edited(self, delivery: core.Delivery, topic: int, message: int, post: core.ThreadPost) -> bool:
        """Edit what stands there; False where it is gone."""
        there = replace(delivery, effect=core.Edit(post.note, post.content), message=core.MessageId(str(message)))
        try:
            await self._called(there, topic)
        except BadRequest as error:
            return "not modified" in error.message.lower()
        return True

    async def _called(self, delivery: core.Delivery, topic: int) -> object:
        """Carry it out in a topic, or where the moderators' channel is."""
        account = delivery.address.account
        where = account_of(chat_of(account), topic or topic_of(account))
        call = to_call(replace(delivery, address=replace(delivery.address, account=where), repeat=False))
        return await self._api.call(call.endpoint, call.arguments)

    async def _with_holder(self, delivery: core.Delivery, post: core.ThreadPost) -> core.ThreadPost:
        """Add the name of whoever has the case, which calls nobody; without it where Telegram does not tell."""
        if not post.holder:
            return post
        try:
            asked = {"chat_id": chat_of(delivery.address.account), "user_id": int(post.holder)}
            member = await self._api.call("getChatMember", asked)
            assert isinstance(member, dict)
            name = str(member["user"]["first_name"])
        except (TelegramError, AssertionError, KeyError, TypeError):
            return post
        return replace(post, content=replace(post.content, spans=(*post.content.spans, core.Span(f" {name}"))))


def _name(post: core.ThreadPost) -> str:
    """Return the name of a topic: how far the case has come stands at its end."""
    state = f" ({post.tags[0]})" if post.tags else ""
    return post.title[: LONGEST_NAME - len(state)] + state
