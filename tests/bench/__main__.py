"""`python -m tests.bench [page] [store]`: measure both without a word, print tables; the store's go to store.json."""

from __future__ import annotations

import sys

from tests.bench import page, store

PARTS = {"page": page.main, "store": store.main}

for name in sys.argv[1:] or PARTS:
    PARTS[name]()
