"""Completeness check of the words of questions: one without them would stop everybody who comes to it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from buddybot.content.files import ContentError
from buddybot.content.words import FALLBACK, Words
from buddybot.domain.intake.questions import Flow, Question


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
