"""What is added to a table works in every door: each test adds one entry at run time and asks for it as users do."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient

from dashboard import cli
from dashboard.choice.request import FigureRequest
from dashboard.export.figure import Drawn
from dashboard.export.formats import FORMATS, Format
from dashboard.layers import LAYERS, Layer
from dashboard.panels import PANELS, PanelKind
from dashboard.panels.base import Panel
from dashboard.paper.projection import Box
from dashboard.scene.canvas import Canvas, Legend
from dashboard.scene.scene import Scene
from dashboard.server.app import create_app
from geodata import cli as geodata_cli
from geodata.filter import FIELDS, Filter, ListField
from geodata.importers import BUNDLED
from geodata.store.opening import open_store
from geodata.store.store import Store
from tests.test_page import ask, words


def client_of(store: Store) -> FlaskClient:
    return create_app(store).server.test_client()


def layout_of(client: FlaskClient) -> str:
    return json.dumps(client.get("/_dash-layout").get_json())


def export(tmp_path: Path, name: str, *options: str) -> bytes:
    assert cli.main(["export", str(tmp_path / name), "--made-on=2022-02-01", *options]) == 0
    return (tmp_path / name).read_bytes()


def batch(tmp_path: Path, out: str, **values: str) -> bytes:
    lines = "\n".join(f'{key} = "{value}"' for key, value in {"out": out, "made_on": "2022-02-01", **values}.items())
    (tmp_path / "report.toml").write_text(f"[[figures]]\n{lines}\n", encoding="utf-8")
    assert cli.main(["export", "--batch", str(tmp_path / "report.toml")]) == 0
    return (tmp_path / out).read_bytes()


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    field = ListField(
        "Kinds", "the source's own kind of event", "of another kind", "kinds {items}",
        lambda columns: [columns.of_events("event_type")],
    )  # fmt: skip
    monkeypatch.setitem(FIELDS, "kinds", field)


@pytest.mark.usefixtures("kinds")
def test_a_filter_field_works_in_every_door(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    where, store = Filter.parse(kinds="troop movement"), open_store()
    assert where.to_query() == {"kinds": "troop movement"}
    assert where.describe() == "kinds troop movement"
    kept = [event.event_id for event in store.query(where).events]
    assert "E1" in kept and len(kept) < store.size
    assert geodata_cli.main(["events", "--kinds", "troop movement", "--format", "csv"]) == 0
    assert [line.split(",")[0] for line in capfd.readouterr().out.splitlines()[1:]] == kept
    client = client_of(store)
    found = client.get("/api/events.geojson?kinds=troop+movement").get_json()["features"]
    assert [feature["properties"]["event_id"] for feature in found] == kept
    assert b"kinds troop movement" in export(tmp_path, "map.svg", "--kinds=troop movement")
    assert b"kinds troop movement" in client.get("/export/map.svg?kinds=troop+movement").data
    assert b"kinds troop movement" in batch(tmp_path, "batch.svg", kinds="troop movement")
    assert '"id": "kinds"' in layout_of(client)
    answer = ask(client, "kinds", kinds=["Troop movement"])["response"]
    assert f"showing {len(kept)} of {store.size}" in words(answer["sentence"]["children"])
    assert "of another kind" in words(answer["sentence"]["children"])
    assert "Kinds: Troop movement" in words(answer["choices"]["children"])
    assert answer["url"]["search"] == "?kinds=Troop%20movement".replace("%20", "+")


def draw_beacon(canvas: Canvas, scene: Scene) -> None:
    for place in scene.result.places.values():
        if place.point:
            canvas.disc(place.point, 12, "#123456", 1, None, None)
    canvas.legend(Legend("disc", "A beacon", "#123456"))


@pytest.fixture
def beacons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LAYERS, "beacons", Layer("Beacons", "beacons", draw_beacon))


@pytest.mark.usefixtures("beacons")
def test_a_layer_works_in_every_door(tmp_path: Path) -> None:
    store = open_store()
    client = client_of(store)
    assert "Show beacons" in layout_of(client)
    figure = client.get("/map-figure/light.json").get_json()
    assert ("beacons", "Beacons") in [(trace.get("legendgroup"), trace["name"]) for trace in figure["data"]]

    def drawn(answer: dict[str, Any]) -> set[str]:
        return {mark["properties"].get("layer") for mark in answer["response"]["marks"]["data"]["marks"]["features"]}

    assert "beacons" in drawn(ask(client, "layers", layers=["beacons", "clashes"]))
    assert "beacons" not in drawn(ask(client, "layers", layers=["clashes"]))
    assert b"A beacon" in export(tmp_path, "map.svg", "--layers=beacons")
    assert b"A beacon" not in export(tmp_path, "without.svg", "--layers=clashes")
    assert b"A beacon" in client.get("/export/map.svg?layers=beacons").data
    assert b"A beacon" in batch(tmp_path, "batch.svg", layers="beacons")
    assert b"Beacons" in export(tmp_path, "map.html", "--layers=beacons")


def write_titles(_: Store, __: FigureRequest, figures: Iterable[Drawn]) -> bytes:
    return "\n".join(drawn.report.title for drawn in figures).encode()


@pytest.fixture
def titles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "txt", Format("Titles", "text/plain", "document", write_titles))


@pytest.mark.usefixtures("titles")
def test_a_format_works_in_every_door(tmp_path: Path) -> None:
    client = client_of(open_store())
    assert export(tmp_path, "map.txt", "--title=One title") == b"One title"
    answer = client.get("/export/map.txt?title=One+title")
    assert (answer.data, answer.mimetype) == (b"One title", "text/plain")
    assert batch(tmp_path, "batch.txt", title="One title") == b"One title"
    assert len(export(tmp_path, "days.txt", "--each=day", "--from=2022-01-05", "--to=2022-01-07").splitlines()) == 3
    dialog = FigureRequest.parse({}, "txt")
    assert dialog.address() == "/export/map.txt"
    assert "map.txt" in json.dumps(links_of(client))


def links_of(client: FlaskClient) -> Any:
    """The links of the export dialog."""
    callbacks = client.get("/_dash-dependencies").get_json()
    callback = next(c for c in callbacks if "export-links.children" in c["output"])
    values = {"export-dialog": True, "export-size": "A4", "export-panels": [], "export-lang": "en"}
    inputs = [{**entry, "value": values.get(entry["id"])} for entry in callback["inputs"]]
    parts = callback["output"].strip(".").split("...")
    body = {
        "output": callback["output"], "inputs": inputs, "changedPropIds": ["export-dialog.opened"],
        "outputs": [dict(zip(("id", "property"), part.rsplit(".", 1), strict=True)) for part in parts],
        "state": [
            {**entry, "value": {"search": ""} if entry["id"] == "state" else None} for entry in callback["state"]
        ],
    }  # fmt: skip
    return client.post("/_dash-update-component", json=body).get_json()


class WordPanel(Panel):
    """A panel that says one word."""

    @property
    def role(self) -> str:
        return "word"

    def heading(self) -> tuple[str, str]:
        return "One word", ""

    def low(self, width: float) -> float:  # noqa: ARG002 (one height for every width)
        return 40.0

    def wish(self, width: float) -> float:  # noqa: ARG002
        return 40.0

    def draw(self, box: Box) -> None:
        self.ink.text(box[0], box[1] + 10, "Beside the map", 8, self.palette.ink, role=self.role)

    def say(self) -> str:
        return "A panel with one word."


@pytest.fixture
def word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PANELS, "word", PanelKind("A word", "word", lambda: WordPanel))


@pytest.mark.usefixtures("word")
def test_a_panel_works_in_every_door(tmp_path: Path) -> None:
    client = client_of(open_store(BUNDLED))
    assert b"Beside the map" in export(tmp_path, "map.svg", "--panels=word", "--size=A4")
    assert b"Beside the map" in client.get("/export/map.svg?panels=word&size=A4").data
    assert b"Beside the map" in batch(tmp_path, "batch.svg", panels="word", size="A4")
    with ZipFile(io.BytesIO(export(tmp_path, "map.zip", "--panels=word", "--size=A4"))) as bundle:
        assert b"A panel with one word." in bundle.read("alt.txt")
    assert '"A word"' in layout_of(client)
