"""Offline commands: init, check, match, simulate, tune, invite, audit and demo."""
