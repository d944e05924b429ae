"""Which words to a buddy may be meant for the bot: whole phrases and small slips, and nothing that merely holds one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.content.tables.replies import parse_bot_words
from buddybot.content.validation import TableError
from buddybot.domain.dialog.bot_words import BotWish
from buddybot.domain.dialog.typed_text import TypedText
from buddybot.service.kernel.book import Book
from buddybot.testing import practice_book

WISHES = (
    ("i need less", "less"),
    ("I need less.", "less"),
    ("i ned less", "less"),
    ("less please", "less"),
    ("necesito menos", "less"),
    ("nesecito menos", "less"),
    ("menos mensajes por favor", "less"),
    ("pause", "pause"),
    ("pasue", "pause"),
    ("can you pause this chat?", "pause"),
    ("una pausa", "pause"),
    ("unpause", "resume"),
    ("how do i leave", "goodbye"),
    ("how do i leve this chat", "goodbye"),
    ("hwo do i leave??", "goodbye"),
    ("¿cómo me salgo?", "goodbye"),
    ("i want to end this chat", "goodbye"),
    ("find me someone else", "goodbye"),
    ("find me somone else", "goodbye"),
    ("fnd me someone else please", "goodbye"),
    ("find me some one else", "goodbye"),
    ("quiero otra compañera", "goodbye"),
    ("I may know this person", "goodbye"),
    ("i think i may know this person", "goodbye"),
    ("i may know this preson", "goodbye"),
    ("puede que conozca a esta persona", "goodbye"),
    ("delete everything", "forget"),
    ("DELETE EVERYTHING!!", "forget"),
    ("delte everyting", "forget"),
    ("delete every thing", "forget"),
    ("borra todo", "forget"),
    ("borrar todoo", "forget"),
    ("quiero borrar mi cuenta", "forget"),
    ("export my data", "export"),
    ("who can read this chat", "privacy"),
    ("stop", "help"),
    ("STOPPP", "help"),
    ("stpo", "help"),
    ("menu", "help"),
    ("ver el menú", "help"),
    ("how do i report this person", "report"),
    ("reprot", "report"),
    ("quiero bloquear a esta persona", "block"),
    ("how do i blok this person", "block"),
    ("change my quiet hours", "quiet"),
    ("unsend that", "unsend"),
)
DAYS = (
    ("pause 3 days", "3"),
    ("pause for three days", "3"),
    ("pasue for 10 days pls", "10"),
    ("pausa 3 días", "3"),
    ("una pausa de tres dias", "3"),
    ("pause for a week", "7"),
    ("pausa de una semana", "7"),
    ("pause 400 days", "400"),
)
TALK = (
    "i need less sleep",
    "i needed less",
    "more or less",
    "i paused 3 days ago",
    "paused",
    "the pause was 3 days",
    "my mom said delete everything",
    "i deleted everything",
    "deleting everything feels good",
    "delete everything he sent you and block his number",
    "dont delete everything",
    "dont stop",
    "stop it",
    "i cant stop",
    "he told me to stop",
    "stopped",
    "shop",
    "step",
    "menus",
    "black",
    "i was blocked",
    "how do i leave him",
    "how do i leave my husband",
    "how did you leave",
    "they found me someone else to see at the clinic",
    "i know this person at work who quit",
    "i may know this person you talk about from my group",
    "necesito menos azucar",
    "hice una pausa de tres dias en el trabajo",
    "mi mama dijo borra todo",
    "como me salgo de esta deuda",
    "para",
    "hola",
    "👍",
    "",
)
NEVER = (
    *("bye", "goodbye", "good night", "help", "help me", "talk", "now", "talk to me", "i need a break", "later"),
    *("i want out", "i want to leave", "end it", "i want to end it", "delete me", "forget me", "erase me", "let me go"),
    *("make it stop", "i need it to stop", "please make it stop", "i want it to stop", "i cant do this", "im done"),
    *("adios", "ayuda", "ayudame", "quiero irme", "quiero acabar", "borrame", "olvidame", "que pare", "no puedo mas"),
)
"""What a cry may sound like, and what people say all day: it is never to wait for an answer."""


@pytest.fixture(scope="module")
def content() -> Book:
    return practice_book()


def wish(content: Book, text: str, *, pair: bool = True) -> BotWish | None:
    return content.bot_words.wish(TypedText(text, content.replies), content.replies.polite, pair=pair)


@pytest.mark.parametrize(("text", "command"), WISHES)
def test_a_phrase_is_known_as_it_stands_and_with_a_slip(content: Book, text: str, command: str) -> None:
    found = wish(content, text)
    assert found is not None
    assert found.command == command


@pytest.mark.parametrize(("text", "days"), DAYS)
def test_a_number_in_it_is_what_the_command_is_given(content: Book, text: str, days: str) -> None:
    assert wish(content, text) == BotWish("pause", {"days": days})


@pytest.mark.parametrize("text", TALK)
def test_a_sentence_that_merely_holds_one_is_talk(content: Book, text: str) -> None:
    assert wish(content, text) is None


@pytest.mark.parametrize("text", NEVER)
def test_what_may_be_a_cry_or_is_said_all_day_is_in_no_list(content: Book, text: str) -> None:
    assert wish(content, text) is None


@pytest.mark.parametrize("text", ["i need less", "i may know this person", "our deal"])
def test_what_makes_sense_between_two_only_is_talk_in_a_circle(content: Book, text: str) -> None:
    assert wish(content, text) is not None
    assert wish(content, text, pair=False) is None


@given(st.sampled_from(WISHES), st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=9))
def test_words_of_ones_own_beside_a_phrase_make_it_talk(phrase: tuple[str, str], word: str) -> None:
    content = practice_book()
    around = f"{word} said {phrase[0]} to {word}"
    assert wish(content, around) is None


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ({"x": {"command": "fly", "en": ["up"]}}, "x.command"),
        ({"x": {"command": "mute", "en": ["mute him"]}}, "x.command"),
        ({"x": {"command": "pause", "en": ["pause {hours} hours"]}}, "x.en"),
        ({"x": {"command": "less", "given": {"days": "7"}, "en": ["less"]}}, "x.en"),
        ({"x": {"command": "less", "en": ["less"]}, "numbers": {"two": ["two"]}}, "numbers.two"),
    ],
)
def test_a_phrase_that_no_command_understands_is_refused(table: dict[str, object], key: str) -> None:
    with pytest.raises(TableError) as caught:
        parse_bot_words(table)
    assert caught.value.key == key
