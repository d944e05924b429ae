"""The demo's cast: practice peers and a practice lead."""
