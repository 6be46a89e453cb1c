"""Flat tables for tests: as text and as a workbook, whole or broken."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from geodata.errors import DataError, Problem
from tests.records import Dataset, read_data

Cells = list[list[Any]]


def table(tmp_path: Path, text: str, name: str = "events.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def rows(tmp_path: Path, *lines: str) -> Dataset:
    """A header and its rows, read."""
    return read_data(table(tmp_path, "\n".join(lines) + "\n"))


def workbook(tmp_path: Path, *sheets: Cells, name: str = "events.xlsx") -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for cells in sheets:
        sheet = book.create_sheet()
        for row in cells:
            sheet.append(row)
    book.save(tmp_path / name)
    return tmp_path / name


def edited(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    path.write_bytes(out.getvalue())
    return path


def delimited(text: str, mark: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(csv.reader(io.StringIO(text)))
    return out.getvalue()


def problems(path: Path) -> list[Problem]:
    with pytest.raises(DataError) as caught:
        read_data(path)
    return list(caught.value.problems)
