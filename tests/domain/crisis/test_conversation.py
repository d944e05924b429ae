from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.domain.crisis.conversation import Cause, Check, CrisisState, Due, Gentle, Press, Signal
from buddybot.domain.crisis.presses import NEXT, OPENING_LANE, RAISING, RELAYED, SPECIAL
from buddybot.domain.crisis.scripts import EXIT, SCRIPTS, script
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.moderation.cases import CasePriority
from buddybot.testing import practice_book
from tests.domain.crisis.crisis_room import COUNTRIES, EVENING, Person

L0, L1, L2, L3, L4 = Level
WORDS = practice_book().words
TOKENS = sorted({token for found in SCRIPTS.values() for token in found.answers})
ALWAYS = {SideLane.OVERDOSE: "overdose", SideLane.ALONE: "alone", SideLane.WITHDRAWAL: "withdrawal"}


# ── Levels ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("level", "says", "priority", "checks"),
    [
        (L0, "distress", None, []),
        (L1, "wish", CasePriority.P2, []),
        (L2, "active", CasePriority.P1, [Check.FIRST, Check.SECOND, Check.MORNING]),
        (L3, "danger", CasePriority.P0, [Check.FIRST, Check.SECOND, Check.MORNING]),
        (L4, "now", CasePriority.P0, [Check.FIRST, Check.SECOND, Check.MORNING]),
    ],
)
def test_each_level_opens_with_its_script_and_tells_whom_it_must(
    level: Level, says: str, priority: CasePriority | None, checks: list[Check]
) -> None:
    ann = Person()
    reply = ann.writes(level)

    assert ann.told == [says]
    assert (reply.alert.priority if reply.alert else None) == priority
    assert ann.planned == checks


def test_a_guess_is_asked_about_before_a_plan_is() -> None:
    ann = Person()
    reply = ann.happens(Signal(L2, weighed=True))

    assert ann.told == ["wish"]
    assert reply.alert is not None
    assert (reply.alert.priority, ann.state.level) == (CasePriority.P1, L2)
    assert ann.presses("care.wish.yes").state.last == "active"


@pytest.mark.parametrize(
    ("pressed", "says"),
    [
        (["care.distress.ten"], "ten"),
        (["care.company.someone"], "someone"),
        (["care.card.okay"], "okay"),
        (["care.wish.no"], "heavy"),
        (["care.wish.yes"], "active"),
        (["care.wish.unsure"], "active"),
        (["care.wish.yes", "care.active.no"], "safe"),
        (["care.wish.yes", "care.active.skip"], "safe"),
        (["care.wish.yes", "care.active.yes"], "danger"),
        (["care.wish.yes", "care.active.no", "care.safe.no"], "danger"),
        (["care.wish.yes", "care.active.no", "care.safe.unsure"], "danger"),
        (["care.wish.yes", "care.active.no", "care.safe.yes"], "trained"),
        (["care.wish.yes", "care.active.no", "care.safe.yes", "care.trained.scared"], "scared"),
        (["care.active.yes", "care.danger.with"], "with"),
        (["care.active.yes", "care.danger.cant"], "near"),
        (["care.active.yes", "care.danger.cant", "care.near.yes"], "near-yes"),
        (["care.active.yes", "care.danger.cant", "care.near.no"], "near-no"),
        (["care.now.called"], "called"),
        (["care.now.nearby"], "nearby"),
        (["care.now.cant"], "cant-call"),
        (["care.card.overdose"], "overdose"),
        (["care.card.ending"], "wish"),
        (["care.card.lines"], "more"),
        (["care.over.called"], "over-called"),
        (["care.over.no-naloxone"], "over-no-naloxone"),
        (["care.over.police"], "over-police"),
        (["care.over.breathing"], "over-breathing"),
        (["care.over.help-here"], "over-after"),
        (["care.alone.not-tonight"], "alone-later"),
        (["care.alone.naloxone"], "alone-naloxone"),
        (["care.withdrawal.called"], "withdrawal-called"),
        (["care.withdrawal.cant"], "cant-call"),
        (["care.violence.yes"], "violence-line"),
        (["care.violence.hide"], "neutral"),
        (["care.child.called"], "child-called"),
        (["care.worried.open"], "worried"),
        (["care.worried.quiet"], "silent"),
        (["care.worried.hurt"], "worried-hurt"),
        (["care.worried.using-alone"], "worried-alone"),
        (["care.survived.next"], "next"),
        (["care.loss.grief"], "loss-lines"),
        (["care.used.yes"], "used-safe"),
        (["care.used.no"], "used-unsafe"),
        (["care.used.by-myself"], "alone"),
        (["care.used.dying"], "wish"),
        (["care.high.no"], "alone"),
        (["care.unclear.tired"], "tired"),
        (["care.unclear.more-than"], "wish"),
        (["care.dose.no"], "used-unsafe"),
        (["care.from.an.older.version"], "card"),
    ],
)
def test_each_answer_leads_on(pressed: list[str], says: str) -> None:
    ann = Person()
    ann.presses(*pressed)

    assert ann.told == [says]


