"""Assumptions of the care simulation, each with its value and where it is from; they are printed above every result."""

from collections.abc import Mapping
from dataclasses import dataclass

GUESS = "a guess"


@dataclass(frozen=True, slots=True)
class Assumption:
    """One number that residents live by."""

    value: float
    says: str
    source: str = GUESS


ASSUMED: Mapping[str, Assumption] = {
    "shy": Assumption(0.5, "of people find first words hard"),
    "first_words": Assumption(0.25, "chance that somebody else writes first, each time they look"),
    "first_words_shy": Assumption(0.03, "the same of somebody shy"),
    "opener": Assumption(0.5, "chance that offered first words are looked at, and that one of them is sent"),
    "answer": Assumption(0.7, "chance that a note is answered at the first look, early in a pair"),
    "answer_later": Assumption(0.4, "of that chance is left at each later look at the same note"),
    "picks_up": Assumption(0.06, "but never less than this: people come back to old notes"),
    "again": Assumption(0.1, "chance that somebody writes once more after two days without an answer, at each look"),
    "staying": Assumption(18.0, "days after which an answer is a third as likely, in the middle; people differ"),
    "spanish": Assumption(0.2, "of people speak Spanish"),
    "awake": Assumption(16.0, "hours of a day that somebody is awake"),
    "checks_in": Assumption(0.2, "of people set a daily check-in"),
    "looks": Assumption(3.0, "times a day that somebody looks at their phone for this, awake"),
    "quiet": Assumption(0.7, "of people set quiet hours"),
    "yes": Assumption(0.75, "chance that somebody says yes to an offer", "the default of `buddybot simulate` is 0.7"),
    "deal": Assumption(0.6, "chance that the first question of the deal is answered"),
    "deal_on": Assumption(0.9, "chance that somebody who began goes on with each later one"),
    "asked": Assumption(0.55, "chance that a question about the pair or the day is answered"),
    "sign": Assumption(0.6, "chance that somebody who is still there answers when asked for a sign"),
    "sign_writes": Assumption(0.4, "of those signs are a note to the buddy"),
    "choose": Assumption(0.6, "chance that somebody who waits chooses when they are asked"),
    "goodbye": Assumption(0.15, "chance a day that somebody who waits for a week says goodbye by themselves"),
    "gives_up": Assumption(0.05, "chance a day that somebody who waits for a week leaves without a word"),
    "leaves": Assumption(0.012, "of people leave without a word, a day"),
    "erases": Assumption(0.002, "of people erase themselves, a day"),
    "pauses": Assumption(0.01, "of people take a break of three days, a day"),
    "slips": Assumption(0.01, "of people tell that they used again, a day"),
    "cries": Assumption(0.004, "of people cry for help, a day"),
    "crosses": Assumption(0.002, "of people move to another time zone, a day"),
    "muted": Assumption(0.001, "of people are muted for a week, a day"),
    "double": Assumption(0.1, "of taps come twice"),
}


def assumed(name: str) -> float:
    """Return the value of an assumption."""
    return ASSUMED[name].value


def assumption_lines() -> list[str]:
    """Return the table of assumptions, a line each."""
    width = max(len(one.says) for one in ASSUMED.values())
    return [f"  {one.value:>6g}  {one.says:<{width}}  {one.source}" for one in ASSUMED.values()]
