"""The plain HTTP routes: the same answers as the commands, and a sentence for what cannot be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from geodata.store import result as results

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from geodata.store.store import Store
    from tests.conftest import RunCli

ZIP = b"PK\x03\x04"
MAGIC = {"svg": b"<?xml", "pdf": b"%PDF-", "png": b"\x89PNG\r\n", "zip": ZIP, "docx": ZIP, "pptx": ZIP}
KINDS = {
    "events.geojson": "application/geo+json",
    "events.csv": "text/csv; charset=utf-8",
    "claims.json": "application/json",
    "claims.csv": "text/csv; charset=utf-8",
}


@pytest.fixture(scope="module")
def client(store: Store) -> FlaskClient:
    from dashboard.server.app import create_app  # noqa: PLC0415

    return create_app(store).server.test_client()


def test_health_tells_the_version_the_number_of_events_and_no_problem(client: FlaskClient, store: Store) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    about = {"status": "ok", "version": store.version, "events": store.size, "problems": [], "away": ""}
    assert answer.json == about


@pytest.mark.parametrize("name", KINDS)
def test_a_long_answer_comes_in_pieces_and_is_the_same(
    client: FlaskClient, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = client.get(f"/api/{name}").text
    monkeypatch.setattr(results, "MOST_AT_ONCE", 10)
    monkeypatch.setattr(results, "PART", 4)
    answer = client.get(f"/api/{name}", buffered=False)
    assert "Content-Length" not in answer.headers
    pieces = [piece.decode() for piece in answer.iter_encoded()]
    assert len(pieces) > 8
    # Claims stand with their events, a part after the other, otherwise in the order of the record.
    lines = [sorted(line.rstrip(",") for line in text.splitlines()) for text in ("".join(pieces), whole)]
    assert lines[0] == lines[1]
    if name.endswith("json"):
        json.loads("".join(pieces))


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"from": "2022-01-06", "to": "2022-01-09", "as_of": "2022-01-09"},
        {"categories": "clash,deployment", "bbox": "-10,30,120,60"},
        {"area": "60,40;80,40;80,52"},
        {"q": "no event says this"},
    ],
    ids="&".join,
)
def test_the_api_answers_what_the_command_prints_byte_for_byte(
    client: FlaskClient, call_cli: RunCli, name: str, query: dict[str, str]
) -> None:
    command, suffix = name.split(".")
    options = [word for key, value in query.items() for word in (f"--{key.replace('_', '-')}", value)]
    answer = client.get(f"/api/{name}", query_string=query)
    assert answer.status_code == 200
    assert answer.content_type == KINDS[name]
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert answer.get_data().decode() == call_cli("geodata", command, "--format", suffix, *options).stdout


def test_the_claims_of_one_measure_hold_no_other(client: FlaskClient) -> None:
    everything = json.loads(client.get("/api/claims.json").data)["claims"]
    deaths = json.loads(client.get("/api/claims.json?measure=deaths").data)["claims"]
    assert deaths == [claim for claim in everything if claim["measure"] == "deaths"]
    assert 0 < len(deaths) < len(everything)


def test_an_empty_result_is_an_empty_collection(client: FlaskClient) -> None:
    answer = client.get("/api/events.geojson?q=no event says this")
    assert answer.status_code == 200
    assert json.loads(answer.data)["features"] == []


@pytest.mark.parametrize("path", [*(f"/api/{name}" for name in KINDS), "/export/map.svg"])
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=2022-02-30", "2022-02-30"),
        ("from=2022-01-09&to=2022-01-06", "backwards"),
        ("categories=party", "party"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=nan,2,3,4", "bbox"),
        ("area=0,0;2,2;2,0;0,2", "its outline crosses or touches itself"),
        ("dates=perhaps", "perhaps"),
        ("colour=red", "colour"),
        ("__proto__=1", "__proto__"),
        ("q=a&q=b", "q"),
        ("v=of-old", "of-old"),
        ("q=" + "x" * 1_001, "1,001"),
    ],
)
def test_a_key_or_value_that_cannot_be_read_is_refused_with_one_sentence(
    client: FlaskClient, path: str, query: str, said: str
) -> None:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 400
    assert answer.content_type == "text/plain; charset=utf-8"
    assert said in answer.text
    assert answer.text.count("\n") == 1


@pytest.mark.parametrize("query", ["layers=roads", "theme=neon", "size=huge", "dpi=x", "scale=-1", "at=1,2"])
def test_a_figure_with_an_option_that_cannot_be_read_is_refused(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/export/map.png?{query}")
    assert answer.status_code == 400
    assert query.partition("=")[0] in answer.text


def test_a_measure_is_asked_of_claims_only(client: FlaskClient) -> None:
    assert client.get("/api/events.csv?measure=deaths").status_code == 400
    assert client.get("/api/claims.csv?measure=joy").status_code == 400


@pytest.mark.parametrize("key", ["q", "places", "claimants", "actors", "sources", "v", "event"])
@pytest.mark.parametrize("value", ["%00", "'", '"', "\\", "%", "%ff", "𝄞", "'; drop table events; --", "\u202e"])
def test_no_text_makes_the_server_fail(client: FlaskClient, key: str, value: str) -> None:
    query = f"{key}={value}" if value == "%00" else {key: value}
    path = "/api/events.csv"
    assert client.get(path, query_string=query).status_code in (200, 400)


@pytest.mark.parametrize("kind", MAGIC)
def test_a_figure_is_of_the_kind_that_its_address_names(client: FlaskClient, kind: str) -> None:
    answer = client.get(f"/export/map.{kind}?size=column&theme=grey&made_on=2022-02-01&layers=clashes")
    assert answer.status_code == 200
    assert answer.data.startswith(MAGIC[kind])
    disposition = "inline" if kind == "svg" else "attachment"
    assert answer.headers["Content-Disposition"] == f"{disposition}; filename=sitrep-map.{kind}"


def test_the_figure_of_an_address_is_the_figure_of_the_command(
    client: FlaskClient, run_cli: RunCli, tmp_path: Path
) -> None:
    out = tmp_path / "map.svg"
    run_cli("dashboard", "export", out, "--from", "2022-01-06", "--title=T & <b>", "--made-on", "2022-02-01")
    answer = client.get(
        "/export/map.svg", query_string={"from": "2022-01-06", "title": "T & <b>", "made_on": "2022-02-01"}
    )
    assert answer.data == out.read_bytes()


def test_a_title_never_reaches_a_header_or_becomes_markup(client: FlaskClient) -> None:
    title = 'x"\r\nSet-Cookie: a=b\r\n\r\n<script>alert(1)</script>'
    answer = client.get("/export/map.svg", query_string={"title": title, "made_on": "2022-02-01"})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "alert" not in str(answer.headers)
    assert not [node for node in ElementTree.fromstring(answer.data).iter() if node.tag.endswith("script")]


@pytest.mark.parametrize("path", ["/api/", "/api/events.xml", "/api/events", "/export/map.exe", "/export/map"])
def test_an_address_that_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (404, "There is nothing at this address.\n")
