"""Matching: hard limits, soft scores, offers and circles."""
