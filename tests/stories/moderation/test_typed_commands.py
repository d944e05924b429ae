"""Moderators' commands as they are typed in a hurry: each wrong one is one sentence that says what would do, and does nothing."""

# ruff: noqa: E501 - a table is read by its rows

from buddybot.testing import TestBot
from tests.stories.moderating import audit, cases, code, reported, staffed

WRONG = (
    ("mute {case} 1 -5 mean", "hours is a whole number from 1 to 2160"),
    ("mute {case} 1 1h30 mean", "hours is a whole number"),
    ("mute {case} 1 99999999999999999999 mean", "hours is a whole number"),
    ("mute {case} 99 24 mean", "rule is one of"),
    ("mute {case} 1 24", "also needs: reason. Write: /mod mute CASE RULE HOURS REASON"),
    ("mute", "also needs: case, rule, hours, reason"),
    ("warn {case} that was mean", "rule is one of"),
    ("warn 1 {case} mean", "rule is one of"),
    ("mtue {case} 1 24 mean", "Did you mean /mod mute CASE"),
    ("clsoe {case}", "Did you mean /mod close CASE?"),
    ("close {case}x", "I know no case by that code"),
    ("lookup Slver Canyon", "Check how it is spelled"),
    ("purge nights all", "count is a whole number from 1 to 300"),
    ("purge nigths 3", "There is no such channel"),
    ("slowmode nights soon", "seconds is a whole number from 0"),
    ("lock nights please", "state is one of: on, off"),
    ("shift start", "state is one of: on, off, rest"),
    ("decide {case} yes", "outcome is one of: upheld, reduced, overturned"),
    ("watch {case} tomorrow", "hours is a whole number from 1 to 336"),
)


async def test_what_is_typed_wrong_is_answered_in_one_sentence_and_takes_no_case(bot: TestBot) -> None:
    ann, ben = await reported(bot)
    mo = staffed(bot, "mo")
    await mo.says("/mod queue")
    name = await code(bot)
    told = len(ann.sees()), len(ben.sees())
    for typed, answer in WRONG:
        before = len(mo.sees())
        await mo.says("/mod " + typed.format(case=name))
        assert len(mo.sees()) == before + 1, typed
        assert answer in mo.sees()[-1], (typed, mo.sees()[-1])
    assert (len(ann.sees()), len(ben.sees())) == told
    (case,) = await cases(bot)
    assert case.claimed_by is None


async def test_spanish_moderators_read_it_in_spanish(bot: TestBot) -> None:
    await reported(bot)
    mo = staffed(bot, "mo")
    await mo.says("/language es")
    await mo.says(f"/mod mute {await code(bot)} 1 pronto cruel")
    assert "hours es un número entero de 1 a 2160. No hice nada." in mo.sees()[-1]


async def test_a_channel_is_locked_by_any_yes_and_opened_by_no_accident(bot: TestBot) -> None:
    mo = staffed(bot, "mo")
    for word in ("ON", "yes", "sí"):
        await mo.says(f"/mod lock nights {word}")
    assert "lock False" not in await audit(bot)


async def test_a_command_without_its_slash_reaches_no_buddy(bot: TestBot) -> None:
    await reported(bot)
    name = await code(bot)
    mo, zoe = await bot.pair("mo", "zoe")
    mo.roles = ("moderator",)
    await mo.says(f"mod warn {name} 1 mean")
    await mo.says(f"Mod wran {name} 1 mean")
    assert zoe.hears() == []
    await mo.says("mod squad was on tv")
    assert [one.rpartition(": ")[2] for one in zoe.hears()] == ["mod squad was on tv"]
