"""The mathematics: networks, one training step kept whole, and the training of many. NumPy only."""
