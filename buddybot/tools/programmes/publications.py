"""Publications of quarters: counted by a connection that only reads, published by the bot through its ledger."""

from collections.abc import Mapping

from buddybot.config import Settings
from buddybot.content.files import content_dir
from buddybot.content.library import load_book
from buddybot.domain.programmes.disclosure import Published
from buddybot.domain.programmes.quarters import Quarter
from buddybot.runtime.storage.reading import reading
from buddybot.runtime.world import system_world
from buddybot.service.kernel.book import Book
from buddybot.service.programmes.counting import counted_in, tables_of
from buddybot.service.programmes.publishing import handed_over, read_back, too_early
from buddybot.store.tx import Tx
from buddybot.tools.asking import ask_house, operator_key_given

TRIES = 3
"""Somebody may take back their yes between counting and publishing: then it is counted again."""


async def publication(settings: Settings, subject: str, quarter: Quarter) -> list[Published] | str:
    """Return what is published about a quarter, now or before, or why nothing can be."""
    now = system_world().now()
    if early := too_early(quarter, now):
        return early
    book = load_book(content_dir(), settings)
    for _ in range(TRIES):
        async with reading(settings.store, now, operator_key_given()) as store:
            found = await store.read(lambda tx: _found(tx, book, subject, quarter))
        told = await ask_house(settings, "publish", {"subject": subject, "quarter": str(quarter), **found})
        if "fault" in told:
            return str(told["fault"])
        if "tables" in told:
            return read_back(told["tables"])
    return f"{quarter}: who is counted changes just now; try again in a minute"


def _found(tx: Tx, book: Book, subject: str, quarter: Quarter) -> Mapping[str, object]:
    """Count a quarter, unless it was published before."""
    if tx.published.of(subject, quarter) is not None:
        return {}
    people = len(counted_in(tx, subject, quarter))
    return {"counted": people, "counts": handed_over(tables_of(tx, book, subject, quarter))}
