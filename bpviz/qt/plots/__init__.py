"""The plots under the network. Only this package imports pyqtgraph, and only once the window is shown."""
