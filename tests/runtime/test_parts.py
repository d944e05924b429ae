"""What is shown in several parts, what is refused for good, and what is damaged: each row fails alone."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from buddybot.adapter import (
    Capabilities,
    Choice,
    Content,
    Delivery,
    Edit,
    Mark,
    MessageId,
    NoteId,
    Passage,
    React,
    Rejected,
    Retract,
    RetryLater,
    Send,
    Span,
)
from buddybot.domain.kernel.ids import MemberId
from buddybot.store.kernel.receipts import Part
from tests.runtime.test_dispatch import NOTE, SECOND, Post, text
from tests.store.cast import ANN, BEN, NOW

SMALL = Capabilities(max_text=10, max_choices=2)


def long(words: str, *labels: str, note: NoteId | None = None) -> Send:
    return Send(Content((Span(words),), choices=tuple(Choice(label, label) for label in labels)), note)


def keys(given: Iterable[Delivery]) -> list[str]:
    return [each.key for each in given]


async def known(post: Post, member: MemberId, note: NoteId, message: str) -> None:
    """Let a member have a note on the screen."""
    await post.store.write(lambda tx: tx.receipts.put(member, MessageId(message), note, Part.AUTHOR, NOW))


# ── Keys and parts ──────────────────────────────────────────────────────────────────────


async def test_each_part_of_each_row_has_a_key_of_its_own(post: Post) -> None:
    post.platform.capabilities = SMALL
    await post.add(BEN, long("one two three four five"))
    await post.add(BEN, long("one two three four five"))
    await post.add(BEN, long("pick", "a", "b", "c", "d", "e"))
    await post.rest()
    assert len(post.platform.given) == 3 + 3 + 3
    assert len(set(keys(post.platform.given))) == 9
    assert all(len(key) == 24 for key in keys(post.platform.given))
    assert len({each.id for each in post.platform.given}) == 9
    assert all(each.id < 2**53 for each in post.platform.given)


async def test_a_part_keeps_its_key_over_retries_and_a_restart(post: Post) -> None:
    post.platform.answers = [RetryLater(1), ValueError("a bug")]
    await post.add(BEN, text("hello"))
    await post.rest()
    await post.wait(SECOND)
    await post.restart()
    await post.wait(timedelta(minutes=1))
    assert len(post.platform.given) == 3
    assert len(set(keys(post.platform.given))) == 1


async def test_a_database_made_anew_gives_no_key_twice(post: Post) -> None:
    await post.add(BEN, text("hello"))
    await post.rest()
    await post.store.write(lambda tx: tx.db.run("DELETE FROM outbox"))
    await post.add(BEN, text("hello"))
    await post.rest()
    assert len(set(keys(post.platform.given))) == 2


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("trouble", [RetryLater(1), RetryLater(unknown=True), ValueError("a bug")])
async def test_after_trouble_in_the_middle_only_what_is_missing_goes_out(
    post: Post, trouble: Exception, *, restarted: bool
) -> None:
    post.platform.capabilities = SMALL
    gone, deliver = [0], post.platform.deliver

    async def second_fails(delivery: Delivery) -> MessageId:
        gone[0] += 1
        post.platform.answers = [trouble] if gone[0] == 2 else []
        return await deliver(delivery)

    post.platform.deliver = second_fails  # type: ignore[method-assign]  # a platform that fails once
    await post.add(BEN, long("aaaa aaaa aaaa aaaa aaaa", note=NOTE))
    await post.rest()
    if restarted:
        await post.restart()
    await post.wait(timedelta(minutes=1))
    first, failed, again, third = post.platform.given
    assert (failed.key, failed.after) == (again.key, MessageId("1"))
    assert len({first.key, again.key, third.key}) == 3
    assert [each.repeat for each in (first, failed, third)] == [False] * 3
    assert (again.repeat, again.after) in {(False, None), (True, MessageId("1"))}, "an earlier part has the same words"
    assert await post.waiting() == 0
    assert await post.store.read(lambda tx: tx.receipts.message(BEN, NOTE)) == MessageId("3")


async def test_a_crash_in_the_middle_repeats_one_part_alone(post: Post) -> None:
    post.platform.capabilities = SMALL
    await post.add(BEN, long("one two three four five six"), due=NOW + SECOND)
    await post.store.write(
        lambda tx: tx.db.run("UPDATE outbox SET state = 'claimed', held = 0, due_at = created_at, parts = 1")
    )
    await post.restart()
    assert post.platform.texts() == ["three four", "five six"]
    assert [each.repeat for each in post.platform.given] == [True, False]


async def test_a_possible_repeat_knows_the_last_message_that_is_another_one(post: Post) -> None:
    await post.add(BEN, text("hello?", NoteId("first")))
    await post.rest()
    post.platform.answers = [RetryLater(unknown=True)]
    await post.add(BEN, text("hello?", NOTE))
    await post.rest()
    await post.wait(timedelta(minutes=1))
    assert [(each.repeat, each.after, each.since) for each in post.platform.given] == [
        (False, None, None),
        (False, None, None),
        (True, MessageId("1"), None),
    ]


async def test_rows_of_an_older_version_get_their_key_when_they_are_claimed(post: Post) -> None:
    await post.store.write(lambda tx: tx.outbox.add(BEN, text("hello"), NOW, due=NOW + SECOND))
    row = await post.store.read(lambda tx: tx.db.row("SELECT key FROM outbox"))
    assert row == ("",)
    post.platform.answers = [RetryLater(1)]
    await post.wait(SECOND)
    await post.wait(SECOND)
    assert len(keys(post.platform.given)) == 2
    assert len(set(keys(post.platform.given))) == 1


# ── Rejected for good ────────────────────────────────────────────────────────────────────


async def test_what_is_refused_for_good_is_given_up_at_once_and_the_queue_goes_on(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.platform.answers = [Rejected("400, code 50035 (content)")]
    await post.add(BEN, text("refused canary", NOTE))
    await post.add(BEN, text("next"))
    await post.rest()
    assert post.platform.texts() == ["refused canary", "next"]
    assert post.service.told == ["refused ben", "delivered ben"]
    assert "outbox row 1 (send) was refused for good: 400, code 50035 (content)" in caplog.text
    assert "canary" not in caplog.text


# ── What stands beside a note ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "effect",
    [Mark(NOTE, Passage.WAITING), React(NOTE, "x"), Edit(NOTE, text("x").content), Retract(NOTE)],
    ids=["mark", "reaction", "edit", "retract"],
)
async def test_trouble_beside_a_note_never_holds_up_the_next(post: Post, effect: Mark | React | Edit | Retract) -> None:
    await known(post, BEN, NOTE, "m7")
    post.platform.answers = [RetryLater(600)]
    await post.add(BEN, effect)
    await post.rest()
    await post.add(BEN, text("next"))
    await post.rest()
    assert post.platform.texts() == ["next"]
    await post.wait(timedelta(minutes=10))
    assert [each.effect for each in post.platform.given] == [effect, text("next"), effect]
    assert await post.waiting() == 0


async def test_changes_of_one_note_keep_their_order_while_the_first_waits(post: Post) -> None:
    await known(post, BEN, NOTE, "m7")
    old, new = Edit(NOTE, text("old").content), Edit(NOTE, text("new").content)
    post.platform.answers = [RetryLater(30)]
    await post.add(BEN, old)
    await post.add(BEN, new)
    await post.rest()
    await post.add(BEN, React(NOTE, "x"))
    await post.rest()
    assert [each.effect for each in post.platform.given] == [old]
    await post.wait(30 * SECOND)
    assert [each.effect for each in post.platform.given[1:]] == [old, new, React(NOTE, "x")]


async def test_what_is_taken_back_does_not_wait_for_a_change_that_waits(post: Post) -> None:
    await known(post, BEN, NOTE, "m7")
    post.platform.answers = [RetryLater(600)]
    await post.add(BEN, Edit(NOTE, text("new").content))
    await post.add(BEN, Retract(NOTE))
    await post.rest()
    assert isinstance(post.platform.given[-1].effect, Retract)
    assert len(post.platform.given) == 2


async def test_a_row_of_marks_lets_notes_pass(post: Post) -> None:
    for number in range(5):
        await known(post, BEN, NoteId(f"n{number}"), f"m{number}")
        await post.add(BEN, Mark(NoteId(f"n{number}"), Passage.PASSED_ON), due=NOW + SECOND)
    await post.add(BEN, text("first of all"), due=NOW + SECOND)
    await post.wait(SECOND)
    assert isinstance(post.platform.given[0].effect, Send)
    assert len(post.platform.given) == 6


# ── Damage ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE outbox SET sealed = x'00' WHERE id = 1",
        "UPDATE outbox SET kind = 'mark' WHERE id = 1",
        "UPDATE outbox SET state = 'unknown', shown = x'00' WHERE id = 1",
    ],
    ids=["sealed", "kind", "shown"],
)
async def test_a_damaged_row_is_given_up_and_nobody_else_notices(
    post: Post, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    await post.add(BEN, text("canary", NOTE), due=NOW + SECOND)
    await post.add(BEN, text("next"), due=NOW + SECOND)
    await post.add(ANN, text("for Ann"), due=NOW + SECOND)
    await post.store.write(lambda tx: tx.db.run(damage))
    await post.wait(SECOND)
    assert sorted(post.platform.texts()) == ["for Ann", "next"]
    assert sorted(post.service.told) == ["damaged ben", "delivered ann", "delivered ben"]
    assert caplog.text.count("outbox row 1 (") == 1
    assert "canary" not in caplog.text


async def test_somebody_whose_address_is_damaged_holds_up_nobody_and_fills_no_log(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    await post.add(BEN, text("hello", NOTE), due=NOW + SECOND)
    await post.store.write(lambda tx: tx.db.run("UPDATE route SET account = x'00' WHERE member = 'ben'"))
    for _ in range(5):
        await post.wait(SECOND)
    assert post.service.told == ["damaged ben"]
    assert len(caplog.records) == 1


# ── A clock that was ahead ──────────────────────────────────────────────────────────────
