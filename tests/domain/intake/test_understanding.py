import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.domain.kernel.plaintext import LONGEST
from tests.domain.intake.sitting import FLOWS, VOCABULARY, reads

Fills = dict[str, tuple[str, ...]]


def fills(question: str, text: str) -> Fills:
    return {fill.question: fill.keys for fill in reads(question, text).fills}


def doubts(question: str, text: str) -> list[tuple[str, ...]]:
    return [doubt.meanings for doubt in reads(question, text).doubts]


# ── the acceptance table of the domain brief ────────────────────────────────────────────


@pytest.mark.parametrize(
    ("question", "text", "key"),
    [
        ("medicine", "saboxone", "buprenorphine"),
        ("medicine", "methodone", "methadone"),
        ("medicine", "vivatrol", "naltrexone"),
        ("medicine", "naltrexone", "naltrexone"),
        ("medicine", "sub oxone", "buprenorphine"),
        ("medicine", "Suboxone!!!", "buprenorphine"),
        ("medicine", "súboxóne", "buprenorphine"),
        ("substances", "fentynal", "fentanyl"),
        ("substances", "herion", "heroin"),
        ("substances", "fentttt", "fentanyl"),
        ("substances", "heroooin", "heroin"),
        ("substances", "M-30", "fentanyl"),
        ("substances", "perkies", "pain_pills"),
        ("substances", "hydro codone", "pain_pills"),
        ("substances", "7oh", "kratom"),
        ("substances", "neptune's fix", "tianeptine"),
        ("substances", "dihydrocodeine", "codeine"),
    ],
)
def test_a_typo_or_a_brand_leads_to_its_key(question: str, text: str, key: str) -> None:
    assert fills(question, text) == {question: (key,)}
    assert doubts(question, text) == []


@pytest.mark.parametrize(
    ("question", "text", "among"),
    [
        ("medicine", "subs", {"buprenorphine"}),
        ("substances", "blues", {"fentanyl", "feeling_low"}),
        ("medicine", "the shot", {"bup_injection", "naltrexone"}),
        ("now", "CT", {"now.just_stopped", "connecticut"}),
        ("medicine", "MAT", {"methadone", "buprenorphine", "bup_injection", "naltrexone", "medicine_yes"}),
        ("medicine", "on meds", {"methadone", "buprenorphine", "bup_injection", "naltrexone", "medicine_yes"}),
        ("substances", "china white", {"heroin", "fentanyl"}),
        ("substances", "gas station heroin", {"heroin", "seven_oh", "tianeptine"}),
        ("substances", "methadone", {"methadone", "substances.street_methadone_bup"}),
        ("lane", "my brother OD'd", {"lane.family", "lane.bereaved"}),
        ("lane", "me and my son", {"lane.self", "lane.family"}),
        ("country", "nigera", {"countries.NG", "countries.NE"}),
        ("country", "congo", {"countries.CG", "countries.CD"}),
        ("now", "clean", {"now.just_stopped", "now.steady_months", "now.steady_year"}),
        ("now", "relapsed", {"now.using", "now.just_stopped", "now.moving"}),
    ],
)
def test_a_word_with_several_meanings_is_asked_about(question: str, text: str, among: set[str]) -> None:
    (found,) = doubts(question, text)

    assert set(found) == among
    assert question not in fills(question, text)


@pytest.mark.parametrize("question", ["medicine", "substances", "now"])
@pytest.mark.parametrize(
    "text", ["meth", "naloxone", "narcan", "I'm done", "im done", "DOC", "opiod", "opoids", "xanax"]
)
def test_words_that_are_no_answer_fill_nothing(question: str, text: str) -> None:
    assert fills(question, text) == {}


def test_an_umbrella_word_is_known_and_is_no_drug() -> None:
    assert VOCABULARY.named("opiod") == {"opioids"}
    assert VOCABULARY.named("opoids") == {"opioids"}
    assert VOCABULARY.named("meth") == {"stimulants"}


@pytest.mark.parametrize("question", sorted(VOCABULARY.lexicons))
@pytest.mark.parametrize("text", ["I'm done", "im done", "done"])
def test_being_done_is_never_methadone(question: str, text: str) -> None:
    found = reads(question, text)

    assert "methadone" not in found.of("medicine")
    assert all("methadone" not in doubt.meanings for doubt in found.doubts)