@pytest.mark.parametrize("token", TOKENS)
def test_every_button_leads_somewhere_and_fits_a_platform(token: str) -> None:
    assert (
        token in NEXT
        or token in SPECIAL
        or token in RAISING
        or token in OPENING_LANE
        or token in RELAYED
        or (token in ("care.buddy.alert", "care.buddy.mod", "care.worried.hurt"))
        or (token.removeprefix("care.country.") in {"ask", "other", *COUNTRIES})  # the service looks it up
    )
    assert len(token.encode()) <= 64
    assert token.count(".") == 2


@pytest.mark.parametrize("country", sorted(COUNTRIES))
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_script_can_be_said_in_every_country_and_language(country: str, language: str) -> None:
    for in_chat in (True, False):
        scene = Person(country=country, in_chat=in_chat).scene
        for name in SCRIPTS:
            said = script(name, scene)
            text = WORDS.say(language, said.key, **dict(said.args))
            labels = [WORDS.say(language, choice.label, **dict(said.args)) for choice in said.choices]
            links = [WORDS.say(language, link.label, number=link.number) for link in said.links]

            assert text
            assert all(labels + links)
            assert "none" not in text.split()
            assert country != "international" or not {"988"} & set(text.replace(".", " ").split())


def test_an_answer_that_shows_more_danger_is_told_to_the_moderators_once() -> None:
    ann = Person()
    ann.writes(L1)
    ann.presses("care.wish.yes")
    assert ann.reply.alert is not None
    assert (ann.reply.alert.priority, ann.reply.alert.cause) == (CasePriority.P1, Cause.ANSWERED)

    graver = ann.presses("care.active.yes").alert
    assert graver is not None
    assert graver.priority is CasePriority.P0

    assert ann.presses("care.active.yes").alert is None
    assert ann.told == ["danger-again"]

    assert ann.presses("care.wish.yes").alert is None
    assert ann.told == ["active"]


def test_the_same_danger_minutes_later_is_answered_shortly_and_an_hour_later_in_full() -> None:
    ann = Person()
    ann.writes(L3)
    ann.waits(minutes=2)
    assert ann.writes(L3).alert is None
    assert ann.told == ["danger-again"]

    ann.waits(minutes=60)
    assert ann.writes(L3).alert is not None
    assert ann.told == ["danger"]

    assert ann.writes(L4).alert is not None
    assert ann.told == ["now"]
    ann.writes(L4)
    assert ann.told == ["now-again"]


def test_other_words_of_the_bot_do_not_keep_new_danger_from_the_moderators() -> None:
    ann = Person()
    ann.writes(L3)
    ann.waits(minutes=30)
    ann.is_due(Check.FIRST)
    ann.presses("care.check.better")
    ann.writes(None, SideLane.ALONE)
    ann.waits(minutes=1)

    assert ann.writes(L3).alert is not None
    assert ann.told == ["danger"]


