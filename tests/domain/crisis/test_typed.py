"""What is typed in an open crisis conversation, as the state machine answers it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buddybot.content import content_dir, read_toml
from buddybot.content.tables.crisis_replies import parse_crisis_replies
from buddybot.domain.crisis.conversation import Check, CrisisReply, CrisisState, Helping, Scene, Signal, TypedWords
from buddybot.domain.crisis.intents import BY_LANE, BY_SCRIPT, GRAVE, HELPERS, MILD, NOW
from buddybot.domain.crisis.respond import respond
from buddybot.domain.crisis.scripts import SCRIPTS, STEPS, STILL
from buddybot.domain.crisis.steps import is_grave, is_open, shields
from buddybot.domain.crisis.typed import reads_first
from buddybot.domain.kernel.levels import Level, SideLane
from tests.domain.crisis.crisis_room import PACE, Person

REPLIES = parse_crisis_replies(read_toml(content_dir() / "crisis_replies.toml"))
CALM = Signal()
L1, L2, L3, L4 = Level.L1, Level.L2, Level.L3, Level.L4


def types(person: Person, text: str, *, signal: Signal = CALM, place: bool = False) -> CrisisReply:
    said = TypedWords(REPLIES.meanings(text), signal, alone=not person.in_chat, place=place)
    person.reply = respond(person.state, said, person.scene, PACE)
    person.state = person.reply.state
    return person.reply


def opened(level: Level | None = None, *lanes: SideLane, in_chat: bool = False) -> Person:
    ann = Person(in_chat=in_chat)
    ann.writes(level, *lanes)
    return ann


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("kind of", "yes"),
        ("yeah maybe", "yes"),
        ("no one is here", "alone"),
        ("hes not breathing", "not-breathing"),
        ("he's breathing!", "breathing"),
        ("hes breatihng", "breathing"),
        ("no narcn", "no-naloxone"),
        ("idk tbh", "unsure"),
        ("i called them, theyre coming", "called"),
        ("ya llamé", "called"),
        ("no respira", "not-breathing"),
        ("omg help me what do i do", "next"),
        ("i didnt mean it like that", "not-meant"),
        ("me las tomé todas", "took"),
        ("yes i have the pills", "yes"),
    ],
)
def test_a_reply_is_understood_as_people_type_it(text: str, meaning: str) -> None:
    assert REPLIES.meanings(text)[0] == meaning


@pytest.mark.parametrize(
    "text", ["i dont want to be here", "i havent called", "since my mum died", "asdf", "", "a " * 60]
)
def test_words_that_only_hold_a_reply_are_none(text: str) -> None:
    assert REPLIES.meanings(text) == ()


@pytest.mark.parametrize("table", [*BY_LANE.values(), *BY_SCRIPT.values(), GRAVE, NOW, MILD])
def test_every_intent_leads_to_words(table: dict[str, str]) -> None:
    for meaning, token in table.items():
        ann = opened(L3)
        said = ann.presses(token)
        assert said.say, (meaning, token)
        assert said.say[0].key != "crisis-card", (meaning, token)


def test_an_answer_to_the_question_is_the_button() -> None:
    ann = opened(L1)
    types(ann, "kind of")
    assert ann.told == ["active"]
    types(ann, "yes")
    assert ann.told[0] == "danger"
    types(ann, "nobody is here")
    assert ann.told == ["near-no"]


def test_in_an_open_conversation_means_at_hand_are_grave_and_without_one_they_are_asked_about() -> None:
    ann = opened(L1)
    types(ann, "i have the pills here", signal=Signal(means=True))
    assert ann.state.level is L3
    ben = Person()
    ben.happens(Signal(means=True))
    assert ben.told == ["means"]
    types(ben, "yes")
    assert ben.state.level is L3


def test_what_was_taken_is_happening_now() -> None:
    ann = opened(L2)
    types(ann, "i swallowed them")
    assert (ann.state.level, ann.told[0]) == (L4, "now")
    types(ann, "im alone")
    assert ann.told == ["now-alone"]


def test_the_steps_of_an_overdose_come_one_by_one_and_breathing_is_heard() -> None:
    ann = opened(None, SideLane.OVERDOSE)
    assert ann.told[0] == "overdose"
    for step in STEPS[1:]:
        types(ann, "done")
        assert ann.told == [step]
    types(ann, "what now")
    assert ann.told == ["over-breathe"]
    types(ann, "no narcan")
    assert ann.told == ["over-no-naloxone"]
    types(ann, "he is breathing now", signal=Signal(L4, frozenset({SideLane.OVERDOSE})))
    assert ann.told == ["over-breathing"]
    types(ann, "still blue", signal=Signal(L4, frozenset({SideLane.OVERDOSE})))
    assert ann.told == ["over-breathe"]
    types(ann, "hes blue", signal=Signal(L4, frozenset({SideLane.OVERDOSE})))
    assert ann.told[0] in STEPS


def test_a_place_is_noted_at_l3_and_above_only() -> None:
    ann = opened(L3)
    types(ann, "9 canal row", place=True)
    assert ann.told == ["place-told"]
    ben = opened(L1)
    types(ben, "9 canal row", place=True)
    assert ben.told != ["place-told"]


def test_beside_a_buddy_the_bot_speaks_where_it_was_answered_and_else_leaves_the_two_alone() -> None:
    ann = opened(L1, in_chat=True)
    types(ann, "since my mum died")
    assert ann.told == []
    ann.state = replace(ann.state, crossed=True)
    types(ann, "yes")
    assert ann.told == []
    ann.state = replace(ann.state, crossed=False)
    types(ann, "yes")
    assert ann.told == ["active"]
    types(ann, "im alone")
    assert ann.told == []
    types(ann, "i took them")
    assert ann.told[0] == "now"
    types(ann, "im alone")
    assert ann.told == ["now-alone"]


def test_taking_it_back_closes_the_conversation() -> None:
    ann = opened(L2)
    types(ann, "i was joking")
    assert ann.told == ["not-meant"]
    assert not is_open(ann.state, ann.scene, PACE)


def test_the_subject_can_be_changed_and_the_way_back_is_said() -> None:
    ann = opened(L1)
    types(ann, "lets go on")
    assert (ann.told, ann.reply.resume, ann.state.aside) == (["aside"], True, True)
    calm = TypedWords(REPLIES.meanings("hello there"))
    assert not reads_first(ann.state, calm, ann.scene, PACE, busy=False)
    assert not reads_first(ann.state, TypedWords(REPLIES.meanings("yes")), ann.scene, PACE, busy=False)
    assert reads_first(ann.state, TypedWords(REPLIES.meanings("i called 988")), ann.scene, PACE, busy=False)
    assert reads_first(ann.state, TypedWords((), Signal(L1)), ann.scene, PACE, busy=False)


def test_a_mild_sign_lets_an_answer_to_another_question_pass() -> None:
    ann = opened(Level.L0)
    assert not reads_first(ann.state, TypedWords(), ann.scene, PACE, busy=True)
    assert reads_first(ann.state, TypedWords(), ann.scene, PACE, busy=False)
    assert not reads_first(CrisisState(), TypedWords(), ann.scene, PACE, busy=False)


def test_a_conversation_ends_a_day_after_the_last_sign() -> None:
    ann = opened(L3)
    assert shields(ann.state, ann.scene, PACE)
    assert is_grave(ann.state, ann.scene, PACE)
    ann.waits(hours=25)
    assert not shields(ann.state, ann.scene, PACE)
    assert not is_grave(ann.state, ann.scene, PACE)
    assert not is_open(ann.state, ann.scene, PACE)


def test_a_sign_of_life_after_a_check_in_ends_the_wait() -> None:
    ann = opened(L3)
    ann.state = replace(ann.state, awaited=True)
    types(ann, "same")
    assert Check.SILENCE in ann.reply.cancel
    assert not ann.state.awaited


@pytest.mark.parametrize(("meaning", "name"), HELPERS.items())
def test_whoever_helps_gets_guidance_about_the_other(meaning: str, name: str) -> None:
    ben = Person(in_chat=True)
    ben.happens(Helping((meaning,)))
    assert ben.told == [name]
    before = ben.state.level
    ben.happens(Helping((meaning,)))
    assert ben.told != [name]
    assert ben.state.level is before is None


def test_a_helpers_words_of_danger_are_about_the_other_and_calm_ones_need_nothing() -> None:
    ben = Person(in_chat=True)
    ben.happens(Helping((), Signal(L4, frozenset({SideLane.OVERDOSE}))))
    assert ben.told == ["buddy-callfor"]
    ben.happens(Helping(("thanks",)))
    assert ben.told == []


STATES = st.sampled_from(
    [(level, lane) for level in (None, *Level) for lane in (None, *SideLane) if level is not None or lane is not None]
)
TEXTS = st.lists(
    st.sampled_from(
        ["yes", "no", "idk", "im alone", "asdf qwer", "he's here", "i called", "what now", "thanks", "ok", "hm"]
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=200)
@given(STATES, TEXTS)
def test_alone_with_the_bot_every_line_gets_an_answer_and_none_comes_twice_running(
    state: tuple[Level | None, SideLane | None], texts: list[str]
) -> None:
    ann = Person()
    ann.happens(Signal(state[0], frozenset({state[1]} if state[1] else ())))
    last = ann.told[-1:]
    for text in texts:
        types(ann, text)
        if not is_open(ann.state, ann.scene, PACE):
            return
        assert ann.told, text
        assert ann.told[:1] != last or ann.told[0] in {"more", "card"}, text
        last = ann.told[-1:]


def test_there_are_lines_to_go_on_with_for_every_lane_and_level() -> None:
    for name in STILL:
        assert SCRIPTS[name].answers


def test_a_scene_knows_its_day() -> None:
    scene: Scene = Person().scene
    assert scene.today == scene.now.date()
