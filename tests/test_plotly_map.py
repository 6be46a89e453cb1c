"""The Plotly canvas: the page's marks as a figure whose traces are the layers."""

from __future__ import annotations

import doctest
import html
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

import dashboard
import geodata
from dashboard import figures
from dashboard.choice.view import View
from dashboard.layers import LAYERS
from dashboard.scene.scene import Scene
from dashboard.screen.maplibre import Screen
from dashboard.screen.plotly import Plotly, layer_traces
from geodata.errors import ChoiceError, NothingFound
from geodata.filter import Filter
from geodata.language.language import ENGLISH, Language
from tests.figures import MADE_ON, drawn, held, place, store_of
from tests.server import ROOT

if TYPE_CHECKING:
    from geodata.store.store import Store


def canvas_of(store: Store, where: Filter | None = None, theme: str = "light") -> Plotly:
    return Plotly.of(Scene(store, store.query(where or Filter()), tuple(LAYERS), ENGLISH), theme)


def test_the_figure_draws_every_mark_of_the_page(store: Store) -> None:
    page = Screen.of(Scene(store, store.query(Filter()), tuple(LAYERS), ENGLISH), "light")
    assert canvas_of(store).data() == page.data()
    assert len(page.features) > 30


def test_each_layer_of_the_catalogue_is_a_trace_of_its_title_also_an_empty_one(store: Store) -> None:
    traces = layer_traces(canvas_of(store))
    assert [trace["name"] for trace in traces] == [layer.title for layer in LAYERS.values()]
    assert [trace["legendgroup"] for trace in traces] == [*LAYERS]
    assert next(trace for trace in traces if trace["legendgroup"] == "detentions")["lon"] == []


def test_the_traces_name_every_event_that_a_mark_stands_for(store: Store) -> None:
    canvas = canvas_of(store)
    of_marks = {event_id for pick in canvas.picks for event_id in pick["ids"]}
    of_tags = {event_id for tag in canvas.tags for event_id in tag["ids"]}
    of_traces = {event_id for trace in layer_traces(canvas) for ids in trace["customdata"] for event_id in ids}
    assert of_traces == of_marks | of_tags


def test_a_trace_has_as_many_places_as_events_and_hovers(store: Store) -> None:
    for trace in layer_traces(canvas_of(store)):
        lengths = {len(trace[key]) for key in ("lon", "lat", "customdata", "hovertext")}
        assert lengths == {len(trace["marker"]["size"])}


@pytest.mark.parametrize("title", ["<b>x</b><a href='https://x.test'>y</a>", "a & b", "&lt;b&gt;"])
def test_markup_in_a_title_is_text_in_the_hover(title: str) -> None:
    found = layer_traces(canvas_of(store_of(place("Almaty", 76.9, 43.2), event_title=title)))
    (markup,) = (text for trace in found if trace["legendgroup"] == "clashes" for text in trace["hovertext"])
    escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert markup.startswith(f"<b>{escaped}</b><br>")
    assert "<a" not in markup


def test_a_country_wide_tag_is_a_text_of_the_figure(store: Store) -> None:
    canvas = canvas_of(store)
    (tag,) = (mark["properties"] for mark in canvas.marks() if mark["properties"]["kind"] == "tag")
    assert tag["text"].startswith("Kazakhstan, country-wide: 13 events\n")
    figure = dashboard.map_figure(store)
    assert len(figure.layout.map.style["sources"]["marks"]["data"]["features"]) == len(canvas.marks())
    assert "marks-tag" in {layer["id"] for layer in figure.layout.map.style["layers"]}


def test_the_figure_names_no_server_and_is_whole(store: Store) -> None:
    style = dashboard.map_figure(store).layout.map.style
    assert "glyphs" not in style
    assert "http" not in json.dumps({**style, "sources": {}})
    assert all(isinstance(source["data"], dict) for source in style["sources"].values())


def test_the_legend_has_one_entry_for_each_layer_with_marks(store: Store) -> None:
    figure = dashboard.map_figure(store, view=View(layers=("clashes", "protests", "detentions")))
    assert [trace.name for trace in figure.data if trace.showlegend] == ["Clashes", "Protests"]


