"""`python -m geodata` as its users type it: data on stdout, words on stderr, three exit statuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from geodata.cli import main
from geodata.filter import FIELDS
from geodata.importers import BUNDLED
from tests.conftest import RunCli
from tests.server import ROOT

Capture = pytest.CaptureFixture[str]


def ask(capsys: Capture, *words: str) -> tuple[int, str, str]:
    """Run a command in this process: status, stdout, stderr."""
    try:
        status = main(words)
    except SystemExit as error:
        status = int(error.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


def copy(folder: Path, name: str = "", old: str = "", new: str = "") -> Path:
    """A copy of the bundled data with one text in one file replaced."""
    folder.mkdir()
    for path in BUNDLED.iterdir():
        text = path.read_text(encoding="utf-8")
        if path.name == name:
            assert old in text
            text = text.replace(old, new)
        (folder / path.name).write_text(text, encoding="utf-8")
    return folder


def event_ids(out: str) -> list[str]:
    return [feature["properties"]["event_id"] for feature in json.loads(out)["features"]]


@pytest.mark.parametrize(("words", "count"), [((), 29), (("--sources", "article-2022-01-10"), 14)])
def test_events_gives_a_feature_an_event_and_no_words(run_cli: RunCli, words: tuple[str, ...], count: int) -> None:
    done = run_cli("geodata", "events", *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert event_ids(done.stdout) == [f"E{n}" for n in range(1, count + 1)]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (["--categories", "protest"], "E15 E16"),
        (["--categories=protest"], "E15 E16"),
        (["--sources", "article-2022-01-10", "--categories=deployment"], "E1 E2 E3"),
        (["--from", "2022-01-06", "--to", "2022-01-07"], "E1 E2 E3 E4 E6 E7 E8 E9 E12 E21 E22 E23"),
        (["--from=2022-01-06", "--to=2022-01-09", "--dates=must"], "E1 E10 E14 E21 E22 E23"),
        (["--as-of", "2022-01-08", "--sources=article-2022-01-10"], "E4 E6 E7 E8"),
        (["--places", "Nur-Sultan,Женева"], "E2 E6 E10 E11"),
        (["--bbox", "-10,40,20,50"], "E11 E14"),
        (["--area", "-10,40;20,40;20,50;-10,50"], "E11 E14"),
        (["--data", str(BUNDLED), "--q", "angelus"], "E14"),
    ],
)
def test_options_are_the_filter_keys_in_both_spellings(capsys: Capture, words: list[str], kept: str) -> None:
    status, out, err = ask(capsys, "events", *words)
    assert (status, event_ids(out), err) == (0, kept.split(), "")


def test_the_help_names_every_filter_key(capsys: Capture) -> None:
    status, out, _ = ask(capsys, "events", "--help")
    assert status == 0
    assert [key for key in FIELDS if f"--{key.replace('_', '-')} " not in out] == []


def test_nothing_found_is_status_1_with_a_sentence_and_the_empty_collection(capsys: Capture) -> None:
    status, out, err = ask(capsys, "events", "--from", "2023-01-01")
    assert (status, json.loads(out)["features"], err) == (1, [], "No event matches: from 1 January 2023.\n")
    status, out, err = ask(capsys, "claims", "--measure", "injured", "--as-of=2022-01-05")
    assert (status, json.loads(out)["claims"]) == (1, [])
    assert err == "No claim of injured matches: as known on 5 January 2022.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["events", "--from", "2022-02-30"],
            "Cannot read from: '2022-02-30' is not a date (expected YYYY-MM-DD).",
        ),
        (
            ["events", "--from", "2022-01-09", "--to", "2022-01-06"],
            "The dates run backwards: from 2022-01-09 to",
        ),
        (["events", "--categories", "war"], "Cannot read categories: 'war' is none of deployment, clash"),
        (["events", "--colour", "red"], "unrecognized arguments: --colour red."),
        (["events", "--cat", "clash"], "unrecognized arguments: --cat clash."),
        (
            ["events", "--q", "a", "--q", "b"],
            "argument --q: given twice (expected once; lists are written a,b,c).",
        ),
        (["events", "--format", "xml"], "invalid choice: 'xml'"),
        (["events", "--from"], "argument --from: expected one argument."),
        (["claims", "--measure", "wounds"], "Cannot read measure: 'wounds' is none of deaths, injured"),
        (["geocode", "Almaty", "--on", "yesterday"], "Cannot read on: 'yesterday' is not a date"),
        (["geocode", "Almaty", "--country", "Kazakhstan"], "Cannot read country: 'Kazakhstan'"),
        (["geocode", "Almaty", "--feature", "castle"], "Cannot read feature: 'castle' is none of"),
        (["geocode", ""], "Cannot look up an empty text"),
        (["check"], "the following arguments are required: DATA."),
        (["fly"], "invalid choice: 'fly'"),
        ([], "the following arguments are required: COMMAND."),
    ],
)
def test_a_wrong_command_is_status_2_with_one_sentence(capsys: Capture, words: list[str], sentence: str) -> None:
    status, out, err = ask(capsys, *words)
    assert (status, out) == (2, "")
    assert sentence in err
    assert err.count("\n") == 1


def test_claims_gives_the_fates_and_ranges_of_the_day(capsys: Capture) -> None:
    status, out, err = ask(capsys, "claims", "--measure=deaths", "--as-of=2022-01-09", "--sources=article-2022-01-10")
    found = json.loads(out)
    assert (status, err, found["as_of"]) == (0, "", "2022-01-09")
    assert {claim["claim_id"]: claim["status"] for claim in found["claims"]} == {
        "C3": "standing",
        "C4": "superseded",
        "C5": "standing",
    }
    assert [(span["low"], span["high"]) for span in found["ranges"]] == [(500, None), (164, 164)]


def test_csv_is_given_with_its_header(capsys: Capture) -> None:
    for command, first in (("events", "event_id,category,"), ("claims", "claim_id,event_id,measure,")):
        status, out, _ = ask(capsys, command, "--format", "csv")
        assert (status, out.startswith(first)) == (0, True)


def test_check_counts_what_it_read(run_cli: RunCli) -> None:
    done = run_cli("geodata", "check", BUNDLED)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "29 events, 44 claims, 15 sources, 10 places\n"


def test_check_says_every_broken_rule_in_a_line(capsys: Capture, tmp_path: Path) -> None:
    path = copy(tmp_path / "data", "events.csv", "2022-01-06,2022-01-10", "2022-13-06,2022-01-10")
    status, out, err = ask(capsys, "check", str(path))
    assert (status, out) == (1, "")
    said = "'2022-13-06' is not a date (expected YYYY-MM-DD)."
    assert err.splitlines() == [f'events.csv, line {n}, column "date_start": {said}' for n in (3, 4, 13)]


@pytest.mark.parametrize("command", ["events", "claims"])
def test_data_with_problems_is_status_1_for_every_command(capsys: Capture, tmp_path: Path, command: str) -> None:
    path = copy(tmp_path / "data", "places.csv", "43.2525", "91")
    status, out, err = ask(capsys, command, "--data", str(path))
    assert (status, out) == (1, "")
    assert err == "places.csv, line 4, column \"lat\": '91' is out of range (expected -90 to 90 degrees).\n"


def test_the_wrong_command_is_told_before_the_wrong_data(capsys: Capture, tmp_path: Path) -> None:
    status, _, err = ask(capsys, "events", "--data", str(tmp_path), "--from", "2022-02-30")
    assert (status, err.startswith("Cannot read from")) == (2, True)


def test_out_writes_what_stdout_would_have_got_and_leaves_nothing_beside_it(capsys: Capture, tmp_path: Path) -> None:
    out = tmp_path / "events.csv"
    out.write_text("old", encoding="utf-8")
    _, expected, _ = ask(capsys, "events", "--format", "csv")
    assert ask(capsys, "events", "--format", "csv", "--out", str(out)) == (0, "", "")
    assert out.read_text(encoding="utf-8") == expected
    assert list(tmp_path.iterdir()) == [out]


def test_out_that_cannot_be_written_is_a_sentence(capsys: Capture, tmp_path: Path) -> None:
    status, _, err = ask(capsys, "events", "--out", str(tmp_path / "none" / "x.json"))
    assert (status, err.startswith("Cannot write "), err.count("\n")) == (1, True, 1)
    status, _, err = ask(capsys, "events", "--out", str(tmp_path))
    assert (status, err.startswith("Cannot write ")) == (1, True)
    assert list(tmp_path.iterdir()) == []


def geocode(capsys: Capture, *words: str) -> dict[str, Any]:
    status, out, err = ask(capsys, "geocode", *words)
    assert (status, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def test_geocode_finds_the_airfield_and_its_other_spellings(capsys: Capture) -> None:
    for name in ("Zhetygen", "Жетыген", "Jetigen"):
        found = geocode(capsys, name, "--country", "KZ", "--feature", "airfield")
        assert (found["query"], found["ambiguous"]) == (name, False)
        first = found["candidates"][0]
        assert (first["feature"], first["country"], first["precision"]) == ("airfield", "KZ", "site")
        assert (first["lon"], first["lat"]) == (77.1168, 43.733)


def test_geocode_gives_the_name_of_the_day(capsys: Capture) -> None:
    names = [geocode(capsys, "Astana", "--on", day)["candidates"][0]["name"] for day in ("2022-01-06", "2023-01-06")]
    assert names == ["Nur-Sultan", "Astana"]


def test_an_unknown_name_is_an_empty_list_and_status_1(capsys: Capture) -> None:
    status, out, err = ask(capsys, "geocode", "Xqzzvw")
    assert (status, json.loads(out)["candidates"]) == (1, [])
    assert err == "No place is known by the name 'Xqzzvw'.\n"


def test_a_reader_that_stops_early_hears_nothing() -> None:
    command = [sys.executable, "-m", "geodata", "events"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.close()
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")


def test_output_is_utf_8_whatever_the_locale() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "geodata", "events"],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "speaker’s" in done.stdout.decode("utf-8")


def test_help_loads_no_engine() -> None:
    code = "import sys, geodata.cli; print({'duckdb', 'ibis', 'pandas', 'pyproj', 'shapely'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
