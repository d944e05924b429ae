"""Working at the desk: what a form does, and what it does not do from a page that is out of date."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.config.tables import StoreSettings
from buddybot.domain.crisis.conversation import CrisisState
from buddybot.domain.crisis.state_text import care_text
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.kernel.places import Channel, ChannelKind
from buddybot.domain.moderation.cases import Concern
from buddybot.runtime.watching.vitals import HouseWatch
from buddybot.service.kernel.book import Book
from buddybot.service.moderation.casework import CaseReport, open_case
from buddybot.store.tx import Tx
from buddybot.testing import Person
from tests.desk.house import House, open_desk, visit
from tests.stories.moderating import appealed, cases, code, reported, sound

TEAM = Channel("team", "Team", kind=ChannelKind.MODERATORS)


@pytest.fixture
async def house(tmp_path: Path, book: Book) -> AsyncIterator[House]:
    async with open_desk(tmp_path, book) as opened:
        yield opened


def told(page: str) -> str:
    """Return what the bot answered."""
    found = re.search(r'<div class="told".*?</div>', page, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", found.group())).strip() if found else ""


async def in_danger(house: House, person: Person) -> str:
    """Open a P0 about somebody; return its code."""
    found = await house.bot.house.store.read(lambda tx: tx.members.by_address(person.address))
    assert found is not None

    engine = house.bot.house.engine
    await house.bot.house.store.write(lambda tx: open_case(engine.turn(tx), CaseReport(Concern.CRISIS, found.id)))
    return await code(house.bot)


async def show_signs(house: House, person: Person, state: CrisisState) -> None:
    """Let the bot have read this in somebody's words."""
    who = await house.member(person)

    def sign(tx: Tx) -> None:
        member = tx.members.by_id(who)
        assert member is not None
        tx.members.save(replace(member, private=replace(member.private, care=care_text(state))))

    await house.bot.house.store.write(sign)


async def test_from_the_queue_to_the_last_word(house: House) -> None:
    _, ben = await reported(house.bot, "Threat", share="Only this one")
    case = await code(house.bot)
    async with visit(house) as mo:
        await mo.enter(house.moderator())
        assert "15 min left" in mo.text
        assert "/desk/case/" in mo.text
        assert told(await mo.does(case, "claim")) == f"Case {case} is yours. /mod case {case} shows it."
        assert "yours" in mo.text
        page = await mo.looks(case)
        steps = re.findall(r'name="do" value="(remind|warn|mute|quarantine|remove)"', page)
        assert steps == ["mute", "warn", "quarantine"]
        await mo.does(case, "mute", rule="10", hours="24", reason="That was a threat.")
        assert "Done:" in told(mo.text)
        assert "acted" in mo.text
        assert "mute" in mo.text
        await house.bot.wait(minutes=21)
        assert any("You can read but not post" in one and "That was a threat." in one for one in ben.sees())
        await mo.looks(case)
        assert "End the pair now" in mo.text
        await mo.does(case, "lift")
        assert "Lifted" in told(mo.text)
        await mo.does(case, "watch", hours="3")
        assert "3 hours" in told(mo.text)
        await mo.does(case, "note", text="Said sorry.")
        assert "Said sorry." in mo.text
        await mo.does(case, "close", back="queue")
        assert "Thank you" in told(mo.text)
        assert "<h1>Queue</h1>" in mo.text
        await mo.looks(case)
        assert "This case is closed." in mo.text
        assert 'value="note"' not in mo.text
    assert await sound(house.bot)


