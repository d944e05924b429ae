"""Intake questionnaire: flows of questions, and natural-language reading of typed answers."""
