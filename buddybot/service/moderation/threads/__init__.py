"""Cases where the team is: a thread for each, in the moderators' places."""
