"""Buttons of the question for the local time: times of day, never an offset or the name of a zone."""

from buddybot.domain.intake.clocktime import hour_offers, suggested_zones
from buddybot.domain.intake.replies import Ask
from buddybot.domain.kernel.messages import Choice
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member
from buddybot.service.kernel.turn import Turn

HALF_DAY = 12


def time_choices(turn: Turn, member: Member, step: Ask) -> tuple[Choice, ...]:
    """Return times to tap: the one of their device, or those of their country; then all of a day, if none is theirs."""
    key = step.question.key
    other = Choice(str(Token("ask", key, "other_time")), turn.words(member, "control-other_time"))
    if not step.offers and (guess := only_guess(turn, member)):
        return (Choice(str(Token("ask", key, guess)), turn.words(member, "control-yes")), other)
    shown = step.offers or _suggested(turn, member) or step.question.offsets
    times = tuple(Choice(str(Token("ask", key, zone)), time_words(turn, member, zone)) for zone in shown)
    return times if step.offers else (*times, other)


def only_guess(turn: Turn, member: Member) -> str:
    """Return the one zone that is suggested, "" where none or several are."""
    found = _suggested(turn, member)
    return found[0] if len(found) == 1 else ""


def time_words(turn: Turn, member: Member, zone: str) -> str:
    """Return what time it is in a zone, "" for one that is known no more."""
    for one in hour_offers(turn.now, (zone,)):
        half = "ask-time-am" if one.hour < HALF_DAY else "ask-time-pm"
        return turn.words(member, half, hour=one.hour % HALF_DAY or HALF_DAY, minute=f"{one.minute:02}")
    return ""


def _suggested(turn: Turn, member: Member) -> tuple[str, ...]:
    hint, zones = turn.zones.get(member.id, ""), turn.book.vocabulary.zones
    return suggested_zones(member.private.country, hint, turn.now, zones)
