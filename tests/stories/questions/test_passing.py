"""Questions under which people may go on talking: answers can be typed, everything else is passed on as before."""

import pytest

from buddybot.testing import Person, TestBot
from tests.stories.matching.test_meeting import offered
from tests.stories.questions.listening import heard
from tests.stories.talk.test_on_call import on_call


async def at_home(bot: TestBot, name: str = "ann") -> Person:
    person = bot.person(name)
    await person.joins(lane="self", now="thinking", help_wanted="listen", hours="evening", pace="few")
    await person.sends_token("home.stop")
    return person


@pytest.mark.parametrize("text", ["yes", "yep pls", "yesss", "sí", "claro", "👍", "say yes", "1", "count me in"])
async def test_an_offer_hears_yes(bot: TestBot, text: str) -> None:
    ann, _ = await offered(bot)
    await ann.says(text)
    assert "I'm asking" in ann.sees()[-1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nah", "I won't say why"),
        ("no gracias", "I won't say why"),
        ("i think i know them", "I won't pair you two"),
        ("la conozco", "I won't pair you two"),
        ("ask me tomorow", "I'll ask again tomorrow"),
        ("not sure", "I'll ask again tomorrow"),
        ("4", "I'll ask again tomorrow"),
    ],
)
async def test_an_offer_hears_everything_else_that_it_offers(bot: TestBot, text: str, said: str) -> None:
    ann, _ = await offered(bot)
    await ann.says(text)
    assert any(said in one for one in ann.sees()[-2:])


async def test_an_offer_stays_open_when_something_else_is_typed(bot: TestBot) -> None:
    ann, _ = await offered(bot)
    await ann.says("tell me what happens if I take it and do not like them")
    await ann.says("yeah")
    assert "I'm asking" in ann.sees()[-1]


@pytest.mark.parametrize("text", ["find a buddy", "find me someone"])
async def test_words_of_another_question_are_no_misspelt_yes_to_an_offer(bot: TestBot, text: str) -> None:
    ann, _ = await offered(bot)
    await ann.says(text)
    assert "I found someone and asked you both" in ann.sees()[-1]


@pytest.mark.parametrize(("text", "said"), [("stop looking", "I stopped looking"), ("un circulo", "a small circle")])
async def test_an_aside_takes_no_choice_of_the_large_menu_away(bot: TestBot, text: str, said: str) -> None:
    ann = await at_home(bot)
    await ann.uses("find")
    await ann.presses("Breathe with me")
    await ann.says(text)
    assert said in ann.sees()[-1]


@pytest.mark.parametrize("text", ["find a buddy", "Find a budy pls", "buscar a alguien", "i want to find a buddy"])
async def test_the_greeting_hears_find_a_buddy(bot: TestBot, text: str) -> None:
    ann = bot.person("ann")
    await ann.says("hi")
    await ann.says(text)
    assert "18" in ann.sees()[-1]


@pytest.mark.parametrize("text", ["how does it work?", "how it works", "como funciona"])
async def test_the_greeting_says_how_it_works(bot: TestBot, text: str) -> None:
    ann = bot.person("ann")
    await ann.says("hi")
    greeting = ann.sees()[-1]
    await ann.says(text)
    assert ann.sees()[-1] != greeting


async def test_the_gates_keep_their_own_answers(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("hi")
    await ann.says("find a buddy")
    asked = ann.sees()[-1]
    await ann.says("yes")
    assert ann.sees()[-1] != asked


@pytest.mark.parametrize(
    ("text", "said"), [("my answers", "answers"), ("find me someone", "looking"), ("help now", "988")]
)
async def test_the_menu_at_home_can_be_typed(bot: TestBot, text: str, said: str) -> None:
    ann = await at_home(bot)
    await ann.uses("status")
    await ann.says(text)
    assert said in "".join(ann.sees()[-2:])


@pytest.mark.parametrize("text", ["stop looking", "deja de buscar"])
async def test_the_status_of_a_search_hears_stop(bot: TestBot, text: str) -> None:
    ann = await at_home(bot)
    await ann.uses("find")
    await ann.uses("status")
    await ann.says(text)
    assert "stopped looking" in ann.sees()[-1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("standard", "Want a new buddy"),
        ("just leave", "Want a new buddy"),
        ("una nota amable", "Want a new buddy"),
        ("stay", "Nothing changed"),
        ("me quedo", "Nothing changed"),
        ("few words", "last words"),
    ],
)
async def test_a_goodbye_can_be_typed(bot: TestBot, text: str, said: str) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.uses("goodbye")
    await ann.says(text)
    assert said in ann.sees()[-1]
    assert heard(ben) == []


