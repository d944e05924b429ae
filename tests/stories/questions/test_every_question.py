"""Every place that asks something has a story: typed, misspelt, in Spanish, and after another subject."""

import ast
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import buddybot.service
from buddybot.adapter import Channel, ChannelKind
from buddybot.domain.dialog.questions import OpenQuestion, Unfit
from buddybot.service.kernel.book import Book
from buddybot.testing import Person, TestBot
from tests.stories.questions.asked import ALIAS, STORIES, Story
from tests.stories.questions.begun import Openings
from tests.stories.questions.listening import heard, never_twice

CHANNELS = (Channel("nights", "Nights"), Channel("lobby", "Lobby", kind=ChannelKind.OPEN))
NOTES = {
    "door:APPEAL", "door:MODERATOR", "moderation.appeals:appeal-ask", "talk.routing:show_whom", "talk.rooms:room-held",
}  # fmt: skip
"""Places where words are no answer but notes for somebody: of each is said what became of it."""
ELSEWHERE = "the weather was really grim at our place today"


@pytest.fixture(scope="module")
def openings(tmp_path_factory: pytest.TempPathFactory) -> Openings:
    return Openings(tmp_path_factory.mktemp("openings"))


@pytest.fixture
async def person(openings: Openings, story: Story, tmp_path: Path, book: Book) -> AsyncIterator[Person]:
    """Whoever was asked the question, which stands open as it should."""
    asks = replace(book, channels=CHANNELS, practice=replace(book.practice, research=True, photos=True))
    async with openings.begun(story.opening, tmp_path / "bot", asks) as asked:
        assert any(story.asks in one for one in asked.sees()[-3:])
        assert (await open_of(asked.bot, asked))[0].unfit is story.unfit
        yield asked


async def open_of(bot: TestBot, person: Person) -> list[OpenQuestion]:
    member = await bot.house.store.read(lambda tx: tx.members.by_address(person.address))
    assert member is not None
    return await bot.house.store.read(lambda tx: tx.questions.open_of(member.id, bot.clock.at))


async def answered(person: Person, words: str, then: str) -> None:
    """Type an answer; a doubt is confirmed."""
    before = len(person.sees())
    words = person.last().content.choices[0].label if words == ALIAS else words
    await person.says(words)
    if person.sees()[-1].startswith("Did you mean"):
        await person.says("yes")
    assert any(then in one for one in person.sees()[before:]), person.sees()[before:]


def said_by(person: Person) -> list[str]:
    """Return what others got to read from somebody."""
    return [text for other in person.bot.people.values() if other is not person for text in heard(other)]


every_question = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.place)


@every_question
@pytest.mark.parametrize("how", ["typed", "slip", "spanish"])
async def test_it_hears_a_typed_answer_that_nobody_else_gets(person: Person, story: Story, how: str) -> None:
    words = {"typed": story.typed, "slip": story.slip, "spanish": story.spanish}[how]
    await answered(person, words, story.then)
    assert words not in said_by(person)


@every_question
async def test_it_hears_the_answer_after_another_subject(person: Person, story: Story) -> None:
    before, asked = said_by(person), (await open_of(person.bot, person))[0].name
    words = person.last().content.choices[0].label if story.typed == ALIAS else story.typed
    if story.unfit is Unfit.TEXT:
        await person.uses("rules")
    else:
        await person.says(ELSEWHERE)
    assert story.unfit is Unfit.PASSING or said_by(person) == before
    if story.over:
        assert said_by(person)[-1] == ELSEWHERE
        assert asked not in {one.name for one in await open_of(person.bot, person)}
        return
    await answered(person, words, story.then)
    assert words not in said_by(person)


@pytest.mark.parametrize(
    "story", [story for story in STORIES if story.place not in NOTES], ids=lambda story: story.place
)
async def test_two_unfit_answers_are_answered_in_two_ways(person: Person) -> None:
    """Who is not understood twice running never reads the same sentence twice, in either language."""
    await never_twice(person)
    store = person.bot.house.store
    member = await store.read(lambda tx: tx.members.by_address(person.address))
    if member is not None:
        await store.write(lambda tx: tx.members.save(replace(member, locale="es")))
        await never_twice(person)


# ── Which places there are ──────────────────────────────────────────────────────────────

