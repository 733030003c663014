"""The bar at the bottom: how a step and a run are moved through."""
