"""Printable sheet of an invite (PDF, A4): what this is in each language, the ways in as QR codes, the code to type."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from buddybot.content.words import Words

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing
    from reportlab.platypus import Flowable

EDGE, QR, SPACE = 50, 150, 16
INK, SOFT = "#1d2529", "#52616a"
SQUARES = {"web": "sheet-web", "telegram": "sheet-telegram"}
"""The platforms to which a link takes an invite, and what stands under it."""
PRINTED = "cp1252"
"""The letters of the fonts that every reader of PDF brings along."""


def sheet_fault(name: str, words: Words, languages: Sequence[str]) -> str:
    """Return why no sheet can be printed; empty where one can."""
    if find_spec("reportlab") is None:
        return "a sheet needs the extra `sheet`: pip install 'buddybot[sheet]'"
    if unknown := next((one for one in languages if one not in words.locales()), ""):
        return f"there are no words in {unknown!r}; there are: {', '.join(words.locales())}"
    if odd := _odd(name):
        return f"a sheet can't show {odd!r}: give the programme a name in Latin letters"
    foreign = next((one for one in languages if _odd(words.say(one, "sheet-head"))), "")
    return f"a sheet can't show the letters of {foreign!r}: name a language with --language" if foreign else ""


def _odd(text: str) -> str:
    """Return the first letter that the fonts lack."""
    return next((letter for letter in text if not letter.encode(PRINTED, "ignore")), "")


@dataclass(frozen=True, slots=True)
class Printed:
    """An invite as it is printed: who gives it, its code, its last day, the links that carry it, in which languages."""

    name: str
    code: str
    until: date
    links: Mapping[str, str]
    languages: Sequence[str]


def print_sheet(path: Path, words: Words, invite: Printed) -> None:
    """Write the sheet of one invite. Its title does not name who gives it: a phone shows that in its list of files."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate, Spacer, Table

    across = A4[0] - 2 * EDGE
    languages = invite.languages
    said = partial(_said, words, languages)
    told = [[_told(words, one, invite.name) for one in languages]]
    squares = [link for where, link in invite.links.items() if where in SQUARES]
    captions = [_line(said(SQUARES[where]), 12, SOFT) for where in invite.links if where in SQUARES]
    parts = [Table(told, colWidths=[across / len(languages)] * len(languages), style=_top())]
    if squares:
        grid = [[_square(link) for link in squares], captions]
        parts += [Spacer(1, SPACE), Table(grid, colWidths=[across / len(squares)] * len(squares), style=_middle())]
    parts += [
        Spacer(1, SPACE),
        _line(said("sheet-type"), 12, SOFT),
        _line(f"/join {invite.code}", 24, INK, bold=True),
    ]
    parts += [Spacer(1, SPACE), _line(said("sheet-until", day=invite.until), 11, SOFT)]
    page = SimpleDocTemplate(
        str(path), pagesize=A4, leftMargin=EDGE, rightMargin=EDGE, topMargin=EDGE, bottomMargin=EDGE, title="BuddyBot"
    )
    page.build(parts)


def _told(words: Words, language: str, name: str) -> "list[Flowable]":
    """Return what this is, in one language."""
    head = _line(words.say(language, "sheet-head"), 20, INK, bold=True, centered=False)
    keys = ("sheet-what", "sheet-private", "sheet-peers")
    return [head, *(_line(words.say(language, key, label=name), 12, INK, centered=False) for key in keys)]


def _said(words: Words, languages: Sequence[str], key: str, *, day: date | None = None) -> str:
    """Return a sentence in each language."""
    given = {} if day is None else {"day": day}
    return " / ".join(words.say(one, key, **given) for one in languages)


def _line(text: str, size: int, color: str, *, bold: bool = False, centered: bool = True) -> "Flowable":
    from reportlab.lib.enums import TA_CENTER, TA_LEFT
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle(
        "line",
        fontName="Helvetica-Bold" if bold else "Helvetica",
        fontSize=size,
        leading=size * 1.35,
        spaceAfter=size * 0.6,
        textColor=color,
        alignment=TA_CENTER if centered else TA_LEFT,
    )
    return Paragraph(escape(text), style)


def _square(link: str) -> "Drawing":
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.shapes import Drawing

    widget = QrCodeWidget(link, barLevel="M", barBorder=2)
    left, low, right, high = widget.getBounds()
    drawing = Drawing(QR, QR, transform=[QR / (right - left), 0, 0, QR / (high - low), 0, 0], hAlign="CENTER")
    drawing.add(widget)
    return drawing


def _top() -> list[tuple[str, tuple[int, int], tuple[int, int], str]]:
    return [("VALIGN", (0, 0), (-1, -1), "TOP")]


def _middle() -> list[tuple[str, tuple[int, int], tuple[int, int], str]]:
    return [("ALIGN", (0, 0), (-1, -1), "CENTER"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
