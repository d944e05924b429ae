"""Reports, cases, sanctions and appeals, as people live them."""

from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.adapter import Capabilities, Channel, ChannelKind, Restrict, Restriction
from buddybot.domain.kernel.verdicts import Label, Outcome, Severity, Verdict
from buddybot.domain.moderation.cases import State
from buddybot.service.kernel.book import Book
from buddybot.testing import FakePlatform, TestBot, running
from tests.stories.moderating import audit, cases, code, reported, sound, staffed
from tests.stories.reading import asks_for, scripted

CAN = Capabilities(places=True)
PAUSED = "Your notes are paused"


async def test_from_a_report_to_an_appeal_that_is_overturned(bot: TestBot) -> None:
    ann, ben = await reported(bot, share="Only this one")
    (case,) = await cases(bot)
    mo, ida = staffed(bot, "mo"), staffed(bot, "ida")
    await mo.says("/mod queue")
    assert case.alias in mo.sees()[-1]
    await mo.says(f"/mod claim {case.id[:8]}")
    assert "A moderator is looking at what you told us." in ann.sees()
    await mo.says(f"/mod case {case.id[:8]}")
    assert mo.sees()[-1].startswith("Said here, word for word")
    await mo.says(f"/mod mute {case.id[:8]} 1 48 You said that you do not like them.")
    assert "You can read but not post" not in "".join(ben.sees())
    await bot.wait(minutes=20)
    told = next(one for one in ben.sees() if one.startswith("You can read but not post"))
    assert "Rule 1" in told
    assert "You said that you do not like them." in told
    assert not any(ann.address.account in one for one in ben.sees())
    await ben.presses("Appeal")
    await ben.says("I was tired, and I said sorry")
    assert "answer within three" in ben.sees()[-1]
    await mo.says(f"/mod decide {case.id[:8]} overturned")
    assert "somebody else" in mo.sees()[-1]
    await ida.says(f"/mod decide {case.id[:8]} overturned")
    assert any("We were wrong" in one for one in ben.sees())
    (sanction,) = await bot.house.store.read(lambda tx: tx.sanctions.of_case(case.id))
    assert sanction.overturned_at is not None
    assert await bot.house.store.read(lambda tx: tx.sanctions.told(sanction)) == ""
    first, appeal = await cases(bot)
    assert (first.state, appeal.state) == (State.CLAIMED, State.CLOSED), "the case stays with whoever has it"
    assert {"claim", "mute", "appeal", "overturn", "close"} <= set(await audit(bot))
    assert await sound(bot)


async def test_a_removal_needs_two_people_and_holds_after_erasure(bot: TestBot) -> None:
    _, ben = await reported(bot, "Threat")
    mo, ida = staffed(bot, "mo"), staffed(bot, "ida")
    name = await code(bot)
    await mo.says(f"/mod remove {name} 10")
    assert "A removal needs" in mo.sees()[-1]
    await mo.says(f"/mod remove {name} 10 30 You said you would hurt them.")
    assert "second moderator" in mo.sees()[-1]
    await mo.says(f"/mod remove {name} 10 30 Again, alone.")
    assert not any("You can't use BuddyBot" in one for one in ben.sees())
    await mo.says(f"/casework release {name}")
    await ida.says(f"/mod remove {name}")
    assert any("You can't use BuddyBot" in one for one in ben.sees())
    await ben.says("/find")
    assert "/appeal work" in ben.sees()[-1]
    await ben.says("/crisis")
    assert "988" in ben.sees()[-1]
    await ben.says("/forget")
    await ben.presses("Erase all")
    await ben.presses("Yes, erase")
    await ben.says("hello again")
    await ben.presses("Find a buddy")
    assert "/appeal work" in ben.sees()[-1]
    await bot.sleep(days=31)
    await ben.says("hello")
    await ben.presses("Find a buddy")
    assert "/appeal work" not in ben.sees()[-1]