DOORS = frozenset({"APPEAL", "FIND", "MODERATOR", "FIRST", "MENU", "AFTER", "HOME", "NOBODY", "HELP"})
"""Shared rows of buttons under plain statements: one story for each row, not one for each statement."""
NO_QUESTION = {
    "care.own_weeks:show_weeks": "a picture and its words, without choices",
    "door:HELP": "words of danger and /crisis are heard before anything that is open",
    "crisis.naloxone:_tell_how": "what to do, without choices",
    "crisis.unparsed:tell_unparsed": "whom to call, and the button that door:HELP tells of",
    "kernel.turn:say": "the place through which all of this goes",
    "kernel.turn:ask": "the same",
    "kernel.turn:hand": "a file, without choices",
    "channels.relay:key": "said in a place of a channel, where nobody answers for everyone",
    "intake.questionnaire:_show_youth_lines": "the last word of a gate, without choices",
    "moderation.desk_chat:tell_case": "what was said in a case, without choices",
    "moderation.paging:ask_colleagues": "the same words and button as a call: moderation.paging:_call",
    "moderation.paging:_show_places": "said in a place of the moderators",
    "moderation.voice.speaking:_offer": "a moderator's talk reads its own words: tests/stories/moderation",
    "moderation.voice.speaking:_show": "the same",
    "moderation.voice.speaking:show_moderator": "the same",
    "moderation.voice.talks:tell_with_numbers": "the same",
}
ROOT = Path(buddybot.service.__file__).parent


def doors(node: ast.expr) -> set[str] | None:
    """Return the shared rows that buttons are made of; None where some are of their own."""
    match node:
        case ast.Tuple(elts=parts):
            found = [doors(one) for one in parts]
        case ast.IfExp(body=body, orelse=other):
            found = [doors(body), doors(other)]
        case ast.Subscript(value=inner) | ast.Starred(value=inner):
            found = [doors(inner)]
        case ast.Name(id=name) | ast.Attribute(attr=name):
            found = [{name} & DOORS or None]
        case _:
            return None
    return None if None in found else set[str]().union(*(one for one in found if one))


def silent(node: ast.Call) -> bool:
    """Return whether content is made on the spot, without choices (the fourth field)."""
    content = node.args[1] if len(node.args) > 1 else None
    made = isinstance(content, ast.Call) and isinstance(content.func, ast.Name) and content.func.id == "Content"
    return made and isinstance(content, ast.Call) and len(content.args) < 4 and not content.keywords


def asks(module: str, source: str) -> Iterator[str]:
    """Yield the places in a module that say something with buttons."""
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            row = next((one.value for one in node.keywords if one.arg == "buttons"), None)
            if node.func.attr in {"say", "ask", "announce"} and row is not None:
                shared = doors(row)
                key = node.args[1]
                if isinstance(key, ast.Call) and ast.unparse(key.func) == "in_lane":
                    key = key.args[-1]
                said = str(key.value) if isinstance(key, ast.Constant) else ast.unparse(key)
                yield from [f"{module}:{said}"] if shared is None else (f"door:{one}" for one in shared)
            elif (
                node.func.attr == "show"
                and ast.unparse(node.func.value).endswith(("turn", "self"))
                and not silent(node)
            ):
                yield f"{module}:{function.name}"


def places() -> set[str]:
    found = set[str]()
    for path in sorted(ROOT.rglob("*.py")):
        found |= set(asks(".".join(path.relative_to(ROOT).with_suffix("").parts), path.read_text(encoding="utf-8")))
    return found


def test_every_place_that_asks_has_a_story() -> None:
    told = {story.place for story in STORIES} | set(NO_QUESTION)
    assert sorted(places() - told) == []
    assert sorted(told - places()) == []


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ('turn.say(member, "hello")', []),
        ('turn.say(member, "hello", buttons=(HELP, home.FIRST[0]))', ["door:FIRST", "door:HELP"]),
        ('turn.say(member, "hello", buttons=AFTER if alone else ())', ["door:AFTER"]),
        ('turn.say(member, "hello", buttons=(HELP, ("yes", token)))', ["module:hello"]),
        ("turn.ask(member, key, buttons=mine, again=key)", ["module:key"]),
        ("turn.show(member, Content((Span(text),)))", []),
        ("turn.show(member, Content((Span(text),), choices=mine))", ["module:function"]),
        ("turn.show(member, content)", ["module:function"]),
    ],
)
def test_the_search_finds_whatever_is_said_with_buttons(call: str, found: list[str]) -> None:
    assert sorted(asks("module", f"def function(turn, member):\n    {call}\n")) == found
