"""Lists with headings in languages beyond those of the page. Rows are invented."""

from __future__ import annotations

import pytest

from tests.proposed import columns_of, proposed


@pytest.mark.parametrize(
    "text",
    [
        "Data;Comune;Descrizione;Morti\n25/01/2023;Prato;Caduta;1",
        "Datum;Plaats;Omschrijving;Doden\n25-01-2023;Rotterdam;Explosie;2",
        "Data;Miejscowość;Opis;Zabici\n25.01.2023;Radom;Wypadek;1",
        "Tarih;İlçe;Açıklama;Ölü\n25.01.2023;Sur;Patlama;1",
        "Datum;Plats;Beskrivning;Döda\n2023-01-25;Malmö;Skottlossning;1",
        "Ημερομηνία;Τοποθεσία;Περιγραφή;Νεκροί\n25/01/2023;Αθήνα;Έκρηξη;1",
        "Tanggal;Lokasi;Keterangan;Meninggal\n25/01/2023;Cianjur;Gempa;1",
        "Ngày;Địa điểm;Mô tả;Số người chết\n25/01/2023;Huế;Lũ lụt;3",
        "تاریخ;شهر;توضیحات;کشته\n2023/01/25;سنندج;تجمع;2",
        "תאריך;מקום;תיאור;הרוגים\n25/01/2023;חיפה;פיגוע;1",
        "日期;城市;描述;死亡\n2023-01-25;广州市;罢工;1",
        "発生日;市区町村;詳細;死者数\n2023-01-25;新宿区;火災;1",
        "발생일자;시군구;사고내용;사망자수\n2023-01-25;용산구;화재;1",
        "दिनांक;स्थान;विवरण;मृतक\n25/01/2023;बस्तर;विस्फोट;1",
    ],
)
def test_the_day_the_place_and_the_dead_are_known_by_their_headings(text: str) -> None:
    found = columns_of(proposed(text.replace(";", ",")))
    day, place, words, deaths = text.splitlines()[0].split(";")
    assert (found["date_start"], found["deaths"]) == (day, deaths)
    assert place in found["place"]
    assert words in (found.get("notes"), found.get("title"))
