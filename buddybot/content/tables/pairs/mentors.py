"""Schema of data/mentors.toml: who may offer to be a mentor, caps and rest, and the cards of the training."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from buddybot.content.files import Table
from buddybot.content.validation import Count, Filled, TableError, TableModel, Texts, validated
from buddybot.domain.care.mentors import MentorRules, TrainingCard

LONGEST_KEY = 16
"""A key goes into the token of a button, which has room for 64 bytes."""
MOST_PLACES = 20
"""The matcher takes no more of one person."""


class CardTable(TableModel):
    """One card: the keys of its answers, and the right one."""

    key: Filled
    choices: Texts
    right: Filled


class MentorTable(TableModel):
    """data/mentors.toml as it is written."""

    at_most: Count
    here_days: Count
    again_days: Count
    unread_days: Count
    own_crisis_days: Count
    rest_all_days: Count
    debrief_hours: Count
    crisis_debrief_hours: Count
    unsteady: Texts
    questions: Texts
    cards: Annotated[tuple[CardTable, ...], Field(min_length=1)]


def parse_mentor_rules(table: Table) -> MentorRules:
    """Return the rules of mentoring that a table describes, or raise a `TableError`."""
    found = validated(MentorTable, table)
    if found.at_most > MOST_PLACES:
        raise TableError("at_most", found.at_most, f"write {MOST_PLACES} or less")
    for number, card in enumerate(found.cards):
        if card.right not in card.choices:
            raise TableError(f"cards.{number}.right", card.right, "name one of its choices")
    keys = [key for card in found.cards for key in (card.key, *card.choices)]
    if long := next((key for key in keys if "." in key or len(key) > LONGEST_KEY), ""):
        raise TableError("cards", long, "give it a short name without a dot")
    return MentorRules(
        at_most=found.at_most,
        here=timedelta(days=found.here_days),
        again=timedelta(days=found.again_days),
        unread=timedelta(days=found.unread_days),
        own_crisis=timedelta(days=found.own_crisis_days),
        rest_all=timedelta(days=found.rest_all_days),
        debrief=timedelta(hours=found.debrief_hours),
        crisis_debrief=timedelta(hours=found.crisis_debrief_hours),
        unsteady=frozenset(found.unsteady),
        cards=tuple(TrainingCard(one.key, one.choices, one.right) for one in found.cards),
        questions=found.questions,
    )