def test_a_sandwich_is_asked_about_and_fills_nothing() -> None:
    assert fills("medicine", "my sub was great today") == {}
    assert fills("help_wanted", "my sub was great today") == {}


# ── time words, several at once, negation ───────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("8 months", "steady_months"),
        ("2 yrs", "steady_year"),
        ("day 3", "just_stopped"),
        ("18mo", "steady_year"),
        ("a year and 2 months", "steady_year"),
        ("12 months", "steady_year"),
        ("about 11 months now", "steady_months"),
        ("27 days", "just_stopped"),
        ("28 days", "steady_months"),
        ("a couple of weeks", "just_stopped"),
        ("clean 8 months", "steady_months"),
        ("sober 2.5 years", "steady_year"),
        ("detox, day 3", "just_stopped"),
        ("off it for 6 weeks", "steady_months"),
        ("wanna quit", "thinking"),
        ("on and off", "moving"),
        ("tapering", "cutting"),
        ("i want to stop", "thinking"),
        ("4", "just_stopped"),
    ],
)
def test_where_someone_is_now(text: str, key: str) -> None:
    assert fills("now", text) == {"now": (key,)}


@pytest.mark.parametrize(
    "text", ["using for 10 years", "on fent 3 years", "8 months, then 2 years", "heroin since 5 years"]
)
def test_a_stretch_of_use_is_never_taken_for_a_steady_one(text: str) -> None:
    assert "now" not in fills("now", text)


def test_several_answers_come_at_once() -> None:
    assert fills("now", "been on saboxone like 8 months, off fetty. mostly up late") == {
        "now": ("steady_months",),
        "medicine": ("buprenorphine",),
        "substances": ("past:fentanyl",),
        "hours": ("late_night",),
    }
    assert fills("medicine", "on bupe 6 months, mostly free at nights") == {
        "medicine": ("buprenorphine",),
        "hours": ("late_night",),
        "now": ("steady_months",),
    }


def test_used_to_and_now_are_kept_apart() -> None:
    found = reads("substances", "used to be dope now just subs", alone=True)

    assert [(doubt.meanings, doubt.past) for doubt in found.doubts] == [
        (("heroin", "cannabis_or_other"), True),
        (("substances.street_methadone_bup", "buprenorphine"), False),
    ]
    assert fills("substances", "used to do heroin, oxys, and fent")["substances"] == (
        "past:heroin",
        "past:pain_pills",
        "past:fentanyl",
    )
    assert fills("medicine", "used to take methadone") == {"medicine": ("past",)}
    assert fills("medicine", "thinking about methadone") == {"medicine": ("curious",)}
    assert fills("substances", "thinking about heroin") == {}


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("substances", "never touched fent"),
        ("medicine", "not on methadone"),
        ("medicine", "not currently on methadone"),
        ("medicine", "i dont take suboxone or methadone"),
    ],
)
def test_what_is_denied_fills_nothing_and_is_said_so(question: str, text: str) -> None:
    assert fills(question, text) == {}
    assert reads(question, text).only_not


def test_a_denial_ends_with_the_thought() -> None:
    assert fills("medicine", "not methadone, just bupe") == {"medicine": ("buprenorphine",)}
    assert fills("substances", "never fent. heroin") == {"substances": ("heroin",)}


def test_a_no_names_a_limit_where_limits_are_asked() -> None:
    assert fills("not_ok", "no religious stuff, no AA") == {"not_ok": ("faith_push", "twelve_step_push")}
    assert fills("not_ok", "no junkies") == {"not_ok": ("still_using",)}


