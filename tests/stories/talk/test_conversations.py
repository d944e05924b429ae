"""Words go to the conversation they were written in; where one chat holds several, the bot asks, and loses nothing."""

from datetime import timedelta

from buddybot.adapter import ConversationKind, Passage
from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.talk.rooms import Room, RoomKind, Seat
from buddybot.store.tx import Tx
from buddybot.testing import Person, TestBot
from tests.stories.moderating import staffed
from tests.stories.talk.test_on_call import on_call


async def member_of(bot: TestBot, person: Person) -> MemberId:
    found = await bot.house.store.read(lambda tx: tx.members.by_address(person.address))
    assert found is not None
    return found.id


async def three_talks(bot: TestBot) -> tuple[Person, dict[str, Person]]:
    """Give Ann a buddy, a circle and somebody on call; return her and the other of each."""
    olga, cleo = await on_call(bot, "olga", "cleo")
    ann, ben = await bot.pair("ann", "ben")
    mine, theirs = await member_of(bot, ann), await member_of(bot, cleo)

    def sit(tx: Tx) -> None:
        seats = (Seat(mine, "Blue Harbor", 0), Seat(theirs, "Tall Pine", 1))
        tx.rooms.add(Room(RoomId("circle"), RoomKind.CIRCLE, seats, bot.clock.at))

    await bot.house.store.write(sit)
    await ann.uses("now")
    await olga.presses("I can")
    await bot.wait(minutes=1)
    return ann, {"buddy": ben, "circle": cleo, "talk": olga}


def key(person: Person, kind: ConversationKind) -> str:
    """Return the key of a conversation, as the last message there named it."""
    seen = (shown.content.conversation for shown in reversed(person.chat()))
    return next(one.key for one in seen if one.kind is kind)


async def everyone_writes(ann: Person, others: dict[str, Person]) -> dict[str, str]:
    for name, one in others.items():
        await one.says(f"hello from {name}")
    kinds = {"buddy": ConversationKind.BUDDY, "circle": ConversationKind.CIRCLE, "talk": ConversationKind.TALK}
    return {name: key(ann, kind) for name, kind in kinds.items()}


async def test_every_note_says_whose_conversation_it_is(bot: TestBot) -> None:
    ann, others = await three_talks(bot)
    await everyone_writes(ann, others)
    shown = {one.text.rpartition(" ")[2]: one.content.conversation for one in ann.chat() if "hello from" in one.text}
    assert shown["circle"].others == ("Tall Pine",)
    assert shown["circle"].mine == "Blue Harbor"
    assert len({one.key for one in shown.values()}) == 3
    assert not any(one.over for one in shown.values())


async def test_words_go_to_the_room_they_were_written_in(bot: TestBot) -> None:
    ann, others = await three_talks(bot)
    keys = await everyone_writes(ann, others)
    for name, within in keys.items():
        ann.within = within
        await ann.says(f"only for {name}")
    for name, one in others.items():
        assert [text for text in one.hears() if "only for" in text] == [one.hears()[-1]]
        assert one.hears()[-1].endswith(f"only for {name}")


async def test_words_to_the_bot_reach_nobody_else(bot: TestBot) -> None:
    ann, others = await three_talks(bot)
    ann.within = ""
    await ann.says("the weather was grim today")
    assert not any("grim" in text for one in others.values() for text in one.hears())


async def test_a_question_of_one_room_takes_no_words_of_another(bot: TestBot) -> None:
    ann, others = await three_talks(bot)
    keys = await everyone_writes(ann, others)
    ann.within = keys["buddy"]
    await ann.uses("goodbye")
    assert ann.last().content.conversation.key == keys["buddy"]
    await ann.presses("Say a few words")
    ann.within = keys["circle"]
    await ann.says("good morning all")
    assert others["circle"].hears()[-1].endswith("good morning all")
    ann.within = keys["buddy"]
    await ann.says("take care of you")
    assert others["buddy"].hears()[-1].endswith("take care of you")
    assert ann.last().content.conversation.over
    assert others["buddy"].last().content.conversation.over


