"""Operator requests about programmes: begin and end them, give and cancel invites.

No answer says how often an invite was used: with a few people that would tell who came.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import TypeAlias

from buddybot.domain.programmes.invites import (
    FEWEST_USES,
    LONGEST_DAYS,
    LONGEST_NAME,
    MOST_USES,
    Invite,
    Programme,
    code_from,
    spelled,
)
from buddybot.service.kernel.turn import Turn

Said: TypeAlias = Mapping[str, object]
WHO = "operator"
_REFERENCE = 6
"""Letters of what an operator calls an invite by: it opens nothing."""


def programme_named(turn: Turn, name: object) -> Programme | str:
    """Return the programme of this name or reference, the newest where two had it; else what is wrong."""
    wanted = str(name).casefold().strip()
    found = [one for one in turn.tx.invites.programmes() if wanted in {one.name.casefold(), one.id}]
    if found:
        return found[-1]
    known = ", ".join(one.name for one in turn.tx.invites.programmes())
    return f"there is no programme {str(name)[:LONGEST_NAME]!r}; " + (
        f"there are: {known}" if known else "`buddybot programme add NAME` makes the first"
    )


def add_programme(turn: Turn, asked: Said) -> Said:
    """Begin a programme."""
    name = " ".join(str(asked.get("name", "")).split())
    if not 1 <= len(name) <= LONGEST_NAME:
        return {"fault": f"a programme's name has 1 to {LONGEST_NAME} letters: it is what people read"}
    if any(one.ended_at is None and one.name.casefold() == name.casefold() for one in turn.tx.invites.programmes()):
        return {"fault": f"there is a programme {name!r} already; end it first, or choose another name"}
    programme = Programme(turn.world.new_id(), name, turn.now)
    turn.tx.invites.begin(programme)
    turn.tx.audit.add(turn.now, WHO, "programme-add", programme.id)
    return {"programme": programme.id}


def list_programmes(turn: Turn, _: Said) -> Said:
    """List programmes with their invites."""
    return {
        "programmes": [
            {
                "programme": one.id,
                "name": one.name,
                "began": one.made_at.date().isoformat(),
                "ended": one.ended_at and one.ended_at.date().isoformat(),
                "invites": [_shown(turn, invite) for invite in turn.tx.invites.of(one.id)],
            }
            for one in turn.tx.invites.programmes()
        ]
    }


def _shown(turn: Turn, invite: Invite) -> Said:
    lasts = "works until" if turn.now < invite.expires_at else "ran out on"
    state = "cancelled" if invite.cancelled else lasts
    return {"reference": invite.reference, "state": state, "until": invite.expires_at.date().isoformat()}


def end_programme(turn: Turn, asked: Said) -> Said:
    """End a programme: its invites work no more, and nobody is counted for it in a quarter that begins later."""
    found = programme_named(turn, asked.get("programme"))
    if isinstance(found, str):
        return {"fault": found}
    if found.ended_at is not None:
        return {"fault": f"{found.name} has ended already"}
    turn.tx.invites.end(found.id, turn.now)
    turn.tx.audit.add(turn.now, WHO, "programme-end", found.id)
    return {"name": found.name}


def give_invite(turn: Turn, asked: Said) -> Said:
    """Give out a code that some people may come by."""
    uses, days = asked.get("uses"), asked.get("days")
    found = programme_named(turn, asked.get("programme"))
    if isinstance(found, str):
        return {"fault": found}
    if found.ended_at is not None:
        return {"fault": f"{found.name} has ended: it invites nobody any more"}
    if not isinstance(uses, int) or not FEWEST_USES <= uses <= MOST_USES:
        why = "one for fewer would tell which of a few people came"
        return {"fault": f"an invite is for {FEWEST_USES} to {MOST_USES} people: {why}"}
    if not isinstance(days, int) or not 1 <= days <= LONGEST_DAYS:
        return {"fault": f"an invite works for 1 to {LONGEST_DAYS} days"}
    code, until = code_from(turn.world.new_id()), turn.now + timedelta(days=days)
    reference = code_from(turn.world.new_id())[:_REFERENCE].lower()
    turn.tx.invites.give(code, Invite(reference, found.id, uses, until))
    turn.tx.audit.add(turn.now, WHO, "programme-invite", found.id, reference)
    told = {"code": spelled(code), "reference": reference, "until": until.date().isoformat()}
    return {**told, "name": found.name}


def cancel_invite(turn: Turn, asked: Said) -> Said:
    """Let one invite work no more."""
    reference = str(asked.get("reference", ""))
    found = programme_named(turn, asked.get("programme"))
    if isinstance(found, str):
        return {"fault": found}
    if not turn.tx.invites.cancel(found.id, reference):
        return {"fault": f"{found.name} has no invite {reference[:20]!r}; `buddybot programme list` shows them"}
    turn.tx.audit.add(turn.now, WHO, "programme-cancel", found.id, reference)
    return {}