# ── numbers, all, none ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("question", "text", "keys"),
    [
        ("lane", "2", ("family",)),
        ("help_wanted", "2 and 5", ("checkin", "cravings")),
        ("help_wanted", "1, 3", ("listen", "same_boat")),
        ("help_wanted", "1 and normal stuff", ("listen", "normal")),
        ("not_ok", "none", ("none",)),
        ("not_ok", "nope", ("none",)),
        ("statements", "all", ("no_medicine", "faith_a_lot", "twelve_steps_big", "quit_push")),
        ("medicine", "no", ("none",)),
        ("age", "ya", ("yes",)),
        ("age_band", "33", ("25-34",)),
        ("age_band", "2", ("25-34",)),
        ("age_band", "im 16", ("under_18",)),
        ("age_band", "25-34", ("25-34",)),
        ("age_band", "61 years young", ("55plus",)),
        ("age", "im 16", ("no",)),
        ("age", "im 34", ("yes",)),
        ("age", "almost 18", ("no",)),
        ("age", "im not 18 yet", ("no",)),
    ],
)
def test_numbers_and_small_words_name_choices(question: str, text: str, keys: tuple[str, ...]) -> None:
    assert fills(question, text) == {question: keys}


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("lane", "9"),
        ("lane", "1 and 2"),
        ("pace", "all"),
        ("age", "34 no wait 16"),
        ("age", "i wont say 25"),
        ("age", "3000"),
    ],
)
def test_numbers_that_name_nothing_fill_nothing(question: str, text: str) -> None:
    assert fills(question, text) == {}


def test_none_where_no_choice_says_so_is_nothing() -> None:
    assert reads("life", "none").nothing
    assert reads("country", "no").nothing


@pytest.mark.parametrize(
    ("question", "text", "key"),
    [
        ("lane", "my brother died", "bereaved"),
        ("lane", "my brother od'd and died", "bereaved"),
        ("lane", "OD'd and passed", "bereaved"),
        ("lane", "in recovery", "self"),
        ("pace", "every other day", "few"),
        ("gender_pref", "idc", "any"),
        ("gender", "trans woman", "woman"),
        ("country", "US", "US"),
        ("country", "u.s.a.", "US"),
        ("country", "i live in deutschland", "DE"),
        ("country", "cote d'ivoire", "CI"),
        ("country", "uk", "GB"),
        ("country", "भारत", "IN"),
        ("now_bereaved", "2 months", "under_3mo"),
        ("now_bereaved", "three years ago", "over_1y"),
        ("now_family", "in rehab", "in_care"),
        ("dst", "idk", "not_sure"),
        ("hours", "when kids sleep", "evening"),
        ("hours", "3am", "late_night"),
    ],
)
def test_plain_ways_of_saying_one_choice(question: str, text: str, key: str) -> None:
    assert reads(question, text, alone=True).of(question) == (key,)


def test_languages_are_known_by_their_own_names() -> None:
    assert fills("language", "Español y deutsch, हिन्दी") == {"language": ("es", "de", "hi")}


def test_none_of_these_gives_way_to_what_is_named() -> None:
    assert fills("medicine", "methadone, no medicine") == {"medicine": ("methadone",)}


@pytest.mark.parametrize(
    "word", ["paper", "night", "water", "moment", "friend", "perhaps", "person", "thanks", "sorry"]
)
def test_ordinary_words_are_no_typos_of_anything_taken(word: str) -> None:
    for question in ("medicine", "substances", "now"):
        assert set(fills(question, word)) <= {"hours"}


def test_a_text_too_long_to_be_an_answer_is_not_read() -> None:
    assert fills("medicine", "methadone " * LONGEST) == {}


@given(st.sampled_from(sorted(VOCABULARY.lexicons)), st.text(max_size=80))
def test_any_text_yields_only_choices_that_exist(question: str, text: str) -> None:
    by_key = {one.key: one for flow in FLOWS.values() for one in flow.questions}
    for fill in reads(question, text).fills:
        asked = by_key[fill.question]
        assert all(key.removeprefix("past:") in asked.by_key or asked.opens for key in fill.keys)


@given(
    st.sampled_from(["fent", "subs", "perc", "roxy", "oxy", "meth", "bupe"]),
    st.characters(categories=["Ll"], max_codepoint=122),
)
def test_short_slang_is_never_guessed_from_a_typo(word: str, letter: str) -> None:
    for index in range(len(word)):
        typo = word[:index] + letter + word[index + 1 :]
        lexicon = VOCABULARY.lexicons["substances"]
        assert lexicon.spelt(typo) == (typo,)
