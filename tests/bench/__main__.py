"""`python -m tests.bench [page] [drag] [peers] [store] [imports]`: measure all without a word, and print tables.

Those of the store, of imports, of the brush and of the peers are kept beside their modules.
"""

from __future__ import annotations

import sys

from tests.bench import drag, imports, page, peers, store

PARTS = {"page": page.main, "drag": drag.main, "peers": peers.main, "store": store.main, "imports": imports.main}

for name in sys.argv[1:] or PARTS:
    PARTS[name]()
