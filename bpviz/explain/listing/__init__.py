"""One training step as a short program that anyone can run: what is copied, and what is shown of it."""
