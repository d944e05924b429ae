"""Asynchronous screening with a second opinion: read, ask for advice within its time limit, decide, ask the rules."""

from collections.abc import Mapping
from pathlib import Path

from buddybot.domain.kernel.verdicts import Screening
from buddybot.rule import Judge
from buddybot.rules.decide import Screener
from buddybot.runtime.judges import joined
from buddybot.runtime.second.reader import Advice, second_reader
from buddybot.service.kernel.book import Book


class AdvisedScreener:
    """A screener that is asked outside the transaction; without advice in time the first opinion stands."""

    def __init__(self, screener: Screener, judges: Mapping[str, Judge], advice: Advice) -> None:
        self._screener, self._judges, self._advice = screener, judges, advice

    @property
    def missed(self) -> int:
        """How many messages were read without a second opinion in time."""
        return self._advice.missed.total()

    async def screen(self, text: str) -> Screening:
        """Read one message; what is heard plainly needs no advice to be a cry, but its level may rise by it."""
        read = self._screener.read(text)
        second = await self._advice.of(read.parts)
        return joined(lambda _: self._screener.decide(read, second), self._judges)(text)


def advised_screener(book: Book, judges: Mapping[str, Judge], content: Path, limit: float) -> AdvisedScreener | None:
    """Return a screener with a second opinion; None, said once in the log, where none can be had or none is wanted."""
    advice = second_reader(content, limit)
    return None if advice is None or book.screener is None else AdvisedScreener(book.screener, judges, advice)
