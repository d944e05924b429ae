"""Log-log line charts as SVG: how figures grow with the number of people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log10

WIDE, HIGH, EDGE = 640, 360, 48


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: its key, its name in the legend, and how it is drawn."""

    key: str
    called: str
    colour: str
    dashes: str = ""


def drawn(found: Sequence[Mapping[str, float]], across: str, lines: Sequence[Line]) -> str:
    """Draw each figure by `across`, from 0.1 to 10,000 upwards; each point is labelled."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" font-family="sans-serif" font-size="12">'
    ]
    parts.append(f'<rect width="{WIDE}" height="{HIGH}" fill="#fff"/>')
    for at, line in enumerate(lines):
        points = [(_across(one[across], found, across), _up(one[line.key]), one[line.key]) for one in found]
        path = " ".join(f"{x:.0f},{y:.0f}" for x, y, _ in points)
        dashes = f' stroke-dasharray="{line.dashes}"' if line.dashes else ""
        parts.append(f'<polyline points="{path}" fill="none" stroke="{line.colour}" stroke-width="2"{dashes}/>')
        parts += [
            f'<text x="{x:.0f}" y="{y - 8:.0f}" text-anchor="middle" fill="{line.colour}">{v:g}</text>'
            for x, y, v in points
        ]
        parts.append(f'<text x="{EDGE}" y="{20 + 16 * at}" fill="{line.colour}">{line.called}</text>')
    for one in found:
        x = _across(one[across], found, across)
        parts.append(f'<text x="{x:.0f}" y="{HIGH - 14}" text-anchor="middle">{one[across]:,.0f}</text>')
    return "".join([*parts, "</svg>"])


def _across(people: float, found: Sequence[Mapping[str, float]], across: str) -> float:
    low, high = log10(found[0][across]), log10(found[-1][across])
    return EDGE + (WIDE - 2 * EDGE) * (log10(people) - low) / max(high - low, 1e-9)


def _up(value: float) -> float:
    return HIGH - EDGE - (HIGH - 2 * EDGE) * (log10(max(value, 0.1)) + 1) / 5
