"""Redemption of invites: a code lets somebody in under its programme's name; one that does not work loses nothing.

Nobody learns who came: there is no list of those who did, and no audit line.
"""

from datetime import timedelta

from buddybot.domain.people.members import Member
from buddybot.domain.programmes.counted import invited
from buddybot.domain.programmes.invites import Invite, Programme, code_in
from buddybot.service.kernel.turn import Turn
from buddybot.service.programmes import consent
from buddybot.store.kernel.timers import Timer

FIRST_ASKED = timedelta(days=3)
"""Nobody is asked to be counted before they have had the time to find what they came for."""


def take_invite(turn: Turn, member: Member, word: str) -> bool:
    """Return whether a word is, or once was, or looks like, an invite; what there is to say about it is said."""
    code = code_in(word)
    if code is None:
        return False
    invite = turn.tx.invites.find(code)
    programme = None if invite is None else turn.tx.invites.programme(invite.programme)
    record = turn.tx.counted.of(member.id)
    if invite is None or programme is None:
        turn.say(member, "invite-unknown")
    elif record.programme == programme.id:
        turn.say(member, "invite-again", label=programme.name)
    elif programme.ended_at is not None or not invite.works(turn.now):
        turn.say(member, "invite-over", label=programme.name)
    else:
        _come_in(turn, member, code, invite, programme)
    return True


def _come_in(turn: Turn, member: Member, code: str, invite: Invite, programme: Programme) -> None:
    turn.tx.invites.use(code)
    turn.tx.counted.save(member.id, invited(turn.tx.counted.of(member.id), invite.programme))
    turn.tx.timers.set(Timer(consent.ASKING, member.id, turn.now + FIRST_ASKED, member.id))
    turn.say(member, "invite-welcome", label=programme.name)
