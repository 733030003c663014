"""The chain rule written out: the derivative of the cost by any variable, factor by factor, path by path."""
