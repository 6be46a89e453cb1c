"""The figure that the page's map starts from, and the script that draws it: nothing of them leads off the machine."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient

from dashboard.layers import LAYERS
from tests.server import ROOT

VENDOR = ROOT / "assets" / "vendor" / "plotly"
# namespaces, links that only a click follows, words of documentation
NAMED_ONLY = {
    *("www.w3.org", "plotly.com", "maplibre.org", "github.com", "developer.mozilla.org", "www.mapbox.com"),
    "wiki.openstreetmap.org",
}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_figure_has_an_empty_trace_for_each_layer_and_one_that_holds_the_map(
    client: FlaskClient, theme: str
) -> None:
    figure = client.get(f"/map-figure/{theme}.json").json
    *traces, anchor = figure["data"]
    assert {t["legendgroup"]: t["name"] for t in traces} == {name: layer.title for name, layer in LAYERS.items()}
    assert {(t["type"], t["visible"], *t["lon"]) for t in traces} == {("scattermap", False)}
    assert anchor["visible"] and not anchor["legendgroup"]
    assert figure["layout"]["map"]["style"]["sources"]["marks"]["data"]["features"] == []


def test_the_figure_names_no_other_host_and_has_nothing_that_sends_it_away(client: FlaskClient) -> None:
    figure = client.get("/map-figure/light.json").json
    assert "://" not in json.dumps(figure)
    sends = {"displayModeBar": False, "displaylogo": False, "showSendToCloud": False, "plotlyServerURL": ""}
    assert figure["config"].items() >= sends.items()


def test_there_is_no_figure_of_another_theme(client: FlaskClient) -> None:
    assert client.get("/map-figure/pink.json").status_code == 404


def test_the_bundle_names_no_host_that_it_could_ask_and_has_its_origin_and_licences() -> None:
    script = (VENDOR / "plotly.min.js").read_text(encoding="utf-8")
    assert len(script) > 1_000_000
    assert set(re.findall(r"https?://([\w.-]+)", script)) <= NAMED_ONLY
    assert "npm plotly.js 4.1.1" in (VENDOR / "ORIGIN.csv").read_text(encoding="utf-8")
    licences = (VENDOR / "LICENSE.txt").read_text(encoding="utf-8")
    for name in ("plotly.js 4.1.1: MIT", "maplibre-gl 6.9.0: BSD-3-Clause", "@plotly/d3 3.8.2: BSD-3-Clause"):
        assert f"==== {name} ====" in licences


def test_the_bundle_is_compressed_once_and_may_be_kept(client: FlaskClient) -> None:
    answers = [
        client.get("/assets/vendor/plotly/plotly.min.js", headers={"Accept-Encoding": "br"}, buffered=True)
        for _ in range(2)
    ]
    assert [answer.headers["Content-Encoding"] for answer in answers] == ["br", "br"]
    assert answers[0].data == answers[1].data
    assert len(answers[0].data) < 850_000
    assert answers[0].headers["Cache-Control"] == "public, max-age=86400"
