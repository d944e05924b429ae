"""The pages of the desk: templates, and the words they are filled with."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from aiohttp import web
from buddybot_http.language import locale_of
from buddybot_http.templates import templates

from buddybot.adapter import Item, Me, Reads

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DeskWords:
    """The strings of one language; a word in %percent signs% is filled in, never parsed."""

    reads: Reads
    locale: str

    def __call__(self, key: str, **blanks: str | int) -> str:
        """Return a string of the desk."""
        return self.of(f"desk-{key}", **blanks)

    def of(self, key: str, **blanks: str | int) -> str:
        """Return any string of the interface."""
        text = self.reads.words(self.locale, key)
        for name, value in blanks.items():
            text = text.replace(f"%{name}%", str(value))
        return text

    def at(self, at: date) -> str:
        """Say a day, or a moment on the bot's clock; the page turns it into the reader's own time where it can."""
        return self.reads.moment(self.locale, at)

    def span(self, span: timedelta) -> str:
        """Say how long something is, in the largest unit that says enough."""
        if span < HOUR:
            return self("minutes", n=span // MINUTE)
        if span < DAY:
            return self("hours", n=span // HOUR)
        return self("days", n=span // DAY)

    def concern(self, item: Item) -> str:
        """Say what a case is about; of an appeal, against which step."""
        if item.against is not None:
            return self("appeal-against", step=self.of(f"step-{item.against}"))
        return self.of(f"concern-{item.concern}")

    def clock(self, item: Item, now: datetime) -> str:
        """Say how long is left, or by how much it is late."""
        return (
            self("late", time=self.span(now - item.due_at))
            if item.late
            else self("left", time=self.span(item.due_at - now))
        )


class DeskPages:
    """Renders."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._environment = templates(HERE / "templates")
        self._environment.filters.update(iso=_iso)

    def words(self, request: web.BaseRequest, me: Me | None = None) -> DeskWords:
        """Return the words in the moderator's language, or before that is known in the browser's."""
        return DeskWords(self._reads, me.locale if me is not None else locale_of(request, self._reads.locales()))

    def render(self, template: str, words: DeskWords, **values: object) -> str:
        """Fill in a template."""
        return self._environment.get_template(template).render(w=words, **values)


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
