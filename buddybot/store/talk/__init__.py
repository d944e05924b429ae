"""Tables of rooms, pending notes, franking tags, send rates and on-call hours."""
