from collections.abc import Callable
from datetime import timedelta

import pytest

from buddybot.adapter import MessageId, Origin, Passage, Said, Style
from buddybot.domain.people.members import Member
from buddybot.testing import Person, TestBot

END_NOTE = "has moved on. Endings can sting. I'm here."


async def member_of(bot: TestBot, person: Person) -> Member:
    member = await bot.house.store.read(lambda tx: tx.members.by_address(person.address))
    assert member is not None
    return member


def alias(person: Person) -> str:
    """Return the name that this person's buddy goes by."""
    return next(text for text in reversed(person.sees()) if "Your chat is open" in text).partition(" said yes")[0]


async def test_a_note_is_passed_on_under_the_alias_and_its_author_told(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    message = await ann.says("hey, i suck at this")
    assert ben.sees()[-1] == f"{alias(ben)}: hey, i suck at this"
    assert ann.passage(message) is Passage.PASSED_ON
    assert ann.hears() == []


async def test_a_reply_points_at_the_note_it_answers_on_both_sides(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    message = await ann.says("how old is your dog")
    await ann.says("and your cat's")
    first = next(shown for shown in ben.chat() if shown.text.endswith("your dog"))
    await ben.says("ten", reply_to=first)
    assert ann.last().reply_to == message
    await ann.says("good boy", reply_to=ann.last())
    assert ben.last().reply_to is not None


async def test_a_reply_to_the_bot_itself_points_at_nothing(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("hi", reply_to=ann.last())
    assert ben.last().reply_to is None


@pytest.mark.parametrize(
    "text", ["*bold* _it_", "<b>bold</b>", "[link](https://example.org)", "`code` ||x||", "@everyone hi"]
)
async def test_text_of_members_is_never_markup(bot: TestBot, text: str) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says(text)
    if ben.hears():
        (span,) = ben.last().content.spans
        assert (span.text, span.style, span.target) == (text, Style.PLAIN, "")
    else:
        await ann.presses("Don't send")


async def test_an_edit_is_carried_over_and_marked(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    message = await ann.says("helo")
    await ann.edits(message, "hello")
    assert ben.hears() == [f"{alias(ben)}: hello (edited)"]


async def test_a_note_edited_while_it_waits_arrives_only_as_it_is_now(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("/quiet 0-23")
    message = await ann.says("first words")
    await ann.edits(message, "second words")
    await ben.says("/quiet off")
    assert ben.hears() == [f"{alias(ben)}: second words"]


async def test_an_edit_of_somebody_elses_message_changes_nothing(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("hello")
    await ben.edits(ben.last().id, "goodbye")
    assert "couldn't change that note" in ben.sees()[-1]
    assert ann.hears() == []


async def test_a_note_taken_back_is_gone_for_both(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    message = await ann.says("oops")
    await ann.takes_back(message)
    assert ben.hears() == []
    assert "I took it back" in ann.sees()[-1]
    await ann.takes_back(message)
    assert "no note of yours" in ann.sees()[-1]


async def test_unsend_takes_back_the_last_note_or_the_one_replied_to(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("one")
    bot.clock.at += timedelta(seconds=1)
    second = await ann.says("two")
    await ann.says("/unsend")
    assert [text.partition(": ")[2] for text in ben.hears()] == ["one"]
    await ann.uses("unsend", message=second)
    assert "no note of yours" in ann.sees()[-1]
    await ann.says("/unsend")
    assert ben.hears() == []
    await ann.says("/unsend")
    assert "no note of yours" in ann.sees()[-1]


async def test_a_note_taken_back_while_it_waits_was_never_seen(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("/quiet 0-23")
    message = await ann.says("oops")
    await ann.takes_back(message)
    await ben.says("/quiet off")
    assert ben.hears() == []
    assert not any(
        delivery.address == ben.address and "oops" in str(delivery.effect) for delivery in bot.platform.deliveries
    )


async def test_a_reaction_is_carried_over_and_taken_away(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    message = await ann.says("i did it")
    await ben.reacts(ben.last().id, "❤️")
    found = [d for d in bot.platform.deliveries if d.address == ann.address and d.message == message]
    assert "React" in {type(d.effect).__name__ for d in found}
    await ann.says("thanks")
    await ben.reacts(ben.last().id, "❤️")
    await ben.reacts(ben.last().id, "")
    await ann.reacts(ann.chat()[0].id, "👍")


async def test_quiet_hours_hold_a_note_until_the_morning(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("/quiet 12-20")
    message = await ann.says("good night")
    assert ann.passage(message) is Passage.WAITING
    assert "Waiting. I'll pass it on when it suits them" in ann.sees()[-1]
    await bot.wait(hours=5)
    assert ben.hears() == []
    await bot.wait(hours=2)
    assert ben.hears() == [f"{alias(ben)}: good night"]
    await bot.wait(hours=4)
    assert ann.passage(message) is Passage.PASSED_ON


async def test_when_a_wait_ends_is_told_at_a_moment_that_tells_no_hours(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("/quiet 12-20")
    told = []
    for day in range(6):
        message, minutes = await ann.says(f"day {day}"), 0
        assert ann.passage(message) is Passage.WAITING
        while len(ben.hears()) == day:
            await bot.wait(minutes=30)
        while ann.passage(message) is Passage.WAITING:
            await bot.wait(minutes=5)
            minutes += 5
        told.append(minutes)
        await bot.wait(hours=18, minutes=-minutes)
    assert min(told) >= 10
    assert max(told) <= 125
    assert len(set(told)) > 3


async def test_who_is_up_in_their_quiet_hours_shows_in_no_mark_and_no_answer(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("/quiet 12-20")
    message = await ann.says("are you up")
    await ben.says("/status")
    await ben.says("no")
    assert len(ben.hears()) == 1
    assert ann.passage(message) is Passage.WAITING
    token = next(c.token for one in ann.chat() for c in one.content.choices if c.label == "Send now")
    await ann.sends_token(token)
    assert "I sent it now" in ann.sees()[-1]
    assert ann.passage(message) is Passage.PASSED_ON


async def test_a_note_that_was_taken_back_is_never_called_passed_on(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("/quiet 12-20")
    message = await ann.says("no, better not")
    await ann.takes_back(message)
    await bot.wait(hours=12)
    assert ben.hears() == []
    assert ann.passage(message) is Passage.WAITING


@pytest.mark.parametrize("locale", ["en", "es"])
async def test_what_a_waiting_note_is_told_names_no_time_of_day(bot: TestBot, locale: str) -> None:
    told = [bot.house.engine.words(locale, key) for key in ("room-held", "room-urgent-limit")]
    hours = ("morning", "night", "quiet", "evening", "asleep", "mañana", "noche", "silencio", "durm")
    assert not [word for word in hours if word in " ".join(told).lower()]


async def test_notes_held_overnight_arrive_in_order(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("/quiet 12-20")
    for word in ("one", "two", "three"):
        await ann.says(word)
    await bot.wait(hours=8)
    assert [text.partition(": ")[2] for text in ben.hears()] == ["one", "two", "three"]


async def test_whoever_writes_in_their_own_quiet_hours_is_up(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("/quiet 12-20")
    await ann.says("are you up")
    await ben.says("can't sleep")
    assert ben.hears() == [f"{alias(ben)}: are you up"]


async def test_send_now_three_times_a_week(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("/quiet 12-20")
    for number in range(3):
        await ann.says(f"urgent {number}")
        await ann.presses("Send now")
        assert "I sent it now" in ann.sees()[-1]
        assert ben.hears()[-1].endswith(f"urgent {number}")
    await ann.presses("Send now")
    assert "three urgent notes" in ann.sees()[-1] or "already on its way" in ann.sees()[-1]
    await ann.says("urgent again")
    await ann.presses("Send now")
    assert "three urgent notes this week" in ann.sees()[-1]
    assert not ben.hears()[-1].endswith("urgent again")


async def test_send_now_twice_or_for_somebody_elses_note_does_nothing(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("/quiet 12-20")
    await ann.says("urgent")
    token = next(c.token for c in ann.last().content.choices)
    await ben.sends_token(token)
    assert "already on its way" in ben.sees()[-1]
    await ann.sends_token(token)
    await ann.sends_token(token)
    assert "already on its way" in ann.sees()[-1]
    assert len(ben.hears()) == 1
    await ann.sends_token("note.nothing.now")
    assert "already on its way" in ann.sees()[-1]


async def test_quiet_hours_are_asked_for_and_read_in_words(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says("/quiet")
    await ann.says("10pm-7am")
    assert any("From 22 to 7" in text for text in ann.sees()[-2:])
    assert "world time" in ann.sees()[-1]
    await ann.says("/quiet banana")
    assert "I need two hours" in ann.sees()[-1]
    assert (await member_of(bot, ann)).private.quiet is not None
    await ann.says("/quiet off")
    assert "No quiet hours" in ann.sees()[-1]


async def test_a_paused_buddy_is_not_written_to_and_the_author_hears_why(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("/pause 3")
    message = await ann.says("hello?")
    assert ben.hears() == []
    assert ann.passage(message) is Passage.NOT_SENT
    assert "taking a break" in ann.sees()[-1]
    await ben.says("/resume")
    assert "Your break is over" in "".join(ben.sees()[-2:])
    await ann.says("hello again")
    assert ben.hears() == [f"{alias(ben)}: hello again"]


async def test_a_break_ends_by_itself(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("/pause")
    await ben.says("/status")
    assert "taking a break until" in ben.sees()[-1]
    await bot.sleep(days=7)
    await ann.says("back?")
    assert ben.hears()[-1].endswith("back?")
    await ben.says("/resume")
    assert "not on a break" in ben.sees()[-1]


@pytest.mark.parametrize("days", ["0", "91", "banana", "-3", "1e3", "٣", "99999999999999999999"])
async def test_a_break_of_an_impossible_length_is_asked_for_again(bot: TestBot, days: str) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says(f"/pause {days}")
    assert "How many days" in ann.sees()[-1]
    assert (await member_of(bot, ann)).paused_until is None


async def test_a_change_of_words_does_not_slip_through_a_break_or_the_night(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    message = await ann.says("hello")
    await ben.says("/pause 3")
    await ann.edits(message, "wake up")
    assert ben.hears() == [f"{alias(ben)}: hello"]
    assert "taking a break" in ann.sees()[-1]
    await ben.says("/resume")
    await ben.says("/quiet 12-20")
    await ann.edits(message, "wake up please")
    assert ben.hears() == [f"{alias(ben)}: hello"]
    await bot.wait(hours=8)
    assert ben.hears() == [f"{alias(ben)}: wake up please (edited)"]


async def test_too_long_a_change_is_refused_with_the_limit(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    message = await ann.says("hello")
    await ann.edits(message, "na " * 2000)
    assert "too long" in ann.sees()[-1]
    assert ben.hears() == [f"{alias(ben)}: hello"]
    await ann.edits(message, "\u200b\u202e")
    assert ben.hears() == [f"{alias(ben)}: hello"]
    assert "no words" in ann.sees()[-1]


GOODBYES: list[tuple[str, str, Callable[[str], str]]] = [
    (
        "A kind standard note",
        "goodbye-standard",
        lambda name: f"{name} has moved on and wishes you well. It was nothing you did wrong.",
    ),
    ("Just leave", "goodbye-silent", lambda name: f"{name} {END_NOTE}"),
]


@pytest.mark.parametrize(("button", "key", "line"), GOODBYES)
async def test_goodbye_by_button_is_told_kindly(
    bot: TestBot, button: str, key: str, line: Callable[[str], str]
) -> None:
    ann, ben = await bot.pair("ann", "ben")
    assert bot.house.engine.words("en", key) == button
    await ann.says("/goodbye")
    await ann.presses(button)
    assert ben.sees()[-1] == line(alias(ben))
    assert "Want a new buddy, or a break" in ann.sees()[-1]
    await ann.says("are you there")
    assert ben.hears() == []


async def test_goodbye_with_words_passes_them_on_then_closes(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("/goodbye")
    await ann.presses("Say a few words")
    await ann.says("thanks for listening")
    assert ben.hears()[-1].endswith("thanks for listening")
    assert ben.sees()[-1] == f"{alias(ben)} {END_NOTE}"
    await ben.says("wait")
    assert ann.hears() == []


async def test_goodbye_can_be_called_off(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("/goodbye")
    await ann.presses("Say a few words")
    await ann.presses("Stay")
    assert "Nothing changed" in ann.sees()[-1]
    await ann.says("still here")
    assert ben.hears()[-1].endswith("still here")


async def test_last_words_are_read_for_contacts_like_any_note(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("/goodbye")
    await ann.presses("Say a few words")
    await ann.says("find me at 415-555-0134")
    assert all("0134" not in text for text in ben.hears())
    assert "contact" in ann.sees()[-1]


async def test_both_saying_goodbye_at_once_ends_once(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("/goodbye")
    await ben.says("/goodbye")
    await ann.presses("Just leave")
    await ben.presses("Just leave")
    assert "You don't have a buddy yet" in ben.sees()[-1]
    await ben.says("/goodbye")
    assert "You don't have a buddy yet" in ben.sees()[-1]


async def test_the_others_last_words_end_when_the_room_ends(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("/goodbye")
    await ann.presses("Say a few words")
    await ben.says("/goodbye")
    await ben.presses("Just leave")
    await ann.says("are we still talking here or not")
    assert ben.hears() == []
    assert "I didn't get that" in ann.sees()[-1]


async def test_block_asks_once_and_can_be_cancelled(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("/block")
    await ann.presses("Cancel")
    await ann.says("hello")
    assert ben.hears()
    await ann.says("/block")
    await ann.presses("Yes, block")
    assert ben.sees()[-1] == f"{alias(ben)} {END_NOTE}"
    assert "You did nothing wrong" in ann.sees()[-1]


async def test_block_works_after_the_goodbye_and_tells_nobody(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("/goodbye")
    await ben.presses("Just leave")
    seen = ben.sees()
    await ann.says("/block")
    await ann.presses("Yes, block")
    assert ben.sees() == seen
    assert "You won't be paired again" in ann.sees()[-1]


async def test_nobody_blocks_or_parts_a_room_they_do_not_sit_in(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("/block")
    token = next(c.token for c in ann.last().content.choices if c.token.endswith(".yes"))
    cyn = bot.person("cyn")
    await cyn.joins(lane="family")
    await cyn.sends_token(token)
    await cyn.sends_token(token.replace("block.", "goodbye.").replace(".yes", ".silent"))
    await cyn.sends_token("report." + token.split(".")[1] + ".mean")
    await ann.presses("Cancel")
    await ann.says("hello")
    assert ben.hears()
    await cyn.says("/block")
    assert "You don't have a buddy yet" in cyn.sees()[-1]


async def test_a_report_without_text_opens_a_case(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    seen = ben.sees()
    await ann.says("/report")
    assert "What is it about" in ann.sees()[-1]
    await ann.presses("Mean")
    await ann.presses("None, just tell them")
    assert "they may guess" in ann.sees()[-1]
    assert ben.sees() == seen
    me, other = await member_of(bot, ann), await member_of(bot, ben)
    (case,) = await bot.house.store.read(lambda tx: tx.cases.reported_by(me.id))
    assert (case.concern, case.about, case.shared) == ("mean", other.id, "")
    await ann.presses("Keep it")
    await ann.says("still here")
    assert ben.hears()


async def test_a_report_with_text_keeps_what_was_shared_sealed_and_can_end_the_chat(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("/report")
    await ann.presses("Threat")
    await ann.says("they wrote: you will regret this")
    me = await member_of(bot, ann)
    (case,) = await bot.house.store.read(lambda tx: tx.cases.reported_by(me.id))
    assert case.shared == "they wrote: you will regret this"
    assert ben.hears() == []
    await ann.presses("End this chat")
    assert END_NOTE in ben.sees()[-1]
    await bot.sleep(days=121)
    (case,) = await bot.house.store.read(lambda tx: tx.cases.reported_by(me.id))
    assert case.shared == ""


async def test_a_report_can_be_cancelled_at_each_step(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("/report")
    await ann.presses("Cancel")
    assert "I sent nothing" in ann.sees()[-1]
    await ann.says("/report")
    await ann.presses("Money")
    await ann.presses("Cancel")
    await ann.says("hello")
    assert ben.hears()
    me = await member_of(bot, ann)
    assert await bot.house.store.read(lambda tx: tx.cases.reported_by(me.id)) == []


async def test_worried_about_them_shows_care_and_keeps_nobody_apart(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says("/report")
    await ann.presses("I'm worried about them")
    assert len(ann.sees()) > 2
    await ann.presses("None, just tell them")
    me = await member_of(bot, ann)
    (case,) = await bot.house.store.read(lambda tx: tx.cases.reported_by(me.id))
    assert case.concern == "worried"


async def test_a_report_by_replying_is_about_that_room(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("something nasty")
    shown = ann.last()
    await ben.says("/goodbye")
    await ben.presses("Just leave")
    await ann.says("/report", reply_to=shown)
    await ann.presses("Mean")
    await ann.presses("None, just tell them")
    assert "they may guess" in ann.sees()[-1]
    assert not ann.last().content.choices


async def test_there_is_nothing_to_report_without_a_room(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.says("/report")
    assert "no chat to report" in ann.sees()[-1]


async def test_what_is_not_words_is_refused_with_the_reason(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.sends("photo")
    assert "I can only pass on words" in ann.sees()[-1]
    await ann.sends()
    assert "no words" in ann.sees()[-1]
    assert ben.hears() == []


def forwarded(person: Person, text: str, kind: str = "forward") -> Said:
    message = MessageId(person.platform.next_id())
    return Said(Origin(person.platform.next_id(), person.address), text, message, attachments=(kind,))


@pytest.mark.parametrize("kind", ["forward", "via_bot"])
async def test_what_others_wrote_is_no_note_of_ones_own(bot: TestBot, kind: str) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.does(forwarded(ann, "see you at the market on sunday", kind))
    assert ben.hears() == []
    assert ann.sees()[-1].startswith("I only pass on your own words")


async def test_danger_in_what_others_wrote_brings_help_and_no_conversation(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.does(forwarded(ann, "i took all my pills, this is the end"))
    assert ben.hears() == []
    assert any("Help is here" in text for text in ann.sees())


@pytest.mark.parametrize("attachments", [("poll",), ("unknown",)])
async def test_danger_in_something_that_is_no_note_is_heard_and_not_passed_on(
    bot: TestBot, attachments: tuple[str, ...]
) -> None:
    ann, ben = await bot.pair("ann", "ben")
    origin = Origin(ann.platform.next_id(), ann.address)
    words = "i want to kill myself tonight"
    await ann.does(Said(origin, "", MessageId("m"), attachments=attachments, beside=words))
    assert any("I can only pass on words" in text for text in ann.sees())
    assert "Do you have a plan" in " ".join(ann.sees()[-2:])
    assert ben.hears() == []


@pytest.mark.parametrize("album", ["", "a1"])
async def test_an_album_is_answered_once_and_its_words_are_passed_on(bot: TestBot, album: str) -> None:
    ann, ben = await bot.pair("ann", "ben")
    before = len(ann.sees())
    for number in range(5):
        origin = Origin(ann.platform.next_id(), ann.address)
        words = "" if number else "my garden this week"
        await ann.does(Said(origin, words, MessageId(f"m{number}"), attachments=("photo",), album=album))
    assert len(ann.sees()) == before + 1
    assert [text.partition(": ")[2] for text in ben.hears()] == ["my garden this week"]
    await bot.wait(minutes=1)
    before = len(ann.sees())
    await ann.sends("photo")
    assert len(ann.sees()) == before + 1


async def test_status_names_the_quiet_hours(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says("/quiet 22-7")
    await ann.says("/status")
    assert ann.sees()[-1] == "Your quiet hours are 22 to 7."


async def test_status_names_both_aliases(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("/status")
    assert alias(ann) in ann.sees()[-1]
    assert alias(ben) in ann.sees()[-1]
