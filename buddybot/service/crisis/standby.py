"""Help from memory: what is shown while nothing can be read or written. It needs no member, no store and no key."""

from dataclasses import replace
from datetime import datetime

from buddybot.domain.crisis.cards import OKAY, crisis_card
from buddybot.domain.crisis.conversation import Scene
from buddybot.domain.crisis.help_lines import country_of
from buddybot.domain.crisis.regions import region_of, regional_numbers
from buddybot.domain.kernel.messages import Content, Inbound, Invoked, Pressed, Said, Span, Voice
from buddybot.domain.kernel.verdicts import Screening
from buddybot.service.crisis import rendering
from buddybot.service.kernel.book import Book
from buddybot.service.kernel.turn import HELP


def asks_for_help(book: Book, event: Inbound, screening: Screening | None) -> bool:
    """Return whether somebody asks for help in so many words, their words show danger, or they are in a crisis talk."""
    match event:
        case Invoked(command=command):
            return command == "crisis"
        case Pressed(tokens=tokens):
            return any(one == str(HELP[1]) or (one.startswith("care.") and one != OKAY.token) for one in tokens)
        case Said(text=text):
            urgent = screening is not None and screening.read and screening.is_urgent
            return urgent or book.pace.called(text) or text.strip().casefold() == "/crisis"
    return False


def help_from_memory(book: Book, locale: str, now: datetime) -> Content:
    """Return the card of help lines for the region of somebody's app, and that nothing else works just now."""
    known = book.words.nearest(locale)
    card = rendering.say_in_words(book.words, known, crisis_card(_scene(book, locale, now)))
    away = Span("\n\n" + book.words.say(known, "help-from-memory"))
    return replace(card, spans=(*card.spans, away), choices=(), voice=Voice.CRISIS)


def words_wait(book: Book, locale: str, now: datetime) -> Content:
    """Return that what somebody sent is not lost, and whom to call: a platform may hold back what they send next."""
    known = book.words.nearest(locale)
    emergency = crisis_card(_scene(book, locale, now)).rows[0]
    number = book.words.say(known, emergency.key, **dict(emergency.args))
    lines = (book.words.say(known, "words-wait"), book.words.say(known, "words-wait-danger"), number)
    return Content((Span("\n".join(lines)),))


def _scene(book: Book, locale: str, now: datetime) -> Scene:
    region = region_of(locale)
    return Scene(
        now=now,
        country=country_of(book.countries, ""),
        regions=regional_numbers(book.countries, region, now.date()),
        guessed=region in book.countries,
        near=book.countries.get(region),
    )
