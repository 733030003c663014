"""The picture of the network: painted from a frame, in the window, in files and in the gallery."""
