"""One damaged value concerns one person: nobody else notices, and they themselves are still heard."""

from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.adapter import Address, Joined, Origin, Voice
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.moderation.staff import Role
from buddybot.domain.people.members import Loss
from buddybot.service.kernel.book import Book
from buddybot.service.matching.pool import pool_standing
from buddybot.service.people import erasure
from buddybot.store.tx import Tx
from buddybot.testing import Person, TestBot, running

CRY = "i want to kill myself tonight"


async def id_of(bot: TestBot, person: Person) -> MemberId:
    member = await bot.house.store.read(lambda tx: tx.members.by_address(person.address))
    assert member is not None
    return member.id


async def flip(bot: TestBot, table: str, column: str, where: str = "1 = 1", **values: str) -> None:
    """Turn one bit of a sealed value."""

    update = f"UPDATE {table} SET {column} = :new WHERE {column} = :old"

    def change(tx: Tx) -> None:
        rows = tx.db.rows(f"SELECT {column} FROM {table} WHERE {where}", **values)
        assert rows
        for (sealed,) in rows:
            damaged = bytes([*sealed[:-1], sealed[-1] ^ 1])
            tx.db.run(update, new=damaged, old=bytes(sealed))

    await bot.house.store.write(change)


async def damage_private(bot: TestBot, person: Person) -> MemberId:
    member = await id_of(bot, person)
    await flip(bot, "member", "private", "id = :id", id=member)
    return member


async def matchable(bot: TestBot, member: MemberId) -> Candidate | None:
    """Return the member as matching sees them, if it does."""
    return await bot.house.store.read(lambda tx: pool_standing(bot.house.engine.turn(tx), member).candidate)


async def test_a_damaged_record_stops_no_timer_no_round_and_no_newcomer(
    bot: TestBot, caplog: pytest.LogCaptureFixture
) -> None:
    ann, ben, cay = bot.person("ann"), bot.person("ben"), bot.person("cay")
    await ann.joins(lane="self")
    await ben.joins(lane="self")
    await ben.says(CRY)
    heard = len([one for one in ben.chat() if one.content.voice is Voice.CRISIS])
    member = await damage_private(bot, ann)
    await bot.wait(hours=30)
    assert len([one for one in ben.chat() if one.content.voice is Voice.CRISIS]) > heard
    late = await bot.house.store.read(lambda tx: [one.kind for one in tx.timers.due(bot.clock.now(), 100)])
    assert late == []
    await cay.joins(lane="self")
    assert cay.last().content.choices
    assert caplog.text.count(f"member.private of {member} is damaged") == 1


