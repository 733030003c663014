"""`python -m bpviz` is `bpviz`."""

from __future__ import annotations

import sys

from bpviz.cli import main

if __name__ == "__main__":
    sys.exit(main())
