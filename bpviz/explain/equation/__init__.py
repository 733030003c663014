"""The formulas of a step as objects: every factor knows its symbol, its number and where it lives."""
