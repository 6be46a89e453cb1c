"""Where a table starts and ends among the rows of a text or a sheet: heads above it, its header, tags, a total."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from geodata.errors import DataError, Problem
from geodata.importers.tables.records import BLANKS, MAX_VALUE, plain, shown

# Rows looked at for a header: no report has more words above its table.
MAX_ABOVE = 100
MAX_COLUMNS = 2_000
_FEWEST_ROWS = 3  # of a table whose headings stand in two
_SEVERAL = 3  # columns, which one heading cannot name
_FILLED = 0.05  # of the rows, at the least, in a column that is named
# GDELT's daily exports have no header; headings as in its codebook.
_ACTOR = (
    *("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode"),
    *("Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code"),
)
_GEO = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
GDELT = (
    *("GlobalEventID", "Day", "MonthYear", "Year", "FractionDate"),
    *(f"Actor{number}{name}" for number in (1, 2) for name in _ACTOR),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in _GEO),
    *("DATEADDED", "SOURCEURL"),
)
# The first GDELT had no second order of regions.
GDELT_1 = tuple(name for name in GDELT if not name.endswith("Geo_ADM2Code"))
# UCDP publishes some of its monthly files without one.
GED = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence"),
    *("conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name"),
    *("side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b"),
    *("number_of_sources", "source_article", "source_office", "source_date", "source_headline", "source_original"),
    *("where_prec", "where_coordinates", "where_description", "adm_1", "adm_2"),
    *("latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity"),
    *("date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best"),
    *("high", "low", "gwnoa", "gwnob"),
)
_UNNAMED = re.compile(r"Unnamed: \d+(_level_\d+)?")  # as pandas calls a column without a heading
_DAY = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([T ]\d.*)?|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d\d)( \d.*)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d[\d .,\u00a0\u202f]*([eE][+-]?\d+)?%?", re.ASCII)
_ID = re.compile(r"\d+", re.ASCII)
_YEAR = re.compile(r"1[89]\d\d|20\d\d", re.ASCII)
# "Total" in the languages of the page and some of their neighbours.
_TOTAL = re.compile(
    r"(grand |sub)?(totals?|sum|summe|gesamt|gesamtsumme|insgesamt|totaux|somme|suma|totale|toplam|razem|"
    r"итого|всего|сумма|итог|разом|усього|всього|барлығы|жиыны|қорытынды|المجموع|الإجمالي|مجموع|إجمالي)\b.{0,20}",
    re.IGNORECASE,
)

# How a remark below a table begins.
_NOTE = re.compile(
    r"(notes?|sources?|remarks?|data|legend|key|last updated|updated|quellen?|anmerkung(en)?|hinweise?|stand|legende|"
    r"remarques?|légende|notas?|fuentes?|leyenda|источники?|примечани[ея]|джерел[оа]|приміт\w+|дереккөз\w*|"
    r"المصدر|ملاحظ\w+)\s?[:：]|[*†¹©]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Header:
    """Which of some rows is the header (-1: none is), the heading of each column, and the rows that are no data.

    A column without a heading is named by its number. `told` are sentences on what was decided.
    """

    at: int
    names: tuple[str, ...]
    others: frozenset[int]
    told: tuple[str, ...]
    unnamed: frozenset[int]


def find_header(
    file: str,
    rows: Sequence[tuple[int, Sequence[str]]],
    *,
    has_header: bool | None,
    heads: Collection[int] = (),
    word: str = "line",
) -> Header:
    """Find the header among the first rows that are not blank, each with its number.

    `heads` are the numbers of rows with merged cells, which are above a header. Without `has_header` a first row that
    looks like data is refused; with False there is none. Raises DataError.
    """
    cells = [[cell.strip(BLANKS) for cell in row] for _, row in rows]
    if has_header is not True and (names := names_without_header(cells[0])):
        whose = "of UCDP's" if names is GED else "of a GDELT export"
        words = f"the table has no header; its columns are those {whose}, and are named so."
        return Header(-1, names, frozenset(), (words,), frozenset())
    if has_header is False:
        width = max((_last(row) for row in cells), default=0)
        _refuse_many(file, rows[0][0], width)
        names = tuple(f"column {position}" for position in range(1, width + 1))
        return Header(
            -1, names, frozenset(), ("no row is read as headings; columns are named by number.",), frozenset()
        )
    at = _place(cells, [number in heads for number, _ in rows])
    line, row = rows[at][0], cells[at]
    if has_header is None and looks_like_data(row):
        seen = next(cell for cell in row if _DAY.fullmatch(cell) or _NUMBER.fullmatch(cell))
        message = (
            f"{word} {line} looks like data, since it has {shown(seen)} (expected the headings of the columns; "
            'if the file has none, say header = "no" under [answers] in a mapping).'
        )
        raise DataError([Problem(file, line, "", seen[:MAX_VALUE], message)])
    if _stands_over(cells[at:]):
        return _by_number(file, line, cells[at:], at, word)
    _refuse_many(file, line, _last(row))
    told: list[str] = []
    head, below = _in_two_rows(cells[at:])
    row = [*head]
    if below:
        row = [*map(str.__add__, row, (*below, *[""] * len(row)))]
        words = ", ".join(map(shown, filter(None, below)))
        told.append(f"the headings stand in two rows; {word} {rows[at + 1][0]} has {words}.")
    row, doubles = _told_apart(row)
    if doubles:
        words = ", ".join(map(shown, doubles))
        told.append(f"several columns have the same heading; the later ones are called {words}.")
    if at:
        words = "; ".join(" ".join(filter(None, above))[:80] for above in cells[:at])
        told.append(f"the headings are in {word} {line}; above them is no data: {plain(words, 300)}.")
    others = set(range(at))
    if below:
        others.add(at + 1)
    if at + 1 < len(cells) and is_tags(cells[at + 1]):
        others.add(at + 1)
        told.append(f"{word} {rows[at + 1][0]} has the tags of HXL, and no data.")
    taken, names_found = set(row), []
    for position, cell in enumerate(row, 1):
        name = cell or f"column {position}"
        while not cell and name in taken:
            name += "_"
        names_found.append(name)
    unnamed = frozenset(position for position, cell in enumerate(row) if not cell)
    return Header(at, tuple(names_found), frozenset(others), tuple(told), unnamed)


def _stands_over(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of some rows, the header, has one cell alone, and most rows below it have several: a cell that
    stands over all columns, as of a page (PDF) that was turned into a table, names none of them."""
    head, *below = [sum(map(bool, row)) for row in rows]
    is_wide = len(rows[0]) >= max(map(_last, rows))
    return head == 1 and is_wide and len(below) >= _FEWEST_ROWS and 2 * sum(n >= _SEVERAL for n in below) > len(below)


