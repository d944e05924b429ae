from buddybot.adapter import Style
from buddybot.domain.kernel.messages import Passage
from buddybot.testing import TestBot


async def test_a_phone_number_is_nudged_before_it_leaks(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("you can reach me at 415-555-0134 tonight")
    assert ben.hears() == []
    assert "contact" in ann.sees()[-1]
    await ann.presses("Send without it")
    assert len(ben.hears()) == 1
    assert "0134" not in ben.hears()[0]
    assert "tonight" in ben.hears()[0]


async def test_a_validated_number_can_not_be_sent_anyway(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("you can reach me at 415-555-0134 tonight")
    token = next(c.token for c in ann.last().content.choices if c.token.endswith(".drop"))
    assert [c.label for c in ann.last().content.choices] == ["Send without it", "Don't send"]
    await ann.sends_token(token.replace(".drop", ".anyway"))
    assert all("0134" not in text for text in ben.hears())


async def test_a_nudged_note_can_be_dropped_and_decided_once(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("you can reach me at 415-555-0134 tonight")
    await ann.presses("Don't send")
    assert "did not send" in ann.sees()[-1]
    await ann.presses("Send without it")
    assert "That note is gone" in ann.sees()[-1]
    assert ben.hears() == []


async def test_a_nudge_nobody_answers_is_dropped_with_a_word(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("you can reach me at 415-555-0134 tonight")
    await bot.wait(hours=26)
    assert any("waited a day for your answer" in text for text in ann.sees())
    assert ben.hears() == []


async def test_an_offer_to_sell_is_held_with_the_reason_and_can_be_appealed(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("got oxys for sale 20 each dm me")
    assert ben.hears() == []
    assert "rule 4" in ann.sees()[-1]
    await ann.presses("I think this is a mistake")
    assert "Asking never makes it worse" in ann.sees()[-1]
    cases = await bot.house.store.read(lambda tx: tx.db.rows("SELECT concern, rule FROM case_file ORDER BY concern"))
    assert [tuple(row) for row in cases] == [("appeal", "sourcing_offer"), ("rule", "sourcing_offer")]


async def test_telling_what_one_did_costs_nothing(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("I bought yesterday")
    assert ben.hears()[-1].endswith("I bought yesterday")


async def test_a_cry_for_help_is_delivered_at_once_with_help_for_both(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    message = await ann.says("i want to kill myself tonight, call me at 415-555-0134")
    assert ben.hears()[-1].endswith("0134")
    assert ann.passage(message) is Passage.PASSED_ON
    assert any("988" in text for text in ann.sees()[-2:])
    words = next(i for i, shown in enumerate(ben.chat()) if shown.text == ben.hears()[-1])
    guidance = next(i for i, shown in enumerate(ben.chat()) if "Your buddy" in shown.text and i > words)
    assert guidance > words


async def test_an_edit_is_read_like_a_message(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    message = await ann.says("hello")
    await ann.edits(message, "hello, reach me at 415-555-0134")
    assert "did not pass on that change" in ann.sees()[-1]
    assert ben.hears()[-1].endswith("hello")


async def test_a_decision_after_the_chat_ended_changes_nothing(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("you can reach me at 415-555-0134 tonight")
    await ben.says("/goodbye")
    await ben.presses("Just leave")
    await ann.presses("Send without it")
    assert "That note is gone" in ann.sees()[-1]
    assert ben.hears() == []


async def test_graphic_words_wait_behind_a_tap(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says(
        "the needle went in and i watched the blood swirl in the barrel, best feeling ever, warm rush all over"
    )
    shown = next(shown for shown in reversed(ben.chat()) if shown.content.author)
    assert shown.content.spans[0].style is Style.HIDDEN


async def test_a_held_note_that_its_author_changes_is_a_new_note(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    message = await ann.says("you can reach me at 415-555-0134 tonight")
    await ann.edits(message, "you can reach me here tonight")
    assert [text.partition(": ")[2] for text in ben.hears()] == ["you can reach me here tonight"]
    assert (ann.passage(message), ann.sees()[-1]) == (Passage.PASSED_ON, "Okay. I passed it on.")
    await ann.presses("Send without it")
    assert "That note is gone" in ann.sees()[-1]
    assert len(ben.hears()) == 1
    await ann.edits(message, "I am here tonight")
    assert ben.sees()[-1].endswith("I am here tonight (edited)")


async def test_a_held_note_changed_into_another_that_breaks_a_rule_waits_again(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    message = await ann.says("you can reach me at 415-555-0134 tonight")
    await ann.edits(message, "you can reach me at 415-555-0134 or by mail")
    assert "contact" in ann.sees()[-1]
    await ann.presses("Send without it")
    assert [text.partition(": ")[2] for text in ben.hears()] == ["you can reach me at […] or by mail"]


async def test_a_held_note_changed_after_the_chat_ended_goes_nowhere(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    message = await ann.says("you can reach me at 415-555-0134 tonight")
    await ben.says("/goodbye")
    await ben.presses("Just leave")
    await ann.edits(message, "you can reach me here tonight")
    assert "the chat has ended" in ann.sees()[-1]
    assert ben.hears() == []


async def test_a_held_last_word_that_its_author_changes_still_ends_the_chat(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("/goodbye")
    await ann.presses("Say a few words")
    message = await ann.says("you can reach me at 415-555-0134, bye")
    await ann.edits(message, "take care, bye")
    assert any(text.endswith("take care, bye") for text in ben.hears())
    await ann.says("/status")
    assert "Your chat" not in ann.sees()[-1]
