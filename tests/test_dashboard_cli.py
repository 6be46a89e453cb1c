"""`python -m dashboard`: what it says, what it writes and the status it leaves with."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dashboard.export.formats import suffixes
from tests.server import ROOT, free_port

if TYPE_CHECKING:
    from tests.conftest import RunCli

ZIP = b"PK\x03\x04"
MAGIC = {"svg": b"<?xml", "pdf": b"%PDF-", "png": b"\x89PNG\r\n", "zip": ZIP, "docx": ZIP, "pptx": ZIP}


@pytest.mark.parametrize("suffix", MAGIC)
def test_the_suffix_says_the_format_of_the_figure(
    run_cli: RunCli, call_cli: RunCli, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"map.{suffix}"
    call = run_cli if suffix == "svg" else call_cli  # one of them as its users do
    done = call("dashboard", "export", out, "--size", "column", "--from=2022-01-06")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert out.read_bytes().startswith(MAGIC[suffix])
    assert [file.name for file in tmp_path.iterdir()] == [out.name]


def test_a_figure_with_nothing_on_it_is_drawn_and_told(call_cli: RunCli, tmp_path: Path) -> None:
    done = call_cli("dashboard", "export", tmp_path / "map.svg", "--q", "no event says this")
    assert done.returncode == 0
    assert "No events match" in done.stderr
    assert "No events match" in (tmp_path / "map.svg").read_text()


def test_an_option_takes_its_value_with_an_equals_sign_or_a_blank(call_cli: RunCli, tmp_path: Path) -> None:
    one, two = tmp_path / "1.svg", tmp_path / "2.svg"
    assert call_cli("dashboard", "export", one, "--bbox", "-10,30,120,60", "--made-on", "2022-02-01").returncode == 0
    assert call_cli("dashboard", "export", two, "--bbox=-10,30,120,60", "--made-on=2022-02-01").returncode == 0
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["map.exe"], ", ".join(suffixes())),
        (["map"], ".svg, .pdf, .png"),
        (["map.svg", "--from", "2022-02-30"], "2022-02-30"),
        (["map.svg", "--from", "2022-01-09", "--to", "2022-01-06"], "backwards"),
        (["map.svg", "--size", "huge"], "A4-landscape"),
        (["map.svg", "--theme", "neon"], "neon"),
        (["map.svg", "--layers", "roads"], "roads"),
        (["map.svg", "--colour", "red"], "--colour"),
        (["map.svg", "--siz", "A4"], "--siz"),
        (["map.svg", "--made-on", "today"], "today"),
        (["no/such/folder/map.svg"], "folder"),
        ([], "OUT"),
    ],
)
def test_a_wrong_export_is_refused_with_status_2_and_writes_nothing(
    call_cli: RunCli, tmp_path: Path, words: list[str], said: str
) -> None:
    paths = [tmp_path / word if number == 0 else word for number, word in enumerate(words)]
    done = call_cli("dashboard", "export", *paths)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [["nowhere"], ["export", "map.svg", "--data", "nowhere"]])
def test_data_that_is_not_there_is_a_problem_of_status_1(run_cli: RunCli, words: list[str]) -> None:
    done = run_cli("dashboard", *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (ROOT / "map.svg").exists()


def test_an_older_figure_stays_when_the_new_one_cannot_be_drawn(call_cli: RunCli, tmp_path: Path) -> None:
    out = tmp_path / "map.svg"
    out.write_text("the old one")
    assert call_cli("dashboard", "export", out, "--data", tmp_path / "nowhere").returncode == 1
    assert out.read_text() == "the old one"


def test_help_names_every_size_and_every_format(call_cli: RunCli) -> None:
    done = call_cli("dashboard", "export", "--help")
    words = re.sub(r"\s+", " ", done.stdout.replace("-\n", "-"))
    assert done.returncode == 0
    for name in ("A4", "A4-landscape", "Letter", "column", "slide", "square", *(f".{suffix}" for suffix in MAGIC)):
        assert re.sub(r"\s", "", name) in words.replace("- ", "-")


def test_a_port_in_use_is_told_in_one_sentence(run_cli: RunCli) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run_cli("dashboard", "--port", port)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(rf"Cannot listen on 127\.0\.0\.1:{port}: .*\n", done.stderr)


@pytest.mark.parametrize("words", [["--port", "x"], ["--nope"], ["--port", "99999999999"]])
def test_a_wrong_way_to_serve_is_refused(run_cli: RunCli, words: list[str]) -> None:
    done = run_cli("dashboard", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_the_server_says_when_it_is_ready_and_stops_quietly_on_ctrl_c() -> None:
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "dashboard", "--port", str(port)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        # a shell that runs the tests in the background ignores Ctrl-C, and so would the server
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 (no thread forks here)
    )  # fmt: skip
    try:
        assert server.stdout is not None
        assert server.stdout.readline() == f"Sitrep Map is ready at http://127.0.0.1:{port}\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            assert answer.status == 200
        server.send_signal(signal.SIGINT)
        rest, words = server.communicate(timeout=20)
        assert (server.returncode, rest, words) == (0, "", "")
    finally:
        server.kill()
        server.communicate()
