from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from buddybot.adapter import Capabilities, Channel, ChannelKind
from buddybot.service.kernel.book import Book
from buddybot.store.people.one_time_words import Pass
from buddybot.testing import FakePlatform, Person, TestBot, running

LOBBY = Channel("lobby", "Lobby", kind=ChannelKind.OPEN)


@pytest.fixture
def other() -> FakePlatform:
    return FakePlatform("other", Capabilities(places=True))


@pytest.fixture
async def bot(tmp_path: Path, book: Book, other: FakePlatform) -> AsyncIterator[TestBot]:
    here = FakePlatform(capabilities=Capabilities(places=True))
    async with running(tmp_path, book=replace(book, channels=(LOBBY,)), platform=here, others=(other,)) as made:
        yield made


async def word_of(person: Person) -> str:
    await person.uses("link")
    return person.sees()[-1].removeprefix("/link ")


async def linked(bot: TestBot, other: FakePlatform) -> tuple[Person, Person, Person]:
    ann, ben = await bot.pair("ann", "ben")
    away = bot.person("ann-away", on=other)
    await away.says(f"/link {await word_of(ann)}")
    await away.presses("It is my code")
    assert "You are the same person" in away.sees()[-1]
    assert "Another app was just joined" in ann.sees()[-1]
    return ann, away, ben


async def test_one_person_is_written_to_where_they_were_last(bot: TestBot, other: FakePlatform) -> None:
    ann, away, ben = await linked(bot, other)
    await ben.says("are you there")
    assert (len(ann.hears()), len(away.hears())) == (0, 1)
    await away.says("yes, on my phone")
    await ann.says("and back at home")
    assert [text.partition(": ")[2] for text in ben.hears()] == ["yes, on my phone", "and back at home"]
    await ben.says("good")
    assert (len(ann.hears()), len(away.hears())) == (1, 1)


async def test_changes_find_a_note_where_it_was_shown(bot: TestBot, other: FakePlatform) -> None:
    ann, away, ben = await linked(bot, other)
    note = await ben.says("are you ther")
    await ann.says("hi")
    await ben.edits(note, "are you there")
    assert away.hears()[0].endswith("are you there (edited)")
    assert ann.hears() == []
    own = ben.chat()[-1]
    await ben.says("an answer", reply_to=own)
    assert ann.chat()[-1].reply_to is not None


async def test_an_answer_to_a_note_on_the_other_app_names_none(bot: TestBot, other: FakePlatform) -> None:
    ann, away, ben = await linked(bot, other)
    await away.says("from afar")
    await ann.says("hi")
    await ben.says("an answer", reply_to=next(one for one in ben.chat() if one.text.endswith("from afar")))
    assert ann.chat()[-1].reply_to is None
    assert ann.hears()[-1].endswith("an answer")


async def test_a_word_works_once_and_for_ten_minutes(bot: TestBot, other: FakePlatform) -> None:
    ann, ben = bot.person("ann"), bot.person("ben", on=other)
    await ann.says("hi")
    word = await word_of(ann)
    newer = await word_of(ann)
    for gone in (word, "nonsense", "x" * 65):
        await ben.says(f"/link {gone}")
        assert any("That code does not work" in text for text in ben.sees()[-2:])
    await ann.says(f"/link {newer}")
    assert "You are you here already" in ann.sees()[-1]
    carl = bot.person("carl", on=other)
    await carl.says(f"/link {newer}")
    await carl.presses("It is my code")
    assert "You are the same person" in carl.sees()[-1]
    late = await word_of(ann)
    await bot.wait(minutes=11)
    await ben.says(f"/link {late}")
    assert any("That code does not work" in text for text in ben.sees()[-2:])


