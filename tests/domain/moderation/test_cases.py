from buddybot.domain.kernel.ids import CaseId
from buddybot.domain.moderation.cases import URGENCY, Case, CasePriority, Concern
from buddybot.testing import MORNING


def test_every_concern_has_its_urgency_and_danger_comes_first() -> None:
    assert set(URGENCY) == set(Concern)
    assert [concern for concern, priority in URGENCY.items() if priority is CasePriority.P0] == [Concern.CRISIS]


def test_what_was_shared_is_in_no_repr() -> None:
    case = Case(CaseId("c"), Concern.MEAN, CasePriority.P3, None, None, None, MORNING, shared="canary words")
    assert "canary" not in repr(case)
