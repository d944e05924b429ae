import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from buddybot_telegram.adapter import Telegram
from buddybot_telegram.connection import Pauses
from buddybot_telegram.errors import seconds

from buddybot.adapter import (
    Choice,
    Content,
    Document,
    Edit,
    Effect,
    Mark,
    MessageId,
    NoteId,
    Passage,
    React,
    Retract,
    RetryLater,
    Send,
    Span,
    Style,
    Unreachable,
    Voice,
)
from buddybot.adapter import Rejected as GivenUp
from tests.telegram.faults import BLOCKED, Fault, Rejected, broken, cut_json, hang, proxied, reset, too_many
from tests.telegram.house import Book, Shelf, adapter_for, running, sending, to
from tests.telegram.limits import Limits
from tests.telegram.wire import FakeTelegram, until

NOTE = NoteId("n")
LATER = 49 * 3600


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def adapter(fake: FakeTelegram) -> AsyncIterator[Telegram]:
    async with sending(fake) as made:
        yield made


async def test_a_note_arrives_with_alias_protected_and_never_as_markup(fake: FakeTelegram, adapter: Telegram) -> None:
    ann = fake.person("ann")

    sent = await adapter.deliver(to(ann, Send(Content((Span("*hi* /forget @you"),), Voice.MEMBER, "Otter"))))

    note = ann.last()
    assert sent == str(note.id)
    assert ann.sees() == ["Otter: *hi* \N{DIVISION SLASH}forget \N{FULLWIDTH COMMERCIAL AT}you"]
    assert (note.protected, note.silent) == (True, False)
    assert note.marked("bold") == ["Otter"]
    assert note.marked("bot_command") + note.marked("mention") == []


async def test_hidden_words_and_links_are_marked_where_they_stand(fake: FakeTelegram, adapter: Telegram) -> None:
    ann = fake.person("ann")
    spans = (Span("🦦 "), Span("it hurt 💔", Style.HIDDEN), Span(" "), Span("more", Style.LINK, "https://a.example/"))

    await adapter.deliver(to(ann, Send(Content(spans, quiet=True))))

    assert ann.last().marked("spoiler") == ["it hurt 💔"]
    assert ann.last().marked("text_link") == ["more"]
    assert ann.last().silent


async def test_an_answer_hangs_on_the_message_it_answers_or_stands_alone(fake: FakeTelegram, adapter: Telegram) -> None:
    ann = fake.person("ann")
    first = ann.says("hello")

    await adapter.deliver(to(ann, "hi", reply_to=first.id))
    assert ann.last().reply_to is first
    await adapter.deliver(to(ann, "still here", reply_to=999))
    assert ann.last().reply_to is None


async def test_a_prompt_is_ticked_in_place_twice_without_harm(fake: FakeTelegram, adapter: Telegram) -> None:
    ann = fake.person("ann")
    sent = await adapter.deliver(to(ann, Send(Content((Span("Which?"),), choices=(Choice("a", "Music"),)))))
    ticked = Edit(NOTE, Content((Span("Which?"),), choices=(Choice("b", "Music", chosen=True),)))

    for _ in range(2):
        assert await adapter.deliver(to(ann, ticked, int(sent))) == sent

    assert [note.labels for note in ann.notes()] == [["✓ Music"]]
    await adapter.deliver(to(ann, Edit(NOTE, Content((Span("Done."),))), int(sent)))
    assert (ann.sees(), ann.last().labels) == (["Done."], [])


async def test_a_document_arrives_as_a_file(fake: FakeTelegram, adapter: Telegram) -> None:
    ann = fake.person("ann")
    content = Content((Span("Your copy 🦦"),), document=Document("my-data.json", "application/json", '{"a": "é"}'))

    sent = await adapter.deliver(to(ann, Send(content)))

    assert sent == str(ann.last().id)
    assert ann.last().file == ("my-data.json", '{"a": "é"}')
    assert (ann.sees(), ann.last().protected) == (["Your copy 🦦"], True)


async def test_a_picture_arrives_as_a_photo(fake: FakeTelegram, adapter: Telegram) -> None:
    ann = fake.person("ann")
    picture = Document("my-weeks.png", "image/png", data=b"\x89PNG\r\n", alt="one row")

    await adapter.deliver(to(ann, Send(Content((Span("Your weeks"),), document=picture))))

    assert ann.sees() == ["Your weeks"]
    assert ann.last().file is not None
    name, content = ann.last().file or ("", "")
    assert (name, content.encode(errors="surrogateescape")) == ("my-weeks.png", b"\x89PNG\r\n")


