import asyncio
import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import count

import pytest

from buddybot.adapter import (
    Adapter,
    Away,
    Capabilities,
    Command,
    Content,
    Delivery,
    Inbox,
    Mark,
    MessageId,
    NoteId,
    PartlyDeleted,
    Passage,
    Purge,
    Reads,
    Rejected,
    Retract,
    RetryLater,
    Send,
    Span,
    Unreachable,
)
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address, Effect
from buddybot.domain.kernel.world import World
from buddybot.runtime.delivery.absences import SELDOM
from buddybot.runtime.delivery.dispatch import BROKE_OFF, LOOK_AGAIN, Dispatcher
from buddybot.runtime.delivery.settling import ATTEMPTS
from buddybot.runtime.storage.batches import DbSession
from buddybot.runtime.storage.sqlite import SqliteStore
from buddybot.runtime.storage.units import Unit
from buddybot.store.kernel.errors import StoreError
from buddybot.store.kernel.keys import Lasts
from buddybot.store.kernel.outbox import Parcel, SendPriority, Undelivered
from buddybot.store.kernel.receipts import Part
from buddybot.store.kernel.timers import Timer
from buddybot.store.tx import Tx
from tests.store.cast import ANN, BEN, NOW, admit
from tests.waiting import comes

NOTE = NoteId("note")
SECOND = timedelta(seconds=1)


