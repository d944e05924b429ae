"""Understanding of messages: pure functions from text to what it is and what follows."""
