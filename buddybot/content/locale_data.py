"""Locale data (CLDR) cut down to what is said here: numbers, plurals, days and times of the languages that are shipped.

babel keeps for good what it loads: names of all units, currencies, countries and time zones, and tables of every
language on earth, in all twenty times what Fluent asks for.
"""

from collections.abc import Mapping

from babel import core, localedata

_SAID = frozenset(
    {
        "locale_id",
        "plural_form",
        "ordinal_form",
        "number_symbols",
        "decimal_formats",
        "percent_formats",
        "currency_formats",
        "scientific_formats",
        "default_numbering_system",
        "numbering_systems",
        "minimum_grouping_digits",
        "date_formats",
        "time_formats",
        "datetime_formats",
        "days",
        "months",
        "quarters",
        "day_periods",
        "day_period_rules",
        "eras",
    }
)


def forget_unsaid(language: str) -> None:
    """Let go of what babel loaded for this language and nobody here asks for."""
    for name in (language.replace("-", "_"), "root"):
        if localedata.exists(name):
            _keep(localedata.load(name), _SAID)
    everybodys: tuple[Mapping[str, object], ...] = (
        core.get_global("territory_languages"),
        core.get_global("territory_currencies"),
        core.get_global("territory_zones"),
        core.get_global("zone_territories"),
    )
    for table in everybodys:
        _keep(table, frozenset())
    _keep(core.get_global("likely_subtags"), frozenset(localedata.locale_identifiers()))


def _keep(table: Mapping[str, object], keys: frozenset[str]) -> None:
    """Empty a table of babel's own, which it hands out as it is, of all but these keys."""
    if isinstance(table, dict):
        for key in table.keys() - keys:
            del table[key]