async def test_who_was_damaged_is_told_once_heard_in_danger_and_not_matched_until_asked_anew(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    member = await damage_private(bot, ann)
    await ann.says(CRY)
    assert not any("I lost what you told me" in text for text in ann.sees())
    assert ann.last().content.voice is Voice.CRISIS
    for _ in range(2):
        await ann.says("/status")
    assert sum("I lost what you told me" in text for text in ann.sees()) == 1
    assert await matchable(bot, member) is None
    await ann.says("/find")
    for question, value in {"age": "yes", "consent": "agree", "country": "US", "lane": "self"}.items():
        await bot.answer(ann, question, (value,))
    await bot.skip_rest(ann)
    again = await bot.house.store.read(lambda tx: tx.members.by_id(member))
    assert again is not None
    assert (again.private.lost, again.private.country) == (Loss.NONE, "US")
    assert await matchable(bot, member) is not None


async def test_a_buddy_of_whoever_was_damaged_talks_on(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await damage_private(bot, ann)
    await ben.says("are you there?")
    await ann.says("yes")
    assert ann.hears()[-1].endswith("are you there?")
    assert ben.hears()[-1].endswith("yes")


@pytest.mark.parametrize(
    ("table", "column"), [("seat", "alias"), ("flow", "sealed"), ("receipt", "sealed"), ("question", "sealed")]
)
async def test_a_damaged_value_of_a_talk_stops_no_note(bot: TestBot, table: str, column: str) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("first")
    await ann.says("/help")
    await flip(bot, table, column)
    await ann.says("second")
    assert ben.hears()[-1].endswith("second")
    assert ben.hears()[-1] != "second"


async def test_a_damaged_alias_of_an_offer_still_lets_both_be_free_again(bot: TestBot) -> None:
    for name in ("ann", "ben"):
        await bot.person(name).joins(
            lane="self", now="thinking", help_wanted=("listen", "normal"), hours="evening", pace="few"
        )
    await bot.wait(hours=1, seconds=1)
    await flip(bot, "asked", "alias")
    await bot.wait(hours=30)
    assert await bot.house.store.read(lambda tx: tx.db.rows("SELECT id FROM offer WHERE closed = 0")) == []


async def test_a_damaged_address_is_sealed_anew_when_they_write(bot: TestBot) -> None:
    ann, ben = bot.person("ann"), bot.person("ben")
    await ann.says("hi")
    await ben.says("hi")
    member = await id_of(bot, ann)
    await flip(bot, "route", "account", "member = :id", id=member)
    assert await bot.door.correspondents("fake", "main") == (ben.address,)
    await ann.says("hello?")
    await ann.says("/help")
    await bot.tick()
    assert "Here is what you can do" in ann.sees()[-1]
    assert set(await bot.door.correspondents("fake", "main")) == {ann.address, ben.address}


async def test_who_was_damaged_can_still_be_erased(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    member = await damage_private(bot, ann)
    await flip(bot, "route", "account", "member = :id", id=member)

    def erase(tx: Tx) -> None:
        found = tx.members.by_id(member)
        assert found is not None
        erasure.farewell(bot.house.engine.turn(tx), found, "forget-done")

    await bot.house.store.write(erase)
    assert not await bot.house.store.read(lambda tx: tx.vault.knows(member))


async def test_a_damaged_cursor_begins_the_back_fill_anew(bot: TestBot) -> None:
    await bot.door.put(Joined(Origin("e1", bot.person("ann").address)), ("dm", "7"))
    await flip(bot, "cursor", "place")
    assert await bot.door.cursor("dm") is None


async def test_the_operator_reads_of_it_in_their_chat(tmp_path: Path, book: Book) -> None:
    lead = Address("fake", "main", "account-of-oz")
    run = replace(book, practice=replace(book.practice, staff=((lead, Role.OPERATOR),)))
    async with running(tmp_path, book=run) as bot:
        oz, ann = bot.person("oz"), bot.person("ann")
        await oz.says("hi")
        await ann.says("hi")
        await damage_private(bot, ann)
        await ann.says("hi")
        await bot.wait(minutes=1)
        assert [text for text in oz.sees() if "member.private" in text] == oz.sees()[-1:]
        assert not any("member.private" in text for text in ann.sees())


@pytest.mark.parametrize("damage", ["UPDATE outbox SET sealed = :rubbish", "UPDATE outbox SET kind = 'react'"])
async def test_the_operator_hears_once_of_each_damaged_row_of_the_outbox_and_no_word_of_it(
    tmp_path: Path, book: Book, damage: str
) -> None:
    lead = Address("fake", "main", "account-of-oz")
    run = replace(book, practice=replace(book.practice, staff=((lead, Role.OPERATOR),)))
    async with running(tmp_path, book=run) as bot:
        oz = bot.person("oz")
        await oz.says("hi")
        ann, ben = await bot.pair("ann", "ben")
        await ben.says("/quiet 0-23")
        for words in ("the first secret", "the second secret"):
            await ann.says(words)
        member = await id_of(bot, ben)
        given = {"rubbish": b"x" * 40} if ":rubbish" in damage else {}
        await bot.house.store.write(
            lambda tx: tx.db.run(f"{damage} WHERE recipient = :id AND held = 1", id=member, **given)
        )
        before = len(oz.sees())
        await bot.wait(hours=24)
        told = [text for text in oz.sees()[before:] if "outbox.sealed" in text]
        assert len(told) == 2
        assert not any("secret" in text for text in told)
        assert not any("outbox" in text for person in (ann, ben) for text in person.sees())
