"""What got through to somebody from their buddy, word for word."""

from buddybot.adapter import Voice
from buddybot.testing import Person


def heard(person: Person) -> list[str]:
    """Return the texts of a buddy, without the alias before them."""
    return [shown.content.text for shown in person.chat() if shown.content.voice is Voice.MEMBER]