def _by_number(file: str, line: int, rows: Sequence[Sequence[str]], at: int, word: str) -> Header:
    """The header of a table whose only heading stands over all columns: they are named by number, or by the words of
    its last line where these are as many as the columns that most rows fill."""
    head, *below = rows
    width = max(map(_last, rows))
    _refuse_many(file, line, width)
    names = [f"column {position}" for position in range(1, width + 1)]
    filled = [
        at for at in range(width) if sum(len(row) > at and bool(row[at]) for row in below) >= _FILLED * len(below)
    ]
    last = next(filter(None, head)).split("\n")[-1].strip()
    rule = "they are named by number, and known by their values alone"
    for words in (re.split(r"\s{2,}", last), last.split()):
        if len(words) == len(filled) and len({*words}) == len(words):
            for position, name in zip(filled, words, strict=True):
                names[position] = name
            rule = "its last words are as many as they are, and name them"
            break
    title = plain(" ".join(next(filter(None, head)).split()), 120)
    told = f"{word} {line} has one cell over {width} columns, and no heading of each: {rule}. It says: {title}."
    return Header(at, tuple(names), frozenset(range(at)), (told,), frozenset())


def names_without_header(row: Sequence[str]) -> tuple[str, ...]:
    """The headings of the fields of an event as GDELT or UCDP publish it without a header; none for others."""
    if len(row) == len(GED) and _ID.fullmatch(row[0]) and _YEAR.fullmatch(row[2]) and row[5] in ("1", "2", "3"):
        return GED
    if not _is_gdelt(row):
        return ()
    return GDELT if len(row) == len(GDELT) else GDELT_1  # of which events before April 2013 lack the last


def _is_gdelt(row: Sequence[str]) -> bool:
    return (
        len(row) in (len(GDELT), len(GDELT_1), len(GDELT_1) - 1)
        and bool(_ID.fullmatch(row[0]))
        and bool(re.fullmatch(r"\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", row[1], re.ASCII))
    )


