"""The cost over the run, painted directly: it is redrawn in every frame of a run at full speed."""
