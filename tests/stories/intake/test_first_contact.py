import pytest

from buddybot.domain.people.members import Member, Stage
from buddybot.testing import Person, TestBot


async def member_of(bot: TestBot, person: Person) -> Member | None:
    return await bot.house.store.read(lambda tx: tx.members.by_address(person.address))


async def at_consent(bot: TestBot, name: str = "ann") -> Person:
    person = bot.person(name)
    await person.says("hi")
    await person.presses("Find a buddy")
    await person.presses("Yes")
    return person


async def test_the_first_word_is_answered_with_who_is_here_and_three_ways_on(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("hi")
    assert "I'm BuddyBot, a bot" in ann.sees()[-1]
    labels = [c.label for c in ann.last().content.choices]
    assert labels == ["Find a buddy", "How it works", "I need help right now", "Español"]


async def test_opening_the_chat_without_a_word_greets_too(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.opens()
    assert "I'm BuddyBot" in ann.sees()[-1]


async def test_how_it_works_leads_on(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("hi")
    await ann.presses("How it works")
    assert "You answer a few questions" in ann.sees()[-1]
    await ann.presses("Find a buddy")
    assert "18 or older" in ann.sees()[-1]


async def test_someone_who_left_without_ever_writing_is_not_even_noted(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.leaves()
    assert await member_of(bot, ann) is None


async def test_under_18_gets_lines_for_teens_and_nothing_is_kept(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("hi")
    await ann.presses("Find a buddy")
    await ann.presses("No")
    if "country" in ann.sees()[-1]:
        await ann.says("US")
    assert any("Thanks for being honest" in text for text in ann.sees())
    assert "talk with teens" in ann.sees()[-1]
    assert await member_of(bot, ann) is None
    assert await bot.house.store.read(lambda tx: tx.members.all_ids()) == []
    await ann.says("hello")
    assert "I'm BuddyBot" in ann.sees()[-1]


async def test_a_typed_age_below_18_counts_as_no(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("hi")
    await ann.presses("Find a buddy")
    await ann.says("im 16")
    if "country" in ann.sees()[-1]:
        await ann.says("US")
    assert "talk with teens" in ann.sees()[-1]
    assert await bot.house.store.read(lambda tx: tx.members.all_ids()) == []


async def test_consent_says_what_moderators_see_and_what_is_not_kept(bot: TestBot) -> None:
    ann = await at_consent(bot)
    consent = ann.sees()[-1]
    for promise in ("nickname", "do not keep", "moderators see the part you share", "on-call moderator", "/forget"):
        assert promise in consent


async def test_declining_keeps_nothing_and_the_way_back_is_open(bot: TestBot) -> None:
    ann = await at_consent(bot)
    await ann.presses("No thanks")
    assert "Nothing is saved" in ann.sees()[-1]
    assert await bot.house.store.read(lambda tx: tx.members.all_ids()) == []
    await ann.says("hi")
    await ann.presses("Find a buddy")
    assert "18 or older" in ann.sees()[-1]


async def test_tell_me_more_answers_and_asks_again(bot: TestBot) -> None:
    ann = await at_consent(bot)
    await ann.presses("Tell me more")
    assert "locked, to find you a buddy" in ann.sees()[-1]
    assert "Is what I wrote above okay with you?" in ann.sees()[-1]
    await ann.presses("I agree")
    assert "country" in ann.sees()[-1]


async def test_what_do_mods_see_is_answered_in_the_middle_of_consent(bot: TestBot) -> None:
    ann = await at_consent(bot)
    await ann.says("what do mods see")
    assert any("They can't read your chats" in text for text in ann.sees()[-2:])


async def test_consent_is_noted_with_its_version(bot: TestBot) -> None:
    ann = await at_consent(bot)
    await ann.says("ok")
    await ann.says("Canada")
    member = await member_of(bot, ann)
    assert member is not None
    assert (member.consent, member.stage, member.private.country) == ("1", Stage.INTAKE, "CA")
    assert member.consent_at == bot.clock.now()


async def test_the_country_can_be_skipped(bot: TestBot) -> None:
    ann = await at_consent(bot)
    await ann.presses("I agree")
    await ann.presses("Skip")
    assert "What brings you here" in ann.sees()[-1]


@pytest.mark.parametrize("command", ["find", "status", "goodbye", "block", "report", "answers", "quiet", "pause"])
async def test_before_consent_a_members_command_leads_to_the_gates(bot: TestBot, command: str) -> None:
    ann = bot.person("ann")
    await ann.uses(command)
    assert "18 or older" in ann.sees()[-1]


@pytest.mark.parametrize(
    ("command", "words"),
    [("crisis", "Help is here"), ("help", "/crisis"), ("privacy", "nickname"), ("language", "Which language")],
)
async def test_before_consent_everyone_may_use_what_is_for_anyone(bot: TestBot, command: str, words: str) -> None:
    ann = bot.person("ann")
    await ann.uses(command)
    assert any(words in text for text in ann.sees())


async def test_help_before_consent_names_only_what_works_then(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.uses("help")
    assert "/crisis" in ann.sees()[-1]
    assert "/goodbye" not in ann.sees()[-1]


async def test_export_and_forget_work_before_consent(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.uses("export")
    assert ann.last().content.document is not None
    await ann.uses("forget")
    await ann.presses("Erase all")
    await ann.presses("Yes, erase")
    assert await bot.house.store.read(lambda tx: tx.members.all_ids()) == []


async def test_an_old_gate_button_begins_nothing_for_a_stranger(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.sends_token("ask.age.yes")
    member = await member_of(bot, ann)
    assert member is not None
    assert member.private.gates == ""
    assert "I'm BuddyBot" in ann.sees()[-1]


async def test_the_language_of_the_app_is_used_and_can_be_changed(bot: TestBot) -> None:
    ann = bot.person("ann", locale="es-MX")
    await ann.says("hola")
    member = await member_of(bot, ann)
    assert member is not None
    assert member.locale == "es"
    await ann.says("/language en")
    assert "I'll use English" in ann.sees()[-2]
    await ann.says("/language xx")
    assert "don't have that language" in ann.sees()[-2]
    await ann.presses("Español")
    member = await member_of(bot, ann)
    assert member is not None
    assert member.locale == "es"


@pytest.mark.parametrize("text", ["i agre", "yep agree", "ok i agree", "yeah sure"])
async def test_consent_is_heard_as_people_type_it(bot: TestBot, text: str) -> None:
    ann = await at_consent(bot)
    await ann.says(text)
    assert "What country" in ann.sees()[-1]


async def test_the_consent_is_not_read_out_again_for_words_that_were_no_answer(bot: TestBot) -> None:
    ann = await at_consent(bot)
    await ann.says("usa")
    assert "Is what I wrote above okay" in ann.sees()[-1]
    assert next(one.label for one in ann.last().content.choices) == "I agree"


@pytest.mark.parametrize("text", ["yes", "sure", "yep"])
async def test_a_yes_at_the_checkpoint_begins_to_look(bot: TestBot, text: str) -> None:
    ann = bot.person("ann")
    await ann.says("hi")
    await ann.presses("Find a buddy")
    for question, key in {"age": "yes", "consent": "agree", "country": "US", "lane": "self", "now": "thinking"}.items():
        await bot.answer(ann, question, (key,))
    while "Look now" not in [one.label for one in ann.last().content.choices]:
        await ann.sends_token(
            next(
                one.token
                for one in (*ann.last().content.choices, *ann.last().content.extra)
                if one.token.endswith(".skip")
            )
        )
    await ann.says(text)
    assert "this may be a looser match" in ann.sees()[-1]


async def test_under_18_sees_the_lines_of_their_country(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("hi")
    await ann.presses("Find a buddy")
    await ann.presses("No")
    assert "What country are you in" in ann.sees()[-1]
    await ann.presses("Canada")
    assert "For young people: Kids Help" in ann.sees()[-1]
    assert await member_of(bot, ann) is None


async def test_under_18_without_a_country_sees_who_can_be_called_anywhere(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("im 15")
    await ann.presses("Skip")
    assert "911 (US, Canada), 999 (UK) or 112" in ann.sees()[-1]
    assert await bot.house.store.read(lambda tx: tx.members.all_ids()) == []


async def test_under_18_and_in_danger_is_not_let_go_by_the_question_of_the_country(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("hi")
    await ann.presses("Find a buddy")
    await ann.presses("No")
    await ann.says("i want to kill myself")
    await ann.sends_token("ask.country.CA")
    assert any("For young people" in text for text in ann.sees())
    await ann.says("yes i have a plan")
    assert "worried about you" in ann.sees()[-1]
    assert "911" in ann.sees()[-1]


@pytest.mark.parametrize(
    ("locale", "text", "said"),
    [
        ("es", "mi hijo dice q se quiere matar", "Puedes preguntar de frente"),
        ("es", "mi hija ya no quiere vivir", "Puedes preguntar de frente"),
        ("en", "my son says he wants to kill himself", "You can ask straight"),
    ],
)
async def test_who_fears_for_somebody_near_hears_what_to_say(bot: TestBot, locale: str, text: str, said: str) -> None:
    ann = bot.person("ann", locale=locale)
    await ann.says(text)
    assert said in ann.sees()[-1]
    assert any(choice.token == "home.crisis" for choice in ann.last().content.choices)


async def test_everyday_words_of_one_language_are_no_slip_of_the_other(bot: TestBot) -> None:
    ann = bot.person("ann", locale="es")
    for text in ("hola", "hace frio"):
        await ann.says(text)
    assert "I'm a bot" not in ann.sees()[-1]


async def test_how_it_is_used_in_spanish_is_no_country(bot: TestBot) -> None:
    ann = bot.person("ann", locale="es")
    for text in ("mi hermano no respira", "tengo narcan como se usa"):
        await ann.says(text)
    assert "112 (España)" in ann.sees()[-1]
    await ann.says("estoy en usa")
    assert "112 (España)" not in ann.sees()[-1]


@pytest.mark.parametrize("locale", ["en", "es"])
@pytest.mark.parametrize(
    "text", ["4 days dope sick", "llevo 4 dias de mono", "dia 3 sin nada", "took 5 pills today", "5 anos limpio ya"]
)
async def test_a_number_of_days_or_doses_is_nobody_s_age(bot: TestBot, locale: str, text: str) -> None:
    ann = bot.person("ann", locale=locale)
    for words in ({"en": "find a buddy", "es": "buscar a alguien"}[locale], text):
        await ann.says(words)
    assert not any(words in one for one in ann.sees() for words in ("for adults, so", "para adultos, así"))
    assert not any(words in one for one in ann.sees() for words in ("Here is how it works", "Así funciona"))
