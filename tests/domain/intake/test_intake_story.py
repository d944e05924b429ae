from dataclasses import replace

from buddybot.domain.intake.replies import Ask, Clarify, Confirm, Done, Notice
from tests.domain.intake.sitting import GATES, Sitting


def test_the_gates_answer_what_is_asked_before_they_are_passed() -> None:
    ann = Sitting(GATES)

    assert ann.open == "age"
    ann.says("yes")
    assert ann.open == "consent"
    ann.says("what do mods see")
    assert (ann.last.notice, ann.last.about, ann.open) == (Notice.MORE, "consent-moderators", "consent")
    ann.says("ok")
    assert ann.open == "country"
    ann.says("germny")

    assert ann.step == Done()
    assert ann.answers() == {"age": ("yes",), "consent": ("agree",), "country": ("DE",)}


def test_the_sample_conversation_begins_as_written() -> None:
    ann = Sitting()
    assert (ann.open, ann.ask.number, ann.ask.total) == ("lane", 1, 7)
    ann.says("me lol")
    assert ann.heard() == {"lane": ("self",)}

    assert ann.open == "now"
    ann.says("been on saboxone like 8 months, off fetty. mostly up late")
    assert ann.shows(Confirm)
    assert {fill.question: fill.keys for fill in ann.confirm.fills} == {
        "now": ("steady_months",),
        "hours": ("late_night",),
        "medicine": ("buprenorphine",),
        "substances": ("past:fentanyl",),
    }
    assert ann.answers() == {"lane": ("self",)}, "nothing counts before the yes"
    ann.says("yes")
    assert len(ann.heard()) == 4


def test_the_sample_conversation_goes_on_with_limits_time_and_an_early_search() -> None:
    ann = Sitting().reaches("now")
    ann.says("been on saboxone like 8 months, off fetty. mostly up late")
    ann.says("yes")

    assert ann.open == "help_wanted"
    ann.says("1 and normal stuff")
    assert ann.heard() == {"help_wanted": ("listen", "normal")}

    assert ann.open == "not_ok"
    ann.says("no anti sub ppl")
    assert ann.heard() == {"not_ok": ("anti_medicine",)}
    assert ann.open == "statements"
    ann.says("no")
    assert ann.heard() == {"statements": ("none",)}

    assert ann.open == "local_time"
    ann.says("skip")
    assert ann.last.notice is Notice.SKIPPED

    assert ann.open == "hours"
    assert ann.shows(Ask)
    assert ann.ask.kept == ("late_night",)
    ann.says("wait go back")
    assert (ann.last.notice, ann.open) == (Notice.BACK, "local_time")
    ann.says("1130pm")
    assert ann.heard() == {"local_time": ("-05:00",)}

    assert ann.open == "hours"
    ann.says("yes")
    assert ann.heard() == {"hours": ("late_night",)}
    assert ann.open == "language"
    assert ann.shows(Ask)
    assert ann.ask.ticks == ("en",)
    ann.picks("done")
    assert ann.review.left == 7
    ann.says("why so many questions")
    assert (ann.last.notice, ann.last.about, ann.review.left) == (Notice.WHY, "review", 7)

    ann.says("look now")
    assert ann.step == Done(early=True)
    assert ann.answers()["medicine"] == ("buprenorphine",)


def test_the_nickname_comes_last_and_one_like_the_account_is_asked_about() -> None:
    ann = Sitting().reaches("nickname")
    ann.progress = replace(ann.progress, offers=("Quiet Maple", "Blue Harbor", "Slow River"))
    ann.says("jessica_m92")
    assert (ann.open, ann.last.notice) == ("nickname", Notice.NAME_CLOSE)
    assert ann.ask.mine
    ann.says("harbor")
    assert ann.heard() == {"nickname": ("Blue Harbor",)}
    assert ann.step == Done()


def test_ambiguous_slang_is_asked_about_and_a_low_mood_is_no_drug() -> None:
    ann = Sitting().reaches("substances")

    ann.says("blues mostly")
    assert ann.shows(Clarify)
    assert ann.clarify.doubt.meanings == ("fentanyl", "feeling_low")
    ann.picks("feeling_low", of="meaning")
    assert (ann.open, ann.last.notice) == ("substances", Notice.UNCLEAR)
    ann.says("blues")
    assert (ann.answers()["substances"], ann.last.notice) == (("other",), Notice.MARKED_OTHER)


def test_two_doubts_in_one_message_are_cleared_one_after_the_other() -> None:
    ann = Sitting().reaches("medicine")

    ann.says("used to be dope now just subs")
    assert ann.shows(Clarify)
    assert ann.clarify.doubt.meanings == ("buprenorphine",)
    ann.picks("buprenorphine", of="meaning")
    assert ann.shows(Clarify)
    ann.says("heroin")
    assert ann.shows(Confirm)
    ann.says("yep")

    assert ann.answers()["medicine"] == ("buprenorphine",)
    assert ann.answers()["substances"] == ("past:heroin",)
    ann.says("ok")
    ann.reaches("substances")
    assert ann.shows(Ask)
    assert ann.ask.kept == ("past:heroin",)
