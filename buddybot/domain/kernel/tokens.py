"""Button tokens as a type: what a choice is about, what it does, and the wire text that a platform carries."""

from dataclasses import dataclass
from typing import Self

LONGEST = 64
"""Bytes of a token: what Telegram carries with a button."""
_PARTS = 3


@dataclass(frozen=True, slots=True)
class Token:
    """One button: `noun` names the handler, `subject` what it is about (may be empty), `verb` what it does."""

    noun: str
    subject: str = ""
    verb: str = ""

    def __str__(self) -> str:
        """Return the wire form: noun.subject.verb, or noun.verb where there is no subject."""
        if self.subject or "." in self.verb:
            return f"{self.noun}.{self.subject}.{self.verb}"
        return f"{self.noun}.{self.verb}" if self.verb else self.noun

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Parse the wire form; None for what no button can hold. A verb may hold dots, a subject may be empty."""
        if not text or len(text.encode(errors="surrogatepass")) > LONGEST:
            return None
        parts = text.split(".", _PARTS - 1)
        if len(parts) == _PARTS:
            return cls(*parts)
        return cls(parts[0], verb=parts[1]) if len(parts) > 1 else cls(parts[0])
