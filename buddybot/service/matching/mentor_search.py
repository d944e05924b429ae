"""Search for a mentor in place of a buddy: said first what a mentor is, then the same pool, offers and rooms."""

from dataclasses import replace

from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member, Stage
from buddybot.service.kernel.turn import Turn
from buddybot.service.matching import offers, waits


def explain_mentors(turn: Turn, member: Member) -> None:
    """Say what a mentor is and is not, before anybody looks for one."""
    rows = (("mentee-look", "look"), ("mentee-buddy", "buddy"), ("mentor-no", "no"))
    turn.say(member, "mentee-what", buttons=tuple((key, Token("mentee", verb=verb)) for key, verb in rows))


def press_mentee(turn: Turn, member: Member, _subject: str, verb: str) -> None:
    """Button handler of the search for a mentor."""
    match verb:
        case "ask":
            explain_mentors(turn, member)
        case "look" | "buddy":
            seek(turn, member, mentor=verb == "look")
        case "no":
            turn.say(member, "home-rested")
        case _:
            turn.say(member, "stale-button")


def seek(turn: Turn, member: Member, *, mentor: bool) -> None:
    """Look for a mentor or for a buddy; whoever waits already keeps their place and changes what for."""
    member = wish_for(turn, member, mentor=mentor)
    if member.stage is not Stage.LOOKING or turn.tx.offers.open_for(member.id) is not None:
        offers.look(turn, member)
        return
    waits.show_waiting(turn, member, "looking-mentor" if mentor else "looking")
    offers.match_on_arrival(turn, member.id)


def wish_for(turn: Turn, member: Member, *, mentor: bool) -> Member:
    """Keep whether somebody would like a mentor; return them as they are now."""
    if member.private.wants_mentor is not mentor:
        member = replace(member, private=replace(member.private, wants_mentor=mentor))
        turn.tx.members.save(member)
    return member
