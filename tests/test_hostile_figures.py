"""Data and titles that mean harm come out as text, in every kind of figure and in both directions of reading."""

from __future__ import annotations

import logging
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from geodata.store.store import Store
from tests.figures import SVG, bundled, drawn
from tests.records import store_over

HARM = "<script>alert(1)</script><a href='https://evil.example'>x</a> \u202eabc\x00\x0b {count} %s $\\alpha$ "
KINDS: list[dict[str, str]] = [
    {"panels": "timeline,claims,table", "title": "W" * 5_000},
    {"panels": "timeline,claims,table", "lang": "ar", "title": (HARM * 60)[:5_000] + "\ud800"},
    {"each": "category", "arrange": "page", "lang": "ru", "title": HARM},
    {"size": "column", "theme": "dark", "title": HARM},
]


@pytest.fixture(scope="module")
def hostile(store: Store) -> Store:
    data = bundled()
    events = (
        replace(event, title="x" * 10_000 if number % 2 else HARM + event.title, actors=(HARM,))
        for number, event in enumerate(data.events)
    )
    claims = (replace(claim, claimant=f"{HARM}{number % 12}") for number, claim in enumerate(data.claims))
    sources = (replace(source, title=HARM + source.title, publisher=HARM) for source in data.sources)
    title = HARM + data.title
    return store_over(replace(data, title=title, events=tuple(events), claims=tuple(claims), sources=tuple(sources)))


@pytest.mark.parametrize("options", KINDS)
def test_a_figure_of_hostile_data_runs_links_and_turns_nothing(hostile: Store, options: dict[str, str]) -> None:
    svg = drawn(hostile, **options)
    root = ElementTree.fromstring(svg)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert not tags & {"script", "a", "image", "foreignObject"}
    names = {name.rpartition("}")[2] for element in root.iter() for name in element.attrib}
    assert not {name for name in names if name.startswith("on") or name == "href"}
    assert "\u202e" not in svg.decode()
    assert "\ufffdabc" in svg.decode() or options["title"].startswith("W")


@pytest.mark.parametrize("kind", ["pdf", "png", "docx", "pptx", "zip"])
def test_hostile_data_stops_no_format(hostile: Store, kind: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        content = drawn(hostile, kind, **KINDS[0])
    assert content.startswith((b"%PDF", b"\x89PNG", b"PK"))
    assert not caplog.records
