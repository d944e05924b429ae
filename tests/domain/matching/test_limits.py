"""Each hard limit, from both sides."""

from dataclasses import replace

import pytest

from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.limits import broken_limits, feasible
from buddybot.tools.matching.weights_file import read_weights

WEIGHTS = read_weights()
Said = dict[str, object]
NONE = frozenset({"none"})


def chosen(*keys: str) -> frozenset[str]:
    return frozenset(keys)


VETO_STILL: Said = {"not_ok": chosen("still_using")}
PUSHY: Said = {"statements": chosen("no_medicine")}
NEAR: Said = {"near_age": True, "age_band": "25-34"}

TABLE: list[tuple[Said, Said, str | None]] = [
    ({}, {}, None),
    ({"blocked": chosen("b")}, {}, "blocked"),
    ({"previous": chosen("b")}, {}, "previous"),
    ({"blocked": chosen("a", "zzz")}, {}, None),
    ({"lane": "family"}, {}, "lane"),
    ({"lane": "family", "cross_lane": True}, {}, "lane"),
    ({"lane": "family", "cross_lane": True}, {"cross_lane": True}, None),
    ({"languages": chosen("de", "en")}, {}, None),
    ({"languages": chosen("de")}, {}, "language"),
    (VETO_STILL, {"now": "using"}, "still_using"),
    (VETO_STILL, {"now": "thinking"}, "still_using"),
    (VETO_STILL, {"now": "cutting"}, "still_using"),
    (VETO_STILL, {"now": "moving"}, "still_using"),
    (VETO_STILL, {}, "still_using"),
    (VETO_STILL, {"now": "just_stopped"}, None),
    (VETO_STILL, {"now": "steady_months"}, None),
    (VETO_STILL, {"now": "steady_year"}, None),
    ({"lane": "family", **VETO_STILL}, {"lane": "family"}, None),
    ({"not_ok": chosen("very_new")}, {"now": "just_stopped"}, "very_new"),
    ({"not_ok": chosen("very_new")}, {}, None),
    ({"not_ok": chosen("anti_medicine"), "medicine": NONE}, PUSHY, "anti_medicine"),
    ({"not_ok": chosen("twelve_step_push")}, {"statements": chosen("twelve_steps_big")}, "twelve_step_push"),
    ({"not_ok": chosen("faith_push")}, {"statements": chosen("faith_a_lot")}, "faith_push"),
    ({"not_ok": chosen("quit_push")}, {"statements": chosen("quit_push")}, "quit_push"),
    ({"not_ok": chosen("quit_push")}, {"statements": chosen("faith_a_lot")}, None),
    ({"not_ok": NONE}, {"statements": chosen("faith_a_lot", "quit_push")}, None),
    (PUSHY, {}, "medicine_respect"),
    (PUSHY, {"medicine": NONE}, None),
    (PUSHY, {"medicine": chosen("past")}, "medicine_respect"),
    (PUSHY, {"medicine": chosen("past"), "not_ok": NONE}, None),
    (PUSHY, {"not_ok": NONE}, None),
    ({"medicine_shaming": True}, {"medicine": NONE}, None),
    ({"medicine_shaming": True}, {"medicine": chosen("methadone"), "not_ok": NONE}, "medicine_respect"),
    ({"medicine_shaming": True, **PUSHY}, {"not_ok": NONE}, "medicine_respect"),
    ({"gender_pref": "women"}, {"gender": "woman"}, None),
    ({"gender_pref": "women"}, {"gender": "man"}, "gender"),
    ({"gender_pref": "women"}, {}, "gender"),
    ({"gender_pref": "men"}, {"gender": "man"}, None),
    ({"gender_pref": "nonbinary"}, {"gender": "nonbinary"}, None),
    ({"gender_pref": "same"}, {}, "gender"),
    ({"gender_pref": "same", "gender": "other"}, {"gender": "other"}, None),
    ({"gender_pref": "same", "gender": "man"}, {}, "gender"),
    ({"gender_pref": "same", "gender": "man"}, {"gender": "woman"}, "gender"),
    ({"gender_pref": "men", "gender": "woman"}, {"gender_pref": "women", "gender": "man"}, None),
    (NEAR, {"age_band": "35-44"}, None),
    (NEAR, {"age_band": "45-54"}, "near_age"),
    (NEAR, {}, "near_age"),
    ({"near_age": True}, {"age_band": "45-54"}, "near_age"),
    ({"near_age": True}, {}, "near_age"),
    ({"utc_offset": 0, "hours": chosen("morning")}, {"utc_offset": 0, "hours": chosen("evening")}, "hours"),
    ({"utc_offset": 0, "hours": chosen("morning")}, {"hours": chosen("evening")}, None),
    ({"role": "mentor"}, {"role": "mentee"}, None),
    ({"role": "mentor"}, {"role": "mentor"}, "role"),
    ({"role": "mentee"}, {"role": "mentee"}, "role"),
    ({"role": "mentee"}, {}, "role"),
    ({"role": "mentor"}, {}, "role"),
]


@pytest.mark.parametrize(("mine", "theirs", "limit"), TABLE)
def test_a_limit_stands_from_whichever_side_one_looks(mine: Said, theirs: Said, limit: str | None) -> None:
    a = replace(Candidate("a", "self"), **mine)  # type: ignore[arg-type]  # a table's row says only some fields
    b = replace(Candidate("b", "self"), **theirs)  # type: ignore[arg-type]  # likewise
    wanted = () if limit is None else (limit,)
    assert broken_limits(a, b, WEIGHTS) == broken_limits(b, a, WEIGHTS) == wanted
    assert feasible(a, b, WEIGHTS) is feasible(b, a, WEIGHTS) is (limit is None)


def test_nobody_is_paired_with_themselves() -> None:
    assert broken_limits(Candidate("a", "self"), Candidate("a", "self"), WEIGHTS) == ("same_person",)


@pytest.mark.parametrize(("shift", "fits"), [(2 * 60, True), (3 * 60, False)])
def test_three_shared_hours_a_week_are_enough(shift: int, fits: bool) -> None:  # a table's column
    a = Candidate("a", "self", utc_offset=0, hours=frozenset({"night"}))
    b = Candidate("b", "self", utc_offset=shift, hours=frozenset({"night"}))
    short = replace(WEIGHTS, blocks={"night": (1, 2, 3)}, shared_at_least=7)
    assert feasible(a, b, short) is fits


def test_several_limits_are_all_named_once() -> None:
    a = Candidate("a", "self", blocked=frozenset({"b"}), not_ok=frozenset({"still_using"}))
    b = Candidate("b", "self", blocked=frozenset({"a"}), not_ok=frozenset({"still_using"}))
    assert broken_limits(a, b, WEIGHTS) == ("blocked", "still_using")
