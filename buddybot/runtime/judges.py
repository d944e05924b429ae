"""Rules in code, joined with the screener: they can ask for more, never for less, and never about words of danger."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.metadata import entry_points
from inspect import getdoc

from buddybot.content.files import ContentError
from buddybot.domain.kernel.verdicts import Screening, Verdict, harshest
from buddybot.rule import Judge

GROUP = "buddybot.rules"

log = logging.getLogger(__name__)


def load_judges() -> dict[str, Judge]:
    """Return each installed rule by name; one that can't be loaded names itself."""
    made: dict[str, Judge] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda found: found.name):
        try:
            made[point.name] = point.load()
        except (ImportError, AttributeError) as error:
            fix = "mend or uninstall the package that brings this rule"
            raise ContentError(f"entry point {GROUP}", point.name, type(error).__name__, fix) from error
        if not callable(made[point.name]):
            raise ContentError(f"entry point {GROUP}", point.name, point.value, "name a function there")
    return made


def joined(screen: Callable[[str], Screening], judges: Mapping[str, Judge]) -> Callable[[str], Screening]:
    """Return the screener with these rules beside it."""

    def read(text: str) -> Screening:
        screening = screen(text)
        if screening.shows_danger:
            return screening
        for name, judge in judges.items():
            verdict = _asked(name, judge, text, screening)
            if verdict is not None and harshest((screening.verdict, verdict)) is verdict:
                why = (getdoc(judge) or "").partition("\n")[0]
                screening = replace(screening, verdict=verdict, explanation=why)
        return screening

    return read if judges else screen


def _asked(name: str, judge: Judge, text: str, screening: Screening) -> Verdict | None:
    try:
        return _named(name, judge(text, screening))
    except Exception as error:  # noqa: BLE001 - the border "screener": a broken rule must not stop a message
        log.error("the rule %s failed: %s", name, type(error).__name__)
        return None


def _named(name: str, verdict: object) -> Verdict | None:
    """Return the verdict under the rule's installed name; what is no verdict is named in the log, and none."""
    if isinstance(verdict, Verdict):
        return replace(verdict, rule=name)
    if verdict is not None:
        log.error("the rule %s returned no verdict but a %s", name, type(verdict).__name__)
    return None
