"""One person alone tries the whole way with the practice peers, which say in every message that they are bots."""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from buddybot.adapter import COMMANDS, Address, Reads
from buddybot.config import Settings
from buddybot.config.tables import StoreSettings
from buddybot.content.files import content_dir
from buddybot.content.words import load_words
from buddybot.domain.kernel.places import Channel
from buddybot.runtime.engine import AdapterInbox
from buddybot.runtime.world import system_world
from buddybot.service.kernel.book import Book
from buddybot.testing import Clock, Person, TestBot, running
from buddybot.tools.demo import OWN_STORE, demo_settings, fast_world, lenient
from buddybot.tools.practice.cast import Cast, PracticePeer, PracticeTalk, load_cast
from buddybot.tools.practice.furnishing import furnishing
from buddybot.tools.practice.peers import CHANNEL_KEY, PLATFORM, PracticePlatform
from tests.waiting import PATIENT


@contextlib.asynccontextmanager
async def demo(
    folder: Path,
    book: Book,
    show_link: Callable[[str], object] = lambda _: None,
    show_post: Callable[[str], object] = lambda _: None,
) -> AsyncIterator[tuple[TestBot, PracticePlatform]]:
    """A bot beside the practice platform; the peers come in once this begins."""

    async def furnish(looking: Sequence[Address], everybody: Sequence[Address], reads: Reads) -> None:
        await furnishing(bot.house.store, cast, system_world())(looking, everybody, reads)

    cast = load_cast()
    peers = PracticePlatform(cast, show_link, furnish, pause=0, show_post=show_post)
    async with running(folder, book=book, others=(peers,)) as bot:
        living = asyncio.create_task(peers.run(AdapterInbox(bot.house.engine, PLATFORM), COMMANDS, bot.house.engine))
        try:
            yield bot, peers
        finally:
            living.cancel()
            await asyncio.gather(living, return_exceptions=True)


async def until(bot: TestBot, fits: Callable[[], object], minutes: int = 0) -> None:
    """Wait for what the practice peers bring about; so many minutes of the bot's time pass between two looks."""
    async with asyncio.timeout(PATIENT):
        while not fits():
            if minutes:
                await bot.wait(minutes=minutes)
            await asyncio.sleep(0.01)
            await bot.settle()


def sees(person: Person, words: str) -> Callable[[], bool]:
    return lambda: any(words in text for text in person.sees())


@pytest.mark.parametrize(
    "answers",
    [
        {"lane": "self", "now": "using", "help_wanted": "listen"},
        {"lane": "self", "now": "steady_year", "help_wanted": "normal", "pace": "few"},
        {"lane": "family", "now_family": "active", "help_wanted": "listen"},
        {"lane": "bereaved", "now_bereaved": "over_1y", "help_wanted": "listen"},
        {"lane": "self"},
        {"lane": "family"},
        {"lane": "bereaved"},
    ],
    ids=lambda answers: "-".join(answers.values()),
)
async def test_a_practice_peer_goes_the_whole_way_with_one_person(
    tmp_path: Path, book: Book, answers: dict[str, str]
) -> None:
    async with demo(tmp_path, lenient(book)) as (bot, _):
        ann = bot.person("ann")
        await ann.joins(**answers)
        await until(bot, sees(ann, "I found someone"), minutes=1)
        await ann.presses("Say hello")
        await until(bot, sees(ann, "Your chat is open"))
        message = await ann.says("hello?")
        await until(bot, ann.hears)
        assert "Practice bot" in ann.hears()[-1]
        assert ann.last().reply_to == message or ann.chat()[-2].reply_to == message


def test_a_demo_has_a_round_a_minute_a_desk_and_a_database_of_its_own() -> None:
    settings = demo_settings(Settings())
    assert settings.matching.round_minutes == 1
    assert set(settings.adapters) == {"web", "desk"}
    assert [channel.key for channel in settings.channels] == [CHANNEL_KEY]
    assert settings.store == OWN_STORE
    chosen = Settings(store=StoreSettings(url="sqlite:elsewhere.db"))
    assert demo_settings(chosen).store == chosen.store


def test_a_fast_clock_runs_from_now_on_as_often_as_it_says() -> None:
    clock = Clock()
    world = fast_world(30, replace(system_world(), now=clock.now))
    begun = world.now()
    clock.at += timedelta(minutes=2)
    assert world.now() - begun == timedelta(hours=1)


