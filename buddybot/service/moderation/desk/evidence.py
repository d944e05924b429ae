"""Evidence of a case: what was shared, behind a spoiler; the bytes of a photo are given, and noted, when opened."""

from buddybot.domain.kernel.messages import Content, Span, Style
from buddybot.domain.moderation import file_evidence
from buddybot.domain.moderation.cases import Case
from buddybot.domain.moderation.desk import Evidence
from buddybot.domain.people.members import Member
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import conflicts
from buddybot.service.moderation.desk import appeal_views


def evidence_of(turn: Turn, case: Case) -> tuple[Evidence, ...]:
    """Return what was shared, in its order."""
    texts = [_shown(one.text, verified=one.verified) for one in turn.tx.records.reports(case.id) if one.text]
    if case.shared and not texts:
        texts = [Evidence(case.shared, case.verified)]
    return tuple(texts)


def _shown(text: str, *, verified: bool) -> Evidence:
    data = file_evidence.in_text(text)
    return Evidence("", verified, file_evidence.type_of(data)) if data else Evidence(text, verified)


def open_file(turn: Turn, member: Member, code: str, number: int) -> tuple[str, bytes] | None:
    """Return the file at this place of a case's evidence, with its type; who opened it stands in the audit log."""
    case = turn.tx.cases.named(code.strip().lower())
    if case is None or conflicts.refusal_for(turn, member, case) is not None:
        return None
    origin = appeal_views.origin(turn, case)
    shared = [one.text for one in turn.tx.records.reports((origin or case).id) if one.text]
    data = file_evidence.in_text(shared[number]) if number < len(shared) else b""
    if not data:
        return None
    turn.tx.audit.add(turn.now, member.id, "open-file", case.id, str(number))
    return file_evidence.type_of(data), data


def blurred(turn: Turn, member: Member, evidence: Evidence) -> Content:
    """Return evidence behind a spoiler, and whether franking proved that it was said here."""
    key = "mod-verified" if evidence.verified else "mod-not-verified"
    if evidence.media:
        return Content((Span(turn.words(member, key) + "\n"), Span(turn.words(member, "mod-file-at-desk"))))
    return Content((Span(turn.words(member, key) + "\n"), Span(evidence.text, Style.HIDDEN)))
