"""Words to a buddy that may be meant for the bot wait, and the bot asks once for whom; no note is lost or doubled."""

import asyncio
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from buddybot.adapter import ConversationKind
from buddybot.domain.kernel.messages import MessageId
from buddybot.domain.kernel.verdicts import Screening
from buddybot.service.kernel.book import Book
from buddybot.testing import Person, TestBot, running
from tests.stories.matching.test_circles import circle
from tests.stories.questions.listening import heard
from tests.stories.talk.test_conversations import everyone_writes, key, three_talks

ASKED = "Is it for me"
DANGER = "i want to kill myself tonight"


async def asked(bot: TestBot, words: str = "i need less") -> tuple[Person, Person]:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says(words)
    assert ASKED in ann.sees()[-1]
    assert heard(ben) == []
    return ann, ben


@pytest.mark.parametrize(
    ("words", "then"),
    [
        ("i need less", "The pace here is now"),
        ("pause 3 days", "November"),
        ("I may know this person", "How would you like to leave"),
        ("delete everything", "I can erase"),
        ("stop", "what you can do"),
        ("how do i leave", "How would you like to leave"),
        ("find me someone else", "How would you like to leave"),
        ("report this person", "What is it about"),
        ("block", "never pair you two"),
        ("unsend that", "no note of yours"),
        ("borra todo", "I can erase"),
        ("delte everything", "I can erase"),
    ],
)
async def test_what_was_for_the_bot_is_done_as_its_command_does_it(bot: TestBot, words: str, then: str) -> None:
    ann, ben = await asked(bot, words)
    await ann.presses("You, the bot")
    assert then in ann.sees()[-1]
    await ann.says("good evening over there")
    assert words not in heard(ben)


@pytest.mark.parametrize("answer", ["you", "the bot", "for the bot", "for me", "its for you", "para ti", "el bot"])
async def test_the_bot_is_named_in_many_ways(bot: TestBot, answer: str) -> None:
    ann, ben = await asked(bot)
    await ann.says(answer)
    assert "The pace here is now" in ann.sees()[-1]
    assert heard(ben) == []


@pytest.mark.parametrize(
    "answer", ["{alias}", "for {alias}", "send it", "my buddy", "for him", "para {alias}", "envialo"]
)
async def test_the_buddy_is_named_in_many_ways_and_gets_the_note_as_it_was_written(bot: TestBot, answer: str) -> None:
    ann, ben = await asked(bot, "I need less!")
    alias = next(one.label for one in ann.last().content.choices if one.label not in {"You, the bot", "Don't send"})
    await ann.says(answer.format(alias=alias.lower()))
    assert heard(ben) == ["I need less!"]
    assert "I passed it on" in ann.sees()[-1]
    assert not any("The pace here is now" in text for text in ann.sees())


async def test_a_misspelt_name_and_a_bare_yes_are_asked_back(bot: TestBot) -> None:
    ann, ben = await asked(bot)
    alias = ann.last().content.choices[1].label
    await ann.says("yes")
    assert "Did you mean" in ann.sees()[-1] or "Which" in ann.sees()[-1]
    await ann.says(alias[:-2] + alias[-1] + alias[-2])
    assert heard(ben) == []
    await ann.says("yes")
    assert heard(ben) == ["i need less"]


async def test_it_can_be_dropped(bot: TestBot) -> None:
    ann, ben = await asked(bot)
    await ann.says("dont send it")
    assert "did not send" in ann.sees()[-1]
    await ann.says("good evening over there")
    assert heard(ben) == ["good evening over there"]


async def test_who_goes_on_writing_meant_the_buddy_and_the_order_holds(bot: TestBot) -> None:
    ann, ben = await asked(bot, "stop")
    await ann.says("you make me laugh so hard")
    assert heard(ben) == ["stop", "you make me laugh so hard"]
    await ann.presses("You, the bot")
    assert "note is gone" in ann.sees()[-1]
    assert heard(ben) == ["stop", "you make me laugh so hard"]


async def test_two_such_notes_wait_together_and_the_last_one_counts(bot: TestBot) -> None:
    ann, ben = await asked(bot)
    await ann.says("how do i leave")
    assert ASKED in ann.sees()[-1]
    await ann.says("the bot")
    assert "How would you like to leave" in ann.sees()[-1]
    assert heard(ben) == []


