"""The shape of the code: who may import whom, how long a module may be, what its text may name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.server import ROOT

# Bottom up: a package or module imports from those before it. What is not listed must not exist.
ORDER = {
    "geodata": (
        *("dates", "errors", "phrases", "files", "reading", "places", "language", "area", "record", "filter"),
        *("importers", "store", "formats", "arguments", "terminal", "storing", "cli", "build", "__init__", "__main__"),
    ),
    "dashboard": (
        *("scene", "charts", "paper", "layers", "panels", "choice", "screen", "report", "export", "page", "intake"),
        *("server", "batch", "figures", "settings", "cli", "__init__", "__main__"),
    ),
}
MOST_MODULES = 12
NOT_IN_GEODATA = {"dash", "dash_ag_grid", "dash_mantine_components", "dashboard", "flask", "plotly"}
MAX_LINES = 350
MACHINE_PATH = re.compile(r"/(work|root|tmp|home)/[a-z]")
SCRIPTS = ("assets/*.js", "assets/map/*.mjs", "assets/page/*.js")
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


def upward(top: str, root: Path = ROOT) -> list[str]:
    """The imports of a top package that do not point down its `ORDER`, as "part -> part"."""
    place = {part: number for number, part in enumerate(ORDER[top])}
    pairs = {
        (name.split(".")[1], target.split(".")[1])
        for name, file in modules(top, root).items()
        for target in imports(name, file)
        if target.startswith(f"{top}.")
    }
    return sorted(f"{a} -> {b}" for a, b in pairs if a != b and b in place and place[b] > place[a])


def texts(*patterns: str) -> dict[str, str]:
    """Path from the root to content of the files that match."""
    files = (file for pattern in patterns for file in ROOT.glob(pattern))
    return {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in files}


def code() -> dict[str, str]:
    made_by_hand = ("geodata/build/plotly/*.js", "geodata/build/plotly/*.mjs", "tests/js/*.mjs")
    return texts("dashboard/**/*.py", "geodata/**/*.py", "tests/**/*.py", *SCRIPTS, *made_by_hand)


def test_geodata_imports_nothing_that_draws_or_serves() -> None:
    found = modules("geodata")
    assert {"geodata.filter", "geodata.record.model", "geodata.store.store"} <= found.keys()
    assert [
        f"{name} -> {target}"
        for name, file in found.items()
        for target in imports(name, file)
        if target.split(".")[0] in NOT_IN_GEODATA
    ] == []


@pytest.mark.parametrize("top", ORDER)
def test_imports_point_down(top: str) -> None:
    assert {name.split(".")[1] for name in modules(top)} == set(ORDER[top])
    assert upward(top) == []


@pytest.mark.parametrize("top", ORDER)
def test_no_two_modules_import_each_other(top: str) -> None:
    known = modules(top)
    TopologicalSorter(
        {name: set(imports(name, file)) & known.keys() - {name} for name, file in known.items()}
    ).prepare()


def test_no_package_holds_more_than_twelve_modules() -> None:
    folders = [folder for top in ORDER for folder in (ROOT / top).rglob("*") if (folder / "__init__.py").is_file()]
    assert len(folders) > 20
    sizes = {
        str(folder): len([file for file in folder.glob("*.py") if file.name != "__init__.py"]) for folder in folders
    }
    assert {folder: count for folder, count in sizes.items() if count > MOST_MODULES} == {}


@pytest.mark.parametrize(
    "text",
    [
        "import dashboard.cli",
        "from dashboard.cli import main",
        "from dashboard import cli",
        "from ..cli import main",
    ],
)
def test_an_import_that_points_up_is_seen_however_it_is_written(tmp_path: Path, text: str) -> None:
    package = tmp_path / "dashboard"
    (package / "scene").mkdir(parents=True)
    (package / "cli.py").write_text("", encoding="utf-8")
    (package / "scene" / "theme.py").write_text(f"def colour():\n    {text}\n", encoding="utf-8")
    assert upward("dashboard", tmp_path) == ["scene -> cli"]


def test_no_module_is_longer_than_350_lines() -> None:
    lengths = {name: text.count("\n") for name, text in code().items()}
    assert {
        "geodata/filter.py",
        "dashboard/scene/canvas.py",
        "tests/test_imports.py",
        "assets/map/map.mjs",
        "assets/page/answers.js",
        "assets/export.js",
        "tests/js/map.test.mjs",
    } <= lengths.keys()
    assert {name: lines for name, lines in lengths.items() if lines > MAX_LINES} == {}


def test_no_text_names_a_path_of_a_machine() -> None:
    read = code() | texts("Makefile", ".ci/*", "*.md", "*.toml", "*.txt", "assets/*.css", "docs/**/*.md")
    assert {"Makefile", ".ci/run", "README.md", "assets/style.css"} <= read.keys()
    assert {name: found.group() for name, text in read.items() if (found := MACHINE_PATH.search(text))} == {}


def test_nothing_served_names_another_host() -> None:
    served = texts("dashboard/**/*.py", *SCRIPTS, "assets/**/*.css")
    scripts = {"assets/map/map.mjs", "assets/page/answers.js", "assets/export.js"}
    assert {"dashboard/page/layout.py", "assets/style.css", *scripts} <= served.keys()
    assert {name: found for name, text in served.items() if (found := OUTSIDE.findall(text))} == {}
