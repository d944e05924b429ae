"""Schema of data/claims.toml: wordings of medical claims, and the card that answers each."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator

from buddybot.content.files import Table
from buddybot.content.validation import Day, Filled, TableModel, Texts, validated
from buddybot.domain.talk.claims import Known
from buddybot.rules.policy import Claim


def _in_english(known: dict[str, str]) -> dict[str, str]:
    if "en" not in known:
        raise ValueError("no English: write known.en beside the other languages")
    return known


class ClaimTable(TableModel):
    """One family of claims: how it is worded, what is known, who says so, and the day somebody checked it."""

    wording: tuple[Texts, ...]
    known: Annotated[dict[str, Filled], AfterValidator(_in_english)]
    source: Filled
    checked: Day


def parse_known(table: Table) -> Mapping[str, Known]:
    """Return the cards by family, or raise a `TableError`."""
    claims = validated(dict[str, ClaimTable], table)
    return {name: Known(claim.known, claim.source, claim.checked) for name, claim in claims.items()}


def parse_wordings(table: Table) -> tuple[Claim, ...]:
    """Return what the screener finds each family by, or raise a `TableError`."""
    claims = validated(dict[str, ClaimTable], table)
    return tuple(
        Claim(name, tuple(frozenset(f" {wording} " for wording in need) for need in claim.wording))
        for name, claim in claims.items()
    )
