"""The port of the moderators' desk: what its pages may ask of the core and do there."""

from typing import Protocol

from buddybot.domain.kernel.messages import Content
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
from buddybot.domain.moderation.workload import Workload


class SignedOut(Exception):
    """The session is unknown, over, idle for too long or revoked, or its owner is no moderator any more."""


class Desk(Protocol):
    """What a moderators' desk may ask and do. Every call with a session raises `SignedOut` on a bad one."""

    async def enter(self, token: str) -> Entered | None:
        """Take the token of a one-time link (`/mod desk` sends it): None when it is used, old or forged."""

    async def challenge(self) -> str:
        """Return a fresh challenge for a passkey (base64url), to be answered within five minutes."""

    async def answered(self, challenge: str) -> bool:
        """Use a challenge up; say whether it was given out here, or by another process of this house, and is fresh."""

    async def enter_by(self, asked: Challenge, shown: Assertion) -> Entered | None:
        """Take a passkey that answers what was asked: None when it is unknown, or anything about it is wrong."""

    async def keep_passkey(self, session: str, asked: Challenge, made: Made) -> bool:
        """Let a fresh passkey open the desk from now on; say whether it was as asked."""

    async def passkeys(self, session: str) -> int:
        """Count one's passkeys."""

    async def drop_passkeys(self, session: str) -> None:
        """Forget one's passkeys."""

    async def leave(self, session: str) -> None:
        """Sign out."""

    async def me(self, session: str, *, awake: bool = True) -> Me:
        """Return who this is, and count it as a sign of life (unless the page asks by itself)."""

    async def queue(self, session: str, limit: int = 100, *, awake: bool = True) -> tuple[Item, ...]:
        """Return their own cases, then open ones, the most urgent first; none of a kind that they opted out of.

        `awake` False is a page that renews itself: no sign of life, so that an open tab alone keeps no session.
        """

    async def case(self, session: str, case: str) -> CasePage | None:
        """Return a case's page, also of one's own (`item.allowed` False, nothing in it but the item), or None."""

    async def open_file(self, session: str, case: str, number: int) -> tuple[str, bytes] | None:
        """Return a photo or a voice note that was shared, by its place among the evidence; the audit log notes it."""

    async def changed(self, session: str, case: str, seen: int) -> bool:
        """Whether a case's page is out of date; like `awake` False, no sign of life."""

    async def news(self, known: int = 0) -> int:
        """Wait until something changed since `known`, and return the mark to wait with next; it says not what changed.

        The first mark is a small number above 0. Ask `queue` or `changed` what of it this moderator may see.
        """

    async def handover(self, session: str) -> Handover:
        """Return what the next shift must know."""

    async def exposure(self, session: str) -> Exposure:
        """Return how much this moderator has looked at."""

    async def workload(self, session: str) -> Workload:
        """Return counts for charts, hidden under ten."""

    async def channels(self, session: str) -> tuple[ChannelNow, ...]:
        """Return how each channel is set; none where there are no channels."""

    async def standing(self, session: str) -> Standing:
        """Return how rules, resources and shifts stand."""

    async def run(
        self, session: str, command: str, arguments: tuple[tuple[str, str], ...], seen: int | None = None
    ) -> tuple[Content, ...]:
        """Run one command of the group "mod" and return what the bot answers (not sent to the platform as well).

        With `seen` (of the case's page) nothing is done, and said so, when the case changed since.
        """
