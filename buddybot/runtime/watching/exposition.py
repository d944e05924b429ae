"""Prometheus text exposition of vital signs. A label is a platform, a kind of round or a version: never a person."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from buddybot.domain.moderation.vitals import Backlog, ProcessVitals, StoredVitals, Vitals

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


def exposition(vitals: Vitals) -> str:
    """Return all metrics, each with its help and type."""
    parts = [*_stored(vitals.stored), *_kept(vitals)]
    if vitals.process is not None:
        parts += [*_process(vitals.process), *_platforms(vitals.process), *_rounds(vitals.process)]
        parts.append(_writes(vitals.process))
    return "".join(parts)


def _stored(stored: StoredVitals) -> Iterator[str]:
    at = stored.at
    yield _gauge("buddybot_outbox_rows", "Deliveries on their way", stored.outbox.count)
    yield _gauge("buddybot_outbox_overdue_seconds", "How long the oldest due delivery waits", _age(stored.outbox, at))
    yield _gauge("buddybot_parked_rows", "Deliveries given up in the last day", stored.parked)
    yield _gauge("buddybot_timers_overdue", "Timers that are due", stored.timers.count)
    yield _gauge("buddybot_timers_overdue_seconds", "How long the oldest due timer waits", _age(stored.timers, at))
    yield _gauge("buddybot_urgent_cases", "Open cases of P0 and P1", stored.urgent.count)
    yield _gauge("buddybot_urgent_case_seconds", "Age of the oldest open case of P0 or P1", _age(stored.urgent, at))
    yield _gauge("buddybot_round_late_seconds", "How long a round of matching is late", _late(stored.round_due, at))
    yield _gauge("buddybot_team_on_shift", "Moderators on shift", stored.on_shift)


def _kept(vitals: Vitals) -> Iterator[str]:
    kept = vitals.kept
    age = float("inf") if kept.backup is None else (vitals.stored.at - kept.backup).total_seconds()
    yield _gauge("buddybot_disk_free_bytes", "Room where the database lies", kept.free)
    yield _gauge("buddybot_database_bytes", "Size of the SQLite database", kept.database)
    yield _gauge("buddybot_write_ahead_log_bytes", "Size of its write-ahead log", kept.log)
    yield _gauge("buddybot_backup_age_seconds", "Age of the last proven backup; +Inf without one", age)


def _process(process: ProcessVitals) -> Iterator[str]:
    yield _metric("buddybot_build_info", "Version that runs", "gauge", [({"version": process.version}, 1)])
    yield _gauge("buddybot_uptime_seconds", "Seconds since the start", process.up)
    yield _counter("buddybot_messages_unread_total", "Messages that passed as the screener broke", process.unread)
    yield _counter("buddybot_second_opinions_missed_total", "Messages read without a second opinion", process.missed)
    yield _counter("buddybot_erased_keys_total", "Keys destroyed for good", process.erased)
    yield _counter("buddybot_store_transactions_total", "Transactions beside other processes", process.transactions)
    yield _counter("buddybot_store_retries_total", "Those that met another process's, tried again", process.retried)
    yield _gauge("buddybot_clock_doubted", "1 while the clock is in doubt", int(process.doubted is not None))
    yield _gauge("process_resident_memory_bytes", "Memory in use", process.memory)
    yield _gauge("process_open_fds", "Open files", process.files)
    yield _gauge("process_max_fds", "Limit of open files", process.files_limit)


def _platforms(process: ProcessVitals) -> Iterator[str]:
    names = [({"platform": one.name}, one) for one in process.platforms]
    up = [(label, int(not one.trouble)) for label, one in names]
    yield _metric("buddybot_platform_up", "0 while a platform rests", "gauge", up)
    took = [(label, one.seconds) for label, one in names]
    yield _metric("buddybot_delivery_seconds_total", "Time that deliveries took", "counter", took)
    done = [(label, one.delivered) for label, one in names]
    yield _metric("buddybot_deliveries_total", "Deliveries that arrived", "counter", done)
    odd = [(label, one.unparsed) for label, one in names]
    yield _metric("buddybot_platform_unparsed_total", "What came and could not be parsed", "counter", odd)


def _rounds(process: ProcessVitals) -> Iterator[str]:
    took = [({"kind": one.kind}, one.seconds) for one in process.rounds]
    yield _metric("buddybot_round_seconds", "How long the last round took", "gauge", took)
    ended = [({"kind": one.kind}, one.ended.timestamp()) for one in process.rounds]
    yield _metric("buddybot_round_ended_timestamp_seconds", "When the last round ended", "gauge", ended)


def _writes(process: ProcessVitals) -> str:
    name = "buddybot_store_write_seconds"
    lines = [f'{name}_bucket{{le="{bound:g}"}} {count}\n' for bound, count in process.writes]
    lines.append(f'{name}_bucket{{le="+Inf"}} {process.commits}\n')
    lines.append(f"{name}_sum {process.writes_seconds:g}\n{name}_count {process.commits}\n")
    return f"# HELP {name} How long commits took\n# TYPE {name} histogram\n{''.join(lines)}"


def _gauge(name: str, told: str, value: float) -> str:
    return _metric(name, told, "gauge", [({}, value)])


def _counter(name: str, told: str, value: float) -> str:
    return _metric(name, told, "counter", [({}, value)])


def _metric(name: str, told: str, kind: str, values: Iterable[tuple[Mapping[str, str], float]]) -> str:
    lines = "".join(f"{name}{_labels(labels)} {_number(value)}\n" for labels, value in values)
    return f"# HELP {name} {told}\n# TYPE {name} {kind}\n{lines}"


def _labels(labels: Mapping[str, str]) -> str:
    inside = ",".join(f'{name}="{value.translate(_ESCAPES)}"' for name, value in labels.items())
    return f"{{{inside}}}" if inside else ""


def _number(value: float) -> str:
    return "+Inf" if value == float("inf") else repr(value)


def _age(backlog: Backlog, at: datetime) -> float:
    return _late(backlog.oldest, at)


def _late(due: datetime | None, at: datetime) -> float:
    return 0.0 if due is None else max(at - due, timedelta()).total_seconds()
