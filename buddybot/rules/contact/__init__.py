"""Detectors of contacts, one file a kind; `grammar` joins them, and this is all that the other rules use."""

from buddybot.rules.contact.grammar import ContactTables, contacts_in
from buddybot.rules.contact.help_lines import HelpLines, help_lines_of

__all__ = ["ContactTables", "HelpLines", "contacts_in", "help_lines_of"]
