"""Tables of programmes, their invites, who is counted, and the numbers that were published."""
