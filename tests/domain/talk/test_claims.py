import re

import pytest

from buddybot.content import content_dir, read_toml
from buddybot.content.tables.claims import parse_known
from buddybot.content.validation import TableError

CARDS = parse_known(read_toml(content_dir() / "claims.toml"))
CARD = {
    "wording": [["water"]],
    "known": {"en": "Water is wet."},
    "source": "Everybody",
    "checked": next(iter(CARDS.values())).checked,
}


def test_every_family_says_what_is_known_who_says_so_and_when_it_was_checked() -> None:
    assert CARDS
    for card in CARDS.values():
        assert all(said.endswith(".") for said in card.known.values())
        assert card.told("es-MX") == card.known["es"] != card.told("en") == card.told("fr")
        assert card.source
        assert card.checked.year >= 2026


@pytest.mark.parametrize("name", CARDS)
def test_a_card_never_holds_an_amount(name: str) -> None:
    for said in CARDS[name].known.values():
        assert not re.search(r"\d|mil[ie]gram|\bmg\b|\bml\b|tablet|\bdose", said)


@pytest.mark.parametrize(
    ("card", "key"),
    [
        ("wet", "wet"),
        ({**CARD, "known": {"en": " "}}, "wet.known.en"),
        ({**CARD, "known": {"es": "El agua moja."}}, "wet.known"),
        ({**CARD, "known": 3}, "wet.known"),
        ({**CARD, "source": ""}, "wet.source"),
        ({**CARD, "checked": "yesterday"}, "wet.checked"),
        ({**CARD, "wording": "water"}, "wet.wording"),
        ({**CARD, "wording": [["water", ""]]}, "wet.wording"),
        ({**CARD, "sauce": "Everybody"}, "wet.sauce"),
    ],
)
def test_a_broken_card_names_its_key(card: object, key: str) -> None:
    with pytest.raises(TableError) as caught:
        parse_known({"wet": card})
    assert caught.value.key == key
