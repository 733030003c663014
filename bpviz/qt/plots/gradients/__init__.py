"""How large errors and gradients are, layer by layer, now and over the run."""