def test_distress_gets_its_line_once_in_six_hours() -> None:
    ann = Person()
    ann.writes(L0)
    ann.waits(hours=5)
    assert ann.writes(L0).say == ()
    ann.waits(hours=6)
    ann.writes(L0)
    assert ann.told == ["distress"]


def test_a_question_that_is_open_is_not_repeated_at_once() -> None:
    ann = Person()
    ann.writes(L1)
    ann.waits(minutes=1)
    assert ann.writes(L1).say == ()
    assert ann.writes(L0).say == ()
    ann.writes(L2)
    assert ann.told == ["active"]
    ann.waits(minutes=11)
    ann.writes(L1)
    assert ann.told == ["wish"]


@pytest.mark.parametrize(("on_shift", "told"), [(True, "yes"), (False, "no")])
@pytest.mark.parametrize("level", [L3, L4])
def test_a_moderator_is_claimed_only_when_one_is_on_shift(level: Level, on_shift: bool, told: str) -> None:
    ann = Person(on_shift=on_shift)
    row = ann.writes(level).say[0].rows[0]
    text = WORDS.say("en", row.key, **dict(row.args))

    assert dict(row.args)["shift"] == told
    assert ("I told the on-call moderator" in text) is on_shift
    assert ("No moderator is on right now" in text) is not on_shift


def test_an_episode_ends_after_three_days() -> None:
    ann = Person()
    ann.writes(L3)
    ann.waits(hours=73)

    assert ann.is_due(Check.MORNING).say == ()
    assert ann.writes(L1).alert is not None
    assert ann.state.level is L1


# ── "That's not what I meant" ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("level", Level)
def test_not_what_i_meant_quiets_that_level_and_below_for_a_day_but_never_l3_or_l4(level: Level) -> None:
    ann = Person()
    ann.writes(level)
    reply = ann.presses(EXIT)

    assert ann.told == ["not-meant"]
    assert reply.drop_words
    assert Check.FIRST in reply.cancel
    assert (reply.alert.cause if reply.alert else None) == (Cause.NOT_MEANT if level else None)
    for heard in Level:
        ann.waits(minutes=30)
        quiet = heard <= min(level, L2)
        assert (ann.writes(heard).say == ()) is quiet, heard

    ann.waits(hours=100)
    assert ann.writes(L0).say != ()


def test_not_what_i_meant_does_not_forget_a_higher_one_of_before() -> None:
    ann = Person()
    ann.writes(L2)
    ann.presses(EXIT)
    ann.presses(EXIT)

    assert ann.writes(L2).say == ()


@pytest.mark.parametrize("lane", ALWAYS)
def test_the_lanes_of_life_and_death_are_answered_after_not_what_i_meant(lane: SideLane) -> None:
    ann = Person()
    ann.writes(None, lane)
    assert ann.presses(EXIT).alert is not None
    ann.writes(None, lane)

    assert ann.told == [ALWAYS[lane]]


# ── Lanes ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("lane", "says", "priority"),
    [
        (SideLane.OVERDOSE, "overdose", CasePriority.P0),
        (SideLane.ALONE, "alone", CasePriority.P2),
        (SideLane.WITHDRAWAL, "withdrawal", CasePriority.P1),
        (SideLane.VIOLENCE, "violence", CasePriority.P2),
        (SideLane.CHILD, "child", CasePriority.P1),
        (SideLane.BUDDY, "silent", CasePriority.P1),
    ],
)
def test_each_lane_has_its_card_every_time_and_tells_the_moderators_once(
    lane: SideLane, says: str, priority: CasePriority
) -> None:
    ann = Person()
    reply = ann.writes(None, lane)
    assert reply.alert is not None
    assert (reply.alert.priority, reply.alert.lane, ann.told) == (priority, lane, [says])

    ann.waits(minutes=1)
    assert ann.writes(None, lane).alert is None
    # More of violence brings the number to call beside the question that stands open.
    assert ann.told == ["still-violence-1" if lane is SideLane.VIOLENCE else says]


