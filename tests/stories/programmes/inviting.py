"""What stories about programmes begin with: a programme, its invite, and people who came by it."""

from datetime import timedelta

from buddybot.adapter import Address
from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.people.members import Member, Stage
from buddybot.domain.programmes.counted import Counted
from buddybot.domain.programmes.quarters import Quarter
from buddybot.domain.talk.rooms import Room, RoomKind, Seat
from buddybot.store.tx import Tx
from buddybot.testing import Person, TestBot

CLINIC = "Harbour clinic"


async def operate(bot: TestBot, request: str, **asked: object) -> dict[str, object]:
    """Have the operator ask for something; return what they are told."""
    told = await bot.house.engine.operate(request, asked)
    await bot.settle()
    return dict(told)


async def code_of(bot: TestBot, name: str = CLINIC, *, uses: int = 50, days: int = 90) -> str:
    """Begin a programme where there is none, and return the code of a new invite."""
    listed = (await operate(bot, "programme-list"))["programmes"]
    assert isinstance(listed, list)
    if all(one["name"] != name for one in listed):
        assert "fault" not in await operate(bot, "programme-add", name=name)
    told = await operate(bot, "programme-invite", programme=name, uses=uses, days=days)
    return str(told["code"])


async def settled(bot: TestBot, code: str, *, locale: str = "en") -> tuple[Person, Person]:
    """Let ann come by an invite, find a buddy, and talk for some days; return both."""
    ann, ben = await bot.pair("ann", "ben")
    if locale != "en":
        await ann.uses("language", language=locale)
    await ann.opens(code.replace("-", ""))
    for text in ("hello", "how are you"):
        await ann.says(text)
        await ben.says(text)
    return ann, ben


def counted_member(tx: Tx, number: int, record: Counted, quarter: Quarter, *, heard: int = 2) -> MemberId:
    """Add somebody who is counted: they wrote in ten weeks of a quarter, and have a pair that lasts."""
    begins, me, buddy = quarter.begins + timedelta(days=20), MemberId(f"counted{number}"), MemberId(f"buddy{number}")
    for member in (me, buddy):
        known = Member(member, Stage.HOME, "en", begins, begins, consent="1")
        tx.members.add(known, Address("fake", "main", f"account-of-{member}"))
    monday = quarter.first + timedelta(days=7 - quarter.first.weekday())
    weeks = tuple(monday + timedelta(days=7 * week) for week in range(10))
    room = Room(RoomId(f"room{number}"), RoomKind.PAIR, (Seat(me, "Heron"), Seat(buddy, "Otter")), begins)
    tx.rooms.add(room)
    for question, answer in (("felt_heard", heard), ("safe", 2)):
        tx.outcomes.rate(room.id, me, 14, question, answer)
    tx.counted.save(me, Counted(record.programme, True, record.since, record.research_since, record.terms, None, weeks))
    return me
