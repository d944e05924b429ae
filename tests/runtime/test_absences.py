import asyncio
from datetime import timedelta
from pathlib import Path

from buddybot.adapter import Away, Delivery, MessageId
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address
from buddybot.runtime.delivery.absences import Absences
from buddybot.runtime.delivery.dispatch import LOOK_AGAIN
from buddybot.testing import MORNING, FakePlatform, running
from tests.waiting import comes

PLACE = Address("fake", "main", "place")
ANN, BEN = MemberId("ann"), MemberId("ben")


class Slow(FakePlatform):
    """Takes a while to notice that nobody is there."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.go_on = asyncio.Event(), asyncio.Event()
        self.tries = 0

    async def deliver(self, delivery: Delivery) -> MessageId:
        self.tries += 1
        if self.tries == 1:
            self.asked.set()
            await self.go_on.wait()
            raise Away
        return await super().deliver(delivery)


async def test_who_comes_back_while_being_found_away_is_tried_again_at_once(tmp_path: Path) -> None:
    platform = Slow()
    async with running(tmp_path, platform=platform) as bot:
        ann = bot.person("ann")
        arriving = asyncio.create_task(ann.opens())
        await comes(platform.asked.wait())
        bot.door.awake(ann.address)
        platform.go_on.set()
        await arriving
        assert len(ann.sees()) == 1


async def test_who_is_away_is_left_alone_until_a_sign_of_life(tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        ann = bot.person("ann")
        bot.platform.steps_away(ann.address.account)
        await ann.opens()
        await ann.says("hello?")
        assert ann.sees() == []
        bot.door.awake(ann.address)
        await bot.settle()
        assert len(ann.sees()) == 2


async def test_without_any_sign_they_are_tried_again_after_a_while(tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        ann = bot.person("ann")
        bot.platform.steps_away(ann.address.account)
        await ann.opens()
        await bot.wait(seconds=LOOK_AGAIN.total_seconds() + 1)
        assert len(ann.sees()) == 1


def test_two_at_one_address_come_back_together_and_are_overdue_together() -> None:
    absences = Absences()
    for member in (ANN, BEN):
        absences.begin(member, PLACE)
        assert absences.missed(member, PLACE, MORNING)
        absences.end(member, PLACE)
    assert ANN in absences
    assert absences.back(PLACE) == {ANN, BEN}
    assert absences.back(PLACE) == set()
    assert ANN not in absences
    absences.begin(ANN, PLACE)
    absences.missed(ANN, PLACE, MORNING)
    assert absences.overdue(MORNING, LOOK_AGAIN) == set()
    assert absences.overdue(MORNING + LOOK_AGAIN, LOOK_AGAIN) == {ANN}


def test_one_of_two_at_an_address_who_comes_back_does_not_count_for_later_deliveries() -> None:
    absences = Absences()
    absences.begin(ANN, PLACE)
    absences.begin(BEN, PLACE)
    assert absences.back(PLACE) == set()
    assert not absences.missed(ANN, PLACE, MORNING)
    absences.end(ANN, PLACE)
    absences.begin(ANN, PLACE)
    assert absences.missed(ANN, PLACE, MORNING)
    assert not absences.missed(BEN, PLACE, MORNING)


def test_who_stays_away_is_tried_less_and_less_often_until_a_sign_of_life() -> None:
    absences, now = Absences(), MORNING
    waits = []
    for _ in range(8):
        absences.begin(ANN, PLACE)
        absences.missed(ANN, PLACE, now)
        absences.end(ANN, PLACE)
        since = now
        while not absences.overdue(now, LOOK_AGAIN):
            now += timedelta(seconds=30)
        waits.append((now - since).total_seconds())
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]
    absences.back(PLACE)
    absences.missed(ANN, PLACE, now)
    assert absences.overdue(now + LOOK_AGAIN, LOOK_AGAIN) == {ANN}
