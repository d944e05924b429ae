"""The scripts of the care conversation: which string, which buttons, what to dial. The words are in crisis.ftl."""

from dataclasses import dataclass

from buddybot.domain.crisis.conversation import Option, Say, Scene
from buddybot.domain.crisis.help_lines import LineType
from buddybot.domain.crisis.variables import links, words

EXIT = "care.exit.not-meant"
"""I'm okay, that's not what I meant: the way out of every question that a misreading can open."""
MORE = "care.card.lines"
OKAY = "care.card.okay"
COUNTRY = Option("care.country.ask")
"""Asks for the country, where it is not known and a number of it is shown."""
SOMEONE = "care.company.someone"


@dataclass(frozen=True, slots=True)
class Script:
    """One thing the bot says: `answers` are button tokens (at most three and a way out), `dial` the lines to offer."""

    answers: tuple[str, ...] = ()
    dial: tuple[LineType, ...] = ()


WHERE = "crisis-where"
PLACED = frozenset({"danger", "now", "overdose", "withdrawal", "child", "used-unsafe", "violence-line"})
"""First cards with an emergency number: they ask for the country once, not at every step; a buddy is never asked."""
LINE = (LineType.CRISIS,)
BOTH = (LineType.CRISIS, LineType.EMERGENCY)
CALL = (LineType.EMERGENCY,)

LEVELS: dict[str, Script] = {
    "distress": Script((SOMEONE, "care.distress.ten", MORE, EXIT)),
    "ten": Script((SOMEONE, MORE, OKAY)),
    "someone": Script((OKAY,), LINE),
    "okay": Script(),
    "not-meant": Script(),
    "wish": Script(("care.wish.yes", "care.wish.unsure", "care.wish.no", EXIT), LINE),
    "heavy": Script((SOMEONE, MORE, OKAY), LINE),
    "active": Script(("care.active.yes", "care.active.no", "care.active.skip", EXIT), LINE),
    "safe": Script(("care.safe.yes", "care.safe.no", "care.safe.unsure", EXIT), LINE),
    "trained": Script(("care.trained.scared", MORE, OKAY), LINE),
    "scared": Script((MORE, OKAY), LINE),
    "danger": Script(("care.danger.with", "care.danger.cant", EXIT), BOTH),
    "danger-again": Script(("care.danger.with", "care.danger.cant", EXIT), BOTH),
    "with": Script((MORE, OKAY), LINE),
    "near": Script(("care.near.yes", "care.near.no", OKAY), LINE),
    "near-yes": Script((MORE, OKAY), BOTH),
    "near-no": Script(("care.trained.scared", OKAY), BOTH),
    "now": Script(("care.now.called", "care.now.nearby", "care.now.cant", EXIT), CALL),
    "now-again": Script(("care.now.called", "care.now.nearby", "care.now.cant", EXIT), CALL),
    "called": Script((OKAY,)),
    "nearby": Script((OKAY,), CALL),
    "cant-call": Script(("care.now.called", "care.now.nearby", OKAY), BOTH),
    "now-alone": Script(("care.now.called", "care.now.cant", OKAY), CALL),
    "sure": Script(("care.sure.yes", "care.sure.overdose", "care.sure.no"), CALL),
    "means": Script(("care.means.yes", "care.means.unsure", "care.means.no", EXIT), LINE),
    "place-told": Script(("care.now.called", OKAY), CALL),
    "aside": Script(),
    "country": Script(("care.country.US", "care.country.CA", "care.country.GB", "care.country.other", OKAY)),
    "country-other": Script(),
}