async def test_reactions_and_ticks_come_and_go(fake: FakeTelegram, adapter: Telegram) -> None:
    ann = fake.person("ann")
    note = ann.says("hello")

    for effect, shown in (
        (Mark(NOTE, Passage.WAITING), "👌"),
        (Mark(NOTE, Passage.PASSED_ON), "🕊"),
        (React(NOTE, "❤\N{VARIATION SELECTOR-16}"), "❤"),
        (React(NOTE, ""), ""),
    ):
        assert await adapter.deliver(to(ann, effect, note.id)) == str(note.id)
        assert note.reaction == shown


async def test_a_reaction_telegram_has_not_comes_as_a_silent_reply(fake: FakeTelegram, adapter: Telegram) -> None:
    ann = fake.person("ann")
    note = ann.says("hello")

    assert await adapter.deliver(to(ann, React(NOTE, "🫂"), note.id)) == str(note.id)

    assert (ann.last().text, ann.last().silent, ann.last().reply_to) == ("🫂", True, note)


@pytest.mark.parametrize(("after", "left"), [("", ([], "")), ("❤", ([], "❤")), ("🫠", (["🫠"], ""))])
async def test_a_reaction_that_came_as_a_reply_goes_with_it(
    fake: FakeTelegram, adapter: Telegram, after: str, left: tuple[list[str], str]
) -> None:
    ann = fake.person("ann")
    note = ann.says("hello")
    for emoji in ("🦄", "🫂", after):
        await adapter.deliver(to(ann, React(NOTE, emoji), note.id))

    assert (ann.sees(), note.reaction) == left


async def test_a_reply_for_a_reaction_that_they_took_away_themselves_is_no_trouble(
    fake: FakeTelegram, adapter: Telegram
) -> None:
    ann = fake.person("ann")
    note = ann.says("hello")
    await adapter.deliver(to(ann, React(NOTE, "🫂"), note.id))
    ann.last().deleted = True

    await adapter.deliver(to(ann, React(NOTE, ""), note.id))

    assert ann.sees() == []


async def test_a_message_is_taken_back(fake: FakeTelegram, adapter: Telegram) -> None:
    ann = fake.person("ann")
    sent = await adapter.deliver(to(ann, "oops"))

    await adapter.deliver(to(ann, Retract(NOTE), int(sent)))

    assert ann.sees() == []


@pytest.mark.parametrize(("shelf", "left"), [(Shelf(), "(taken back)"), (Shelf(bare=True), "…")])
async def test_a_message_too_old_to_delete_is_emptied(fake: FakeTelegram, shelf: Shelf, left: str) -> None:
    ann = fake.person("ann")
    async with running(fake, Book(), shelf) as adapter:
        await until(lambda: fake.asked("deleteWebhook"))
        sent = await adapter.deliver(to(ann, "oops"))
        ann.last().date -= LATER

        for _ in range(2):
            assert await adapter.deliver(to(ann, Retract(NOTE), int(sent))) == sent

        assert ann.sees() == [left]
        fake.faults.next("editMessageText", too_many(3))
        with pytest.raises(RetryLater) as later:
            await adapter.deliver(to(ann, Retract(NOTE), int(sent)))
        assert later.value.seconds == 3


@pytest.mark.parametrize(
    "effect",
    [
        Edit(NOTE, Content((Span("new"),))),
        Retract(NOTE),
        React(NOTE, "❤"),
        Mark(NOTE, Passage.PASSED_ON),
    ],
)
async def test_nothing_is_left_to_do_on_a_lost_copy(fake: FakeTelegram, adapter: Telegram, effect: Effect) -> None:
    ann = fake.person("ann")

    assert await adapter.deliver(to(ann, effect, 999)) == "999"


ABOUT_A_NOTE = {
    "setMessageReaction": (React(NOTE, "❤"), Mark(NOTE, Passage.PASSED_ON)),
    "editMessageText": (Edit(NOTE, Content((Span("new"),))),),
    "deleteMessage": (Retract(NOTE),),
}