@pytest.fixture(scope="module")
def cast() -> Cast:
    return load_cast()


def peer(cast: Cast, name: str) -> PracticePeer:
    return next(one for one in cast.peers if one.name == name)


def test_every_sentence_of_the_cast_is_there_in_both_languages_and_says_that_a_program_speaks(cast: Cast) -> None:
    words = load_words(content_dir() / "locales")
    keys = {key for replies in cast.replies.values() for key in replies} | set(cast.others)
    keys |= {key for one in cast.peers for key in one.says.values()}
    assert set(cast.replies["en"]) == set(cast.replies["es"])
    for key in keys:
        assert words.say("en", f"practice-{key}").startswith("Practice bot")
        assert words.say("es", f"practice-{key}").startswith("Bot de práctica")


@pytest.mark.parametrize(
    ("text", "key", "language"),
    [
        ("hey", "hello", "en"),
        ("i cant slepe at night", "sleep", "en"),
        ("¿cómo estás?", "how", "es"),
        ("mi hijo consume", "family", "es"),
        ("Are you a bot??", "real", "en"),
        ("the cravngs are bad", "craving", "en"),
    ],
)
def test_a_peer_answers_by_what_was_said(cast: Cast, text: str, key: str, language: str) -> None:
    talk = PracticeTalk()
    assert talk.reply(cast, peer(cast, "warm"), text) == f"practice-{key}"
    assert talk.language == language


def test_a_peer_never_says_the_same_sentence_twice_running(cast: Cast) -> None:
    talk, warm = PracticeTalk(), peer(cast, "warm")
    said = [talk.reply(cast, warm, text) for text in ["hi", "hi", "hi", "zzz", "zzz", "zzz", "zzz", "zzz", "hi"]]
    assert all(one != after for one, after in itertools.pairwise(said))


def test_the_scripted_peers_go_silent_call_for_help_and_say_what_can_be_reported(cast: Cast) -> None:
    def said(name: str) -> list[str | None]:
        talk = PracticeTalk()
        return [talk.reply(cast, peer(cast, name), f"note {number}") for number in range(1, 5)]

    assert said("silent")[2:] == [None, None]
    assert said("low")[2] == "practice-low"
    assert said("unkind")[1] == "practice-unkind"


async def test_whoever_asks_for_a_circle_sits_in_one_whose_peers_do_not_answer_each_other(
    tmp_path: Path, book: Book
) -> None:
    async with demo(tmp_path, lenient(book)) as (bot, _):
        ann = bot.person("ann")
        await ann.joins(lane="self")
        await ann.sends_token("home.stop")
        await ann.uses("circle")
        await until(bot, sees(ann, "There may be a small circle"), minutes=10)
        await ann.presses("Yes, I'd like that")
        await until(bot, sees(ann, "Your circle is open"), minutes=1)
        await ann.says("hello everybody")
        await until(bot, lambda: len(ann.hears()) >= 2)
        heard = len(ann.hears())
        await asyncio.sleep(0.05)
        await bot.settle()
        assert len(ann.hears()) == heard == 2


async def test_what_is_posted_in_the_channel_is_shown_and_the_library_has_samples(tmp_path: Path, book: Book) -> None:
    posts: list[str] = []
    channel = Channel(CHANNEL_KEY, "Evening table")
    async with demo(tmp_path, replace(book, channels=(channel,)), show_post=posts.append) as (bot, _):
        ann = bot.person("ann")
        await ann.joins(lane="self")
        await ann.uses("write", channel=CHANNEL_KEY, words="good evening all")
        await until(bot, lambda: any("good evening all" in text for text in posts))
        await ann.uses("wisdom", topic="sleep")
        assert any("A sample, written for this demo" in text for text in ann.sees())


async def test_the_practice_lead_gets_a_link_to_the_desk(tmp_path: Path, book: Book) -> None:
    links: list[str] = []
    book = replace(book, practice=replace(book.practice, desk_url="http://127.0.0.1:8081/desk"))
    async with demo(tmp_path, book, links.append) as (bot, peers):
        await until(bot, lambda: links)
        await peers.open_desk()
        await until(bot, lambda: len(links) >= 2)
    assert len(set(links)) >= 2
    assert all(link.startswith("http://127.0.0.1:8081/desk/enter?token=") for link in links)
