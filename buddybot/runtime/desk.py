"""The desk's port over the store: each call is one transaction, and each asks first whose session it is."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from buddybot.adapter import SignedOut
from buddybot.domain.kernel.commands import BY_WORD, Scope
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Content
from buddybot.domain.kernel.verdicts import Screening
from buddybot.domain.moderation.desk import (
    CasePage,
    ChannelNow,
    Entered,
    Exposure,
    Handover,
    Item,
    Me,
    Standing,
)
from buddybot.domain.moderation.passkeys import Assertion, Challenge, Made
from buddybot.domain.moderation.staff import WORKERS, Role
from buddybot.domain.moderation.vitals import Board
from buddybot.domain.moderation.workload import Workload
from buddybot.domain.people.members import Member
from buddybot.runtime.changes import DeskChanges
from buddybot.runtime.passkeys import Challenges, credential_of, fresh_challenge, proven
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.service.kernel import staff
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import staff_commands
from buddybot.service.moderation.desk import channel_views, counts, evidence
from buddybot.service.moderation.desk import views as desk_views
from buddybot.store.kernel.db import moment
from buddybot.store.moderation.desk import LASTS, SESSION
from buddybot.store.tx import Tx

T = TypeVar("T")


class StoreDesk:
    """What a page of moderators may ask and do."""

    def __init__(
        self,
        store: GroupStore,
        turn: Callable[[Tx], Turn],
        read: Callable[[str], Screening | None],
        changes: DeskChanges,
        troubles: Callable[[], tuple[str, ...]] = tuple,
        *,
        board: Callable[[], Awaitable[Board | None]],
        shared: bool = False,
    ) -> None:
        self._store, self._turn, self._read, self._troubles = store, turn, read, troubles
        self._changes, self._board = changes, board
        self._challenges = None if shared else Challenges()

    async def enter(self, token: str) -> Entered | None:
        """Take the token of a one-time link."""

        def enter(tx: Tx) -> Entered | None:
            turn = self._turn(tx)
            member = tx.desk.take(token, turn.now)
            return None if member is None else _entered(turn, member)

        return await self._store.write(enter)

    async def challenge(self) -> str:
        """Return a fresh challenge for a passkey; where processes share the desk, any of them may hear the answer."""
        if self._challenges is not None:
            return self._challenges.give()
        challenge = fresh_challenge()
        await self._store.write(lambda tx: tx.desk.ask(challenge, self._turn(tx).now))
        return challenge

    async def answered(self, challenge: str) -> bool:
        """Use a challenge up; say whether it was given out, and is fresh."""
        if self._challenges is not None:
            return self._challenges.take(challenge)
        return await self._store.write(lambda tx: tx.desk.answered(challenge, self._turn(tx).now))

    async def enter_by(self, asked: Challenge, shown: Assertion) -> Entered | None:
        """Take a passkey that answers what was asked."""

        def enter(tx: Tx) -> Entered | None:
            turn = self._turn(tx)
            found = tx.desk.passkey(shown.credential, turn.now)
            if found is None or not proven(asked, shown, found[1]):
                return None
            tx.desk.used_passkey(shown.credential, turn.now)
            return _entered(turn, found[0])

        return await self._store.write(enter)

    async def keep_passkey(self, session: str, asked: Challenge, made: Made) -> bool:
        """Let a fresh passkey open the desk from now on; its owner hears of it in their chat."""

        def keep(turn: Turn, member: Member, _: datetime) -> bool:
            credential = credential_of(asked, made)
            if credential is None:
                return False
            if turn.tx.desk.keep_passkey(member.id, credential, made.public, turn.now):
                turn.tx.audit.add(turn.now, member.id, "passkey", "desk")
                turn.say(member, "desk-passkey-added")
            return True

        return await self._as(session, keep)

    async def passkeys(self, session: str) -> int:
        """Count one's passkeys."""
        return await self._as(session, lambda turn, member, _: turn.tx.desk.passkeys(member.id))

    async def drop_passkeys(self, session: str) -> None:
        """Forget one's passkeys."""
        await self._as(session, lambda turn, member, _: turn.tx.desk.drop_passkeys(member.id))

    async def leave(self, session: str) -> None:
        """Sign out."""
        await self._store.write(lambda tx: tx.desk.end(session))

    async def me(self, session: str, *, awake: bool = True) -> Me:
        """Return who this is, and count it as a sign of life."""

        def me(turn: Turn, member: Member, began: datetime) -> Me:
            return desk_views.me(turn, member, began + LASTS)

        return await self._as(session, me, awake=awake)

    async def queue(self, session: str, limit: int = desk_views.SHOWN, *, awake: bool = True) -> tuple[Item, ...]:
        """Return open cases."""
        return await self._as(session, lambda turn, member, _: desk_views.queue(turn, member, limit), awake=awake)

    async def case(self, session: str, case: str) -> CasePage | None:
        """Return a case's page."""
        return await self._as(session, lambda turn, member, _: desk_views.case_page(turn, member, case))

    async def open_file(self, session: str, case: str, number: int) -> tuple[str, bytes] | None:
        """Return a file that was shared in a case."""
        return await self._as(session, lambda turn, member, _: evidence.open_file(turn, member, case, number))

    async def changed(self, session: str, case: str, seen: int) -> bool:
        """Whether a case's page is out of date."""

        def changed(turn: Turn, member: Member, _: datetime) -> bool:
            return not desk_views.unchanged(turn, member, case, seen)

        return await self._as(session, changed, awake=False)

    async def news(self, known: int = 0) -> int:
        """Wait for the next change at the desk, and return the mark to wait with after that."""
        return await self._changes.after(known)

    async def handover(self, session: str) -> Handover:
        """Return what the next shift must know."""
        return await self._as(session, lambda turn, member, _: desk_views.handover(turn, member))

    async def exposure(self, session: str) -> Exposure:
        """Return how much this moderator has looked at."""
        return await self._as(session, lambda turn, member, _: counts.exposure(turn, member))

    async def workload(self, session: str) -> Workload:
        """Return counts for charts."""
        return await self._as(session, lambda turn, member, _: counts.workload(turn, member))

    async def channels(self, session: str) -> tuple[ChannelNow, ...]:
        """Return how each channel is set."""
        return await self._as(session, lambda turn, _, __: channel_views.channels_now(turn))

    async def standing(self, session: str) -> Standing:
        """Return how the house stands; what is wrong just now comes first."""

        def standing(turn: Turn, member: Member, _: datetime) -> tuple[Standing, bool]:
            return counts.standing(turn), staff.role_of(turn, member.id) is Role.OPERATOR

        found, operates = await self._as(session, standing)
        board = await self._board() if operates else None
        return replace(found, warnings=(*self._troubles(), *found.warnings), board=board)

    async def run(
        self, session: str, command: str, arguments: tuple[tuple[str, str], ...], seen: int | None = None
    ) -> tuple[Content, ...]:
        """Run one command of moderators and return what the bot answers.

        Words for the person go through also from a page that is out of date: their answer is what made it so.
        """
        given = dict(arguments)
        screening = self._read(given.get("text", ""))

        def run(turn: Turn, member: Member, _: datetime) -> tuple[Content, ...]:
            turn = replace(turn, answers=member.id, captured=[], screening=screening)
            known, case = BY_WORD.get(command), given.get("case", "")
            if known is None or known.scope is not Scope.MODERATOR:
                turn.say(member, "no-such-command")
            elif seen is not None and command != "say" and not desk_views.unchanged(turn, member, case, seen):
                turn.say(member, "mod-stale")
            else:
                staff_commands.run_staff(turn, member, known.name, known.parse(given))
            return tuple(turn.captured)

        return await self._as(session, run)

    async def _as(self, session: str, what: Callable[[Turn, Member, datetime], T], *, awake: bool = True) -> T:
        """Do it as whoever this session is of, while they are a moderator."""

        def doing(tx: Tx) -> T:
            turn = self._turn(tx)
            found = tx.desk.whose(session, turn.now)
            member = None if found is None else tx.members.by_id(found[0])
            if found is None or member is None or staff.role_of(turn, member.id) not in WORKERS:
                raise SignedOut
            if awake:
                tx.desk.seen(session, turn.now)
            return what(turn, member, moment(found[1]))

        return await self._store.write(doing)


def _entered(turn: Turn, member: MemberId) -> Entered | None:
    """Begin a session for somebody who proved who they are, if they are a moderator now."""
    found = turn.tx.members.by_id(member)
    if found is None or staff.role_of(turn, found.id) not in WORKERS:
        return None
    session = turn.tx.desk.fresh(SESSION, found.id, turn.now)
    turn.tx.audit.add(turn.now, found.id, "enter", "desk")
    return Entered(session, desk_views.me(turn, found, turn.now + LASTS))
