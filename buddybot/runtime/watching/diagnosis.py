"""Rule-based diagnosis of vital signs: thresholds, and for each a sentence that names the trouble and the remedy."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from buddybot.domain.moderation.vitals import Backlog, Finding, Grade, ProcessVitals, StoredVitals, Vitals

MEGABYTE = 1024 * 1024
LITTLE_ROOM, HARDLY_ROOM = 1024 * MEGABYTE, 200 * MEGABYTE
LONG_LOG = 256 * MEGABYTE
STUCK = timedelta(minutes=5)
OVERDUE = timedelta(minutes=10)
FIRST_LOOK = timedelta(minutes=15)
BACKUP_HOLDS = timedelta(days=7)
MANY_PARKED, MANY_MISSED = 20, 100
FULL_OF_FILES = 0.8
FEW_FILES = 1024
_COUNTRY = re.compile(r"crisis lines of ([A-Z]{2}|[a-z]+):")


def diagnosed(vitals: Vitals, *, public: bool) -> list[Finding]:
    """Return what is wrong, the worst first; `public` says that people can come in from outside."""
    found = [
        *_room(vitals),
        *_queues(vitals.stored),
        *_team(vitals.stored, public=public),
        *_kept(vitals),
        *(_process(vitals.process) if vitals.process is not None else ()),
        *_warned(vitals.stored.lines),
    ]
    return sorted(found, key=lambda one: one.grade)


def _room(vitals: Vitals) -> Iterator[Finding]:
    free, log = vitals.kept.free, vitals.kept.log
    if vitals.kept.size and free < LITTLE_ROOM:
        grade = Grade.DANGER if free < HARDLY_ROOM else Grade.WRONG
        yield Finding(
            grade,
            "disk",
            f"only {free // MEGABYTE} MB are free where the database lies: make room; messages wait once it is full",
        )
    if log > LONG_LOG:
        yield Finding(
            Grade.WRONG,
            "write-ahead log",
            f"the database's -wal file has {log // MEGABYTE} MB: a program reads the database and does not stop; end "
            "it, or start the bot anew",
        )


def _queues(stored: StoredVitals) -> Iterator[Finding]:
    if late := _late(stored.outbox, stored.at, STUCK):
        yield Finding(
            Grade.DANGER,
            "outbox",
            f"what is due has not gone out for {late}, {stored.outbox.count} wait in all: see which platform rests and "
            "what the log says, then start the bot anew",
        )
    if late := _late(stored.urgent, stored.at, FIRST_LOOK):
        yield Finding(
            Grade.DANGER,
            "urgent cases",
            f"{stored.urgent.count} urgent cases are open, the oldest for {late}: call whoever is on call",
        )
    if stored.parked:
        yield Finding(
            Grade.WRONG if stored.parked >= MANY_PARKED else Grade.LOOK,
            "parked",
            f"{stored.parked} deliveries of the last day were given up after eight tries, their authors were told: "
            "look for `parked` in the log, which names the platform and why",
        )
    if late := _late(stored.timers, stored.at, OVERDUE):
        yield Finding(
            Grade.WRONG,
            "timers",
            f"{stored.timers.count} timers are due, the oldest for {late}: see whether the bot runs, and for lines "
            "with `timer` in its log; then start it anew",
        )
    patience = max(timedelta(minutes=2 * stored.round_minutes), OVERDUE)
    if stored.round_due is not None and stored.at - stored.round_due > patience:
        yield Finding(
            Grade.WRONG,
            "rounds",
            f"no round of matching was made for {span(stored.at - stored.round_due)} after it was due: look for lines "
            "with `round` in the log, then start the bot anew",
        )


def _team(stored: StoredVitals, *, public: bool) -> Iterator[Finding]:
    if not stored.team and public:
        yield Finding(
            Grade.WRONG, "team", "there is no moderator: run `buddybot staff add --role lead` and give away the word"
        )
    elif not stored.on_shift and stored.team:
        grade = Grade.DANGER if stored.urgent.count else Grade.LOOK
        yield Finding(grade, "shift", "nobody of the team is on shift: ask somebody to begin one, `/mod shift on`")
    if stored.strangers:
        yield Finding(
            Grade.WRONG,
            "staff",
            f"{stored.strangers} of the accounts under [[staff]] never wrote to the bot: see with `buddybot staff "
            "list` which, correct the account, or ask them to write once",
        )


def _kept(vitals: Vitals) -> Iterator[Finding]:
    at, made = vitals.stored.at, vitals.kept.backup
    if made is None:
        yield Finding(
            Grade.WRONG, "backup", "no backup was ever made: run `buddybot backup`, every day (docs/recover.md)"
        )
    elif at - made > BACKUP_HOLDS:
        yield Finding(
            Grade.WRONG,
            "backup",
            f"the last proven backup is {span(at - made)} old: run `buddybot backup`, and see why it stopped",
        )


def _process(process: ProcessVitals) -> Iterator[Finding]:
    for one in process.platforms:
        if one.trouble:
            yield Finding(
                Grade.DANGER,
                f"platform {one.name}",
                f"{one.trouble.splitlines()[0]}; it rests and is tried again, and what is to go there waits",
            )
        elif one.standby:
            yield Finding(
                Grade.LOOK,
                f"platform {one.name}",
                "another process serves this account, and this one stands by to take over: no harm if that is meant; if"
                " not, take the table out of this process's settings",
            )
        if one.unparsed:
            yield Finding(
                Grade.WRONG,
                f"platform {one.name}",
                f"{one.unparsed} things that came from it could not be parsed: their words were read by hand as far as"
                " they went, or their authors told; look for `can't be parsed` in the log, update, and report it",
            )
    if process.doubted is not None:
        yield Finding(
            Grade.WRONG,
            "clock",
            "the machine's clock jumped, or the time is not proven: nothing is erased for an hour; let a time server "
            "set it (`timedatectl set-ntp true`)",
        )
    if process.unread:
        yield Finding(
            Grade.DANGER,
            "screener",
            f"{process.unread} messages passed unread because the screener broke: look for `screener failed` in the "
            "log and report it",
        )
    if process.missed > MANY_MISSED:
        yield Finding(
            Grade.LOOK,
            "second opinion",
            f"{process.missed} messages went without a second opinion: give the machine more processor time, or raise "
            "screening.second_opinion_ms",
        )
    limit = process.files_limit
    if limit > 0 and (limit < FEW_FILES or process.files > FULL_OF_FILES * limit):
        yield Finding(
            Grade.WRONG,
            "open files",
            f"{process.files} of {limit} files are open: raise the limit (LimitNOFILE=65536 in the unit, or `ulimit "
            "-n 65536`) and start the bot anew",
        )


def _warned(lines: Iterable[str]) -> Iterator[Finding]:
    """Yield gaps of the crisis policy one by one, help lines in one sentence."""
    countries = Counter[str]()
    for line in lines:
        if (country := _COUNTRY.match(line)) is not None:
            countries[country[1]] += 1
        else:
            yield Finding(Grade.WRONG, "crisis policy", line)
    if countries:
        yield Finding(
            Grade.LOOK,
            "help lines",
            f"help lines of {', '.join(sorted(countries))} need a person's check: `buddybot check` names each, "
            "docs/crisis-content.md says how",
        )


def _late(backlog: Backlog, at: datetime, patience: timedelta) -> str:
    late = backlog.oldest is not None and at - backlog.oldest > patience
    return span(at - backlog.oldest) if late and backlog.oldest is not None else ""


def span(time: timedelta) -> str:
    """Return how long something is, in the largest unit that says enough."""
    for unit, name in ((timedelta(days=1), "days"), (timedelta(hours=1), "hours")):
        if time >= 2 * unit:
            return f"{time // unit} {name}"
    return f"{time // timedelta(minutes=1)} minutes"
