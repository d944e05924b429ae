"""Commands about programmes that invite people: invites, sheets, reports and the research export."""
