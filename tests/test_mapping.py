"""What the columns of a table mean, as a value and as a file beside the data."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import ChoiceError, GeodataError
from geodata.importers.mapping import mapping as module
from geodata.importers.mapping.mapping import (
    ANSWERS,
    BETWEEN,
    COLUMNS,
    Mapping,
    path_beside,
    read_mapping,
    save_beside,
    write_mapping,
)
from geodata.importers.rows.flat import NAMES
from geodata.record.model import CATEGORIES

HEADING = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
SINGLES = [c for c in COLUMNS if c not in (*BETWEEN, "date_parts", "date_end_parts", "lon", "lat", "point")]


@st.composite
def mappings(draw: st.DrawFn) -> Mapping:
    names = draw(st.lists(HEADING, min_size=1, max_size=20, unique=True))
    columns = draw(st.lists(st.sampled_from(SINGLES), max_size=len(names) - 1, unique=True))
    found: dict[str, object] = dict(zip(columns, names, strict=False))
    found["notes"] = names[len(columns) :]
    return Mapping(
        columns=found,  # type: ignore[arg-type] (the loose forms are the point)
        answers=draw(st.sampled_from([{}, {"dates": "day first", "crs": "EPSG:3857"}, {"sheets": "2021"}])),
        categories=draw(st.dictionaries(HEADING, st.sampled_from(CATEGORIES), max_size=5)),
        places=draw(st.dictionaries(HEADING, st.sampled_from(["KZ-almaty", "76.9, 43.2", "-0.1,51"]), max_size=5)),
        format=draw(st.sampled_from(["", "acled"])),
    )


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "events.csv.mapping.toml"
    path.write_text(text, encoding="utf-8")
    return path


@settings(max_examples=60, deadline=None)
@given(mappings(), st.text(max_size=40))
def test_a_mapping_that_is_written_is_read_as_it_was_whatever_its_headings_and_comments(
    mapping: Mapping, words: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "m.toml"
        path.write_bytes(write_mapping(mapping, {"notes": [words], "": [words]}).encode("utf-8", "replace"))
        assert read_mapping(path) == mapping


def test_a_written_mapping_is_lines_for_people() -> None:
    mapping = Mapping(
        columns={"date_start": "Datum", "place": ["Ort", "Stadt"], "title": 'Was "genau"?'},
        answers={"dates": "day first"},
        categories={"Kundgebung": "protest"},
        places={"Lager 4": "36.2, 50.1"},
    )
    assert write_mapping(mapping, {"date_start": ["The day, by its name."]}) == (
        "# Which headings of the table each column of the map is read from, and what else was settled for it.\n"
        "\n"
        "[columns]\n"
        'title = "Was \\"genau\\"?"\n'
        "# The day, by its name.\n"
        'date_start = "Datum"\n'
        'place = ["Ort", "Stadt"]\n'
        "\n"
        "[answers]\n"
        'dates = "day first"\n'
        "\n"
        "[categories]\n"
        'Kundgebung = "protest"\n'
        "\n"
        "[places]\n"
        '"Lager 4" = "36.2, 50.1"\n'
    )


def test_every_column_of_the_flat_table_can_be_mapped() -> None:
    assert set(NAMES) <= set(COLUMNS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("columns = 1", "'columns' is no table (expected [columns] and lines under it)."),
        (
            "[colums]",
            "unknown key 'colums' (expected columns, answers, categories, places or format) (nearest: columns)",
        ),
        ('[columns]\ndate_strat = "Datum"', "Unknown column 'date_strat' (nearest: date_start)"),
        ("[columns]\ntitle = 3", "Cannot read '3' for column 'title': expected a heading of the table."),
        ('[columns]\ntitle = ""', "Cannot read '' for column 'title': expected a heading of the table."),
        ('[columns]\ncountry = ["a", "b"]', "Column 'country' has 2 headings (expected one)."),
        (
            '[columns]\nlat = ["a", "b", "c", "d", "e"]',
            "Column 'lat' has 5 headings (expected degrees, minutes, seconds and direction).",
        ),
        (
            '[columns]\ndate_parts = ["a", "b", "c", "d"]',
            "Column 'date_parts' has 4 headings (expected year, month and day).",
        ),
        (
            '[columns]\ndate_end = "a"\ndate_end_parts = ["b"]',
            "Columns 'date_end' and 'date_end_parts' are both given (expected one of them).",
        ),
        (
            '[columns]\ndeaths = "Tote"\ninjured = "Tote"',
            "Heading 'Tote' is given for 'deaths' and for 'injured' (expected one of them).",
        ),
        (
            '[answers]\ndates = "day frist"',
            "Cannot read 'day frist' for 'dates': expected day first or month first (nearest: day first).",
        ),
        ('[answers]\ndate = "day first"', "Unknown answer 'date' (nearest: dates)"),
        (
            '[answers]\nthousands = "dot"',
            """Cannot read 'dot' for 'thousands': expected what stands between thousands, "," or ".".""",
        ),
        ('[answers]\ncrs = "3857"', "Cannot read '3857' for 'crs': expected a code such as EPSG:3857."),
        (
            '[categories]\nDemo = "protests"',
            "Cannot read category 'protests' of 'Demo': expected deployment, clash, protest, detention, political or "
            "other (nearest: protest).",
        ),
        (
            '[places]\nLager = "95.0, 91.0"',
            "Cannot read point '95.0, 91.0' of 'Lager': expected a longitude from -180 to 180 and a latitude from -90",
        ),
        (
            '[places]\nLager = "somewhere else"',
            "Cannot read place 'somewhere else' of 'Lager': expected a place id, or \"lon, lat\" in degrees.",
        ),
        ('format = "A/../b"', "Cannot read format 'A/../b': expected a word such as acled."),
        ("[columns", "is not a TOML file that can be read: "),
    ],
)
def test_a_mapping_that_cannot_be_read_is_refused_by_a_sentence(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ChoiceError) as raised:
        read_mapping(written(tmp_path, text))
    assert str(raised.value).startswith("events.csv.mapping.toml")
    assert message in str(raised.value)


def test_a_mapping_that_is_not_there_or_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(GeodataError, match="No such file or directory"):
        read_mapping(tmp_path / "none.toml")
    path = written(tmp_path, "# " + "x" * 100)
    monkeypatch.setattr(module, "MAX_BYTES", 50)
    with pytest.raises(ChoiceError, match="it has more than 50 bytes"):
        read_mapping(path)


def test_every_answer_is_one_of_a_few_or_of_a_pattern_that_is_described() -> None:
    for key, (first, *_) in ANSWERS.items():
        assert isinstance(first, str) or first.fullmatch({"thousands": ",", "crs": "EPSG:3857"}.get(key, "2021"))


def test_a_mapping_is_kept_beside_its_data(tmp_path: Path) -> None:
    data = tmp_path / "events.csv"
    mapping = Mapping(columns={"title": "Titel"})
    assert save_beside(write_mapping(mapping), data) == path_beside(data) == tmp_path / "events.csv.mapping.toml"
    assert read_mapping(path_beside(data)) == mapping


def test_a_folder_that_takes_no_mapping_is_told(tmp_path: Path) -> None:
    with pytest.raises(
        GeodataError, match=r"The mapping is not kept, and will be asked for again: cannot write '.*toml'"
    ):
        save_beside("", tmp_path / "none" / "events.csv")


@pytest.mark.parametrize(
    ("columns", "made_of"),
    [
        ({"title": "a", "notes": "b"}, ("title",)),
        ({"notes": "b", "event_type": "c"}, ("notes",)),
        ({"category": "b", "event_type": "c", "place": "d"}, ("event_type", "place")),
        ({"place": "d", "event_id": "e"}, ("place",)),
        ({"event_id": "e", "actors": ["f", "g"]}, ("actors",)),
        ({"deaths": "h"}, ()),
    ],
)
def test_a_title_is_made_of_what_there_is(columns: dict[str, tuple[str, ...]], made_of: tuple[str, ...]) -> None:
    assert Mapping(columns=columns).title_from == made_of


def test_the_category_is_that_of_the_source_s_own_type_where_none_is_given() -> None:
    assert Mapping(columns={"event_type": ("Art",), "sub_event_type": ("Unterart",)}).category_from == "event_type"
    assert Mapping(columns={"event_type": ("Art",), "category": ("Kategorie",)}).category_from == "category"
    assert Mapping().category_from == ""
