"""Emergency numbers while the country is not known: of each part of the world, the likeliest first."""

from datetime import date

import pytest

from buddybot.domain.crisis.regions import region_of, regional_numbers
from tests.domain.crisis.crisis_room import COUNTRIES

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("region", "numbers"),
    [
        ("", ["911", "999", "112"]),
        ("US", ["911", "999", "112"]),
        ("CA", ["911", "999", "112"]),
        ("MX", ["911", "999", "112"]),
        ("GB", ["999", "911", "112"]),
        ("IE", ["112", "911", "999"]),
        ("DE", ["112", "911", "999"]),
        ("ES", ["112", "911", "999"]),
        ("FR", ["112", "911", "999"]),
        ("IN", ["112", "911", "999"]),
        ("AU", ["000", "911", "999", "112"]),
        ("NZ", ["111", "911", "999", "112"]),
        ("SE", ["911", "999", "112"]),
        ("XX", ["911", "999", "112"]),
    ],
)
def test_the_number_of_the_likeliest_region_comes_first(region: str, numbers: list[str]) -> None:
    assert [one.number for one in regional_numbers(COUNTRIES, region, TODAY)] == numbers


@pytest.mark.parametrize("region", sorted(set(COUNTRIES) - {"international"}))
def test_the_first_number_is_one_of_that_country(region: str) -> None:
    first = regional_numbers(COUNTRIES, region, TODAY)[0].number
    assert first in [line.phone for line in COUNTRIES[region].entries if line.kind.value == "emergency"]


@pytest.mark.parametrize(
    ("tag", "region"),
    [("en-US", "US"), ("en_GB", "GB"), ("pt-br", "BR"), ("en", ""), ("es-419", ""), ("zh-Hans-CN", "CN"), ("", "")],
)
def test_the_region_of_a_language_tag(tag: str, region: str) -> None:
    assert region_of(tag) == region
