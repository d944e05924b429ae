"""Crisis conversation: carries out what the domain decides about words of danger."""
