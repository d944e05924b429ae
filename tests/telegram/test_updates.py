import asyncio
import logging
import socket
import traceback
from collections.abc import AsyncIterator, Callable, Mapping

import pytest
import telegram
from aiohttp import ClientSession
from buddybot_telegram import polling, updates
from buddybot_telegram.adapter import Telegram
from buddybot_telegram.inbound import UpdateReader
from buddybot_telegram.polling import CONFLICT_PAUSES
from buddybot_telegram.settings import read_settings
from buddybot_telegram.taking import Takings, number_of

from buddybot.adapter import COMMANDS, AdapterError, Inbound, Joined, Left, Pressed, Said
from tests.ports import free_port
from tests.telegram.faults import Fault, Rejected, broken, cut_json, reset, too_many
from tests.telegram.hooking import SECRET_HEADER
from tests.telegram.house import Book, Shelf, adapter_for, running, to
from tests.telegram.objects import Json
from tests.telegram.people import Person
from tests.telegram.wire import FakeTelegram, until
from tests.waiting import comes

CONFLICT = Fault(Rejected(409, "Conflict: terminated by other getUpdates request"))


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


def texts(book: Book) -> list[str]:
    return [event.text for event in book.events if isinstance(event, Said)]


def impatient(fake: FakeTelegram, *pauses: float, **more: str) -> Telegram:
    """The adapter with these seconds between its tries against another poller."""
    adapter = adapter_for(fake, **more)
    adapter._conflict_pauses = pauses
    return adapter


async def ends_with(fake: FakeTelegram, **more: str) -> AdapterError:
    """Run until the adapter gives up; return what it says to the operator."""
    with pytest.raises(AdapterError) as error:
        await comes(impatient(fake, 0.01, 0.01, **more).run(Book(), COMMANDS, Shelf()))
    return error.value


async def test_what_people_do_is_reported_in_order_and_confirmed(fake: FakeTelegram) -> None:
    book, ann, ben = Book(), fake.person("ann"), fake.person("ben")
    async with running(fake, book):
        ann.starts()
        ann.says("one")
        ben.says("two")
        ben.blocks()
        await fake.settled()

    assert [type(event) for event in book.events] == [Joined, Said, Said, Left]
    assert texts(book) == ["one", "two"]


async def test_what_was_written_while_the_bot_was_down_is_not_dropped(fake: FakeTelegram) -> None:
    book = Book()
    fake.person("ann").says("anyone there?")

    async with running(fake, book):
        await fake.settled()

    assert texts(book) == ["anyone there?"]


async def test_the_kinds_of_update_are_named_in_full(fake: FakeTelegram) -> None:
    async with running(fake, Book()):
        await until(lambda: fake.world.allowed)

    assert set(fake.world.allowed or ()) == {
        "message",
        "edited_message",
        "callback_query",
        "message_reaction",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
    }


async def test_reactions_and_edits_come_in(fake: FakeTelegram) -> None:
    book, ann = Book(), fake.person("ann")
    async with running(fake, book):
        await until(lambda: fake.world.allowed)
        ann.says("helo")
        ann.edits("helo", "hello")
        ann.reacts("hello", "❤")
        await fake.settled()

    assert [type(event).__name__ for event in book.events] == ["Said", "Edited", "Reacted"]


async def test_nothing_is_confirmed_while_a_put_has_not_returned(fake: FakeTelegram) -> None:
    book, ann = Book(), fake.person("ann")
    book.open.clear()
    async with running(fake, book):
        ann.says("one")
        ann.says("two")
        await until(lambda: len(book.tried) == 2)
        await asyncio.sleep(0.1)
        assert fake.world.confirmed == []

        book.open.set()
        await fake.settled()

    assert texts(book) == ["one", "two"]


async def test_a_put_that_never_returned_is_polled_again_by_the_next_process(fake: FakeTelegram) -> None:
    killed, book, ann = Book(), Book(), fake.person("ann")
    killed.open.clear()
    async with running(fake, killed):
        ann.says("one")
        ann.says("two")
        await until(lambda: killed.tried)

    assert (killed.events, fake.world.confirmed) == ([], [])
    async with running(fake, book):
        await fake.settled()
    assert texts(book) == ["one", "two"]


async def test_an_update_recorded_but_not_confirmed_is_known_when_it_comes_again(fake: FakeTelegram) -> None:
    book, ann = Book(), fake.person("ann")
    async with running(fake, book):
        ann.says("one")
        fake.faults.next("getUpdates", reset(after=True), reset(after=False), cut_json(), broken())
        await fake.settled()

    async with running(fake, book):
        ann.says("two")
        await fake.settled()
    assert texts(book) == ["one", "two"]


