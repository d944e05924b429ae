"""Review by leads of what members offer to be."""