async def test_a_stale_page_and_a_second_tap_do_nothing(house: House) -> None:
    _, ben = await reported(house.bot)
    case = await code(house.bot)
    async with visit(house) as mo, visit(house) as tab:
        person = house.moderator()
        await mo.enter(person)
        await tab.enter(person)
        await mo.looks(case)
        await tab.looks(case)
        form = mo.form(do="warn", rule="1", reason="Be kind.")
        await mo.post(f"/desk/case/{case}", form)
        assert "Done:" in told(mo.text)
        await mo.post(f"/desk/case/{case}", form)
        assert "This case changed while you looked. Nothing was done." in told(mo.text)
        await tab.does(case, "warn", rule="1", reason="Words that took a while.", back="queue")
        assert "Nothing was done" in told(tab.text)
        assert re.search(r"<details[^>]* open>.*Words that took a while.*?</details>", tab.text, re.DOTALL)
        for seen in (tab.form()["seen"], "x", ""):
            await tab.get(f"/desk/case/{case}/changed?seen={seen}")
            assert (tab.status, tab.text) == (204, "")
        await tab.looks(case)
        await tab.does(case, "close")
        assert "closed" in told(tab.text)
    await house.bot.wait(minutes=21)
    assert len([one for one in ben.sees() if "This is a warning" in one]) == 1


async def test_two_moderators_press_at_once_and_one_of_them_hears_why_not(house: House) -> None:
    await reported(house.bot)
    case = await code(house.bot)
    async with visit(house) as mo, visit(house) as lu:
        await mo.enter(house.moderator())
        await lu.enter(house.moderator("lu"))
        await lu.looks(case)
        form = lu.form()
        await mo.does(case, "claim")
        await lu.post(f"/desk/case/{case}", {**form, "do": "claim", "seen": ""})
        assert "Somebody else has case" in told(lu.text)
        await lu.get(f"/desk/case/{case}/changed?seen={form['seen']}")
        assert (lu.status, "This case changed while you looked." in lu.text) == (200, True)
        await lu.post(f"/desk/case/{case}", {**form, "do": "note", "text": "words that took a while", "back": "queue"})
        assert "Nothing was done" in told(lu.text)
        page = await lu.looks(case)
        assert "A colleague has this case" in page
        assert 'value="warn"' not in page
        await lu.does(case, "close")
        assert "Somebody else has case" in told(lu.text)
    assert len(await cases(house.bot)) == 1


async def test_a_removal_takes_two_and_the_second_one_is_asked(house: House) -> None:
    _, ben = await reported(house.bot, "Threat")
    case = await code(house.bot)
    async with visit(house) as mo, visit(house) as lu:
        await mo.enter(house.moderator())
        await lu.enter(house.moderator("lu"))
        await mo.looks(case)
        await mo.does(case, "remove", rule="10", days="30", reason="Threats, twice.")
        assert "second moderator" in told(mo.text)
        assert "I agree to the removal" not in mo.text
        page = await lu.looks(case)
        assert "I agree to the removal" in page
        assert "Threats, twice." in page
        await lu.does(case, "remove")
        assert "Done:" in told(lu.text)
    await house.bot.wait(minutes=21)
    assert any("You can't use BuddyBot until" in one for one in ben.sees())


async def test_an_appeal_is_decided_by_somebody_else(house: House) -> None:
    _, ben = await reported(house.bot, "Threat")
    case = await code(house.bot)
    async with visit(house) as mo, visit(house) as lu:
        await mo.enter(house.moderator())
        await mo.looks(case)
        await mo.does(case, "quarantine", rule="10", reason="It read like a threat.")
        await ben.says("/appeal")
        await ben.says("it was a line of a song")
        appeal = await appealed(house.bot)
        page = await mo.looks(case)
        assert appeal in page.partition('id="h-others"')[2]
        assert "fits best" not in page
        page = await mo.looks(appeal)
        assert "it was a line of a song" in page
        assert 'value="decide"' not in page
        assert "somebody else answers" in page
        await mo.does(appeal, "decide", outcome="overturned")
        assert "somebody else" in told(mo.text)
        assert "you acted here" in await mo.get("/desk/queue")
        await lu.enter(house.moderator("lu"))
        assert "appeal against: quarantine" in lu.text
        page = await lu.looks(appeal)
        assert "It read like a threat." in page
        await lu.does(appeal, "decide", outcome="overturned")
        assert "Decided" in told(lu.text)
        assert "overturned" in lu.text
    assert any("We were wrong, and we are sorry" in one for one in ben.sees())


