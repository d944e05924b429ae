"""Phrase spotting: plain ways to say a thing, found by their wording in whatever stands around them."""
