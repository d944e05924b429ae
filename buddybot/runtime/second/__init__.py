"""Second opinions on messages: a small transformer, beside the event loop and with a time limit."""
