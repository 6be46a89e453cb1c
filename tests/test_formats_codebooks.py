"""The record in the columns of ACLED and of UCDP GED: what each cell says, and that what is left out is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from geodata.formats.codebooks import acled, ged
from geodata.record.model import CATEGORIES, Claim, Event, Place, Site, Source
from geodata.store.store import Store
from tests import given as back
from tests.columns import DAY, claim
from tests.records import Dataset, store_over

ALMATY = Place("almaty", "Almaty", 76.9115, 43.2525, "city", "KZ", (), 0.0, "Almaty")
TARAZ = Place("taraz", "Taraz", 71.36, 42.9, "city", "KZ", (), 0.0, "Zhambyl")
SOURCES = (
    Source("a", "Agency", "A report", DAY, None, "", "en", "", ""),
    Source("b", "", "A note", None, None, "", "en", "", ""),
)
AT = (Site("almaty", "at", "settlement"),)
PLAIN = Event("E1", "clash", "", "", "Shots", DAY, DAY, 1, AT, "", ("Police", "Crowd"), "In the night", ("a", "b"))
FIGURE = replace(claim(1), event_id="E1", claim_id="C1", source_id="a", low=3, best=5, high=8)


def store_of(*events: Event, claims: tuple[Claim, ...] = ()) -> Store:
    return store_over(Dataset("x", "X", events, claims, SOURCES, (ALMATY, TARAZ)))


def row(name: str, event: Event, *claims: Claim) -> dict[str, str]:
    (found,) = back.rows_of_csv(back.given(store_of(event, claims=claims), name))
    return found


def losses(name: str, *events: Event, claims: tuple[Claim, ...] = ()) -> list[str]:
    return back.asked_and_given(store_of(*events, claims=claims), name)[0].losses.sentences()


def said(found: dict[str, str]) -> dict[str, str]:
    return {column: cell for column, cell in found.items() if cell}


def test_an_event_has_the_31_columns_of_acled_in_order() -> None:
    found = row("acled", PLAIN, FIGURE)
    assert tuple(found) == acled.COLUMNS
    assert len(acled.COLUMNS) == 31
    assert said(found) == {
        **{"event_id_cnty": "E1", "event_date": "2022-01-05", "year": "2022", "time_precision": "1"},
        **{"disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash"},
        **{"actor1": "Police", "actor2": "Crowd", "iso": "398", "country": "Kazakhstan", "admin1": "Almaty"},
        **{"location": "Almaty", "latitude": "43.2525", "longitude": "76.9115", "geo_precision": "1"},
        **{"source": "Agency; A note", "notes": "Shots\nIn the night", "fatalities": "3"},
    }


def test_an_event_has_the_49_columns_of_ucdp_in_order() -> None:
    found = row("ged", PLAIN, FIGURE)
    assert tuple(found) == ged.COLUMNS
    assert len(ged.COLUMNS) == 49
    assert said(found) == {
        **{"id": "E1", "year": "2022", "dyad_name": "Police - Crowd", "side_a": "Police", "side_b": "Crowd"},
        **{"number_of_sources": "2", "source_article": "Agency,2022-01-05,A report;A note"},
        **{"source_office": "Agency", "source_date": "2022-01-05", "source_headline": "A report;A note"},
        **{"source_original": "Police", "where_prec": "1", "where_coordinates": "Almaty"},
        **{"where_description": "Almaty", "adm_1": "Almaty", "latitude": "43.2525", "longitude": "76.9115"},
        **{"geom_wkt": "POINT (76.9115 43.2525)", "priogrid_gid": "192034", "country": "Kazakhstan"},
        **{"date_prec": "1", "date_start": "2022-01-05 00:00:00.000", "date_end": "2022-01-05 00:00:00.000"},
        **{"deaths_unknown": "5", "best": "5", "high": "8", "low": "3"},
    }


@pytest.mark.parametrize(
    ("kind", "sub_kind", "expected"),
    [
        ("Battles", "Armed clash", ("Political violence", "Battles", "Armed clash")),
        ("strategic Developments", "arrests", ("Strategic developments", "Strategic developments", "Arrests")),
        (
            "Protests", "Excessive force against protestors",
            ("Political violence; Demonstrations", "Protests", "Excessive force against protesters"),
        ),
        ("Riots", "Violent demonstration", ("Demonstrations", "Riots", "Violent demonstration")),
        ("Riots", "Mob violence", ("Political violence", "Riots", "Mob violence")),
        ("Protests", "Sit-in", ("Demonstrations", "Protests", "")),
        ("Troop movement", "Airlift", ("Political violence", "Battles", "Armed clash")),
    ],
)  # fmt: skip
def test_the_source_s_own_type_stands_if_it_is_acled_s(kind: str, sub_kind: str, expected: tuple[str, ...]) -> None:
    found = row("acled", replace(PLAIN, event_type=kind, sub_event_type=sub_kind))
    assert (found["disorder_type"], found["event_type"], found["sub_event_type"]) == expected


def test_each_category_has_a_type_and_a_protest_is_not_said_to_be_peaceful() -> None:
    events = [replace(PLAIN, event_id=category, category=category) for category in CATEGORIES]
    rows = back.rows_of_csv(back.given(store_of(*events), "acled"))
    found = {row["event_id_cnty"]: (row["event_type"], row["sub_event_type"]) for row in rows}
    assert found["protest"] == ("Protests", "")
    assert found["detention"] == ("Strategic developments", "Arrests")
    assert all(kind in acled.TYPES and (not sub or sub in acled.TYPES[kind]) for kind, sub in found.values())
    assert "2 events are deployments or of category other, which ACLED does not have." in losses("acled", *events)


@pytest.mark.parametrize(
    ("precision", "codes"),
    [
        *(("site", "11"), ("settlement", "11"), ("near", "22"), ("district", "23"), ("region", "34")),
        ("fuzzy", "35"),
    ],
)
def test_precision_becomes_the_code_that_is_read_as_it_or_as_a_vaguer_one(precision: str, codes: str) -> None:
    event = replace(PLAIN, sites=(Site("almaty", "at", precision),))
    assert row("acled", event)["geo_precision"] + row("ged", event)["where_prec"] == codes


def test_an_event_without_a_place_has_no_coordinates() -> None:
    event = replace(PLAIN, sites=(), country="KZ", unsettled=())
    found = row("acled", event)
    assert (found["latitude"], found["longitude"], found["country"], found["geo_precision"]) == (
        "", "", "Kazakhstan", "3",
    )  # fmt: skip
    assert row("ged", event)["where_prec"] == "6"
    assert row("ged", replace(event, country="", unsettled=("Tripoli",)))["where_prec"] == ""
    assert "1 event has no place, and so no coordinates." in losses("ged", event)


@pytest.mark.parametrize(("days", "precision"), [(1, 1), (2, 2), (6, 2), (7, 3), (8, 4), (31, 4), (32, 5), (365, 5)])
def test_a_span_of_days_is_ucdp_s_date_precision(days: int, precision: int) -> None:
    event = replace(PLAIN, date_end=DAY + timedelta(days - 1))
    assert row("ged", event)["date_prec"] == str(precision)


def test_a_first_day_stands_for_a_span_and_the_last_days_are_counted() -> None:
    event = replace(PLAIN, date_end=date(2022, 1, 9), time_precision=2)
    found = row("acled", event)
    assert (found["event_date"], found["time_precision"]) == ("2022-01-05", "2")
    assert "1 event has a last day after its first, for which ACLED's table has no column." in losses("acled", event)


def figures(*changes: dict[str, Any]) -> tuple[Claim, ...]:
    return tuple(
        replace(FIGURE, **({"claim_id": f"C{number}", "claimant": f"Voice {number}"} | change))
        for number, change in enumerate(changes)
    )


@pytest.mark.parametrize(
    ("claims", "acled_says", "ged_says"),
    [
        (figures({"low": 3, "best": 3, "high": 3}, {"low": 6, "best": 6, "high": 6}), "3", ("3", "3", "6")),
        (figures({"low": 100, "best": None, "high": None}), "100", ("100", "100", "")),
        (figures({"low": None, "best": None, "high": 8}), "", ("", "", "8")),
        (figures({"low": 0, "best": 0, "high": 0}), "0", ("0", "0", "0")),
        (figures({"low": 3}, {"low": 1, "population": "children"}), "3", ("3", "5", "8")),
        (figures({"low": 1, "best": 1, "high": 1, "population": "children"}), "1", ("1", "1", "1")),
        (figures({"low": 3}, {"low": 1, "part_of": "C0"}), "3", ("3", "5", "8")),
        (figures({"low": 3}, {"low": 1, "status": "retracted", "status_on": DAY}), "3", ("3", "5", "8")),
        (figures({"measure": "injured"}), "", ("", "", "")),
        ((), "", ("", "", "")),
    ],
)
def test_standing_claims_of_deaths_become_one_figure_or_three(
    claims: tuple[Claim, ...], acled_says: str, ged_says: tuple[str, str, str]
) -> None:
    assert row("acled", PLAIN, *claims)["fatalities"] == acled_says
    found = row("ged", PLAIN, *claims)
    assert (found["low"], found["best"], found["high"]) == ged_says
    assert found["deaths_unknown"] == found["best"]


def test_every_loss_is_a_sentence_with_a_count() -> None:
    flow = replace(
        PLAIN, event_id="E2", sites=(Site("almaty", "origin", "site"), Site("taraz", "destination", "site")),
        actors=("A", "B", "C", "D"),
    )  # fmt: skip
    several = replace(PLAIN, event_id="E3", sites=(*AT, Site("taraz", "at", "near")), event_type="Battles")
    claims = (
        *figures({"low": 3, "high": 3, "best": 3}, {"low": 9, "best": 9, "high": 9}),
        *(replace(FIGURE, claim_id=f"I{n}", measure="injured", claimant=str(n)) for n in range(12)),
    )
    assert losses("acled", PLAIN, flow, several, claims=claims) == [
        "1 event has several places: the first stands for all.",
        "1 movement from one place to another is given at its origin.",
        "2 actors are left out: ACLED's table has columns for two.",
        "2 events have no type of ACLED's: they stand under the nearest to their category.",
        "1 event has differing or open figures of deaths: the lowest stands.",
        "12 figures of injured are left out: ACLED's table has no column for them.",
        "2 claims of deaths are one line for each event: ACLED's table cannot say their voices, days, words and fates.",
        "2 events have no figure of deaths: their cells are empty, which is not 0.",
    ]
    found = losses("ged", PLAIN, flow, several, claims=claims)
    assert "12 figures of injured are left out: UCDP's table has no column for them." in found
    assert "1 event has differing figures of deaths: the lowest stands as the best." in found
    assert "3 notes are left out: UCDP's table has no column for them." in found


@pytest.mark.parametrize(
    ("lon", "lat", "cell"), [(-180, -90, 1), (179.9, -89.9, 720), (-180, -89.4, 721), (180, 90, 259_200)]
)
def test_cells_of_prio_grid_count_from_the_south_west(lon: float, lat: float, cell: int) -> None:
    assert ged.priogrid_cell(lon, lat) == cell


@pytest.mark.parametrize(("code", "number"), [("KZ", 398), ("UA", 804), ("AF", 4), ("", None)])
def test_countries_have_the_numbers_of_iso_3166(code: str, number: int | None) -> None:
    assert acled.numeric_code(code) == number
