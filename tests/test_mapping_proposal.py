"""What is taken, told, asked and left: the rules of a proposal, kept mappings, sheets of one shape."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.importers.mapping.looks import MOST_ROWS, look_at
from geodata.importers.mapping.mapping import Mapping, read_mapping
from geodata.importers.mapping.names import _table
from geodata.importers.mapping.proposal import propose
from geodata.importers.mapping.sheets import group_sheets, headings_as_in, same_shape
from geodata.importers.tables.cells import Cells
from tests.proposed import cells_of, columns_of, proposed, sheet_of

YEAR = """date,place,title,deaths
2020-01-03,Almaty,Rally at the square,1
2020-02-03,Taraz,Rally at the bridge,2"""
TWO_DAYS = """date A,date B,what
2022-03-01,2022-03-03,Bridge hit
2022-03-02,2022-03-04,School hit"""


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("date,title\nyes,Bridge hit\nno,School hit", "date"),
        ("Datum,Thema,Länge\n05.01.2022,Lange Demo,4.5\n06.01.2022,Kurze Demo,3.0", "Länge"),
        ("date,title,deaths\n2022-01-05,Bridge hit,yes\n2022-01-06,School hit,no", "deaths"),
        ("date,title,lat\n2022-01-05,Bridge hit,43.25\n2022-01-06,School hit,44.1", "lat"),
        ("date,title,id\n2022-01-05,Bridge hit,A 1\n2022-01-06,School hit,A 2", "id"),
        ("date,title,id\n2022-01-05,Bridge hit,A1\n2022-01-06,School hit,A1", "id"),
        ("date,title,lfd. Nr.\n2022-01-05,Bridge hit,1\n2022-01-06,School hit,2", "lfd. Nr."),
        ("Datum,Titel,von\n05.01.2022,Demo am Ring,14:00\n06.01.2022,Demo am Tor,15:00", "von"),
        ("date,title,geo_precision\n2022-01-05,Bridge hit,12\n2022-01-06,School hit,40", "geo_precision"),
        ("date,title,country,region\n2022-01-05,Bridge hit,Chad,Central Africa\n2022-01-06,Fire,Iraq,Asia", "region"),
    ],
)
def test_a_heading_is_not_read_against_its_values(text: str, unread: str) -> None:
    proposal = proposed(text)
    assert proposal.unread == (unread,)
    assert f"1 column is not read: {unread!r}." in proposal.told


def test_a_day_that_nothing_has_is_missing_and_said() -> None:
    proposal = proposed("title,lat,lon\nBridge hit,50.4501,30.5234")
    assert proposal.missing == ("date_start",)
    assert not proposal.is_complete
    assert "No column seems to be the day, without which there is no event: choose one." in proposal.told
    assert '# date_start = ""' in proposal.to_toml()


def test_two_days_alike_are_one_question_with_their_values() -> None:
    (question,) = proposed(TWO_DAYS).questions
    assert question.column == "date_start"
    assert question.is_needed
    assert question.words == "Which column has the day of an event: 'date A' or 'date B'?"
    assert [(c.heading, c.examples) for c in question.candidates] == [
        ("date A", ("2022-03-01", "2022-03-02")),
        ("date B", ("2022-03-03", "2022-03-04")),
    ]


def test_an_answered_question_is_not_asked_again() -> None:
    cells = cells_of(TWO_DAYS)
    mapping = propose(cells).mapping
    proposal = propose(cells, Mapping(columns={**mapping.columns, "date_start": ("date B",)}))
    assert columns_of(proposal) == {"title": "what", "date_start": "date B"}
    assert proposal.is_complete


def test_the_day_of_an_event_is_preferred_to_that_of_its_report_which_is_kept() -> None:
    proposal = proposed("report_date,event_date,title\n2022-03-03,2022-03-01,Bridge hit\n2022-03-04,2022-03-02,Fire")
    assert columns_of(proposal) == {"title": "title", "date_start": "event_date", "said_on": "report_date"}


def test_the_day_of_a_report_stands_in_where_there_is_no_other_and_that_is_said() -> None:
    proposal = proposed("Meldedatum,Titel\n03.03.2022,Brücke getroffen\n13.03.2022,Schule getroffen")
    assert columns_of(proposal)["date_start"] == "Meldedatum"
    assert any("the day on which it was said stands for the day of an event" in told for told in proposal.told)


def test_a_day_that_may_be_another_is_asked_for() -> None:
    (question,) = proposed("Anmeldedatum,Thema\n03.03.2022,Für den Park\n13.03.2022,Gegen Lärm").questions
    assert question.words == "Is 'Anmeldedatum' the day of an event?"


def test_two_columns_of_degrees_whose_range_does_not_tell_are_asked_about() -> None:
    (question,) = proposed(
        "when,A,B,what\n2022-03-01,50.4501,30.5234,Bridge\n2022-03-02,49.9935,36.2304,Fire"
    ).questions
    assert (question.column, question.is_needed) == ("lat", False)
    assert question.words == "Which of 'A' and 'B' is the latitude (north and south)?"


def test_a_latitude_is_read_with_the_longitude_that_only_its_values_tell() -> None:
    proposal = proposed("Datum,Titel,Breite,Lnge\n01.03.2022,Brücke,50.4501,30.5234\n02.03.2022,Schule,49.9935,36.2304")
    assert {"lat": "Breite", "lon": "Lnge"}.items() <= columns_of(proposal).items()


def test_of_two_points_that_of_the_event_is_read_and_the_other_told() -> None:
    proposal = proposed(
        "date,title,origin_lat,origin_lon,lat,lon\n2022-03-01,Bridge hit,51.1,31.2,50.45,30.52\n"
        "2022-03-02,School hit,50.1,36.3,49.99,36.23"
    )
    assert {"lat": "lat", "lon": "lon"}.items() <= columns_of(proposal).items()
    assert "'lat' is the latitude, rather than 'origin_lat'." in proposal.told


def test_civilian_casualties_from_the_fewest_to_the_most_are_deaths_and_that_is_told() -> None:
    proposal = proposed("date,title,civilian_casualties_min,civilian_casualties_max\n2022-01-05,Strike,3,5")
    ends = {"deaths_low": "civilian_casualties_min", "deaths_high": "civilian_casualties_max"}
    assert ends.items() <= columns_of(proposal).items()
    assert "though the word may count the injured too" in proposal.told[1]
    assert "deaths_low" not in columns_of(proposed("date,title,casualties_min,casualties_max\n2022-01-05,Strike,3,5"))


def test_seconds_since_1970_are_the_day_of_a_column_that_is_named_for_time_and_of_no_other() -> None:
    assert columns_of(proposed("created_at,title\n1641340800,A\n1641427200,B"))["date_start"] == "created_at"
    assert columns_of(proposed("DTG,title\n051430ZJAN22,A\n061430ZJAN22,B"))["date_start"] == "DTG"
    assert proposed("phone,title\n1641340800,A\n1641427200,B").missing == ("date_start",)


def test_victims_may_be_the_dead_or_not_and_are_asked_about_unless_deaths_are_given() -> None:
    (question,) = proposed("Datum,Titel,Opfer\n01.03.2022,Brücke,2\n02.03.2022,Schule,3").questions
    assert question.words == "Is 'Opfer' the number of deaths? The word may count the injured too."
    assert not question.is_needed
    proposal = proposed("Datum,Titel,Opfer,Tote\n01.03.2022,Brücke,2,1\n02.03.2022,Schule,3,0")
    assert proposal.questions == ()
    assert columns_of(proposal)["deaths"] == "Tote"


def test_figures_of_some_of_the_people_are_no_figure_of_all() -> None:
    proposal = proposed("date,title,police injuries,participant injuries\n2022-01-05,March,1,2\n2022-01-06,Vigil,0,3")
    assert "injured" not in proposal.mapping.columns
    words = "'participant injuries' and 'police injuries' are not read: each is of some of the people, and none of all"
    assert f"{words} injured." in proposal.told


def test_one_figure_of_some_of_the_people_is_read_and_said_to_be_so() -> None:
    proposal = proposed("date,title,suspects killed\n2022-01-05,March,1\n2022-01-06,Vigil,0")
    assert columns_of(proposal)["deaths"] == "suspects killed"
    assert "'suspects killed' is read as deaths of some of the people: suspects." in proposal.told
    proposal = proposed("date,title,suspects killed,victims killed\n2022-01-05,March,1,2\n2022-01-06,Vigil,0,3")
    assert "deaths" not in proposal.mapping.columns


def test_a_title_may_be_one_letter_where_its_heading_says_so() -> None:
    assert columns_of(proposed("date,title,place\n2022-01-05,x,Marib\n2022-01-06,x,Tigray"))["title"] == "title"
    assert "title" not in proposed("Tag,Demo,Ort\n05.01.2022,x,Mainz\n06.01.2022,x,Trier").mapping.columns


def test_those_who_took_part_are_no_figure_of_the_map_and_that_is_said() -> None:
    told = proposed("Datum,Thema,Teilnehmer\n01.03.2022,Demo am Ring,200").told
    assert "'Teilnehmer' counts those who took part, which is no figure of the map: not read." in told


def test_a_second_title_goes_to_the_notes() -> None:
    columns = columns_of(proposed("Datum,Titel,Anlass\n01.03.2022,Demo am Ring,Streik der Werft"))
    assert columns == {"date_start": "Datum", "title": "Titel", "notes": "Anlass"}


def test_a_missing_title_is_never_asked_for() -> None:
    proposal = proposed("date,type,city\n2022-03-01,Shelling,Irpin\n2022-03-02,Strike,Bucha")
    assert proposal.is_complete
    assert proposal.questions == ()
    assert "No column is a title: the type and the place stands in for it." in proposal.told


def test_a_table_without_rows_is_taken_by_its_headings() -> None:
    assert columns_of(proposed("Datum,Ort,Titel,Breite,Länge,Tote")) == {
        "date_start": "Datum",
        "place": "Ort",
        "title": "Titel",
        "lat": "Breite",
        "lon": "Länge",
        "deaths": "Tote",
    }


def test_a_proposal_is_printed_as_a_mapping_that_can_be_accepted(tmp_path: Path) -> None:
    proposal = proposed(
        "event_date,date,Titel,Farbe\n2022-03-01,2022-03-01,Brücke getroffen,rot\n2022-03-02,,Feuer,blau"
    )
    path = tmp_path / "m.toml"
    path.write_text(proposal.to_toml(), encoding="utf-8")
    assert read_mapping(path) == proposal.mapping
    lines = proposal.to_toml().splitlines()
    at = lines.index('date_start = "event_date"')
    assert lines[at - 2 : at] == [
        "# The day, by its name, with values such as '2022-03-01', '2022-03-02'.",
        '# date_start = "date"',
    ]
    assert "# - Farbe" in lines
    # An alternative is a line as it has to be.
    assert tomllib.loads(lines[at - 1].removeprefix("# ")) == {"date_start": "date"}


def test_a_preview_has_the_first_rows_by_all_headings() -> None:
    cells = cells_of("date,what\n2022-03-01,Bridge hit\n2022-03-02," + "x" * 300)
    proposal = propose(cells)
    assert proposal.headings == ("date", "what")
    assert proposal.preview(cells, 1) == (("2022-03-01", "Bridge hit"),)
    assert len(proposal.preview(cells)[1][1]) == 200


def test_a_kept_mapping_is_used_without_a_question_and_nothing_is_added_to_it() -> None:
    known = Mapping(columns={"title": "what", "date_start": "date B"}, answers={"dates": "day first"})
    proposal = propose(cells_of(TWO_DAYS), known)
    assert proposal.mapping == known
    assert proposal.questions == ()
    assert "The mapping is used as it was kept." in proposal.told
    assert proposal.unread == ("date A",)


def test_a_kept_mapping_whose_heading_is_gone_is_filled_again() -> None:
    known = Mapping(columns={"title": "what", "date_start": "Tag"}, categories={"Demo": "protest"})
    proposal = propose(cells_of("WHAT,event_date\nBridge hit,2022-03-01"), known)
    assert columns_of(proposal) == {"title": "WHAT", "date_start": "event_date"}
    assert proposal.mapping.categories == {"Demo": "protest"}
    assert "'Tag' is a heading of the kept mapping that the table no longer has." in proposal.told


def test_a_mapping_with_answers_alone_is_filled_and_keeps_them() -> None:
    proposal = propose(cells_of(YEAR), Mapping(answers={"dates": "month first"}))
    assert proposal.mapping.answers == {"dates": "month first"}
    assert set(proposal.mapping.columns) == {"date_start", "place", "title", "deaths"}


def test_few_rows_of_a_long_table_are_looked_at_evenly_spaced() -> None:
    texts = [""] * 50_000 + [str(number) for number in range(50_000)]
    look = look_at(pa.array(texts, pa.string()))
    assert (look.rows, look.filled) == (100_000, 50_000)
    assert len(look.texts) < MOST_ROWS
    assert look.texts[0] == "0"
    assert int(look.texts[-1]) > 10_000


def test_sheets_of_one_shape_are_read_together_and_the_most_rows_that_can_be_read_come_first() -> None:
    sheets = [
        sheet_of("age,sex,_parent_index\n34,m,1\n35,f,1\n36,f,2\n37,m,2\n38,f,3", "victims_repeat"),
        sheet_of(YEAR, "2020"),
        sheet_of(YEAR.replace("date,place,title,deaths", "Date,Place,Titel,Deaths"), "2021"),
        sheet_of(YEAR, "old", is_hidden=True),
        sheet_of("title,deaths,date,place\nRally,1,2022-01-03,Almaty", "2022"),
    ]
    assert group_sheets(sheets) == [[1, 2, 4], [0], [3]]


def test_a_table_that_changed_from_year_to_year_is_of_one_shape() -> None:
    years = ("nr,date,place,title", "nr,date,kind,place,title", "nr,date,kind,hour,place,title")
    sheets = [sheet_of(f"{head}\n", str(2020 + n)) for n, head in enumerate(years)]
    assert not same_shape(years[0].split(","), years[2].split(","))
    assert group_sheets(sheets) == [[0, 1, 2]]


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (["Datum", "Ort", "Thema", "Teilnehmer"], True),
        (["TEILNEHMER", "Thema ", "Ort", "Datum"], True),
        (["Datum", "Ort", "Thema"], True),
        (["Datum", "Orte", "Thema", "Teilnehmende"], True),
        (["Datum", "Straße", "Motto", "Teilnehmer"], False),
        ([], False),
    ],
)
def test_a_shape_is_that_of_the_headings_in_any_order(other: list[str], is_same: bool) -> None:
    assert same_shape(["Datum", "Ort", "Thema", "Teilnehmer"], other) is is_same


def test_a_heading_spelt_another_way_in_another_sheet_is_that_of_the_first() -> None:
    assert headings_as_in(["Datum", "Uhrzeit", "Teil 1"], ["datum", "Uhrzeiten", "Teil 2"]) == {
        "datum": "Datum",
        "Uhrzeiten": "Uhrzeit",
    }


WORDS = st.one_of(st.sampled_from(sorted(_table())), st.text(max_size=20))
VALUES = st.one_of(
    st.sampled_from(
        ["", "2022-03-01", "50.45", "30.52", "50.45, 30.52", "14:00", "2", "yes", "Irpin", "http://a.example"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS.filter(bool), min_size=1, max_size=12, unique=True), st.data())
def test_no_heading_is_used_twice_none_is_lost_and_the_order_of_columns_makes_no_difference(
    headings: list[str], data: st.DataObject
) -> None:
    rows = data.draw(st.integers(0, 4))
    columns = {h: pa.array(data.draw(st.lists(VALUES, min_size=rows, max_size=rows)), pa.string()) for h in headings}
    shuffled = list(headings)
    random.Random(0).shuffle(shuffled)
    first, other = (
        propose(Cells("t.csv", tuple(order), np.arange(rows), {heading: columns[heading] for heading in order}))
        for order in (headings, shuffled)
    )
    assert first.mapping == other.mapping
    assert [question.words for question in first.questions] == [question.words for question in other.questions]
    used = [heading for found in first.mapping.columns.values() for heading in found]
    assert len(used) == len(set(used))
    assert sorted((*used, *first.unread)) == sorted(headings)
