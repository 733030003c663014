"""The panel that shows one training step as a program, its current lines and the values of its variables."""
