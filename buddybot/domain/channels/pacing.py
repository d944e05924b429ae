"""Disposition of posts in channels, and rate limits: what becomes of words written where many read.

Pure. A cry for help is never taken away; at most the details of a method are, and the cry stays.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from buddybot.domain.kernel.graphemes import boundary
from buddybot.domain.kernel.levels import Level
from buddybot.domain.kernel.verdicts import Contact, Label, Outcome, Screening, Verdict, without
from buddybot.domain.kernel.world import Chance

MARK = "[…]"
TRIES = 50
CLOSED, UNREADABLE, ANONYMOUS = "closed", "unreadable", "anonymous"
"""Rules of a channel itself: they may not post just now; the bot can't read it; nobody posts as themselves here."""


@dataclass(frozen=True, slots=True)
class Calm:
    """Rate limits and word lists of data/channels.toml.

    A place takes `joins` people at once, then one more each `join_refill`; more are a raid, which closes it for `raid`
    with `raid_slow` seconds between two messages afterwards. The bot itself says something in public once in
    `notice_every` for each place. Two people whose words were taken away within `heat` rest for `cool_off`. After
    `prompt_after` of silence comes one of `prompts` topics. The bot posts no more than `longest` letters at once, since
    a post in parts could not be taken away whole. It waits `patience` for words it asked for. `methods` are the words
    that a cry for help is shown without.
    """

    joins: int
    join_refill: timedelta
    raid: timedelta
    raid_slow: int
    notice_every: timedelta
    heat: timedelta
    cool_off: timedelta
    prompt_after: timedelta
    prompts: int
    longest: int
    patience: timedelta
    methods: re.Pattern[str] = field(repr=False)


class PostFate(StrEnum):
    """Disposition of a post."""

    STAY = "stay"
    HIDE = "hide"
    """Shown behind a tap."""
    REDACT = "redact"
    """Shown without a part of them."""
    TAKE = "take"
    """Not shown."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Disposition of a post, the rule behind it, and the text as it may be shown."""

    fate: PostFate
    text: str = field(repr=False)
    rule: str = ""


def ruled(text: str, screening: Screening, pace: Verdict, early: Collection[Contact], calm: Calm) -> Ruling:
    """Decide on a post; `pace` and the links that come too `early` count like the words themselves."""
    if screening.shows_danger:
        return _of_danger(text, screening, calm)
    verdict = max((screening.verdict, pace), key=lambda one: one.weight)
    if verdict.outcome >= Outcome.HOLD:
        return Ruling(PostFate.TAKE, text, verdict.rule)
    contacts = screening.contacts if screening.verdict.outcome is Outcome.NUDGE else early
    if verdict.outcome is Outcome.NUDGE:
        left = without(text, contacts, MARK)
        worth_it = bool(contacts) and any(char.isalpha() for char in left.replace(MARK, ""))
        return Ruling(PostFate.REDACT if worth_it else PostFate.TAKE, left, verdict.rule)
    return Ruling(PostFate.HIDE, text, "graphic") if Label.GRAPHIC in screening.labels else Ruling(PostFate.STAY, text)


def _of_danger(text: str, screening: Screening, calm: Calm) -> Ruling:
    shown = spared(text, screening, calm)
    return Ruling(PostFate.STAY, text) if shown == text else Ruling(PostFate.REDACT, shown, "method")


def spared(text: str, screening: Screening, calm: Calm) -> str:
    """Redact the means where somebody wants to die; who asks what to do for another needs them."""
    own = screening.level is not None and screening.level >= Level.L1 and not screening.lanes
    return calm.methods.sub(MARK, text) if own else text


def truncated(text: str, calm: Calm) -> str:
    """Truncate words to the length of a post."""
    return text if len(text) <= calm.longest else text[: boundary(text, calm.longest - 1)] + "…"


def crowd_full_at(full_at: datetime, now: datetime, calm: Calm) -> datetime:
    """Count a join against the raid limit (leaky bucket); return when the bucket is empty again.

    It is never further away than a raid lasts, whatever a wrong clock wrote.
    """
    most = now + max(calm.raid, calm.join_refill * calm.joins)
    return min(max(full_at, now), most) + calm.join_refill


def is_raid(full_at: datetime, now: datetime, calm: Calm) -> bool:
    """Return whether joins exceed the raid limit."""
    return full_at - now > calm.join_refill * calm.joins


def channel_alias(
    chance: Chance, firsts: Sequence[str], seconds: Sequence[str], used: Collection[str], free: Callable[[str], bool]
) -> str:
    """Draw an alias for one channel: none that this member goes by elsewhere, and none that somebody has there."""
    folded = {one.casefold() for one in used}
    alias = ""
    for number in range(TRIES):
        alias = f"{chance.choice(firsts)} {chance.choice(seconds)}"
        if number >= TRIES // 2:
            alias = f"{alias} {chance.randrange(2, 100)}"
        if alias.casefold() not in folded and free(alias):
            return alias
    return f"{alias} {chance.randrange(100, 10**6)}"