def test_an_overdose_of_another_shows_that_card_alone_and_looks_in_the_next_day() -> None:
    ann = Person()
    ann.writes(L4, SideLane.OVERDOSE)

    assert ann.told == ["overdose"]
    assert ann.planned == [Check.BYSTANDER]
    assert ann.reply.say[0].links[0].target == "tel:911"
    ann.waits(hours=20)
    ann.is_due(Check.BYSTANDER)
    assert ann.told == ["over-check"]


def test_the_first_line_of_the_emergency_cards_is_the_number() -> None:
    for name in ("now", "overdose"):
        said = script(name, Person(country="GB").scene)
        assert WORDS.say("en", said.key, **dict(said.args)).strip("*").casefold().startswith("call 999 now.")


def test_danger_comes_before_a_lane_and_a_lane_before_a_question() -> None:
    ann = Person()
    ann.writes(L3, SideLane.ALONE)
    assert ann.told == ["danger", "alone"]
    assert ann.reply.alert is not None
    assert ann.reply.alert.priority is CasePriority.P0

    ben = Person()
    ben.writes(L2, SideLane.ALONE)
    assert ben.told == ["alone", "active"]
    assert ben.planned == [Check.FIRST, Check.SECOND, Check.MORNING]

    eve = Person()
    eve.writes(L0, SideLane.WITHDRAWAL)
    assert eve.told == ["withdrawal"]


def test_using_alone_offers_a_spotter_where_there_is_one_and_says_the_bot_is_none() -> None:
    ann, ben = Person(country="US", in_chat=True), Person(country="DE")
    ann.writes(None, SideLane.ALONE)
    ben.writes(None, SideLane.ALONE)

    assert [link.target for link in ann.reply.say[0].links] == ["tel:8009720590"]
    assert ann.offered == [
        "care.alone.naloxone",
        "care.alone.buddy",
        "care.company.someone",
        "care.alone.not-tonight",
        EXIT,
    ]
    assert ben.reply.say[0].links == ()
    assert ben.offered == ["care.company.someone", "care.alone.not-tonight", EXIT]
    for person in (ann, ben):
        said = person.reply.say[0]
        assert "I can't" in WORDS.say("en", said.key, **dict(said.args))


def test_hiding_clears_what_was_said_and_shows_nothing_of_it() -> None:
    ann = Person()
    ann.writes(None, SideLane.VIOLENCE)
    assert ann.presses("care.violence.hide").hide
    assert ann.reply.say[0].links == ()


def test_a_country_without_a_violence_line_offers_its_crisis_line() -> None:
    ann = Person(country="GB")
    ann.presses("care.violence.yes")
    assert [link.target for link in ann.reply.say[0].links] == ["tel:116123", "sms:85258?body=SHOUT", "tel:999"]


def test_a_person_worried_about_somebody_can_pass_it_to_the_moderators_once() -> None:
    ann = Person()
    assert ann.presses("care.worried.hurt").alert is not None
    assert ann.presses("care.worried.hurt").alert is None


# ── Softly ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("gentle", Gentle)
def test_soft_answers_open_no_level_and_tell_nobody(gentle: Gentle) -> None:
    ann = Person()
    reply = ann.writes(None, gentle=gentle)

    assert ann.told == [gentle.value]
    assert reply.alert is None
    assert ann.state.level is None


def test_talk_of_a_past_death_opens_no_emergency_card_but_gentle_support() -> None:
    ann = Person()
    ann.writes(L0, gentle=Gentle.LOSS)

    assert ann.told == ["loss"]
    assert ann.reply.later == ()
    assert "tel:911" not in [link.target for said in ann.reply.say for link in said.links]


