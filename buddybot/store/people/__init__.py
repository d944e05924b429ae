"""Tables of members and one-time words."""
