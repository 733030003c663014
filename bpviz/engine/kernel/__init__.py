"""Training compiled: the mathematics of run_step without its record, thousands of epochs a second."""
