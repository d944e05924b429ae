"""Message classification: pure functions from text to labels and outcome."""