LANES: dict[str, Script] = {
    "overdose": Script(
        ("care.over.done", "care.over.breathing", "care.over.no-naloxone", "care.over.police", EXIT), CALL
    ),
    "over-rub": Script(("care.over.done", "care.over.breathing", "care.over.no-naloxone", OKAY), CALL),
    "over-naloxone": Script(("care.over.done", "care.over.breathing", "care.over.no-naloxone", OKAY), CALL),
    "over-breathe": Script(("care.over.done", "care.over.breathing", "care.over.help-here", OKAY), CALL),
    "over-wait": Script(("care.over.done", "care.over.breathing", "care.over.help-here", OKAY), CALL),
    "over-stay": Script(("care.over.breathing", "care.over.help-here", "care.over.called", OKAY), CALL),
    "over-sure": Script(("care.over.again", EXIT), CALL),
    "over-gave": Script(("care.over.breathing", "care.over.done", "care.over.help-here", OKAY), CALL),
    "over-called": Script(("care.over.breathing", "care.over.no-naloxone", "care.over.help-here", OKAY), CALL),
    "over-breathing": Script(("care.over.help-here", "care.over.called", OKAY), CALL),
    "over-no-naloxone": Script(("care.over.called", "care.over.breathing", OKAY), CALL),
    "over-police": Script(("care.over.called", "care.over.breathing", OKAY), CALL),
    "over-after": Script((SOMEONE, MORE, OKAY)),
    "alone": Script(
        ("care.alone.naloxone", "care.alone.buddy", SOMEONE, "care.alone.not-tonight", EXIT), (LineType.SPOTTER,)
    ),
    "alone-naloxone": Script((OKAY,), (LineType.NALOXONE,)),
    "alone-buddy": Script(("care.alone.send", "care.alone.not-now")),
    "alone-later": Script((MORE, OKAY)),
    "alone-with": Script((OKAY,)),
    "withdrawal": Script(
        ("care.withdrawal.called", "care.withdrawal.cant", EXIT), (LineType.EMERGENCY, LineType.POISON)
    ),
    "withdrawal-called": Script((OKAY,)),
    "violence": Script(("care.violence.yes", "care.violence.hide")),
    "violence-line": Script((MORE, "care.violence.hide", OKAY), (LineType.VIOLENCE, LineType.EMERGENCY)),
    "neutral": Script(),
    "child": Script(("care.child.called", SOMEONE, EXIT), (LineType.EMERGENCY, LineType.POISON)),
    "child-called": Script((SOMEONE, OKAY)),
    "silent": Script((SOMEONE, MORE, OKAY)),
    "worried": Script(
        ("care.worried.hurt", "care.worried.overdose", "care.worried.using-alone", "care.worried.quiet", OKAY)
    ),
    "worried-hurt": Script(("care.buddy.callfor", "care.buddy.mod", OKAY), BOTH),
    "worried-alone": Script((MORE, OKAY), (LineType.SPOTTER,)),
}

CHECKS: dict[str, Script] = {
    "check": Script(("care.check.better", "care.check.same", "care.check.worse", "care.check.stop")),
    "check-again": Script(("care.check.better", "care.check.same", "care.check.worse", "care.check.stop")),
    "morning": Script(("care.morning.better", "care.morning.same", "care.morning.worse", "care.morning.stop")),
    "check-better": Script(),
    "check-same": Script((SOMEONE, MORE, OKAY), LINE),
    "morning-better": Script(),
    "check-stop": Script(),
    "tell": Script(("care.tell.yes", "care.tell.no")),
    "told": Script(),
    "not-told": Script(),
    "over-check": Script((SOMEONE, "care.after.okay", "care.after.leave")),
    "used-check": Script((SOMEONE, "care.after.okay", "care.after.leave")),
    "after-okay": Script(),
}

GENTLE: dict[str, Script] = {
    "survived": Script(("care.survived.rest", SOMEONE, "care.survived.next")),
    "rest": Script(),
    "next": Script((MORE, OKAY)),
    "loss": Script((SOMEONE, "care.loss.grief", "care.loss.not-now")),
    "loss-felt": Script((SOMEONE, "care.loss.grief", "care.loss.not-now")),
    "loss-seen": Script((SOMEONE, "care.loss.grief", "care.loss.not-now")),
    "loss-found": Script((SOMEONE, "care.loss.grief", "care.loss.not-now")),
    "loss-lines": Script((OKAY,), LINE),
    "loss-not-now": Script(),
    "used": Script(("care.used.yes", "care.used.unsure", "care.used.no", "care.used.not-now")),
    "used-safe": Script(("care.used.tell", SOMEONE, "care.used.sit", "care.used.medicine")),
    "used-tell": Script(("care.used.send", "care.used.change", "care.used.not-now")),
    "used-change": Script(("care.used.send", "care.used.not-now")),
    "used-medicine": Script((SOMEONE, MORE, OKAY)),
    "used-sit": Script(),
    "used-unsafe": Script(("care.used.by-myself", "care.used.with", "care.used.dying", OKAY), CALL),
    "used-with": Script((MORE, OKAY), CALL),
    "high": Script(("care.high.yes", "care.high.no", OKAY)),
    "high-with": Script((OKAY,)),
    "unclear": Script(("care.unclear.tired", "care.unclear.more-than")),
    "tired": Script(),
    "dose": Script(("care.dose.yes", "care.dose.no", OKAY), (LineType.POISON,)),
    "dose-safe": Script((MORE, OKAY)),
}

