"""Scenes that a crash may cut anywhere, and what must be so in the end, however often that happened."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Delivery, Mark, MessageId, Origin, Passage, Said, Send, Voice
from buddybot.service.kernel.book import Retention
from buddybot.testing import TestBot

Step = tuple[str, str] | timedelta
"""What somebody writes, or how long nothing happens. Choices are typed: so a step is the same in every life."""
LONG = timedelta(hours=12)
"""From here on the machine is asleep meanwhile, and all that came due comes at once."""
CRY = "i want to kill myself tonight"
SAME = "the same words"
UNSEEN = "nobody has seen this"


@dataclass(slots=True)
class Life:
    """One run of the bot on what a crash left: who was there at first, and all that was shown until its end."""

    bot: TestBot
    before: tuple[Delivery, ...]
    members: frozenset[MemberId]

    @property
    def shown(self) -> tuple[Delivery, ...]:
        """Return everything that people were shown, in earlier lives too."""
        return (*self.before, *self.bot.platform.deliveries)


@dataclass(frozen=True, slots=True)
class Scene:
    """What is there before, what happens, and who must have been shown which words how often, in this order."""

    name: str
    prepare: Callable[[TestBot], Awaitable[object]]
    steps: Sequence[Step]
    wanted: Sequence[tuple[str, str, int]]
    check: Callable[[Life], Awaitable[None]]
    points: int
    """How many kinds of points there are at least: less, and the camera looks away."""
    away: str = ""


async def play(bot: TestBot, scene: Scene, at: Callable[[int], None]) -> None:
    """Do what the scene says. After a crash the platform sends all of it again: the bot knows what it has seen."""
    for number, step in enumerate(scene.steps):
        at(number)
        if isinstance(step, timedelta):
            pass_time = bot.wait if step < LONG else bot.sleep
            await pass_time(seconds=step.total_seconds())
            continue
        name, text = step
        event = f"{scene.name}-{number}"
        await bot.person(name).does(Said(Origin(event, bot.person(name).address), text, MessageId(event)))
    at(len(scene.steps))
    await bot.wait(hours=1, seconds=1)


# ── Before ──────────────────────────────────────────────────────────────────────────────


async def nobody(_bot: TestBot) -> None:
    """Let nobody be there."""


async def a_pair(bot: TestBot) -> None:
    """Let two be in a room."""
    await bot.pair("ann", "ben")


async def two_who_look_and_one_in_danger(bot: TestBot) -> None:
    """Let a round, an offer and check-ins be due."""
    await bot.person("cay").joins(lane="self", now="steady_year")
    await bot.person("cay").says("/pause")
    await bot.person("cay").says(CRY)
    for name in ("ann", "ben"):
        await bot.person(name).joins(
            lane="self", now="thinking", help_wanted=("listen", "normal"), hours="evening", pace="few"
        )


# ── In the end ──────────────────────────────────────────────────────────────────────────


async def nothing_more(_life: Life) -> None:
    """Want nothing beside what was shown."""


async def erased(life: Life) -> None:
    """Want nobody's words, key or rows to be left of whoever erased themselves."""
    store = life.bot.house.store
    gone = life.members - set(await store.read(lambda tx: tx.members.all_ids()))
    assert len(gone) == 1
    for member in gone:
        assert not await store.read(lambda tx: tx.vault.knows(member))
        for file in ("bot.db", "bot.db-wal", "keys/members.keys", "keys/members.keys.copy"):
            assert member.encode() not in (life.bot.folder / file).read_bytes(), file
    assert not any((effect := sent(one, "ben")) and UNSEEN in effect.content.text for one in life.shown)


async def one_room_and_no_more(life: Life) -> None:
    """Want one room of the two, and the one in danger asked again."""
    rooms = await life.bot.house.store.read(lambda tx: tx.db.rows("SELECT id FROM room"))
    assert len(rooms) == 1
    cards = [effect for one in life.shown if (effect := sent(one, "cay")) and effect.content.voice is Voice.CRISIS]
    assert len(cards) > 1


async def both_authors_notes_are_told(life: Life) -> None:
    """Want each note that waited for as long as a note may to be told of."""
    told = {
        one.message for one in life.shown if isinstance(one.effect, Mark) and one.effect.passage is Passage.NOT_SENT
    }
    assert told == {"expiry-0", "expiry-1"}, told


def sent(delivery: Delivery, name: str) -> Send | None:
    """Return the message that somebody was shown, if this is one."""
    mine = delivery.address.account == f"account-of-{name}"
    return delivery.effect if mine and isinstance(delivery.effect, Send) else None


SCENES = (
    Scene(
        "talk",
        a_pair,
        (("ann", SAME), ("ann", SAME), ("ben", "an answer"), ("cay", "hi"), ("ann", "and then this")),
        (("ben", SAME, 2), ("ben", "and then this", 1), ("ann", "an answer", 1), ("cay", "I'm BuddyBot", 1)),
        nothing_more,
        10,
    ),
    Scene(
        "erasure",
        a_pair,
        (
            *(("ann", "first"), ("ben", "/quiet"), ("ben", "8-23"), ("ann", UNSEEN)),
            *(("ann", "/forget"), ("ann", "erase all"), ("ann", "yes, erase"), timedelta(hours=15)),
        ),
        (("ben", "first", 1), ("ben", "has moved on", 1)),
        erased,
        15,
    ),
    Scene(
        "matching",
        two_who_look_and_one_in_danger,
        (
            *(timedelta(hours=1, seconds=1), ("ann", "say yes"), ("ben", "say yes")),
            *(("ann", SAME), ("ann", SAME), timedelta(hours=3)),
        ),
        (("ben", SAME, 2),),
        one_room_and_no_more,
        17,
    ),
    Scene(
        "expiry",
        a_pair,
        (("ann", SAME), ("ann", SAME), Retention().undelivered + timedelta(hours=3)),
        (),
        both_authors_notes_are_told,
        15,
        away="ben",
    ),
    Scene("first start", nobody, (("cay", "hi"),), (("cay", "I'm BuddyBot", 1),), nothing_more, 14),
    Scene("migrations", a_pair, (("ann", SAME), ("ann", SAME)), (("ben", SAME, 2),), nothing_more, 13),
)