async def test_words_that_fit_no_goodbye_go_to_the_buddy(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.uses("goodbye")
    await ann.says("hey, are you there?")
    assert heard(ben) == ["hey, are you there?"]


async def test_last_words_are_words_and_only_cancel_is_not(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.uses("goodbye")
    await ann.presses("Say a few words")
    await ann.says("never mind")
    assert "Nothing changed" in ann.sees()[-1]
    await ann.uses("goodbye")
    await ann.presses("Say a few words")
    await ann.says("no")
    assert heard(ben) == ["no"]


@pytest.mark.parametrize("text", ["yes", "sure", "si", "yep"])
async def test_a_check_in_hears_the_answer(bot: TestBot, text: str) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await bot.wait(days=3, minutes=1)
    await ann.says(text)
    assert "Does it feel safe" in ann.sees()[-1]
    await ann.says("un poco")
    assert "keep going" in ann.sees()[-1]
    assert heard(ben) == []


async def test_after_the_buddy_wrote_a_bare_yes_is_for_the_buddy(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await bot.wait(days=3, minutes=1)
    await ben.says("did you sleep?")
    await ann.says("yes")
    assert heard(ben) == ["yes"]


async def test_a_note_that_waits_hears_what_to_do(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("call me at 212-555-0143 tonight")
    assert "contact" in ann.sees()[-1]
    await ann.says("without it")
    assert "without that part" in ann.sees()[-1]
    assert len(heard(ben)) == 1


@pytest.mark.parametrize("text", ["dont send it", "drop it", "no lo envies", "no"])
async def test_a_note_that_waits_can_be_dropped(bot: TestBot, text: str) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("call me at 212-555-0143 tonight")
    await ann.says(text)
    assert "did not send it" in ann.sees()[-1]
    assert heard(ben) == []


@pytest.mark.parametrize(("text", "there"), [("i can", True), ("puedo", True), ("not now", False), ("no puedo", False)])
async def test_somebody_on_call_answers_by_typing(bot: TestBot, text: str, *, there: bool) -> None:
    (olga,) = await on_call(bot, "olga")
    ann = await at_home(bot)
    await ann.uses("now")
    await olga.says(text)
    assert any("is here for up to" in one for one in ann.sees()) is there


@pytest.mark.parametrize("text", ["spanish", "español", "Espanol", "en español", "2"])
async def test_a_language_can_be_typed(bot: TestBot, text: str) -> None:
    ann = await at_home(bot)
    await ann.uses("language")
    await ann.says(text)
    assert "español" in ann.sees()[-1]


@pytest.mark.parametrize("text", ["22:30-7", "from 22 to 7", "de 22 a 7", "10:30 pm to 7 am", "entre las 22 y las 7"])
async def test_quiet_hours_are_read_as_people_write_them(bot: TestBot, text: str) -> None:
    ann = await at_home(bot)
    await ann.uses("quiet")
    await ann.says(text)
    assert any("From 22 to 7" in one for one in ann.sees()[-2:])


@pytest.mark.parametrize("text", ["cancel", "leave it as it is", "dejalo"])
async def test_quiet_hours_can_be_left_as_they_are(bot: TestBot, text: str) -> None:
    ann = await at_home(bot)
    await ann.uses("quiet")
    await ann.says(text)
    assert "stay as they are" in ann.sees()[-1]
    await ann.says("22-7")
    assert not any("From 22 to 7" in one for one in ann.sees())


@pytest.mark.parametrize("text", ["a circle", "un círculo", "a group please"])
async def test_a_circle_can_be_wished_by_typing(bot: TestBot, text: str) -> None:
    ann = await at_home(bot)
    await ann.uses("find")
    await ann.says(text)
    assert "small circle" in ann.sees()[-1]
    await ann.says("no circle after all")
    assert "No circle" in ann.sees()[-1]


async def test_what_is_open_is_in_the_export_as_a_number_and_gone_with_the_member(bot: TestBot) -> None:
    ann = await at_home(bot)
    await ann.uses("language")
    await ann.uses("export")
    document = ann.last().content.document
    assert document is not None
    assert '"questions_not_answered": ' in document.text
    await ann.uses("forget")
    await ann.sends_token("forget.yes")
    rows = await bot.house.store.read(lambda tx: tx.db.rows("SELECT 1 FROM question"))
    assert rows == []
