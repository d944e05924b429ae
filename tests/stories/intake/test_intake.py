from pathlib import Path

import pytest

from buddybot.adapter import Capabilities, Origin, Pressed
from buddybot.domain.intake.progress import from_json
from buddybot.domain.people.members import Member, Private, Stage
from buddybot.service.kernel.book import Book
from buddybot.testing import FakePlatform, Person, TestBot, running


async def begun(bot: TestBot, name: str = "ann", names: tuple[str, ...] = ()) -> Person:
    person = bot.person(name, names=names)
    await person.says("hi")
    await person.presses("Find a buddy")
    for question, key in (("age", "yes"), ("consent", "agree"), ("country", "US")):
        await bot.answer(person, question, (key,))
    return person


async def member_of(bot: TestBot, person: Person) -> Member:
    member = await bot.house.store.read(lambda tx: tx.members.by_address(person.address))
    assert member is not None
    return member


async def private_of(bot: TestBot, person: Person) -> Private:
    return (await member_of(bot, person)).private


async def keys_of(bot: TestBot, person: Person, question: str) -> tuple[str, ...] | None:
    answer = from_json((await private_of(bot, person)).intake).answer_to(question)
    return None if answer is None else answer.keys


async def test_the_sample_conversation_of_typed_answers(bot: TestBot) -> None:
    ann = await begun(bot)
    await ann.says("skip")
    assert "1 of 7" in ann.sees()[-1]
    await ann.says("me lol")
    assert await keys_of(bot, ann, "lane") == ("self",)
    assert "2 of 7" in ann.sees()[-1]
    await ann.says("been on saboxone like 8 months, off fetty. mostly up late")
    assert "I did not save your words" in ann.sees()[-1]
    await ann.presses("Yes")
    assert await keys_of(bot, ann, "now") == ("steady_months",)
    assert "3 of 7" in ann.sees()[-1]
    await ann.says("1 and normal stuff")
    assert set(await keys_of(bot, ann, "help_wanted") or ()) == {"listen", "normal"}


async def test_the_questions_are_one_card_that_changes_in_place(bot: TestBot) -> None:
    ann = await begun(bot)
    card, before = ann.last(), len(ann.chat())
    await ann.presses("My own opioid use or recovery")
    await ann.presses("Why?")
    await ann.presses("Using, not looking to stop")
    assert len(ann.chat()) == before
    progress = card.content.progress
    assert progress is not None
    assert (progress.card, progress.number, progress.total) == ("intake", 3, 7)
    assert progress.answers == (
        "What brings you: My own opioid use or recovery",
        "Where you are: Using, not looking to stop",
    )


async def test_a_typed_answer_is_answered_below_and_takes_the_buttons_off_the_question(bot: TestBot) -> None:
    ann = await begun(bot)
    first = ann.last()
    await ann.says("me lol")
    assert (first.text, first.content.choices, first.content.progress) == ("1 of 7. What brings you here?", (), None)
    assert ann.last().content.choices
    second = ann.last()
    await ann.says("qwxz vvv")
    assert (second.content.choices, ann.sees()[-1].split("\n")[0]) == (
        (),
        "I didn't get that. You can tap, or say it another way.",
    )


