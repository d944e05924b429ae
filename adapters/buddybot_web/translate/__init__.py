"""Between the JSON of the page and the values of the core. Nothing here decides."""
