"""Private talks: relay, rule enforcement, edits, check-ins and on-call hours."""