def is_tags(row: Sequence[str]) -> bool:
    """Whether a row has the tags of HXL, which explain the header to programs; a number that a program wrote before
    each row may stand before them."""
    filled = [cell for cell in row if cell]
    if len(filled) > 2 and filled[0] == row[0] and _ID.fullmatch(filled[0]):
        filled = filled[1:]
    return bool(filled) and all(cell.startswith("#") and len(cell) > 1 for cell in filled)


def is_total(row: Sequence[str]) -> bool:
    """Whether a row at the foot is the sum of those above: "Total" in its first filled cell, and else numbers."""
    filled = [cell for cell in (cell.strip(BLANKS) for cell in row) if cell]
    return bool(filled) and bool(_TOTAL.fullmatch(filled[0])) and all(_NUMBER.fullmatch(cell) for cell in filled[1:])


def is_note(row: Sequence[str]) -> bool:
    """Whether a row at the foot is a remark on the table: "Note:" or "Source:" in its only filled cell."""
    filled = [cell for cell in (cell.strip(BLANKS) for cell in row) if cell]
    return len(filled) == 1 and bool(_NOTE.match(filled[0]))


def looks_like_data(row: Sequence[str]) -> bool:
    """Whether cells are days or, half of them at least, numbers; a heading may be a year."""
    filled = [cell for cell in row if cell]
    numbers = sum(bool(_NUMBER.fullmatch(cell)) and not _YEAR.fullmatch(cell) for cell in filled)
    return any(_DAY.fullmatch(cell) for cell in filled) or (numbers > 0 and 2 * numbers >= len(filled))


def _place(rows: Sequence[Sequence[str]], is_head: Sequence[bool]) -> int:
    """The index of the header: the first row, unless a full row of words comes below narrow ones, as of a report."""
    filled = [sum(map(bool, row)) for row in rows]
    width = max(filled)
    if filled[0] >= max(2, 0.8 * width) and not is_head[0]:
        return 0
    for at in range(1, len(rows)):
        if filled[at] < max(2, 0.8 * width) or is_head[at] or looks_like_data(rows[at]):
            continue
        return at if all(is_head[n] or filled[n] <= 0.6 * filled[at] for n in range(at)) else 0
    return 0


def _in_two_rows(rows: Sequence[Sequence[str]]) -> tuple[Sequence[str], tuple[str, ...]]:
    """The first of some rows, which is the header, and what the second has in its gaps (`_goes_on`). What pandas calls
    a column without a heading is such a gap, if something stands in it."""
    head, *below = rows
    bare = ["" if _UNNAMED.fullmatch(cell) else cell for cell in head]
    found = _goes_on([bare, *below])
    return (bare, found) if found else (head, ())


def _goes_on(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What the second of some rows has in the gaps of the first, which is the header, if it has nothing else (what a
    cell that is merged with the one above repeats counts as nothing), and rows below it have something there."""
    if len(rows) < _FEWEST_ROWS:
        return ()
    head, second, *below = rows
    pairs = [*zip(head, second, strict=False)]
    found = tuple("" if above else cell for above, cell in pairs)
    is_more = any(cell not in ("", above) for above, cell in pairs if above) or any(second[len(head) :])
    gaps = [at for at, cell in enumerate(found) if cell]
    is_filled = gaps and all(any(len(row) > at and row[at] for row in below) for at in gaps)
    return found if is_filled and not is_more and not looks_like_data(second) else ()


def _last(row: Sequence[str]) -> int:
    """The number of the last filled cell."""
    return max((position for position, cell in enumerate(row, 1) if cell), default=0)


def _refuse_many(file: str, line: int, width: int) -> None:
    if width > MAX_COLUMNS:
        message = f"{width:,} columns are too many (expected at most {MAX_COLUMNS:,})."
        raise DataError([Problem(file, line, "", "", message)])


def _told_apart(row: Sequence[str]) -> tuple[list[str], list[str]]:
    """The headings of a row, a later one of those that are alike with its number, and these."""
    names: list[str] = []
    doubles: list[str] = []
    for cell in row:
        name, number = cell, 2
        while cell and (name in names or (number > 2 and name in row)):
            name, number = f"{cell} ({number})", number + 1
        names.append(name)
        doubles += [name] if name != cell else []
    return names, doubles
