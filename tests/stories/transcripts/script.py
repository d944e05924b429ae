"""Approved transcripts (golden master): a conversation as a text file, replayed on a whole bot, compared line by line.

A file begins with what it shows (`#` lines) and where it starts (`stage: NAME`). An act stands at the left edge:

    ann: [Find a buddy] | find me a buddy
    wait: 30 minutes

Words in brackets are a tap, what stands behind the bar is the same typed; without a bar the label itself is typed.
What each person sees next is indented under it (`ann <` new, `ann ~` changed, `ann x` taken away); where typing it
brings something else than tapping it does, that follows under `typed:`.
"""

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from buddybot.domain.kernel.messages import Choice
from buddybot.service.kernel.book import Book
from buddybot.testing import Person, ShownMessage, TestBot
from tests.conversations.stages import house, set_up
from tests.stories.moderating import code, staffed

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "es")
TAPS = re.compile(r"\[([^]]+)\]")
SPANS = ("seconds", "minutes", "hours", "days")
CASE = "{case}"
"""Stands for the code of the newest case, both in what is typed and in what is seen."""

DONE = "... (its buttons are gone)"

Seen = dict[str, ShownMessage]


@dataclass(frozen=True, slots=True)
class Act:
    """What one person does, or how long nothing happens."""

    who: str
    what: str

    @property
    def taps(self) -> list[str]:
        """Return the labels to tap; none where it is typed in any case."""
        return TAPS.findall(self.what.partition(" | ")[0]) if self.what.startswith("[") else []

    @property
    def words(self) -> str:
        """Return what is typed."""
        tapped, bar, typed = self.what.partition(" | ")
        return typed if bar else ", ".join(TAPS.findall(tapped)) if self.taps else self.what


@dataclass(frozen=True, slots=True)
class Transcript:
    """A file: its head as it stands there, and its acts."""

    path: Path
    head: str
    stage: str
    acts: tuple[Act, ...]

    @property
    def language(self) -> str:
        """Return the language that its people speak."""
        return self.path.parent.name

    def __str__(self) -> str:
        return f"{self.language}/{self.path.stem}"


def load(path: Path) -> Transcript:
    """Read a file; what is seen in it is left out."""
    lines = path.read_text("utf-8").splitlines()
    head = [line for line in lines if line.startswith(("#", "stage:"))]
    stage = next(line.partition(":")[2].strip() for line in head if line.startswith("stage:"))
    acts = [re.fullmatch(r"(\w+): (.+)", line) for line in lines if line not in head and re.match(r"\w", line)]
    assert all(acts), f"{path}: an act is `name: what they do`"
    return Transcript(path, "\n".join(head), stage, tuple(Act(found[1], found[2]) for found in acts if found))


def files() -> Iterator[Path]:
    """Yield every transcript of every language."""
    for language in LANGUAGES:
        yield from sorted((FOLDER / language).glob("*.txt"))


async def replay(told: Transcript, book: Book) -> str:
    """Return the whole file as the bot speaks today, tapped and typed."""
    tapped, typed = [await _play(told, book, typing=typing) for typing in (False, True)]
    blocks = [told.head]
    for act, one, other in zip(told.acts, tapped, typed, strict=True):
        block = [f"{act.who}: {act.what}", *one]
        if _alike(one) != _alike(other):
            block += ["  typed:", *other]
        blocks.append("\n".join(block))
    return "\n\n".join(blocks) + "\n"


def _alike(seen: list[str]) -> list[str]:
    """Return what is seen, whether a question changed in place or came anew under the words that answered it."""
    return [line.replace(" ~ ", " < ", 1) for line in seen if not line.endswith(DONE)]


async def _play(told: Transcript, book: Book, *, typing: bool) -> list[list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        async with house(Path(folder), book) as bot:
            await set_up(bot, told.stage, locale=told.language, shift=False)
            return [await _seen_after(bot, act, number, typing=typing) for number, act in enumerate(told.acts)]


async def _seen_after(bot: TestBot, act: Act, number: int, *, typing: bool) -> list[str]:
    """Do one act; return what is new to anybody. Chance starts anew, so that both ways meet the same."""
    bot.chance.seed(number)
    before = _looks(bot)
    if act.who == "wait":
        amount, unit = act.what.split()
        assert unit in SPANS, f"wait: 3 {unit}?"
        await bot.wait(**{unit: float(amount)})
    else:
        bot.clock.at += timedelta(seconds=20)
        await _do(bot, act, typing=typing)
    after = _looks(bot)
    newest = await code(bot) if await _has_cases(bot) else ""
    return [
        line.replace(newest, CASE) if newest else line
        for name, chat in after.items()
        for line in _changes(name, before.get(name, {}), chat)
    ]


async def _do(bot: TestBot, act: Act, *, typing: bool) -> None:
    person = _person(bot, act.who)
    if act.taps and not typing:
        await person.presses(*act.taps)
    else:
        await person.says(act.words.replace(CASE, await code(bot)) if CASE in act.words else act.words)


def _person(bot: TestBot, name: str) -> Person:
    if name in bot.people:
        return bot.people[name]
    return staffed(bot, name, "lead" if name == "lead" else "moderator")


async def _has_cases(bot: TestBot) -> bool:
    return await bot.house.store.read(lambda tx: tx.db.row("SELECT 1 FROM case_file LIMIT 1")) is not None


def _looks(bot: TestBot) -> dict[str, Seen]:
    """Return every chat as it looks now, by the ids of its messages."""
    shown = {name: bot.platform.chats.get(person.address.account, []) for name, person in bot.people.items()}
    return {name: {str(one.id): _copy(one) for one in chat} for name, chat in shown.items()}


def _copy(shown: ShownMessage) -> ShownMessage:
    return replace(shown)


def _changes(name: str, before: Seen, after: Seen) -> Iterator[str]:
    for key, one in after.items():
        old = before.get(key)
        if old is None:
            yield from _drawn(f"  {name} < ", one)
        elif one.gone and not old.gone:
            yield f"  {name} x {one.text.splitlines()[0][:60]}"
        elif one.text == old.text and not one.content.choices:
            if old.content.choices:
                yield f"  {name} ~ {one.text.splitlines()[0][:40]} {DONE}"
        elif one.content != old.content:
            yield from _drawn(f"  {name} ~ ", one)


def _drawn(mark: str, shown: ShownMessage) -> Iterator[str]:
    first, *more = shown.text.splitlines()
    yield f"{mark}{first}".rstrip()
    content = shown.content
    choices = (*content.choices, *((content.done,) if content.done else ()))
    rows = [*more, _row(choices), f"More: {_row(content.extra)}" if content.extra else ""]
    yield from (f"      {line}".rstrip() for line in rows if line)


def _row(choices: Sequence[Choice]) -> str:
    return " ".join(f"[{one.label}]" for one in choices)