class Platform:
    """A platform that does as it is told, and remembers what it was given."""

    platform = "web"

    def __init__(self, capabilities: Capabilities = Capabilities()) -> None:  # noqa: B008 - it is frozen
        self.capabilities = capabilities
        self.given: list[Delivery] = []
        self.answers: list[Exception] = []
        self.gate: asyncio.Event | None = None
        self.begun, self.both = asyncio.Event(), asyncio.Event()
        self.at_once = self.most_at_once = 0
        self._ids = count(1)

    async def run(self, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:
        """Nobody says anything here."""

    async def deliver(self, delivery: Delivery) -> MessageId:
        self.given.append(delivery)
        self.begun.set()
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        if self.at_once > 1:
            self.both.set()
        try:
            await asyncio.sleep(0)
            if self.gate is not None:
                await self.gate.wait()
            if self.answers:
                raise self.answers.pop(0)
            return MessageId(str(next(self._ids)))
        finally:
            self.at_once -= 1

    def texts(self) -> list[str]:
        return [one.effect.content.text for one in self.given if isinstance(one.effect, Send)]


class Service:
    """Notes what it is told, and fails when asked to."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.fails: Exception | None = None
        self.failed, self._loop = asyncio.Event(), asyncio.get_running_loop()

    def interrupted(self, tx: Tx) -> None:
        pass

    def delivered(self, tx: Tx, parcel: Parcel) -> None:
        self._tell(tx, f"delivered {parcel.recipient}")

    def spared(self, tx: Tx, parcel: Parcel, address: Address) -> datetime | None:
        self._tell(tx, f"asked for {parcel.recipient} at {address.platform}")
        return None

    def missed(self, tx: Tx, parcel: Parcel, address: Address) -> None:
        assert tx.outbox.waiting(parcel.recipient) > 0
        assert address.platform

    def parked(self, tx: Tx, parcel: Parcel, why: Undelivered) -> None:
        self._tell(tx, f"{why} {parcel.recipient}")

    def left_standing(self, tx: Tx, parcel: Parcel, purge: Purge, left: int) -> None:
        self._tell(tx, f"{left} of {len(purge.messages)} left for {parcel.recipient}")

    def unreachable(self, tx: Tx, member: MemberId, address: Address, *, shown: bool = False) -> None:
        assert tx.members.address(member) == address
        if not shown:
            tx.outbox.forget(member)
        self._tell(tx, f"unreachable {member}" + (" but shown" if shown else ""))

    def _tell(self, tx: Tx, what: str) -> None:
        tx.timers.set(Timer("told", what, NOW))
        # Read once: the test may end the trouble as soon as it hears of it.
        if (fails := self.fails) is not None:
            self._loop.call_soon_threadsafe(self.failed.set)
            raise fails
        self.told.append(what)


class Post:
    """A store, a platform, a service, a clock, and a dispatcher between them."""

    def __init__(self, store: SqliteStore, platform: Platform) -> None:
        self.store, self.platform, self.service, self.now = store, platform, Service(), NOW
        ids = count()
        self.world = world = World(lambda: self.now, random.Random(7), lambda: str(next(ids)))
        adapters: dict[str, Adapter] = {"web": platform}
        self.make: Callable[[], Dispatcher] = lambda: Dispatcher(store, world, adapters, self.service)
        self.dispatcher = self.make()

    async def add(
        self,
        member: MemberId,
        effect: Effect,
        priority: SendPriority = SendPriority.NORMAL,
        due: datetime | None = None,
    ) -> None:
        await self.store.write(lambda tx: tx.outbox.add(member, effect, self.now, priority, due, self.world.new_id()))

    async def rest(self) -> None:
        await self.dispatcher.idle()

    async def wait(self, span: timedelta) -> None:
        self.now += span
        await self.dispatcher.look()
        await self.rest()

    async def waiting(self, member: MemberId = BEN) -> int:
        return await self.store.read(lambda tx: tx.outbox.waiting(member))

    async def restart(self) -> None:
        """Come back as after a crash: the old dispatcher just is no more, and begins no other worker."""
        self.dispatcher._stopping = True
        for worker in list(self.dispatcher._workers.values()):
            worker.cancel()
        await asyncio.sleep(0)
        self.dispatcher = self.make()
        await self.dispatcher.start()
        await self.rest()


def text(words: str, note: NoteId | None = None, reply_to: NoteId | None = None) -> Send:
    return Send(Content((Span(words),), reply_to=reply_to), note)


# ── The ordinary way ────────────────────────────────────────────────────────────────────


async def test_what_is_queued_is_delivered_in_order_and_erased(post: Post) -> None:
    for number in range(5):
        await post.add(BEN, text(str(number)))
    await post.rest()
    assert post.platform.texts() == list("01234")
    assert post.platform.most_at_once == 1
    assert post.service.told == ["delivered ben"] * 5
    assert await post.waiting() == 0
    assert post.platform.given[0].address.account == "account of ben"


async def test_the_head_of_an_empty_queue_is_at_hand_when_it_commits(post: Post) -> None:
    transactions = Counter[str]()
    run = post.store._run

    def watched(batch: list[Unit], session: DbSession) -> None:
        transactions["before" if not post.platform.given else "after"] += 1
        run(batch, session)

    post.store._run = watched  # type: ignore[method-assign]  # counts transactions where they are run
    await post.add(BEN, text("words", NOTE))
    await post.rest()
    assert post.platform.texts() == ["words"]
    assert transactions == {"before": 1, "after": 1}
    assert await post.waiting() == 0


async def test_what_is_taken_back_in_the_same_commit_is_not_shown(post: Post) -> None:
    adding = asyncio.create_task(post.add(BEN, text("words", NOTE)))
    await asyncio.gather(adding, post.store.write(lambda tx: tx.outbox.forget(BEN)))
    await post.rest()
    assert post.platform.given == []
    await post.add(BEN, text("later"))
    await post.rest()
    assert post.platform.texts() == ["later"]


@pytest.mark.parametrize("units", [1, 2])
async def test_what_is_urgent_goes_first_though_it_was_queued_last_in_the_same_commit(post: Post, units: int) -> None:
    queued = [(text("later"), SendPriority.NORMAL), (text("at once"), SendPriority.CRISIS)]

    def queue(tx: Tx, some: list[tuple[Send, SendPriority]]) -> None:
        for effect, priority in some:
            tx.outbox.add(BEN, effect, NOW, priority, key=post.world.new_id())

    parts = [queued] if units == 1 else [queued[:1], queued[1:]]
    await asyncio.gather(*(post.store.write(partial(queue, some=part)) for part in parts))
    await post.rest()
    assert post.platform.texts() == ["at once", "later"]


async def test_who_is_away_keeps_what_came_at_hand(post: Post) -> None:
    post.platform.answers.append(Away())
    await post.add(BEN, text("first"))
    await post.rest()
    await post.store.write(lambda tx: tx.outbox.forget(BEN))
    await post.add(BEN, text("second"))
    await post.rest()
    assert post.platform.texts() == ["first"]
    post.dispatcher.awake(Address("web", "main", "account of ben"))
    await post.rest()
    assert post.platform.texts() == ["first", "second"]


@pytest.mark.parametrize("seed", range(8))
async def test_whatever_meets_what_is_queued_all_of_it_is_shown_once_without_a_restart(post: Post, seed: int) -> None:
    chance, members, said, refused = random.Random(seed), (ANN, BEN), list[str](), 0

    def fails(tx: Tx) -> None:
        tx.outbox.add(chance.choice(members), text("rolled back"), post.now, key=post.world.new_id())
        raise LookupError

    for _ in range(40):
        writing = list[asyncio.Task[None]]()
        for _ in range(chance.randrange(2, 9)):
            match chance.choice(("say", "say", "say", "fail", "refuse", "back", "look")):
                case "say":
                    said.append(f"words {len(said)}")
                    priority = chance.choice((SendPriority.CRISIS, SendPriority.NORMAL, SendPriority.NORMAL))
                    due = post.now + chance.choice((0, 0, 0, 2)) * SECOND
                    writing.append(asyncio.create_task(post.add(chance.choice(members), text(said[-1]), priority, due)))
                case "fail":
                    writing.append(asyncio.create_task(post.store.write(fails)))
                case "refuse":
                    refused += 1
                    post.platform.answers.append(chance.choice((Away(), RetryLater(1), RetryLater())))
                case "back":
                    post.dispatcher.awake(Address("web", "main", f"account of {chance.choice(members)}"))
                case _:
                    await post.dispatcher.look()
            for _ in range(chance.randrange(6)):
                await asyncio.sleep(0)
        await asyncio.gather(*writing, return_exceptions=True)
        await post.rest()
        refused -= len(post.platform.answers)
        post.platform.answers.clear()
        await post.wait(SELDOM)  # nothing more is said: whoever was overlooked would wait for ever
        assert [await post.waiting(member) for member in members] == [0, 0]
    assert (set(post.platform.texts()), len(post.platform.given)) == (set(said), len(said) + refused)


async def test_one_slow_recipient_delays_nobody_else(post: Post) -> None:
    post.platform.gate = asyncio.Event()
    for member in (ANN, BEN):
        await post.add(member, text("a"))
        await post.add(member, text("b"))
    await comes(post.platform.both.wait())
    post.platform.gate.set()
    await post.rest()
    assert post.platform.most_at_once == 2
    assert len(post.platform.given) == 4


async def test_receipts_let_later_effects_find_their_message(post: Post) -> None:
    await post.add(BEN, text("hello", NOTE))
    await post.add(BEN, text("answer", NoteId("answer"), reply_to=NOTE))
    await post.add(BEN, Retract(NOTE))
    await post.rest()
    first, second, third = post.platform.given
    assert (first.message, first.reply_to) == (None, None)
    assert second.reply_to == MessageId("1")
    assert third.message == MessageId("1")
    receipt = await post.store.read(lambda tx: tx.receipts.of_message(BEN, MessageId("1")))
    assert receipt is not None
    assert (receipt.note, receipt.part) == (NOTE, Part.COPY)


async def test_what_is_about_a_message_that_is_gone_is_dropped(post: Post) -> None:
    await post.add(BEN, Retract(NOTE))
    await post.add(BEN, Mark(NOTE, Passage.PASSED_ON))
    await post.add(BEN, text("next"))
    await post.rest()
    assert post.platform.texts() == ["next"]
    assert len(post.platform.given) == 1


async def test_what_the_platform_can_not_show_is_done_without_it(post: Post) -> None:
    post.platform.capabilities = Capabilities(deletes=False, marks=False)
    await post.add(BEN, text("hello", NOTE))
    await post.add(BEN, Mark(NOTE, Passage.PASSED_ON))
    await post.rest()
    assert len(post.platform.given) == 1
    assert await post.waiting() == 0


async def test_held_rows_go_when_their_hour_comes(post: Post) -> None:
    await post.add(BEN, text("good morning"), due=NOW + timedelta(hours=8))
    await post.rest()
    await post.wait(timedelta(hours=7))
    assert post.platform.given == []
    await post.wait(timedelta(hours=1))
    assert post.platform.texts() == ["good morning"]


async def test_something_new_during_a_delivery_is_not_overlooked(post: Post) -> None:
    post.platform.gate = asyncio.Event()
    await post.add(BEN, text("first"))
    await comes(post.platform.begun.wait())
    await post.add(BEN, text("second"))
    await post.add(BEN, text("help lines"), SendPriority.CRISIS)
    post.platform.gate.set()
    await post.rest()
    assert post.platform.texts() == ["first", "help lines", "second"]


async def test_someone_whose_platform_is_not_configured_just_now_keeps_their_notes(post: Post) -> None:
    await post.store.write(lambda tx: tx.db.run("UPDATE route SET platform = 'pigeon'"))
    await post.add(BEN, text("hello"))
    await post.rest()
    assert await post.waiting() == 1


async def test_rows_nobody_can_read_or_receive_any_more_go(post: Post) -> None:
    await post.add(BEN, text("no address"), due=NOW + SECOND)
    await post.add(ANN, text("no key"), due=NOW + SECOND)
    await post.store.write(lambda tx: tx.db.run("DELETE FROM route WHERE member = 'ben'"))
    await post.store.write(lambda tx: tx.vault.drop_hours(NOW + timedelta(hours=1), Lasts.UNDELIVERED))
    await post.wait(SECOND)
    assert post.platform.given == []
    assert (await post.waiting(ANN), await post.waiting(BEN)) == (0, 0)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (None, []),
        (PartlyDeleted(1), ["1 of 3 left for ben"]),
        (Rejected("no"), ["refused ben", "3 of 3 left for ben"]),
        (Unreachable(), ["3 of 3 left for ben", "unreachable ben"]),
    ],
)
async def test_of_a_purge_it_is_told_what_is_left(post: Post, answer: Exception | None, told: list[str]) -> None:
    post.platform.capabilities = Capabilities(places=True)
    post.platform.answers = [] if answer is None else [answer]
    await post.add(BEN, Purge(tuple(MessageId(str(number)) for number in range(3)), ANN))
    await post.rest()
    assert isinstance(post.platform.given[0].effect, Purge)
    assert len(post.platform.given[0].effect.messages) == 3, "what was sealed is what is opened"
    assert [one for one in post.service.told if not one.startswith("delivered")] == told
    assert await post.waiting() == 0


# ── Trouble ─────────────────────────────────────────────────────────────────────────────


async def test_a_rate_limit_is_honoured_and_nothing_overtakes(post: Post) -> None:
    post.platform.answers = [RetryLater(30)]
    await post.add(BEN, text("first"))
    await post.add(BEN, text("second"))
    await post.add(ANN, text("for Ann"))
    await post.rest()
    assert sorted(post.platform.texts()) == ["first", "for Ann"]
    await post.wait(29 * SECOND)
    assert len(post.platform.given) == 2
    await post.wait(SECOND)
    assert post.platform.texts()[2:] == ["first", "second"]
    assert not any(delivery.repeat for delivery in post.platform.given)


async def test_rate_limits_never_park_a_note(post: Post) -> None:
    post.platform.answers = [RetryLater(1) for _ in range(3 * ATTEMPTS)]
    await post.add(BEN, text("patience"))
    for _ in range(3 * ATTEMPTS + 1):
        await post.wait(SECOND)
    assert post.service.told == ["delivered ben"]


@pytest.mark.parametrize(
    ("trouble", "repeat"), [(RetryLater(), False), (RetryLater(unknown=True), True), (ValueError("a bug"), True)]
)
async def test_only_what_may_have_arrived_is_marked_as_a_repeat(
    post: Post, trouble: Exception, *, repeat: bool
) -> None:
    post.platform.answers = [trouble]
    await post.add(BEN, text("hello"))
    await post.rest()
    await post.wait(timedelta(minutes=1))
    assert [delivery.repeat for delivery in post.platform.given] == [False, repeat]
    assert len({delivery.id for delivery in post.platform.given}) == 1


async def test_waits_grow_and_differ(post: Post) -> None:
    post.platform.answers = [RetryLater() for _ in range(4)]
    await post.add(BEN, text("hello"))
    await post.rest()
    waits = []
    for _ in range(4):
        row = await post.store.read(lambda tx: tx.db.row("SELECT due_at FROM outbox"))
        assert row is not None
        wait = timedelta(microseconds=row[0]) - (post.now - datetime.fromtimestamp(0, tz=post.now.tzinfo))
        waits.append(wait / SECOND)
        await post.wait(wait)
    assert all(base * 0.8 <= wait <= base * 1.2 for base, wait in zip((1, 2, 4, 8), waits, strict=True))
    assert waits != [1, 2, 4, 8]
    assert await post.waiting() == 0


async def test_poison_is_parked_and_what_comes_after_it_goes_on(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    post.platform.answers = [ValueError("canary") for _ in range(ATTEMPTS)]
    await post.add(BEN, text("poison canary"))
    await post.add(BEN, text("next"))
    await post.rest()
    for _ in range(ATTEMPTS):
        await post.wait(timedelta(minutes=15))
    assert post.platform.texts() == ["poison canary"] * ATTEMPTS + ["next"]
    assert post.service.told == ["tried ben", "delivered ben"]
    assert "ValueError" in caplog.text
    assert "canary" not in caplog.text


async def test_whoever_is_away_gets_everything_once_they_are_back(post: Post) -> None:
    post.platform.answers = [Away()]
    await post.add(BEN, text("first"))
    await post.add(BEN, text("second"))
    await post.rest()
    assert post.platform.texts() == ["first"]
    await post.add(BEN, text("third"))
    await post.rest()
    post.dispatcher.awake(post.platform.given[0].address)
    await post.rest()
    assert post.platform.texts() == ["first", "first", "second", "third"]
    assert not any(delivery.repeat for delivery in post.platform.given)


async def test_whoever_is_away_is_tried_again_now_and_then(post: Post) -> None:
    post.platform.answers = [Away()]
    await post.add(BEN, text("hello"))
    await post.rest()
    await post.wait(LOOK_AGAIN - SECOND)
    assert len(post.platform.given) == 1
    await post.wait(SECOND)
    assert await post.waiting() == 0


async def test_whoever_turns_up_at_another_app_is_tried_at_once(post: Post) -> None:
    elsewhere = {BEN: Address("chat", "main", "ben")}
    post.platform.gate, post.platform.answers = asyncio.Event(), [Away(), Away()]
    await post.add(BEN, text("words"))
    await comes(post.platform.begun.wait())
    post.dispatcher.find(elsewhere)  # before it is known that nobody was there
    post.platform.gate.set()
    await post.rest()
    assert len(post.platform.given) == 2
    post.dispatcher.find({BEN: post.platform.given[0].address, ANN: elsewhere[BEN]})
    await post.rest()
    assert len(post.platform.given) == 2
    post.dispatcher.find(elsewhere)
    await post.rest()
    assert len(post.platform.given) == 3
    assert await post.waiting() == 0


async def test_nobody_writes_on_to_someone_who_can_not_be_reached(post: Post) -> None:
    post.platform.answers = [Unreachable()]
    await post.add(BEN, text("first"))
    await post.add(BEN, text("second"))
    await post.rest()
    assert post.platform.texts() == ["first"]
    assert post.service.told == ["unreachable ben"]
    assert await post.waiting() == 0


async def test_what_was_shown_in_place_has_arrived_and_the_rest_goes_on(post: Post) -> None:
    post.platform.answers = [Unreachable(MessageId("there")), Unreachable(MessageId("there too"))]
    await post.add(BEN, text("first"))
    await post.add(BEN, text("second"))
    await post.add(BEN, text("third"))
    await post.rest()
    assert post.platform.texts() == ["first", "second", "third"]
    assert post.service.told == ["unreachable ben but shown", "unreachable ben but shown", "delivered ben"]
    assert await post.waiting() == 0


@pytest.mark.parametrize(
    "answers", [[], [Unreachable()], [Unreachable(MessageId("there"))], [ValueError() for _ in range(ATTEMPTS)]]
)
async def test_a_service_that_fails_makes_nobody_hear_anything_twice(post: Post, answers: list[Exception]) -> None:
    post.platform.answers = answers
    tries = max(1, len(answers))
    post.service.fails = KeyError("a bug")
    await post.add(BEN, text("hello"))
    await post.rest()
    for _ in range(ATTEMPTS + 3):
        await post.wait(timedelta(minutes=15))
    assert len(post.platform.given) == tries
    assert await post.waiting() == 0


async def test_an_outcome_waits_for_the_disk_and_nothing_is_sent_twice(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.service.fails = StoreError("bot.db: the disk is full")
    await post.add(BEN, text("hello"))
    await comes(post.service.failed.wait())
    await post.dispatcher.look()
    post.service.fails = None
    await post.rest()
    assert post.platform.texts() == ["hello"]
    assert post.service.told == ["delivered ben"]
    assert "an outcome waits: bot.db: the disk is full" in caplog.text


async def test_a_worker_that_fails_leaves_its_row_for_the_next_look(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    await post.add(BEN, text("canary"), due=NOW + SECOND)
    await post.store.write(lambda tx: tx.db.run("ALTER TABLE route RENAME TO elsewhere"))
    await post.wait(SECOND)
    await post.store.write(lambda tx: tx.db.run("ALTER TABLE elsewhere RENAME TO route"))
    assert post.platform.given == []
    assert "delivery stopped for one recipient: OperationalError" in caplog.text
    await post.wait(SECOND)
    assert post.platform.given == [], "not at every tick"
    await post.wait(BROKE_OFF)
    assert post.platform.texts() == ["canary"]
    assert "canary" not in caplog.text


async def sent_and_not_recorded(post: Post) -> None:
    """Have a note shown whose outcome can't be written down."""
    post.platform.gate = asyncio.Event()
    await post.add(BEN, text("hello"))
    await comes(post.platform.begun.wait())
    await post.store.write(lambda tx: tx.db.run("ALTER TABLE outbox RENAME TO elsewhere"))
    post.platform.gate.set()
    await post.rest()
    await post.store.write(lambda tx: tx.db.run("ALTER TABLE elsewhere RENAME TO outbox"))


async def test_what_was_sent_and_could_not_be_recorded_comes_again_as_a_repeat(post: Post) -> None:
    await sent_and_not_recorded(post)
    await post.add(BEN, text("and then"))
    await post.wait(BROKE_OFF)
    assert post.platform.texts() == ["hello", "hello", "and then"]
    assert [delivery.repeat for delivery in post.platform.given] == [False, True, False]


@pytest.mark.parametrize("trouble", [RetryLater(1), Away()], ids=["told to wait", "away"])
async def test_what_may_have_arrived_stays_a_possible_repeat_whatever_becomes_of_the_next_try(
    post: Post, trouble: Exception
) -> None:
    await sent_and_not_recorded(post)
    post.platform.answers = [trouble]
    await post.wait(BROKE_OFF)
    await post.restart()
    await post.wait(LOOK_AGAIN)
    assert [delivery.repeat for delivery in post.platform.given] == [False, True, True]
    assert await post.waiting() == 0


# ── Stops and restarts ──────────────────────────────────────────────────────────────────


async def test_after_a_crash_only_what_was_under_way_comes_as_a_repeat(post: Post) -> None:
    post.platform.gate = asyncio.Event()
    await post.add(BEN, text("under way"))
    await post.add(BEN, text("behind it"))
    await comes(post.platform.begun.wait())
    post.platform.gate.set()
    post.platform.gate = None
    post.platform.given.clear()
    await post.restart()
    assert post.platform.texts() == ["under way", "behind it"]
    assert [delivery.repeat for delivery in post.platform.given] == [True, False]


async def test_an_orderly_stop_lets_sends_land_and_begins_no_others(post: Post) -> None:
    post.platform.gate = asyncio.Event()
    await post.add(BEN, text("under way"))
    await post.add(BEN, text("behind it"))
    await comes(post.platform.begun.wait())
    stopping = asyncio.create_task(post.dispatcher.stop())
    await asyncio.sleep(0)
    post.platform.gate.set()
    await stopping
    await post.add(ANN, text("too late"), due=NOW + SECOND)
    assert post.platform.texts() == ["under way"]
    assert post.service.told == ["delivered ben"]
    await post.restart()
    assert post.platform.texts() == ["under way", "behind it"]
    await post.wait(SECOND)
    assert post.platform.texts() == ["under way", "behind it", "too late"]
    assert not any(delivery.repeat for delivery in post.platform.given)


async def test_what_does_not_land_before_the_stop_is_a_possible_repeat(post: Post) -> None:
    post.platform.gate = asyncio.Event()
    await post.add(BEN, text("stuck"))
    await comes(post.platform.begun.wait())
    await post.dispatcher.stop()
    post.platform.gate = None
    await post.restart()
    assert [delivery.repeat for delivery in post.platform.given] == [False, True]


# ── Pace ────────────────────────────────────────────────────────────────────────────────


async def test_crisis_passes_everyone_who_waits_for_the_platform(post: Post) -> None:
    post.platform = Platform(Capabilities(per_second=50))
    world = post.dispatcher._world
    post.dispatcher = Dispatcher(post.store, world, {"web": post.platform}, post.service)
    people = [MemberId(f"member {number}") for number in range(6)]
    for one in people:
        await post.store.write(partial(admit, one))

    def fill(tx: Tx) -> None:
        for one in people:
            crisis = one == people[-1]
            tx.outbox.add(one, text("help lines" if crisis else "small talk"), NOW, SendPriority(int(not crisis)))

    await post.store.write(fill)
    await post.rest()
    assert "help lines" in post.platform.texts()[:2]
    assert len(post.platform.texts()) == 6


async def test_one_recipient_is_not_written_to_faster_than_allowed(post: Post) -> None:
    post.platform = Platform(Capabilities(per_recipient_second=50))
    post.dispatcher = Dispatcher(post.store, post.dispatcher._world, {"web": post.platform}, post.service)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    for number in range(4):
        await post.add(BEN, text(str(number)))
    await post.rest()
    assert post.platform.texts() == list("0123")
    assert loop.time() - begun >= 3 / 50
