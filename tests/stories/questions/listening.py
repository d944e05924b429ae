"""What got through to somebody from their buddy, word for word."""

from buddybot.adapter import Voice
from buddybot.testing import Person


def heard(person: Person) -> list[str]:
    """Return the texts of a buddy, without the alias before them."""
    return [shown.content.text for shown in person.chat() if shown.content.voice is Voice.MEMBER]


UNFIT = ("qwrt zzkp", "brmpf vvq")


async def _answer_to(person: Person, text: str) -> str:
    """Return all that the bot itself answers, without the words that a card keeps."""
    before = len(person.platform.deliveries)
    await person.says(text)
    mine = (one for one in person.platform.deliveries[before:] if one.address == person.address)
    contents = (content for one in mine if (content := getattr(one.effect, "content", None)) is not None)
    return "\n".join(content.text for content in contents if content.voice is not Voice.MEMBER)


async def never_twice(person: Person) -> None:
    first, second, third = [await _answer_to(person, text) for text in (*UNFIT, UNFIT[0])]
    assert not first or first != second
    assert not second or second != third