async def test_the_gates_stay_as_they_are_and_lose_their_buttons_when_typed(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("hi")
    await ann.presses("Find a buddy")
    age = ann.last()
    await ann.says("yes")
    consent = ann.last()
    assert not age.content.choices
    await ann.presses("I agree")
    assert "Here is how it works" in consent.text
    country = ann.last()
    await ann.says("usa")
    assert not country.content.choices
    assert "1 of 7" in ann.sees()[-1]


async def test_when_nothing_more_is_asked_the_card_keeps_the_answers_and_no_buttons(bot: TestBot) -> None:
    ann = await begun(bot)
    card = ann.last()
    for _ in range(12):
        if "I can start looking now" in card.text:
            break
        await ann.presses("My own opioid use or recovery" if "What brings you" in card.text else "Skip")
    await ann.presses("Look now")
    while card.content.choices:
        await ann.presses("Skip")
    assert card.text == "That is enough for now. You can change your answers any time: /answers."
    assert card.content.progress is not None
    assert card.content.progress.number == card.content.progress.total
    assert (await member_of(bot, ann)).stage is Stage.LOOKING


async def test_where_nothing_can_be_edited_each_step_is_a_message(tmp_path: Path, book: Book) -> None:
    platform = FakePlatform(capabilities=Capabilities(edits=False))
    async with running(tmp_path, book=book, platform=platform) as bot:
        ann = await begun(bot)
        await ann.presses("Skip")
        before = len(ann.chat())
        await ann.presses("My own opioid use or recovery")
        await ann.says("using")
        assert len(ann.chat()) == before + 2


async def test_typed_words_are_dropped_and_only_keys_are_kept(bot: TestBot) -> None:
    ann = await begun(bot)
    await ann.says("me lol")
    private = await private_of(bot, ann)
    assert "lol" not in private.intake


async def test_a_name_close_to_the_account_is_asked_about(bot: TestBot) -> None:
    ann = bot.person("ann", names=("jessica_m92", "Jessica M"))
    await ann.joins(lane="self", nickname="skip")
    await ann.says("/answers")
    await ann.presses("Nickname")
    await ann.says("jessica_m92")
    assert "That looks close to your account name" in ann.sees()[-1]
    await ann.presses("Keep mine anyway")
    assert "I changed that" in ann.sees()[-1]
    assert (await private_of(bot, ann)).nickname == "jessica_m92"


async def test_answers_can_be_given_by_buttons_alone(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self", now="using", help_wanted=("listen", "normal"), hours=("evening", "late_night"))
    assert (await member_of(bot, ann)).stage is Stage.LOOKING
    assert set(await keys_of(bot, ann, "hours") or ()) == {"evening", "late_night"}


async def test_after_seven_questions_one_may_look_now(bot: TestBot) -> None:
    ann = await begun(bot)
    await bot.answer(ann, "lane", ("self",))
    await bot.answer(ann, "language", ("done",))
    assert "I can start looking now" in ann.sees()[-1]
    assert [c.label for c in ann.last().content.choices] == ["Look now", "Keep going", "Later"]
    await ann.presses("Look now")
    await bot.skip_rest(ann)
    assert (await member_of(bot, ann)).stage is Stage.LOOKING


async def test_later_saves_the_place_and_days_after_it_goes_on_there(bot: TestBot) -> None:
    ann = await begun(bot)
    await bot.answer(ann, "lane", ("self",))
    await bot.answer(ann, "language", ("done",))
    await ann.presses("Later")
    assert "I saved your answers" in ann.sees()[-1]
    await bot.sleep(days=3)
    await ann.opens()
    assert ann.sees()[-1].startswith("Welcome back.\nI can start looking now")


@pytest.mark.parametrize("text", ["hey im back", "hi", "im back", "hola", "hello again"])
async def test_who_comes_back_to_the_questions_is_told_where_we_stopped(bot: TestBot, text: str) -> None:
    ann = await begun(bot)
    await bot.answer(ann, "lane", ("self",))
    await ann.says("pause")
    await bot.sleep(days=2)
    await ann.says(text)
    assert ann.sees()[-1].startswith("Welcome back. We stopped at question 2.\n2 of 7. Where are you")


async def test_past_the_offer_to_look_who_comes_back_may_go_on_or_look(bot: TestBot) -> None:
    ann = await begun(bot)
    await bot.answer(ann, "lane", ("self",))
    await bot.answer(ann, "language", ("done",))
    await ann.presses("Keep going")
    await ann.presses("Skip")
    await ann.says("later")
    await ann.says("hey im back")
    assert ann.sees()[-1].startswith("Welcome back. We stopped at question 9.\nI can start looking now")
    await ann.presses("Keep going")
    assert "9 of 14" in ann.sees()[-1]


async def test_past_the_offer_every_question_has_a_way_to_look_now(bot: TestBot) -> None:
    ann = await begun(bot)
    await bot.answer(ann, "lane", ("self",))
    await bot.answer(ann, "language", ("done",))
    await ann.presses("Keep going")
    await ann.presses("Skip")
    await ann.presses("Look now")
    assert (await member_of(bot, ann)).stage is Stage.LOOKING


async def test_the_way_to_a_first_match_is_short(bot: TestBot) -> None:
    """Eleven questions, the gates and a follow-up among them, and the offer to look."""
    ann = bot.person("ann")
    await ann.says("hi")
    taps = ["Find a buddy", "Yes", "I agree", "United States", "My own opioid use or recovery"]
    taps += ["Using, thinking about a change", "Someone who listens", "Someone who still uses", "No"]
    taps += ["Skip", "Evenings", "Done", "Look now"]
    for label in taps:
        await ann.presses(label)
    assert len(taps) - 2 == 11
    assert (await member_of(bot, ann)).stage is Stage.LOOKING


async def test_skip_back_and_why_work_typed_and_pressed(bot: TestBot) -> None:
    ann = await begun(bot)
    await ann.presses("Why?")
    assert "same kind of place" in ann.sees()[-1]
    assert "1 of 7" in ann.sees()[-1]
    await ann.presses("My own opioid use or recovery")
    await ann.says("wait go back")
    assert "1 of 7" in ann.sees()[-1]
    await ann.presses("My own opioid use or recovery")
    await ann.presses("Back")
    assert "1 of 7" in ann.sees()[-1]
    assert "You said" in ann.sees()[-1] or ann.last().content.choices


async def test_a_pressed_button_of_an_earlier_question_changes_nothing(bot: TestBot) -> None:
    ann = await begun(bot)
    await bot.answer(ann, "lane", ("self",))
    await ann.sends_token("ask.lane.family")
    assert await keys_of(bot, ann, "lane") == ("self",)
    assert "2 of 7" in ann.sees()[-1]


async def test_tokens_of_two_questions_at_once_are_refused(bot: TestBot) -> None:
    ann = await begun(bot)
    await ann.sends_token("ask.lane.self", "ask.now.using")
    assert "That button is from before" in ann.sees()[-1]
    await ann.sends_token("ask.lane")
    assert "That button is from before" in ann.sees()[-1]


async def test_the_intake_survives_a_restart(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=book) as bot:
        ann = await begun(bot)
        await bot.answer(ann, "lane", ("self",))
        platform, clock = bot.platform, bot.clock
    async with running(tmp_path, book=book, platform=platform, clock=clock, seed=2) as bot:
        again = bot.person("ann")
        await again.says("hi")
        assert "2 of 7" in again.sees()[-1]


async def test_help_and_forget_in_the_middle_lose_no_answer(bot: TestBot) -> None:
    ann = await begun(bot)
    await bot.answer(ann, "lane", ("self",))
    await ann.says("help")
    assert "Go on" in [one.label for one in ann.last().content.choices]
    await ann.says("delete my account")
    assert "It can't be undone" in ann.sees()[-1]
    await ann.presses("Cancel")
    assert await keys_of(bot, ann, "lane") == ("self",)
    await ann.says("pause")
    assert "I saved your answers" in ann.sees()[-1]
    await ann.presses("Go on")
    assert "2 of 7" in ann.sees()[-1]


async def test_not_understood_twice_still_offers_buttons(bot: TestBot) -> None:
    ann = await begun(bot)
    for _ in range(2):
        await ann.says("qwxz vvv")
        assert ann.last().content.choices
    assert "1 of 7" in ann.sees()[-1]


async def test_without_lists_of_several_ticks_are_drawn_one_by_one(tmp_path: Path, book: Book) -> None:
    platform = FakePlatform(capabilities=Capabilities(many=False))
    async with running(tmp_path, book=book, platform=platform) as bot:
        ann = await begun(bot)
        await bot.answer(ann, "lane", ("self",))
        await bot.answer(ann, "now", ("using",))
        messages = len(ann.chat())
        await ann.presses("Someone who listens")
        await ann.presses("Talk about normal life")
        assert len(ann.chat()) == messages
        ticked = [c.label for c in ann.last().content.choices if c.chosen]
        assert ticked == ["Someone who listens", "Talk about normal life"]
        await ann.presses("Someone who listens")
        assert [c.label for c in ann.last().content.choices if c.chosen] == ["Talk about normal life"]
        await ann.presses("Done")
        assert await keys_of(bot, ann, "help_wanted") == ("normal",)
        assert "4 of 7" in ann.sees()[-1]


async def test_a_tick_on_an_old_list_changes_nothing(tmp_path: Path, book: Book) -> None:
    platform = FakePlatform(capabilities=Capabilities(many=False))
    async with running(tmp_path, book=book, platform=platform) as bot:
        ann = await begun(bot)
        await bot.answer(ann, "lane", ("self",))
        await bot.answer(ann, "now", ("using",))
        old = ann.last()
        await ann.says("someone who listens")
        for token in ("tick.ask.help_wanted.normal", "tick"):
            await ann.does(Pressed(Origin(bot.platform.next_id(), ann.address), (token,), old.id))
            assert ann.sees()[-1] == "That button is from an earlier question."
        assert len([text for text in ann.sees() if "4 of 7" in text]) == 1
        assert "3 of 7" in old.text
        assert await keys_of(bot, ann, "help_wanted") == ("listen",)


async def test_a_second_tap_on_the_card_itself_is_no_mistake(tmp_path: Path, book: Book) -> None:
    platform = FakePlatform(capabilities=Capabilities(many=False))
    async with running(tmp_path, book=book, platform=platform) as bot:
        ann = await begun(bot)
        await bot.answer(ann, "lane", ("self",))
        card = ann.last()
        for token in ("ask.now.using", "ask.now.using", "tick.ask.not_ok.none"):
            await ann.does(Pressed(Origin(bot.platform.next_id(), ann.address), (token,), card.id))
            assert ann.sees()[-1] == "3 of 7. What would help most from a buddy? Pick up to three."
        assert await keys_of(bot, ann, "help_wanted") is None


async def test_a_tick_too_many_is_told(tmp_path: Path, book: Book) -> None:
    platform = FakePlatform(capabilities=Capabilities(many=False))
    async with running(tmp_path, book=book, platform=platform) as bot:
        ann = await begun(bot)
        await bot.answer(ann, "lane", ("self",))
        await bot.answer(ann, "now", ("using",))
        labels = [choice.label for choice in ann.last().content.choices[:4]]
        for label in labels:
            await ann.presses(label)
        assert "That is more than fits here. Please pick fewer.\n3 of 7" in ann.sees()[-1]


async def test_answers_can_be_seen_and_changed_later(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self", now="using", pace="few")
    await ann.says("/answers")
    assert "Your answers. Tap one to change it." in ann.sees()[-1]
    await ann.presses("How often")
    await bot.answer(ann, "pace", ("daily",))
    assert "I changed that" in ann.sees()[-1]
    assert await keys_of(bot, ann, "pace") == ("daily",)
    assert (await member_of(bot, ann)).stage is Stage.LOOKING


async def test_limits_can_be_changed_three_times_a_week(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self", now="using", gender_pref="skip")
    for choice in ("women", "men", "any"):
        await ann.says("/answers")
        await ann.presses("Buddy's gender")
        await bot.answer(ann, "gender_pref", (choice,))
        await bot.skip_rest(ann)
    await ann.says("/answers")
    await ann.presses("Buddy's gender")
    assert "three times this week" in ann.sees()[-1]
    await bot.sleep(days=8)
    await ann.says("/answers")
    await ann.presses("Buddy's gender")
    assert "three times this week" not in ann.sees()[-1]


async def test_a_stale_answer_button_at_home_neither_searches_nor_moves_the_place_in_line(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self", now="using")
    since = (await member_of(bot, ann)).looking_since
    await bot.wait(hours=3)
    await ann.sends_token("ask.lane.family")
    assert (await member_of(bot, ann)).looking_since == since
    await ann.sends_token("home.stop")
    await ann.sends_token("ask.lane.family")
    await ann.sends_token("tick.ask.help_wanted.listen")
    assert (await member_of(bot, ann)).stage is Stage.HOME


async def test_an_unknown_question_to_change_is_stale(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self", now="using")
    await ann.sends_token("answers.nothing")
    assert "That button is from before" in ann.sees()[-1]


async def test_whoever_looked_early_can_answer_more_later(bot: TestBot) -> None:
    ann = await begun(bot)
    await bot.answer(ann, "lane", ("self",))
    await bot.answer(ann, "language", ("done",))
    await ann.presses("Look now")
    await bot.skip_rest(ann)
    await ann.says("/answers")
    await ann.presses("Answer more questions")
    assert "of 14" in ann.sees()[-1]
    await bot.skip_rest(ann)
    assert (await member_of(bot, ann)).stage is Stage.LOOKING


async def test_drafts_nobody_came_back_to_are_gone_after_thirty_days(bot: TestBot) -> None:
    await begun(bot)
    await bot.sleep(days=31)
    assert await bot.house.store.read(lambda tx: tx.members.all_ids()) == []
