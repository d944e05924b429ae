"""A moderator writes to the person of a case, and the person answers, asks for one, or ends it."""

from pathlib import Path

import pytest

from buddybot.domain.kernel.messages import Voice
from buddybot.domain.moderation.cases import CasePriority, Concern
from buddybot.domain.moderation.desk import SPOKEN, LineKind
from buddybot.service.kernel.book import Book
from buddybot.store.moderation.records import CaseEntry
from buddybot.testing import Person, TestBot, running
from tests.stories.moderating import audit, cases, code, reported, sound, staffed

HELLO = "Hi. I'm a moderator, and a person. I'm here with you now."


async def in_danger(bot: TestBot, locale: str = "en") -> Person:
    """Let somebody alone with the bot be in danger."""
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.says(f"/language {locale}")
    await ann.says(
        "i want to kill myself tonight, i have the pills in my hand" if locale == "en" else "me quiero matar"
    )
    return ann


async def lines(bot: TestBot) -> list[CaseEntry]:
    """Return what was said in the newest case."""
    case = (await cases(bot))[-1]
    found = await bot.house.store.read(lambda tx: tx.records.lines(case.id))
    return [one for one in found if one.kind in SPOKEN]


async def test_a_moderator_writes_and_the_person_answers(bot: TestBot) -> None:
    ann, mo = await in_danger(bot), staffed(bot, "mo")
    name = await code(bot)
    await mo.says(f"/mod say {name} Hi, are you alone right now?")
    shown = ann.last().content
    assert (shown.voice, shown.author, shown.text) == (Voice.MODERATOR, "Moderator", "Hi, are you alone right now?")
    assert [one.label for one in shown.choices] == ["Answer the moderator", "Close this talk"]
    assert any("they can't see your account" in one for one in ann.sees())
    await ann.says("yes, my mom is at work")
    assert any("yes, my mom is at work" in one for one in mo.sees())
    assert "I passed that on to the moderator." in ann.sees()
    told = next(one for one in mo.chat() if "yes, my mom is at work" in one.text)
    await mo.says("I stay with you", reply_to=told)
    assert any(one.content.text == "I stay with you" for one in ann.chat())
    await ann.says("she comes at five", reply_to=next(one for one in ann.chat() if one.text == "I stay with you"))
    assert "she comes at five" in mo.sees()[-1]
    assert [one.kind for one in await lines(bot)] == [
        LineKind.SAID,
        LineKind.ANSWERED,
        LineKind.SAID,
        LineKind.ANSWERED,
    ]
    assert "say" in await audit(bot)
    assert await sound(bot)


async def test_three_sentences_fit_and_go_by_tap_or_by_number_in_the_person_s_language(bot: TestBot) -> None:
    ann, mo = await in_danger(bot, "es"), staffed(bot, "mo")
    name = await code(bot)
    await mo.says(f"/mod say {name}")
    labels = [one.label for one in mo.last().content.choices]
    assert len(labels) == 4
    await mo.presses(labels[0])
    assert ann.last().content.author == "Moderación"
    assert ann.last().text.startswith("Hola. Soy de moderación")
    await mo.says(f"/mod say {name} 2")
    assert ann.last().text.startswith("¿")
    await ann.presses("Cerrar esta charla")
    assert "la charla está cerrada" in ann.sees()[-1]


async def test_a_contact_is_not_sent_and_a_help_line_is(bot: TestBot) -> None:
    ann, mo = await in_danger(bot), staffed(bot, "mo")
    name = await code(bot)
    before = len(ann.sees())
    await mo.says(f"/mod say {name} write me on telegram @kind_mo or call 415 555 0134")
    assert "I did not send it" in mo.sees()[-1]
    assert len(ann.sees()) == before
    await mo.says(f"/mod say {name} Please call 988 now, I'm here")
    assert ann.last().text == "Please call 988 now, I'm here"


async def test_nobody_else_has_a_voice(bot: TestBot) -> None:
    ann, mo, ida = await in_danger(bot), staffed(bot, "mo"), staffed(bot, "ida")
    eve = bot.person("eve")
    await eve.joins(lane="self")
    name = await code(bot)
    await mo.says(f"/mod claim {name}")
    before = len(ann.sees())
    await ida.says(f"/mod say {name} hello")
    assert "Somebody else has case" in ida.sees()[-1]
    await eve.says(f"/mod say {name} hello")
    assert "for moderators" in eve.sees()[-1]
    await eve.sends_token(f"voice.{name}.use-1")
    await eve.sends_token(f"voice.{name}.end")
    assert len(ann.sees()) == before
    await mo.says(f"/mod close {name}")
    await mo.says(f"/mod say {name} hello")
    assert len(ann.sees()) == before


