"""The panel of equations: typeset symbols, live numbers below them."""
