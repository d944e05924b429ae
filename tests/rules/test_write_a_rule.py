"""The worked example of docs/write-a-rule.md."""

import pytest

from buddybot.content.tables.rules import frames_of
from buddybot.domain.kernel.verdicts import Severity
from buddybot.rules.frames import Frames
from buddybot.rules.lexicon import Lexicon
from buddybot.rules.words import cut

TABLE = {"label": "exploit", "severity": "S3", "all": ["ride", "money|price", "you|self"], "none": ["past", "reported"]}
(RIDE,) = frames_of({"ride_for_money": TABLE})
WORDS = Lexicon(
    {
        "en": {
            "ride": frozenset({"ride", "lift", "drop you off"}),
            "money": frozenset({"cash"}),
            "you": frozenset({"you"}),
            "past": frozenset({"yesterday"}),
        }
    }
)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("i can drop you off for cash", True),
        ("i paid you cash for the ride yesterday", False),
        ("a ride home. cash for you", False),
    ],
)
def test_a_ride_for_money_is_seen_in_one_sentence_and_not_in_the_past(text: str, *, fits: bool) -> None:
    words = cut(text)
    found = Frames([RIDE]).fitting(WORDS.typed(words.joined), words)
    assert [frame.name for frame in found] == (["ride_for_money"] if fits else [])
    assert RIDE.severity is Severity.S3
