"""The panel of the chain rule: the derivative by any variable, its paths, and where the gradient went."""
