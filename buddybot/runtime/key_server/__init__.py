"""The key store on a PostgreSQL database of its own, which several processes share."""
