"""Overdose preparedness prompt: once, where somebody who loves a person who uses begins a search.

What it says of getting naloxone names the country's own source only while a person's check of it holds.
"""

from dataclasses import replace

from buddybot.domain.crisis.conversation import Say
from buddybot.domain.crisis.help_lines import LineType
from buddybot.domain.crisis.variables import line_words, links_of
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member
from buddybot.service.crisis import rendering
from buddybot.service.kernel.lanes import FAMILY, lane_of
from buddybot.service.kernel.turn import Turn
from buddybot.service.talk import respite

YES = ("naloxone-yes", Token("naloxone", verb="yes"))
NO = ("naloxone-no", Token("naloxone", verb="no"))
WHAT = ("naloxone-what", Token("naloxone", verb="what"))


def ask_once(turn: Turn, name: MemberId) -> None:
    """Ask whether there is naloxone at home, in the family lane alone, never twice, and never in danger."""
    member = turn.tx.members.by_id(name)
    if member is None or member.private.naloxone_asked or lane_of(turn, member) != FAMILY:
        return
    if respite.is_in_danger(turn, member) or (turn.screening is not None and turn.screening.shows_danger):
        return  # a crisis goes first; the next search may ask
    turn.tx.members.save(replace(member, private=replace(member.private, naloxone_asked=True)))
    turn.say(member, "naloxone-ask", buttons=(YES, NO, WHAT))


def press_naloxone(turn: Turn, member: Member, _subject: str, verb: str) -> None:
    """Button handler of the answers: where to keep it, how to get it, what it is."""
    match verb:
        case "yes":
            turn.say(member, "naloxone-kept")
        case "no":
            _tell_how(turn, member)
        case "what":
            turn.say(member, "naloxone-known", buttons=(YES, NO))
        case _:
            turn.say(member, "stale-button")


def _tell_how(turn: Turn, member: Member) -> None:
    """Say where people get it anywhere, and the country's own source where there is one."""
    scene = rendering.scene(turn, member)
    lines = scene.country.lines(LineType.NALOXONE, scene.today)[:1]
    rows = tuple(Say(f"crisis-row-{line.kind}", line_words(line)) for line in lines)
    links = tuple(link for line in lines for link in links_of(line))
    turn.show(member, rendering.content(turn, member.locale, Say("naloxone-get", rows=rows, links=links)))
