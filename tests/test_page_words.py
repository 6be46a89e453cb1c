"""No word of the page is out of the catalogues' reach: none stands in its code unsaid, and none reaches a reader so."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.choice.options import ARRANGEMENTS, SERIES
from dashboard.choice.sizes import SIZES
from dashboard.layers import LAYERS
from dashboard.page import event_card, export_dialog
from dashboard.scene.theme import PALETTES
from dashboard.scene.words import STATUS_ON_WORDS, STATUS_WORDS
from dashboard.server import app
from geodata.filter import Filter, list_fields
from geodata.language.language import CODES, ENGLISH, Language, Named
from geodata.record.model import GEO_PRECISIONS
from geodata.store.opening import open_store
from geodata.store.store import Store
from tests.catalogues import COUNT, SAY, name_of
from tests.figures import bundled
from tests.server import ROOT
from tests.test_additions import links_of
from tests.test_page import BROWSER, ask

PAGE = [*sorted(ROOT.glob("dashboard/page/*.py")), *ROOT.glob("dashboard/intake/[dtw]*.py")]
LIBRARIES = ("html", "dmc", "dcc", "dag")
SHOWN = {
    "children", "title", "label", "placeholder", "aria_label", "alt", "description", "thumbLabel", "headerName",
    "data_timeline", "data_claims",
}  # fmt: skip
# Markup and fonts.
NO_WORDS = re.compile(r"</?\w|^data:image|sans-serif")
LETTER = re.compile("[A-Za-z]")
READS_AS_WORDS = re.compile(r"^[A-Z][a-z]|[A-Za-z]\S*\s+\S*[A-Za-z]")


def unsaid(code: str) -> list[str]:
    """The literals of a module that a reader would see as they stand: with letters, where a component shows them, or
    reading as words anywhere; none that are said or marked, that name something for a machine, or that document."""
    tree = ast.parse(code)
    said = {id(part) for call in calls(tree) if name_of(call) in (*SAY, *COUNT) for part in literals(call.args)}
    shown = {id(part): part for place in shown_places(tree) for part in literals([place])}
    for part in literals([tree]):
        if READS_AS_WORDS.search(str(part.value)):
            shown.setdefault(id(part), part)
    no_words = {id(part) for part in technical(tree)}
    return [
        str(part.value)
        for key, part in sorted(shown.items(), key=lambda item: (item[1].lineno, item[1].col_offset))
        if key not in said | no_words
        and LETTER.search(str(part.value))
        and not NO_WORDS.search(str(part.value))
    ]  # fmt: skip


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def literals(parts: Iterable[ast.AST]) -> Iterator[ast.Constant]:
    """All texts in some parts of a tree, also those of f-strings."""
    for part in parts:
        for node in ast.walk(part):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node


def shown_places(tree: ast.AST) -> Iterator[ast.AST]:
    """What stands where a component shows it: a child, a `SHOWN` keyword, or such an entry of a dict."""
    for call in calls(tree):
        yield from call.args if of(call, *LIBRARIES) else ()
        yield from (keyword.value for keyword in call.keywords if keyword.arg in SHOWN)
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            yield from (value for key, value in pairs if isinstance(key, ast.Constant) and key.value in SHOWN)


def technical(tree: ast.AST) -> Iterator[ast.Constant]:
    """Documentation, what is compared, keys, arguments that are not shown, and those of functions that name a part."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield from literals([node.value])
        elif isinstance(node, ast.Compare):
            yield from literals([node])
        elif isinstance(node, ast.Subscript):
            yield from literals([node.slice])
        elif isinstance(node, ast.Dict):
            yield from literals(filter(None, node.keys))
        elif isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg is not None and keyword.arg not in SHOWN:
                    yield from own_literals(keyword.value)
            if name_of(node) in ("icon", "getattr") or (of(node, "ids") and name_of(node) != "attributes"):
                yield from literals(node.args)


