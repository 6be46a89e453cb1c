"""What the columns of a file mean: its own mapping says it, a known layout, or the best guess by names and values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from geodata.errors import ChoiceError, Question
from geodata.importers.apart.both import days_apart
from geodata.importers.apart.dead import deaths_apart
from geodata.importers.apart.ged import codes_apart
from geodata.importers.apart.levels import levels_apart
from geodata.importers.apart.sections import with_sections
from geodata.importers.apart.tolls import tolls_apart
from geodata.importers.apart.weeks import with_weeks
from geodata.importers.files.kinds import FORMATS
from geodata.importers.files.opening import read_sheets
from geodata.importers.files.sheet import Sheet
from geodata.importers.how import RECORD, HowToRead
from geodata.importers.layouts import LAYOUTS, layout_of
from geodata.importers.layouts.layout import Layout, fold
from geodata.importers.mapping.mapping import BETWEEN, Mapping, mapping_beside, read_mapping, write_mapping
from geodata.importers.mapping.names import hits_of
from geodata.importers.mapping.proposal import Proposal, propose
from geodata.importers.mapping.where import are_kinds_of_places
from geodata.importers.progress import COLUMNS, READING
from geodata.importers.rows.flat import NAMES, column_of
from geodata.importers.sheets import Joined, joined_sheets
from geodata.importers.tables.cells import Cells
from geodata.importers.translate.columns import code_in
from geodata.importers.translate.meaning import Meaning, Parts
from geodata.importers.values.words.precisions import geo_precision_of, time_precision_of
from geodata.record.model import GEO_PRECISIONS, MEASURES, QUALIFIERS

TABLE = "table"


@dataclass(frozen=True, slots=True)
class Understood:
    """What a table's columns mean, in whose layout (`title`); sentences `told`, and the `questions` without whose
    answers it cannot be read. `credit` is how the authors of the layout's data ask to be named."""

    meaning: Meaning
    title: str
    told: tuple[str, ...]
    mapping: Mapping
    proposal: Proposal | None = None
    credit: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is open about the columns."""
        if not self.proposal:
            return ()
        asked = tuple(
            Question(
                each.column,
                each.words,
                tuple((c.heading, _with_examples(c.heading, c.examples)) for c in each.candidates),
            )
            for each in self.proposal.questions
            if each.is_needed
        )
        headings = tuple((heading, heading) for heading in self.proposal.headings)
        lost = (
            Question(
                column,
                f"No column seems to be {_WORDS[column]}, without which there is no event. Which one is?",
                headings,
            )
            for column in self.proposal.missing
        )
        return (*asked, *lost)

    def toml(self, questions: Iterable[Question]) -> str:
        """The mapping with open questions about values as lines to be filled in."""
        text = self.proposal.to_toml() if self.proposal else write_mapping(self.mapping)
        asked = list(questions)
        if not asked:
            return text
        lines = [] if "\n[answers]" in text else ["", "[answers]"]
        for question in asked:
            lines += [
                f"# {question.words}",
                *(f'# {question.key} = "{key}"  # {words}' for key, words in question.choices),
            ]
        where = text.find("\n[answers]\n")
        if where < 0:
            # The sections of a mapping stand in any order, the columns first.
            return text + "\n".join(lines) + "\n"
        where += len("\n[answers]\n")
        return text[:where] + "\n".join(lines) + "\n" + text[where:]


# Columns of few words, which others may have under the same heading with words of their own.
_WORDS_OF = {"geo_precision": GEO_PRECISIONS, "time_precision": ("1", "2", "3"), "qualifier": QUALIFIERS}
_WORDS = {"date_start": "the day of the event", "title": "a title or a place"}


def how_to_read(name: str, mapping: Path | None, max_reject_share: float) -> HowToRead:
    """With a format by its name, be it that of a kind of file or of a layout. Raises ChoiceError for neither."""
    layouts = (*(layout.name for layout in LAYOUTS), TABLE, RECORD)
    if name and name not in (*FORMATS, *layouts):
        raise ChoiceError("format", f"Cannot read format: {name!r} is none of {', '.join((*FORMATS, *layouts))}.")
    kind, layout = (name, "") if name in FORMATS else ("", name)
    return HowToRead(kind, layout, mapping, max_reject_share)


def open_file(path: Path, how: HowToRead, *, as_table: bool = False) -> tuple[list[Sheet], Mapping]:
    """All sheets of a file and its mapping; of a whole record those of its tables, unless it is opened `as_table`.

    Raises DataError where nothing can be read, ChoiceError for a mapping that cannot.
    """
    mapping = mapping_of(path, how)
    answers = mapping.answers
    has_header = {"yes": True, "no": False}.get(answers.get("header", ""))
    how.progress(READING, 0, 0)
    sheets = read_sheets(
        path,
        format=how.kind,
        has_header=has_header,
        crs=answers.get("crs", ""),
        may_be_record=may_be_record(mapping, how) and not as_table,
        wait=partial(how.progress, READING, 0, 0),
    )
    return sheets, mapping


def may_be_record(mapping: Mapping, how: HowToRead) -> bool:
    """Whether a whole record is read as one: not where a mapping says what its columns mean."""
    return how.layout == RECORD or (not how.layout and mapping == Mapping())


def open_table(sheets: Sequence[Sheet], mapping: Mapping, how: HowToRead) -> tuple[Joined, Understood]:
    """Those sheets of a file that are read as one table, and what its columns mean. Raises ChoiceError for a mapping
    that does not suit them, or a layout that they are not of."""
    read = joined_sheets([with_sections(sheet) for sheet in sheets], mapping.answers.get("sheets", ""))
    used = {heading for headings in mapping.columns.values() for heading in headings}
    cells, told = days_apart(read.cells, used)
    of_file = frozenset(cells.columns)
    for with_columns in (with_weeks, tolls_apart, deaths_apart, levels_apart, codes_apart):
        cells, told_of_columns = with_columns(cells, used)
        told = (*told, *told_of_columns)
    read = replace(read, cells=cells, told=(*read.told, *told), made=read.made | (frozenset(cells.columns) - of_file))
    how.progress(COLUMNS, 0, len(read.cells))
    return read, _understood(read.cells, mapping, how.layout)


def _understood(cells: Cells, mapping: Mapping, name: str) -> Understood:
    layout = _layout(cells, name or mapping.format) if not mapping.columns else None
    if layout:
        meaning = layout.meaning_of(cells.columns, mapping.answers)
        meaning = replace(meaning, categories=mapping.categories, places=mapping.places)
        known = replace(mapping, format=layout.name)
        return Understood(meaning, layout.title_of(cells), layout.told, known, credit=layout.credit)
    named = _our_own(cells)
    proposal = propose(cells, mapping, named)
    # A table with our own columns alone says itself what it means.
    told = () if len(named) == len(cells.columns) and not mapping.columns else proposal.told
    meaning = replace(_meaning(proposal.mapping), codes=_codes(cells, proposal.mapping, named))
    return Understood(meaning, TABLE, told, proposal.mapping, proposal)


def _codes(cells: Cells, mapping: Mapping, named: AnyMapping[str, str]) -> dict[str, dict[str, str]]:
    """What the words of others in columns of precision mean. Under a heading of our own our words are expected."""
    found = {}
    for column, meaning_of in (("geo_precision", geo_precision_of), ("time_precision", time_precision_of)):
        if column in mapping.columns and column not in named:
            words = cells.values(mapping.columns[column][0])[1].to_pylist()
            found[column] = {code_in(word): meant for word in words if (meant := meaning_of(word))}
    return found


def _our_own(cells: Cells) -> dict[str, str]:
    """The headings that are our own names of columns, by these names; of two the one as we write it, or the first,
    and no half of a point. Other spellings are ours only in a table with nothing else: "Region" may stand beside
    "State"."""
    found: dict[str, str] = {}
    is_ours = all(map(column_of, cells.columns))
    for heading in sorted(cells.columns, key=lambda heading: fold(heading) not in NAMES):
        name = column_of(heading) if is_ours or fold(heading) in NAMES else ""
        if name in ("geo_precision", "category") and _has_numbers_alone(cells, heading):
            continue  # codes, or years, of somebody else
        # "Geo Precision" with none of our words under it is somebody else's too.
        if name and (heading == name or name not in _WORDS_OF or _has_any(cells, heading, _WORDS_OF[name])):
            found.setdefault(name, heading)
    if "place" in found and are_kinds_of_places(cells.values(found["place"])[1].to_pylist()):
        del found["place"]
    if "country" in found and any(map(str.isdigit, cells.values(found["country"])[1].to_pylist())):
        del found["country"]  # numbers of somebody's list, beside which the names may stand
    if ("lon" in found) != ("lat" in found):
        found.pop("lon", None)
        found.pop("lat", None)
    return found


def _has_numbers_alone(cells: Cells, heading: str) -> bool:
    texts = [text for text in cells.values(heading)[1].to_pylist() if text]
    return bool(texts) and all(map(str.isdecimal, texts))


def _has_any(cells: Cells, heading: str, words: Iterable[str]) -> bool:
    known = set(words)
    return any(text.casefold() in known for text in cells.values(heading)[1].to_pylist())


def mapping_of(path: Path, how: HowToRead) -> Mapping:
    """The mapping that is given, or kept beside the file; an empty one where there is none."""
    found = read_mapping(how.mapping) if how.mapping else mapping_beside(path)
    return replace(found, places={**found.places, **how.places}) if how.places else found


def _layout(cells: Cells, name: str) -> Layout | None:
    if not name:
        return layout_of(cells.columns)
    known = {layout.name: layout for layout in LAYOUTS}
    if name == TABLE:
        return None
    if name not in known:
        raise ChoiceError("format", f"Cannot read format: {name!r} is none of {', '.join([*known, TABLE])}.")
    if not known[name].suits(cells.columns):
        missing = ", ".join(sorted(known[name].needed - {heading.casefold() for heading in cells.columns}))
        raise ChoiceError("format", f"The file is no table of {known[name].title}: it lacks {missing}.")
    return known[name]


def _meaning(mapping: Mapping) -> Meaning:
    columns = {column: Parts(headings, BETWEEN.get(column)) for column, headings in mapping.columns.items()}
    if "title" not in columns and mapping.title_from:
        headings = tuple(heading for column in mapping.title_from for heading in mapping.headings(column))
        columns["title"] = Parts(headings, ", ")
    if "category" not in columns and mapping.category_from:
        columns["category"] = Parts(mapping.headings(mapping.category_from))
    people = {
        f"{measure}_population": " ".join(hit.rest)
        for measure in MEASURES
        for heading in mapping.headings(measure)
        if (hit := hits_of(heading).get(measure)) and hit.is_part
    }
    return Meaning(
        columns, constants=people, answers=mapping.answers, categories=mapping.categories, places=mapping.places
    )


def _with_examples(heading: str, examples: Iterable[str]) -> str:
    found = ", ".join(examples)
    return f"{heading} (such as {found})" if found else heading
