"""`python -m geodata`."""

from __future__ import annotations

import sys

from geodata.cli import main

sys.exit(main(sys.argv[1:]))
