"""No sequence of commands shows an account, touches one's own case, or leaves a sanction without a trace."""

import asyncio
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buddybot.service.kernel.book import Book
from buddybot.store.tx import Tx
from buddybot.testing import Person, TestBot, running
from tests.stories.moderating import cases, reported, staffed

COMMANDS = (
    "queue",
    "case {case}",
    "claim {case}",
    "note {case} words",
    "remind {case} 1 kind words",
    "warn {case} 1 kind words",
    "mute {case} 1 24 kind words",
    "unmute {case}",
    "quarantine {case} 4 kind words",
    "remove {case} 10 30 kind words",
    "lift {case}",
    "unpair {case}",
    "close {case}",
    "release {case}",
    "recuse {case}",
    "escalate {case}",
    "watch {case} 1",
    "decide {case} overturned",
    "decide {case} upheld",
    "lookup {alias}",
    "handover",
    "reveal {case} because I want to know",
    "shift on",
    "shift off",
)
STEPS = st.lists(st.tuples(st.sampled_from(("mo", "ida", "ben", "ann")), st.sampled_from(COMMANDS)), max_size=14)


def checked(tx: Tx) -> list[str]:
    """Return what is wrong with the sanctions and the log."""
    wrong = []
    for sanction, case, giver in tx.db.rows("SELECT id, case_id, giver FROM sanction"):
        if tx.db.row("SELECT 1 FROM case_file WHERE id = :id", id=case) is None:
            wrong.append(f"{sanction} has no case")
        if not tx.audit.count(sanction):
            wrong.append(f"{sanction} has no audit line")
        if tx.db.row(
            "SELECT 1 FROM case_file WHERE id = :id AND (about = :who OR reporter = :who)", id=case, who=giver
        ):
            wrong.append(f"{sanction} was given by a party")
    if (trouble := tx.audit.trouble()) is not None:
        wrong.append(trouble)
    return wrong


async def play(folder: Path, book: Book, steps: list[tuple[str, str]]) -> None:
    async with running(folder, book=book) as bot:
        ann, ben = await reported(bot)
        people = {"ann": ann, "ben": ben, "mo": staffed(bot, "mo"), "ida": staffed(bot, "ida")}
        for person in (ann, ben):
            person.roles = ("moderator",)
        for who, command in steps:
            await use(bot, people[who], command)
        assert await bot.house.store.read(checked) == []
        accounts = [one.address.account for one in people.values()]
        for person in people.values():
            shown = "".join(person.sees())
            assert not any(account in shown for account in accounts)
            assert not any(
                account in text
                for shown_one in person.chat()
                for text in labels(shown_one.content.choices)
                for account in accounts
            )
        case = (await cases(bot))[0]
        for party in (ann, ben):
            me = await bot.house.store.read(lambda tx: tx.members.by_address(party.address))
            assert me is None or case.claimed_by != me.id


def labels(choices: object) -> list[str]:
    assert isinstance(choices, tuple)
    return [part for one in choices for part in (one.label, one.token)]


async def use(bot: TestBot, person: Person, command: str) -> None:
    case = (await cases(bot))[0]
    await person.says("/mod " + command.format(case=case.id[:8], alias=case.alias))


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_no_sequence_of_commands_shows_an_account_or_leaves_a_trace_missing(
    book: Book, steps: list[tuple[str, str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(Path(folder), book, steps))
