"""What a form may ask of the core: a command of moderators and its arguments, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass

from buddybot.adapter import COMMANDS, Command, Scope

LONGEST, DIGITS = 500, 8
NOT_HERE = frozenset({"reveal", "desk", "case", "queue", "handover"})
"""Breaking the glass stays a talk with the bot: no page ever shows an account. The rest are pages."""
OF_CASE = {
    one.name: one
    for one in COMMANDS
    if one.scope is Scope.MODERATOR and one.name not in NOT_HERE and any(p.name == "case" for p in one.parameters)
}
CHANNEL_TOOLS = frozenset({"slowmode", "lock", "purge", "announce"})
OF_SELF = {one.name: one for one in COMMANDS if one.name in {"shift", "optout", "lookup", "desk"} | CHANNEL_TOOLS}


@dataclass(frozen=True, slots=True)
class Task:
    """One command, and the page as its reader saw it."""

    command: str
    arguments: tuple[tuple[str, str], ...]
    seen: int | None = None


def of_case(form: Mapping[str, str], case: str) -> Task | None:
    """Read what is to be done with a case; None for what no form of ours sends.

    Each says what its page had seen; a claim from the queue needs not, since a case can be taken but once.
    """
    command, seen = OF_CASE.get(form.get("do", "")), number(form.get("seen", ""))
    if command is None or (seen is None and command.name != "claim"):
        return None
    return Task(command.name, (("case", case), *_given(command, form)), seen)


def of_self(form: Mapping[str, str], screen: str) -> Task | None:
    """Read what a moderator does for themselves, or looks up; channels are set on the page of the house alone.

    A link to come in is sent to their chat alone.
    """
    command = OF_SELF.get(form.get("do", ""))
    if command is None or (command.name == "desk" and form.get("state") != "off"):
        return None
    if command.name in CHANNEL_TOOLS and screen != "house":
        return None
    return Task(command.name, _given(command, form))


def number(text: str) -> int | None:
    """Return a short whole number, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None


def _given(command: Command, form: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    names = [one.name for one in command.parameters if one.name != "case"]
    return tuple((name, form[name].strip()[:LONGEST]) for name in names if form.get(name, "").strip())
