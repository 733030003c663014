"""Measurements, not tests: `make bench` prints them and nothing depends on the numbers."""