def own_literals(node: ast.AST) -> Iterator[ast.Constant]:
    """The texts of a part, but for those of components within it and of entries that are shown."""
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        parts = [value for key, value in pairs if not (isinstance(key, ast.Constant) and key.value in SHOWN)]
    elif isinstance(node, ast.Call) and of(node, *LIBRARIES):
        parts = []
    else:
        parts = [*ast.iter_child_nodes(node)]
    yield from literals([node]) if isinstance(node, ast.Constant) else ()
    for part in parts:
        yield from own_literals(part)


def of(call: ast.Call, *modules: str) -> bool:
    """Whether a function of one of the modules is called by its name."""
    return isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") in modules


@pytest.mark.parametrize("file", PAGE, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_no_word_of_the_page_is_out_of_the_catalogues_reach(file: Any) -> None:
    assert unsaid(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ('html.P("none")', ["none"]),
        ('html.H2(["Claims", html.Span(str(n), className="count")])', ["Claims"]),
        ('dmc.TextInput(id=ids.TITLE, label="title", size="sm")', ["title"]),
        ('html.Button("×", title="Zoom in", **ids.attributes(aria_label="zoom"))', ["Zoom in", "zoom"]),
        ('html.Img(alt="preview")', ["preview"]),
        ('html.P(f"and {more} others", className="muted hint")', ["and ", " others"]),
        ('text = "Nothing was said."\nhtml.P(text)', ["Nothing was said."]),
        ('group("Text", control)', ["Text"]),
        ('data = [{"value": "may", "label": "may lie in"}]', ["may lie in"]),
        ('html.P(say("Zoom") if near else "far")', ["far"]),
        ('dmc.Button(leftSection=html.Span("far"), size="xs")', ["far"]),
        ('raise ChoiceError("dates", "There are no days beyond.")', ["There are no days beyond."]),
    ],
)
def test_a_word_that_is_planted_is_found(code: str, words: list[str]) -> None:
    assert unsaid(code) == words


def test_words_that_are_said_or_marked_and_names_for_machines_are_none() -> None:
    code = '''
"""What a module does."""
ROLES = {"origin": phrase("from {place}")}
html.P(language.say("Zoom in"), className="muted hint", id="the part")
html.H2(language.count("{count} event", "{count} events", n))
dmc.Select(data=[{"value": "May be", "label": say("May lie in")}] if kind == "Some kind" else [])
html.Button(icon("home"), **ids.picks("close the card"))
'''
    assert unsaid(code) == []


# ---- What reaches a reader, in a language whose every text is bracketed ----

LEFT, RIGHT = "⟦", "⟧"


class Bracketed(Language):
    """English with brackets around all that a language says."""

    def say(self, words: str, **values: object) -> str:
        return f"{LEFT}{super().say(words, **values)}{RIGHT}"

    def count(self, one: str, many: str, count: int, **values: object) -> str:
        return f"{LEFT}{super().count(one, many, count, **values)}{RIGHT}"

    def _joined(self, words: str, items: Iterable[str]) -> str:
        joined = ENGLISH._joined(words, items)
        return f"{LEFT}{joined}{RIGHT}" if LETTER.search(words.format(first="", second="")) else joined

    def day(self, day: date) -> str:
        return f"{LEFT}{super().day(day)}{RIGHT}"

    def days(self, first: date, last: date) -> str:
        return f"{LEFT}{super().days(first, last)}{RIGHT}"

    def short_month(self, day: date) -> str:
        return f"{LEFT}{super().short_month(day)}{RIGHT}"

    def country(self, code: str, name: str = "") -> str:
        return f"{LEFT}{super().country(code, name)}{RIGHT}"

    def place(self, place: Named, day: date) -> str:
        return f"{LEFT}{super().place(place, day)}{RIGHT}"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch, store: Store) -> FlaskClient:
    """A page that speaks in brackets."""
    monkeypatch.setattr(app, "PAGE_LANGUAGE", Bracketed("en"))
    return app.create_app(store).server.test_client()


