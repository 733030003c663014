"""The cost around the present weights: along one of them, and over two."""