async def test_the_command_itself_answers_the_question_too(bot: TestBot) -> None:
    ann, ben = await asked(bot, "how do i leave")
    await ann.says("/leave")
    await ann.presses("Stay")
    await ann.says("good evening over there")
    assert heard(ben) == ["good evening over there"]


async def test_a_doubled_tap_does_it_once(bot: TestBot) -> None:
    ann, ben = await asked(bot)
    token = ann.last().content.choices[1].token
    await ann.sends_token(token)
    await ann.sends_token(token)
    assert heard(ben) == ["i need less"]
    assert "note is gone" in ann.sees()[-1]


async def test_what_waits_a_day_is_told_of(bot: TestBot) -> None:
    ann, ben = await asked(bot)
    await bot.wait(hours=26)
    assert any("dropped it" in text for text in ann.sees())
    assert heard(ben) == []


async def test_when_the_talk_is_over_meanwhile_nothing_is_sent_and_the_wish_is_still_heard(bot: TestBot) -> None:
    ann, ben = await asked(bot, "delete everything")
    to, bot_choice = ann.last().content.choices[1].token, ann.last().content.choices[0].token
    await ben.uses("goodbye")
    await ben.presses("Just leave")
    await ann.sends_token(bot_choice)
    assert "I can erase" in ann.sees()[-1]
    await ann.sends_token(to)
    assert "note is gone" in ann.sees()[-1]
    assert heard(ben) == []


# ── Changed, deleted, answered ──────────────────────────────────────────────────────────


