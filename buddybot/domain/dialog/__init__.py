"""Dialog: open questions, and typed answers matched against the choices that were offered."""
