"""Measures what whole conversations bring: help in time, a question, or nothing, on talks that nobody was taught.

`python -m training.conversations FILE... [--alone] [--ids]` plays each conversation of training/talks through a bot on
the real store, in a chat, a channel, the questions or alone with it, twelve seconds between two notes. Help counts
when a card with a number is shown by the note after the cry; a question when the crisis conversation asks by then.
Prints a Markdown table; `--alone` leaves the second opinion out, `--ids` names each conversation with what it brought
(never needed for the held-out ones).
"""

import argparse
import asyncio
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from buddybot.adapter import Capabilities, Channel, Voice
from buddybot.content import content_dir
from buddybot.content.screening import load_screener
from buddybot.domain.kernel.verdicts import Screening
from buddybot.runtime.second.encoder import Encoder
from buddybot.service.kernel.book import Book
from buddybot.testing import FakePlatform, Person, TestBot, practice_book, running
from buddybot.testing.bot import FakePlace
from buddybot.testing.fake import ShownMessage
from training.measure import advised

NIGHTS = Channel("nights", "Nights", "For those who are up late.")
GATES = {"age": "yes", "consent": "agree", "country": "US"}
PAUSE = timedelta(seconds=12)
NUMBER = re.compile(r"\d{3}")
"""What a card with a number to call has, and a question has not."""


class Brought(StrEnum):
    """What a conversation brought."""

    HELP = "help"
    ASKED = "asked"
    LATE = "late"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation: its notes, where they are typed, and the index of the note that is a cry (-1: none is)."""

    id: str
    lang: str
    kind: str
    surrounding: str
    notes: tuple[str, ...]
    cry_at: int


def talks(paths: Iterable[Path]) -> list[Talk]:
    """Read conversations from files of JSON lines."""
    rows = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]
    return [
        Talk(row["id"], row["lang"], row["kind"], row["surrounding"], tuple(row["notes"]), row["cry_at"])
        for row in rows
    ]


def second_opinion(book: Book) -> Book:
    """Return the content with a screener that asks the encoder about every message, however long that takes."""
    encoder, screener = Encoder(content_dir()), load_screener(content_dir())

    def screen(text: str) -> Screening:
        read = screener.read(text)
        return screener.decide(read, advised(encoder, read.parts) if read.parts else None)

    return replace(book, screen=screen)


async def play(talk: Talk, book: Book, folder: Path) -> Brought:
    """Play one conversation, and return what it brought."""
    platform = FakePlatform(capabilities=Capabilities(places=True))
    async with running(folder, book=replace(book, channels=(NIGHTS,)), platform=platform) as bot:
        for name in ("ann", "ben"):
            bot.people[name] = Person(bot, name, locale="es" if talk.lang == "es" else "en")
        ann, place = bot.person("ann"), await _set_up(bot, talk)
        seen = set(map(id, _shown(ann, place)))
        helped = asked = len(talk.notes)
        for at, note in enumerate(talk.notes):
            await (ann.says(note) if place is None else ann.posts(place, note))
            bot.clock.at += PAUSE
            await bot.tick()
            new = [one for one in _shown(ann, place) if id(one) not in seen and one.content.voice is Voice.CRISIS]
            seen.update(map(id, _shown(ann, place)))
            helped = min(helped, at if any(NUMBER.search(one.text) for one in new) else helped)
            asked = min(asked, at if new else asked)
    return verdict(talk, helped, asked)


async def _set_up(bot: TestBot, talk: Talk) -> FakePlace | None:
    """Bring ann to where the conversation is; return the channel if it is one."""
    ann, where = bot.person("ann"), talk.surrounding
    if "chat with" in where or "peer" in where:
        await bot.pair("ann", "ben")
    elif "channel" in where or "group" in where:
        place = await bot.place("nights")
        await ann.joins(lane="self")
        return place
    elif "intake" in where or "answering" in where:
        await ann.says("hi")
        await ann.sends_token("home.find")
        for question, key in GATES.items():
            await bot.answer(ann, question, (key,))
    else:
        await ann.says("hola" if talk.lang == "es" else "hi")
    return None


def _shown(ann: Person, place: FakePlace | None) -> list[ShownMessage]:
    return [one for one in (*ann.chat(), *(place.shown() if place else ())) if not one.own]


def verdict(talk: Talk, helped: int, asked: int) -> Brought:
    """Return what came in time: by the note after the cry; in a calm conversation whatever came at all counts."""
    end = len(talk.notes)
    latest = end - 1 if talk.cry_at < 0 else talk.cry_at + 1
    if helped < end and helped <= latest:
        return Brought.HELP
    if asked < end and asked <= latest:
        return Brought.ASKED
    return Brought.LATE if helped < end else Brought.NOTHING


def report(found: Sequence[tuple[Talk, Brought]]) -> Iterator[str]:
    """Yield a table: what conversations of each kind and language brought."""
    yield f"| | {' | '.join(('conversations', *Brought))} |\n|---{'|---' * (len(Brought) + 1)}|\n"
    cries = [(talk, brought) for talk, brought in found if talk.cry_at >= 0]
    yield _row("with danger", cries)
    for kind in sorted({talk.kind for talk, _ in cries}):
        yield _row(kind.replace("_", " "), [one for one in cries if one[0].kind == kind])
    for lang in sorted({talk.lang for talk, _ in cries}):
        yield _row(lang, [one for one in cries if one[0].lang == lang])
    yield _row("without", [one for one in found if one[0].cry_at < 0])


def _row(name: str, found: Sequence[tuple[Talk, Brought]]) -> str:
    count = Counter(brought for _, brought in found)
    return f"| {' | '.join((name, str(len(found)), *(str(count[one]) for one in Brought)))} |\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--alone", action="store_true", help="without the second opinion")
    parser.add_argument("--ids", action="store_true", help="name each conversation")
    options = parser.parse_args()
    book = practice_book() if options.alone else second_opinion(practice_book())
    found = []
    for talk in talks(options.files):
        with tempfile.TemporaryDirectory() as folder:
            found.append((talk, asyncio.run(play(talk, book, Path(folder)))))
    if options.ids:
        sys.stdout.writelines(f"{talk.id} {talk.kind}: {brought}\n" for talk, brought in found)
    sys.stdout.writelines(report(found))


if __name__ == "__main__":
    main()
