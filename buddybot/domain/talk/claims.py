"""What is known about common medical claims, to be shown beside a note that states one: never an amount of anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from buddybot.domain.kernel.faults import Fault, Table, table_in, text_in


@dataclass(frozen=True, slots=True)
class Known:
    """One family of claims: what is known, who says so, and the day somebody checked it."""

    known: str
    source: str
    checked: date


def parse_known(table: Table) -> Mapping[str, Known]:
    """Return the cards of data/claims.toml by family, or raise a `Fault`."""
    return {name: _known(name, table_in(table, name)) for name in table}


def _known(name: str, table: Table) -> Known:
    for key in ("known", "source"):
        if not text_in(table, key, f"{name}.").strip():
            raise Fault(f"{name}.{key}", "", "write a sentence here")
    checked = table.get("checked")
    if type(checked) is not date:
        raise Fault(f"{name}.checked", checked, "write the day somebody checked it, such as 2026-11-23")
    return Known(text_in(table, "known"), text_in(table, "source"), checked)
