"""What is done to people and to places, as calls of the Bot API: pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import assert_never

from telegram import ChatPermissions

from buddybot.adapter import Admit, ChannelKind, PlaceEffect, Restrict, Restriction, Tune
from buddybot_telegram.outbound import Call
from buddybot_telegram.spots import Spot

SENDING = tuple(name for name in ChatPermissions.all_permissions().to_dict() if "_send_" in name or "_add_web" in name)
ALL = dict.fromkeys(ChatPermissions.all_permissions().to_dict(), True)
MUTED = dict.fromkeys(ALL, False)
SOONEST, LATEST = timedelta(seconds=40), timedelta(days=365)
"""What ends sooner than in half a minute, or later than in a year, Telegram takes for ever."""


def orders(spot: Spot, effect: PlaceEffect, usual: Mapping[str, object], now: datetime) -> Iterator[Call]:
    """Yield the calls; `usual` is what everybody may do in the group by now."""
    match effect:
        case Restrict():
            yield from _restrict(spot.chat, effect, now)
        case Admit(person, welcome):
            answer = "approveChatJoinRequest" if welcome else "declineChatJoinRequest"
            yield Call(answer, {"chat_id": spot.chat, "user_id": int(person)})
        case Tune(_, locked):
            yield from lock(spot, usual, locked=locked or spot.channel.kind is ChannelKind.ANONYMOUS)
        case unknown:
            assert_never(unknown)


def lock(spot: Spot, usual: Mapping[str, object], *, locked: bool) -> Iterator[Call]:
    """Yield the call that closes a place for everybody but admins, or opens it. Files stay off: the bot reads words."""
    if spot.topic is not None:
        there = {"chat_id": spot.chat, "message_thread_id": spot.topic}
        yield Call("closeForumTopic" if locked else "reopenForumTopic", there)
    elif locked or not usual.get("can_send_messages"):
        changed = dict.fromkeys(SENDING, False) if locked else {"can_send_messages": True}
        yield Call("setChatPermissions", {"chat_id": spot.chat, **_permissions({**usual, **changed})})


def _restrict(chat: int, effect: Restrict, now: datetime) -> Iterator[Call]:
    whom = {"chat_id": chat, "user_id": int(effect.person)}
    until = {"until_date": _until(effect.until, now)}
    if effect.person.startswith("-"):
        # Somebody who posts as a channel of theirs: that can be kept out, or not.
        ban = "unbanChatSenderChat" if effect.how is Restriction.LIFT else "banChatSenderChat"
        yield Call(ban, {"chat_id": chat, "sender_chat_id": int(effect.person)})
        return
    match effect.how:
        case Restriction.MUTE:
            yield Call("restrictChatMember", {**whom, **until, **_permissions(MUTED)})
        case Restriction.REMOVE:
            yield Call("banChatMember", {**whom, **until})
        case Restriction.LIFT:
            yield Call("unbanChatMember", {**whom, "only_if_banned": True})
            yield Call("restrictChatMember", {**whom, **_permissions(ALL)})
        case unknown:
            assert_never(unknown)


def _until(end: datetime | None, now: datetime) -> int:
    return 0 if end is None else int(min(max(end, now + SOONEST), now + LATEST).timestamp())


def _permissions(allowed: Mapping[str, object]) -> dict[str, object]:
    return {"permissions": allowed, "use_independent_chat_permissions": True}