@pytest.mark.parametrize("method", ABOUT_A_NOTE)
@pytest.mark.parametrize(
    "refused",
    [
        Rejected(400, "Bad Request: REACTION_INVALID"),
        Rejected(400, "Bad Request: MESSAGE_ID_INVALID"),
        Rejected(400, 'Bad Request: a text of next year about "canary"'),
        Rejected(400, "Bad Request: a text of next year about @canary and 4815162342"),
        Rejected(404, "Not Found: method not found"),
        Rejected(406, "Not Acceptable"),
        Rejected(413, "Request Entity Too Large"),
    ],
)
async def test_a_refused_mark_reaction_or_change_holds_nothing_up_and_is_told_once(
    fake: FakeTelegram, adapter: Telegram, caplog: pytest.LogCaptureFixture, method: str, refused: Rejected
) -> None:
    ann = fake.person("ann")
    note = ann.says("hello")
    effects: list[Effect] = [*ABOUT_A_NOTE[method]] * 2
    fake.faults.next(method, *[Fault(refused)] * len(effects))

    for effect in effects:
        assert await adapter.deliver(to(ann, effect, note.id)) == str(note.id)

    assert caplog.text.count(f"{method} was refused") == 1
    assert "4815162342" not in caplog.text
    assert refused.description.removeprefix("Bad Request: ").partition(" about")[0].lower() in caplog.text.lower()
    assert "canary" not in caplog.text


@pytest.mark.parametrize(
    "refused",
    [
        Rejected(400, "Bad Request: a text of next year"),
        Rejected(402, "Payment Required"),
        Rejected(404, "Not Found: method not found"),
        Rejected(413, "Request Entity Too Large"),
        Rejected(418, "I'm a teapot"),
    ],
)
async def test_a_note_that_telegram_will_never_take_is_given_up_at_once(
    fake: FakeTelegram, adapter: Telegram, refused: Rejected
) -> None:
    fake.faults.next("sendMessage", Fault(refused))

    with pytest.raises(GivenUp, match=r"^sendMessage: "):
        await adapter.deliver(to(fake.person("ann"), "hello"))


@pytest.mark.parametrize("code", [400, 401, 403, 404, 409, 429, 451])
async def test_what_something_in_between_says_is_no_word_of_telegrams(
    fake: FakeTelegram, adapter: Telegram, code: int
) -> None:
    fake.faults.next("sendMessage", proxied(code))

    with pytest.raises(RetryLater) as later:
        await adapter.deliver(to(fake.person("ann"), "hello"))

    assert (later.value.seconds, later.value.unknown) == (15, False)


@pytest.mark.parametrize("code", [408, 425])
async def test_a_refusal_that_may_pass_is_tried_again(fake: FakeTelegram, adapter: Telegram, code: int) -> None:
    fake.faults.next("sendMessage", Fault(Rejected(code, "Try again")))

    with pytest.raises(RetryLater) as later:
        await adapter.deliver(to(fake.person("ann"), "hello"))
    await adapter.deliver(to(fake.person("ann"), "hello"))

    assert later.value.seconds is None


async def test_a_wait_that_was_asked_for_is_kept_by_every_caller(fake: FakeTelegram, adapter: Telegram) -> None:
    ann, ben = fake.person("ann"), fake.person("ben")
    fake.faults.next("setMessageReaction", too_many(30), chat=ann.account)

    for effect in (Mark(NOTE, Passage.PASSED_ON), React(NOTE, "❤"), "hello", Retract(NOTE)):
        with pytest.raises(RetryLater) as later:
            await adapter.deliver(to(ann, effect, 1 if not isinstance(effect, str) else None))
        assert (later.value.seconds, later.value.unknown) == (30, False)
    await adapter.deliver(to(ben, "hello"))

    assert [asked.chat for asked in fake.world.asked] == [ann.account, ben.account]


async def test_when_two_are_told_to_wait_it_is_the_bot_that_is_meant(fake: FakeTelegram, adapter: Telegram) -> None:
    for name, wait in (("ann", 30), ("ben", 7)):
        fake.faults.next("sendMessage", too_many(wait), chat=fake.person(name).account)
        with pytest.raises(RetryLater):
            await adapter.deliver(to(fake.person(name), "hello"))

    with pytest.raises(RetryLater) as later:
        await adapter.deliver(to(fake.person("cat"), "hello"))

    assert later.value.seconds == 7
    assert len(fake.asked("sendMessage")) == 2


