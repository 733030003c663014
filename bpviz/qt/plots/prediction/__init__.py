"""What the network makes of its inputs: curve, surface, confusion, examples, weights as images."""
