import json
from pathlib import Path

from buddybot.adapter import Away
from buddybot.domain.people.members import Member
from buddybot.service.kernel.book import Book
from buddybot.testing import Person, TestBot, running

OURS = {"id", "member", "recipient", "owner", "author", "reporter", "about"}
HELD_AS = {
    "member": "member",
    "route": "accounts",
    "channel_seat": "channels",
    "pass_word": "codes_for_another_app",
    "tie": "people_you_are_kept_apart_from",
    "seat": "rooms",
    "note": "rooms",
    "receipt": "rooms",
    "asked": "offers",
    "pair_care": "what_you_wished_for_in_pairs",
    "counted": "counted_in_numbers",
    "own_care": "your_own_check_ins",
    "own_day": "your_own_check_ins",
    "story": "stories_you_shared",
    "mentor": "as_a_mentor",
    "case_file": "reports_you_made",
    "timer": "things_set_for_later",
    "outbox": "notes_waiting_for_you",
    "question": "questions_not_answered",
    "pending": "notes_waiting_for_your_decision",
    "flow": "pace",
    "report": "reports_you_made",
    "sanction": "actions_on_you",
    "shift": "as_a_moderator",
    "staff": "as_a_moderator",
}
"""Which part of an export speaks for each table with a member's rows in it."""


async def member_of(bot: TestBot, person: Person) -> Member | None:
    return await bot.house.store.read(lambda tx: tx.members.by_address(person.address))


async def export_of(person: Person) -> dict[str, object]:
    await person.says("/export")
    document = person.last().content.document
    assert document is not None
    found = json.loads(document.text)
    assert isinstance(found, dict)
    return found


async def erase(person: Person) -> None:
    await person.says("/forget")
    await person.presses("Erase all")
    await person.presses("Yes, erase")


