"""Photos and voice notes that come from a page."""
