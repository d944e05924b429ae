"""Members' photos and voice notes: fetched when somebody is to see them, and made anew in a confined process."""