def test_present_danger_is_never_answered_softly() -> None:
    ann = Person()
    ann.writes(L2, gentle=Gentle.LOSS)
    assert ann.told == ["active"]
    ann.writes(None, SideLane.OVERDOSE, gentle=Gentle.LOSS)
    assert ann.told == ["overdose"]


def test_soft_questions_are_not_asked_twice_but_amounts_are_refused_each_time() -> None:
    ann = Person()
    ann.writes(gentle=Gentle.LOSS)
    assert ann.writes(gentle=Gentle.LOSS).say == ()
    assert ann.writes(gentle=Gentle.UNCLEAR).say == ()
    ann.waits(minutes=11)
    assert ann.writes(gentle=Gentle.UNCLEAR).say != ()
    ann.presses(EXIT)
    ann.waits(minutes=11)
    assert ann.writes(gentle=Gentle.HIGH).say == ()
    assert ann.writes(gentle=Gentle.DOSE).say != ()
    assert ann.writes(gentle=Gentle.DOSE).say != ()


def test_using_again_is_followed_by_a_look_in_the_next_day_unless_they_said_no() -> None:
    ann = Person()
    ann.writes(gentle=Gentle.USED)
    assert ann.planned == [Check.USED]
    ann.waits(hours=18)
    ann.is_due(Check.USED)
    assert ann.told == ["used-check"]

    ann.presses("care.after.leave")
    ann.waits(hours=7)
    ann.writes(gentle=Gentle.USED)
    assert ann.planned == []


# ── Check-ins ───────────────────────────────────────────────────────────────────────────


def test_check_ins_come_after_half_an_hour_three_hours_and_in_their_morning() -> None:
    ann = Person()
    ann.writes(L2)

    times = [later.at - EVENING for later in ann.reply.later]
    assert times == [timedelta(minutes=30), timedelta(hours=3), timedelta(hours=18)]  # 15:00 there, 9:00 the next day


def test_no_answer_after_l3_is_told_to_the_moderators_once() -> None:
    ann = Person()
    ann.writes(L3)
    ann.waits(minutes=30)
    ann.is_due(Check.FIRST)
    assert ann.told == ["check"]
    assert ann.planned == [Check.SILENCE]

    ann.waits(hours=1)
    reply = ann.is_due(Check.SILENCE)
    assert reply.say == ()
    assert reply.alert is not None
    assert (reply.alert.priority, reply.alert.cause, reply.alert.level) == (CasePriority.P0, Cause.SILENT, L3)
    assert ann.is_due(Check.SILENCE).alert is None


@pytest.mark.parametrize("sign", [Press("care.check.same"), Signal()])
def test_any_sign_of_life_answers_a_check_in(sign: Press | Signal) -> None:
    ann = Person()
    ann.writes(L4)
    ann.is_due(Check.FIRST)
    ann.happens(sign)

    assert ann.is_due(Check.SILENCE).alert is None


def test_silence_after_l2_tells_nobody() -> None:
    ann = Person()
    ann.writes(L2)
    ann.is_due(Check.SECOND)

    assert ann.planned == []
    assert ann.is_due(Check.SILENCE).alert is None


def test_better_leaves_one_look_in_the_morning_which_ends_it() -> None:
    ann = Person()
    ann.writes(L3)
    ann.is_due(Check.FIRST)
    ann.presses("care.check.better")
    assert ann.told == ["check-better"]
    assert ann.planned == [Check.MORNING]
    assert Check.SECOND in ann.reply.cancel

    ann.waits(hours=17)
    ann.is_due(Check.MORNING)
    assert ann.told == ["morning"]
    ann.presses("care.morning.better")
    assert ann.told == ["morning-better"]
    assert ann.state.level is None
    assert ann.is_due(Check.FIRST).say == ()


