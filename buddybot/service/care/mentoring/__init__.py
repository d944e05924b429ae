"""Mentors: offering to be one and the training, serving as one with caps and rest, and looking after them."""