def test_a_layer_that_the_legend_switched_off_has_its_marks_hidden(store: Store) -> None:
    figure = dashboard.map_figure(store).to_plotly_json()
    numbers = [n for n, trace in enumerate(figure["data"]) if trace.get("legendgroup") == "clashes"]
    changed = [{"visible": ["legendonly"] * len(numbers)}, numbers]
    hidden = dashboard.hide_layers(dashboard.switched(figure, changed))
    (glyphs,) = (layer for layer in hidden["layout"]["map"]["style"]["layers"] if layer["id"] == "marks-glyph")
    assert "clashes" not in str(glyphs["filter"])
    assert "deployments" in str(glyphs["filter"])
    back = [{"visible": [True]}, numbers]
    shown = dashboard.hide_layers(dashboard.switched(hidden, back))
    (glyphs,) = (layer for layer in shown["layout"]["map"]["style"]["layers"] if layer["id"] == "marks-glyph")
    assert "clashes" in str(glyphs["filter"])


def test_nothing_of_the_legend_changes_a_figure_that_was_not_switched(store: Store) -> None:
    figure = dashboard.map_figure(store).to_plotly_json()
    assert dashboard.switched(figure, None) is figure


@pytest.mark.parametrize("module", [figures, geodata])
def test_the_examples_of_the_docstrings_are_true(module: ModuleType) -> None:
    found = doctest.testmod(module)
    assert found.attempted > 2
    assert not found.failed


def test_the_notebook_runs_from_top_to_bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = json.loads((ROOT / "docs" / "first-map.ipynb").read_text(encoding="utf-8"))
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            exec("".join(cell["source"]), names)
    page = (tmp_path / "first-map.html").read_text(encoding="utf-8")
    assert page.index("data:text/javascript") < page.index("Plotly.newPlot")


def test_the_readmes_example_for_notebooks_runs() -> None:
    (example,) = re.findall(
        r"^```python\n(.*?)^```", (ROOT / "dashboard" / "README.md").read_text(encoding="utf-8"), re.S | re.M
    )
    exec(example, {})


@pytest.mark.parametrize(
    ("options", "key"), [({"each": "day"}, "each"), ({"arrange": "page"}, "each"), ({"theme": "grey"}, "theme")]
)
def test_an_html_file_of_a_series_or_for_print_is_refused_with_the_reason(
    store: Store, options: dict[str, str], key: str
) -> None:
    with pytest.raises(ChoiceError, match=r"\.html") as refused:
        drawn(store, "html", **options)
    assert refused.value.key == key


@pytest.mark.parametrize("lang", ["en", "ru", "ar"])
def test_an_html_file_says_what_it_shows_in_its_language(store: Store, lang: str) -> None:
    page = drawn(store, "html", geodata.Filter.parse(categories="clash"), lang=lang).decode()
    body = page[page.index("<body>") : page.index('<script type="application/gzip"')]
    language = Language(lang)
    assert language.say("Made on {day}", day=language.day(MADE_ON)) in body
    assert language.say("Data version {version}", version=store.version) in html.unescape(body)
    assert f'lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}"' in page
    assert "UrduPoint" in body
    assert len(page.encode()) < 6_000_000


def test_the_hovers_of_an_html_file_are_in_its_language(store: Store) -> None:
    payload = held(drawn(store, "html", lang="ru"))
    told = [line for event in payload["events"] for line in event["lines"][1:]]
    assert any(line.startswith("6 января 2022\u202fг. · ") for line in told)
    assert not [line for line in told if re.search("January 2022|deaths|injured", line)]
    assert payload["counted"][1:3] == ["1 событие", "2 события"]
    heads = {mark["properties"]["head"] for mark in payload["marks"] if "head" in mark["properties"]}
    assert "Алматы: \0" in heads
    figure = dashboard.map_figure(store, view=View(lang="ru"))
    hovers = [text for trace in figure.data for text in trace.hovertext or ()]
    assert hovers and not [text for text in hovers if re.search("January 2022|deaths", text)]


def test_importing_the_packages_loads_nothing_that_draws() -> None:
    code = (
        "import sys, dashboard, geodata; print({'plotly', 'dash', 'pandas', 'ibis', 'matplotlib'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_measure_that_nobody_gave_is_said_and_not_drawn(store: Store) -> None:
    with pytest.raises(NothingFound, match="attacks"):
        dashboard.claims_figure(store, "attacks", geodata.Filter.parse(categories="political"))


def test_no_layer_is_drawn_that_the_view_leaves_out(store: Store) -> None:
    scene = Scene(store, store.query(Filter()), ("clashes",), ENGLISH)
    found = {trace["legendgroup"] for trace in layer_traces(Plotly.of(scene, "dark")) if trace["lon"]}
    assert found == {"clashes"}
