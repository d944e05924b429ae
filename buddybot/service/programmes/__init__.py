"""Programmes that invite people: invites, the opt-in to be counted, reports and the research export."""