async def rows_with(bot: TestBot, member: str) -> set[str]:
    """Return the tables that have a row with this member's id in any column."""
    tables = await bot.house.store.read(
        lambda tx: [row[0] for row in tx.db.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    )
    found = set()
    for table in tables:
        rows = await bot.house.store.read(lambda tx: tx.db.rows(f"SELECT * FROM {table}"))
        if any(isinstance(value, str) and member in value for row in rows for value in row):
            found.add(table)
    return found


async def test_a_copy_holds_the_account_the_answers_the_rooms_and_the_reports(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("/quiet 22-7")
    await ann.says("hello")
    await ann.says("/report")
    await ann.presses("Mean")
    await ann.says("they were mean")
    copy = await export_of(ann)
    assert copy["accounts"] == [{"platform": "fake", "id": "account-of-ann"}]
    answers = copy["answers"]
    assert isinstance(answers, dict)
    assert answers["help_wanted"] == ["listen", "normal"]
    assert answers["country"] == ["US"]
    text = json.dumps(copy)
    assert "they were mean" in text
    assert '"quiet_hours": [22, 7]' in text
    assert "account-of-ben" not in text
    other = await member_of(bot, ben)
    assert other is not None
    assert other.id not in text


async def test_a_copy_speaks_of_every_table_that_holds_something_of_a_member(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    bot.platform.steps_away(ben.address.account)
    await ann.says("hello")
    await ann.says("you can reach me at 415-555-0134 tonight")
    await ann.says("/report")
    await ann.presses("Mean")
    await ann.says("they were mean")
    await ann.says("i want to kill myself tonight")
    member = await member_of(bot, ann)
    assert member is not None
    copy = await export_of(ann)
    tables = await rows_with(bot, member.id)
    assert tables <= set(HELD_AS), f"a copy says nothing of {tables - set(HELD_AS)}"
    assert {HELD_AS[table] for table in tables} <= set(copy)


async def test_the_copy_offered_before_erasing_is_the_same_copy(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says("/forget")
    await ann.presses("Get my copy first")
    assert any(shown.content.document is not None for shown in ann.chat())
    await ann.presses("Just pause me")
    assert "I'll hold off" in ann.sees()[-1]
    await ann.presses("Cancel")
    assert "Nothing was erased" in ann.sees()[-1]


async def test_erasing_tells_the_buddy_only_that_they_moved_on(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await erase(ann)
    assert ben.sees()[-1].endswith("has moved on. Endings can sting. I'm here.")
    assert "I no longer know you" in ann.sees()[-1]
    await ben.says("hello?")
    assert ann.hears() == []


async def test_after_erasing_no_row_names_them(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("hello")
    await ben.says("hi")
    await ann.says("i want to kill myself tonight")
    await ann.says("you can reach me at 415-555-0134 tonight")
    member = await member_of(bot, ann)
    assert member is not None
    await erase(ann)
    assert await rows_with(bot, member.id) == set()


async def test_whoever_comes_back_is_a_stranger(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await erase(ann)
    await ann.says("hi")
    assert "I'm BuddyBot" in ann.sees()[-1]
    copy = await export_of(ann)
    assert copy["answers"] == {}
    assert copy["rooms"] == []


async def test_anothers_block_still_holds_for_someone_who_came_back(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("/block")
    await ben.presses("Yes, block")
    await erase(ann)
    await ann.joins(lane="self", now="thinking", help_wanted=("listen", "normal"), hours="evening", pace="few")
    await ben.says("/find")
    await bot.wait(days=2)
    assert sum("I found someone" in text for text in ben.sees()) == 1


async def test_a_last_word_nobody_is_there_for_keeps_the_address_a_day_at_most(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.says("/forget")
    await ann.presses("Erase all")
    bot.platform.fails(ann.address.account, *[Away()] * 5000)
    await ann.presses("Yes, erase")
    assert len(await bot.house.store.read(lambda tx: tx.members.all_ids())) == 1
    await bot.sleep(hours=26)
    assert await bot.house.store.read(lambda tx: tx.members.all_ids()) == []


async def test_a_last_word_that_can_not_be_said_keeps_nothing(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.says("/forget")
    await ann.presses("Erase all")
    bot.platform.fails(ann.address.account, *[ValueError()] * 8)
    await ann.presses("Yes, erase")
    await bot.wait(hours=2)
    assert await bot.house.store.read(lambda tx: tx.members.all_ids()) == []


async def test_an_erasure_cut_off_by_a_crash_is_finished_at_the_next_start(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=book) as bot:
        ann, _ = await bot.pair("ann", "ben")
        member = await member_of(bot, ann)
        assert member is not None
        await bot.house.store.write(lambda tx: tx.vault.destroy(member.id))
        platform, clock = bot.platform, bot.clock
    async with running(tmp_path, book=book, platform=platform, clock=clock, seed=2) as bot:
        assert await rows_with(bot, member.id) == set()
        assert bot.person("ben").sees()[-1] == "Your buddy has moved on. Endings can sting. I'm here."


async def test_the_idle_are_warned_and_then_erased_and_their_buddy_told(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    for _ in range(3):
        await bot.sleep(days=56)
        await ben.says("still here")
    assert any("It has been quiet for a long time" in text for text in ann.sees())
    await bot.sleep(days=14)
    assert "I no longer know you" in ann.sees()[-1]
    assert await member_of(bot, ann) is None
    assert "has moved on" in "".join(ben.sees()[-2:])


async def test_a_word_after_the_warning_keeps_everything(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await bot.sleep(days=167)
    assert any("It has been quiet" in one for one in ann.sees()[-2:])  # beside that nobody fits yet, after such a sleep
    await ann.says("hi")
    await bot.sleep(days=20)
    assert await member_of(bot, ann) is not None


async def test_each_table_lets_go_of_what_is_past_its_time(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("hello")
    await ann.says("/report")
    await ann.presses("Mean")
    await ann.says("they were mean")
    await ann.says("/block")
    await ann.presses("Yes, block")
    for _ in range(8):
        await bot.sleep(days=50)
        await ann.says("hi")
        await ben.says("hi")
    counts = {
        table: (await bot.house.store.read(lambda tx: tx.db.rows(f"SELECT count(*) FROM {table}")))[0][0]
        for table in ("note", "receipt", "offer", "room", "pending")
    }
    assert counts == {"note": 0, "receipt": 0, "offer": 0, "room": 0, "pending": 0}
    left = await bot.house.store.read(lambda tx: tx.db.rows("SELECT shared FROM case_file WHERE shared IS NOT NULL"))
    assert left == []
