"""The chain rule on three functions one inside the other, to try out by hand."""
