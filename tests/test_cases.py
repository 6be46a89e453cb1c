"""Files as others keep them, after public reports of what programs like this stumble over, become what they say.

The files in `cases` are small and invented; each stands for a kind.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geodata.filter import Filter
from tests.opened import answered, opened, refused


def test_a_coded_week_and_month_are_spans_of_possible_days(capsys: Any, tmp_path: Path) -> None:
    found = opened(capsys, tmp_path, "c01b_week.csv")
    assert found.days() == [
        (date(2022, 3, 1), date(2022, 3, 1)),
        (date(2022, 2, 26), date(2022, 3, 4)),
        (date(2022, 3, 1), date(2022, 3, 31)),
    ]
    assert found.counts["repaired"] == 2
    assert "only the week is known" in found.words


def test_ucdp_s_table_opens_with_its_estimates_and_how_well_places_are_known(capsys: Any, tmp_path: Path) -> None:
    found = opened(capsys, tmp_path, "c02_ged.csv")
    assert [event.event_id for event in found.events] == ["ged-900001", "ged-900002", "ged-900003"]
    assert [event.geo_precision for event in found.events] == ["site", "near", "country"]
    assert [(c.low, c.best, c.high, c.claimant) for c in found.claims] == [
        (10, 12, 15, "UCDP"),
        (3, 3, 3, "UCDP"),
        (20, 40, 90, "UCDP"),
    ]
    assert found.days()[1:] == [(date(2021, 3, 4), date(2021, 3, 7)), (date(2021, 4, 1), date(2021, 4, 30))]
    assert {event.country for event in found.events if not event.sites} == {"SD"}
    assert {event.category for event in found.events} == {"clash"}


def test_an_old_table_of_acled_opens_and_one_day_decides_the_order(capsys: Any, tmp_path: Path) -> None:
    found = opened(capsys, tmp_path, "c03_acled_old.csv")
    assert found.days() == [(date(2001, 4, 18),) * 2, (date(2001, 5, 3),) * 2]
    assert [event.event_id for event in found.events] == ["acled-1ALG", "acled-2ALG"]
    assert [(claim.best, claim.claimant) for claim in found.claims] == [(1, "ACLED"), (0, "ACLED")]


@pytest.mark.parametrize("name", ["c07_semi.csv", "c07_semi_de.csv"])
def test_semicolons_and_decimal_commas_are_read_without_a_question(capsys: Any, tmp_path: Path, name: str) -> None:
    found = opened(capsys, tmp_path, name)
    assert found.points() == [(13.405, 52.52), (11.5754, 48.1371)]
    assert [(claim.event_id, claim.best) for claim in found.claims] == [(found.events[1].event_id, 2)]
    assert found.days() == [(date(2022, 3, 1),) * 2, (date(2022, 3, 2),) * 2]


def test_bad_rows_do_not_cost_the_file(capsys: Any, tmp_path: Path) -> None:
    found = opened(capsys, tmp_path, "c08_onebad.csv")
    assert {key: found.counts[key] for key in ("rows", "accepted", "rejected")} == {
        "rows": 20,
        "accepted": 18,
        "rejected": 2,
    }
    assert len(found.events) == 18
    assert 'line 7, column "lat"' in found.words
    assert "line 12" in found.words
    (rejects,) = (tmp_path / "store" / "rejects").iterdir()
    lines = rejects.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 3
    assert lines[0] == "title,date,lat,lon,file,line,column,value,rule,message"


def test_rejected_rows_are_imported_once_they_are_mended(capsys: Any, tmp_path: Path) -> None:
    opened(capsys, tmp_path, "c08_onebad.csv")
    (rejects,) = (tmp_path / "store" / "rejects").iterdir()
    header, first, second = csv.reader(rejects.read_text(encoding="utf-8").splitlines())
    first[2], second[2:4] = "48.5", ["49.0", "31.0"]
    text = tmp_path / "mended.csv"
    with text.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, first, second])
    found = opened(capsys, tmp_path / "again", text)
    assert found.counts["rejected"] == 0
    assert [event.title for event in found.events] == ["Event 5", "Event 10"]


@pytest.mark.parametrize(
    ("name", "encoding", "titles"),
    [
        ("c09_cp1251.csv", "1251", ["Митинг", "Столкновения"]),
        ("c09_cp1252.csv", "1252", ["Manifestation à Orléans", "Grève"]),
        ("c09_utf16.csv", "UTF-16", ["Manifestation à Orléans", "Grève"]),
    ],
)
def test_other_encodings_are_read_and_told(
    capsys: Any, tmp_path: Path, name: str, encoding: str, titles: list[str]
) -> None:
    found = opened(capsys, tmp_path, name)
    assert [event.title for event in found.events] == titles
    assert encoding.casefold() in found.words.casefold()


def test_a_form_s_export_has_its_places_and_its_other_sheet_is_offered(capsys: Any, tmp_path: Path) -> None:
    found = opened(capsys, tmp_path, "c10_kobo.xlsx")
    assert found.points() == [(76.945, 43.238), (71.36, 42.9)]
    assert [event.category for event in found.events] == ["protest", "clash"]
    assert sorted((c.measure, c.best) for c in found.claims) == [("deaths", 2), ("injured", 3), ("injured", 14)]
    assert "victims_repeat" in found.words


@pytest.mark.parametrize("name", ["c10_tz.csv", "c10_datetime.xlsx"])
def test_a_time_stamp_is_its_local_day(capsys: Any, tmp_path: Path, name: str) -> None:
    found = opened(capsys, tmp_path, name)
    expected = [date(2022, 1, 5), date(2022, 1, 5), date(2022, 1, 6)]
    assert [event.date_start for event in found.events] == (expected if name.endswith("csv") else expected[1:])


def test_sheets_of_one_shape_are_read_together(capsys: Any, tmp_path: Path) -> None:
    found = opened(capsys, tmp_path, "c11_yearsheets.xlsx")
    assert len(found.events) == 9
    assert len({event.event_id for event in found.events}) == 9
    assert all(year in found.words for year in ("2020", "2021", "2022"))


def test_heads_above_the_header_are_left_out(capsys: Any, tmp_path: Path) -> None:
    found = opened(capsys, tmp_path, "c11_merged.xlsx")
    assert found.days() == [(date(2022, 1, 5),) * 2, (date(2022, 1, 6),) * 2]
    assert found.points() == [(76.95, 43.24), (71.37, 42.9)]


def test_figures_are_what_people_write(capsys: Any, tmp_path: Path) -> None:
    found = opened(capsys, tmp_path, "c12_casualties.csv")
    of = {
        (event.title, claim.measure): (claim.low, claim.high, claim.qualifier)
        for event in found.events
        for claim in found.claims
        if claim.event_id == event.event_id
    }
    assert of["a", "deaths"][:2] == of["i", "deaths"][:2] == (6, 8)
    assert of["b", "injured"][:2] == (0, 1)
    assert not {("b", "deaths"), ("c", "deaths"), ("h", "deaths"), ("h", "injured"), ("e", "injured")} & of.keys()
    assert of["d", "deaths"] == (12, None, "at least")
    assert of["d", "injured"] == (30, 30, "about")
    assert of["e", "deaths"][1] is None
    assert of["f", "deaths"][:2] == (3, 3)
    assert of["f", "injured"][:2] == (1200, 1200)
    assert of["g", "deaths"][:2] == (10, 20)
    assert of["g", "injured"] == (5, None, "at least")
    assert "dozens" in found.words
    assert "-99" in found.words


def test_a_day_of_zero_is_not_known(capsys: Any, tmp_path: Path) -> None:
    found = opened(capsys, tmp_path, "c13_gtd.csv")
    assert found.days() == [(date(1970, 7, 2),) * 2, (date(1970, 1, 1), date(1970, 12, 31))]
    assert [(claim.measure, claim.best) for claim in found.claims] == [
        ("deaths", 1),
        ("injured", 0),
        ("deaths", 0),
    ]


def test_news_mentions_are_told_and_have_no_figures(capsys: Any, tmp_path: Path) -> None:
    found = opened(capsys, tmp_path, "c14_gdelt.csv")
    assert found.days() == [(date(2022, 1, 5),) * 2, (date(2022, 1, 6),) * 2]
    assert found.claims == ()
    assert {event.event_type for event in found.events} == {"News mention"}
    assert [event.geo_precision for event in found.events] == ["settlement", "country"]
    assert found.store.query(Filter()).count == 2


def test_eight_digits_are_a_day(capsys: Any, tmp_path: Path) -> None:
    found = opened(capsys, tmp_path, "c14_yyyymmdd.csv")
    assert found.days() == [(date(2022, 1, 5),) * 2]


def test_two_orders_of_day_and_month_are_one_question_for_the_file(capsys: Any, tmp_path: Path) -> None:
    out, err = refused(capsys, tmp_path, "c15_dates.csv")
    assert "dates" in out
    assert "31/12/2022" in err
    assert "12/31/2022" in err
    assert err.count("?") >= 1


def test_with_an_answer_each_notation_with_a_meaning_is_read(capsys: Any, tmp_path: Path) -> None:
    out, _ = refused(capsys, tmp_path, "c15_dates.csv")
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(answered(out, "dates", "day first"), encoding="utf-8")
    found = opened(capsys, tmp_path, "c15_dates.csv", "--mapping", str(mapping), "--max-reject-share", "0.5")
    days = {event.title.removeprefix("event "): (event.date_start, event.date_end) for event in found.events}
    fifth = (date(2022, 1, 5),) * 2
    for text in ("05.01.22", "2022/01/05", "2022-1-5", "5 January 2022", "5 янв. 2022", "Jan 5, 2022", "5-Jan-22"):
        assert days[text] == fifth, text
    for text in ("05/01/2022", "2022-01-05T00:00:00Z", "05-01-2022", "'2022-01-05", "٢٠٢٢-٠١-٠٥", "2022年1月5日"):
        assert days[text] == fifth, text
    assert days["January 2022"] == days["Jan-22"] == (date(2022, 1, 1), date(2022, 1, 31))
    assert days["2022"] == (date(2022, 1, 1), date(2022, 12, 31))
    assert days["27/28 septembre 2025"] == (date(2025, 9, 27), date(2025, 9, 28))
    assert not {"12/31/2022", "1401/10/15", "0025-09-12"} & days.keys()


@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("c16_coordinates.csv", [(30.52, 50.45)]),
        ("c16_place.csv", [(30.52, 50.45), (36.23, 49.99), (2.3522, 48.8567)]),
    ],
)
def test_both_coordinates_in_one_cell_are_a_point(
    capsys: Any, tmp_path: Path, name: str, points: list[tuple[float, float]]
) -> None:
    found = opened(capsys, tmp_path, name)
    for point, expected in zip(found.points(), points, strict=True):
        assert point == pytest.approx(expected, abs=1e-4)


def test_exchanged_coordinates_are_asked_and_exchanged_with_one_answer(capsys: Any, tmp_path: Path) -> None:
    out, err = refused(capsys, tmp_path, "c17_swapped_country.csv")
    assert "exchanged" in err
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(answered(out, "coordinates", "exchanged"), encoding="utf-8")
    found = opened(capsys, tmp_path, "c17_swapped_country.csv", "--mapping", str(mapping))
    # As written: latitude 30.5 and longitude 50.4.
    assert found.points()[0] == (30.5, 50.4)


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "shp", "kml"])
def test_files_of_gis_programs_are_read_with_their_attributes(capsys: Any, tmp_path: Path, suffix: str) -> None:
    found = opened(capsys, tmp_path, f"c20_events.{suffix}")
    assert found.points()[0] == (30.5, 50.4)
    assert found.days()[0] == (date(2022, 3, 1),) * 2
    assert found.events[0].title == "Strike"
    if suffix != "kml":
        assert [claim.best for claim in found.claims] == [1, 2]


def test_names_in_their_own_script_are_found(capsys: Any, tmp_path: Path) -> None:
    found = opened(capsys, tmp_path, "c21_scripts.csv")
    assert [event.title for event in found.events if not event.sites] == []


def test_countries_are_read_by_name_and_code(capsys: Any, tmp_path: Path) -> None:
    found = opened(capsys, tmp_path, "c37_country.csv")
    assert {place.country for place in found.store.places} == {"KE"}
    assert len(found.events) == 4
