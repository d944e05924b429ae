"""Account ids of places: a topic of a forum, or a whole group, by its chat and topic: pure.

Ephemeral messages have a number of their own kind in a chat: their ids name the place as well, and none is ever taken
for the number of a message that everybody sees.
"""

from buddybot.adapter import MessageId

EPHEMERAL, IN_TOPIC = "!", "#"


def account_of(chat: int, topic: int | None = None) -> str:
    """Return the account of a place: the number of the chat, for a topic with a slash and the topic's behind it."""
    return f"{chat}/{topic}" if topic else str(chat)


def chat_of(account: str) -> int:
    """Return the chat."""
    return int(account.partition("/")[0])


def topic_of(account: str) -> int | None:
    """Return the topic; None is the whole group, or a person."""
    return int(account.partition("/")[2] or 0) or None


def is_person(account: str) -> bool:
    """Return whether it is a private chat; Telegram gives groups and channels negative numbers."""
    return not account.startswith("-")


def group_of(account: str) -> str:
    """Return the group that a place is in: its topics share one limit. Empty for a person."""
    return "" if is_person(account) else account.partition("/")[0]


def target(account: str) -> dict[str, object]:
    """Return the arguments that send something to a person or a place."""
    topic = topic_of(account)
    return {"chat_id": chat_of(account), **({"message_thread_id": topic} if topic else {})}


def ephemeral_message(account: str, number: int) -> MessageId:
    """Return the id of an ephemeral message in a place."""
    return MessageId(f"{account}{EPHEMERAL}{number}")


def ephemeral_in(message: MessageId | None) -> tuple[str, int] | None:
    """Return the place and the number of an ephemeral message; None of any other."""
    account, mark, number = (message or "").partition(EPHEMERAL)
    return (account, int(number)) if mark else None


def case_message(topic: int, number: int) -> MessageId:
    """Return the id of a case's message, with the topic made for it; 0 where it has none."""
    return MessageId(f"{topic}{IN_TOPIC}{number}" if topic else str(number))


def case_parts(message: MessageId | None) -> tuple[int, int]:
    """Return topic and number of a case's message; 0 for each that there is not."""
    topic, _, number = (message or "").rpartition(IN_TOPIC)
    return int(topic or 0), int(number or 0)
