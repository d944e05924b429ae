"""Status board of the house: vital signs as named lines, the same for the terminal and for the operator's page."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from buddybot.domain.moderation.vitals import Backlog, Board, BoardLine, ProcessVitals, Vitals
from buddybot.runtime.watching.diagnosis import MEGABYTE, diagnosed, span


def board(vitals: Vitals, *, public: bool) -> Board:
    """Return the lines, and what is wrong with its remedy."""
    found = diagnosed(vitals, public=public)
    lines = (*_process(vitals.process), *_stored(vitals), *_kept(vitals))
    return Board(lines, tuple(f"{one.about}: {one.sentence}" for one in found))


def _process(process: ProcessVitals | None) -> Iterator[BoardLine]:
    if process is None:
        yield BoardLine("bot", "does not run")
        return
    yield BoardLine("bot", f"version {process.version}, up for {span(timedelta(seconds=process.up))}")
    for one in process.platforms:
        well = f"well, {one.delivered} delivered since the start"
        standby = "stands by: another process serves this account"
        yield BoardLine(f"platform {one.name}", one.trouble or (standby if one.standby else well))
    for each in process.rounds:
        yield BoardLine(f"last {each.kind}", f"{each.ended:%Y-%m-%d %H:%M} UTC, took {each.seconds:.1f} s")
    yield BoardLine("memory", f"{process.memory // MEGABYTE} MB, {process.files} of {process.files_limit} files open")
    yield BoardLine("clock", "trusted" if process.doubted is None else "in doubt: nothing is erased")


def _stored(vitals: Vitals) -> Iterator[BoardLine]:
    stored = vitals.stored
    yield BoardLine("outbox", _waits(stored.outbox, stored.at))
    yield BoardLine("given up", f"{stored.parked} in the last day")
    yield BoardLine("timers", _waits(stored.timers, stored.at))
    yield BoardLine("urgent cases", _waits(stored.urgent, stored.at))
    yield BoardLine("team", f"{stored.team}, {stored.on_shift} on shift")
    yield BoardLine("to check", f"{len(stored.lines)} warnings: help lines and crisis policy")


def _kept(vitals: Vitals) -> Iterator[BoardLine]:
    kept = vitals.kept
    yield BoardLine("disk", f"{kept.free // MEGABYTE} of {kept.size // MEGABYTE} MB free")
    yield BoardLine("database", f"{kept.database // MEGABYTE} MB, write-ahead log {kept.log // MEGABYTE} MB")
    ago = "never" if kept.backup is None else f"{span(vitals.stored.at - kept.backup)} ago"
    yield BoardLine("last backup", ago)


def _waits(backlog: Backlog, at: datetime) -> str:
    since = "" if backlog.oldest is None else f", the oldest due for {span(max(at - backlog.oldest, timedelta()))}"
    return f"{backlog.count}{since}"