async def test_a_removal_is_decided_by_two_when_appealed(bot: TestBot) -> None:
    _, ben = await reported(bot, "Threat")
    mo, ida, kim, lee = (staffed(bot, one) for one in ("mo", "ida", "kim", "lee"))
    name = await code(bot)
    await mo.says(f"/mod remove {name} 10 30 You said you would hurt them.")
    await ida.says(f"/mod remove {name}")
    await ben.says("/appeal")
    await ben.says("it was a joke about my own head")
    assert "within seven days" in ben.sees()[-1]
    await kim.says(f"/mod decide {name} maybe")
    assert "outcome is one of" in kim.sees()[-1]
    await kim.says(f"/mod decide {name} reduced")
    await kim.says(f"/mod decide {name} reduced")
    assert "second moderator" in kim.sees()[-1]
    await lee.says(f"/mod decide {name} reduced")
    assert any("It was too much" in one for one in ben.sees())
    await ben.says("/find")
    assert "/appeal work" not in ben.sees()[-1]


async def test_an_appeal_is_free_for_who_had_no_part_and_for_nobody_else(bot: TestBot) -> None:
    _, ben = await reported(bot)
    mo, ida, kim = (staffed(bot, one) for one in ("mo", "ida", "kim"))
    name = await code(bot)
    await mo.says(f"/mod mute {name} 1 48 That was mean.")
    await mo.says(f"/casework release {name}")
    await ida.says(f"/mod lift {name}")
    await bot.wait(minutes=20)
    await ben.says("/appeal")
    await ben.says("I said sorry")
    await ben.says("/appeal")
    await ben.says("and they forgave me")
    (_, appeal) = await cases(bot)
    assert [one.text for one in await bot.house.store.read(lambda tx: tx.records.lines(appeal.id)) if one.text] == [
        "I said sorry",
        "and they forgave me",
    ]
    for part in (mo, ida):
        await part.says(f"/mod claim {appeal.id[:8]}")
        assert "this one is for somebody else" in part.sees()[-1]
        await part.says(f"/casework decide {appeal.id[:8]} overturned")
        assert "this one is for somebody else" in part.sees()[-1]
    await kim.says("/mod queue")
    assert "appeal against: mute" in kim.sees()[-1]
    await kim.says(f"/mod close {appeal.id[:8]}")
    assert "Decide it, then it closes" in kim.sees()[-1]
    await kim.says(f"/casework decide {name} reduced")
    assert any("Somebody else looked at your appeal" in one for one in ben.sees())
    assert sum("You can write again" in one for one in ben.sees()) <= 1, "what was lifted is not lifted twice"
    await kim.says(f"/casework decide {name} reduced")
    assert f"Case {name} has no open appeal." in kim.sees()[-1]


async def test_whoever_told_of_a_case_does_not_answer_the_appeal_either(bot: TestBot) -> None:
    ann, ben = await reported(bot)
    mo = staffed(bot, "mo")
    ann.roles = ("moderator",)
    await mo.says(f"/mod mute {await code(bot)} 1 48 That was mean.")
    await bot.wait(minutes=20)
    await ben.says("/appeal")
    await ben.says("I said sorry")
    await ann.says(f"/casework decide {(await cases(bot))[-1].id[:8]} upheld")
    assert "too close" in ann.sees()[-1]


async def test_whoever_confirmed_what_the_bot_did_is_part_of_it(bot: TestBot) -> None:
    _, ben = await bot.pair("ann", "ben")
    mo, kim = staffed(bot, "mo"), staffed(bot, "kim")
    await mo.says("/mod shift on")
    await ben.says("got 30s for sale, hmu")
    (case,) = await cases(bot)
    assert [one.by for one in await bot.house.store.read(lambda tx: tx.sanctions.of_case(case.id))] == [None]
    await mo.says(f"/mod warn {case.id[:8]} 4 No selling here.")
    await ben.says("/appeal")
    await ben.says("it was a song")
    for one, told in ((mo, "somebody else"), (kim, "Decided")):
        await one.says(f"/casework decide {case.id[:8]} overturned")
        assert told in one.sees()[-1]


async def test_a_quarantine_stops_notes_but_no_cry_for_help(bot: TestBot) -> None:
    ann, ben = await reported(bot, "Sexual")
    mo = staffed(bot, "mo")
    name = await code(bot)
    await mo.says(f"/mod quarantine {name} 8 You asked for photos.")
    assert any("You did nothing wrong" in one for one in ann.sees())
    heard = len(ann.hears())
    message = await ben.says("hey, are you there?")
    assert PAUSED in ben.sees()[-1]
    await ben.edits(message, "hey you")
    await ben.reacts(message, "x")
    await ben.says("I want to kill myself")
    assert any("I heard you" in one for one in ben.sees())
    assert len(ann.hears()) == heard
    assert any(case.concern.value == "crisis" for case in await cases(bot))
    await bot.wait(days=2)
    await ben.says("and now?")
    assert PAUSED in ben.sees()[-1]
    await mo.says(f"/mod lift {name}")
    assert any("You can write again" in one for one in ben.sees())
    await ben.says("thank you")
    assert ann.hears()[-1].endswith("thank you")


