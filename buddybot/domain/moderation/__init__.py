"""Moderation: cases, sanctions, staff roles, the audit log and desk views."""
