"""Statistical disclosure control: what a programme that invites people may learn, and no more."""