async def test_a_quarantine_for_one_signal_of_dealing_ends_by_itself_and_the_pair_with_it(bot: TestBot) -> None:
    ann, ben = await reported(bot, "Drugs for sale or asking")
    mo = staffed(bot, "mo")
    await mo.says(f"/mod quarantine {await code(bot)} 4 It read like an offer.")
    await bot.wait(hours=13)
    assert any("That is over" in one for one in ben.sees())
    await ben.says("hi")
    await ann.says("/status")
    assert not ann.hears()[-1].endswith("hi")


async def test_a_mute_stops_notes_only_to_the_one_who_was_hurt(bot: TestBot) -> None:
    ann, ben = await reported(bot)
    mo = staffed(bot, "mo")
    await mo.says(f"/mod mute {await code(bot)} 1 24 That was mean.")
    await bot.wait(minutes=21)
    await ben.says("hello?")
    assert PAUSED in ben.sees()[-1]
    await ann.says("/goodbye")
    await ann.presses("Just leave")
    await ben.says("/find")
    assert "I can't look for a buddy" in ben.sees()[-1]
    await bot.wait(days=1, minutes=20)
    assert any("That is over" in one for one in ben.sees())
    await ben.says("/find")
    assert "I can't look for a buddy" not in ben.sees()[-1]


async def test_a_warning_is_to_be_read(bot: TestBot) -> None:
    _, ben = await reported(bot)
    mo = staffed(bot, "mo")
    name = await code(bot)
    await mo.says(f"/mod warn {name} 1 That was mean.")
    await bot.wait(minutes=21)
    await ben.presses("I read it")
    assert ben.sees()[-1] == "Thank you."
    (case,) = await cases(bot)
    (sanction,) = await bot.house.store.read(lambda tx: tx.sanctions.of_case(case.id))
    assert sanction.read_at is not None
    await mo.says(f"/mod lookup {(await cases(bot))[0].alias}")
    assert "warning, rule 1" in mo.sees()[-1]
    await mo.says("/mod lookup Nobody")
    assert mo.sees()[-1].startswith("No case has that alias.")


async def test_two_moderators_on_one_case(bot: TestBot) -> None:
    await reported(bot)
    mo, ida = staffed(bot, "mo"), staffed(bot, "ida")
    name = await code(bot)
    await mo.says(f"/mod claim {name}")
    await mo.says(f"/mod claim {name}")
    assert mo.sees()[-1] == f"You have case {name}."
    await ida.says(f"/mod warn {name} 1 no")
    assert "Somebody else has case" in ida.sees()[-1]
    await mo.says(f"/casework recuse {name}")
    await mo.says(f"/mod claim {name}")
    assert "too close" in mo.sees()[-1]
    await ida.says(f"/mod close {name}")
    await ida.says(f"/mod warn {name} 1 late")
    assert ida.sees()[-1] == f"Case {name} is closed."


async def test_nobody_acts_on_their_own_case_or_on_the_team(bot: TestBot) -> None:
    ann, ben = await reported(bot)
    name = await code(bot)
    for one in (ann, ben):
        one.roles = ("moderator",)
        await one.says(f"/mod claim {name}")
        assert "too close" in one.sees()[-1]
    mo, boss = staffed(bot, "mo"), staffed(bot, "boss", "lead")
    await mo.says(f"/mod claim {name}")
    assert "somebody of the team" in mo.sees()[-1]
    await boss.says(f"/mod claim {name}")
    assert "is yours" in boss.sees()[-1]
    ben.roles = ("lead",)
    await ben.says("hello")
    await boss.says(f"/mod note {name} x")
    assert "somebody of the team" in boss.sees()[-1]


