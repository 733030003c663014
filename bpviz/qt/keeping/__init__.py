"""Documents in the window: saved, opened, shared, kept while they are worked on, and found again."""