BUDDY: dict[str, Script] = {
    "buddy-guidance": Script(("care.send.here", "care.buddy.mod", "care.buddy.me", "care.buddy.stepback"), LINE),
    "buddy-danger": Script(
        ("care.send.here", "care.send.safe", "care.buddy.alert", "care.buddy.options", "care.buddy.stepback"), BOTH
    ),
    "buddy-overdose": Script(
        ("care.send.here", "care.send.call", "care.buddy.alert", "care.buddy.callfor", "care.buddy.stepback"), CALL
    ),
    "buddy-options": Script(
        ("care.send.call", "care.send.near", "care.buddy.callfor", "care.buddy.me", "care.buddy.stepback")
    ),
    "buddy-alerted": Script(("care.send.here", "care.send.safe", "care.buddy.options", "care.buddy.stepback")),
    "buddy-callfor": Script(("care.buddy.alert", "care.buddy.stepback"), CALL),
    "buddy-me": Script((SOMEONE, MORE, OKAY), LINE),
    "buddy-stepback": Script(("care.buddy.me", OKAY), LINE),
    "sent": Script(),
    "not-sent": Script(),
}

STEPS = ("overdose", "over-rub", "over-naloxone", "over-breathe", "over-wait", "over-stay")
"""The overdose card, a step a card, in order."""
REACHED = {"over-gave": 3, "over-no-naloxone": 2, "over-sure": 2, "over-breathing": 4}
"""How far an answer off the card brings them: nobody who gave naloxone is sent back to rubbing."""
DOUBTED = {"over-rub": True, "over-stay": False}
"""After which steps a calm line brings the question whether anybody lies there at all; after the first, small talk."""

STILL: dict[str, Script] = {
    "still-1": Script((SOMEONE, MORE, OKAY), LINE),
    "still-2": Script((SOMEONE, "care.distress.ten", OKAY), LINE),
    "still-3": Script((SOMEONE, MORE, OKAY), LINE),
    "still-danger-1": Script(("care.near.yes", "care.near.no", OKAY), BOTH),
    "still-danger-2": Script(("care.danger.with", "care.danger.cant", OKAY), BOTH),
    "still-danger-3": Script(("care.now.called", "care.trained.scared", OKAY), BOTH),
    "still-now-1": Script(("care.now.called", "care.now.nearby", "care.now.cant", OKAY), CALL),
    "still-now-2": Script(("care.now.called", "care.now.nearby", "care.now.cant", OKAY), CALL),
    "still-now-3": Script(("care.now.called", "care.now.nearby", "care.now.cant", OKAY), CALL),
    "still-alone-1": Script((SOMEONE, "care.alone.buddy", "care.alone.not-tonight", OKAY), (LineType.SPOTTER,)),
    "still-alone-2": Script(("care.alone.with", SOMEONE, "care.alone.not-tonight", OKAY), (LineType.SPOTTER,)),
    "still-alone-3": Script((SOMEONE, "care.alone.naloxone", "care.alone.not-tonight", OKAY), (LineType.SPOTTER,)),
    "still-withdrawal-1": Script(("care.withdrawal.called", "care.withdrawal.cant", OKAY), CALL),
    "still-withdrawal-2": Script(("care.withdrawal.called", "care.withdrawal.cant", OKAY), CALL),
    "still-violence-1": Script(("care.violence.yes", "care.violence.hide")),
    "still-violence-2": Script(("care.violence.yes", "care.violence.hide")),
    "still-child-1": Script(("care.child.called", SOMEONE, OKAY), CALL),
    "still-child-2": Script(("care.child.called", SOMEONE, OKAY), CALL),
    "still-silent-1": Script((SOMEONE, MORE, OKAY)),
    "still-silent-2": Script((SOMEONE, MORE, OKAY)),
}
"""The conversation's next line for words that are no answer: two or three of each, so that none comes twice running."""

SCRIPTS = LEVELS | LANES | CHECKS | GENTLE | BUDDY | STILL


def step_after(last: str) -> str:
    """Return the next step of the overdose card after what was said last; "" after the last one."""
    at = STEPS.index(last) if last in STEPS else REACHED.get(last, 0)
    return STEPS[at + 1] if at + 1 < len(STEPS) else ""


def script(name: str, scene: Scene, *rows: Say) -> Say:
    """Return a script as one message for this person: only buttons that lead somewhere for them."""
    found = SCRIPTS[name]
    choices = [Option(token) for token in found.answers if _leads_on(token, scene)]
    rows = (*rows, *(where(scene) if name in PLACED else ()))
    if rows and rows[-1].key == WHERE:
        choices.insert(len(choices) - 1, COUNTRY)
    return Say(f"crisis-{name}", words(scene), tuple(choices), links(scene, found.dial), rows)


def where(scene: Scene) -> tuple[Say, ...]:
    """Return the line that asks for the country inside a card, while it is not known."""
    return () if scene.placed or scene.country.known else (Say(WHERE, words(scene)),)


def _leads_on(token: str, scene: Scene) -> bool:
    match token:
        case "care.alone.naloxone":
            return bool(scene.country.lines(LineType.NALOXONE, scene.today))
        case "care.alone.buddy" | "care.used.tell":
            return scene.in_chat
        case _:
            return True
