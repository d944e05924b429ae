"""Open questions: sealed, a few at a time, gone in time and with the member, and made by a step of their own."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from functools import partial

from buddybot.domain.dialog.questions import MOST, Offered, OpenQuestion, Unfit
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.runtime.storage.sqlite import StorePaths, open_keys, open_sqlite
from buddybot.store.kernel.db import Db
from buddybot.store.kernel.migrations import apply, migrations, pending
from buddybot.store.kernel.private_files import make_private
from buddybot.store.kernel.sealing import Vault
from buddybot.store.tx import Tx
from tests.store.cast import ANN, BEN, NOW, admit

DAY = timedelta(days=1)
BLOCK = OpenQuestion(
    name="block",
    about="room",
    choices=(Offered("block.room.yes", "block-yes", "Yes, block"), Offered("block.room.no", "block-no", "Cancel")),
    unfit=Unfit.EXCLUSIVE,
    asked_at=NOW,
    until=NOW + DAY,
    again="block-ask-again",
)
REPORT = replace(BLOCK, name="report", words="he said he will find me")


def ask(question: OpenQuestion, tx: Tx) -> None:
    tx.questions.ask(ANN, question, NOW)


async def opened(store: GroupStore) -> list[OpenQuestion]:
    return await store.read(lambda tx: tx.questions.open_of(ANN, NOW))


async def test_a_question_comes_back_as_it_was_asked_the_newest_first(people: GroupStore) -> None:
    for one in (BLOCK, REPORT):
        await people.write(partial(ask, one))
    assert await opened(people) == [REPORT, replace(BLOCK, newest=False)]
    assert await people.read(lambda tx: tx.questions.open_of(BEN, NOW)) == []


async def test_the_same_asked_anew_takes_its_place_and_one_asked_again_counts(people: GroupStore) -> None:
    for one in (BLOCK, REPORT, replace(BLOCK, again="other")):
        await people.write(partial(ask, one))
    assert [one.again for one in await opened(people)] == ["other", "block-ask-again"]
    await people.write(lambda tx: tx.questions.missed(ANN, REPORT, NOW))
    first, second = await opened(people)
    assert (first.name, first.misses, first.words, first.newest) == ("report", 1, REPORT.words, True)
    assert not second.newest


async def test_only_some_stay_open(people: GroupStore) -> None:
    for number in range(MOST + 3):
        await people.write(partial(ask, replace(BLOCK, about=str(number))))
    assert [one.about for one in await opened(people)] == [str(number) for number in range(MOST + 2, 2, -1)]


async def test_one_is_closed_when_answered_over_in_time_and_gone_with_the_member(people: GroupStore) -> None:
    for one in (BLOCK, REPORT):
        await people.write(partial(ask, one))
    await people.write(lambda tx: tx.questions.close(ANN, REPORT))
    assert [one.name for one in await opened(people)] == ["block"]
    assert await people.read(lambda tx: tx.questions.open_of(ANN, NOW + DAY)) == []
    assert await people.write(lambda tx: tx.questions.expire(NOW, 9)) == 0
    assert await people.read(lambda tx: tx.questions.count(ANN)) == 1
    await people.write(lambda tx: tx.members.forget(ANN))
    assert await people.read(lambda tx: tx.db.rows("SELECT 1 FROM question")) == []


async def test_nothing_of_it_is_readable_in_the_database(people: GroupStore) -> None:
    await people.write(partial(ask, REPORT))
    rows = await people.read(lambda tx: tx.db.rows("SELECT * FROM question"))
    shown = repr([bytes(value) if isinstance(value, memoryview) else value for row in rows for value in row])
    assert "find me" not in shown
    assert "report" not in shown


async def test_words_end_with_the_key_of_their_hour_and_the_question_stays(people: GroupStore) -> None:
    await people.write(partial(ask, REPORT))
    await people.write(lambda tx: tx.vault.drop_hours(NOW + DAY))
    assert await opened(people) == [replace(REPORT, words="")]


async def test_expiry_drops_what_is_over(people: GroupStore) -> None:
    await people.write(partial(ask, BLOCK))
    assert await people.write(lambda tx: tx.questions.expire(NOW + DAY, 9)) == 1


async def test_a_database_from_before_there_were_questions_gets_the_table_and_keeps_its_members(
    places: StorePaths,
) -> None:
    make_private(places.database)
    keys = open_keys(places, fresh=True)
    old = sqlite3.connect(places.database, isolation_level=None)
    vault = Vault(keys)
    db = Db(old.execute, vault)
    for step in pending(db, migrations("sqlite"), "bot.db"):
        if step.number < 60:
            apply(db, step)
    old.close()
    keys.close()
    store = await open_sqlite(places, NOW)
    await store.write(partial(admit, ANN))
    await store.write(partial(ask, BLOCK))
    assert await opened(store) == [BLOCK]
    await store.close()
