"""Tables of offers, circles in the making, ties and outcomes."""
