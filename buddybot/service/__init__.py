"""Use cases, one a file: synchronous, in one transaction, from what happened to what is said."""
