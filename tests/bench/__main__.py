"""`python -m tests.bench [page] [drag] [store] [imports]`: measure all without a word, and print tables.

Those of the store, of imports and of the brush are kept in store.json, imports.json and drag.json.
"""

from __future__ import annotations

import sys

from tests.bench import drag, imports, page, store

PARTS = {"page": page.main, "drag": drag.main, "store": store.main, "imports": imports.main}

for name in sys.argv[1:] or PARTS:
    PARTS[name]()
