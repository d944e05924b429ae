"""Menus on a post and on a person: what moderators do there, and what nobody learns by them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from buddybot.domain.kernel.messages import MessageId
from buddybot.domain.kernel.places import Channel, ChannelKind
from buddybot.domain.moderation.cases import Concern
from buddybot.service.kernel.book import Book
from buddybot.testing import FakePlace, FakePlatform, Person, TestBot, running
from tests.stories.moderating import audit, cases, sound, staffed

NIGHTS, LOBBY = Channel("nights", "Nights"), Channel("lobby", "Lobby", kind=ChannelKind.OPEN)


@dataclass
class Street:
    """Two channels, somebody who wrote in both, and a moderator."""

    bot: TestBot
    nights: FakePlace
    lobby: FakePlace
    elsewhere: FakePlace
    ann: Person
    mo: Person
    post: MessageId


@pytest.fixture
async def street(tmp_path: Path, book: Book) -> AsyncIterator[Street]:
    platform, other = FakePlatform(), FakePlatform("other")
    for one in (platform, other):
        one.capabilities = replace(one.capabilities, places=True)
    async with running(
        tmp_path, book=replace(book, channels=(NIGHTS, LOBBY)), platform=platform, others=(other,)
    ) as bot:
        nights, lobby = await bot.place("nights"), await bot.place("lobby")
        elsewhere = await bot.place("nights", on=other)
        ann = bot.person("ann")
        await ann.joins(lane="self")
        await ann.presses_in(nights, "channel.nights.write", "sour words")
        post = next(one.id for one in nights.shown() if "sour words" in one.text)
        mo = staffed(bot, "mo")
        await mo.says("/mod queue")
        yield Street(bot, nights, lobby, elsewhere, ann, mo, post)


async def test_a_moderator_opens_a_case_about_a_post_and_takes_it_down_everywhere(street: Street) -> None:
    mo, post = street.mo, street.post
    assert await mo.opens_form("form.case", post, street.nights) is not None
    await mo.fills_in("form.case", post, street.nights, what="mean", words="see this")
    (case,) = await cases(street.bot)
    assert (case.concern, case.reporter) == (Concern.MEAN, None)
    assert f"Case {case.id[:8]} is open" in mo.sees()[-1]
    await mo.fills_in("form.case", post, street.nights, what="mean", words="see this")
    assert "already" in mo.sees()[-1]
    await mo.fills_in("form.case", post, street.nights, what="money", words="and this")
    assert f"part of case {case.id[:8]}" in mo.sees()[-1]
    await mo.fills_in("form.takedown", post, street.nights)
    assert not any("sour words" in one for one in (*street.nights.sees(), *street.elsewhere.sees()))
    assert mo.sees()[-1] == "Taken down everywhere."
    await mo.says(f"/mod claim {case.id[:8]}")
    assert f"Case {case.id[:8]} is yours" in mo.sees()[-1]
    assert {"open", "join", "takedown"} <= set(await audit(street.bot))
    assert await sound(street.bot)


async def test_looking_up_a_post_names_cases_of_its_channel_and_none_from_private(street: Street) -> None:
    bot, mo = street.bot, street.mo
    await mo.fills_in("form.lookup", street.post, street.nights)
    assert "No case from this channel" in mo.sees()[-1]
    await street.ann.says("I want to kill myself tonight, I have the pills here")
    hers = {one.id[:8] for one in await cases(bot)}
    assert hers, "a crisis opens a case"
    await mo.fills_in("form.lookup", street.post, street.nights)
    assert "No case from this channel" in mo.sees()[-1]
    await mo.fills_in("form.case", street.post, street.nights, what="mean", words="see")
    (new,) = {one.id[:8] for one in await cases(bot)} - hers
    await mo.fills_in("form.lookup", street.post, street.nights)
    assert new in mo.sees()[-1]
    assert not any(code in mo.sees()[-1] for code in hers)


@pytest.mark.parametrize("verb", ["case", "takedown", "lookup"])
async def test_nobody_else_may_and_nothing_happens_to_a_post_that_is_gone(street: Street, verb: str) -> None:
    ben, mo = street.bot.person("ben"), street.mo
    await ben.joins(lane="self")
    assert await ben.opens_form(f"form.{verb}", street.post, street.nights) is None
    await ben.fills_in(f"form.{verb}", street.post, street.nights, what="mean", words="mine to say")
    assert any("mine to say" in one for one in ben.sees())
    assert any("sour words" in one for one in street.nights.sees())
    await mo.fills_in(f"form.{verb}", MessageId("none"), street.nights, what="mean", words="of nothing")
    assert "I know no post there" in mo.sees()[-1]
    assert "of nothing" in mo.sees()[-1]
    assert await cases(street.bot) == []
    assert "refused" in await audit(street.bot)


async def test_a_person_is_reported_by_what_they_wrote_in_the_open_and_else_nobody_is_known(street: Street) -> None:
    ben, ann = street.bot.person("ben"), street.ann
    await ben.joins(lane="self")
    of_ann = f"form.{ann.address.account}.person"
    answers = []
    for token in (of_ann, "form.nobody-at-all.person"):
        assert await ben.opens_form(token) is None, "what ann wrote under an alias is not told apart from nobody"
        await ben.fills_in(token, what="mean", words="")
        answers.append(ben.sees()[-1])
    assert answers[0] == answers[1]
    await ann.presses_in(street.lobby, "channel.lobby.enter")
    await ann.posts(street.lobby, "good evening all")
    assert await ben.opens_form(of_ann) is not None
    await ben.fills_in(of_ann, what="mean", words="was rude to me")
    (case,) = await cases(street.bot)
    assert case.concern is Concern.MEAN
    assert "Sent." in ben.sees()[-1]


async def test_without_a_form_a_report_from_a_menu_is_asked_step_by_step(street: Street) -> None:
    ben = street.bot.person("ben")
    await ben.fills_in("form.report", street.post, street.nights)
    assert "What is it about" in ben.sees()[-1]
    await ben.says("mean")
    assert [one.concern for one in await cases(street.bot)] == [Concern.MEAN]
