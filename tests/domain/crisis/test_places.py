"""Where somebody says they are, as a country: said of themselves, now, and by a name that only one has."""

import pytest

from buddybot.domain.crisis.regions import told_country
from buddybot.service.kernel.book import Book


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("im in leeds", "GB"),
        ("hes not breathing were in Leeds", "GB"),
        ("my sister is blue and im somewhere near philly", "US"),
        ("i am in new south wales", "AU"),
        ("i live in new mexico", "US"),
        ("im in mexico", "MX"),
        ("estamos en tijuana", "MX"),
        ("toy en bilbao y no respira", "ES"),
        ("we are in the us", "US"),
        ("vivo en méxico", "MX"),
        ("hes in leeds", ""),
        ("my brother is in texas and i am scared", ""),
        ("i was in berlin last year", ""),
        ("im in trouble", ""),
        ("im in guadalajara", ""),
        ("im from leeds", ""),
        ("im in toronto near buffalo in ohio", ""),
        ("im not in texas", ""),
    ],
)
def test_a_place_tells_a_country_where_it_is_their_own_and_sure(book: Book, text: str, code: str) -> None:
    assert told_country(text, book.countries, book.whereabouts) == code


def test_no_place_stands_in_two_countries(book: Book) -> None:
    names = [name for country in book.countries.values() for name in country.places]
    assert len(names) == len(set(names)) > 200
