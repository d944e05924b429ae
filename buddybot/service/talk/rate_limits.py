"""Rate limits of a live room: floods, copies to many, and links of newcomers. Danger is exempt."""

from collections.abc import Iterable

from buddybot.domain.kernel.verdicts import DELIVERED, Contact, Outcome, Screening, Verdict
from buddybot.domain.people.members import Member
from buddybot.domain.talk.rate_limits import SendRate, fingerprint, is_copy, is_new, remember, take
from buddybot.domain.talk.rooms import Room
from buddybot.service.kernel.turn import Turn

FLOOD = Verdict(Outcome.HOLD, "flood")
LINK = Verdict(Outcome.NUDGE, "newcomer_link")
COPY = Verdict(Outcome.NUDGE, "copies")


def judge(turn: Turn, author: Member, room: Room, text: str, screening: Screening) -> Verdict:
    """Count a note, and return the verdict on its rate, copies or links."""
    limits = turn.book.floods
    flow = take(turn.tx.flows.of(author.id, turn.now), turn.now, limits)
    if flow is None:
        return FLOOD
    bits = fingerprint(text, turn.tx.vault.lookup("prints", author.id), limits)
    copied = is_copy(flow, room.id, bits, turn.now, limits)
    verdict = LINK if early_links(turn, author, screening.contacts) else COPY if copied else DELIVERED
    _keep(turn, author, remember(flow, room.id, None if copied else bits, turn.now, limits))
    return verdict


def early_links(turn: Turn, author: Member, contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """Return the links in a note of a new account, which is not trusted yet."""
    if not is_new(author.consent_at or author.joined_at, turn.now, turn.book.floods):
        return ()
    return tuple(contact for contact in contacts if contact.kind == "link")


def _keep(turn: Turn, author: Member, flow: SendRate) -> None:
    turn.tx.flows.keep(author.id, flow, turn.now)
