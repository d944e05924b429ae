"""Care of pairs: the deal, first words, kind silences, boundaries, days of remembrance."""
