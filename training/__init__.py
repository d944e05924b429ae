"""Trains what reads messages: the linear opinion, and the encoder that gives a second one."""