async def test_a_note_that_waits_and_is_changed_goes_out_as_it_is_now(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    message = await ann.says("i need less")
    await ann.edits(message, "i need less sleep than i thought")
    assert heard(ben) == ["i need less sleep than i thought"]
    await ann.says("and you?")
    assert heard(ben) == ["i need less sleep than i thought", "and you?"]


async def test_a_note_that_is_changed_into_another_such_one_still_waits(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    message = await ann.says("i need less")
    await ann.edits(message, "delete everything")
    assert heard(ben) == []
    await ann.says("the bot")
    assert "I can erase" in ann.sees()[-1]
    assert heard(ben) == []


async def test_a_note_that_is_changed_into_a_cry_goes_at_once(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    message = await ann.says("stop")
    await ann.edits(message, DANGER)
    assert heard(ben) == [DANGER]
    assert any("988" in text for text in ann.sees())


async def test_a_note_that_is_deleted_while_it_waits_reaches_nobody(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    message = await ann.says("how do i leave")
    await ann.takes_back(message)
    assert "did not send" in ann.sees()[-1]
    await ann.says("good evening over there")
    assert heard(ben) == ["good evening over there"]


async def test_an_answer_to_the_buddys_own_message_is_for_the_buddy(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("one more joke?")
    await ann.says("stop", reply_to=ann.last())
    assert heard(ben) == ["stop"]


# ── Danger, rules ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("who", ["ann", "ben"])
async def test_while_danger_is_open_nothing_waits(bot: TestBot, who: str) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await {"ann": ann, "ben": ben}[who].says(DANGER)
    for words in ("stop", "delete everything", "how do i leave"):
        await ann.says(words)
        assert heard(ben)[-1] == words
    assert not any(ASKED in text for text in ann.sees())


async def test_a_cry_after_it_goes_at_once_and_first(bot: TestBot) -> None:
    ann, ben = await asked(bot, "stop")
    await ann.says(DANGER)
    assert heard(ben) == [DANGER, "stop"]
    assert any("988" in text for text in ann.sees())


async def test_where_the_screener_broke_nothing_waits(tmp_path: Path, book: Book) -> None:
    def breaks(text: str) -> Screening:
        if text == "stop":
            raise ValueError
        return book.screen(text)

    async with running(tmp_path, book=replace(book, screen=breaks)) as bot:
        ann, ben = await bot.pair("ann", "ben")
        await ann.says("stop")
        assert heard(ben) == ["stop"]


# ── Several talks, a page with rooms ────────────────────────────────────────────────────


async def test_in_a_circle_the_bot_asks_as_well(bot: TestBot) -> None:
    ann, *others = await circle(bot)
    await ann.says("how do i leave")
    assert ASKED in ann.sees()[-1]
    assert not any(heard(one) for one in others)
    await ann.presses("Circle")
    assert all(heard(one) == ["how do i leave"] for one in others)


async def test_where_one_chat_holds_several_talks_every_name_is_a_choice(bot: TestBot) -> None:
    ann, others = await three_talks(bot)
    await everyone_writes(ann, others)
    await ann.says("delete everything")
    assert ann.last().content.choices[0].label == "You, the bot"
    assert len(ann.last().content.choices) == 5
    await ann.presses("Circle")
    assert heard(others["circle"])[-1] == "delete everything"
    assert not any("delete everything" in heard(one) for name, one in others.items() if name != "circle")


async def test_where_they_go_on_writing_and_several_are_meant_all_wait_for_one_answer(bot: TestBot) -> None:
    ann, others = await three_talks(bot)
    await everyone_writes(ann, others)
    await ann.says("stop")
    await ann.says("that joke was so good")
    assert "To whom" in "".join(ann.sees()[-2:]) or "waits too" in ann.sees()[-1]
    await ann.presses("Circle")
    assert heard(others["circle"])[-2:] == ["stop", "that joke was so good"]
    assert not any("stop" in heard(one) for name, one in others.items() if name != "circle")


async def test_on_a_page_each_room_asks_for_itself(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("hi")
    ann.within = key(ann, ConversationKind.BUDDY)
    await ann.says("i need less")
    assert ASKED in ann.sees()[-1]
    assert ann.last().content.conversation.key == ann.within
    ann.within, there = "", ann.within
    await ann.says("the weather was grim today")
    assert heard(ben) == []
    ann.within = there
    await ann.says("the bot")
    assert "The pace here is now" in ann.sees()[-1]
    assert heard(ben) == []


async def test_what_waits_for_one_of_several_and_is_changed_still_waits(bot: TestBot) -> None:
    ann, others = await three_talks(bot)
    await everyone_writes(ann, others)
    message = await ann.says("i was in the graden")
    await ann.edits(message, "i was in the garden")
    assert not any("i was in the garden" in heard(one) for one in others.values())
    await ann.presses("Circle")
    assert heard(others["circle"])[-1] == "i was in the garden"
    assert sum("i was in the garden" in heard(one) for one in others.values()) == 1


# ── Nothing is lost ─────────────────────────────────────────────────────────────────────

PHRASES = ("stop", "i need less", "how do i leave", "delete everything", "menu")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("phrase"), st.sampled_from(PHRASES)),
        st.tuples(
            st.sampled_from(("talk", "bot", "buddy", "drop", "both", "buddy writes", "delete", "later")), st.just("")
        ),
    ),
    max_size=12,
)


async def play(folder: Path, steps: list[tuple[str, str]]) -> None:
    """Play steps against what must be so: each note waits, was for the bot, was dropped, or reached the buddy once."""
    async with running(folder) as bot:
        ann, ben = await bot.pair("ann", "ben")
        waiting, sent, buttons = list[tuple[str, MessageId]](), list[str](), list[str]()
        asked = False
        for number, (step, words) in enumerate(steps):
            if step == "phrase":
                note = await ann.says(words)
                if ASKED in ann.sees()[-1]:
                    waiting.append((words, note))
                    buttons = [one.token for one in ann.last().content.choices]
                else:
                    assert asked, "only a question of the bot, as how they would like to leave, takes words for its own"
            elif step == "talk":
                text, told = f"today was day {number} of the garden", len(ann.sees())
                await ann.says(text)
                if asked and heard(ben) == sent and len(ann.sees()) > told:
                    continue  # "should I erase you?" takes no other words, passes none on, and says so
                sent += [*(text for text, _ in waiting), text]
                waiting = []
            elif step in {"bot", "drop", "buddy", "both"} and buttons:
                await ann.sends_token(buttons[{"bot": 0, "buddy": 1, "drop": 2, "both": 1}[step]])
                if step == "both":
                    await ann.sends_token(buttons[0])
                sent += [text for text, _ in waiting] if step in {"buddy", "both"} else []
                asked = asked or step in {"bot", "both"}
                waiting = []
            elif step == "delete" and waiting:
                await ann.takes_back(waiting.pop(0)[1])
            elif step == "buddy writes":
                await ben.says(f"a line of mine, {number}")
            else:
                await bot.wait(minutes=20)
            assert heard(ben) == sent


@given(STEPS)
@example([("phrase", "stop"), ("phrase", "stop"), ("delete", ""), ("phrase", "i need less"), ("talk", "")])
@settings(max_examples=25)
def test_no_note_is_lost_or_doubled(steps: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(Path(folder), steps))
