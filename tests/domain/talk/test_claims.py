import re

import pytest

from buddybot.content import content_dir, read_toml
from buddybot.domain.kernel.faults import Fault
from buddybot.domain.talk.claims import parse_known

CARDS = parse_known(read_toml(content_dir() / "claims.toml"))
CARD = {"known": "Water is wet.", "source": "Everybody", "checked": next(iter(CARDS.values())).checked}


def test_every_family_says_what_is_known_who_says_so_and_when_it_was_checked() -> None:
    assert CARDS
    for card in CARDS.values():
        assert card.known.endswith(".")
        assert card.source
        assert card.checked.year >= 2026


@pytest.mark.parametrize("name", CARDS)
def test_a_card_never_holds_an_amount(name: str) -> None:
    assert not re.search(r"\d|milligram|\bmg\b|\bml\b|tablet|\bdose", CARDS[name].known)


@pytest.mark.parametrize(
    ("card", "key"),
    [
        ("wet", "wet"),
        ({**CARD, "known": " "}, "wet.known"),
        ({**CARD, "known": 3}, "wet.known"),
        ({**CARD, "source": ""}, "wet.source"),
        ({**CARD, "checked": "yesterday"}, "wet.checked"),
    ],
)
def test_a_broken_card_names_its_key(card: object, key: str) -> None:
    with pytest.raises(Fault) as caught:
        parse_known({"wet": card})
    assert caught.value.key == key
