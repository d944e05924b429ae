"""Intake questionnaire: prompts, answers and profiles."""
