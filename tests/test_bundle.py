"""The report bundle: what is in it, that it says the truth, and that it can be made again."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shlex
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.choice.address import parse_link, query_of
from dashboard.choice.options import SERIES
from dashboard.choice.request import FigureRequest, figure_keys
from dashboard.choice.sizes import SIZES, parse_size
from dashboard.choice.view import View
from dashboard.export.bundle import PICTURES
from dashboard.export.figure import draw_one
from dashboard.export.formats import FORMATS
from dashboard.panels import PANELS
from dashboard.scene.theme import PALETTES
from dashboard.scene.words import say_claim
from geodata.errors import ChoiceError
from geodata.filter import Filter
from geodata.importers.folder import COLUMNS
from geodata.language.language import CODES, ENGLISH
from geodata.store.store import Store
from tests.figures import asked, bundled, composed, dataset_of, drawn, place, store_of
from tests.records import store_over
from tests.zips import files_in, times_in

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.conftest import RunCli

CHOICE = {"from": "2022-01-06", "to": "2022-01-09", "as_of": "2022-01-10"}
DATA = ("sources.csv", "events.geojson", "claims.csv")
SMALL = {"size": "column", "dpi": "72"}


def several(store: Store, *names: str, format: str = "zip", **options: object) -> bytes:
    """One file of a figure for each day that `names` says."""
    whole = asked(kind=format, **{**SMALL, **options})
    days = (Filter.parse(**{"from": name, "to": name}) for name in names)
    each = (draw_one(store, replace(whole, where=day)) for day in days)
    return FORMATS[format].write(
        store, whole, (replace(found, name=name) for found, name in zip(each, names, strict=True))
    )


@pytest.fixture(scope="module")
def bundle(store: Store) -> dict[str, bytes]:
    """The bundle of some days."""
    return files_in(drawn(store, "zip", Filter.parse(**CHOICE), **SMALL))


def test_a_bundle_has_the_figure_its_words_its_data_and_a_manifest_in_this_order(bundle: dict[str, bytes]) -> None:
    pictures = ["figure.svg", "figure.pdf", "figure.png"]
    assert list(bundle) == [*pictures, "caption.md", "alt.txt", *DATA, "permalink.txt", "manifest.json"]


@pytest.mark.parametrize("kind", PICTURES)
def test_the_pictures_are_those_that_the_command_draws(store: Store, bundle: dict[str, bytes], kind: str) -> None:
    assert bundle[f"figure.{kind}"] == drawn(store, kind, Filter.parse(**CHOICE), **SMALL)


@pytest.mark.parametrize("name", ["events.geojson", "claims.csv"])
def test_the_data_are_what_the_api_answers_byte_for_byte(
    client: FlaskClient, bundle: dict[str, bytes], name: str
) -> None:
    assert bundle[name] == client.get(f"/api/{name}", query_string=CHOICE).data


def test_the_sources_are_the_documents_behind_the_events_and_claims_with_the_columns_of_a_data_folder(
    store: Store, bundle: dict[str, bytes]
) -> None:
    head, *rows = csv.reader(io.StringIO(bundle["sources.csv"].decode()))
    result = store.query(Filter.parse(**CHOICE))
    behind = {source_id for event in result.events for source_id in event.source_ids}
    behind |= {claim.source_id for claim in result.claims}
    assert tuple(head) == COLUMNS["sources.csv"]
    assert {row[0] for row in rows} == behind
    assert 0 < len(behind) < len(bundled().sources)


def test_a_cell_that_a_spreadsheet_would_run_is_guarded() -> None:
    small = dataset_of(place("Almaty", 76.9, 43.25), event_title="=cmd|' /C calc'!A0")
    formula = replace(small.sources[0], publisher="@SUM(1)", title="=1+1", url="\t=2")
    files = files_in(drawn(store_over(replace(small, sources=(formula,))), "zip", **SMALL))
    assert files["sources.csv"].decode().splitlines()[1] == "S1,'@SUM(1),'=1+1,2022-01-05,,'\t=2,en,,,"


def test_the_manifest_has_the_size_and_hash_of_every_other_file(store: Store, bundle: dict[str, bytes]) -> None:
    manifest = json.loads(bundle["manifest.json"])
    others = {name: content for name, content in bundle.items() if name != "manifest.json"}
    assert manifest["files"] == [
        {"path": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in others.items()
    ]
    assert manifest["data"]["version"] == store.version
    assert manifest["filter"] == CHOICE
    assert manifest["options"] == {"size": "column", "dpi": "72"}
    assert manifest["made_on"] == "2026-01-02"


def test_the_caption_says_what_is_shown_hidden_and_not_on_the_map(store: Store, bundle: dict[str, bytes]) -> None:
    text = bundle["caption.md"].decode()
    result = store.query(Filter.parse(**CHOICE))
    assert text.startswith("# Unrest in Kazakhstan, January 2022: 6–9 January 2022\n")
    assert f"showing {len(result.events)} of {result.total} events" in text
    assert "Hidden: " in text and "outside the dates" in text
    for event in result.events:
        if not event.sites:
            assert f"- {event.title} (" in text
    assert f"Data version {store.version}" in text
    assert "Made on 2 January 2026" in text
    assert "Projection: " in text
    assert "GeoNames (CC BY 4.0)" in text


def test_the_caption_names_the_voice_and_the_day_of_every_figure_on_the_map(
    store: Store, bundle: dict[str, bytes]
) -> None:
    text = bundle["caption.md"].decode()
    listed = text.partition("## Figures on the map\n")[2].partition("\n## ")[0]
    result = store.query(Filter.parse(**CHOICE))
    on_map = {
        claim_id for found in result.ranges if found.measure in ("deaths", "injured") for claim_id in found.claims
    }
    said = [claim for claim in result.claims if claim.claim_id in on_map]
    assert sum(say_claim(claim, ENGLISH) in listed for claim in said) > 3
    assert "690" not in listed


def test_the_caption_gives_the_publisher_title_day_and_address_of_every_source(bundle: dict[str, bytes]) -> None:
    text = bundle["caption.md"].decode()
    for row in csv.DictReader(io.StringIO(bundle["sources.csv"].decode())):
        assert row["publisher"] in text
        assert row["title"] in text
        if row["url"]:
            assert f"`{row['url']}`" in text


def test_a_figure_that_shows_no_casualties_has_no_voices_in_its_caption(store: Store) -> None:
    files = files_in(drawn(store, "zip", view=View(layers=("clashes",)), **SMALL))
    assert "## Figures" not in files["caption.md"].decode()


def test_what_finds_no_room_or_lies_beyond_the_frame_is_in_the_caption(store: Store) -> None:
    options = {"frame": "66,42,82,53", **SMALL}
    report = composed(store, **options)
    text = files_in(drawn(store, "zip", **options))["caption.md"].decode()
    assert report.beyond
    for event_id in report.beyond:
        assert f"{store.event(event_id).title} (beyond the frame)" in text
    for label in report.left_out:
        assert f"{label} (no room for the label)" in text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("[x](https://evil.example) ![y](z)", r"\[x\](https\://evil.example) !\[y\](z)"),
        ("**b** _i_ `c` ~~s~~ $x$ &lt; #1 a@b", r"\*\*b\*\* \_i\_ \`c\` \~\~s\~\~ \$x\$ \&lt; \#1 a\@b"),
        ("www.evil.example | cell", r"www\.evil.example \| cell"),
        ("1. one", r"1\. one"),
        ("- one", r"\- one"),
        ("two\nlines\x00\u202egnp", "two lines\ufffd\ufffdgnp"),
    ],
)
def test_markup_in_the_data_is_text_in_the_caption(text: str, written: str) -> None:
    files = files_in(drawn(store_of(place("n", None, None), event_title=text), "zip", title=text, **SMALL))
    caption = files["caption.md"].decode()
    assert caption.startswith(f"# {written}\n")
    assert f"- {written} (Kazakhstan, 5 January 2022)" in caption


def test_the_alt_text_is_that_of_the_picture_in_at_most_150_words(store: Store, bundle: dict[str, bytes]) -> None:
    alt = bundle["alt.txt"].decode()
    assert alt == composed(store, Filter.parse(**CHOICE)).alt + "\n"
    assert len(alt.split()) <= 150


def test_the_same_bundle_is_the_same_bytes_twice_from_command_and_address(
    client: FlaskClient, run_cli: RunCli, tmp_path: Path
) -> None:
    options = CHOICE | SMALL | {"made_on": "2022-02-01", "title": "T & <b>", "theme": "grey"}
    words = [word for key, value in options.items() for word in (f"--{key.replace('_', '-')}", value)]
    done = run_cli("dashboard", "export", tmp_path / "map.zip", *words)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    answer = client.get("/export/map.zip", query_string=options)
    assert answer.content_type == "application/zip"
    assert answer.headers["Content-Disposition"] == "attachment; filename=sitrep-map.zip"
    assert answer.data == client.get("/export/map.zip", query_string=options).data
    assert answer.data == (tmp_path / "map.zip").read_bytes()
    assert times_in(answer.data) == {(1980, 1, 1, 0, 0, 0)}


def test_each_line_of_the_permalink_leads_back(
    store: Store, client: FlaskClient, call_cli: RunCli, tmp_path: Path
) -> None:
    where, view = Filter.parse(**CHOICE, q="a"), View(layers=("casualties", "clashes"), event="E6")
    content = drawn(store, "zip", where, view, **SMALL, theme="dark", title='Say "it\'s"')
    page, address, command = files_in(content)["permalink.txt"].decode().splitlines()[1::3]
    assert parse_link(query_of(page.removeprefix("/"))) == (
        replace(where, v=store.version), replace(view, theme="dark"), ()
    )  # fmt: skip
    assert client.get(page).status_code == 200
    assert client.get(address).data == content
    python, dash_m, module, export, out, *words = shlex.split(command)
    assert (python, dash_m, module, export, out) == ("python", "-m", "dashboard", "export", "map.zip")
    assert call_cli(module, export, tmp_path / out, *words).returncode == 0
    assert (tmp_path / out).read_bytes() == content


def test_a_permalink_names_the_version_of_the_data_and_is_refused_by_any_other(store: Store) -> None:
    link = asked(kind="zip").settled(store)
    other = store_of(place("Almaty", 76.9, 43.25))
    where, _, _ = parse_link(query_of(link.page()))
    assert where.v == store.version
    with pytest.raises(ChoiceError, match="updated"):
        drawn(other, "zip", where)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40))
def test_a_shell_reads_the_command_of_any_text_as_that_text_and_no_more(store: Store, text: str) -> None:
    where = Filter.parse(q=text)
    command = FigureRequest(where).settled(store).command()
    assert command.isprintable()
    given_ = subprocess.run(
        ["bash", "-c", f"printf '%s\\0' {command}"],
        capture_output=True,
        check=True,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    ).stdout.decode()
    query = [f"--q={where.q}"] if where.q else []
    assert given_.split("\0")[:-1] == ["python", "-m", "dashboard", "export", "map.svg", *query, f"--v={store.version}"]


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "size": st.sampled_from([*SIZES, "160x120.5mm", "1234.567x80mm", "1200x800px"]),
            "dpi": st.floats(36, 2400),
            "scale": st.floats(0.1, 20),
            "title": st.text(min_size=1),
            "lang": st.sampled_from(CODES),
            "theme": st.sampled_from([*PALETTES]),
            "made_on": st.dates(),
            "frame": st.just("46,40,88.5,56"),
            "panels": st.lists(st.sampled_from([*PANELS])),
            "each": st.sampled_from(SERIES),
            "arrange": st.just("page"),
        },
    )
)
def test_options_written_as_texts_are_read_as_the_same_options(values: dict[str, object]) -> None:
    request = FigureRequest.parse(values, "svg")
    written = request.to_query()
    assert FigureRequest.parse(written, "svg") == request
    assert [key for key in figure_keys() if key in written] == list(written)


@pytest.mark.parametrize("size", [*SIZES, "160x120mm", "1080x1080px", "123.45x80mm"])
def test_a_size_is_written_as_it_is_read(size: str) -> None:
    assert str(parse_size(size)) == size


def test_a_title_that_no_file_can_hold_is_cleaned_in_every_file(store: Store, client: FlaskClient) -> None:
    content = drawn(store, "zip", title="a\ud800b\x00c\u202ed", **SMALL)
    files = files_in(content)
    for name in ("figure.svg", "caption.md", "alt.txt", "permalink.txt", "manifest.json"):
        text = files[name].decode()
        assert "\u202e" not in text and "\x00" not in text
    address = files["permalink.txt"].decode().splitlines()[4]
    assert client.get(address).data == content


def test_an_event_that_is_not_in_the_data_is_not_in_the_permalink(store: Store) -> None:
    assert "E99" not in FigureRequest(view=View(event="E99"), format="zip").settled(store).address()


def test_several_figures_have_their_names_and_share_the_data_of_the_whole(client: FlaskClient, store: Store) -> None:
    files = files_in(several(store, "2022-01-05", "2022-01-06"))
    expected = [
        f"{part}-{day}.{suffix}"
        for day in ("2022-01-05", "2022-01-06")
        for part, suffix in [
            *(("figure", kind) for kind in PICTURES),
            ("caption", "md"),
            ("alt", "txt"),
        ]
    ]
    assert list(files) == [*expected, *DATA, "permalink.txt", "manifest.json"]
    assert files["events.geojson"] == client.get("/api/events.geojson").data
    assert "6 January 2022" in files["caption-2022-01-06.md"].decode()
    assert "6 January 2022 ·" not in files["caption-2022-01-05.md"].decode()


@pytest.mark.parametrize("lang", ["en", "kk", "ar"])
def test_a_bundle_is_made_again_from_its_address_in_any_language(client: FlaskClient, store: Store, lang: str) -> None:
    content = drawn(store, "zip", Filter.parse(**CHOICE), lang=lang, **SMALL)
    files = files_in(content)
    assert client.get(files["permalink.txt"].decode().splitlines()[4]).data == content
    assert files["alt.txt"].decode() == composed(store, Filter.parse(**CHOICE), lang=lang).alt + "\n"


def test_nothing_to_show_is_a_bundle_too(store: Store) -> None:
    files = files_in(drawn(store, "zip", Filter.parse(q="no event says this"), **SMALL))
    assert json.loads(files["events.geojson"])["features"] == []
    assert "no event matches" in files["alt.txt"].decode()
    assert files["sources.csv"].decode().count("\n") == 1


def test_a_bundle_whose_picture_would_have_too_many_pixels_is_refused(store: Store) -> None:
    with pytest.raises(ChoiceError, match="pixels"):
        drawn(store, "zip", size="2000x2000mm", dpi=1200)
