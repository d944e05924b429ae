"""Intent tables: which button a typed reply stands for, by the question that is open, the lane and the level."""

from collections.abc import Mapping

from buddybot.domain.crisis.scripts import EXIT, MORE, OKAY, SOMEONE
from buddybot.domain.kernel.levels import SideLane

SHORT_ANSWERS = frozenset({"yes", "no", "unsure", "ok", "same", "better", "worse"})
"""Answers that may as well be meant for the buddy who asked something since."""

ALWAYS = {
    "not-meant": EXIT,
    "someone": SOMEONE,
    "lines": MORE,
    "hide": "care.violence.hide",
    "resume": "care.aside.resume",
    "enough": "care.aside.resume",
}
ASIDE = frozenset({"resume", "enough"})
"""What changes the subject, where nobody but the bot reads it."""

BY_SCRIPT: Mapping[str, Mapping[str, str]] = {
    "wish": {
        "okay": "care.wish.no",
        "better": "care.wish.no",
        "worse": "care.wish.yes",
        "using": "care.wish.yes",
        "skip": "care.wish.unsure",
        "tired": "care.wish.no",
    },
    "active": {"okay": "care.active.no", "unsure": "care.active.skip", "worse": "care.active.yes"},
    "safe": {
        "okay": "care.safe.yes",
        "better": "care.safe.yes",
        "worse": "care.safe.no",
        "with": "care.safe.yes",
        "skip": "care.safe.unsure",
        "unsafe": "care.safe.no",
    },
    "sure": {
        "okay": "care.sure.no",
        "better": "care.sure.no",
        "tired": "care.sure.no",
        "thanks": "care.sure.no",
        "not-breathing": "care.sure.overdose",
        "unsafe": "care.sure.yes",
        "worse": "care.sure.yes",
        "unsure": "care.sure.unsure",
        "plan": "care.sure.yes",
    },
    "means": {
        "okay": "care.means.no",
        "skip": "care.means.unsure",
        "unsafe": "care.means.yes",
        "plan": "care.means.yes",
    },
    "danger": {"no": "care.danger.cant", "unsure": "care.danger.cant"},
    "danger-again": {"no": "care.near.no", "yes": "care.danger.with", "alone": "care.near.no"},
    "near": {"with": "care.near.yes", "nearby": "care.near.yes", "alone": "care.near.no", "unsure": "care.near.no"},
    "now": {"yes": "care.now.called", "no": "care.now.cant"},
    "now-again": {"yes": "care.now.called", "no": "care.now.cant"},
    "withdrawal": {"yes": "care.withdrawal.called", "no": "care.withdrawal.cant", "unsure": "care.withdrawal.cant"},
    "violence": {
        "no": "care.violence.hide",
        "unsafe": "care.violence.hide",
        "present": "care.violence.hide",
        "unsure": "care.violence.hide",
        "okay": "care.violence.yes",
    },
    "alone-buddy": {"yes": "care.alone.send", "no": "care.alone.not-now"},
    "used-tell": {"yes": "care.used.send", "no": "care.used.not-now"},
    "used": {"okay": "care.used.yes", "alone": "care.used.by-myself", "unsafe": "care.used.no"},
    "used-unsafe": {"alone": "care.used.by-myself", "yes": "care.used.with", "no": "care.used.by-myself"},
    "high": {"with": "care.high.yes", "alone": "care.high.no"},
    "unclear": {"okay": "care.unclear.tired", "no": "care.unclear.tired", "yes": "care.unclear.more-than"},
    "loss": {"found": "care.loss.found", "join": "care.used.dying"},
    "loss-felt": {
        "found": "care.loss.found",
        "yes": SOMEONE,
        "no": "care.loss.not-now",
        "me": "care.used.dying",
        "join": "care.used.dying",
    },
    "loss-seen": {"found": "care.loss.found", "yes": SOMEONE, "no": "care.loss.not-now", "join": "care.used.dying"},
    "loss-found": {"yes": SOMEONE, "no": "care.loss.not-now", "join": "care.used.dying"},
    "loss-not-now": {"join": "care.used.dying"},
    "over-sure": {"yes": "care.over.again", "present": "care.over.again", "no": EXIT, "unsure": "care.over.again"},
    "loss-lines": {"join": "care.used.dying", "found": "care.loss.found"},
    "dose": {"okay": "care.dose.yes", "unsure": "care.dose.no", "unsafe": "care.dose.no"},
    "check": {
        "okay": "care.check.better",
        "yes": "care.check.better",
        "no": "care.check.worse",
        "unsure": "care.check.same",
    },
    "check-again": {
        "okay": "care.check.better",
        "yes": "care.check.better",
        "no": "care.check.worse",
        "unsure": "care.check.same",
    },
    "morning": {"okay": "care.morning.better", "yes": "care.morning.better", "no": "care.morning.worse"},
    "tell": {"okay": "care.tell.yes", "unsure": "care.tell.no", "not-now": "care.tell.no"},
    "distress": {"yes": SOMEONE, "next": "care.distress.ten"},
    "heavy": {"yes": SOMEONE},
    "trained": {"yes": SOMEONE},
    "still-1": {"yes": SOMEONE, "no": OKAY},
    "still-2": {"yes": SOMEONE},
    "still-3": {"yes": SOMEONE},
    "still-silent-1": {"yes": SOMEONE},
    "still-silent-2": {"yes": SOMEONE},
    "still-alone-1": {"yes": "care.alone.with", "no": SOMEONE, "unsure": SOMEONE, "alone": SOMEONE},
    "still-alone-2": {"yes": "care.alone.with", "no": SOMEONE, "unsure": SOMEONE, "alone": SOMEONE},
    "still-alone-3": {"yes": SOMEONE},
    "still-danger-1": {"with": "care.near.yes", "nearby": "care.near.yes", "alone": "care.near.no"},
}
"""What else answers a question than the words on its buttons."""

