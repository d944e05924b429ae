"""What the stories of moderators share: people with roles, and a look into the record."""

from buddybot.domain.moderation.cases import Case
from buddybot.testing import Person, TestBot


def staffed(bot: TestBot, name: str, role: str = "moderator") -> Person:
    """Return somebody whom their platform vouches for."""
    person = bot.person(name)
    person.roles = (role,)
    return person


async def cases(bot: TestBot) -> list[Case]:
    """Return all cases, the oldest first."""
    rows = await bot.house.store.read(lambda tx: tx.db.rows("SELECT id FROM case_file ORDER BY opened_at, id"))
    found = [await bot.house.store.read(lambda tx: tx.cases.by_id(row[0])) for row in rows]
    return [one for one in found if one is not None]


async def code(bot: TestBot) -> str:
    """Return the code of the newest case."""
    return (await cases(bot))[-1].id[:8]


async def appealed(bot: TestBot) -> str:
    """Return the code of the newest appeal against a step."""
    return [one for one in await cases(bot) if one.sanction][-1].id[:8]


async def reported(bot: TestBot, concern: str = "Mean", share: str = "None, just tell them") -> tuple[Person, Person]:
    """Let ben say something bad, and ann report it; return both."""
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("you are a mean person and I do not like you")
    await ann.uses("report")
    await ann.presses(concern)
    await ann.presses(share)
    return ann, ben


async def audit(bot: TestBot) -> list[str]:
    """Return what the log says was done."""
    return [one.what for one in await bot.house.store.read(lambda tx: tx.audit.entries())]


async def sound(bot: TestBot) -> bool:
    """Whether the log is whole."""
    return await bot.house.store.read(lambda tx: tx.audit.trouble()) is None
