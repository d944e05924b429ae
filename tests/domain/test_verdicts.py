from buddybot.domain.verdicts import (
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
