"""Forms of the core: a report and a mute on one sheet, what is wrong with one, and what came of it meanwhile."""

from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.adapter import Channel
from buddybot.domain.kernel.messages import MessageId
from buddybot.domain.kernel.messages.forms import FieldKind
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.moderation.cases import Case, Concern
from buddybot.domain.moderation.sanctions import Step
from buddybot.service.kernel.book import Book
from buddybot.testing import FakePlatform, Person, TestBot, running
from tests.stories.moderating import cases, code, reported, staffed

REPORT = "form.report"


async def hurt(bot: TestBot) -> tuple[Person, Person, MessageId]:
    """Let ben say something bad to ann; return both, and what she sees."""
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("you are a mean person and I do not like you")
    return ann, ben, next(one.id for one in ann.chat() if "mean person" in one.text)


async def texts(bot: TestBot, case: Case) -> list[str]:
    return [one.text for one in await bot.house.store.read(lambda tx: tx.records.reports(case.id))]


async def steps(bot: TestBot) -> list[Step]:
    case = (await cases(bot))[-1]
    return [one.step for one in await bot.house.store.read(lambda tx: tx.sanctions.of_case(case.id))]


async def test_a_report_on_one_form_is_a_case_at_once(bot: TestBot) -> None:
    ann, _, message = await hurt(bot)
    form = await ann.opens_form(REPORT, message)
    assert form is not None
    what, words = form.fields
    assert (what.kind, len(what.options), what.required, words.required) == (FieldKind.ONE, 9, True, False)
    await ann.fills_in(REPORT, message, what="mean", words="he said I am mean")
    assert "Sent. I won't tell them" in ann.sees()[-1]
    (case,) = await cases(bot)
    assert (case.concern, await texts(bot, case)) == (Concern.MEAN, ["he said I am mean"])


async def test_a_report_without_words_asks_which_notes_to_share(bot: TestBot) -> None:
    ann, _, message = await hurt(bot)
    await ann.fills_in(REPORT, message, what="threat", words="")
    assert "Should moderators see" in ann.sees()[-1]
    await ann.says("only this: you are a mean person")
    (case,) = await cases(bot)
    assert case.concern is Concern.THREAT


async def test_the_same_report_twice_is_said_to_be_known_and_other_words_join_it(bot: TestBot) -> None:
    ann, _, message = await hurt(bot)
    for _ in range(2):
        await ann.fills_in(REPORT, message, what="mean", words="twice")
    assert "I have that report already" in ann.sees()[-1]
    await ann.fills_in(REPORT, message, what="mean", words="and this")
    (case,) = await cases(bot)
    assert await texts(bot, case) == ["twice", "and this"]


@pytest.mark.parametrize(
    ("what", "says"),
    [("", "is still empty"), ("nonsense", "please pick from the list"), (["mean", "money"], "1 at most")],
)
async def test_a_broken_report_opens_no_case_and_gives_the_words_back(
    bot: TestBot, what: str | list[str], says: str
) -> None:
    ann, _, message = await hurt(bot)
    await ann.fills_in(REPORT, message, what=what, words="my *own* words\n- kept")
    assert says in ann.sees()[-1]
    assert "my *own* words\n- kept" in ann.sees()[-1]
    assert await cases(bot) == []
    (again,) = ann.last().content.choices
    assert again.form
    await ann.fills_in(again.token, what="mean", words="my own words")
    assert len(await cases(bot)) == 1


async def test_words_that_are_too_long_are_all_given_back(bot: TestBot) -> None:
    ann, _, message = await hurt(bot)
    long = "very long " * 450
    await ann.fills_in(REPORT, message, what="mean", words=long)
    told = "".join(ann.sees()[-3:])
    assert "has room for" in told
    assert told.count("very long") == 450
    assert await cases(bot) == []


async def test_a_report_after_erasure_reaches_nobody_and_says_so(bot: TestBot) -> None:
    ann, _, message = await hurt(bot)
    await ann.says("/forget")
    await ann.says("yes erase everything")
    await ann.says("yes erase everything")
    assert await ann.opens_form(REPORT, message) is None
    await ann.fills_in(REPORT, message, what="mean", words="too late")
    assert any("too late" in one for one in ann.sees())
    assert await cases(bot) == []