async def test_a_case_that_is_not_urgent_gives_no_voice(bot: TestBot) -> None:
    _, ben = await reported(bot, "Mean")
    mo = staffed(bot, "mo")
    before = len(ben.sees())
    await mo.says(f"/mod say {await code(bot)} hello")
    assert "not an open P0 or P1" in mo.sees()[-1]
    assert len(ben.sees()) == before


async def test_the_person_ends_it_typed_and_the_moderator_does_not_begin_again(bot: TestBot) -> None:
    ann, mo = await in_danger(bot), staffed(bot, "mo")
    name = await code(bot)
    await mo.says(f"/mod say {name} 1")
    await ann.says("i want to end this")
    assert "i want to end this" in mo.sees()[-1], "a cry is no button"
    await ann.says("close this talk")
    assert "the talk is closed" in ann.sees()[-1]
    assert "closed the talk" in mo.sees()[-1]
    before = len(ann.sees())
    await mo.says(f"/mod say {name} please stay")
    assert "You can write again when they ask" in mo.sees()[-1]
    assert len(ann.sees()) == before
    heard = len(mo.sees())
    await ann.says("it is quiet here")
    assert len(mo.sees()) == heard
    await ann.presses("Talk to a moderator")
    await mo.says(f"/mod say {name} I'm here")
    assert ann.last().text == "I'm here"


