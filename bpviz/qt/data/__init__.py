"""The data window: where examples are made, drawn or read from a file before the network learns from them."""
