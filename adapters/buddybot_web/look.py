"""The operator's own color: checked for contrast (WCAG 2.2) with what it stands on, and turned into a stylesheet."""

import re
from functools import cache

from buddybot_http import SHARED

TEXT = 4.5
"""The contrast that text needs with what is behind it."""
SURFACES = ("paper", "glow", "card")
TINT = 0.13
_HEX = re.compile(r"#[0-9a-f]{6}")
_BLOCK = re.compile(r"color-scheme: (light|dark);(.*?)}", re.DOTALL)
_COLOR = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")


@cache
def palette(scheme: str) -> dict[str, str]:
    """Return the colors of a scheme by name, as the stylesheet of all pages has them."""
    sheet = (SHARED / "palette.css").read_text(encoding="utf-8")
    return dict(_COLOR.findall(next(body for name, body in _BLOCK.findall(sheet) if name == scheme)))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colors, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def accent_trouble(accent: str, scheme: str) -> str | None:
    """Return what to do about a color that can't be read in this scheme; None where it can."""
    if not _HEX.fullmatch(accent):
        return 'write a color as six hexadecimal digits, such as "#1f4e79"'
    known = palette(scheme)
    worst = min(contrast(accent, known[name]) for name in (*SURFACES, "leaf-ink"))
    if worst >= TEXT:
        return None
    way = "darker" if scheme == "light" else "lighter"
    return f"its contrast with the page is {worst:.1f} to 1, and words need {TEXT}; choose a {way} one"


def for_the_dark(accent: str) -> str:
    """Return the color made light enough for the dark scheme."""
    mixed, part = accent, 0.0
    while accent_trouble(mixed, "dark") is not None:
        part += 0.05
        mixed = _mix("#ffffff", accent, part)
    return mixed


def stylesheet(accent: str, dark: str) -> str:
    """Return the colors that follow from the operator's, for both schemes, and for each of them chosen by hand."""
    light_rules, dark_rules = _rules(accent, accent, "light"), _rules(dark, accent, "dark")
    return (
        f":root {{{light_rules}}}\n"
        f'@media (prefers-color-scheme: dark) {{:root:not([data-theme="light"]) {{{dark_rules}}}}}\n'
        f':root[data-theme="dark"] {{{dark_rules}}}\n'
    )


def _rules(leaf: str, own: str, scheme: str) -> str:
    peer = _mix(leaf, palette(scheme)["card"], TINT)
    return f"--leaf: {leaf}; --own: {own}; --stone-a: {leaf}; --peer: {peer};"


def _mix(one: str, other: str, part: float) -> str:
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * part + b * (1 - part)):02x}" for a, b in pairs)


def _channels(color: str) -> tuple[int, ...]:
    return tuple(int(color[at : at + 2], 16) for at in (1, 3, 5))


def _luminance(color: str) -> float:
    red, green, blue = (_linear(one / 255) for one in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the standard's numbers
