"""Detectors of contacts, one file a kind; `grammar` joins them, and this is all that the other rules use."""

from buddybot.rules.contact.digits import spoken_digits
from buddybot.rules.contact.grammar import ContactTables, contacts_in, is_grammars
from buddybot.rules.contact.help_lines import HelpLines, help_lines_of
from buddybot.rules.contact.plans import phone_certainty

__all__ = [
    "ContactTables",
    "HelpLines",
    "contacts_in",
    "help_lines_of",
    "is_grammars",
    "phone_certainty",
    "spoken_digits",
]