def test_a_wait_ends_and_receiving_has_one_of_its_own() -> None:
    pauses, here = Pauses(), {"chat_id": 1}
    pauses.ask("sendMessage", here, 5, now=100.0)
    pauses.ask("setMyCommands", {}, 50, now=100.0)
    pauses.ask("getUpdates", {}, 9, now=100.0)

    assert pauses.left("editMessageText", here, 104.5) == 1
    assert pauses.left("editMessageText", here, 105.0) == 0
    assert pauses.left("setMyCommands", {}, 105.0) == 45
    assert pauses.left("sendMessage", {"chat_id": 2}, 101.0) == 0
    pauses.ask("sendMessage", {"chat_id": 3}, 20, now=105.0)
    assert pauses.left("sendMessage", {"chat_id": 2}, 106.0) == 19
    assert [pauses.left("getUpdates", {}, now) for now in (106.0, 110.0)] == [3, 0]


async def test_a_reaction_to_somebody_who_is_gone_says_so(fake: FakeTelegram, adapter: Telegram) -> None:
    ann = fake.person("ann")
    fake.faults.next("setMessageReaction", Fault(Rejected(400, "Bad Request: chat not found")))

    with pytest.raises(Unreachable):
        await adapter.deliver(to(ann, React(NOTE, "❤"), 7))


async def test_an_edit_of_what_was_never_sent_is_nothing(fake: FakeTelegram, adapter: Telegram) -> None:
    assert await adapter.deliver(to(fake.person("ann"), Retract(NOTE))) == ""


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("kind", ["reset", "broken", "hang"])
async def test_an_unknown_outcome_says_so_and_the_second_try_is_marked(
    fake: FakeTelegram, kind: str, *, after: bool
) -> None:
    ann = fake.person("ann")
    faults = {"reset": reset(after=after), "broken": broken(after=after), "hang": hang(after=after)}
    # What hangs is given up soon; the second try may take as long as a slow machine needs.
    async with sending(fake, **({"timeout_seconds": "0.2"} if kind == "hang" else {})) as adapter:
        fake.faults.next("sendMessage", faults[kind])

        with pytest.raises(RetryLater) as later:
            await adapter.deliver(to(ann, "hello"))
        assert (later.value.unknown, later.value.seconds) == (True, None)
    async with running(fake, Book()) as adapter:
        await until(lambda: fake.asked("getUpdates") or fake.asked("deleteWebhook"))
        await adapter.deliver(to(ann, "hello", repeat=True))

    assert ann.sees() == ["hello", "hello\n(may be a repeat)"][not after :]