async def test_an_appeal_says_what_a_colleague_lifted_and_stands_with_the_person(house: House) -> None:
    _, ben = await reported(house.bot, "Threat")
    case = await code(house.bot)
    async with visit(house) as mo, visit(house) as lu, visit(house) as kim:
        await mo.enter(house.moderator())
        await mo.looks(case)
        await mo.does(case, "quarantine", rule="10", reason="It read like a threat.")
        await mo.looks(case)
        await mo.does(case, "release")
        await ben.says("/appeal")
        await ben.says("it was a line of a song")
        appeal = await appealed(house.bot)
        await lu.enter(house.moderator("lu", role="lead"))
        await lu.looks(case)
        await lu.does(case, "lift")
        assert "A colleague (lead) ended it early" in await lu.looks(appeal)
        assert 'value="decide"' not in lu.text
        await kim.enter(house.moderator("kim"))
        page = await kim.looks(appeal)
        assert case in page.partition('id="h-others"')[2]
        assert 'value="decide"' in page
        await kim.does(appeal, "decide", outcome="upheld")
        assert "Decided" in told(kim.text)
        assert "ended early" in await kim.looks(case)
        page = await kim.get("/desk/handover")
        assert appeal not in page
    assert any("It stays as it is" in one for one in ben.sees())


async def test_the_handover_has_each_appeal_once_with_its_next_date(house: House) -> None:
    _, ben = await reported(house.bot, "Threat")
    case = await code(house.bot)
    async with visit(house) as mo:
        await mo.enter(house.moderator())
        await mo.looks(case)
        await mo.does(case, "quarantine", rule="10", reason="It read like a threat.")
        await ben.says("/appeal")
        await ben.says("it was a line of a song")
        page = await mo.get("/desk/handover")
        assert page.partition("Appeals that wait")[2].count(await appealed(house.bot)) == 2, "a link and its text"


async def test_how_grave_it_is_stands_there_in_plain_words(house: House) -> None:
    ann, _ = await house.bot.pair("ann", "ben")
    case = await in_danger(house, ann)
    signs = [*((level, None) for level in Level), *((None, lane) for lane in SideLane), (Level.L3, SideLane.OVERDOSE)]
    seen = set[str]()
    async with visit(house) as mo:
        await mo.enter(house.moderator())
        for level, lane in signs:
            await show_signs(house, ann, CrisisState(level=level, lane=lane))
            found = re.search("How grave:(.*?)</li>", await mo.looks(case))
            assert found is not None
            assert not re.search(r"\bL\d|\b[A-Z]\b(?! )", found[1]), found[1]
            seen.add(found[1].strip())
    assert len(seen) == len(signs)
    assert "Has a plan, a method or said goodbye. Somebody may have overdosed." in seen


async def test_a_life_in_danger_comes_with_its_duty_line_and_takes_no_punishment(house: House) -> None:
    ann, _ = await house.bot.pair("ann", "ben")
    case = await in_danger(house, ann)
    async with visit(house) as mo:
        await mo.enter(house.moderator())
        assert "P0" in mo.text
        page = await mo.looks(case)
        assert "You are not an emergency service." in page
        assert "Nobody is punished for this." in page
        assert "Country: US" in page
        assert 'value="warn"' not in page
        await mo.does(case, "recuse", back="queue")
        assert "No reason needed" in told(mo.text)
        page = await mo.looks(case)
        assert "too close to you" in page


async def test_a_shift_a_rest_and_what_one_leaves_to_others(house: House) -> None:
    await reported(house.bot)
    async with visit(house) as mo:
        await mo.enter(house.moderator())
        assert "You are not on shift" in mo.text
        await mo.post("/desk/queue", mo.form(do="shift", state="on"))
        assert "You are on shift" in told(mo.text)
        await house.bot.sleep(minutes=29)
        await mo.get("/desk/me")
        assert "29 of 90" in mo.text
        await mo.post("/desk/me", mo.form(do="optout", kind="mean", wanted="out"))
        assert "go to others" in told(mo.text)
        await mo.post("/desk/me", mo.form(do="optout", kind="mean", wanted="out"))
        assert told(mo.text) == ""
        assert "mean: left to others" in mo.text
        assert "Cases: 0" in await mo.get("/desk/queue")
        await mo.post("/desk/me", mo.form(do="optout", kind="mean", wanted="in"))
        assert "Cases: 1" in await mo.get("/desk/queue")
        for _ in range(2):
            await house.bot.sleep(minutes=29)
            await mo.get("/desk/me")
        await house.bot.sleep(minutes=5)
        assert "Want a break?" in await mo.get("/desk/queue")
        await mo.post("/desk/queue", mo.form(do="shift", state="rest"))
        assert "You are on a break" in mo.text
        await mo.post("/desk/me", mo.form(do="shift", state="off"))
        assert "Rest well" in told(mo.text)


