"""The plots under the network."""
