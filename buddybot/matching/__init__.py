"""Matching at any size: pools read from files, optimal rounds, instant partners, circles, and what they cost.

Numbers, limits and scores are `buddybot.domain`'s; this package only computes them faster. numpy, scipy and rustworkx
are imported by the modules that need them, so that the bot itself starts without them.
"""
