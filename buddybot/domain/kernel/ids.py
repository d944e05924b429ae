"""Our own ids: random, never a platform's, and never shown to anyone."""

from typing import NewType

MemberId = NewType("MemberId", str)
RoomId = NewType("RoomId", str)
OfferId = NewType("OfferId", str)
CaseId = NewType("CaseId", str)
PendingId = NewType("PendingId", str)

CASE_NOTE = "case-"
"""What stands before the id of a case in the name of its thread."""
