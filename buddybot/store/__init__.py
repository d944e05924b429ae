"""The only SQL: one file per noun, synchronous, inside one transaction."""
