"""Moderation effects on people and places, as calls of the Bot API: pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import assert_never

from telegram import ChatPermissions

from buddybot.adapter import Admit, Channel, ChannelKind, PlaceEffect, Restrict, Restriction, Tune
from buddybot_telegram.addresses import chat_of, is_person, target, topic_of
from buddybot_telegram.outbound import ApiCall, Arguments

ALL = dict.fromkeys(ChatPermissions.all_permissions().to_dict(), True)
MUTED = dict.fromkeys(ALL, False)
SENDING = {name: False for name in ALL if "_send_" in name or "_add_web" in name}
SOONEST, LATEST = timedelta(seconds=40), timedelta(days=365)
"""What ends sooner than in half a minute, or later than in a year, Telegram takes for ever."""


def enforce(account: str, channel: Channel, effect: PlaceEffect, usual: Arguments, now: datetime) -> Iterator[ApiCall]:
    """Yield the calls for a place; `usual` is what everybody may do in its group by now."""
    match effect:
        case Restrict():
            yield from _restrict(chat_of(account), effect, now)
        case Admit(person, welcome):
            answer = "approveChatJoinRequest" if welcome else "declineChatJoinRequest"
            yield ApiCall(answer, {"chat_id": chat_of(account), "user_id": int(person)})
        case Tune(_, locked):
            yield from lock(account, usual, locked=locked or channel.kind is ChannelKind.ANONYMOUS)
        case unknown:
            assert_never(unknown)


def lock(account: str, usual: Arguments, *, locked: bool) -> Iterator[ApiCall]:
    """Yield the call that closes a place for everybody but admins, or opens it. Files stay off: the bot reads words."""
    if topic_of(account) is not None:
        yield ApiCall("closeForumTopic" if locked else "reopenForumTopic", target(account))
    elif locked or not usual.get("can_send_messages"):
        changed = SENDING if locked else {"can_send_messages": True}
        yield ApiCall("setChatPermissions", {**target(account), **_permissions({**usual, **changed})})


def _restrict(chat: int, effect: Restrict, now: datetime) -> Iterator[ApiCall]:
    if not is_person(effect.person):
        # Somebody who posts as a channel of theirs: that can be kept out, or not.
        ban = "unbanChatSenderChat" if effect.how in {Restriction.LIFT, Restriction.ENTER} else "banChatSenderChat"
        yield ApiCall(ban, {"chat_id": chat, "sender_chat_id": int(effect.person)})
        return
    whom: dict[str, object] = {"chat_id": chat, "user_id": int(effect.person)}
    until = {"until_date": _until(effect.until, now)}
    match effect.how:
        case Restriction.MUTE:
            yield ApiCall("restrictChatMember", {**whom, **until, **_permissions(MUTED)})
        case Restriction.REMOVE:
            yield ApiCall("banChatMember", {**whom, **until})
            yield ApiCall("deleteAllMessageReactions", whom)
        case Restriction.LIFT | Restriction.ENTER:
            yield ApiCall("unbanChatMember", {**whom, "only_if_banned": True})
            yield ApiCall("restrictChatMember", {**whom, **_permissions(ALL)})
        case unknown:
            assert_never(unknown)


def _until(end: datetime | None, now: datetime) -> int:
    return 0 if end is None else int(min(max(end, now + SOONEST), now + LATEST).timestamp())


def _permissions(allowed: Arguments) -> dict[str, object]:
    return {"permissions": allowed, "use_independent_chat_permissions": True}
