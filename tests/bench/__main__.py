"""`python -m tests.bench [page] [store] [imports]`: measure all without a word, and print tables.

Those of the store and of imports are kept in store.json and imports.json.
"""

from __future__ import annotations

import sys

from tests.bench import imports, page, store

PARTS = {"page": page.main, "store": store.main, "imports": imports.main}

for name in sys.argv[1:] or PARTS:
    PARTS[name]()
