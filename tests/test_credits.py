"""Whose data a figure is made of stands on it, as its authors ask."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.conftest import RunCli
from tests.doors import written
from tests.figures import svg_words

ACLED = (
    "event_id_cnty,event_date,event_type,sub_event_type,country,location,latitude,longitude,geo_precision,fatalities\n"
    "KAZ1,2022-01-05,Riots,Violent demonstration,Kazakhstan,Almaty,43.2,76.9,1,12\n"
)
GED = (
    "id,type_of_violence,date_start,date_end,best,low,high,where_prec,country,latitude,longitude\n"
    "1,1,2023-05-01,2023-05-01,5,5,8,1,Sudan,13.5,24.0\n"
)
GTD = (
    "eventid,iyear,imonth,iday,attacktype1_txt,city,country_txt,latitude,longitude\n"
    "1,2015,7,1,Bombing,Cairo,Egypt,30.0,31.2\n"
)
GDELT = (
    "GlobalEventID,Day,EventRootCode,ActionGeo_Type,ActionGeo_Lat,ActionGeo_Long,Actor1Name\n"
    "1,20220105,14,4,43.2,76.9,KAZAKHSTAN\n"
)
ICEWS = (
    "Event Date,Source Name,Event Text,CAMEO Code,Target Name,City,Province,Country,Latitude,Longitude\n"
    "2013-06-17,A,Fight,190,B,Santos,São Paulo,Brazil,-23.9,-46.3\n"
)
OWN = "event_id,title,date_start,lon,lat\na,March,2022-02-01,71.4,51.1\n"
BY_ACLED = "Data: ACLED (Armed Conflict Location & Event Data), acleddata.com."


def exported(run: RunCli, out: Path, data: list[Path], *options: object) -> bytes:
    """What `python -m dashboard export` makes."""
    given = [word for path in data for word in ("--data", path)]
    answer = run("dashboard", "export", out, *given, "--made-on", "2022-02-01", *options)
    assert answer.returncode == 0, answer.stderr
    return out.read_bytes()


def said(content: bytes, kind: str) -> str:
    """The words of a figure, with single blanks."""
    if kind == "svg":
        return svg_words(content)
    text = PdfReader(io.BytesIO(content)).pages[0].extract_text() if kind == "pdf" else html.unescape(content.decode())
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("kind", ["svg", "pdf", "html"])
def test_a_figure_of_acleds_data_names_acled(tmp_path: Path, call_cli: RunCli, kind: str) -> None:
    path = written(tmp_path, ACLED, "kazakhstan.csv")
    assert BY_ACLED in said(exported(call_cli, tmp_path / f"map.{kind}", [path]), kind)


@pytest.mark.parametrize("size", ["column", "two-column", "slide", "square"])
def test_on_every_page_the_credit_is_whole(tmp_path: Path, call_cli: RunCli, size: str) -> None:
    path = written(tmp_path, ACLED)
    assert BY_ACLED in said(exported(call_cli, tmp_path / "map.svg", [path], "--size", size), "svg")


@pytest.mark.parametrize(
    ("table", "credit"),
    [
        (GED, "Data: UCDP (Uppsala Conflict Data Program), ucdp.uu.se, CC BY 4.0."),
        (GTD, "Data: Global Terrorism Database, START (University of Maryland), start.umd.edu/gtd."),
        (GDELT, "Data: The GDELT Project, gdeltproject.org."),
        (ICEWS, "Data: ICEWS Coded Event Data, doi.org/10.7910/DVN/28075."),
    ],
)
def test_other_data_sets_that_ask_for_it_are_named_too(
    tmp_path: Path, call_cli: RunCli, table: str, credit: str
) -> None:
    assert credit in said(exported(call_cli, tmp_path / "map.svg", [written(tmp_path, table)]), "svg")


def test_an_own_table_has_no_such_line(tmp_path: Path, call_cli: RunCli) -> None:
    assert "Data:" not in said(exported(call_cli, tmp_path / "map.svg", [written(tmp_path, OWN)]), "svg")


def test_of_several_files_those_are_named_whose_events_are_shown(tmp_path: Path, call_cli: RunCli) -> None:
    tables = {"own.csv": OWN, "acled.csv": ACLED, "ged.csv": GED}
    paths = [written(tmp_path, table, name) for name, table in tables.items()]
    words = {
        day: said(exported(call_cli, tmp_path / f"{day}.svg", paths, "--from", day, "--to", day), "svg")
        for day in ("2022-02-01", "2022-01-05", "2023-05-01")
    }
    assert [("ACLED" in text, "UCDP (" in text) for text in words.values()] == [
        (False, False), (True, False), (False, True),
    ]  # fmt: skip
    everything = said(exported(call_cli, tmp_path / "all.svg", paths), "svg")
    assert f"{BY_ACLED[:-1]}; UCDP (Uppsala Conflict Data Program)" in everything


def test_each_figure_of_a_series_and_a_page_of_small_ones_names_it(tmp_path: Path, call_cli: RunCli) -> None:
    path = written(tmp_path, ACLED + "KAZ2" + ACLED.splitlines()[1][4:].replace("-05,", "-06,") + "\n")
    days = ("--from", "2022-01-05", "--to", "2022-01-06", "--each", "day")
    answer = call_cli("dashboard", "export", tmp_path / "map.svg", "--data", path, *days)
    assert answer.returncode == 0, answer.stderr
    for day in ("2022-01-05", "2022-01-06"):
        assert BY_ACLED in svg_words((tmp_path / f"map-{day}.svg").read_bytes())
    assert BY_ACLED in said(exported(call_cli, tmp_path / "page.svg", [path], *days, "--arrange", "page"), "svg")


def test_a_figure_in_another_language_names_it_in_that(tmp_path: Path, call_cli: RunCli) -> None:
    content = exported(call_cli, tmp_path / "map.svg", [written(tmp_path, ACLED)], "--lang", "ru")
    assert "Данные: ACLED (Armed Conflict" in svg_words(content)


def test_a_figure_out_of_a_store_names_it(tmp_path: Path, call_cli: RunCli) -> None:
    store = tmp_path / "store"
    assert call_cli("geodata", "import", written(tmp_path, ACLED), "--to", store).returncode == 0
    assert BY_ACLED in said(exported(call_cli, tmp_path / "map.svg", [store]), "svg")
