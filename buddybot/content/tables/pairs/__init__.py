"""Tables of care: company in a pair, first words, the library of what helped, mentors."""
