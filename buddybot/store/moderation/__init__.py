"""Tables of cases, sanctions, staff, desk sessions and the audit log."""
