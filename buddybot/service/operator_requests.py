"""Switchboard of what an operator asks of the bot from the shell: each request is answered in one transaction.

The same function answers whether the bot runs, and is asked through its socket, or is stopped, and the command opens
the database itself: so both leave the same lines in the audit log.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TypeAlias

from buddybot.domain.moderation.staff import Role
from buddybot.service.kernel.turn import Turn
from buddybot.service.programmes import operating, publishing
from buddybot.store.people.one_time_words import Pass

Answer: TypeAlias = Mapping[str, object]
"""What is told the command: under `fault` a sentence, where nothing was changed."""
Asked: TypeAlias = Mapping[str, object]

OPERATOR = "operator"
"""Who it was, in the audit log: whoever has a shell on the server. Nobody's name is known there."""
MOST_INVITES = 1000
LONGEST_LABEL = 60
LONGEST_DAYS = 365
STAFF_WORD_LASTS = timedelta(hours=72)
ROLES = tuple(role.value for role in Role if role is not Role.MEMBER)


def answer_operator(turn: Turn, request: str, asked: Asked) -> Answer:
    """Do what is asked, or say why not."""
    handler = REQUESTS.get(request)
    if handler is None:
        return {"fault": f"the bot does not know the request {request[:40]!r}: it is another version; start it anew"}
    return handler(turn, asked)


def invite_fault(label: str, count: int, days: int) -> str:
    """Return what is wrong with these invites; empty where nothing is."""
    length = len(" ".join(label.split()))
    if 1 <= length <= LONGEST_LABEL and 1 <= count <= MOST_INVITES and 1 <= days <= LONGEST_DAYS:
        return ""
    return f"a label has 1 to {LONGEST_LABEL} letters; --count is 1 to {MOST_INVITES}, --days 1 to {LONGEST_DAYS}"


def _invite(turn: Turn, asked: Asked) -> Answer:
    label, count, days = asked.get("label"), asked.get("count"), asked.get("days")
    if not isinstance(label, str) or not isinstance(count, int) or not isinstance(days, int):
        return {"fault": "an invite needs a label, a count and a number of days"}
    if fault := invite_fault(label, count, days):
        return {"fault": fault}
    label = " ".join(label.split())
    words = [turn.world.new_id() for _ in range(count)]
    for word in words:
        turn.tx.passes.give(word, Pass(label=label), turn.now + timedelta(days=days))
    turn.tx.audit.add(turn.now, OPERATOR, "invite", "words", str(count))
    return {"words": words}


def _staff_add(turn: Turn, asked: Asked) -> Answer:
    role = str(asked.get("role"))
    if role not in ROLES:
        return {"fault": f"there is no role {role[:40]!r}; roles are {', '.join(ROLES)}"}
    word = turn.world.new_id()
    turn.tx.passes.give(word, Pass(role=Role(role)), turn.now + STAFF_WORD_LASTS)
    turn.tx.audit.add(turn.now, OPERATOR, "staff-add", "words", role)
    return {"word": word, "hours": int(STAFF_WORD_LASTS / timedelta(hours=1))}


def _staff_list(turn: Turn, _: Asked) -> Answer:
    listed = turn.tx.staff.listed(turn.now)
    return {"staff": [[one.reference, one.role.value, one.source, one.came] for one in listed]}


def _staff_remove(turn: Turn, asked: Asked) -> Answer:
    reference = str(asked.get("reference", ""))
    ended = turn.tx.staff.dismiss(reference)
    if not ended:
        return {
            "fault": f"nobody has a role by a word and the reference {reference[:40]!r}: roles from config.toml end "
            "there, those from a platform at the platform"
        }
    turn.tx.audit.add(turn.now, OPERATOR, "staff-remove", "staff", reference)
    return {"ended": ended}


def _rekeyed(turn: Turn, asked: Asked) -> Answer:
    turn.tx.audit.add(turn.now, OPERATOR, "rekey", "keys", str(asked.get("keys")))
    return {}


REQUESTS: Mapping[str, Callable[[Turn, Asked], Answer]] = {
    "invite": _invite,
    "programme-add": operating.add_programme,
    "programme-cancel": operating.cancel_invite,
    "programme-end": operating.end_programme,
    "programme-invite": operating.give_invite,
    "programme-list": operating.list_programmes,
    "publish": publishing.publish_counts,
    "rekeyed": _rekeyed,
    "staff-add": _staff_add,
    "staff-list": _staff_list,
    "staff-remove": _staff_remove,
}