def test_worse_asks_again_after_l2_and_pages_again_after_l3() -> None:
    ann = Person()
    ann.writes(L2)
    ann.is_due(Check.FIRST)
    ann.presses("care.check.worse")
    assert ann.told == ["safe"]
    assert ann.reply.alert is not None
    assert ann.reply.alert.cause is Cause.WORSE

    ann.writes(L3)
    ann.presses("care.morning.worse")
    assert ann.told == ["danger"]
    assert ann.reply.alert is not None
    assert (ann.reply.alert.priority, ann.reply.alert.cause) == (CasePriority.P0, Cause.WORSE)


@pytest.mark.parametrize("stop", ["care.check.stop", "care.morning.stop", "care.after.leave"])
def test_dont_ask_again_stops_every_check_in_but_not_the_help(stop: str) -> None:
    ann = Person()
    ann.writes(L3)
    reply = ann.presses(stop)
    assert set(reply.cancel) == set(Check)

    ann.waits(hours=1)
    for check in Check:
        assert ann.is_due(check).say == ()
    ann.writes(L4, SideLane.OVERDOSE, SideLane.ALONE)
    assert ann.told == ["overdose", "alone"]
    assert ann.planned == []
    ann.writes(L3)
    assert ann.told == ["danger"]
    assert ann.planned == []
    ann.presses("care.check.better")
    assert ann.told == ["morning-better"]
    assert ann.planned == []

    ann.waits(days=8)
    ann.writes(L3)
    assert Check.FIRST in ann.planned


# ── The buddy ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("level", "card"),
    [(L0, None), (L1, "guidance"), (L2, "guidance"), (L3, "danger"), (L4, "danger")],
)
def test_a_buddy_who_got_the_words_gets_a_card_without_level_or_history(level: Level, card: str | None) -> None:
    ann = Person(in_chat=True)
    reply = ann.writes(level)

    assert (reply.buddy.key if reply.buddy else None) == (f"crisis-buddy-{card}" if card else None)


def test_a_buddy_who_did_not_get_the_words_gets_no_card() -> None:
    ann = Person(in_chat=True)
    assert ann.happens(Signal(L3)).buddy is None
    assert ann.happens(Signal(L4, delivered=True)).buddy is not None

    ben = Person()
    ben.happens(Signal(L3, delivered=True))
    assert ben.reply.buddy is None


def test_a_buddy_gets_each_card_once_and_the_graver_one_when_an_answer_shows_danger() -> None:
    ann = Person(in_chat=True)
    ann.writes(L1)
    assert ann.presses("care.wish.yes").buddy is None
    graver = ann.presses("care.active.yes").buddy
    assert graver is not None
    assert graver.key == "crisis-buddy-danger"
    ann.waits(minutes=20)
    assert ann.writes(L4).buddy is None


def test_violence_at_home_is_never_shown_to_the_buddy() -> None:
    ann = Person(in_chat=True)
    assert ann.writes(None, SideLane.VIOLENCE).buddy is None


def test_the_buddy_can_send_a_line_call_the_moderators_and_step_back() -> None:
    ben = Person(in_chat=True)
    assert ben.presses("care.send.here").relay == "crisis-send-here"
    alerted = ben.presses("care.buddy.alert")
    assert alerted.alert is not None
    assert (alerted.alert.priority, alerted.alert.cause) == (CasePriority.P0, Cause.BUDDY)
    assert ben.presses("care.buddy.alert").alert is None
    ben.presses("care.buddy.stepback")
    assert ben.told == ["buddy-stepback"]
    assert ben.presses("care.company.someone").company


def test_a_line_for_a_chat_that_has_closed_is_not_said_to_be_sent() -> None:
    ben = Person()
    assert ben.presses("care.send.here").relay == ""
    assert ben.told == ["not-sent"]


