"""Matching: offers to pairs and circles."""
