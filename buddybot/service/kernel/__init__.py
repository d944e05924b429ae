"""Kernel of the service layer: the use-case context, loaded content, standing and staff on duty."""