async def test_a_queue_that_did_not_change_is_not_sent_again(house: House) -> None:
    await reported(house.bot)
    case = await code(house.bot)
    async with visit(house) as mo:
        await mo.enter(house.moderator())
        found = re.search(r'hx-get="(/desk/rows\?known=\w+)"', mo.text)
        assert found is not None
        await mo.get(found.group(1))
        assert (mo.status, mo.text) == (204, "")
        await house.bot.house.store.write(lambda tx: tx.db.run("UPDATE case_file SET priority = 'P1'"))
        page = await mo.get(found.group(1))
        assert mo.status == 200
        assert 'hx-swap-oob="innerHTML"' in page
        assert case in page
        await mo.looks(case)
        await mo.does(case, "claim")
        assert "Yours" in await mo.get("/desk/rows")


async def test_the_handover_is_taken_case_by_case(house: House) -> None:
    _, ben = await reported(house.bot, "Threat")
    case = await code(house.bot)
    async with visit(house) as mo:
        await mo.enter(house.moderator())
        await mo.looks(case)
        await mo.does(case, "watch", hours="3")
        await ben.says("hello")
        await mo.looks(case)
        await mo.does(case, "release", back="queue")
        page = await mo.get("/desk/handover")
        assert page.count(case) >= 2
        await mo.post(f"/desk/case/{case}", mo.form(do="claim", back="handover"))
        assert "<h1>Handover</h1>" in mo.text
        assert "yours" in mo.text


async def test_numbers_are_hidden_under_ten_and_shown_from_ten_on(house: House) -> None:
    await reported(house.bot)
    case = await code(house.bot)
    async with visit(house) as mo:
        await mo.enter(house.moderator())
        await mo.post("/desk/queue", mo.form(do="shift", state="on"))
        await mo.looks(case)
        await mo.does(case, "warn", rule="1", reason="Be kind.")
        await house.bot.sleep(minutes=25)
        page = await mo.get("/desk/numbers")
        assert "under 10" in page
        assert "Rule 1" not in page
        assert "rule 1" in page
        assert page.count("<summary>As a table") == 4
        await house.bot.house.store.write(
            lambda tx: (
                [
                    tx.db.run(
                        "INSERT INTO sanction SELECT id || :n, case_id, about, giver, step, rule, severity, points,"
                        " given_at, until, read_at, lifted_at, overturned_at, told, lifter FROM sanction"
                        " WHERE length(id) < 17",
                        n=str(n),
                    )
                    for n in range(11)
                ]
                and None
            )
        )
        page = await mo.get("/desk/numbers")
        assert "<td>12</td>" in page


async def test_a_lead_of_a_small_team_sees_its_own_small_counts(house: House) -> None:
    await reported(house.bot)
    case = await code(house.bot)
    async with visit(house) as mo, visit(house) as lu:
        await mo.enter(house.moderator())
        await mo.looks(case)
        await mo.does(case, "warn", rule="1", reason="Be kind.")
        await house.bot.sleep(minutes=25)
        await lu.enter(house.moderator("lu", role="lead"))
        page = await lu.get("/desk/numbers")
        assert "under 10" not in page
        assert "you see small counts too" in page
        assert re.search(r'<th scope="row">warning</th><td>1</td>', page)


