"""Stores over records that a test makes by hand."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from geodata.importers import read_columns
from geodata.record.model import Dataset
from geodata.record.rows import columns_of, dataset_of
from geodata.store.snapshot import write_snapshot
from geodata.store.store import Store


def read_data(*paths: Path) -> Dataset:
    """What the commands read at some paths, as objects."""
    return dataset_of(read_columns(*paths))


def store_over(dataset: Dataset) -> Store:
    """A store over a record; claims about events that are not in it are left out."""
    ids = {event.event_id for event in dataset.events}
    claims = tuple(claim for claim in dataset.claims if claim.event_id in ids)
    folder = tempfile.mkdtemp(prefix="record-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Store(write_snapshot(columns_of(replace(dataset, claims=claims)), Path(folder) / "snapshot", durable=False))