async def test_somebody_with_a_story_of_their_own_is_not_joined(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says(f"/link {await word_of(ann)}")
    assert "a story of your own" in ben.sees()[-1]


async def test_a_link_can_be_followed(bot: TestBot, other: FakePlatform) -> None:
    ann, away = bot.person("ann"), bot.person("away", on=other)
    await ann.says("hi")
    await away.opens(await word_of(ann))
    await away.presses("It is my code")
    assert "You are the same person" in away.sees()[-1]


async def test_what_a_newcomer_posted_is_theirs_after_linking(bot: TestBot, other: FakePlatform) -> None:
    here, far = await bot.place("lobby"), await bot.place("lobby", on=other)
    ann, away = bot.person("ann"), bot.person("away", on=other)
    await ann.says("hi")
    message = await away.posts(far, "good evening")
    alias = here.sees()[0].partition(":")[0]
    await away.uses("link", word=await word_of(ann))
    await away.presses("It is my code")
    await away.rewrites(far, message, "good night")
    assert here.sees() == [f"{alias}: good night (edited)"]
    await ann.posts(here, "hello")
    assert far.sees()[-1] == f"{alias}: hello"


async def test_whoever_was_sent_a_code_can_say_no(bot: TestBot, other: FakePlatform) -> None:
    ann, ben = bot.person("ann"), bot.person("ben", on=other)
    await ann.says("hi")
    await ben.opens(await word_of(ann))
    assert "say no" in ben.sees()[-1]
    await ben.presses("No")
    assert "I did not join anything" in ben.sees()[-2]
    await ann.uses("unlink")
    assert "nothing to undo" in ann.sees()[-1]


async def test_unlink_keeps_only_the_app_they_are_on(bot: TestBot, other: FakePlatform) -> None:
    ann, away, ben = await linked(bot, other)
    await ann.uses("unlink")
    assert "only here now" in ann.sees()[-1]
    await ann.uses("unlink")
    assert "nothing to undo" in ann.sees()[-1]
    await away.says("hello?")
    assert "I'm BuddyBot" in away.sees()[-1]
    await ben.says("still there")
    assert ann.hears()[-1].endswith("still there")


async def test_a_block_holds_whatever_is_unlinked(bot: TestBot, other: FakePlatform) -> None:
    _, away, ben = await linked(bot, other)
    await ben.uses("block")
    await ben.presses("Yes, block")
    await away.uses("unlink")
    both = await bot.house.store.read(lambda tx: [tx.members.by_address(one.address) for one in (ben, away)])
    ben_id, ann_id = (one.id for one in both if one is not None)
    kept = await bot.house.store.read(lambda tx: [set(tx.ties.apart(one)) for one in (ben_id, ann_id)])
    assert kept == [{ann_id}, {ben_id}]


async def test_an_app_that_is_closed_leaves_the_other(bot: TestBot, other: FakePlatform) -> None:
    ann, away, ben = await linked(bot, other)
    other.loses(away.address.account)
    await ben.says("are you there")
    assert ann.hears()[-1].endswith("are you there")
    await ann.leaves()
    await ben.says("hello?")
    assert any("I can't reach" in text for text in ben.sees())


async def test_nobody_at_one_app_means_the_other(bot: TestBot, other: FakePlatform) -> None:
    ann, away, ben = await linked(bot, other)
    other.steps_away(away.address.account)
    await ben.says("are you there")
    assert ann.hears() == away.hears() == []
    await bot.wait(seconds=31)
    assert ann.hears()[-1].endswith("are you there")


async def test_whoever_writes_at_the_other_app_is_there_at_once(bot: TestBot, other: FakePlatform) -> None:
    ann, away, ben = await linked(bot, other)
    await ann.says("hi")
    bot.platform.steps_away(ann.address.account)
    await ben.says("are you there")
    assert (ann.hears(), away.hears()) == ([], [])
    await away.says("i want to kill myself")
    assert any("988" in text for text in away.sees())
    assert [text.partition(": ")[2] for text in away.hears()] == ["are you there"]


async def test_an_invite_greets_in_the_name_of_who_gave_it_once(bot: TestBot) -> None:
    until = bot.clock.at + timedelta(days=1)
    await bot.house.store.write(lambda tx: tx.passes.give("clinic-word", Pass(label="The harbour clinic"), until))
    ann, ben = bot.person("ann"), bot.person("ben")
    await ann.opens("clinic-word")
    assert "The harbour clinic sent you here" in ann.sees()[0]
    assert "I'm BuddyBot" in ann.sees()[1]
    await ben.opens("clinic-word")
    assert "That code does not work" in ben.sees()[0]
    await bot.wait(days=2)
    assert await bot.house.store.read(lambda tx: tx.db.rows("SELECT 1 FROM pass_word")) == []


async def test_a_copy_of_all_that_is_held_names_every_app_and_channel(bot: TestBot, other: FakePlatform) -> None:
    here = await bot.place("lobby")
    ann, away, _ = await linked(bot, other)
    await ann.posts(here, "hello")
    await ann.uses("export")
    document = ann.last().content.document
    assert document is not None
    assert '"platform": "other"' in document.text
    assert ann.address.account in document.text
    assert away.address.account not in document.text
    assert "lobby" in document.text