BY_LANE: Mapping[SideLane, Mapping[str, str]] = {
    SideLane.OVERDOSE: {
        "called": "care.over.called",
        "breathing": "care.over.breathing",
        "woke": "care.over.breathing",
        "not-breathing": "care.over.again",
        "no-naloxone": "care.over.no-naloxone",
        "gave-naloxone": "care.over.gave",
        "has-naloxone": "care.over.has",
        "police": "care.over.police",
        "help-here": "care.over.help-here",
        "cant": "care.over.police",
        "next": "care.over.done",
        "ok": "care.over.done",
        "same": "care.over.done",
        "yes": "care.over.done",
        "no": "care.over.done",
        "unsure": "care.over.done",
        "alone": "care.over.done",
        "me": "care.over.done",
        "callfor": "care.over.done",
    },
    SideLane.ALONE: {
        "with": "care.alone.with",
        "present": "care.alone.with",
        "naloxone": "care.alone.naloxone",
        "no-naloxone": "care.alone.naloxone",
        "buddy": "care.alone.buddy",
        "not-tonight": "care.alone.not-tonight",
        "not-now": "care.alone.not-now",
        "called": "care.now.called",
    },
    SideLane.WITHDRAWAL: {"called": "care.withdrawal.called", "cant": "care.withdrawal.cant"},
    SideLane.VIOLENCE: {
        "yes": "care.violence.yes",
        "called": "care.now.called",
        "present": "care.violence.hide",
        "unsafe": "care.violence.hide",
    },
    SideLane.CHILD: {"called": "care.child.called"},
    SideLane.BUDDY: {},
}
HELPED: Mapping[str, str] = {"not-breathing": BY_LANE[SideLane.OVERDOSE]["not-breathing"]}
"""What still leads to first aid once help came to an overdose: the other short words are about whoever writes."""
GRAVE: Mapping[str, str] = {
    "present": "care.danger.with",
    "with": "care.danger.with",
    "nearby": "care.now.nearby",
    "alone": "care.near.no",
    "cant": "care.danger.cant",
    "scared": "care.trained.scared",
    "called": "care.now.called",
    "help-here": "care.now.called",
    "police": "care.trained.scared",
    "took": "care.danger.took",
    "place": "care.place.told",
}
NOW: Mapping[str, str] = {
    **GRAVE,
    "alone": "care.now.alone",
    "with": "care.now.nearby",
    "present": "care.now.nearby",
    "cant": "care.now.cant",
}
MILD: Mapping[str, str] = {
    "plan": "care.active.yes",
    "unsafe": "care.safe.no",
    "scared": "care.trained.scared",
    "ten": "care.distress.ten",
    "with": "care.danger.with",
    "alone": "care.danger.cant",
    "worse": "care.safe.no",
    "called": "care.now.called",
    "took": "care.danger.took",
}
GENTLE_LANES = frozenset({None, SideLane.ALONE, SideLane.BUDDY})
"""Lanes in which nobody is hurt yet: what else they ask for is done beside the conversation."""
STILL_OF = {
    SideLane.OVERDOSE: "over",
    SideLane.ALONE: "still-alone",
    SideLane.WITHDRAWAL: "still-withdrawal",
    SideLane.VIOLENCE: "still-violence",
    SideLane.CHILD: "still-child",
    SideLane.BUDDY: "still-silent",
}
HELPER_LINES = ("buddy-callfor", "buddy-options", "buddy-me")
"""What a helper is told next, where the fitting line was said just now."""
HELPERS: Mapping[str, str] = {
    "next": "buddy-callfor",
    "called": "buddy-callfor",
    "callfor": "buddy-callfor",
    "cant": "buddy-options",
    "me": "buddy-me",
    "stepback": "buddy-stepback",
    "police": "over-police",
}
