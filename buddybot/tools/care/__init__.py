"""Care simulation: made-up residents live with the real service for weeks, with care and without."""