async def test_a_member_has_no_moderators_commands_and_an_ex_moderator_loses_them_at_once(bot: TestBot) -> None:
    await reported(bot)
    eve = bot.person("eve")
    for words in ("/mod", "/mod queue", "/queue"):
        await eve.says(words)
        assert "for moderators" in eve.sees()[-1]
    await eve.says("queue")
    assert "for moderators" not in eve.sees()[-1]
    mo = staffed(bot, "mo")
    await mo.says("/mod")
    assert "casework reveal" in mo.sees()[-1]
    mo.roles = ()
    await mo.says("/mod queue")
    assert "Waiting" in mo.sees()[-1]
    await bot.sleep(hours=13)
    await mo.says("/mod queue")
    assert "for moderators" in mo.sees()[-1]


async def test_an_erased_member_leaves_a_case_without_identity(bot: TestBot) -> None:
    _, ben = await reported(bot, share="Only this one")
    await ben.says("/forget")
    await ben.presses("Erase all")
    await ben.presses("Yes, erase")
    mo = staffed(bot, "mo")
    name = await code(bot)
    for command in (f"warn {name} 1 x", f"remove {name} 1 30 x"):
        await mo.says(f"/mod {command}")
    await mo.says(f"/mod warn {name} 1 x")
    assert "not here any more" in mo.sees()[-1]
    await mo.says(f"/mod unpair {name}")
    assert "no open pair" in mo.sees()[-1]
    await mo.says(f"/mod case {name}")
    assert "mean person" not in "".join(mo.sees())


async def test_a_text_that_was_never_said_is_shown_as_not_verified(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("good morning to you")
    await ann.uses("report")
    await ann.presses("Mean")
    await ann.says("he said he would hit me")
    mo = staffed(bot, "mo")
    await mo.says(f"/mod case {await code(bot)}")
    assert mo.sees()[-1].startswith("Not verified")


async def test_several_texts_are_checked_one_by_one_and_a_platform_that_has_none_is_asked_to_paste(
    bot: TestBot,
) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.uses("report")
    await ann.presses("Mean")
    await ann.presses("This and 5 before")
    assert "paste the part" in ann.sees()[-1]
    await ben.says("one bad word")
    await ben.says("two bad words")
    await ann.uses("report")
    await ann.presses("Mean")
    await ann.presses("This and 5 before")
    (case,) = await cases(bot)
    reports = await bot.house.store.read(lambda tx: tx.records.reports(case.id))
    assert [(one.text, one.verified) for one in reports] == [("one bad word", True), ("two bad words", True)]
    await ann.presses("Only this one")
    assert "no chat to report" in ann.sees()[-1]


async def test_a_second_report_joins_the_open_case_and_the_owner_hears_of_it(bot: TestBot) -> None:
    ann, _ = await reported(bot)
    mo = staffed(bot, "mo")
    name = await code(bot)
    await mo.says(f"/mod claim {name}")
    await ann.uses("report")
    await ann.presses("Threat")
    await ann.presses("None, just tell them")
    (case,) = await cases(bot)
    assert case.priority.value == "P1"
    assert mo.sees()[-1].startswith("More came in")


async def test_notes_can_hold_formulas_and_markup_without_harm(bot: TestBot) -> None:
    await reported(bot)
    mo = staffed(bot, "mo")
    name = await code(bot)
    words = '=HYPERLINK("http://x") <script>alert(1)</script> @everyone'
    await mo.says(f"/mod note {name} {words}")
    await mo.says(f"/mod case {name}")
    (case,) = await cases(bot)
    lines = await bot.house.store.read(lambda tx: tx.records.lines(case.id))
    assert lines[-1].text == words
    assert all(span.style.value == "plain" for span in mo.last().content.spans)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("claim nothing", "I know no case"),
        ("note", "also needs: case, text"),
        ("warn {case} 13 words", "rule is one of"),
        ("mute {case} 1 0 words", "hours is a whole number from 1 to 2160"),
        ("lift {case}", "Nothing holds anyone back"),
        ("merge {case} {case}", "can't be merged"),
        ("watch {case} 0", "hours is a whole number from 1 to 336"),
        ("decide {case} upheld", "no open appeal"),
        ("escalate {case}", "went up to the leads"),
        ("shift maybe", "state is one of: on, off, rest"),
        ("shift off", "not on shift"),
        ("optout", "Which kind?"),
        ("optout crisis", "go to others"),
        ("desk on", "no desk yet"),
        ("desk off", "Signed out everywhere (0)"),
        ("slowmode nowhere 5", "no such channel"),
        ("slowmode nowhere x", "seconds is a whole number"),
        ("purge nowhere x", "count is a whole number"),
        ("purge nowhere 5", "no such channel"),
        ("lock nowhere on", "no such channel"),
        ("announce nowhere hi", "no such channel"),
        ("handover", "Urgent:"),
        ("unpair {case}", "is closed. Both"),
    ],
)
async def test_every_command_answers(bot: TestBot, typed: str, answer: str) -> None:
    await reported(bot)
    mo = staffed(bot, "mo")
    await mo.says("/mod " + typed.format(case=await code(bot)))
    assert answer in mo.sees()[-1], mo.sees()[-1]


