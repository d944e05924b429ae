"""Nobody is shown a date as a machine writes it: one room of the code puts moments into words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import buddybot
from buddybot.testing import TestBot
from tests.copy.clockwork import machine_dates, readable, said_by_the_bot
from tests.stories.moderating import cases, reported, staffed

HERE = Path(buddybot.__file__).parent
FOLDERS = (HERE / "service", HERE / "domain", HERE.parent / "adapters")
MAKERS = ("isoformat", "strftime", "ctime")
FOR_MACHINES = {
    "service/care/pairs.py": "the copy of one's own data",
    "service/care/wisdom.py": "the copy of one's own data",
    "service/care/own_days.py": "the copy of one's own data",
    "service/care/mentoring/serving.py": "the copy of one's own data",
    "service/care/dates/copies.py": "the copy of one's own data",
    "service/care/dates/milestone_notes.py": "the payload of a timer",
    "service/care/dates/remembrance.py": "the payload of a timer",
    "service/programmes/consent.py": "the copy of one's own data",
    "service/programmes/operating.py": "what a command of the shell answers",
    "service/people/privacy.py": "the copy of one's own data",
    "domain/crisis/help_lines.py": "what the operator wrote in data/crisis, as it stands there",
    "buddybot_discord/server/enforcement.py": "an argument of Discord's interface",
    "buddybot_desk/pages.py": "the attribute that the page makes the reader's own time of",
}


@pytest.mark.parametrize(
    "text",
    ["until 2026-12-02", "12-02 18:30 note", "at 18:30:05", "2 pm UTC+2", "18:30Z", "time: +02:00", "GMT -5"],
)
def test_a_date_of_a_machine_is_found(text: str) -> None:
    assert machine_dates([f"Hello.\n{text}"]) == [text]


@pytest.mark.parametrize("text", ["until December 2, 2026, 6:30 PM (UTC)", "1-800-662-4357", "10:57", "+44 116 123"])
def test_a_date_in_words_and_a_number_of_a_help_line_are_none(text: str) -> None:
    assert machine_dates([text]) == []


def test_of_a_page_only_what_is_shown_counts() -> None:
    assert machine_dates([readable('<time datetime="2026-12-02T18:30:00Z">in an hour</time>')]) == []
    assert machine_dates([readable("<time>12-02 18:30 UTC</time>")]) != []


def calls() -> Iterator[str]:
    for folder in FOLDERS:
        for file in folder.rglob("*.py"):
            if any(
                isinstance(node, ast.Attribute) and node.attr in MAKERS
                for node in ast.walk(ast.parse(file.read_text("utf-8")))
            ):
                yield file.relative_to(HERE if HERE in file.parents else HERE.parent / "adapters").as_posix()


def test_no_other_place_writes_moments_than_those_that_write_for_machines() -> None:
    assert set(calls()) == set(FOR_MACHINES)


@pytest.mark.parametrize(("locale", "month"), [("en", "November 23, 2026"), ("es", "23 de noviembre de 2026")])
async def test_what_a_moderator_reads_of_a_case_is_in_words_of_their_language(
    bot: TestBot, locale: str, month: str
) -> None:
    _, ben = await reported(bot)
    mo = staffed(bot, "mo")
    await mo.says(f"/language {locale}")
    case = (await cases(bot))[-1]
    await mo.says(f"/mod note {case.id[:8]} I will look again tomorrow")
    await mo.says(f"/mod warn {case.id[:8]} 6 That was unkind")
    for command in (f"case {case.id[:8]}", f"lookup {case.alias}", "handover"):
        await mo.says(f"/mod {command}")
    seen = "\n".join(mo.sees()[-8:])
    assert seen.count(month) >= 3, seen
    assert machine_dates(said_by_the_bot(bot.platform)) == []
    assert ben.sees()
