"""What every server of web pages shares: where it listens, what it lets in, what each answer carries."""

from pathlib import Path

SHARED = Path(__file__).resolve().parent / "static"
"""Files for browsers that all pages use."""
