"""The batch panel: each example's pull on a gradient, what the update did, what the gradient means."""
