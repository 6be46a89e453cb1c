"""Tables of others, cut to the columns that matter: their meaning is kept. Rows are invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.doors import Record, read, run, written

ACLED = (
    "event_id_cnty,event_date,event_type,sub_event_type,country,location,latitude,longitude,geo_precision,fatalities"
)
GED = (
    "id,code_status,type_of_violence,date_start,date_end,best,low,high,where_prec,where_coordinates,country,country_id"
)


def acled(tmp_path: Path, *rows: str, more: str = "", name: str = "acled.csv") -> Record:
    return read(written(tmp_path, "\n".join([ACLED + more, *rows]) + "\n", name), share=1)


def ged(*rows: str) -> str:
    head = f"{GED},latitude,longitude\n"
    return head + "".join(f"{row},13.5,24.0\n" for row in rows)


def sudan(event: int, figures: str = "5,5,8", status: str = "Clear", country: str = "Sudan,625") -> str:
    return f"{event},{status},1,2023-05-01 00:00:00.000,2023-05-01 00:00:00.000,{figures},1,Khartoum city,{country}"


KZ = "05 January 2022,Riots,Violent demonstration,Kazakhstan"


def test_of_two_rows_of_one_event_the_later_one_is_read_and_the_other_told(tmp_path: Path) -> None:
    rows = [f"KAZ1,{KZ},Almaty,43.2,76.9,1,{deaths},{stamp}" for deaths, stamp in ((10, 1642000000), (12, 1643000000))]
    for order in (rows, rows[::-1]):
        record = acled(tmp_path, *order, more=",timestamp")
        assert record.outcome() == (2, 2, 0)
        assert record.figures() == [(12, 12, 12, "exact")]
        assert 'whose "timestamp" is later' in record.words


def test_of_two_rows_of_one_event_without_a_later_one_the_second_is_a_conflict(tmp_path: Path) -> None:
    rows = [f"KAZ1,{KZ},Almaty,43.2,76.9,1,{deaths},1642000000" for deaths in (10, 12)]
    assert acled(tmp_path, *rows, more=",timestamp").outcome() == (2, 1, 1)


def test_rows_that_say_who_else_took_part_are_one_event_with_all_of_them(tmp_path: Path) -> None:
    rows = [f"KAZ1,{KZ},Almaty,43.2,76.9,1,10,{actor},{code}" for actor, code in (("Police", 1), ("Rioters", 5))]
    other = f"KAZ2,{KZ},Almaty,43.2,76.9,1,3,Rioters,5"
    for order in ([*rows, other], [other, rows[1], rows[0]]):
        record = acled(tmp_path, *order, more=",actor1,inter1")
        assert record.outcome() == (3, 3, 0)
        assert sorted(sorted(event.actors) for event in record.events) == [["Police", "Rioters"], ["Rioters"]]
        assert sorted(best for _, best, _, _ in record.figures()) == [3, 10]
        assert "1 rows say who else took part in an event" in record.words


def test_a_later_row_that_is_broken_leaves_the_earlier_one(tmp_path: Path) -> None:
    rows = [f"KAZ1,{KZ},Almaty,{lat},76.9,1,10,{stamp}" for lat, stamp in ((43.2, 1642000000), (143.2, 1643000000))]
    record = acled(tmp_path, *rows, more=",timestamp")
    assert record.outcome() == (2, 1, 1)
    assert record.points() == [(76.9, 43.2)]


def test_a_place_that_is_coded_to_a_capital_is_a_region_and_no_town(tmp_path: Path) -> None:
    record = acled(tmp_path, *(f"KAZ{code},{KZ},Taraz,42.9,71.4,{code},0" for code in (1, 2, 3)))
    assert [event.geo_precision for event in record.events] == ["settlement", "near", "region"]


def test_headings_in_capitals_behind_a_mark_of_the_byte_order_are_the_same(tmp_path: Path) -> None:
    text = f"\ufeff{ACLED.upper()}\r\nKAZ1,{KZ},Almaty,43.2,76.9,1,3\r\n".replace(",", ";")
    record = read(written(tmp_path, text))
    assert record.events[0].event_id == "acled-KAZ1"
    assert record.figures() == [(3, 3, 3, "exact")]


@pytest.mark.parametrize(
    ("kind", "category"),
    [
        ("Protests,Excessive force against protesters", "protest"),
        ("Riots,Mob violence", "clash"),
        ("Strategic developments,Arrests", "detention"),
        ("Strategic Developments,Headquarters or base established", "deployment"),
        ("Strategic developments,Looting/property destruction", "other"),
        ("Battles,Armed clash", "clash"),
    ],
)
def test_types_fall_in_our_categories_and_stand_beside_them(tmp_path: Path, kind: str, category: str) -> None:
    record = acled(tmp_path, f"KAZ1,2022-01-05,{kind},Kazakhstan,Almaty,43.2,76.9,1,0")
    assert record.events[0].category == category
    assert f"{record.events[0].event_type},{record.events[0].sub_event_type}" == kind


def test_figures_out_of_order_are_kept_as_published_and_told(tmp_path: Path) -> None:
    record = read(written(tmp_path, ged(sudan(1, "10,12,5"), sudan(2, "10,3,7"), sudan(3, "5,5,8"))))
    assert record.outcome() == (3, 3, 0)
    assert record.counts["repaired"] == 2
    assert record.figures() == [(5, 10, 12, "exact"), (3, 10, 10, "exact"), (5, 5, 8, "exact")]
    assert "out of order as published" in record.words


def test_a_number_of_gleditsch_and_ward_says_the_country_where_its_name_is_missing(tmp_path: Path) -> None:
    rows = [f"{sudan(1, country=',625')},", f"{sudan(2, country='Chad,625')},"]
    text = f"{GED},latitude,longitude\n" + "".join(
        f"{row[:-1].replace(',1,Khartoum', ',6,Khartoum')},,\n" for row in rows
    )
    assert read(written(tmp_path, text)).countries() == ["SD", "TD"]


def test_sources_of_ucdp_are_split_at_each_of_their_marks(tmp_path: Path) -> None:
    text = f"{GED},source_article,latitude,longitude\n{sudan(1)},BBC///AFP; Reuters,13.5,24.0\n"
    assert len(read(written(tmp_path, text)).events[0].source_ids) == 3


def test_an_event_that_is_vetted_is_there_once_whatever_the_order_of_the_files(tmp_path: Path) -> None:
    yearly = written(tmp_path, ged(sudan(1, "5,5,8"), sudan(2)), "yearly.csv")
    monthly = written(tmp_path, ged(sudan(1, "4,4,9", "Check deaths"), sudan(3)), "monthly.csv")
    for one, other in ((yearly, monthly), (monthly, yearly)):
        answer = run("claims", "--format", "json", "--data", one, "--data", other)
        assert answer.status == 0, answer.words
        claims = {claim["event_id"]: claim["high"] for claim in json.loads(answer.out)["claims"]}
        assert claims == {"ged-1": 8, "ged-2": 8, "ged-3": 8}
        assert "1 of its events are in UCDP GED too" in answer.words


def test_an_event_in_two_vetted_files_is_a_problem(tmp_path: Path) -> None:
    files = [
        written(tmp_path, ged(sudan(1, figures)), f"{name}.csv") for name, figures in (("a", "5,5,8"), ("b", "6,6,8"))
    ]
    answer = run("events", "--data", files[0], "--data", files[1])
    assert answer.status == 1
    assert "ged-1" in answer.words


@pytest.mark.parametrize("has_degrees", [True, False])
def test_a_layer_of_ged_is_ged(tmp_path: Path, has_degrees: bool) -> None:
    row = dict(zip(GED.split(","), sudan(1).split(","), strict=True))
    properties = row | ({"latitude": 13.5, "longitude": 24.0} if has_degrees else {})
    feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [24.0, 13.5]}, "properties": properties}
    path = written(tmp_path, json.dumps({"type": "FeatureCollection", "features": [feature]}), "ged.geojson")
    record = read(path)
    assert record.events[0].event_id == "ged-1"
    assert record.points() == [(24.0, 13.5)]
    assert record.figures() == [(5, 5, 8, "exact")]


def test_a_mention_of_a_country_has_no_point_and_codes_of_fips_are_none_of_iso(tmp_path: Path) -> None:
    head = "globaleventid,day,eventrootcode,actiongeo_type,actiongeo_fullname,actiongeo_countrycode"
    rows = ["1,20220105,14,1,Germany,GM", "2,20220105,19,1,,UP", "3,20220105,18,4,Zürich,SZ"]
    text = f"{head},actiongeo_lat,actiongeo_long\n" + "".join(f"{row},47.3,8.5\n" for row in rows)
    record = read(written(tmp_path, text.replace("UP,47.3,8.5", "UP,,")))
    assert record.countries() == ["DE", "UA", "CH"]
    assert record.points() == [None, None, (8.5, 47.3)]
    assert record.claims == ()


@pytest.mark.parametrize("what", ["actor1name", "eventrootcode"])
def test_mentions_that_were_saved_again_with_few_columns_are_known_and_their_general_region_is_none(
    tmp_path: Path, what: str
) -> None:
    head = f"{what},action,Type_d'Evènement,actiongeo_fullname,sqldate"
    rows = ['14,Nier,Conflit verbal,"Kandi, Benin (general), Benin",20250101', "14,Nier,Conflit verbal,Benin,20250102"]
    record = read(written(tmp_path, "\n".join([head, *rows]) + "\n"))
    assert [event.event_type for event in record.events] == ["News mention"] * 2
    assert {place.name for place in record.places} == {"Kandi"}
    assert record.countries() == ["BJ", "BJ"]
    assert "mention in news, not an event" in record.words


def test_the_kind_of_a_mention_is_what_a_column_of_other_words_says(tmp_path: Path) -> None:
    head = "Actor1Name,Actor2Name,Type_Evènement,ActionGeo_Fullname,SQLDATE"
    record = read(written(tmp_path, f"{head}\nPOLICE,BENIN,Conflit verbal,Benin,20250101\n"))
    assert record.titles() == ["Conflit verbal, POLICE, BENIN"]
    assert record.events[0].sub_event_type == "Conflit verbal"


ICEWS = "Event ID,Event Date,Source Name,Event Text,CAMEO Code,Target Name,City,Province,Country,Latitude,Longitude"


def icews(tmp_path: Path, *rows: str, mark: str = ".") -> Record:
    return read(written(tmp_path, "\n".join([ICEWS.replace(" ", mark), *rows]) + "\n", "icews.csv"))


@pytest.mark.parametrize("mark", [" ", ".", "_"])
def test_what_icews_coded_has_its_text_and_who_did_it_to_whom(tmp_path: Path, mark: str) -> None:
    row = "7,2013-06-17,Protester (Brazil),Demonstrate or rally,141,Police (Brazil),Santos,São Paulo,Brazil,-23.9,-46.3"
    record = icews(tmp_path, row, mark=mark)
    assert record.titles() == ["Demonstrate or rally, Protester (Brazil), Police (Brazil)"]
    assert record.events[0].actors == ("Protester (Brazil)", "Police (Brazil)")
    assert (record.events[0].event_id, record.events[0].event_type) == ("icews-7", "Protest")
    assert record.points() == [(-46.3, -23.9)]


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("141", "protest"),
        ("173", "detention"),
        ("1831", "clash"),
        ("190", "clash"),
        ("15", "political"),  # of three digits, 015
        ("015", "political"),
        ("0331", "political"),
        ("331", "political"),
        ("72", "other"),
    ],
)
def test_codes_of_cameo_say_the_category_with_the_zero_that_they_begin_with_or_without(
    tmp_path: Path, code: str, category: str
) -> None:
    record = icews(tmp_path, f"7,2013-06-17,A,Text,{code},B,Santos,São Paulo,Brazil,-23.9,-46.3")
    assert [event.category for event in record.events] == [category]


def test_where_icews_names_no_city_the_point_is_that_of_the_province_or_the_country(tmp_path: Path) -> None:
    rows = ("Santos,São Paulo,Brazil,-23.9,-46.3", ",São Paulo,Brazil,-22,-49", ",,Brazil,-15.8,-47.6")
    record = icews(tmp_path, *(f"{n},2013-06-17,A,Fight,190,B,{row}" for n, row in enumerate(rows)))
    assert [event.geo_precision for event in record.events] == ["settlement", "region", "country"]
    assert record.points()[2] is None


def test_an_incident_without_a_point_or_a_town_is_known_for_its_country(tmp_path: Path) -> None:
    head = "eventid,iyear,imonth,iday,country_txt,city,specificity,latitude,longitude,attacktype1_txt,gname,nkill"
    row = "201500000001,2015,3,0,Iraq,Unknown,5,,,Unknown,Unknown,"
    record = read(written(tmp_path, f"{head}\n{row}\n"))
    assert record.countries() == ["IQ"]
    assert record.days() == ["2015-03-01/2015-03-31"]
    assert record.events[0].actors == ()


def test_how_exactly_atlos_knows_a_point_is_kept(tmp_path: Path) -> None:
    head = "slug,date,status,sensitive,description,type,latitude,longitude,geolocation_resolution,source_1,source_2"
    rows = [
        "A1,2022-03-01,Completed,Not Sensitive,Strike on a house,Military Activity/Strike,50.0,36.2,"
        "Exact (maximum precision; to within 10 m),https://a.org/1,https://a.org/2",
        "A2,2022-03-02,Completed,Not Sensitive,Crowd,Civilian Activity/Protest,46.6,32.6,Locality (to within 1 km),,",
    ]
    record = read(written(tmp_path, "\n".join([head, *rows]) + "\n"))
    assert [event.geo_precision for event in record.events] == ["site", "settlement"]
    assert [event.category for event in record.events] == ["clash", "protest"]
    assert [len(event.source_ids) for event in record.events] == [2, 0]
    assert record.titles() == ["Strike on a house", "Crowd"]


def test_a_row_without_a_title_is_called_by_what_and_where(tmp_path: Path) -> None:
    text = (
        "title,event_type,place,date,lat,lon\n,March,Portland,2022-01-05,45.5,-122.7\nRally,,,2022-01-05,45.5,-122.7\n"
    )
    assert read(written(tmp_path, text)).titles() == ["March, Portland", "Rally"]


def test_a_title_out_of_long_notes_is_their_beginning(tmp_path: Path) -> None:
    notes = [f"{'Very long ' * 30}", "First line.\nSecond line."]
    text = json.dumps(
        [{"date": "2022-01-05", "description": note, "latitude": 1.5, "longitude": 2.5} for note in notes]
    )
    long, short = read(written(tmp_path, text, "events.json")).titles()
    assert len(long) == 120
    assert long.endswith("…")
    assert short == "First line."


def test_headings_in_thai_are_understood(tmp_path: Path) -> None:
    text = "วันที่,ชื่อกิจกรรม,สถานที่,ละติจูด,ลองจิจูด,ผู้บาดเจ็บ\n14/10/2020,ชุมนุมใหญ่,อนุสาวรีย์,13.75,100.5,3\n"
    record = read(written(tmp_path, text))
    assert record.points() == [(100.5, 13.75)]
    assert record.figures() == [(3, 3, 3, "exact")]


def test_a_monthly_file_of_ucdp_without_a_header_has_its_headings(tmp_path: Path) -> None:
    cells = dict.fromkeys(range(49), "")
    cells |= {0: "500001", 2: "2023", 5: "3", 24: "1", 25: "Khartoum city", 29: "15.5", 30: "32.5", 33: "Sudan"}
    cells |= {38: "2023-05-01 00:00:00.000", 39: "2023-05-01 00:00:00.000", 44: "4", 45: "9", 46: "4"}
    record = read(written(tmp_path, ",".join(cells.values()) + "\n"))
    assert record.events[0].event_id == "ged-500001"
    assert record.figures() == [(4, 4, 9, "exact")]
    assert "has no header" in record.words


def test_a_town_that_is_called_like_a_country_elsewhere_is_a_town(tmp_path: Path) -> None:
    text = "date,place,lat,lon\n2022-01-05,Argelia,2.26,-77.25\n2022-01-05,Colombia,4.5,-73\n"
    record = read(written(tmp_path, text))
    assert record.points() == [(-77.25, 2.26), None]
    assert record.countries() == ["CO", "CO"]


def test_the_choices_of_a_form_s_question_are_no_figures(tmp_path: Path) -> None:
    text = "date,title,type,type/attacks,type/protest\n2022-01-05,A,attacks,1,0\n2022-01-06,B,attacks protest,1,1\n"
    assert read(written(tmp_path, text)).claims == ()


def test_of_two_columns_that_may_be_the_region_ours_by_name_is_it(tmp_path: Path) -> None:
    text = "date,title,region,admin1\n2022-01-05,A,Central Asia,Almaty\n"
    assert "the region from 'admin1'" in read(written(tmp_path, text)).words


def test_words_of_others_for_precision_cost_no_row(tmp_path: Path) -> None:
    text = "Date,Title,Geo Precision,Latitude,Longitude\n2022-01-05,A,(2) 25 km,43.2,76.9\n"
    record = read(written(tmp_path, text))
    assert record.outcome() == (1, 1, 0)
    assert "'Geo Precision'" in record.words


def test_the_id_of_a_row_is_not_that_of_its_kind(tmp_path: Path) -> None:
    text = "id,cat_id,title,date\n17,1,A,2022-01-05\n18,2,B,2022-01-05\n"
    assert [event.event_id for event in read(written(tmp_path, text)).events] == ["17", "18"]
