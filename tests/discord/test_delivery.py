"""Effects become what people see, once, whatever the platform does."""

import logging
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
from buddybot_discord import create

from buddybot.adapter import (
    Content,
    Delivery,
    Document,
    Edit,
    Effect,
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
    Unreachable,
    Voice,
    utc_now,
)
from tests.discord.faults import Fault
from tests.discord.house import House, Notebook, address, key_of, open_house, sending, text
from tests.discord.wire import TOKEN, Wire, open_wire, until

NEW = "POST /api/channels/.*/messages"
NOTE = NoteId("n")


async def test_a_message_mentions_nobody_previews_nothing_and_carries_its_key(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    await house.shows(ann, Content((Span("@everyone"),), author="Otter", quiet=True), id=42)
    (sent,) = wire.asked("POST", "/messages")
    assert sent.body["allowed_mentions"] == {"parse": [], "replied_user": False}
    assert sent.body["flags"] == 1 << 2 | 1 << 12
    assert (sent.body["nonce"], sent.body["enforce_nonce"]) == (key_of(42), True)
    assert ann.sees() == ["**Otter:** \\@everyone"]


async def test_an_answer_points_at_what_it_answers(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    first = await house.shows(ann, "one")
    await house.adapter.deliver(Delivery(9, address(ann), Send(text("two")), reply_to=first))
    assert wire.asked("POST", "/messages")[-1].body["message_reference"] == {
        "message_id": first,
        "fail_if_not_exists": False,
    }


async def test_an_edit_changes_text_and_buttons(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    shown = await house.shows(ann, text("ready?", "yes"))
    assert await house.delivers(ann, Edit(NOTE, text("done")), shown) == shown
    assert (ann.sees(), ann.inbox()[0].components) == (["done"], [])


async def test_a_note_taken_back_is_gone_and_taking_it_back_again_is_no_trouble(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    shown = await house.shows(ann, "oops")
    for _ in range(2):
        assert await house.delivers(ann, Retract(NOTE), shown) == shown
    assert ann.sees() == []
    await ann.says("what was that?")
    await until(house.inbox.texts)
    assert len(house.inbox.events) == 1


async def test_reactions_are_put_and_taken_away_while_marks_stay(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    said = await ann.says("hi")
    note = MessageId(str(said.id))
    await house.delivers(ann, React(NOTE, "❤"), note)
    await house.delivers(ann, Mark(NOTE, Passage.PASSED_ON), note)
    assert set(said.reactions) == {"❤", "✅"}
    await house.delivers(ann, React(NOTE, ""), note)
    assert {emoji for emoji, who in said.reactions.items() if who} == {"✅"}
    assert house.inbox.texts() == ["hi"]


async def test_an_export_comes_as_a_file(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    document = Document("answers.json", "application/json", '{"é": 1}')
    await house.shows(ann, Content((Span("Here it is."),), document=document))
    assert (ann.sees(), ann.inbox()[0].files) == (["Here it is."], {"answers.json": '{"é": 1}'})


async def test_a_picture_comes_with_what_it_shows_in_words(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    picture = Document("my-weeks.png", "image/png", data=b"\x89PNG\r\n", alt="one row")
    await house.shows(ann, Content((Span("Your weeks."),), document=picture))
    (note,) = ann.inbox()
    (content,) = note.files.values()
    assert (list(note.files), content.encode(errors="surrogateescape")) == (["my-weeks.png"], b"\x89PNG\r\n")
    attachments = note.body["attachments"]
    assert isinstance(attachments, list)
    assert [each["description"] for each in attachments] == ["one row"]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(NEW, after=True),
        Fault(NEW, status=503, after=True),
        Fault(NEW, hang=True, after=True),
        Fault(NEW),
        Fault(NEW, status=503),
    ],
    ids=["reset after", "503 after", "hang after", "reset before", "503 before"],
)
@pytest.mark.parametrize("minutes_later", [False, True])
@pytest.mark.parametrize("restarted", [False, True])
async def test_a_send_of_unknown_outcome_is_repeated_without_doubling(
    wire: Wire, fault: Fault, *, minutes_later: bool, restarted: bool
) -> None:
    ann, inbox, broken = wire.person("ann"), Notebook(), Fault(**vars(fault))
    async with open_house(wire, inbox) as house:
        await house.shows(ann, "first")
        wire.fails(broken)
        patient = house.adapter._settings
        # What hangs is given up soon; nothing else may be, however slow the machine.
        if fault.hang:
            house.adapter._settings = patient.model_copy(update={"timeout": 1.0})
        with pytest.raises(RetryLater) as raised:
            await house.shows(ann, text("second", "ok"), id=500)
        house.adapter._settings = patient
        assert raised.value.unknown
        if minutes_later:
            wire.world.forget_nonces()
        if not restarted:
            await house.shows(ann, text("second", "ok"), id=500, repeat=True)
    if restarted:
        async with open_house(wire, inbox) as house:
            await house.shows(ann, text("second", "ok"), id=500, repeat=True)
    assert ann.sees() == ["first", "second"]


@pytest.mark.parametrize("minutes_later", [False, True])
async def test_what_arrived_and_could_not_be_noted_down_is_repeated_by_the_same_process_without_doubling(
    wire: Wire, house: House, *, minutes_later: bool
) -> None:
    ann = wire.person("ann")
    before = await house.shows(ann, "ok")
    shown = await house.shows(ann, "ok", id=500)
    if minutes_later:
        wire.world.forget_nonces()
    again = replace(sending(ann, "ok", id=500, repeat=True), after=before)
    assert await house.adapter.deliver(again) == shown
    assert ann.sees() == ["ok", "ok"]


@pytest.mark.parametrize("minutes_later", [False, True])
@pytest.mark.parametrize("elsewhere", [False, True], ids=["by the same process", "by another"])
async def test_what_overtook_a_send_of_unknown_outcome_does_not_double_it(
    wire: Wire, house: House, *, minutes_later: bool, elsewhere: bool
) -> None:
    """A help card goes first also where a note before it is tried again."""
    ann = wire.person("ann")
    first = await house.shows(ann, "first")
    wire.fails(Fault(NEW, after=True))
    with pytest.raises(RetryLater):
        await house.shows(ann, "second", id=500)
    if minutes_later:
        wire.world.forget_nonces()
    again = replace(sending(ann, "second", id=500, repeat=True), after=first)
    async with AsyncExitStack() as stack:
        one = await stack.enter_async_context(open_house(wire)) if elsewhere else house
        await one.shows(ann, "help is here")
        await one.adapter.deliver(again)
    assert ann.sees() == ["first", "second", "help is here"]


async def test_what_another_version_had_drawn_otherwise_is_not_sent_once_more(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    wire.fails(Fault(NEW, after=True))
    with pytest.raises(RetryLater):
        await house.shows(ann, text("second", "ok"), id=500)
    await house.shows(ann, text("second!", "ok", "no"), id=500, repeat=True)
    assert ann.sees() == ["second"]


async def test_a_repeat_that_had_not_arrived_is_not_mistaken_for_the_same_words_said_before(
    wire: Wire, house: House
) -> None:
    ann = wire.person("ann")
    await house.shows(ann, "ok")
    wire.fails(Fault(NEW, status=503))
    with pytest.raises(RetryLater):
        await house.shows(ann, "ok", id=600)
    await ann.says("hm")
    await house.shows(ann, "ok", id=600, repeat=True)
    assert ann.sees() == ["ok", "ok"]


@pytest.mark.parametrize("between", [(), ("bye",)], ids=["newest", "not newest"])
async def test_equal_words_from_before_the_row_was_made_are_not_taken_for_it_after_a_restart(
    wire: Wire, between: tuple[str, ...]
) -> None:
    ann = wire.person("ann")
    async with open_house(wire) as house:
        for each in ("ok", *between):
            await house.shows(ann, each)
    wire.world.ages(60)
    async with open_house(wire) as house:
        await house.shows(ann, "ok", repeat=True)
    assert ann.sees() == ["ok", *between, "ok"]


async def test_equal_words_that_the_core_knows_as_another_note_are_not_taken_for_it_after_a_restart(wire: Wire) -> None:
    ann = wire.person("ann")
    async with open_house(wire) as house:
        first = await house.shows(ann, "hello?")
    async with open_house(wire) as house:
        again = replace(sending(ann, "hello?", repeat=True), after=first, since=utc_now() - timedelta(hours=1))
        await house.adapter.deliver(again)
    assert ann.sees() == ["hello?", "hello?"]


async def test_a_moment_of_our_clock_is_read_by_discords(wire: Wire) -> None:
    """Ours is an hour behind: what was said half an hour ago by it is not newer than a row of now."""
    ann = wire.person("ann")
    async with open_house(wire) as house:
        await house.shows(ann, "ok")
    wire.world.ages(1800)
    wire.rest.ahead = timedelta(hours=1)
    async with open_house(wire) as house:
        await house.shows(ann, "ok", repeat=True)
    assert ann.sees() == ["ok", "ok"]


@pytest.mark.parametrize("older", [True, False], ids=["other words, long ago", "other words, just now"])
async def test_what_discord_hands_back_for_another_of_the_same_nonce_is_never_taken_for_ours(
    wire: Wire, house: House, *, older: bool
) -> None:
    ann = wire.person("ann")
    await house.shows(ann, "from a life before", id=77)
    if older:
        wire.world.ages(120)
    shown = await house.shows(ann, "new words", id=77)
    assert ann.sees() == ["from a life before", "new words"]
    assert shown == str(ann.inbox()[-1].id)


async def test_equal_words_under_a_nonce_that_was_taken_are_shown_too(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    first = await house.shows(ann, "the same", id=78)
    await house.adapter.deliver(replace(sending(ann, "the same", id=78), after=first))
    assert ann.sees() == ["the same", "the same"]


async def test_a_repeat_to_somebody_we_never_wrote_to_is_sent(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    await ann.says("hi")
    await house.shows(ann, "hello", repeat=True)
    assert ann.sees() == ["hello"]


async def test_the_libraries_own_retry_of_a_bad_gateway_does_not_double(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    wire.fails(Fault(NEW, status=502, after=True))
    await house.shows(ann, "once")
    assert ann.sees() == ["once"]
    assert [each.status for each in wire.asked("POST", "/messages")] == [502, 200]


async def test_a_refused_connection_can_not_have_taken_effect() -> None:
    async with AsyncExitStack() as stack:
        wire = await stack.enter_async_context(open_wire())
        house = await stack.enter_async_context(open_house(wire))
        await wire.closes()
        with pytest.raises(RetryLater) as raised:
            await house.shows(wire.person("ann"), "hello")
    assert not raised.value.unknown


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        (Fault(NEW, status=429, retry_after=31), 31),
        (Fault(NEW, status=400, code=40003), 600),
        (Fault(NEW, status=403, code=20026), 3600),
    ],
)
async def test_discord_is_left_alone_for_as_long_as_it_asks(
    wire: Wire, house: House, fault: Fault, seconds: float
) -> None:
    wire.fails(Fault(**vars(fault)))
    with pytest.raises(RetryLater) as raised:
        await house.shows(wire.person("ann"), "hello")
    assert raised.value.seconds == seconds


@pytest.mark.parametrize("is_global", [False, True])
async def test_a_short_limit_is_waited_out(wire: Wire, house: House, *, is_global: bool) -> None:
    ann = wire.person("ann")
    wire.fails(Fault(NEW, status=429, is_global=is_global))
    await house.shows(ann, "hello")
    assert ann.sees() == ["hello"]


async def test_a_bucket_is_kept_without_a_single_429(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    wire.rest.limits.bucket = 2
    for at in range(7):
        await house.shows(ann, str(at))
    assert ann.sees() == [str(at) for at in range(7)]
    assert {each.status for each in wire.asked("POST", "/messages")} == {200}


async def test_a_closed_dm_is_told_once_and_another_may_open_later(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    ann.user.closed = True
    with pytest.raises(Unreachable):
        await house.shows(ann, "hello")
    ann.user.closed = False
    await house.shows(ann, "hello again")
    assert ann.sees() == ["hello again"]


async def test_an_account_that_is_gone_is_unreachable(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    del wire.world.users[ann.user.id]
    with pytest.raises(Unreachable):
        await house.shows(ann, "hello")


@pytest.mark.parametrize(
    ("status", "code"),
    [
        *((status, code) for status in (400, 403, 413) for code in (20009, 40005, 50006, 50035, 50045, 200000, 240000)),
        (400, 160099),  # one that nobody here has heard of
        (413, 0),
    ],
)
async def test_what_discord_will_never_take_is_refused_for_good(
    wire: Wire, house: House, status: int, code: int
) -> None:
    wire.fails(Fault(NEW, status=status, code=code))
    with pytest.raises(Rejected, match=str(code)):
        await house.shows(wire.person("ann"), "hello")
    assert len(wire.asked("POST", "/messages")) == 1


async def test_a_refusal_names_the_field_and_none_of_its_words(wire: Wire, house: House) -> None:
    with pytest.raises(Rejected) as raised:
        await house.shows(wire.person("ann"), text("canary " * 300, "b"))
    assert str(raised.value) == "Discord answered 400 (code 50035, in content)"


@pytest.mark.parametrize("status", [408, 500, 503])
async def test_what_may_pass_is_tried_later_and_may_have_arrived(wire: Wire, house: House, status: int) -> None:
    wire.fails(Fault(NEW, status=status, times=9))
    with pytest.raises(RetryLater) as raised:
        await house.shows(wire.person("ann"), "hello")
    assert (raised.value.seconds, raised.value.unknown) == (None, True)


@pytest.mark.parametrize("status", [403, 429])
async def test_a_page_of_what_stands_before_discord_says_nothing_of_the_person(
    wire: Wire, house: House, status: int
) -> None:
    wire.fails(Fault(NEW, status=status, html=True))
    with pytest.raises(RetryLater) as raised:
        await house.shows(wire.person("ann"), "hello")
    assert raised.value.seconds


@pytest.mark.parametrize(
    ("effect", "where"),
    [
        (Mark(NOTE, Passage.PASSED_ON), "PUT .*/reactions/.*"),
        (React(NOTE, "❤"), "PUT .*/reactions/.*"),
        (Edit(NOTE, text("new")), "PATCH .*"),
        (Retract(NOTE), "DELETE .*"),
    ],
    ids=["mark", "reaction", "edit", "retract"],
)
@pytest.mark.parametrize("code", [50005, 50007, 50021, 30046])
async def test_what_is_refused_beside_a_note_closes_nobodys_room(
    wire: Wire, house: House, effect: Effect, where: str, code: int
) -> None:
    ann = wire.person("ann")
    shown = await house.shows(ann, "hello")
    wire.fails(Fault(where, status=403, code=code))
    with pytest.raises(Rejected):
        await house.delivers(ann, effect, shown)


@pytest.mark.parametrize("code", [10008, 10014, 30010, 90001])
async def test_what_is_so_already_or_can_never_be_is_done(wire: Wire, house: House, code: int) -> None:
    ann = wire.person("ann")
    shown = await house.shows(ann, "hello")
    wire.fails(Fault("PUT .*/reactions/.*", status=400, code=code))
    assert await house.delivers(ann, Mark(NOTE, Passage.PASSED_ON), shown) == shown


async def test_a_reaction_that_discord_does_not_know_holds_nothing_up(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    shown = await house.shows(ann, "hello")
    assert await house.delivers(ann, React(NOTE, "no-emoji"), shown) == shown


async def test_with_dms_closed_a_slash_command_in_a_server_is_answered_there_for_the_caller_alone(
    wire: Wire, house: House
) -> None:
    ann = wire.person("ann")
    ann.user.closed = True
    await ann.uses("crisis", guild=True)
    await until(ann.whispers)
    await house.shows(ann, text("Call 988.", "more", voice=Voice.CRISIS))
    assert ann.whispers()[-1] == "Call 988."
    assert ann.clicks[0].shown[-1].flags & 64
    await ann.presses("more")
    await until(lambda: len(house.inbox.events) == 2)
    with pytest.raises(Unreachable):
        await house.shows(ann, text("from your buddy", voice=Voice.MEMBER))


async def test_before_it_runs_and_after_it_stopped_nothing_is_taken(wire: Wire) -> None:
    ann = wire.person("ann")
    with pytest.raises(RetryLater):
        await create(wire.settings()).deliver(sending(ann, "early"))
    async with open_house(wire) as house:
        pass
    with pytest.raises(RetryLater):
        await house.shows(ann, "late")


async def test_neither_token_nor_text_nor_channel_is_ever_logged(
    wire: Wire, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    ann = wire.person("ann")
    with caplog.at_level(logging.DEBUG):
        wire.fails(Fault(NEW, status=429))
        await house.shows(ann, "canary")
        await ann.says("canary")
        await until(house.inbox.texts)
    for planted in (TOKEN, "canary", str(ann.channel), str(ann.user.id)):
        assert planted not in "".join(each.getMessage() for each in caplog.records if each.name.startswith("discord"))
