"""Table of what each of a pair privately said for the two of them."""