async def test_channels_are_set_from_the_desk(tmp_path: Path, book: Book) -> None:
    with_channels = replace(book, channels=(Channel("lobby", "Lobby", slow=30), TEAM))
    async with open_desk(tmp_path, with_channels) as house, visit(house) as mo:
        await mo.enter(house.moderator())
        page = await mo.get("/desk/house")
        assert "Team" not in page.partition('id="h-channels"')[2]
        assert "open · slow: 30 s · places: 0" in re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page))
        for fields in ({"do": "lock", "state": "on"}, {"do": "slowmode", "seconds": "60"}):
            await mo.post("/desk/house", mo.form(channel="lobby", **fields))
            assert "Lobby" in told(mo.text)
        assert "locked · slow: 60 s" in re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", mo.text))
        await mo.post("/desk/house", mo.form(do="purge", channel="lobby", count="500"))
        assert "Lobby" not in told(mo.text)
        await mo.post("/desk/house", mo.form(do="lock", channel="nowhere", state="on"))
        assert told(mo.text)


async def test_rules_and_help_lines_have_their_dates(house: House) -> None:
    async with visit(house) as mo:
        await mo.enter(house.moderator())
        page = await mo.get("/desk/house")
        assert "On shift now: 0" in page
        assert "Rule 12" in page
        assert re.search(r"Last checked: \w+ \d+, \d{4}", page)


async def test_an_alias_is_looked_up_from_the_queue(house: House) -> None:
    await reported(house.bot)
    (one,) = await cases(house.bot)
    async with visit(house) as mo:
        await mo.enter(house.moderator())
        await mo.post("/desk/queue", mo.form(do="lookup", alias=one.alias))
        assert told(mo.text).startswith(f"{one.alias}: 0 points")


async def test_the_desk_speaks_the_moderators_language_and_before_that_the_browsers(house: House) -> None:
    person = house.moderator("lu", locale="es")
    async with visit(house, **{"Accept-Language": "es-MX,en;q=0.5"}) as lu:
        await lu.get("/desk/queue")
        assert "Has salido." in lu.text
        await lu.enter(person)
        assert '<html lang="es"' in lu.text
        assert "Empezar mi turno" in lu.text
        for path in ("handover", "me", "numbers", "house"):
            await lu.get(f"/desk/{path}")
            assert lu.status == 200


async def test_a_moderator_writes_from_the_desk_and_reads_the_answer_covered(house: House) -> None:
    ann = house.bot.person("ann")
    await ann.joins(lane="self")
    case = await in_danger(house, ann)
    async with visit(house) as mo:
        await mo.enter(house.moderator())
        page = await mo.looks(case)
        assert "Write to them" in page
        assert "Their own time:" in page
        assert page.count('value="say"') == 4
        await mo.does(case, "say", text="Hi, I'm here. Are you alone?")
        assert "I passed that on" in told(mo.text)
        assert ann.sees()[-1] == "Hi, I'm here. Are you alone?"
        await ann.says("my cat is here <b>")
        await mo.does(case, "say", text="That is good")
        assert ann.sees()[-1] == "That is good", "an answer that came meanwhile holds nothing up"
        page = await mo.looks(case)
        talk = page[page.index('id="h-talk"') : page.index('id="h-why"')]
        assert "my cat is here &lt;b&gt;" in talk
        assert "<details" in talk.partition("my cat")[0]
        assert "my cat" not in page.replace(talk, "")
        assert ">That is good</textarea>" not in page
        await mo.does(case, "say", text="write to me@example.com")
        assert "did not send" in told(mo.text)
        assert ">write to me@example.com</textarea>" in mo.text, "what was not sent can be changed"
        await mo.does(case, "watch", hours="3")
        assert "Next check at:" in mo.text
        await ann.says("close this talk")
        assert "They closed the talk." in await mo.looks(case)


async def test_an_operator_sees_how_the_bot_is_and_nobody_else_does(house: House, tmp_path: Path) -> None:
    HouseWatch(house.bot.house, StoreSettings(keys=tmp_path), house.bot.house.engine.operate)
    async with visit(house) as op, visit(house) as mo:
        await op.enter(house.moderator("op", role="operator"))
        page = await op.get("/desk/house")
        assert "How the bot is" in page
        assert "<dt>last backup</dt><dd>never</dd>" in page
        await mo.enter(house.moderator("mo", role="lead"))
        assert "How the bot is" not in await mo.get("/desk/house")
