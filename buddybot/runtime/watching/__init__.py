"""Watching the house: vital signs of the process and its disk, what is wrong with them, metrics for a scraper."""
