"""Sanitization of relayed text: made safe to show, never changed in meaning."""

import re
import unicodedata

_KEPT = {"\n", "\t", "\u200d", "\ufe0f"}
"""Line ends, and the joiners that emoji and several scripts are written with."""
_DELETE = "\x7f"
_COMBINING = 8
"""More combining marks than this on one letter are decoration that breaks screens (no script needs as many)."""
_COMMAND = re.compile(r"/(?=.)(?P<name>\w*)(?:@\w+)?[^\w\s]*(?P<rest>.*)", re.DOTALL)


def tidy(text: str) -> str:
    """Sanitize text: drop control, direction and other invisible characters, stacked marks and lone surrogates."""
    if text.isascii() and text.isprintable():
        return text.strip()  # most notes: nothing in them to look at sign by sign
    kept: list[str] = []
    stacked = 0
    for char in text.replace("\r\n", "\n").replace("\r", "\n"):
        if char.isascii():
            stacked = 0
            if " " <= char < _DELETE or char in _KEPT:
                kept.append(char)
            continue
        category = unicodedata.category(char)
        stacked = stacked + 1 if category == "Mn" else 0
        if stacked <= _COMBINING and (category not in {"Cc", "Cf", "Cs", "Co", "Cn"} or char in _KEPT):
            kept.append(char)
    return "".join(kept).strip()


def command_in(text: str) -> tuple[str, str] | None:
    """Parse "/name rest" into the name and the rest; None if `text` is not a command.

    Whoever is in need types "/crisis!" or a line end behind it: a name ends where its letters, digits and underscores
    do. Signs that close it ("/pause, 3") belong to neither part. Telegram writes "/name@bot" in shared places.
    """
    if "/" not in text or (found := _COMMAND.match(tidy(text))) is None:
        return None
    return found["name"].lower(), found["rest"].strip()