async def test_words_to_a_room_that_is_over_are_said_to_be_kept_back(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("hi")
    ann.within = key(ann, ConversationKind.BUDDY)
    await ben.uses("goodbye")
    await ben.presses("Just leave")
    message = await ann.says("wait, one thing")
    assert "This talk is over" in ann.sees()[-1]
    assert ann.passage(message) is Passage.NOT_SENT
    assert not any("one thing" in text for text in ben.hears())


async def test_a_cry_in_a_room_that_is_over_is_heard_by_the_bot(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("hi")
    ann.within = key(ann, ConversationKind.BUDDY)
    await ben.uses("goodbye")
    await ben.presses("Just leave")
    await ann.says("i want to kill myself")
    assert any("988" in text or "ending your life" in text for text in ann.sees()[-2:])


async def test_nobody_gets_into_a_room_by_its_key(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("hi")
    mallory = (await on_call(bot, "mallory"))[0]
    mallory.within = key(ann, ConversationKind.BUDDY)
    await mallory.says("let me in")
    assert not any("let me in" in text for one in (ann, ben) for text in one.hears())
    assert mallory.last().content.conversation.kind is ConversationKind.BOT


async def test_words_to_the_moderator_and_to_the_bot_are_told_apart(bot: TestBot) -> None:
    mo = staffed(bot, "mo")
    await mo.says("/mod shift 2")
    ann, _ = await bot.pair("ann", "ben")
    ann.within = ""
    await ann.says("talk to a moderator")
    await mo.says("/mod claim " + (await bot.house.store.read(lambda tx: tx.cases.waiting(1)))[0].id[:8])
    await mo.says("/mod say " + (await bot.house.store.read(lambda tx: tx.cases.waiting(1)))[0].id[:8] + " I'm here.")
    within = key(ann, ConversationKind.MODERATOR)
    await ann.says("what can you do")
    assert not any("what can you do" in text for text in mo.sees())
    ann.within = within
    await ann.says("it is about last night")
    assert any("it is about last night" in text for text in mo.sees())


# ── One chat for all ────────────────────────────────────────────────────────────────────


async def test_where_one_chat_holds_several_talks_the_bot_asks_and_sends_all_that_waited(bot: TestBot) -> None:
    ann, others = await three_talks(bot)
    await everyone_writes(ann, others)
    await ann.says("i was in the garden")
    await ann.says("it rained")
    assert "To whom" in "".join(ann.sees()[-3:])
    assert [choice.label for choice in ann.last().content.choices][1] == "Circle"
    assert not any("rained" in text for one in others.values() for text in one.hears())
    await ann.presses("Circle")
    assert [text.rpartition(": ")[2] for text in others["circle"].hears()][-2:] == ["i was in the garden", "it rained"]
    await ann.says("and you?")
    assert others["circle"].hears()[-1].endswith("and you?")
    assert not any("rained" in text or "and you" in text for text in others["buddy"].hears() + others["talk"].hears())


async def test_what_was_chosen_holds_until_somebody_else_writes_or_a_while_is_over(bot: TestBot) -> None:
    ann, others = await three_talks(bot)
    await everyone_writes(ann, others)
    await ann.says("one")
    await ann.presses("Circle")
    await bot.wait(minutes=1)
    await others["buddy"].says("me too")
    await ann.says("two")
    assert "To whom" in ann.sees()[-1]
    await ann.presses("Circle")
    await bot.wait(minutes=16)
    await ann.says("three")
    assert "To whom" in ann.sees()[-1]


async def test_an_answer_to_a_note_goes_to_its_conversation(bot: TestBot) -> None:
    ann, others = await three_talks(bot)
    await everyone_writes(ann, others)
    note = next(shown for shown in ann.chat() if "hello from buddy" in shown.text)
    await ann.says("good to hear you", reply_to=note)
    assert others["buddy"].hears()[-1].endswith("good to hear you")
    await ann.says("still me")
    assert others["buddy"].hears()[-1].endswith("still me")


async def test_a_cry_never_waits_for_the_answer(bot: TestBot) -> None:
    ann, others = await three_talks(bot)
    await everyone_writes(ann, others)
    await ann.says("i want to die")
    assert any("I sent this to" in text for text in ann.sees())
    assert sum(any("i want to die" in text for text in one.hears()) for one in others.values()) == 1


async def test_what_waited_can_be_dropped_and_is_told_of_after_a_day(bot: TestBot) -> None:
    ann, others = await three_talks(bot)
    await everyone_writes(ann, others)
    await ann.says("never mind this")
    await ann.presses("Don't send")
    await ann.says("nor this")
    bot.clock.at += timedelta(hours=26)
    await bot.wait(minutes=1)
    assert any("dropped it" in text for text in ann.sees())
    assert not any("this" in text for one in others.values() for text in one.hears())


async def test_who_comes_back_on_an_empty_page_is_shown_every_talk(bot: TestBot) -> None:
    ann, others = await three_talks(bot)
    keys = await everyone_writes(ann, others)
    ann.within = ""
    await ann.opens()
    assert {shown.content.conversation.key for shown in ann.chat()[-3:]} == set(keys.values())