def test_the_buddy_hears_that_all_is_well_only_with_a_yes_that_is_asked_for_once() -> None:
    ann = Person(in_chat=True)
    ann.writes(L3)
    ann.presses("care.check.better")
    assert ann.told == ["check-better", "tell"]
    assert not ann.reply.tell_buddy

    said_no = replace(ann.state)
    assert ann.presses("care.tell.yes").tell_buddy
    assert ann.told == ["told"]
    ann.presses("care.check.better")
    assert ann.told == ["check-better"]

    ann.state = said_no
    assert not ann.presses("care.tell.no").tell_buddy
    ann.presses("care.morning.better")
    assert ann.told == ["morning-better"]


# ── No cheering ─────────────────────────────────────────────────────────────────────────


# ── Any order of things ─────────────────────────────────────────────────────────────────

SIGNALS = st.builds(
    Signal,
    st.sampled_from([None, *Level]),
    st.frozensets(st.sampled_from(SideLane)),
    st.sampled_from([None, *Gentle]),
    delivered=st.booleans(),
)
PRESSES = st.builds(Press, st.sampled_from([*TOKENS, "care.old.one", "", "nonsense"]))
STEPS = st.tuples(
    st.one_of(SIGNALS, PRESSES, st.builds(Due, st.sampled_from(Check))),
    st.integers(0, 400),
    st.booleans(),
    st.sampled_from([*COUNTRIES]),
)


def live(steps: list[tuple[Signal | Press | Due, int, bool, str]]) -> Person:
    ann = Person()
    for what, minutes, flag, country in steps:
        ann.waits(minutes=minutes)
        ann.in_chat, ann.on_shift, ann.country = flag, not flag, country
        ann.happens(what)
        assert all(later.at > ann.now for later in ann.reply.later)
        assert all(choice.token for said in ann.reply.say for choice in said.choices)
        assert ann.reply.buddy is None or ann.in_chat
    return ann


@given(st.lists(STEPS, max_size=15), st.sampled_from([L3, L4]), st.frozensets(st.sampled_from(SideLane)))
def test_whatever_came_before_l3_l4_and_the_lanes_o_a_w_are_answered(
    steps: list[tuple[Signal | Press | Due, int, bool, str]], level: Level, lanes: frozenset[SideLane]
) -> None:
    ann = live(steps)
    before = ann.state

    ann.happens(Signal(level))
    assert ann.told[0].removesuffix("-again") in ("danger", "now")
    ann.state = before
    ann.happens(Signal(lanes=lanes))
    assert {ALWAYS[lane] for lane in lanes if lane in ALWAYS} <= set(ann.told)


@given(st.lists(STEPS, max_size=10), st.sampled_from(Level), st.integers(0, 1439))
def test_a_higher_level_is_answered_after_not_what_i_meant(
    steps: list[tuple[Signal | Press | Due, int, bool, str]], higher: Level, minutes: int
) -> None:
    ann = live(steps)
    ann.state = replace(ann.state, hushed=None)
    level = ann.state.level
    ann.presses(EXIT)
    ann.waits(minutes=minutes)

    if higher > min(level if level is not None else L0, L2):
        assert ann.writes(higher).say != ()


@given(
    st.lists(STEPS, max_size=10), st.lists(STEPS, max_size=10), st.sampled_from(["care.check.stop", "care.after.leave"])
)
def test_after_dont_ask_again_no_check_in_is_planned_or_shown(
    before: list[tuple[Signal | Press | Due, int, bool, str]],
    after: list[tuple[Signal | Press | Due, int, bool, str]],
    stop: str,
) -> None:
    ann = live(before)
    ann.presses(stop)
    for what, minutes, flag, _ in after:
        ann.waits(minutes=minutes)
        ann.in_chat = flag
        ann.happens(what)
        assert ann.reply.later == ()
        assert not isinstance(what, Due) or ann.reply.say == ()


def test_a_new_person_has_nothing_on_record() -> None:
    assert CrisisState() == CrisisState(level=None, lane=None, asked="", hushed=None)