async def test_one_malformed_update_does_not_stop_those_behind_it(
    fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    book = Book()
    async with running(fake, book):
        fake.world.tell("message", {"message_id": 1, "text": "canary"})
        fake.world.tell("message", {"message_id": "x", "date": 1, "chat": 5, "text": "canary"})
        fake.world.last_update = number = 987_654_320
        fake.world.tell("message", {"message_id": "y", "date": 1, "chat": 6, "text": "canary"})
        fake.person("ann").says("fine")
        await fake.settled()

    assert texts(book) == ["fine"]
    assert caplog.text.count("can't be read") == 3
    assert "canary" not in caplog.text
    assert str(number)[:-1] not in caplog.text


async def test_a_message_the_library_can_not_read_is_heard_all_the_same(
    fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    book, ann = Book(), fake.person("ann")
    async with running(fake, book):
        ann.says("i want to die", extra={"live_photo": {"file_id": "of next year"}})
        ann.says("see you there", extra={"forward_origin": "of next year"})
        await fake.settled()

    told, forwarded = book.events
    assert isinstance(told, Said)
    assert told.text == "i want to die"
    assert isinstance(forwarded, Said)
    assert (forwarded.text, forwarded.attachments) == ("", ("unknown",))
    assert "see you there" in forwarded.beside
    assert "want to die" not in caplog.text


WHO: Json = {"id": 1000, "is_bot": False, "first_name": "Ann"}
HERE: Json = {"id": 1000, "type": "private", "first_name": "Ann"}
SAID: Json = {"message_id": 7, "date": 1_760_000_000, "chat": HERE, "from": WHO, "text": "i want to die"}
PRESS: Json = {"id": "1", "from": WHO, "chat_instance": "x", "data": "home.crisis"}
ODD: Mapping[str, tuple[str, Json]] = {
    "a date far off": ("message", {**SAID, "date": 10**20}),
    "no date": ("message", {name: value for name, value in SAID.items() if name != "date"}),
    "a date in words": ("message", {**SAID, "date": "now"}),
    "a sender without a name": ("message", {**SAID, "from": {"id": 1000, "is_bot": False}}),
    "a sender whose name is null": ("message", {**SAID, "from": {**WHO, "first_name": None}}),
    "a chat of more kinds": ("message", {**SAID, "chat": {**HERE, "title": 5, "photo": 7}}),
    "an answer to nobody": ("message", {**SAID, "reply_to_message": {"message_id": 3}}),
    "entities that are none": ("message", {**SAID, "entities": 7}),
    "a press under an odd message": ("callback_query", {**PRESS, "message": {**SAID, "date": 10**20, "entities": 7}}),
    "a press of somebody unnamed": (
        "callback_query",
        {**PRESS, "from": {"id": 1000, "is_bot": False}, "message": SAID},
    ),
}
"""What nobody ever saw of Telegram, in updates that are a cry for help."""


@pytest.mark.parametrize("odd", list(ODD))
async def test_a_cry_is_heard_however_odd_the_update_is(
    fake: FakeTelegram, odd: str, caplog: pytest.LogCaptureFixture
) -> None:
    book = Book()
    async with running(fake, book):
        await until(lambda: fake.world.allowed)
        fake.world.tell(*ODD[odd])
        await fake.settled()
    (event,) = book.events
    assert event.origin.address.account == "1000"
    assert isinstance(event, Pressed) or (isinstance(event, Said) and event.text == "i want to die")
    assert "want to die" not in caplog.text


@pytest.mark.parametrize("fault", [too_many(1), broken(), broken(500), reset(after=False), cut_json()])
@pytest.mark.parametrize("method", ["getMe", "deleteWebhook", "getUpdates"])
async def test_a_bad_line_is_waited_out(fake: FakeTelegram, method: str, fault: Fault) -> None:
    book = Book()
    fake.faults.next(method, fault)
    fake.person("ann").says("hello")

    async with running(fake, book):
        await fake.settled()

    assert texts(book) == ["hello"]


async def test_every_press_is_answered_even_one_that_was_never_ours(fake: FakeTelegram) -> None:
    book, ann = Book(), fake.person("ann")
    async with running(fake, book):
        note = ann.says("hi")
        ann.presses_data("never issued", note)
        ann.presses_data("never issued", note)
        ann.presses_data("no data", note)
        await fake.settled()
        await until(lambda: not fake.world.queries)

    assert [event.tokens for event in book.events if isinstance(event, Pressed)] == [
        ("never issued",),
        ("never issued",),
        ("no data",),
    ]


async def test_a_press_in_a_group_is_answered_and_nothing_else(fake: FakeTelegram) -> None:
    book, ann = Book(), fake.person("ann")
    group: Json = {"id": -5, "type": "group", "title": "Room"}
    async with running(fake, book):
        ann.presses_data("x", fake.world.say(group, fake.world.bot, "hi"))
        await until(lambda: fake.asked("answerCallbackQuery"))

    assert book.events == []


async def test_a_press_too_old_to_answer_does_no_harm(fake: FakeTelegram) -> None:
    book, ann = Book(), fake.person("ann")
    async with running(fake, book):
        fake.world.queries.discard(ann.presses_data("x", ann.says("hi")))
        await until(lambda: fake.asked("answerCallbackQuery"))
        ann.says("still fine")
        await fake.settled()

    assert texts(book) == ["hi", "still fine"]


async def test_a_second_poller_that_stays_ends_the_first_with_a_sentence(fake: FakeTelegram) -> None:
    first = asyncio.create_task(impatient(fake).run(Book(), COMMANDS, Shelf()))
    await until(lambda: fake.world.allowed)

    async with running(fake, Book()):
        with pytest.raises(AdapterError, match=r"409.*stop the other one"):
            await comes(first)


async def test_a_single_poll_by_somebody_else_is_outlived(fake: FakeTelegram, caplog: pytest.LogCaptureFixture) -> None:
    book = Book()
    async with running(fake, book) as adapter:
        adapter._conflict_pauses = (0.01,)
        fake.faults.next("getUpdates", CONFLICT)
        fake.person("ann").says("hello")
        await fake.settled()

    assert texts(book) == ["hello"]
    assert caplog.text.count("trying for half a minute") == 1


async def test_a_conflict_that_stays_from_the_start_ends_with_the_same_sentence(fake: FakeTelegram) -> None:
    fake.faults.next("getUpdates", CONFLICT, CONFLICT, CONFLICT)

    assert "Another program receives" in str(await ends_with(fake))
    assert len(fake.asked("getUpdates")) == 3


def test_the_tries_against_another_poller_take_about_half_a_minute() -> None:
    assert sum(CONFLICT_PAUSES) == 30


async def test_an_adapter_that_gave_up_can_be_run_and_written_to_again(fake: FakeTelegram) -> None:
    adapter, book, ann = impatient(fake), Book(), fake.person("ann")
    fake.faults.next("getUpdates", CONFLICT)
    with pytest.raises(AdapterError):
        await adapter.run(Book(), COMMANDS, Shelf())

    ann.says("hello")
    again = asyncio.create_task(adapter.run(book, COMMANDS, Shelf()))
    await fake.settled()
    await adapter.deliver(to(ann, "hi"))
    again.cancel()
    await asyncio.gather(again, return_exceptions=True)

    assert (texts(book), ann.sees()) == (["hello"], ["hi"])


@pytest.mark.parametrize("token", ["4242:another", "4242:pretend-tokem"])
async def test_a_wrong_token_ends_with_a_sentence_that_does_not_show_it(fake: FakeTelegram, token: str) -> None:
    error = await ends_with(fake, token=token)

    assert "does not accept the bot's token" in str(error)
    assert token not in "".join(traceback.format_exception(error))


async def test_a_token_revoked_while_running_ends_with_the_same_sentence(fake: FakeTelegram) -> None:
    task = asyncio.create_task(adapter_for(fake).run(Book(), COMMANDS, Shelf()))
    await until(lambda: fake.world.allowed)

    fake.world.token = "4242:renewed"
    fake.person("ann").says("hello")

    with pytest.raises(AdapterError, match="does not accept"):
        await comes(task)


async def test_a_wrong_base_url_ends_with_a_sentence_that_names_it(fake: FakeTelegram) -> None:
    assert "base_url" in str(await ends_with(fake, base_url=f"{fake.url}/elsewhere"))


async def test_the_token_and_the_words_are_in_no_log_however_much_is_logged(
    fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fake.faults.next("getUpdates", cut_json(), reset(after=False))
    fake.person("ann").says("canary")

    async with running(fake, Book()):
        await fake.settled()

    assert "Telegram: getUpdates failed" in caplog.text
    for secret in ("canary", "pretend-token", "ann_on_telegram", "Annson"):
        assert secret not in caplog.text


UPDATE = b'{"update_id": 7}'


class Hook:
    """A webhook on a port of its own."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/telegram"
        self.settings = {"webhook_url": self.url, "webhook_port": str(self.port)}


async def post(hook: Hook, secret: str, body: bytes) -> int:
    async with ClientSession() as session, session.post(hook.url, data=body, headers={SECRET_HEADER: secret}) as answer:
        return answer.status


async def hooked(fake: FakeTelegram) -> None:
    await until(lambda: fake.world.webhook)


async def test_a_webhook_receives_in_order_and_answers_presses(fake: FakeTelegram) -> None:
    book, hook, ann = Book(), Hook(), fake.person("ann")
    async with running(fake, book, settings=hook.settings):
        await hooked(fake)
        note = ann.says("one")
        ann.presses_data("t", note)
        ann.says("two")
        await fake.settled()
        await until(lambda: not fake.world.queries)

    assert [type(event) for event in book.events] == [Said, Pressed, Said]
    assert fake.asked("getUpdates") == []
    assert "message_reaction" in (fake.world.allowed or ())


async def test_a_webhook_says_200_only_when_it_is_on_disk(fake: FakeTelegram) -> None:
    book, hook, ann = Book(), Hook(), fake.person("ann")
    book.open.clear()
    async with running(fake, book, settings=hook.settings):
        await hooked(fake)
        ann.says("one")
        await until(lambda: book.tried)
        assert fake.world.confirmed == []
    assert fake.world.confirmed == []

    book.open.set()
    async with running(fake, book, settings=hook.settings):
        await fake.settled()
    assert texts(book) == ["one"]


@pytest.mark.parametrize(
    ("secret", "body", "status"),
    [
        ("", UPDATE, 403),
        ("wrong", UPDATE, 403),
        ("right", b"{cut", 400),
        ("right", b"[]", 400),
        ("right", b"[" * 200_000, 400),
        ("right", b"{}", 400),
        ("right", b'{"update_id": "7"}', 400),
        ("right", UPDATE, 200),
    ],
)
async def test_a_webhook_believes_only_who_knows_the_secret(
    fake: FakeTelegram, secret: str, body: bytes, status: int
) -> None:
    book, hook = Book(), Hook()
    known = read_settings({"token": fake.world.token}).secret
    async with running(fake, book, settings=hook.settings):
        await hooked(fake)
        assert await post(hook, known if secret == "right" else secret, body) == status

    assert book.events == []


async def test_a_webhook_whose_port_is_taken_ends_with_a_sentence(fake: FakeTelegram) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        error = await ends_with(fake, webhook_url="https://bot.example/hook", webhook_port=str(port))

    assert f"127.0.0.1:{port}" in str(error)


async def test_polling_takes_an_old_webhook_away(fake: FakeTelegram) -> None:
    book, hook = Book(), Hook()
    async with running(fake, book, settings=hook.settings):
        await hooked(fake)
    fake.person("ann").says("hello")

    async with running(fake, book):
        await fake.settled()

    assert (texts(book), fake.world.webhook) == (["hello"], {})


async def test_a_webhook_set_by_somebody_else_ends_polling_with_a_sentence(fake: FakeTelegram) -> None:
    task = asyncio.create_task(impatient(fake).run(Book(), COMMANDS, Shelf()))
    await until(lambda: fake.world.allowed)

    fake.world.webhook = {"url": "http://127.0.0.1:1/", "secret": "", "connections": 40}
    fake.world.pending.append({"update_id": 1})
    fake.world.stirred.set()

    with pytest.raises(AdapterError, match="409"):
        await comes(task)


def test_a_person_is_the_same_whenever_asked() -> None:
    fake = FakeTelegram()

    assert isinstance(fake.person("ann"), Person)
    assert fake.person("ann") is fake.person("ann")


class HeldFor(Book):
    """An inbox that can't write down what one account does."""

    def __init__(self, account: int) -> None:
        super().__init__()
        self.held, self.let_go = str(account), asyncio.Event()
        self.heard: list[str] = []

    async def put(self, event: Inbound, cursor: tuple[str, str] | None = None) -> None:
        if event.origin.address.account == self.held:
            self.heard.append(event.text if isinstance(event, Said) else type(event).__name__)
            await self.let_go.wait()
        await super().put(event, cursor)


async def test_behind_what_can_not_be_written_down_others_are_heard_all_the_same(
    fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "LATE", 0.01)  # a moment, and not a second
    ann, ben, cat = (fake.person(name) for name in ("ann", "ben", "cat"))
    book = HeldFor(ann.account)
    async with running(fake, book):
        ann.says("first")
        ben.says("help me")
        ann.says("second")
        cat.says("hello")
        await until(lambda: texts(book) == ["help me", "hello"])
        await until(lambda: book.heard == ["first", "second"])  # her own words are no wall before her next ones
        assert len(fake.world.pending) == 4
        book.let_go.set()
        await fake.settled()
    assert texts(book) == ["help me", "hello", "first", "second"]


async def test_what_waited_and_is_not_confirmed_comes_again_after_a_restart(
    fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "LATE", 0.01)  # a moment, and not a second
    ann, ben = fake.person("ann"), fake.person("ben")
    book = HeldFor(ann.account)
    async with running(fake, book):
        ann.says("first")
        ben.says("second")
        await until(lambda: texts(book) == ["second"])
    book.let_go.set()
    async with running(fake, book):
        await fake.settled()
    assert texts(book) == ["second", "first"]


async def test_on_a_webhook_behind_what_can_not_be_written_down_others_are_heard_all_the_same(
    fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updates, "LATE", 0.01)  # a moment, and not a second
    ann, ben, cat = (fake.person(name) for name in ("ann", "ben", "cat"))
    book, hook = HeldFor(ann.account), Hook()
    async with running(fake, book, settings=hook.settings):
        await hooked(fake)
        note = ann.says("first")
        ben.says("help me")
        ann.presses_data("t", note)
        cat.says("hello")
        await until(lambda: sorted(texts(book)) == ["hello", "help me"])
        await until(lambda: book.heard == ["first", "Pressed"])
        await until(lambda: fake.hooking.waits)
        assert (len(fake.world.pending), set(fake.hooking.waits)) == (2, {1})
        book.let_go.set()
        await fake.settled()
    assert [type(event) for event in book.events[2:]] == [Said, Pressed]
    assert book.heard == ["first", "Pressed"]  # each was taken once, however often it came


async def test_on_a_webhook_many_who_wait_keep_nobody_out(fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LATE", "HURRIED"):
        monkeypatch.setattr(updates, name, 0.01)  # a moment, and not a second for each
    book, hook = Book(), Hook()
    book.open.clear()
    async with running(fake, book, settings=hook.settings):
        await hooked(fake)
        for number in range(150):
            fake.person(f"p{number}").says("hello")
        await until(lambda: len(book.tried) == 150)
        assert fake.world.confirmed == []
        book.open.set()
        await fake.settled()
    assert len(book.events) == 150


@pytest.mark.parametrize(
    ("brought", "taken"),
    [
        ([503, 502, 501], [501, 502, 503]),
        ([503, 502], [502, 503]),
        ([502, 502, 501], [501, 502]),
        ([504, 501], [501, 504]),
    ],
)
async def test_updates_that_come_out_of_turn_are_taken_in_turn(brought: list[int], taken: list[int]) -> None:
    got = list[int]()

    async def take(update: Mapping[str, object], _: bool, hand_over: Callable[[], None]) -> None:
        got.append(number_of(update))
        hand_over()

    takings = Takings(take, gap=0.02)
    chat = {"chat": {"id": 7}}
    await asyncio.gather(*[takings.begin({"update_id": number, "message": chat}) for number in brought])
    assert got == taken


async def test_an_update_that_breaks_its_reader_is_passed_over_and_shows_no_word(
    fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken_ones = iter([IndexError, AssertionError, OverflowError, RecursionError])

    def read(self: UpdateReader, update: telegram.Update, roles: tuple[str, ...] = ()) -> list[Inbound]:
        if (said := update.message) is not None and said.text == "a canary sings":
            raise next(broken_ones)(said.text)
        return honest(self, update, roles)

    honest = UpdateReader.read
    monkeypatch.setattr(UpdateReader, "read", read)  # a bug of ours
    book, ann = Book(), fake.person("ann")
    async with running(fake, book):
        for _ in range(2):
            ann.says("a canary sings")
        ann.says("fine")
        await fake.settled()
    assert texts(book) == ["fine"]
    assert caplog.text.count("can't be read") == 2
    assert "a canary sings" not in caplog.text


class CutOff(Shelf):
    """What a process is told that can't reach the house any more."""

    def standing(self) -> bool:
        return False


async def test_a_process_that_is_cut_off_leaves_the_account_to_the_one_that_took_over(fake: FakeTelegram) -> None:
    book = Book()
    fake.faults.next("getUpdates", *[CONFLICT] * 9)
    async with running(fake, book, CutOff()) as adapter:
        adapter._conflict_pauses = ()
        await until(lambda: [asked.method for asked in fake.world.asked].count("getUpdates") == 1)
        fake.person("ann").says("for the other one")
        for _ in range(100):
            await asyncio.sleep(0)
        assert [asked.method for asked in fake.world.asked].count("getUpdates") == 1
    assert texts(book) == []
