"""Members: first contact, linking, export and erasure."""