async def test_the_queue_is_empty_when_all_is_done_and_stale_buttons_do_nothing(bot: TestBot) -> None:
    mo = staffed(bot, "mo")
    await mo.says("/mod queue")
    assert "Nothing waits" in mo.sees()[-1]
    await mo.sends_token("mod.x.explode")
    assert "old" in mo.sees()[-1] or mo.sees()[-1]
    ann = bot.person("ann")
    await ann.says("/appeal")
    assert "nothing to appeal" in ann.sees()[-1]
    await ann.sends_token("appeal.nothing.read")
    await ann.sends_token("appeal.nothing.cancel")
    assert "30 days" in ann.sees()[-1]


async def test_cases_about_one_person_can_be_merged(bot: TestBot) -> None:
    _, ben = await reported(bot)
    await ben.says("I want to kill myself")
    mo = staffed(bot, "mo")
    first, second = sorted(await cases(bot), key=lambda one: one.concern.value)
    await mo.says(f"/casework merge {second.id[:8]} {first.id[:8]}")
    assert "Merged into" in mo.sees()[-1]
    assert {one.state for one in await cases(bot)} == {State.CLOSED, State.OPEN}


async def test_what_an_author_says_of_a_held_note_is_answered(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says("selling pills, hit me up, cheap xanax and oxy 30s $20 each, dm me")
    await ann.presses("I think this is a mistake")
    mo = staffed(bot, "mo")
    asked = next(one for one in await cases(bot) if one.concern.value == "appeal")
    await mo.says(f"/mod warn {asked.id[:8]} 4 no")
    assert "Nobody is punished" in mo.sees()[-1]
    await mo.says(f"/mod remove {asked.id[:8]} 4 30 no")
    assert "Nobody is punished" in mo.sees()[-1]
    await mo.says(f"/mod decide {asked.id[:8]} overturned")
    assert any("I was wrong, and I am sorry" in one for one in ann.sees())
    await mo.says(f"/mod decide {asked.id[:8]} upheld")
    assert "is closed" in mo.sees()[-1]


async def test_an_appeal_shortens_a_long_mute_and_reminds_the_leads_when_late(bot: TestBot) -> None:
    _, ben = await reported(bot)
    boss, mo = staffed(bot, "boss", "operator"), staffed(bot, "mo")
    await boss.says("hi")
    await mo.says(f"/mod mute {await code(bot)} 1 168 That was mean.")
    await bot.wait(minutes=21)
    await ben.presses("Appeal")
    await ben.presses("Not now")
    await ben.presses("Appeal")
    await ben.says("please look again")
    await bot.wait(hours=25)
    assert any("That is over" in one for one in ben.sees())
    boss.roles = ("operator",)
    await boss.says("hi")
    await bot.wait(days=3)
    ida = staffed(bot, "ida")
    await ida.says(f"/mod decide {await code(bot)} upheld")
    assert any("It stays as it is" in one for one in ben.sees())
    await ben.says("/appeal")
    await ben.says("again please")


async def test_the_platform_follows_a_sanction_where_the_member_is(tmp_path: Path, book: Book) -> None:
    channels = (Channel("nights", "Nights"), Channel("team", "Team", kind=ChannelKind.MODERATORS))
    here, other = FakePlatform(capabilities=CAN), FakePlatform("other", CAN)
    async with running(tmp_path, book=replace(book, channels=channels), platform=here, others=(other,)) as bot:
        spot, there = await bot.place("nights"), await bot.place("nights", on=other)
        await bot.place("team")
        _, ben = await reported(bot)
        mo = staffed(bot, "mo")
        name = await code(bot)
        await mo.says(f"/mod mute {name} 1 1000 That was mean.")
        await bot.wait(minutes=21)
        assert [(one.how, one.person) for one in spot.ruled() if isinstance(one, Restrict)] == [
            (Restriction.MUTE, ben.address.account)
        ]
        assert there.ruled() == []
        late = await bot.place("nights", account="nights-of-another-server")
        await ben.comes_to(late)
        assert late.ruled() == spot.ruled(), "coming in by another door is no way around it"
        await bot.wait(days=28)
        await mo.says("/mod shift on")
        mo.roles = ("moderator",)
        await mo.says(f"/mod unmute {name}")
        how = [one.how for one in spot.ruled() if isinstance(one, Restrict)]
        assert how == [Restriction.MUTE, Restriction.MUTE, Restriction.LIFT]
        for words in ("slowmode nights 30", "lock nights on", "announce nights Be kind tonight", "purge nights 3"):
            await mo.says(f"/mod {words}")
            assert "Nights" in mo.sees()[-1]
        assert "Be kind tonight" in spot.sees()
        assert "Be kind tonight" in there.sees()


async def test_the_bot_pauses_an_author_only_where_there_is_a_team(tmp_path: Path, book: Book) -> None:
    offer = asks_for(Verdict(Outcome.QUARANTINE, "sourcing_offer", Severity.S4), Label.SOURCING)
    script = scripted(book, {"the offer": offer})
    for team in (False, True):
        async with running(tmp_path / str(team), book=script) as bot:
            if team:
                await staffed(bot, "mo").says("hi")
            ann, ben = await bot.pair("ann", "ben")
            await ann.says("the offer")
            await ann.says("hello")
            assert any("I paused your notes" in one for one in ann.sees()) is team
            assert any(one.endswith("hello") for one in ben.hears()) is not team
            await bot.wait(hours=12, minutes=1)
            assert any("That is over" in one for one in ann.sees()) is team


async def test_what_waits_for_a_decision_is_stopped_too(tmp_path: Path, book: Book) -> None:
    doubtful = asks_for(Verdict(Outcome.NUDGE, "pii", Severity.S1), Label.PII)
    async with running(tmp_path, book=scripted(book, {"the contact": doubtful})) as bot:
        ann, ben = await reported(bot, "Sexual")
        await ben.says("the contact")
        mo = staffed(bot, "mo")
        await mo.says(f"/mod quarantine {await code(bot)} 8 You asked for photos.")
        before = len(ann.hears())
        await ben.sends_token("pending.none.drop")
        await ben.presses("It's not a contact, send")
        assert len(ann.hears()) == before
        assert "/appeal work" in ben.sees()[-1]


async def test_who_comes_back_after_a_removal_begins_anew(bot: TestBot) -> None:
    _, ben = await reported(bot, "Threat")
    mo, ida = staffed(bot, "mo"), staffed(bot, "ida")
    name = await code(bot)
    await mo.says(f"/mod remove {name} 10 2 You said you would hurt them.")
    await ida.says(f"/mod remove {name}")
    await bot.wait(days=2, seconds=1)
    assert any("That is over" in one for one in ben.sees())
    await mo.says(f"/mod lookup {(await cases(bot))[0].alias}")
    assert ": 0 points" in mo.sees()[-1]


async def test_leads_hear_of_an_appeal_that_nobody_saw_or_answered(bot: TestBot) -> None:
    _, ben = await reported(bot)
    boss, mo = staffed(bot, "boss", "lead"), staffed(bot, "mo")
    name = await code(bot)
    await mo.says(f"/mod warn {name} 1 That was mean.")
    await bot.wait(minutes=21)
    await ben.says("/appeal")
    await ben.says("please look again")
    await bot.wait(hours=20)
    await boss.says("hi")
    await bot.wait(hours=5)
    assert sum("waits too long" in one for one in boss.sees()) == 1
    await mo.says(f"/casework escalate {name}")
    assert "was handed up" in boss.sees()[-1]
    await bot.wait(hours=44)
    await boss.says("hi")
    await bot.wait(hours=6)
    assert sum("waits too long" in one for one in boss.sees()) == 2
