"""Opens rows of the outbox: the effect unsealed, where it goes, and the messages there that it is about."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from buddybot.adapter import Adapter, Capabilities, Effect
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import (
    Address,
    Delivery,
    Edit,
    Mark,
    MessageId,
    React,
    Retract,
    Send,
    ThreadPost,
)
from buddybot.runtime.delivery.observer import Job
from buddybot.runtime.delivery.present import fit, present
from buddybot.store.kernel.errors import DamagedValueError
from buddybot.store.kernel.outbox import Parcel
from buddybot.store.tx import Tx

MessagePart = tuple[Effect, MessageId | None]
"""What is carried out at a platform at once, and the message there that it is about."""
DIGITS = 13
"""Of a key, for a number that a browser holds exactly: 52 bits."""


def open_row(tx: Tx, parcel: Parcel) -> Job | None:
    """Unseal a row and find out where it goes; None where there is nothing left to do."""
    return addressed(tx, parcel, tx.outbox.effect(parcel))


def addressed(tx: Tx, parcel: Parcel, effect: Effect | None) -> Job | None:
    """Find out where an effect goes; None where there is nothing left to do."""
    member = parcel.recipient
    about = effect.note if isinstance(effect, Edit | Retract | React | Mark | ThreadPost) else None
    shown = None if about is None else tx.receipts.shown(member, about)
    address = tx.members.address(member, "" if shown is None else shown[1])
    message = _at(address, shown)
    missing = about is not None and message is None and not isinstance(effect, ThreadPost)
    if effect is None or address is None or missing:
        return None
    answers = effect.content.reply_to if isinstance(effect, Send) else None
    reply_to = _at(address, tx.receipts.shown(member, answers) if answers else None)
    after = (tx.outbox.shown(parcel) or tx.receipts.newest(member, address)) if parcel.unknown else None
    earlier = _earlier(tx, member, address, effect) if isinstance(effect, Edit | Retract) else ()
    return Job(parcel, address, effect, message, reply_to, after, earlier=earlier)


def deliveries_of(tx: Tx, parcel: Parcel, adapters: Mapping[str, Adapter]) -> tuple[Delivery, ...]:
    """Return what a row that another process shows is made of here; nothing where it does not open."""
    try:
        job = open_row(tx, parcel)
    except (DamagedValueError, ValueError, LookupError):
        return ()
    adapter = None if job is None else adapters.get(job.address.platform)
    if job is None or adapter is None:
        return ()
    return tuple(part_of(job, part, at) for at, part in enumerate(parts_of(job, adapter.capabilities)))


def parts_of(job: Job, can: Capabilities) -> tuple[MessagePart, ...]:
    """Return what to carry out, in order, and at which message: a long note may stand in several.

    All of them go when it is taken back. New words take the place of old ones from the last message back, and what
    they need no more goes, so that nothing of the old words stays; where they need more, they are shown anew.
    """
    held = (*job.earlier, *(() if job.message is None else (job.message,)))
    match job.effect:
        case Retract():
            return tuple((one, message) for message in held for one in present(job.effect, can))
        case Edit(note, content) if job.earlier and can.edits and len(words := fit(content, can)) <= len(held):
            gone = [(one, message) for message in held[: -len(words)] for one in present(Retract(note), can)]
            kept = zip(words, held[-len(words) :], strict=True)
            return (*gone, *((replace(job.effect, content=words), message) for words, message in kept))
        case _:
            return tuple((one, job.message) for one in present(job.effect, can))


def part_of(
    job: Job,
    part: MessagePart,
    at: int,
    *,
    repeat: bool = False,
    after: MessageId | None = None,
    since: datetime | None = None,
) -> Delivery:
    """Return one part of a job as every process makes it: by its number a browser knows a repeat."""
    key = part_key(job.parcel.key, at)
    effect, message = part
    return Delivery(int(key[:DIGITS], 16), job.address, effect, message, job.reply_to, repeat, key, after, since)


def part_key(key: str, part: int) -> str:
    """Return what names one part of a row to a platform: 24 hex digits."""
    return hashlib.blake2s(f"{key}.{part}".encode(), digest_size=12).hexdigest()


def _earlier(tx: Tx, member: MemberId, address: Address, effect: Edit | Retract) -> tuple[MessageId, ...]:
    found = (_at(address, shown) for shown in tx.receipts.earlier(member, effect.note))
    return tuple(message for message in found if message is not None)


def _at(address: Address | None, shown: tuple[MessageId, str] | None) -> MessageId | None:
    """Return the platform's id of a note, if the member has it at this address and not on another platform."""
    if address is None or shown is None:
        return None
    message, route = shown
    return message if route in {"", f"{address.platform}/{address.identity}"} else None
