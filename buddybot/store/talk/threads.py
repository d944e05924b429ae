"""Threads of a chat, one row for each address: which thread shows which conversation, sealed under the member's key."""

import json
from collections.abc import Mapping

from buddybot.domain.kernel.conversations import Conversation
from buddybot.domain.kernel.messages import Address
from buddybot.store.kernel.db import Db
from buddybot.store.people.members import MemberStore

MOST_THREADS = 64
"""Threads remembered of one chat: what is said in an older one goes to the bot."""
_PURPOSE = "thread"


class ThreadStore:
    """Rows of the threads that an adapter made in people's chats."""

    def __init__(self, db: Db, members: MemberStore) -> None:
        self._db, self._members = db, members

    def all_of(self, address: Address) -> Mapping[str, str]:
        """Return the thread of each conversation, the newest last; none for an address that nobody is known at."""
        person = self._members.person(address)
        row = self._db.row("SELECT member, sealed FROM thread WHERE person = :person", person=person)
        opened = None if row is None else self._db.vault.open_whole(row[0], _PURPOSE, bytes(row[1]))
        found: dict[str, str] = {} if opened is None else json.loads(opened)
        return found

    def conversation_in(self, address: Address, thread: str) -> str:
        """Return the key of the conversation that a thread shows or showed; of one nobody knows, the bot's."""
        every = self.all_of(address).items()
        return next((key for key, threads in every if thread in threads.split()), Conversation().key)

    def keep(self, address: Address, conversation: str, thread: str) -> None:
        """Keep which thread shows a conversation; an empty one forgets it."""
        if (member := self._members.by_address(address)) is None:
            return
        kept = {key: one for key, one in self.all_of(address).items() if key != conversation}
        if thread:
            kept[conversation] = thread
        newest = dict(list(kept.items())[-MOST_THREADS:])
        self._db.run(
            "INSERT INTO thread (person, member, sealed) VALUES (:person, :member, :sealed)"
            " ON CONFLICT (person) DO UPDATE SET member = excluded.member, sealed = excluded.sealed",
            person=self._members.person(address),
            member=member.id,
            sealed=self._db.vault.seal(member.id, _PURPOSE, json.dumps(newest).encode()),
        )

    def count(self, member: str) -> int:
        """Return in how many chats a member has threads."""
        return len(self._db.rows("SELECT 1 FROM thread WHERE member = :member", member=member))
