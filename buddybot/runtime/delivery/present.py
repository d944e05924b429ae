"""Fits an effect to what a platform can show, so that no adapter ever asks "do I have buttons?"."""

from dataclasses import replace

from buddybot.adapter import Capabilities
from buddybot.domain.kernel.drawing.pictures import Picture, as_png, as_svg
from buddybot.domain.kernel.graphemes import boundary
from buddybot.domain.kernel.messages import (
    Choice,
    Content,
    Document,
    Edit,
    Effect,
    Mark,
    Purge,
    React,
    Retract,
    Send,
    Span,
    Style,
    ThreadPost,
)
from buddybot.domain.kernel.places import Admit, Restrict, Tune

TICK = "tick."


def present(effect: Effect, can: Capabilities) -> tuple[Effect, ...]:
    """Return what to carry out, in order; empty where the platform can't show such a thing at all."""
    match effect:
        case Send(content, note):
            parts = fit(content, can)
            if parts == (content,):
                return (effect,)
            # The receipt is that of the last part: it has the buttons, and it is what people reply to.
            return (*(Send(part) for part in parts[:-1]), Send(parts[-1], note))
        case Edit():
            return _edited(effect, can)
        case ThreadPost(content=content):
            return (replace(effect, content=fit(content, can)[-1]),) if can.case_threads else ()
        case Retract() | Purge() | React() | Mark() | Restrict() | Admit() | Tune():
            return (effect,) if _shows(effect, can) else ()


def _shows(effect: Retract | Purge | React | Mark | Restrict | Admit | Tune, can: Capabilities) -> bool:
    match effect:
        case Retract():
            return can.deletes
        case Purge():
            return can.deletes and can.places
        case React():
            return can.reactions
        case Mark():
            return can.marks
        case Restrict() | Admit() | Tune():
            return can.places


def _edited(effect: Edit, can: Capabilities) -> tuple[Effect, ...]:
    whole = fit(effect.content, can)
    if can.edits and len(whole) == 1:
        return (replace(effect, content=whole[0]),)
    return () if effect.tidies else tuple(Send(part) for part in whole)


def fit(content: Content, can: Capabilities) -> tuple[Content, ...]:
    """Return the content in one message, or in several where it is too long; buttons go under the last."""
    content = _roomy(content, can.max_text)
    if content.many and not can.many:
        content = _ticking(content)
    if not can.buttons:
        content = _numbered(content)
    if content.picture is not None:
        content = replace(content, picture=None, document=_drawn(content.picture, can))
    if content.document is not None and not can.documents:
        spans = (*content.spans, Span("\n\n"), Span(content.document.text))
        content = replace(content, spans=spans, document=None)
    if content.media is not None and content.media.kind not in can.media:
        content = replace(content, spans=(Span(content.media.instead),), media=None)
    pieces = _split(content.spans, _room(content.text, can.max_text) - len(content.quote))
    if pieces == [content.spans] and len(content.choices) <= can.max_choices:
        return (content,)
    rows = [content.choices[at : at + can.max_choices] for at in range(0, len(content.choices), can.max_choices)] or [
        ()
    ]
    bare = [
        replace(
            content, spans=piece, choices=(), many=False, done=None, extra=(), document=None, media=None, progress=None
        )
        for piece in pieces[:-1]
    ]
    first = replace(content, spans=pieces[-1], choices=rows[0])
    more = [
        replace(content, spans=(Span("…"),), choices=row, document=None, media=None, progress=None) for row in rows[1:]
    ]
    parts = (*bare, first, *more)
    return (parts[0], *(replace(one, quote="") for one in parts[1:]))


def _drawn(picture: Picture, can: Capabilities) -> Document | None:
    """Return a picture as a file of the kind that the platform shows; None where it shows none: the words say it."""
    if not can.documents or not can.pictures:
        return None
    name, alt = f"{picture.name}.{can.pictures}", picture.alt
    if can.pictures == "svg":
        return Document(name, "image/svg+xml", as_svg(picture), alt=alt)
    return Document(name, "image/png", data=as_png(picture), alt=alt)


def _roomy(content: Content, most: int) -> Content:
    """Keep of a card's answers the newest that fit beside its text: they are drawn in the same message."""
    made = content.progress
    if made is None:
        return content
    room, kept = (most - len(content.text)) // 2, list[str]()
    for line in reversed(made.answers):
        room -= len(line) + 1
        if room < 0:
            break
        kept.insert(0, line)
    return replace(content, progress=replace(made, answers=tuple(kept)))


def _ticking(content: Content) -> Content:
    """Draw a list of several choices as buttons that tick one at a time, and one that confirms."""
    ticks = tuple(Choice(TICK + choice.token, choice.label, choice.chosen) for choice in content.choices)
    done = (content.done,) if content.done is not None else ()
    return replace(content, choices=(*ticks, *done, *content.extra), many=False, done=None, extra=())


def _numbered(content: Content) -> Content:
    """Write the choices as numbers to type, and what stands beside a list as words to type."""
    lines = "".join(f"\n{number}. {choice.label}" for number, choice in enumerate(content.choices, 1))
    beside = "".join(f"\n- {choice.label}" for choice in content.extra)
    return replace(content, spans=(*content.spans, Span(lines + beside)), choices=(), many=False, done=None, extra=())


def _split(spans: tuple[Span, ...], most: int) -> list[tuple[Span, ...]]:
    """Cut spans into pieces of at most `most` characters, at line ends or spaces where there are any."""
    pieces: list[tuple[Span, ...]] = []
    piece: list[Span] = []
    room = most
    for span in spans:
        text = span.text
        while len(text) > room:
            cut = _cut(text, room) if span.style is not Style.LINK and span.at is None else 0
            if cut:
                piece.append(replace(span, text=text[:cut]))
            if not piece:
                piece.append(replace(span, text=text[:room]))
                cut = room
            pieces.append(tuple(piece))
            piece, room, text = [], most, text[cut:].lstrip()
        if text or not spans[1:]:
            piece.append(span if text is span.text else replace(span, text=text))
            room -= len(text)
    pieces.append(tuple(piece) or (Span(""),))
    return pieces


def _room(text: str, most: int) -> int:
    """Return how many characters surely fit where UTF-16 units are counted, of which an emoji takes two."""
    twice = len(text.encode("utf-16-le", "surrogatepass")) // 2 - len(text)
    return max(most - twice, most // 2, 1)


def _cut(text: str, room: int) -> int:
    for mark in ("\n", " "):
        if (at := text.rfind(mark, 0, room)) > room // 2:
            return at
    return boundary(text, room)
