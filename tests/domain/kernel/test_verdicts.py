import pytest

from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.kernel.verdicts import (
    DELIVERED,
    Certainty,
    Contact,
    Label,
    Outcome,
    Screening,
    Severity,
    Verdict,
    harshest,
    unread,
    without,
)

HELD = Verdict(Outcome.HOLD, "harassment", Severity.S2)


def test_the_harshest_verdict_wins_and_the_first_of_equals_stands() -> None:
    nudged = Verdict(Outcome.NUDGE, "pii", Severity.S1)
    graver = Verdict(Outcome.HOLD, "exploit", Severity.S3)
    assert harshest([nudged, HELD]) == HELD
    assert harshest([HELD, graver, nudged]) == graver
    assert harshest([HELD, Verdict(Outcome.HOLD, "other", Severity.S2)]) == HELD
    assert harshest([]) == DELIVERED


def test_a_message_the_screener_could_not_read_is_delivered() -> None:
    reading = unread("broken")
    assert reading.verdict.outcome is Outcome.DELIVER
    assert not reading.is_crisis


def test_a_crisis_reading_says_so() -> None:
    crisis = Screening(frozenset({Label.CRISIS}), None, frozenset(), DELIVERED, (), (), None, "")
    assert crisis.is_crisis


def test_taking_contacts_out_keeps_the_rest_of_the_message() -> None:
    contacts = [Contact(8, 12, "phone", Certainty.VALIDATED), Contact(0, 4, "link", Certainty.DOUBTFUL)]
    overlapping = Contact(2, 4, "handle", Certainty.DOUBTFUL)
    assert without("abcd or 5550 ok", [*contacts, overlapping], "[-]") == "[-] or [-] ok"


@pytest.mark.parametrize(
    ("labels", "level", "lanes", "urgent", "dangerous"),
    [
        ({Label.CRISIS}, None, set(), True, True),
        (set(), None, {SideLane.ALONE}, True, True),
        (set(), Level.L1, set(), True, True),
        (set(), Level.L0, set(), False, True),
        ({Label.PII}, None, set(), False, False),
    ],
)
def test_urgent_words_pass_breaks_and_danger_is_never_counted(
    labels: set[Label], level: Level | None, lanes: set[SideLane], *, urgent: bool, dangerous: bool
) -> None:
    reading = Screening(frozenset(labels), level, frozenset(lanes), DELIVERED, (), (), None, "")
    assert (reading.is_urgent, reading.shows_danger) == (urgent, dangerous)


def test_what_could_not_be_read_may_be_danger() -> None:
    assert unread("broken").shows_danger
