"""What each screen shows: the core's values, put in the order and the groups of the page."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from buddybot.adapter import CasePage, Concern, Count, Desk, Item, Me, Workload
from buddybot_desk import charts
from buddybot_desk.pages import MINUTE, DeskWords

SHOWN = 60
DAYS = 28
RULES = tuple(range(1, 13))
HOURS = (1, 3, 6, 24)
PACES = (0, 10, 30, 60, 300, 900, 3600)
"""Seconds between two posts of one person, as the desk offers them."""
Found: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks, and in which words."""

    desk: Desk
    session: str
    me: Me
    words: DeskWords


def digest(items: Sequence[Item]) -> str:
    """Return a mark that changes when the list does."""
    told = "|".join(f"{one.case}{one.priority}{one.state}{one.mine}{one.late}{one.decides}" for one in items)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def listed(items: Sequence[Item], words: DeskWords, me: Me) -> Found:
    """Return the queue in two parts: one's own, and what waits."""
    return {
        "mine": [one for one in items if one.mine],
        "waiting": [one for one in items if not one.mine],
        "late": sum(one.late for one in items),
        "most": len(items) >= SHOWN,
        "known": digest(items),
        "clocks": {one.case: words.clock(one, me.now) for one in items},
    }


async def queue(looking: Looking) -> Found:
    """Return what waits."""
    items = await looking.desk.queue(looking.session, SHOWN)
    return {"live": False, "beside": "", **listed(items, looking.words, looking.me)}


async def case(looking: Looking, code: str) -> Found | None:
    """Return one case."""
    page = await looking.desk.case(looking.session, code)
    if page is None:
        return None
    items = await looking.desk.queue(looking.session, SHOWN)
    return {
        "live": False,
        "beside": page.item.case,
        **listed(items, looking.words, looking.me),
        "page": page,
        "clock_words": looking.words.clock(page.item, looking.me.now),
        "rules": RULES,
        "watch_hours": HOURS,
        "open": page.item.state != "closed",
        "free": page.item.mine or not page.item.claimed,
        "suggested": _suggested(page),
        "their_words": [one.text for one in page.lines if one.kind.value == "appeal" and one.text],
        "urgent": not page.suggested or bool(page.talk) or (page.person is not None and page.person.second),
        "asks": page.item.concern is Concern.APPEAL,
        "offers": page.item.concern is Concern.MENTOR,
    }


def _suggested(page: CasePage) -> list[tuple[str, str, dict[str, str]]]:
    return [(one.step.value, one.command, dict(one.arguments)) for one in page.suggested]


async def handover(looking: Looking) -> Found:
    """Return what the next shift must know."""
    found = await looking.desk.handover(looking.session)
    clocks = {one.case: looking.words.clock(one, looking.me.now) for one in found.urgent}
    soon = (("watches", found.watches), ("lifting", found.lifting), ("appeals", found.appeals))
    return {"urgent": found.urgent, "soon": soon, "clocks": clocks}


async def me(looking: Looking) -> Found:
    """Return what there is to know of one's own shift."""
    return {"concerns": list(Concern), "passkeys": await looking.desk.passkeys(looking.session)}


async def numbers(looking: Looking) -> Found:
    """Return the charts."""
    found = await looking.desk.workload(looking.session)
    words = looking.words
    return {
        "waiting": charts.bars([(one.name, one.count, None) for one in found.open_now]),
        "steps": charts.bars([(words.of(f"step-{one.name}"), one.count, None) for one in found.actions]),
        "rules": charts.bars(_by_rule(found, words)),
        "detectors": [one for one in found.overturned if not one.name.isdigit()],
        "columns": charts.hours(found.coverage, DAYS),
        "gaps": charts.gaps(found.coverage),
        "paces": found.paces,
        "whole": found.few == 1,
        "minute": MINUTE,
        "shares": charts.bars([(words("someone", n=n), count, None) for n, count in enumerate(found.shares, 1)]),
        "spans": {one.priority: words.span(looking.me.now - one.oldest) for one in found.paces if one.oldest},
    }


def _by_rule(found: Workload, words: DeskWords) -> list[tuple[str, int | None, int | None]]:
    lost = {one.name: one for one in found.overturned}
    none = 0 if found.few == 1 else None
    return [(words("rule", n=one.name), one.count, _count(lost.get(one.name), none)) for one in found.rules]


def _count(found: Count | None, none: int | None) -> int | None:
    return none if found is None else found.count


async def house(looking: Looking) -> Found:
    """Return how rules, help lines and channels stand."""
    standing, channels = await looking.desk.standing(looking.session), await looking.desk.channels(looking.session)
    return {"standing": standing, "rules": RULES, "channels": channels, "paces": PACES}


SCREENS: Mapping[str, Callable[[Looking], Awaitable[Found]]] = {
    "queue": queue,
    "handover": handover,
    "me": me,
    "numbers": numbers,
    "house": house,
}
