"""A house in the middle of an evening: cases of all kinds, of which some are late, taken, appealed."""

from dataclasses import replace
from datetime import timedelta

from buddybot.domain.kernel.ids import CaseId, MemberId
from buddybot.domain.kernel.verdicts import Severity
from buddybot.domain.moderation.cases import URGENCY, Case, Concern, State
from buddybot.domain.moderation.desk import LineKind
from buddybot.domain.moderation.sanctions import Sanction, Step
from buddybot.domain.moderation.staff import Role
from buddybot.service.moderation.casework import CaseReport, open_case
from buddybot.store.moderation.records import CaseEntry
from buddybot.store.tx import Tx
from tests.desk.house import House
from tests.stories.moderating import reported

WAITING = (
    (Concern.DEALING, 9, "Quiet Harbor"),
    (Concern.MONEY, 150, "Brave Otter"),
    (Concern.OUTING, 40, "Small Lantern"),
    (Concern.MEAN, 300, "Slow River"),
    (Concern.APPEAL, 90, "Green Kite"),
    (Concern.OTHER, 700, "Early Bird"),
)
LONG_AGO = 12


async def busy(house: House) -> str:
    """Fill the house; return the code of the case in which something was shared."""
    ann, ben = await reported(house.bot, "Threat", share="Only this one")
    mo = house.moderator()
    await mo.uses("shift", state="on")
    members = await house.bot.house.store.read(
        lambda tx: [found.id for one in (ann, ben, mo) if (found := tx.members.by_address(one.address)) is not None]
    )
    engine = house.bot.house.engine
    shared = (await house.bot.house.store.read(lambda tx: tx.cases.waiting(1)))[0].id

    def fill(tx: Tx) -> None:
        turn = engine.turn(tx)
        _past(tx, house, members)
        open_case(turn, CaseReport(Concern.CRISIS, members[0]))
        for concern, minutes, alias in WAITING:
            _waits(tx, house, concern, minutes, alias)
        tx.db.run("UPDATE case_file SET alias = 'Tall Pine' WHERE id = :id", id=shared)
        tx.db.run("UPDATE case_file SET alias = 'Warm Window' WHERE concern = 'crisis'")

    await house.bot.house.store.write(fill)
    await house.bot.settle()
    await house.bot.sleep(minutes=12)
    return shared[:8]


def _waits(tx: Tx, house: House, concern: Concern, minutes: int, alias: str) -> None:
    at = house.bot.clock.at - timedelta(minutes=minutes)
    case = Case(CaseId(f"{minutes:016x}"[::-1]), concern, URGENCY[concern], None, None, None, at, alias=alias)
    tx.cases.add(case)
    tx.records.add(case.id, CaseEntry(LineKind.OPENED, at, None, Role.MEMBER))


def _past(tx: Tx, house: House, members: list[MemberId]) -> None:
    """Let there have been enough for the charts to show, and shifts in the evenings."""
    _, ben, mo = members
    for number in range(LONG_AGO):
        at = house.bot.clock.at - timedelta(days=40 + number % 5, minutes=17 * number)
        closed = at + timedelta(hours=2 + number)
        case = Case(CaseId(f"past{number:012}"), Concern.MEAN, URGENCY[Concern.MEAN], None, None, None, at)
        case = replace(case, alias=f"Old {number}", state=State.CLOSED, closed_at=closed)
        tx.cases.add(case)
        tx.records.add(case.id, CaseEntry(LineKind.CLAIMED, at + timedelta(minutes=20 + number), mo, Role.MODERATOR))
        about = ben if number == 0 else None
        sanction = Sanction(
            f"s{number}", case.id, about, mo, Step.WARNING if number % 2 else Step.REMINDER, 1, Severity.S1, 1, at, None
        )
        tx.sanctions.add(sanction, "")
    for day in range(1, 28):
        for began in (6, 18):
            start = (house.bot.clock.at - timedelta(days=day)).replace(hour=began + day % 2)
            tx.db.run(
                "INSERT INTO shift (member, began, ended) VALUES (:member, :began, :ended)",
                member=mo,
                began=int(start.timestamp() * 1_000_000),
                ended=int((start + timedelta(hours=3)).timestamp() * 1_000_000),
            )
