"""Registry of direct messages: which channel is whose, learnt as they appear, kept beside the address, or asked for."""

from collections.abc import Callable, MutableMapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from discord import Client
from discord.utils import snowflake_time

from buddybot import adapter as core
from buddybot_discord.markup import heard
from buddybot_discord.timing import CodePauses, Doing

if TYPE_CHECKING:
    from discord.types import message

Spoken: TypeAlias = "tuple[message.Message, str]"
"""A message of ours in which somebody speaks, and their words."""
_PAGE = 100
_SHORTEST_PART, _APART = 940, 60.0
"""Characters of a part of a long note, but for its last; seconds within which the next one follows."""
_MOST_RETRACTED = 10_000


class DirectChannels:
    """Registry of DM channels by account and back: learnt as they appear, and asked for where not known yet."""

    def __init__(self, client: Client, pauses: CodePauses) -> None:
        self._client, self._pauses = client, pauses
        self._kept: set[str] = set()
        self._channels: dict[str, int] = {}
        self._accounts: dict[int, str] = {}
        self.latest: dict[int, int] = {}
        """The newest message of a channel when it was opened, in this session."""
        self._sessions = 0
        self.retracted: MutableMapping[int, bool] = core.lru(_MOST_RETRACTED)
        """Messages we took away ourselves, until Discord says that they are gone."""

    def anew(self, tells_of: Callable[[int], bool]) -> None:
        """Note a new session: what was newest before it says nothing of what was missed in between."""
        self._sessions += 1
        self.latest = {channel: newest for channel, newest in self.latest.items() if not tells_of(channel)}

    def learn(self, channel: int, account: str) -> None:
        """Remember whose DM this is, and that it is in use."""
        self._accounts.pop(channel, None)
        self._channels[account], self._accounts[channel] = channel, account

    def known(self) -> tuple[int, ...]:
        """Return the channels this process has met, those used last first."""
        return tuple(reversed(self._accounts))

    def recall(self, address: core.Address) -> int | None:
        """Return the DM with this person as far as it is known: from what happened, or kept beside their address."""
        if address.chat and address.account not in self._channels:
            self._kept.add(address.account)
            self.learn(int(address.chat), address.account)
        return self._channels.get(address.account)

    def unkept(self, account: str) -> str:
        """Return the DM's id once, for the core to keep beside the address; empty where it has it."""
        if account in self._kept or account not in self._channels:
            return ""
        self._kept.add(account)
        return str(self._channels[account])

    async def channel_of(self, address: core.Address) -> int:
        """Return the DM with this person, opened if need be."""
        known = self.recall(address)
        return await self.opened(address.account) if known is None else known

    async def opened(self, account: str) -> int:
        """Open the DM with this person."""
        session = self._sessions
        opened = await self._client.http.start_private_message(int(account))
        channel = int(opened["id"])
        self.learn(channel, account)
        if session == self._sessions:
            self.latest[channel] = int(opened.get("last_message_id") or 0)
        return channel

    async def account_of(self, channel: int) -> str | None:
        """Return whose DM this is; None where it is nobody's."""
        if channel not in self._accounts:
            found = await self._pauses.patiently(lambda: self._client.http.get_channel(channel))
            match found:
                case {"recipients": [{"id": person}]}:
                    self.learn(channel, str(person))
                case _:
                    return None
        return self._accounts[channel]

    async def received(self, address: core.Address, count: int) -> tuple[str, int]:
        """Return what a buddy said last to this person, in the order it was said, and which of it came with a file."""
        ask = self._pauses.patiently
        channel = self.recall(address) or await ask(lambda: self.opened(address.account), Doing.OPENING)
        shown = await ask(lambda: self._client.http.logs_from(channel, _PAGE)) if channel else None
        me = self._client.user.id if self._client.user else 0
        ours = ((each, heard(each["content"])) for each in shown or () if int(each["author"]["id"]) == me)
        given = _newest([(each, text) for each, text in ours if text], count)
        filed = next((int(each["id"]) for each, _ in given if each["attachments"]), 0)
        return core.SHARED.join(text for _, text in reversed(given)), filed

    async def file_in(self, channel: int, message: int) -> str:
        """Return where the one file of a message of ours lies now: an address of Discord's is good for a day."""
        shown = await self._client.http.get_message(channel, message)
        me = self._client.user.id if self._client.user else 0
        files = shown["attachments"] if int(shown["author"]["id"]) == me else []
        return str(files[0]["url"]) if len(files) == 1 else ""

    def forget(self, account: str) -> None:
        """Ask anew next time."""
        self._kept.discard(account)
        self._accounts.pop(self._channels.pop(account, 0), None)


def _newest(spoken: "Sequence[Spoken]", count: int) -> "Sequence[Spoken]":
    """Return the newest notes; one that was too long for one message is all its parts, which went out together."""
    taken, notes = list[Spoken](), 0
    for each, text in spoken:
        newer = taken[-1][0] if taken else None
        is_part = newer is not None and len(text) >= _SHORTEST_PART and _seconds_between(each, newer) <= _APART
        if not is_part:
            notes += 1
        if notes > count:
            break
        taken.append((each, text))
    return taken


def _seconds_between(older: "message.Message", newer: "message.Message") -> float:
    apart = snowflake_time(int(newer["id"])) - snowflake_time(int(older["id"]))
    return apart.total_seconds()
