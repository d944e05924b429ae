"""Completeness check of the words of questions: one without them would stop everybody who comes to it.

What stands on a button is also what people type: the vocabulary is given the labels, as every language has them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from buddybot.content.files import ContentError
from buddybot.content.words import FALLBACK, Words
from buddybot.domain.dialog.choice_labels import SpokenLabels
from buddybot.domain.dialog.phrases import ReplyPhrases
from buddybot.domain.intake.questions import Flow, Question
from buddybot.domain.intake.vocabulary import Vocabulary


def with_labels(vocabulary: Vocabulary, words: Words, replies: ReplyPhrases) -> Vocabulary:
    """Return a vocabulary that also knows the labels of choices, and the words that people put around an answer."""
    said = lambda key: words.everywhere(key) if words.has(key) else ()  # noqa: E731 - as short as what it stands for
    around = (replies.fillers | vocabulary.fillers) - vocabulary.hedges
    turning = {word for word in around if vocabulary.commands.get(word) == "no"} | vocabulary.hesitating
    return replace(vocabulary, labels=SpokenLabels(said), around=around - turning)


def check_spoken(folder: Path, words: Words, flows: Mapping[str, Flow]) -> None:
    """Raise for the first key of a question that English lacks; other languages fall back to it."""
    for flow in flows.values():
        for question in flow.questions:
            for file, key in _keys(question, listed=flow.confirm != ""):
                if not words.has(key):
                    path = folder / FALLBACK / file
                    raise ContentError(path, key, "missing", "write what people read there, and in the other languages")


def _keys(question: Question, *, listed: bool) -> Iterator[tuple[str, str]]:
    yield "intake.ftl", f"question-{question.key}"
    for choice in question.choices:
        # What ends the flow is never named back; a hidden one of that kind has no label.
        if not (choice.hidden and choice.stops):
            yield "intake.ftl", f"choice-{question.key}-{choice.key}"
        if choice.explains:
            yield "intake.ftl", f"more-{question.key}-{choice.key}"
    if listed:
        yield "asking.ftl", f"short-{question.key}"