async def test_words_of_danger_in_a_report_are_heard(bot: TestBot) -> None:
    ann, _, message = await hurt(bot)
    await ann.fills_in(REPORT, message, what="worried", words="I want to kill myself tonight, I have the pills here")
    assert any("988" in one for one in ann.sees())


async def test_a_post_is_reported_on_a_form(tmp_path: Path, book: Book) -> None:
    nights = replace(book, channels=(Channel("nights", "Nights"),))
    platform = FakePlatform()
    platform.capabilities = replace(platform.capabilities, places=True)
    async with running(tmp_path, book=nights, platform=platform) as bot:
        ann, ben = bot.person("ann"), bot.person("ben")
        await ann.joins(lane="self")
        spot = await bot.place("nights")
        await ann.presses_in(spot, "channel.nights.write", "sour words")
        shown = next(one for one in spot.shown() if "sour words" in one.text)
        assert await ben.opens_form(REPORT, MessageId("none"), spot) is None
        assert await ben.opens_form(REPORT, shown.id, spot) is not None
        await ben.fills_in(REPORT, shown.id, spot, what="", words="see")
        (again,) = ben.last().content.choices
        for _ in range(2):
            await ben.fills_in(again.token, what="mean", words="see")
        assert "already" in ben.sees()[-1]
        (case,) = await cases(bot)
        assert await texts(bot, case) == ["see"]
        await ben.fills_in(REPORT, MessageId("none"), spot, what="mean", words="of nothing")
        assert "of nothing" in ben.sees()[-1]


# ── A mute ──────────────────────────────────────────────────────────────────────────────


async def muting(bot: TestBot) -> tuple[Person, Person, str]:
    """Return a moderator with a case, its person, and the token of the button."""
    _, ben = await reported(bot)
    mo = staffed(bot, "mo")
    name = await code(bot)
    await mo.says(f"/mod case {name}")
    await mo.says(f"/mod claim {name}")
    return mo, ben, str(Token("mod", name, "mute"))


async def test_a_mute_on_one_form_is_the_command(bot: TestBot) -> None:
    mo, ben, token = await muting(bot)
    form = await mo.opens_form(token)
    assert form is not None
    assert [one.name for one in form.fields] == ["rule", "hours", "reason"]
    await mo.fills_in(token, rule="1", hours="12", reason="please be kinder")
    assert await steps(bot) == [Step.MUTE]
    await bot.wait(minutes=21)
    assert any("please be kinder" in one for one in ben.sees())


@pytest.mark.parametrize(
    ("rule", "hours", "reason", "says"),
    [
        ("13", "2", "why", "please pick from the list"),
        ("", "2", "why", "is still empty"),
        ("1", "soon!", "why", "has room for 4 letters"),
        ("1", "soon", "why", "That number does not fit"),
        ("1", "9999", "why", "That number does not fit"),
        ("1", "2", "w" * 501, "has room for 500 letters"),
    ],
)
async def test_a_mute_that_is_wrong_mutes_nobody(bot: TestBot, rule: str, hours: str, reason: str, says: str) -> None:
    mo, _, token = await muting(bot)
    await mo.fills_in(token, rule=rule, hours=hours, reason=reason)
    assert says in mo.sees()[-1]
    assert reason in mo.sees()[-1]
    assert await steps(bot) == []


async def test_a_form_whose_case_was_closed_says_so_and_gives_the_words_back(bot: TestBot) -> None:
    mo, _, token = await muting(bot)
    await mo.says(f"/mod close {token.split('.')[1]}")
    assert await mo.opens_form(token) is None
    await mo.fills_in(token, rule="1", hours="2", reason="never read by them")
    assert "is closed" in mo.sees()[-2]
    assert "never read by them" in mo.sees()[-1]
    assert await steps(bot) == []


async def test_without_a_form_the_button_names_the_command_and_nobody_else_gets_one(bot: TestBot) -> None:
    mo, ben, token = await muting(bot)
    await mo.sends_token(token)
    assert "rule, hours, reason" in mo.sees()[-1]
    assert await ben.opens_form(token) is None
    await ben.fills_in(token, rule="1", hours="2", reason="me")
    assert any("moderators" in one for one in ben.sees()[-2:])
    assert await steps(bot) == []
