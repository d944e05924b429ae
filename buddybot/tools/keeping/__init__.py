"""Commands that keep the house: backup, restore, move, rekey."""
