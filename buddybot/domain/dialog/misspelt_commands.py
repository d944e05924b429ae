"""Fuzzy matching of a typed word with the names of commands."""

from rapidfuzz.distance import OSA

from buddybot.domain.kernel.commands import BY_WORD, COMMANDS, Command, Scope

FEWEST_LETTERS = 5
"""Letters of a name that is known in spite of a slip."""


def misspelt_command(text: str) -> Command | None:
    """Return the command whose name is all that was typed, but for one slip of the fingers: "pasue", "answrs".

    A letter in place of another is no slip here: "black" is a word of its own, and no "block".
    """
    word = text.casefold().strip(" .,!?")
    near = {
        command.name: command
        for name, command in BY_WORD.items()
        if len(name) >= FEWEST_LETTERS
        and command.scope is not Scope.MODERATOR
        and name[0] == word[:1]
        and OSA.distance(word, name, score_cutoff=1) == 1
        and (len(word) != len(name) or sorted(word) == sorted(name))
    }
    return next(iter(near.values())) if len(near) == 1 else None


def misspelt_staff_command(word: str) -> Command | None:
    """Return the moderators' command that is nearest to a word, two slips at most, where only one is so near."""
    near: dict[int, list[Command]] = {}
    for one in COMMANDS:
        slips = OSA.distance(word.casefold(), one.name)
        if one.scope is Scope.MODERATOR and slips <= (2 if len(one.name) >= FEWEST_LETTERS else 1):
            near.setdefault(slips, []).append(one)
    nearest = near[min(near)] if near else []
    return nearest[0] if len(nearest) == 1 else None
