"""The small widgets that the panels are put together from."""
