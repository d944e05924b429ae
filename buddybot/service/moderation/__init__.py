"""Moderation: cases, reports, sanctions, appeals, paging and the desk."""
