"""Lookup of conversations by key: what an event that names one may reach, and how its person sees it."""

from buddybot.domain.kernel.conversations import WITH_BOT, Conversation, ConversationKind
from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.moderation.cases import Case
from buddybot.store.tx import Tx

TALK = "voice"
"""The kind of timer that holds a moderator's talk open."""
_CASE, _CODE = "case-", 8


def key_of_case(case: Case) -> str:
    """Return the key of the talk between a moderator and the person of a case."""
    return f"{_CASE}{case.id[:_CODE]}"


def case_of_key(tx: Tx, key: str | None) -> Case | None:
    """Return the case whose talk has this key."""
    if key is None or not key.startswith(_CASE):
        return None
    return tx.cases.named(key.removeprefix(_CASE))


def seen_by(tx: Tx, member: MemberId, key: str) -> Conversation:
    """Return a conversation as this member sees it; one that is none of theirs is the bot's."""
    if key.startswith(_CASE):
        case = case_of_key(tx, key)
        return Conversation(ConversationKind.MODERATOR, key, over=case is None or tx.timers.find(TALK, case.id) is None)
    room = tx.rooms.by_id(RoomId(key))
    return WITH_BOT if room is None or not room.saw(member) else room.seen_by(member)
