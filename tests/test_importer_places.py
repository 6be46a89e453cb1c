"""The places of a flat table are points, or names that the gazetteer settles; none is guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geodata.errors import TotalRefused
from geodata.filter import Filter
from geodata.formats.text import events_csv
from geodata.importers import BUNDLED
from geodata.language.language import ENGLISH
from geodata.record.model import Site, Unsettled
from tests.records import read_data, store_over
from tests.tables import problems, rows, table

if TYPE_CHECKING:
    from tests.conftest import RunCli


def test_the_same_name_at_the_same_point_is_one_place_and_at_another_point_another(tmp_path: Path) -> None:
    data = rows(
        tmp_path, "title,place,date_start,lon,lat",
        "x,Camp,2022-01-05,77,43", "x,Camp,2022-01-06,77,43", "x,Camp,2022-01-07,78,43", "x,,2022-01-07,-78.5,43",
    )  # fmt: skip
    assert [place.name for place in data.places] == ["Camp", "Camp", "43° N, 78.5° W"]
    first, second, third, fourth = (event.sites for event in data.events)
    assert first == second != third != fourth


def test_the_same_point_in_two_countries_is_two_places(tmp_path: Path) -> None:
    data = rows(
        tmp_path, "title,place,date_start,lon,lat,country",
        "x,Post,2022-01-05,77,43,KZ", "x,Post,2022-01-05,77,43,KG", "x,Post,2022-01-05,77,43,",
    )  # fmt: skip
    assert [place.country for place in data.places] == ["KZ", "KG"]


def test_a_point_known_for_its_country_only_is_not_kept_as_a_point(tmp_path: Path) -> None:
    data = rows(tmp_path, "title,date_start,lon,lat,geo_precision", "x,2022-01-05,67,48,country")
    assert (data.places, data.events[0].sites, data.events[0].country) == ((), (), "KZ")


def test_a_named_place_is_looked_up_and_bears_its_name_of_the_time(tmp_path: Path) -> None:
    data = rows(tmp_path, "place,date_start,geo_precision", "Astana,2022-01-05,", "Nur-Sultan,2024-01-05,near")
    (place,) = data.places
    assert data.unsettled == ()
    assert [event.sites for event in data.events] == [
        (Site(place.place_id, "at", "settlement"),),
        (Site(place.place_id, "at", "near"),),
    ]
    assert (place.name_on(date(2022, 1, 5)), place.name_on(date(2024, 1, 5))) == ("Nur-Sultan", "Astana")
    assert (place.country, place.region) == ("KZ", "Nur-Sultan")


def test_a_place_is_found_by_the_name_that_the_table_gives_it(tmp_path: Path) -> None:
    (place,) = rows(tmp_path, "place,date_start", "Алматы,2022-01-05").places
    assert place.name == "Almaty"
    assert "Алматы" in place.all_names()
    assert place.local_name_on(date(2022, 1, 5)) == "Алматы"


def test_an_airfield_that_is_asked_for_is_a_site(tmp_path: Path) -> None:
    (event,) = rows(tmp_path, "place,date_start,country", "Almaty airport,2022-01-05,KZ").events
    assert event.geo_precision == "site"


def test_an_ambiguous_name_is_not_guessed_and_its_candidates_are_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = rows(tmp_path, "title,place,date_start", "x,Tripoli,2022-01-05", "y,Tripoli,2022-01-06")
    (name,) = data.unsettled
    assert (name.name, name.event_ids) == ("Tripoli", ("events-R2", "events-R3"))
    assert name.candidates[:2] == ("Tripoli, Tripoli District, LY", "Tripoli, North, LB")
    assert [(event.sites, event.geo_precision, event.notes) for event in data.events] == [((), "unknown", "")] * 2
    assert data.places == ()
    assert sum("the place 'Tripoli' of events-R2, events-R3 is not on the map" in each for each in caplog.messages) == 1
    assert "'Tripoli' of events-R2, events-R3 is not on the map: it may be Tripoli, Tripoli Dist" in caplog.text


def test_an_unknown_name_and_a_near_spelling_are_not_guessed(tmp_path: Path) -> None:
    data = rows(tmp_path, "place,date_start", "Xyzzyville,2022-01-05", "Almatty,2022-01-05")
    unknown, near = data.unsettled
    assert unknown == Unsettled("Xyzzyville", ("events-R2",), ())
    assert (near.name, near.candidates[0]) == ("Almatty", "Almaty, Almaty, KZ")
    assert data.places == ()


@pytest.mark.parametrize("name", ["Border", "Airport", "Korea", "Station", "Market", "Nowhere", "Zhetygen"])
def test_a_bare_name_of_a_lesser_place_is_not_guessed(tmp_path: Path, name: str) -> None:
    data = rows(tmp_path, "place,date_start", f"{name},2022-01-05")
    assert data.places == ()
    assert [part.name for part in data.unsettled] == [name]
    assert data.unsettled[0].candidates


@pytest.mark.parametrize("other", ["Almaty,2022-01-06,,,", "x,2022-01-06,KZ,,", "x,2022-01-06,KZ,77,43"])
def test_a_lesser_place_is_settled_in_a_country_that_another_row_is_about(tmp_path: Path, other: str) -> None:
    lines = ("Zhetygen,2022-01-05,,,", "Border,2022-01-05,,,", other)
    for found in (lines, lines[::-1]):
        data = rows(tmp_path, "place,date_start,country,lon,lat", *found)
        assert "Zhetygen" in [place.name for place in data.places]
        assert "Border" in [part.name for part in data.unsettled]


def test_a_country_after_a_comma_settles_a_lesser_place(tmp_path: Path) -> None:
    (place,) = rows(tmp_path, "place,date_start", '"Zhetygen, Kazakhstan",2022-01-05').places
    assert (place.name, place.country) == ("Zhetygen", "KZ")


@pytest.mark.parametrize("name", ["none", "Unknown", "N/A", "NA", "-", "?"])
def test_a_word_for_no_place_is_no_place(tmp_path: Path, name: str) -> None:
    data = rows(tmp_path, "title,place,date_start", f"x,{name}; -,2022-01-05", f"y,Moscow > {name},2022-01-05")
    assert (data.places, data.unsettled) == ((), ())


@pytest.mark.parametrize("name", ["Kharkiv Oblast", "Харківська область", "Bavaria", "Gaza Strip"])
def test_a_region_is_known_as_a_region(tmp_path: Path, name: str) -> None:
    data = rows(tmp_path, "place,date_start", f"{name},2022-03-01")
    (place,), (event,) = data.places, data.events
    assert (place.feature, event.geo_precision) == ("region", "region")
    assert place.point is not None


def test_a_region_behind_a_comma_settles_a_lesser_place(tmp_path: Path) -> None:
    (place,) = rows(tmp_path, "place,date_start", '"Zhetygen, Almaty Region",2022-01-05').places
    assert (place.name, place.country) == ("Zhetygen", "KZ")


def test_a_square_is_placed_in_its_city(tmp_path: Path) -> None:
    data = rows(tmp_path, "place,date_start", '"Lenin Square, Donetsk",2022-03-01', '"Xyzzyville, Kyiv",2022-03-01')
    assert [place.name for place in data.places] == ["Donetsk", "Kyiv"]
    assert [event.geo_precision for event in data.events] == ["settlement", "near"]


def test_a_name_of_many_places_is_settled_in_the_only_country_of_the_table(tmp_path: Path) -> None:
    lines = ("Tripoli,2022-01-05", "Benghazi,2022-01-06")
    for found in (lines, lines[::-1]):
        data = rows(tmp_path, "place,date_start", *found)
        assert sorted(place.country for place in data.places) == ["LY", "LY"]
    data = rows(tmp_path, "place,date_start", *lines, "Beirut,2022-01-06")
    assert [name.name for name in data.unsettled] == ["Tripoli"]


@pytest.mark.parametrize("name", ["Kenyan", "Syrian", "Russian", "Kazakh"])
def test_a_word_for_a_people_settles_nothing(tmp_path: Path, name: str) -> None:
    data = rows(tmp_path, "place,date_start", f"{name},2022-01-05")
    assert (data.places, [part.name for part in data.unsettled]) == ((), [name])


def test_a_country_settles_an_ambiguous_name(tmp_path: Path) -> None:
    data = rows(tmp_path, "place,date_start,country", "Tripoli,2022-01-05,lb")
    assert [(place.name, place.country) for place in data.places] == [("Tripoli", "LB")]
    assert (data.unsettled, data.events[0].country) == ((), "")


def test_an_event_whose_place_is_not_settled_keeps_its_country(tmp_path: Path) -> None:
    (event,) = rows(tmp_path, "place,date_start,country", "Xyzzyville,2022-01-05,KZ").events
    assert (event.sites, event.country) == ((), "KZ")
    assert (event.unsettled, event.geo_precision) == (("Xyzzyville",), "unknown")


def test_a_name_that_is_not_settled_beside_one_that_is_stays_with_the_event(tmp_path: Path) -> None:
    data = rows(
        tmp_path, "title,place,date_start", "x,Almaty; Xyzzyville; -,2022-01-05", "y,Moscow > Tripoli,2022-01-05"
    )
    assert [(len(event.sites), event.unsettled) for event in data.events] == [
        (1, ("Xyzzyville",)), (0, ("Moscow > Tripoli",)),
    ]  # fmt: skip


def test_events_with_unsettled_places_come_back_from_their_own_export(tmp_path: Path) -> None:
    data = rows(tmp_path, "title,place,date_start,country", "x,Xyzzyville,2022-01-05,KZ", "y,,2022-01-05,KZ")
    text = "".join(events_csv(store_over(data).query(Filter())))
    again = read_data(table(tmp_path, text, "again.csv"))
    assert [(e.unsettled, e.country, e.geo_precision) for e in again.events] == [
        (("Xyzzyville",), "KZ", "unknown"), ((), "KZ", "country"),
    ]  # fmt: skip


def test_a_place_that_is_said_to_be_unknown_is_not_looked_up_all_the_same(tmp_path: Path) -> None:
    (problem,) = problems(table(tmp_path, "place,date_start,geo_precision\nAlmaty,2022-01-05,unknown\n"))
    assert "'unknown' stands beside a place" in problem.message


def test_an_unsettled_name_is_found_by_the_filter_and_by_the_search(tmp_path: Path) -> None:
    store = store_over(
        rows(tmp_path, "title,place,date_start,country", "x,Xyzzyville,2022-01-05,KZ", "y,,2022-01-05,KZ")
    )
    for choice in ({"places": "xyzzyville"}, {"q": "xyzzy"}, {"precision": "unknown"}):
        assert [event.title for event in store.query(Filter.parse(**choice)).events] == ["x"]


def test_figures_at_an_unsettled_place_are_not_added_to_others_of_its_country(tmp_path: Path) -> None:
    data = rows(
        tmp_path, "title,place,date_start,country,deaths,source",
        "x,Xyzzyville,2022-01-05,KZ,3,A", "y,Almaty,2022-01-05,KZ,4,A",
    )  # fmt: skip
    with pytest.raises(TotalRefused, match="is not settled \\(Xyzzyville\\)"):
        store_over(data).total(Filter(), "deaths")


@pytest.mark.parametrize("cells", ["Kazakhstan,", ",KZ", "Kazakhstan,KZ"])
def test_a_whole_country_is_not_a_point(tmp_path: Path, cells: str) -> None:
    data = rows(tmp_path, "title,date_start,place,country", f"x,2022-01-05,{cells}")
    assert (data.places, data.events[0].sites, data.events[0].geo_precision) == ((), (), "country")


def test_several_places_are_several_sites(tmp_path: Path) -> None:
    data = rows(tmp_path, "place,date_start,geo_precision", "Taraz; Almaty; Taraz,2022-01-05,near")
    assert [site.geo_precision for site in data.events[0].sites] == ["near", "near"]


def test_a_flow_leads_from_its_origin_to_its_destination(tmp_path: Path) -> None:
    (event,) = rows(tmp_path, "place,date_start", "Moscow > Almaty,2022-01-05").events
    assert [site.role for site in event.sites] == ["origin", "destination"]


def test_a_flow_with_an_end_that_is_not_settled_is_not_drawn(tmp_path: Path) -> None:
    data = rows(tmp_path, "place,date_start", "Moscow > Tripoli,2022-01-05")
    assert (data.events[0].sites, data.places, data.unsettled[0].name) == ((), (), "Tripoli")


def test_a_name_that_is_not_settled_is_told_by_the_command_and_is_no_problem(tmp_path: Path, run_cli: RunCli) -> None:
    check = run_cli("geodata", "check", table(tmp_path, "place,date_start\nTripoli,2022-01-05\n"))
    assert check.returncode == 0
    assert "events.csv: the place 'Tripoli' of events-R2 is not on the map: it may be Tripoli, Trip" in check.stderr


def test_the_list_of_unsettled_names_leads_to_their_events(tmp_path: Path) -> None:
    from dashboard.page.lists import unsettled_list  # noqa: PLC0415 (the other tests never load dash)

    data = rows(tmp_path, "title,place,date_start", "Shots,Tripoli,2022-01-05", "Crowd,Xyzzyville,2022-01-05")
    found = str(unsettled_list(store_over(data), ENGLISH))
    for words in ("'Places not settled'", "Tripoli, North, LB", "Not in the gazetteer.", "'Shots'"):
        assert words in found
    assert "data-pick='events-R3'" in found
    assert unsettled_list(store_over(read_data(BUNDLED)), ENGLISH) == []
