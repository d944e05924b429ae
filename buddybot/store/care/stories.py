"""Stories of the experience library: sealed under their author's key, so they end with it, unless they may stay."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from pydantic import TypeAdapter

from buddybot.domain.care.stories import Story, StoryState
from buddybot.domain.kernel.ids import MemberId
from buddybot.store.kernel.db import Db, Row, moment, stamp

COLUMNS = "id, author, state, made_at, sealed"
PURPOSE = "story"
READ = 300
"""The most stories that are opened for one search, the newest."""
LEAST_CODE = 8


@dataclass(frozen=True, slots=True)
class _Sealed:
    text: str = field(repr=False)
    locale: str
    topics: tuple[str, ...] = ()
    claim: str = ""
    stays: bool = False


_SEALED = TypeAdapter(_Sealed)


class StoryStore:
    """Rows of what members wrote of what helped them."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def save(self, story: Story) -> None:
        """Keep a story; one without an author is sealed under the bot's own key."""
        inner = _SEALED.dump_json(_Sealed(story.text, story.locale, story.topics, story.claim, story.stays))
        vault = self._db.vault
        sealed = vault.seal_ours(PURPOSE, inner) if story.author is None else vault.seal(story.author, PURPOSE, inner)
        self._db.run(
            "INSERT INTO story (id, author, state, made_at, sealed) VALUES (:id, :author, :state, :at, :sealed)"
            " ON CONFLICT (id) DO UPDATE SET author = excluded.author, state = excluded.state,"
            " made_at = excluded.made_at, sealed = excluded.sealed",
            id=story.id,
            author=story.author,
            state=story.state.value,
            at=stamp(story.made_at),
            sealed=sealed,
        )

    def by_id(self, story: str) -> Story | None:
        """Return one story."""
        found = self._read(self._db.rows(f"SELECT {COLUMNS} FROM story WHERE id = :id", id=story))
        return found[0] if found else None

    def named(self, code: str) -> Story | None:
        """Return the story whose id begins with this code; None where there is none, or more than one."""
        sql = f"SELECT {COLUMNS} FROM story WHERE id >= :low AND id < :high LIMIT 2"
        found = self._read(self._db.rows(sql, low=code, high=f"{code}\x7f"))
        return found[0] if len(found) == 1 and len(code) >= LEAST_CODE else None

    def shown(self) -> list[Story]:
        """Return what members may see, the newest first."""
        sql = f"SELECT {COLUMNS} FROM story WHERE state = :s ORDER BY made_at DESC, id LIMIT :most"
        return self._read(self._db.rows(sql, s=StoryState.SHOWN.value, most=READ))

    def for_review(self) -> list[Story]:
        """Return what moderators have to look at, the oldest first."""
        sql = f"SELECT {COLUMNS} FROM story WHERE state <> :s ORDER BY made_at, id LIMIT :most"
        return self._read(self._db.rows(sql, s=StoryState.SHOWN.value, most=READ))

    def of_author(self, member: MemberId) -> list[Story]:
        """Return everything this member shared."""
        return self._read(
            self._db.rows(f"SELECT {COLUMNS} FROM story WHERE author = :m ORDER BY made_at, id", m=member)
        )

    def drop(self, story: str) -> None:
        """Forget one story."""
        self._db.run("DELETE FROM story WHERE id = :id", id=story)

    def forget(self, member: MemberId) -> None:
        """Forget what an erased member shared; what may stay is kept without its author."""
        for one in self.of_author(member):
            if one.stays and one.state is StoryState.SHOWN:
                self.save(replace(one, author=None))
        self._db.run("DELETE FROM story WHERE author = :m", m=member)

    def expire(self, before: datetime) -> None:
        """Forget what nobody looked at in time."""
        self._db.run(
            "DELETE FROM story WHERE state IN (:waiting, :reported) AND made_at < :at",
            waiting=StoryState.WAITING.value,
            reported=StoryState.REPORTED.value,
            at=stamp(before),
        )

    def _read(self, rows: list[Row]) -> list[Story]:
        found = [self._story(row) for row in rows]
        return [one for one in found if one is not None]

    def _story(self, row: Row) -> Story | None:
        author, vault = None if row[1] is None else MemberId(row[1]), self._db.vault
        opened = vault.open_ours(PURPOSE, row[4]) if author is None else vault.open_whole(author, PURPOSE, row[4])
        if opened is None:
            return None
        inner = _SEALED.validate_json(opened)
        made_at = moment(row[3])
        return Story(
            row[0],
            author,
            StoryState(row[2]),
            made_at,
            inner.text,
            inner.locale,
            inner.topics,
            inner.claim,
            inner.stays,
        )
