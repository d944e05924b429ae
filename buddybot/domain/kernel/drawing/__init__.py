"""Pictures and forms that the core lays out and platforms draw."""
