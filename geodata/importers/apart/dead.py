"""Lists of the dead by name: a row for each of them is one death, which no column of the table counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import reduce
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.mapping.looks import is_missing, look_at
from geodata.importers.mapping.names import folded, hits_of
from geodata.importers.mapping.people import headings_of_people
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import shown

_SURE, _FIGURES = 0.7, 0.5
_COUNTS = {"deaths", "injured", "detained", "victims", "low", "best", "high"}
# Who are all dead, by what a file is called; beside others it does not say which of the two a row is.
_FILE = re.compile(
    r"\b(?:(?<!attempted )(?:killed|killings?|murders?|homicides?|femicides?)|deaths?|dead|fatalit(?:y|ies)|deceased|"
    r"todesopfer|getotete|feminizide|morts|deces|femicides|muert[oa]s|fallecid[oa]s|asesinad[oa]s|feminicidios?|"
    r"femicidios?|погибши[ех]|убиты[ех]|загибл[иі]|вбит[иі]|قتلي|شهداء|كشته ?شدگان|جان ?باختگان)\b"
)
_OTHERS = re.compile(
    r"\b(?:injur\w*|wound\w*|hurt|missing|disappear\w*|arrest\w*|detain\w*|attempt\w*|suspects?|offenders?|killers?|"
    r"perpetrators?|verletzt\w*|vermisst\w*|blesses|disparus|herid[oa]s|desaparecid[oa]s|ранены\w*|пропавши\w*)\b"
)
# Headings of what only the dead have: a row that has something under one is of a death.
_HAS_DIED = re.compile(
    r"(?:date|day|time|place|location|cause|circumstances?|manner|age) (?:of|at) (?:the )?death|"
    r"death (?:date|cause|place)|died on|date (?:died|killed)|killed by|"
    r"todes(?:datum|tag|ort|ursache|umstande)|(?:date|lieu|cause) du? deces|"
    r"(?:fecha|lugar|causa) de (?:la )?muerte|(?:дата|место|причина) (?:смерти|гибели)|(?:дата|місце|причина) смерті|"
    r"تاريخ (?:وفاه|مرگ|كشته شدن|جان باختن)|سبب وفاه|علت مرگ"
)
# Names that are of nobody alone, or of a number of people.
_SEVERAL = re.compile(
    r"\d|\b(?:and|und|et|y|и|та|family|families|children|people|persons|others|men|women|boys|girls|victims|several|"
    r"familie|famille|familia|семья|люди)\b|[;/+&]"
)


def deaths_apart(cells: Cells, used: Collection[str]) -> tuple[Cells, tuple[str, ...]]:
    """The cells with a column of deaths behind all others, 1 in each row of a list of the dead by name, and a sentence
    on it: where no column counts anybody, and the file's name says that all are dead, or a heading which of them are.
    A row that is of nobody, or of several, has no figure. A table of which other columns are `used` stays as it is."""
    name, *others = headings_of_people(cells.columns) or ("",)
    made = f"killed ({name})"
    if not name or made in cells.columns or (used and made not in used) or _has_counts(cells):
        return cells, ()
    file = folded(cells.file.partition(".")[0])
    died = [heading for heading in cells.columns if _HAS_DIED.fullmatch(folded(heading))]
    if _FILE.search(file) and not _OTHERS.search(file):
        is_dead, why = np.ones(len(cells), bool), "the name of the file"
    elif died:
        is_dead, why = _say(cells, died), shown(died[0])
    else:
        return cells, ()
    is_several = _are(cells.columns[name], lambda text: bool(_SEVERAL.search(folded(text))))
    is_one = is_dead & _say(cells, [name, *others]) & ~is_several
    if not is_one.any():
        return cells, ()
    told = f"Each row is of a person, and {why} speaks of deaths: it is read as one death."
    if left := int((~is_one).sum()):
        rows = "1 row that is" if left == 1 else f"{left:,} rows that are"
        told += f" {rows} of several people, or of nobody who died, {'has' if left == 1 else 'have'} no figure."
    columns = cells.columns | {made: pc.if_else(pa.array(is_one), "1", "")}
    return replace(cells, names=(*cells.names, made), columns=columns), (told,)


def _has_counts(cells: Cells) -> bool:
    """Whether a column counts people: "Deaths" does, and "Killed by" with names under it does not."""
    named = [
        heading
        for heading in cells.columns
        for meaning, hit in hits_of(heading).items()
        if meaning.partition("_")[0] in _COUNTS and hit.strength >= _SURE
    ]
    looks = [look_at(cells.columns[heading]) for heading in named]
    return any(look.figure >= _FIGURES or not look.texts for look in looks)


def _say(cells: Cells, headings: list[str]) -> Any:
    """Which rows say something under one of some headings, (n,) booleans."""
    return reduce(np.logical_or, [_are(cells.columns[heading], _is_said) for heading in headings])


def _is_said(text: str) -> bool:
    return bool(text.strip()) and not is_missing(text.strip())


def _are(column: pa.Array, test: Callable[[str], bool]) -> Any:
    """Which cells of a column a test is true of, (n,) booleans."""
    encoded = pc.dictionary_encode(column)
    found = np.array([*map(test, encoded.dictionary.to_pylist())], bool)
    return found[encoded.indices.to_numpy()] if len(found) else np.zeros(len(column), bool)
