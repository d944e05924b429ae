"""What a platform's library could not read: its author is told, whom to call first."""

import pytest

from buddybot.adapter import UNPARSED, MessageId, Origin, Said
from buddybot.testing import Person, TestBot


def odd(person: Person, text: str = "") -> Said:
    number = person.platform.next_id()
    return Said(Origin(number, person.address, person.locale), text, MessageId(number), attachments=(UNPARSED,))


@pytest.mark.parametrize(("locale", "words"), [("en-US", "could not read"), ("es-US", "no pude leer")])
async def test_its_author_is_told_with_the_numbers_before_any_other_word(bot: TestBot, locale: str, words: str) -> None:
    ann = bot.person("ann", locale=locale)
    await ann.does(odd(ann))
    (told,) = [text for text in ann.sees() if words in text]
    assert told.index("988") < told.index("911") < told.index(words), told
    assert any(choice.token == "home.crisis" for choice in ann.last().content.choices)


async def test_what_came_together_is_answered_once_and_reaches_nobody(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    seen = len(ann.sees())
    for _ in range(3):
        await ann.does(odd(ann))
    assert len(ann.sees()) == seen + 1
    assert ben.hears() == []


async def test_words_that_could_be_read_go_their_way(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.does(odd(ann, "hard day"))
    assert "hard day" in ben.hears()[-1]
