"""What is changed by hand: one weight or bias, one example, the shape of the network."""
