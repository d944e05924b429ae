"""Several processes on one PostgreSQL: who is alive, who may do what alone, and how they hear of one another."""
