"""The shape of the code: who may import whom, how long a module may be, what its text may name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.server import ROOT

# Top down: what stands on a floor imports from its own floor or a lower one.
FLOORS = (
    {"__main__", "cli", "export_cli"},
    {"batch"},
    {"live"},
    {"app"},
    {"ahead", "api", "callbacks", "exporting", "layout", "security"},
    {"cards", "controls", "export_dialog", "exports", "ledger", "legend", "progress", "table"},
    {"bundle", "film", "slides", "word"},
    {"account", "changes", "documents", "drawn", "figures", "flipbook", "multiples", "render", "report", "series"}
    | {"unsettled"},
    {"permalink", "zipped"},
    {"alike", "backdrop", "caption", "claims_panel", "page", "panels", "sharing", "table_panel", "timeline_panel"},
    {"claims_chart", "degrees", "furniture", "locator", "panel", "printing", "screen", "timeline"},
    {"view"},
    {"layers"},
    {"scene"},
    {"basemap", "direction", "ink", "lettering", "measure", "options", "placement", "projection", "sizes"}
    | {"symbols", "writing"},
    {"canvas", "charts", "ids", "theme"},
)
FLOOR_OF = {part: number for number, floor in enumerate(FLOORS) for part in floor}
NOT_IN_GEODATA = {"dash", "dash_ag_grid", "dash_mantine_components", "dashboard", "flask", "plotly"}
MAX_LINES = 350
MACHINE_PATH = re.compile(r"/(work|root|tmp|home)/[a-z]")
OUTSIDE = re.compile(r"https?://(?!www\.w3\.org/|purl\.org/dc/|127\.0\.0\.1|localhost)[\w.-]+")


def modules(package: str, root: Path = ROOT) -> dict[str, Path]:
    """Dotted name to file of every module of a package, `a.b.__init__` included."""
    files = (root / package).rglob("*.py")
    return {".".join(file.relative_to(root).with_suffix("").parts): file for file in files}


def imports(name: str, file: Path) -> Iterator[str]:
    """Dotted names imported anywhere in a module; `from a import b` gives `a` and `a.b`."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = name.split(".")[: -node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def arrows(root: Path = ROOT) -> dict[str, set[str]]:
    """Each part of dashboard (a module or a package such as `layers`) and the other parts it imports."""
    known = modules("dashboard", root)
    graph: dict[str, set[str]] = {part_of(name): set() for name in known}
    for name, file in known.items():
        targets = {part_of(target) for target in imports(name, file) if target.startswith("dashboard.")}
        graph[part_of(name)] |= targets & graph.keys() - {part_of(name)}
    return graph


def part_of(dotted: str) -> str:
    return dotted.split(".")[1]


def upward(graph: dict[str, set[str]]) -> list[str]:
    pairs = ((part, target) for part, targets in graph.items() for target in targets)
    return sorted(f"{a} -> {b}" for a, b in pairs if FLOOR_OF[b] < FLOOR_OF[a])


def texts(*patterns: str) -> dict[str, str]:
    """Path from the root to content of the files that match."""
    files = (file for pattern in patterns for file in ROOT.glob(pattern))
    return {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in files}


def code() -> dict[str, str]:
    return texts("dashboard/**/*.py", "geodata/**/*.py", "tests/**/*.py", "assets/*.*js")


def test_geodata_imports_nothing_that_draws_or_serves() -> None:
    found = modules("geodata")
    assert {"geodata.filter", "geodata.model", "geodata.store"} <= found.keys()
    assert [
        f"{name} -> {target}"
        for name, file in found.items()
        for target in imports(name, file)
        if target.split(".")[0] in NOT_IN_GEODATA
    ] == []


def test_every_part_of_dashboard_has_a_floor() -> None:
    assert arrows().keys() - FLOOR_OF.keys() <= {"__init__"}


def test_imports_of_dashboard_point_down() -> None:
    graph = arrows()
    assert {"cli", "app", "callbacks", "layout", "figures", "report", "canvas", "theme"} <= graph.keys()
    assert "callbacks" in graph["app"]
    assert "canvas" in graph["layers"]
    assert upward(graph) == []


def test_no_two_parts_of_dashboard_import_each_other() -> None:
    TopologicalSorter(arrows()).prepare()  # raises CycleError with the circle


@pytest.mark.parametrize(
    "text",
    [
        "import dashboard.cli",
        "from dashboard.cli import main",
        "from dashboard import cli",
        "from .cli import main",
    ],
)
def test_an_import_that_points_up_is_seen_however_it_is_written(tmp_path: Path, text: str) -> None:
    package = tmp_path / "dashboard"
    package.mkdir()
    (package / "cli.py").write_text("", encoding="utf-8")
    (package / "theme.py").write_text(f"def colour():\n    {text}\n", encoding="utf-8")
    assert upward(arrows(tmp_path)) == ["theme -> cli"]


def test_no_module_is_longer_than_350_lines() -> None:
    lengths = {name: text.count("\n") for name, text in code().items()}
    assert {
        "geodata/filter.py",
        "dashboard/canvas.py",
        "tests/test_imports.py",
        "assets/map.mjs",
        "assets/page.js",
    } <= lengths.keys()
    assert {name: lines for name, lines in lengths.items() if lines > MAX_LINES} == {}


def test_no_text_names_a_path_of_a_machine() -> None:
    read = code() | texts("Makefile", ".ci/*", "*.md", "*.toml", "*.txt", "assets/*.css", "docs/**/*.md")
    assert {"Makefile", ".ci/run", "README.md", "assets/style.css"} <= read.keys()
    assert {name: found.group() for name, text in read.items() if (found := MACHINE_PATH.search(text))} == {}


def test_nothing_served_names_another_host() -> None:
    served = texts("dashboard/**/*.py", "assets/*.*js", "assets/**/*.css")
    assert {"dashboard/layout.py", "assets/map.mjs", "assets/page.js", "assets/style.css"} <= served.keys()
    assert {name: found for name, text in served.items() if (found := OUTSIDE.findall(text))} == {}