def texts(found: Any) -> Iterator[str]:
    """All that a reader sees or hears of a component tree, in its order; of a chart or the map's marks too."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, list):
        for part in found:
            yield from texts(part)
    elif isinstance(found, dict) and "props" in found:
        props = found["props"]
        yield from (text for key in SHOWN for text in texts(props.get(key.replace("_", "-"))))
        yield from texts([row["label"] for row in props.get("data") or () if isinstance(row, dict) and "label" in row])
        yield from (text for key, part in props.items() if key not in SHOWN for text in within(part))


def within(part: Any) -> Iterator[str]:
    """The texts of components that stand in another property than those that are shown."""
    if (isinstance(part, dict) and "props" in part) or isinstance(part, list):
        yield from texts([each for each in (part if isinstance(part, list) else [part]) if isinstance(each, dict)])


def texts_of_map(data: dict[str, Any]) -> Iterator[str]:
    """Hovers, tags and letters of the map, hovers and names of the chart below it."""
    yield from (line for pick in data["picks"] for line in pick["lines"])
    yield from (line for tag in data["tags"] for line in tag["lines"])
    yield from (mark["properties"].get("text", "") for mark in data["marks"]["features"])
    layout = data["chart"]["layout"]
    for trace in data["chart"]["data"]:
        yield from (text for key in ("text", "hovertext") for text in trace.get(key) or ())
        if layout["showlegend"] and trace.get("showlegend", True):
            yield trace["name"]
    yield from (note["text"] for note in layout.get("annotations", ()))
    yield from layout["xaxis"].get("ticktext", ())


def outside(found: Iterable[str], data: Iterable[str]) -> set[str]:
    """What has letters and stands neither in brackets nor in the data."""
    depth, left = 0, []
    for char in "\n".join(re.sub("</?(b|s|br)>", "\n", text) for text in found):
        depth += (char == LEFT) - (char == RIGHT)
        assert depth >= 0
        left.append(char if depth == 0 or char == "\n" else "")
    assert depth == 0
    lines = {line.replace(RIGHT, "") for line in "".join(left).split("\n")}
    for text in sorted(data, key=len, reverse=True):
        lines = {line.replace(text, "") for line in lines}
    return {line for line in lines if LETTER.search(line)}


@pytest.fixture(scope="module")
def own() -> set[str]:
    """The texts of the data, which stay as they are: all but names of countries and places, which a language says."""
    dataset = bundled()
    rows: list[Any] = [*dataset.events, *dataset.claims, *dataset.sources]
    found = {getattr(row, field.name) for row in rows for field in fields(row)} - {None}
    found |= {part for value in found if isinstance(value, tuple) for part in value}
    found |= {place.local_name_on(event.date_start) for place in dataset.places for event in dataset.events}
    lines = {line for text in found if isinstance(text, str) for line in text.split("\n")}
    return {text for text in lines if LETTER.search(text)} | {dataset.title}


def test_brackets_are_around_what_is_said_and_not_around_the_rest() -> None:
    assert outside([Bracketed("en").say("Zoom {way}", way="in"), "Voice, 5"], {"Voice"}) == set()
    assert outside(["⟦Said by ", "a Voice", "⟧ ", "on a day"], {"a Voice"}) == {"on a day"}


def test_every_text_of_the_layout_is_said(client: FlaskClient, store: Store, own: set[str]) -> None:
    found = [*texts(client.get("/_dash-layout").get_json())]
    assert len(found) > 150
    assert "⟦Dark theme⟧" in found and "⟦Zoom in⟧" in found and "⟦Show ⟦place names⟧⟧" in found
    languages = {Language(code).own_name() for code in CODES}
    offered = {
        label for key, field in list_fields().items() if not field.spoken for _, label in store.options(key).choices
    }
    assert outside(found, own | languages | offered) == set()
    index = client.get("/").text
    assert re.findall("<noscript>(.)", index) == [LEFT]
    names = [trace["name"] for trace in client.get("/map-figure/light.json").get_json()["data"]]
    assert outside(names, ()) == set() and len(names) == len(LAYERS) + 1


@pytest.mark.parametrize(
    "gesture",
    [
        ("picked", {"picked": {"ids": ["E7"]}}),
        ("picked", {"picked": {"ids": ["E7"]}, "shown": "?as_of=2022-01-09"}),
        ("picked", {"picked": {"ids": ["E1"]}}),
        ("picked", {"picked": {"ids": ["E2", "E6", "E10"]}}),
        ("categories", {"shown": "?event=E6", "categories": ["political"]}),
        ("chart", {"chart": "deaths"}),
        ("chart", {"chart": "flights", "shown": "?as_of=2022-01-04"}),
        ("to", {"to": "1999-01-02", "from": "1999-01-01"}),
        ("search", {"search": "no such text"}),
        ("since", {"since": "2022-01-06"}),
        ("since", {"since": "2022-01-06", "shown": "?as_of=2022-01-05"}),
        ("since", {"since": "2022-01-29", "shown": "?as_of=2022-01-30"}),
        ("precision", {"precision": ["near"], "actors": ["protesters"], "search": "almaty", "as_of": "2022-01-09"}),
        ("categories", {"categories": []}),
        ("categories", {"categories": ["clash"], "shown": "?bbox=60,40,80,50"}),
        ("picked", {"picked": {"lasso": "70,40;80,40;80,50"}, "shown": "?places=KZ"}),
        ("address", {"address": BROWSER | {"search": "?event=E99&v=000000000000&to=abc"}}),
    ],
    ids=lambda gesture: " ".join(map(str, gesture[1].values())),
)
def test_every_text_of_an_answer_is_said(
    client: FlaskClient, own: set[str], gesture: tuple[str, dict[str, Any]]
) -> None:
    trigger, values = gesture
    answer = ask(client, trigger, layers=[*LAYERS], **values)["response"]
    data = answer["marks"]["data"]
    parts = [value for part in answer.values() for key, value in part.items() if key == "children"]
    found = [*texts(parts), *texts_of_map(data)]
    assert any(text.startswith(f"{LEFT}showing {LEFT}") or text.startswith(f"{LEFT}showing ") for text in found)
    chosen = {text for name in ("search", "actors") for text in values.get(name, ())}
    assert outside(found, own | chosen) == set()


def test_every_link_of_the_dialog_is_said(client: FlaskClient) -> None:
    found = [*texts(links_of(client)["response"]["export-links"]["children"])]
    assert "⟦PDF⟧" in found and outside(found, ()) == set()


def test_places_that_are_not_settled_are_told_in_the_language(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    (tmp_path / "t.csv").write_text("title,category,date_start,place\nA,clash,2022-01-05,Nowhereville\n")
    store = open_store(tmp_path / "t.csv")
    monkeypatch.setattr(app, "PAGE_LANGUAGE", Bracketed("en"))
    client = app.create_app(store).server.test_client()
    (event_id,) = store.unsettled[0].event_ids
    cells = store.original(event_id).cells  # type: ignore[union-attr] # an event of a table has its row
    data = {*cells, *cells.values(), *(source.title for source in store.query(Filter()).sources.values())}
    card = ask(client, "picked", picked={"ids": [event_id]}, layers=[*LAYERS])["response"]
    told = [*texts([value for part in card.values() for key, value in part.items() if key == "children"])]
    assert any("place not settled" in text for text in told)
    assert outside(told, data) == set()
    layout = [*texts(client.get("/_dash-layout").get_json())]
    assert "⟦Not in the gazetteer.⟧" in layout


def test_every_choice_of_a_table_has_its_words() -> None:
    assert export_dialog.SIZE_WORDS.keys() == SIZES.keys()
    assert export_dialog.PALETTE_WORDS.keys() == PALETTES.keys()
    assert export_dialog.SERIES_WORDS.keys() == {"", *SERIES}
    assert export_dialog.ARRANGEMENT_WORDS.keys() == {*ARRANGEMENTS}
    assert event_card.PRECISION_WORDS.keys() == {*GEO_PRECISIONS}
    assert STATUS_WORDS.keys() == STATUS_ON_WORDS.keys() == {"standing", "superseded", "retracted"}
