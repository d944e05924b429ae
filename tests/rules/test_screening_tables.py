"""What must fire, what must stay quiet, and what is never punished."""

from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buddybot.content import content_dir
from buddybot.content.screening import load_screener
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.kernel.verdicts import Certainty, Outcome
from buddybot.rules.contact import contacts_in, phone_certainty
from buddybot.rules.decide import Screener

QUIET = """this game is killing me
dead tired
I'd die for a pizza
I used to want to die
I OD'd last year
narcan'd him yesterday, he's ok
I bought some yesterday
my plug died
I deleted my dealer
where can I get naloxone
where do I find a needle exchange
I was prescribed 8 mg
I tapered in 6 months with my doctor
ask your doctor
call an ambulance and stay with him
when I was 15 I ran away
my son is 16
I'm broke
call 988 if it gets bad
text HOME to 741741
my sub was great today
we fell out over money years ago and never made up
this shift is killing me
I want to use so bad
I slipped last night, I'm with my sister""".splitlines()

CRIES = {
    "I want to die": Level.L2,
    "I want to kill myself": Level.L2,
    "kms tonight i mean it": Level.L2,
    "me quiero morir": Level.L2,
    "thinking about killing myself": Level.L2,
    "I bought enough to not wake up": Level.L3,
    "this is my last message, goodbye forever, I can't go on": Level.L3,
    "I took all of it, the whole bottle": Level.L4,
    "he's blue and he's not breathing": Level.L4,
    "my boyfriend won't wake up": Level.L4,
    "mi hermano no respira, está azul": Level.L4,
}

HARD_TO_READ: dict[str, Callable[[str], str]] = {
    "fullwidth": lambda text: "".join(chr(ord(s) + 0xFEE0) if "!" <= s <= "~" else s for s in text),
    "zero width": "\u200b".join,
    "soft hyphen": "\u00ad".join,
    "combining": lambda text: "".join(s + "\u0336" if s.isalpha() else s for s in text),
    "cyrillic": lambda text: text.translate(str.maketrans("aeopcx", "\u0430\u0435\u043e\u0440\u0441\u0445")),
    "leet": lambda text: text.translate(str.maketrans("aeo", "430")),
    "capitals": str.upper,
    "repeats": lambda text: text.replace("i", "iiii"),
    "stars": lambda text: text.replace("ill", "i*ll"),
    "spaced": lambda text: "  ".join(" ".join(word) for word in text.split()),
    "dotted": lambda text: " ".join(".".join(word) for word in text.split()),
    "bidi": lambda text: f"\u202d{text}\u202c",
}


@cache
def screener() -> Screener:
    return load_screener(content_dir())


@pytest.mark.parametrize("text", QUIET)
def test_harmless_talk_and_honesty_cost_nothing(text: str) -> None:
    reading = screener().screen(text)
    assert reading.verdict.outcome <= Outcome.NOTE


@pytest.mark.parametrize(("text", "least"), CRIES.items())
def test_a_cry_for_help_is_heard_and_delivered(text: str, least: Level) -> None:
    reading = screener().screen(text)
    assert reading.is_crisis
    assert reading.level is not None
    assert reading.level >= least
    assert reading.verdict.outcome is Outcome.DELIVER


def test_an_overdose_of_another_has_its_lane() -> None:
    assert SideLane.OVERDOSE in screener().screen("my bf is blue he wont wake up").lanes


def test_a_message_that_breaks_a_rule_and_cries_for_help_is_delivered() -> None:
    reading = screener().screen("I want to kill myself. call me on 212-456-7890")
    assert reading.is_crisis
    assert reading.verdict.outcome is Outcome.DELIVER


@pytest.mark.parametrize("name", HARD_TO_READ)
def test_tricks_do_not_hide_a_cry_for_help(name: str) -> None:
    assert screener().screen(HARD_TO_READ[name]("i want to kill myself")).is_crisis


@pytest.mark.parametrize("name", HARD_TO_READ)
def test_tricks_hide_none_of_the_cries(name: str) -> None:
    assert [text for text in CRIES if not screener().screen(HARD_TO_READ[name](text)).is_crisis] == []


def test_an_offer_waits_and_a_number_is_nudged() -> None:
    assert screener().screen("got percs for sale, 30 each, hmu").verdict.outcome >= Outcome.HOLD
    number = screener().screen("call me on 212-456-7890")
    assert number.verdict.outcome is Outcome.NUDGE
    assert [contact.certainty for contact in number.contacts] == [Certainty.VALIDATED]


@pytest.mark.parametrize(
    "text",
    [
        "a.b@mail.example",
        "look at https://me.example/page",
        "five five five oh one two three four",
        "add @slow_river_9",
        "my name is Jane Doering",
    ],
)
def test_contacts_are_found_where_they_stand(text: str) -> None:
    (found,) = contacts_in(screener().sight.folding.plain(text), screener().policy.contacts)
    assert text[found.start : found.end].strip() in text
    assert found.end > found.start


@pytest.mark.parametrize(
    "text", ["call 988", "1-800-662-4357", "112", "on 2024-01-02", "116 123", "https://findahelpline.com"]
)
def test_help_lines_and_dates_are_never_contacts(text: str) -> None:
    assert contacts_in(screener().sight.folding.plain(text), screener().policy.contacts) == ()


def test_a_number_no_plan_knows_is_doubtful() -> None:
    assert phone_certainty("0000000") is Certainty.DOUBTFUL


@given(st.text(st.characters(), max_size=300))
@settings(max_examples=200)
def test_any_text_is_read_and_evidence_points_into_it(text: str) -> None:
    reading = screener().screen(text)
    assert all(0 <= span.start <= span.end <= len(text) for span in reading.evidence)
    assert all(0 <= found.start <= found.end <= len(text) for found in reading.contacts)


@given(st.text("a\u04351@.- \u200b👏ⓐk", max_size=60))
@settings(max_examples=200)
def test_the_way_back_never_leaves_the_original(text: str) -> None:
    folded = screener().sight.folding.fold(text)
    for start in range(len(folded.text)):
        first, last = folded.origin(start, start + 1)
        assert 0 <= first <= last <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x" * 65536,
        "e\u0301" * 30000,
        "5 " * 32000,
        "\ud800" * 1000,
        "🔫" * 5000,
        "new words " + " ".join(map(hex, range(3000))),
    ],
)
def test_long_and_odd_messages_are_read(text: str) -> None:
    assert screener().screen(text).explanation


@pytest.mark.parametrize(
    "text",
    [
        "dead tired",
        "I'd die for a pizza",
        "I used to want to die",
        "this game is killing me",
        "we will kill it at work tomorrow",
        "I OD'd last year",
        "narcan'd him yesterday, he's ok",
        "my friend said she wants to die, it's a song lyric",
        "we fell out over money",
        "💀💀 lol",
        "jim said 'i want to die' in that movie",
        "estoy muerto de cansancio",
        "antes quería morirme",
        "this goes to nobody at all",
    ],
)
def test_what_only_sounds_like_a_cry_stays_quiet(text: str) -> None:
    reading = screener().screen(text)
    assert (reading.is_crisis, reading.lanes) == (False, frozenset())
