"""Care of pairs: wishes for a pair, clocks of silences, first words, days of remembrance."""
