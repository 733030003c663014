"""The memo panel: what a step computes once and looks up afterwards, and how much that saves."""
