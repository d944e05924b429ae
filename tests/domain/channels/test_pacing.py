import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from buddybot.content import content_dir, read_toml
from buddybot.content.tables.channels import parse_calm
from buddybot.content.validation import TableError
from buddybot.domain.channels.pacing import PostFate, Ruling, channel_alias, crowd_full_at, is_raid, ruled, spared
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.kernel.verdicts import DELIVERED, Certainty, Contact, Label, Outcome, Screening, Verdict, unread

CALM = parse_calm(read_toml(content_dir() / "channels.toml"))
NOW = datetime(2026, 11, 26, tzinfo=UTC)
FINE = Screening(frozenset(), None, frozenset(), DELIVERED, (), (), None, "")
PHONE = Contact(8, 20, "phone", Certainty.VALIDATED)
ALL = Contact(0, 12, "phone", Certainty.VALIDATED)
PII = replace(FINE, verdict=Verdict(Outcome.NUDGE, "pii"), contacts=(PHONE,))
CRY = replace(FINE, labels=frozenset({Label.CRISIS}), level=Level.L3)
TEXT = "call me 212 555 0147 soon"


@pytest.mark.parametrize(
    ("read", "pace", "early", "expected"),
    [
        (FINE, DELIVERED, (), Ruling(PostFate.STAY, TEXT)),
        (PII, DELIVERED, (), Ruling(PostFate.REDACT, "call me […] soon", "pii")),
        (replace(PII, contacts=()), DELIVERED, (), Ruling(PostFate.TAKE, TEXT, "pii")),
        (
            FINE,
            Verdict(Outcome.NUDGE, "newcomer_link"),
            (PHONE,),
            Ruling(PostFate.REDACT, "call me […] soon", "newcomer_link"),
        ),
        (FINE, Verdict(Outcome.NUDGE, "copies"), (), Ruling(PostFate.TAKE, TEXT, "copies")),
        (FINE, Verdict(Outcome.HOLD, "flood"), (), Ruling(PostFate.TAKE, TEXT, "flood")),
        (
            replace(FINE, verdict=Verdict(Outcome.HOLD, "exploit")),
            DELIVERED,
            (),
            Ruling(PostFate.TAKE, TEXT, "exploit"),
        ),
        (replace(FINE, labels=frozenset({Label.GRAPHIC})), DELIVERED, (), Ruling(PostFate.HIDE, TEXT, "graphic")),
        (CRY, Verdict(Outcome.HOLD, "flood"), (PHONE,), Ruling(PostFate.STAY, TEXT)),
        (unread(""), DELIVERED, (), Ruling(PostFate.STAY, TEXT)),
    ],
)
def test_what_becomes_of_words(read: Screening, pace: Verdict, early: tuple[Contact, ...], expected: Ruling) -> None:
    assert ruled(TEXT, read, pace, early, CALM) == expected


def test_a_message_that_is_nothing_but_a_contact_is_not_posted_as_a_mark() -> None:
    assert ruled("212 555 0147", replace(PII, contacts=(ALL,)), DELIVERED, (), CALM).fate is PostFate.TAKE


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("i have a rope here", "i have a […] here"),
        ("I took 40  pills and 3.5 g", "I took […] and […]"),
        ("tengo una soga", "tengo una […]"),
        ("i feel hopeless, roped into this", "i feel hopeless, roped into this"),
        ("a train\ntracks thing: train\ntracks", "a […] thing: […]"),
    ],
)
def test_the_means_are_left_out_of_a_cry(text: str, shown: str) -> None:
    assert spared(text, CRY, CALM) == shown
    assert ruled(text, CRY, DELIVERED, (), CALM).fate is (PostFate.STAY if shown == text else PostFate.REDACT)


def test_the_means_stay_where_somebody_helps_another_or_only_feels_low() -> None:
    other = replace(CRY, lanes=frozenset({next(iter(SideLane))}))
    low = replace(CRY, level=Level.L0)
    text = "he took 40 pills"
    assert spared(text, other, CALM) == spared(text, low, CALM) == spared(text, FINE, CALM) == text


def test_more_than_a_place_takes_at_once_is_a_raid_that_passes() -> None:
    full_at = NOW
    for _ in range(CALM.joins):
        full_at = crowd_full_at(full_at, NOW, CALM)
    assert not is_raid(full_at, NOW, CALM)
    assert is_raid(crowd_full_at(full_at, NOW, CALM), NOW, CALM)
    assert not is_raid(full_at, NOW + timedelta(hours=1), CALM)


def test_an_alias_is_new_to_its_owner_and_to_the_channel() -> None:
    chance, taken = random.Random(1), set[str]()
    for _ in range(60):
        alias = channel_alias(chance, ("Red", "Blue"), ("Fox", "Owl"), ("red fox",), lambda one: one not in taken)
        assert alias not in taken
        assert alias != "Red Fox"
        taken.add(alias)


def test_an_alias_is_found_even_when_nothing_seems_free() -> None:
    alias = channel_alias(random.Random(1), ("Red",), ("Fox",), (), lambda _: False)
    assert alias.startswith("Red Fox ")


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"joins": 0}, "joins"),
        ({"joins": "many"}, "joins"),
        ({"colour": 1}, "colour"),
        ({"methods": {}}, "methods"),
        ({"units": {}}, "units"),
        ({"methods": {"en": [""]}}, "methods.en"),
    ],
)
def test_a_table_that_can_not_be_used_names_its_key(change: Mapping[str, object], key: str) -> None:
    table = {**read_toml(content_dir() / "channels.toml"), **change}
    with pytest.raises(TableError) as fault:
        parse_calm(table)
    assert fault.value.key == key
