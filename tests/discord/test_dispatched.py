"""The adapter under the real dispatcher and the real store, on the wire that dedupes and refuses as Discord does."""

import pytest

from buddybot.adapter import (
    Address,
    Content,
    Document,
    Edit,
    Mark,
    MessageId,
    NoteId,
    Passage,
    Send,
    Span,
)
from buddybot.store.kernel.receipts import Part
from tests.discord.desk import NOTE, Desk, note
from tests.discord.faults import Fault
from tests.discord.wire import until
from tests.store.cast import ANN

NEW = "POST /api/channels/.*/messages"
WHOLE = " ".join(f"day{number:04} was okay" for number in range(230))
"""3,900 letters."""


async def test_a_long_note_arrives_whole(desk: Desk) -> None:
    await desk.posts(note(WHOLE))
    await desk.rest()
    assert desk.sees() == WHOLE
    assert len(desk.ann.inbox()) == 3
    assert desk.service.told == ["delivered ann"]


@pytest.mark.parametrize("times", [2, 5])
async def test_equal_notes_arrive_as_often_as_they_were_written(desk: Desk, times: int) -> None:
    await desk.posts(*[note("hello?")] * times)
    await desk.rest()
    assert desk.sees() == " ".join(["hello?"] * times)


async def test_a_note_of_equal_parts_arrives_whole(desk: Desk) -> None:
    await desk.posts(note("a" * 3900))
    await desk.rest()
    assert desk.sees().replace(" ", "") == "a" * 3900


async def test_buttons_and_a_file_stand_under_the_last_part(desk: Desk) -> None:
    await desk.posts(note(WHOLE, "yes", "no"))
    file = Document("export.json", "application/json", "{}")
    await desk.posts(Send(Content((Span(WHOLE),), document=file)))
    await desk.rest()
    shown = desk.ann.inbox()
    assert [bool(each.components) for each in shown] == [False, False, True, False, False, False]
    assert [each.files for each in shown] == [{}] * 5 + [{"export.json": "{}"}]


async def test_a_list_of_forty_choices_is_whole(desk: Desk) -> None:
    await desk.posts(note("pick", *[f"choice {number}" for number in range(40)]))
    await desk.rest()
    labels = [part["label"] for each in desk.ann.inbox() for row in each.components for part in row["components"]]  # type: ignore[attr-defined]  # the fake keeps what it was sent
    assert labels == [f"choice {number}" for number in range(40)]


@pytest.mark.parametrize("words", [WHOLE, "a" * 3900], ids=["words", "equal parts"])
@pytest.mark.parametrize("after", [False, True], ids=["before it took effect", "after"])
@pytest.mark.parametrize("minutes_later", [False, True])
@pytest.mark.parametrize("crashed", [False, True])
async def test_trouble_in_the_middle_loses_no_part_and_doubles_none(
    desk: Desk, words: str, *, after: bool, minutes_later: bool, crashed: bool
) -> None:
    await desk.posts(note("before it"))
    await desk.rest()
    desk.wire.fails(Fault(NEW, status=503, after=after, skips=1))
    await desk.store.write(lambda tx: tx.outbox.add(ANN, Send(note(words).content, NoteId("n2")), desk.world.now()))
    await desk.dispatcher.idle()
    if minutes_later:
        desk.wire.world.forget_nonces()
    if crashed:
        await desk.crashes()
    await desk.rest(5)
    assert desk.sees().replace(" ", "") == ("before it" + words).replace(" ", "")


async def test_equal_words_and_a_kill_in_between_arrive_twice(desk: Desk) -> None:
    await desk.posts(note("hello?"))
    await desk.rest()
    desk.wire.fails(Fault(NEW, hang=True))
    await desk.store.write(lambda tx: tx.outbox.add(ANN, Send(note("hello?").content, NoteId("n2")), desk.world.now()))
    await until(lambda: not desk.wire.rest.plan[-1].times)
    await desk.crashes()
    await desk.rest()
    assert desk.sees() == "hello? hello?"


async def test_a_new_database_swallows_no_first_answer(desk: Desk) -> None:
    for database in ("bot", "another"):
        if database != "bot":
            await desk.dispatcher.stop()
            await desk.store.close()
            await desk.opens(database)
            await desk.admits()
        for words in ("welcome", "how old are you?"):
            await desk.posts(Send(Content((Span(words),))))
            await desk.rest()
    assert desk.ann.sees() == ["welcome", "how old are you?"] * 2


@pytest.mark.parametrize("code", [50035, 40005, 240000, 20009, 50006, 200000])
async def test_what_discord_will_never_take_is_given_up_at_once_and_the_queue_goes_on(desk: Desk, code: int) -> None:
    desk.wire.fails(Fault(NEW, status=413 if code == 40005 else 400, code=code))
    await desk.posts(note("refused"), note("next"))
    await desk.rest()
    assert desk.sees() == "next"
    assert desk.service.told == ["refused ann", "delivered ann"]
    assert len(desk.wire.asked("POST", "/messages")) == 2


async def test_a_file_that_is_too_large_is_given_up_and_the_queue_goes_on(desk: Desk) -> None:
    large = Document("export.json", "application/json", "x" * (11 * 1024 * 1024))
    await desk.posts(Send(Content((Span("here"),), document=large)), note("next"))
    await desk.rest()
    assert desk.sees() == "next"
    assert desk.service.told == ["refused ann", "delivered ann"]


async def test_marks_edits_and_reactions_in_trouble_hold_no_note_up(desk: Desk) -> None:
    said = await desk.ann.says("hi")
    await desk.store.write(
        lambda tx: tx.receipts.put(ANN, MessageId(str(said.id)), NOTE, Part.AUTHOR, desk.world.now())
    )
    desk.wire.fails(Fault("PUT .*/reactions/.*", status=429, retry_after=400, times=9))
    desk.wire.fails(Fault("PATCH .*", status=400, code=30046, times=9))
    await desk.posts(Mark(NOTE, Passage.PASSED_ON), Edit(NOTE, Content((Span("x"),))), Send(Content((Span("next"),))))
    await desk.rest()
    assert desk.sees() == "next"


async def test_a_direct_message_opened_before_is_written_to_after_a_restart_without_asking(desk: Desk) -> None:
    kept = Address("discord", "main", str(desk.ann.user.id), chat=str(desk.ann.channel))
    await desk.store.write(lambda tx: tx.members.keep_chat(ANN, kept))
    await desk.posts(note("hello"))
    await desk.rest()
    assert desk.sees() == "hello"
    assert desk.wire.asked("POST", "/users/@me/channels") == []


async def test_a_kept_direct_message_of_another_bot_account_is_opened_anew(desk: Desk) -> None:
    stale = Address("discord", "main", str(desk.ann.user.id), chat="12345")
    await desk.store.write(lambda tx: tx.members.keep_chat(ANN, stale))
    await desk.posts(note("hello"))
    await desk.rest()
    assert desk.sees() == "hello"
    assert desk.service.told == ["delivered ann"]
