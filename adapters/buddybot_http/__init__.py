"""What every server of web pages shares: where it listens, what it lets in, what each answer carries."""