async def test_beside_a_buddy_only_what_is_meant_for_the_moderator_goes_there(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("i want to kill myself tonight, i have the pills in my hand")
    mo = staffed(bot, "mo")
    await mo.says(f"/mod say {await code(bot)} 1")
    assert ben.sees().count("A moderator is there too. You don't have to carry this alone.") == 1
    heard = len(mo.sees())
    await ann.says("ben are you there")
    assert "ben are you there" in ben.hears()[-1]
    assert len(mo.sees()) == heard
    said = next(one for one in ann.chat() if one.content.voice is Voice.MODERATOR)
    await ann.says("i am in the kitchen", reply_to=said)
    assert "i am in the kitchen" in mo.sees()[-1]
    assert "i am in the kitchen" not in "".join(ben.hears())
    await ann.presses("Answer the moderator")
    await ann.says("and the door is locked")
    assert any("and the door is locked" in text for text in mo.sees()[-2:])
    assert "and the door is locked" not in "".join(ben.hears())
    await ann.presses("Answer the moderator")
    await ann.says("not now")
    assert "Nothing was sent" in ann.sees()[-1]
    await ann.says("ben?")
    assert "ben?" in ben.hears()[-1]
    await mo.says(f"/mod say {await code(bot)} 2")
    assert ben.sees().count("A moderator is there too. You don't have to carry this alone.") == 1


async def test_a_second_chair_reads_along_speaks_and_takes_over(bot: TestBot) -> None:
    ann, mo, ida = await in_danger(bot), staffed(bot, "mo"), staffed(bot, "ida")
    name = await code(bot)
    await mo.says(f"/mod say {name} 1")
    await ida.says(f"/casework second {name}")
    assert "second chair of your case" in mo.sees()[-1]
    await ann.says("who is this")
    assert "who is this" in ida.sees()[-1]
    assert "who is this" in mo.sees()[-1]
    await ida.says(f"/mod say {name} We are two now")
    assert ann.last().text == "We are two now"
    assert "We are two now" in mo.sees()[-1]
    await ida.says(f"/mod claim {name}")
    assert "took over" in mo.sees()[-1]
    assert not any(one.startswith("P0") for one in (*mo.sees(), *ida.sees())), "nobody is called again"
    await ann.says("ok")
    assert "ok" in ida.sees()[-1]


async def test_what_was_said_is_gone_after_three_days_and_survives_a_restart_before(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=book) as bot:
        ann, mo = await in_danger(bot), staffed(bot, "mo")
        await mo.says(f"/mod say {await code(bot)} 1")
        clock, platform = bot.clock, bot.platform
    async with running(tmp_path, book=book, clock=clock, platform=platform, seed=2) as bot:
        ann, mo = bot.person("ann"), staffed(bot, "mo")
        await ann.says("still here")
        assert "still here" in mo.sees()[-1]
        assert [one.text for one in await lines(bot)] == [HELLO, "still here"]
        await bot.wait(hours=73)
        assert [one.text for one in await lines(bot)] == ["", ""]


async def test_closing_the_case_ends_the_talk(bot: TestBot) -> None:
    ann, mo = await in_danger(bot), staffed(bot, "mo")
    name = await code(bot)
    await mo.says(f"/mod say {name} 1")
    await mo.says(f"/mod close {name}")
    assert "This talk with a moderator is over." in ann.sees()[-1]
    heard = len(mo.sees())
    await ann.says("hello?")
    assert len(mo.sees()) == heard


@pytest.mark.parametrize(
    ("locale", "label", "off"),
    [
        ("en", "Talk to a moderator", "No moderator is on right now"),
        ("es", "Hablar con moderación", "Ahora no hay nadie de moderación"),
    ],
)
async def test_asking_for_a_moderator_is_honest_about_who_is_there(
    bot: TestBot, locale: str, label: str, off: str
) -> None:
    mo = staffed(bot, "mo")
    await mo.joins(lane="self")
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.says(f"/language {locale}")
    await ann.says(label)
    assert off in ann.sees()[-1]
    assert ann.sees()[-1].index("988") < ann.sees()[-1].index(off), "the number comes first"
    (case,) = await cases(bot)
    assert (case.priority, case.concern) == (CasePriority.P1, Concern.OTHER)
    await ann.says("my buddy scares me")
    assert "988" in ann.sees()[-1]
    assert [one.text for one in await lines(bot)] == ["my buddy scares me"]


async def test_on_shift_a_moderator_is_called_once(bot: TestBot) -> None:
    mo = staffed(bot, "mo")
    await mo.uses("shift", state="on")
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.says("talk to a moderator")
    assert "I called a moderator" in ann.sees()[-1]
    assert "asks for a moderator" in mo.sees()[-1]
    heard = len(mo.sees())
    await ann.says("talk to a moderator")
    assert len(mo.sees()) == heard
    await ann.says("my buddy scares me")
    assert "my buddy scares me" in mo.sees()[-1]
    await mo.presses("I take it")
    await mo.says(f"/mod say {await code(bot)} Tell me more")
    assert ann.last().text == "Tell me more"
    await ann.says("status")
    assert any(one.endswith("status") for one in mo.sees()), "it may be meant for either"
    assert ann.last().text != "Tell me more"
    page = "\n".join(one.text for one in mo.chat())
    assert ann.address.account not in page


async def test_where_there_are_no_moderators_nothing_is_promised(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.says("talk to a moderator")
    assert "There are no moderators here yet." in ann.sees()[-1]
    assert await cases(bot) == []


async def test_a_mute_and_help_from_l2_up_offer_a_moderator(bot: TestBot) -> None:
    _, ben = await reported(bot, "Threat", share="Only this one")
    mo = staffed(bot, "mo")
    await mo.says(f"/mod mute {await code(bot)} 10 48 That was a threat.")
    await bot.wait(minutes=20)
    await ben.presses("Talk to a moderator")
    assert "No moderator is on right now" in ben.sees()[-1]
    assert len(await cases(bot)) == 1, "it joins the case that is open"
    await mo.says(f"/mod say {await code(bot)} 1")
    assert "I'd like to hear your side." in ben.sees()[-1]


async def test_open_cases_of_one_person_carry_one_alias_and_stand_together(bot: TestBot) -> None:
    _, ben = await reported(bot, "Mean")
    mo = staffed(bot, "mo")
    await mo.says("hi")
    await ben.says("i want to kill myself tonight, i have the pills in my hand")
    found = await cases(bot)
    assert len(found) == 2
    assert len({one.alias for one in found}) == 1
    await mo.says("/mod queue")
    shown = mo.sees()[-1]
    crisis = next(one for one in found if one.concern is Concern.CRISIS)
    other = next(one for one in found if one.concern is not Concern.CRISIS)
    assert shown.index(crisis.id[:8]) < shown.index(other.id[:8])


async def test_whoever_only_asked_for_a_moderator_is_offered_no_step(bot: TestBot) -> None:
    mo, ann = staffed(bot, "mo"), bot.person("ann")
    await mo.says("hi")
    await ann.joins(lane="self")
    await ann.says("talk to a moderator")
    await mo.says(f"/mod case {await code(bot)}")
    assert not any(step in "".join(mo.sees()) for step in ("warning", "mute", "removal"))
