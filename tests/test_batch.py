"""A batch file: all figures of a report in one run, checked first, and only what changed is made again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard import cli
from tests.figures import svg_words
from tests.server import ROOT

Run = Callable[[], tuple[int, list[str]]]

BATCH = """
[defaults]
data = "my data"
size = "75x75mm"
made_on = 2026-01-02

[[figures]]
out = "figures/clashes.svg"
categories = ["clash"]

[[figures]]
out = "figures/days.svg"
from = 2022-01-06
to = "2022-01-07"
each = "day"
"""
FILES = ["figures/clashes.svg", "figures/days-2022-01-06.svg", "figures/days-2022-01-07.svg"]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A batch file in a folder with a copy of the bundled data and a folder for the figures."""
    shutil.copytree(ROOT / "geodata/data/kazakhstan-2022", tmp_path / "my data")
    (tmp_path / "figures").mkdir()
    path = tmp_path / "report.toml"
    path.write_text(BATCH, encoding="utf-8")
    return path


@pytest.fixture
def run(report: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the batch; its status and the lines that it told."""

    def told() -> tuple[int, list[str]]:
        try:
            status = cli.main(["export", "--batch", str(report)])
        except SystemExit as left:
            status = int(left.code or 0)
        printed = capsys.readouterr()
        assert printed.out == ""
        return status, printed.err.splitlines()

    return told


def made(report: Path) -> list[str]:
    return sorted(file.relative_to(report.parent).as_posix() for file in report.parent.glob("figures/*"))


def test_one_run_makes_all_figures_and_says_so(run: Run, report: Path) -> None:
    status, lines = run()
    assert status == 0
    assert lines == [*(f"made {file}" for file in FILES), "made 3, unchanged 0, failed 0"]
    assert made(report) == FILES
    assert "clash · showing 6 of 29 events" in svg_words((report.parent / FILES[0]).read_bytes())
    assert sorted(path.name for path in report.parent.iterdir()) == [
        "figures", "my data", "report.lock.json", "report.toml",
    ]  # fmt: skip


def test_a_figure_of_a_batch_is_that_of_the_command(run: Run, report: Path, tmp_path: Path) -> None:
    run()
    out = tmp_path / "alone.svg"
    data = str(report.parent / "my data")
    words = ["--data", data, "--categories=clash", "--size=75x75mm", "--made-on=2026-01-02"]
    assert cli.main(["export", str(out), *words]) == 0
    assert out.read_bytes() == (report.parent / FILES[0]).read_bytes()


def test_a_second_run_makes_nothing_again(run: Run, report: Path) -> None:
    run()
    before = {file: (report.parent / file).stat().st_mtime_ns for file in FILES}
    status, lines = run()
    assert status == 0
    assert lines == [*(f"unchanged {file}" for file in FILES), "made 0, unchanged 3, failed 0"]
    assert {file: (report.parent / file).stat().st_mtime_ns for file in FILES} == before


def test_an_option_remakes_its_figure_alone(run: Run, report: Path) -> None:
    run()
    report.write_text(BATCH.replace('categories = ["clash"]', 'categories = ["clash"]\ntheme = "dark"'))
    assert run()[1][-1] == "made 1, unchanged 2, failed 0"
    assert run()[1][-1] == "made 0, unchanged 3, failed 0"


def test_a_change_of_the_data_remakes_every_figure(run: Run, report: Path) -> None:
    run()
    events = report.parent / "my data/events.csv"
    events.write_text(events.read_text(encoding="utf-8").replace("Almaty airport seized", "Airport of Almaty seized"))
    assert run()[1][-1] == "made 3, unchanged 0, failed 0"


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_text("edited")], ids=["deleted", "edited"])
def test_a_file_that_is_gone_or_edited_is_made_again_as_it_was(
    run: Run, report: Path, harm: Callable[[Path], object]
) -> None:
    run()
    file = report.parent / FILES[2]
    before = file.read_bytes()
    harm(file)
    status, lines = run()
    assert (status, lines[-1]) == (0, "made 1, unchanged 2, failed 0")
    assert f"made {FILES[2]}" in lines
    assert file.read_bytes() == before


def test_unchanged_figures_keep_the_day_they_were_made_on(run: Run, report: Path) -> None:
    report.write_text(BATCH.replace("made_on = 2026-01-02\n", ""))
    run()
    assert run()[1][-1] == "made 0, unchanged 3, failed 0"
    report.write_text(BATCH.replace("2026-01-02", "2026-01-03"))
    assert run()[1][-1] == "made 3, unchanged 0, failed 0"


def test_a_ledger_that_cannot_be_read_is_as_none(run: Run, report: Path) -> None:
    run()
    for text in ("", "{", "[]", '{"files": 3}', '{"files": {"figures/clashes.svg": []}}'):
        report.with_suffix(".lock.json").write_text(text)
        assert run()[1][-1] == "made 3, unchanged 0, failed 0", text


def test_the_ledger_has_no_paths_of_the_machine_and_forgets_what_is_no_longer_asked_for(run: Run, report: Path) -> None:
    run()
    ledger = report.with_suffix(".lock.json")
    assert list(json.loads(ledger.read_text())["files"]) == FILES
    report.write_text(BATCH.partition('[[figures]]\nout = "figures/days')[0])
    assert run()[1][-1] == "made 0, unchanged 1, failed 0"
    assert list(json.loads(ledger.read_text())["files"]) == FILES[:1]


def test_a_figure_that_fails_is_told_and_the_others_are_made(run: Run, report: Path) -> None:
    crowded = '[[figures]]\nout = "figures/crowd.svg"\neach = "day"\narrange = "page"\n\n'
    nothing = '[[figures]]\nout = "figures/none.gif"\neach = "week"\nq = "no event says this"\n\n'
    report.write_text(BATCH.replace("[[figures]]", f"{crowded}{nothing}[[figures]]", 1))
    status, lines = run()
    assert status == 1
    assert lines[0].startswith("failed figures/crowd.svg: 25 maps")
    assert lines[1].startswith("failed figures/none.gif: No events match")
    assert lines[-1] == "made 3, unchanged 0, failed 2"
    assert made(report) == FILES


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour = 1\n" + BATCH, ["report.toml, key 'colour'"]),
        (BATCH.replace("size =", "sise ="), ["report.toml, defaults, key 'sise'", "size"]),
        (BATCH.replace('size = "75x75mm"', 'out = "a.svg"'), ["defaults, key 'out'"]),
        (BATCH.replace('each = "day"', 'each = "month"'), ["figure 2 (figures/days.svg), key 'each'", "month"]),
        (
            BATCH.replace('each = "day"', "each = {a = 1}"),
            ["figure 2 (figures/days.svg), key 'each'", "expected a text"],
        ),
        (BATCH.replace('each = "day"', "dpi = true"), ["figure 2", "key 'dpi'"]),
        (BATCH.replace("from = 2022-01-06", "from = 2022-01-06T10:00:00"), ["figure 2", "key 'from'"]),
        (BATCH.replace("from = 2022-01-06", "from = 2022-01-09"), ["figure 2", "backwards"]),
        (BATCH.replace('out = "figures/days.svg"', ""), ["figure 2", "key 'out'", "missing"]),
        (BATCH.replace("days.svg", "days.exe"), ["figure 2 (figures/days.exe), key 'out'", ".svg"]),
        (BATCH.replace("figures/days.svg", "nowhere/days.svg"), ["figure 2", "folder does not exist"]),
        (BATCH.replace("clashes.svg", "Days-2022-01-06.svg"), ["figure 2", "days-2022-01-06.svg", "figure 1"]),
        (BATCH.replace('each = "day"', 'arrange = "page"'), ["figure 2", "key 'arrange'"]),
        (BATCH.replace("days.svg", "days.gif").replace('each = "day"', ""), ["figure 2", "key 'each'"]),
        (BATCH + 'v = "000000000000"\n', ["figure 2", "key 'v'", "updated"]),
        ("[defaults]\nsize = 'A4'\n", ["key 'figures'"]),
        ("figures = 3", ["key 'figures'"]),
        ("defaults = 3\n[[figures]]\nout='a.svg'", ["key 'defaults'"]),
        ("size = \n", ["report.toml", "line 1"]),
        ("\x00", ["report.toml"]),
    ],
)
def test_a_mistake_in_the_file_is_told_by_figure_and_key_and_nothing_is_drawn(
    run: Run, report: Path, text: str, said: list[str]
) -> None:
    report.write_text(text)
    status, lines = run()
    assert status == 2
    for words in said:
        assert words in "\n".join(lines)
    assert made(report) == []
    assert not report.with_suffix(".lock.json").exists()


def test_every_mistake_is_told_at_once(run: Run, report: Path) -> None:
    report.write_text(BATCH.replace('each = "day"', 'each = "month"\ncolour = "red"').replace('clash"]', 'riot"]'))
    status, lines = run()
    assert status == 2
    assert [line.partition(":")[0] for line in lines] == [
        "report.toml, figure 1 (figures/clashes.svg), key 'categories'",
        "report.toml, figure 2 (figures/days.svg), key 'each'",
        "report.toml, figure 2 (figures/days.svg), key 'colour'",
    ]


def test_data_that_is_not_there_is_a_problem_of_status_1(run: Run, report: Path) -> None:
    report.write_text(BATCH.replace("my data", "elsewhere"))
    status, lines = run()
    assert status == 1
    assert "elsewhere" in " ".join(lines)
    assert made(report) == []


def test_a_batch_file_that_is_not_there_and_options_beside_it_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["export", "--batch", str(tmp_path / "none.toml")]) == 1
    assert "none.toml" in capsys.readouterr().err
    for more in (["map.svg"], ["--size", "A4"]):
        with pytest.raises(SystemExit) as left:
            cli.main(["export", "--batch", str(tmp_path / "none.toml"), *more])
        assert left.value.code == 2
        assert "drop" in capsys.readouterr().err


def test_on_a_terminal_a_bar_says_how_many_are_done(report: Path) -> None:
    import os  # noqa: PLC0415
    import subprocess  # noqa: PLC0415
    import sys  # noqa: PLC0415

    pty = pytest.importorskip("pty", reason="a system without pseudo-terminals")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "dashboard", "export", "--batch", str(report)]
    done = subprocess.run(command, cwd=ROOT, stderr=theirs, stdout=subprocess.PIPE, timeout=120, check=False)
    os.close(theirs)
    shown = b""
    while b"failed 0" not in shown:
        shown += os.read(ours, 65_536)
    os.close(ours)
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"3/3" in shown
    assert b"made figures" not in shown
