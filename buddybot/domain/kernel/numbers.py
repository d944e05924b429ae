"""Bounded parsing of whole numbers that people type or that come back in a button."""


def whole_number(text: str, least: int, most: int) -> int | None:
    """Parse a whole number in ASCII digits from `least` to `most`, or None; zeros in front of it count for nothing.

    What is too long is never converted: Python refuses to, and whoever adds it to a date would fail.
    """
    text = text.strip()
    if not (text.isascii() and text.isdigit()):
        return None
    text = text.lstrip("0") or "0"
    if len(text) > len(str(most)):
        return None
    found = int(text)
    return found if least <= found <= most else None