async def test_an_answer_cut_short_is_an_unknown_outcome_and_never_logged(
    fake: FakeTelegram, adapter: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fake.faults.next("sendMessage", cut_json())

    with pytest.raises(RetryLater) as later:
        await adapter.deliver(to(fake.person("ann"), "canary"))

    assert later.value.unknown
    assert "canary" not in caplog.text


async def test_a_second_edit_does_no_harm_so_its_outcome_is_not_in_doubt(fake: FakeTelegram, adapter: Telegram) -> None:
    ann = fake.person("ann")
    sent = await adapter.deliver(to(ann, "one"))
    fake.faults.next("editMessageText", reset(after=True))
    edit = to(ann, Edit(NOTE, Content((Span("two"),))), int(sent))

    with pytest.raises(RetryLater) as later:
        await adapter.deliver(edit)
    assert not later.value.unknown
    await adapter.deliver(edit)

    assert ann.sees() == ["two"]


async def test_nothing_was_sent_where_nobody_answers() -> None:
    async with FakeTelegram() as fake:
        ann = fake.person("ann")

    async with sending(fake) as adapter:
        with pytest.raises(RetryLater) as later:
            await adapter.deliver(to(ann, "hello"))

    assert not later.value.unknown


async def test_nothing_was_sent_once_the_adapter_has_stopped(fake: FakeTelegram) -> None:
    async with running(fake, Book()) as adapter:
        await until(lambda: fake.asked("deleteWebhook"))

    with pytest.raises(RetryLater) as later:
        await adapter.deliver(to(fake.person("ann"), "hello"))

    assert not later.value.unknown


async def test_telegrams_wish_for_patience_is_passed_on(fake: FakeTelegram, adapter: Telegram) -> None:
    fake.faults.next("sendMessage", too_many(17), chat=fake.person("ann").account)

    with pytest.raises(RetryLater) as later:
        await adapter.deliver(to(fake.person("ann"), "hello"))
    assert (later.value.seconds, later.value.unknown) == (17, False)
    await adapter.deliver(to(fake.person("ben"), "hello"))

    assert fake.person("ben").sees() == ["hello"]


@pytest.mark.parametrize("span", [5, 5.0, timedelta(seconds=5)])
def test_a_span_is_read_however_the_library_gives_it(span: float | timedelta) -> None:
    assert seconds(span) == 5


@pytest.mark.parametrize("how", ["blocked", "vanished", "unknown", "fault"])
async def test_somebody_who_can_not_be_reached_is_said_to_be(fake: FakeTelegram, adapter: Telegram, how: str) -> None:
    ann = fake.person("ann")
    match how:
        case "blocked":
            ann.blocks()
        case "vanished":
            ann.vanishes()
        case "unknown":
            ann.deletes_chat()
        case _:
            fake.faults.next("sendMessage", BLOCKED)

    with pytest.raises(Unreachable):
        await adapter.deliver(to(ann, "hello"))


async def test_a_person_who_comes_back_can_be_reached_again(fake: FakeTelegram, adapter: Telegram) -> None:
    ann = fake.person("ann")
    ann.blocks()
    ann.unblocks()

    await adapter.deliver(to(ann, "hello"))

    assert ann.sees() == ["hello"]


async def test_a_revoked_token_parks_nothing_and_is_named(
    fake: FakeTelegram, adapter: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    ann = fake.person("ann")
    fake.world.token = "4242:another"

    with pytest.raises(RetryLater) as later:
        await adapter.deliver(to(ann, "hello"))

    assert (later.value.seconds, later.value.unknown) == (15, False)
    assert "sendMessage was answered with 401" in caplog.text
    assert "4242:" not in caplog.text


async def test_a_message_telegram_can_not_take_is_given_up(fake: FakeTelegram, adapter: Telegram) -> None:
    with pytest.raises(GivenUp, match="too long"):
        await adapter.deliver(to(fake.person("ann"), "a" * 5000))


async def test_a_chat_that_moved_is_followed(fake: FakeTelegram, adapter: Telegram) -> None:
    ann, ben = fake.person("ann"), fake.person("ben")
    fake.world.moved[ann.account] = ben.account

    await adapter.deliver(to(ann, "hello"))

    assert ben.sees() == ["hello"]


@pytest.mark.parametrize("fault", [reset(after=False), Fault(broken().refused)])
async def test_trouble_in_a_chat_that_moved_is_told(fake: FakeTelegram, adapter: Telegram, fault: Fault) -> None:
    ann, ben = fake.person("ann"), fake.person("ben")
    fake.world.moved[ann.account] = ben.account
    fake.faults.next("sendMessage", fault, chat=ben.account)

    with pytest.raises(RetryLater):
        await adapter.deliver(to(ann, "hello"))


async def test_the_documented_limits_answer_429_with_the_time_to_wait() -> None:
    async with FakeTelegram(limits=Limits()) as fake, sending(fake) as adapter:
        ann = fake.person("ann")
        await adapter.deliver(to(ann, "one"))

        with pytest.raises(RetryLater) as later:
            await adapter.deliver(to(ann, "two"))

        assert later.value.seconds == 1
        assert ann.sees() == ["one"]


async def test_thirty_one_people_at_once_are_one_too_many() -> None:
    async with FakeTelegram(limits=Limits()) as fake, sending(fake) as adapter:
        sends = [adapter.deliver(to(fake.person(f"p{number}"), "hello")) for number in range(31)]

        outcomes = await asyncio.gather(*sends, return_exceptions=True)

    assert [type(outcome) for outcome in outcomes if not isinstance(outcome, str)] == [RetryLater]


def test_what_the_platform_can_show_is_told_to_the_core() -> None:
    fake = FakeTelegram()
    fake.url = "http://127.0.0.1:1"
    adapter = adapter_for(fake, per_second="20", per_recipient_second="0.5", per_group_minute="30")

    can = adapter.capabilities
    assert (can.per_second, can.per_recipient_second, can.per_group_second) == (20, 0.5, 0.5)
    assert [can.group_of(account) for account in ("-100/7", "-100", "1000")] == ["-100", "-100", ""]
    assert (adapter.capabilities.many, adapter.capabilities.max_choices) == (False, 100)
    assert MessageId(adapter.platform) == "telegram"
