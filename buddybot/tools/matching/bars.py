"""Bar charts as SVG, by hand: three or four numbers do not need a library."""

from collections.abc import Mapping
from html import escape

WIDTH, BAR, GAP, LABEL, VALUE = 640, 18, 6, 130, 60


def bars(charts: Mapping[str, Mapping[str, float]]) -> str:
    """Return one SVG with a chart below the other, each a title and named bars."""
    parts, y = list[str](), 0
    for title, values in charts.items():
        y += 28
        parts.append(f'<text x="0" y="{y}" font-weight="bold">{escape(title)}</text>')
        top = max(values.values(), default=0.0) or 1.0
        for name, value in values.items():
            y += GAP
            long = (WIDTH - LABEL - VALUE) * max(value, 0.0) / top
            parts.append(f'<text x="0" y="{y + BAR - 4}">{escape(name)}</text>')
            parts.append(f'<rect x="{LABEL}" y="{y}" width="{long:.1f}" height="{BAR}" fill="#33658a"/>')
            parts.append(f'<text x="{LABEL + long + 6:.1f}" y="{y + BAR - 4}">{value:.4g}</text>')
            y += BAR
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + 12}" font-family="sans-serif" '
        f'font-size="13">\n<rect width="{WIDTH}" height="{y + 12}" fill="white"/>\n{body}\n</svg>\n'
    )
