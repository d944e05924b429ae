"""Delivery: the dispatcher, its pacer, presentation and outcomes."""
