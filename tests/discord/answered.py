"""What Discord's published description says of answers to interactions: which kind may answer which, and limits."""

from collections.abc import Iterator

from tests.discord.modals import minded_modal
from tests.discord.published import minded, tree_of
from tests.discord.world import Json

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMITTED = 2, 3, 4, 5
MESSAGE, LATER, UPDATE_LATER, SUGGEST, MODAL = 4, 5, 6, 8, 9
ALLOWED = {
    COMMAND: {MESSAGE, LATER, MODAL},
    COMPONENT: {MESSAGE, LATER, UPDATE_LATER, MODAL},
    AUTOCOMPLETE: {SUGGEST},
    SUBMITTED: {MESSAGE, LATER, UPDATE_LATER},
}
CHOICES, CHOICE = 25, 100


def minded_answer(kind: int, answer: Json) -> Json | None:
    """Return the tree of errors of an answer to an interaction of this kind; None where nothing is minded."""
    if answer["type"] not in ALLOWED.get(kind, set()):
        return tree_of([(("type",), "INTERACTION_CALLBACK_TYPE_INVALID")])
    data = answer.get("data")
    if not isinstance(data, dict):
        return None
    if answer["type"] == SUGGEST:
        return tree_of(_minded_choices(data.get("choices")))
    tree = minded_modal(data) if answer["type"] == MODAL else minded(data)
    return None if tree is None else {"data": tree}


def _minded_choices(choices: object) -> Iterator[tuple[tuple[str, ...], str]]:
    if not isinstance(choices, list) or len(choices) > CHOICES:
        yield ("data", "choices"), "BASE_TYPE_BAD_LENGTH"
        return
    for number, one in enumerate(choices):
        if not (1 <= len(str(one.get("name") or "")) <= CHOICE and 1 <= len(str(one.get("value") or "")) <= CHOICE):
            yield ("data", "choices", str(number)), "BASE_TYPE_BAD_LENGTH"
