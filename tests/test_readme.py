"""The README keeps what it promises: its tables are those of the code, its commands run and print what it shows."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from dashboard import cli as dashboard_cli
from dashboard.choice.sizes import SIZES
from dashboard.choice.view import VIEW_FIELDS
from dashboard.layers import LAYERS
from dashboard.scene.theme import PALETTES
from geodata import cli as geodata_cli
from geodata.dates import say_day
from geodata.importers.folder import COLUMNS
from geodata.record.model import CATEGORIES, GEO_PRECISIONS, MEASURES, QUALIFIERS, STATUSES
from tests.bench import imports, store
from tests.reference import PAGES as TABLES
from tests.reference import filled
from tests.server import ROOT, serving

if TYPE_CHECKING:
    from flask.testing import FlaskClient

PAGES = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in ("README.md", "dashboard/README.md", "geodata/README.md")
}
README = PAGES["README.md"]
ALL = "\n".join(PAGES.values())
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {"geodata": geodata_cli.main, "dashboard": dashboard_cli.main}
EXAMPLE = re.compile(r"^\$ (.+)\n((?:(?!\$ |```).*\n)*)", re.MULTILINE)

Example = tuple[list[str], str]


def section(title: str) -> str:
    return ALL.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def rows(title: str) -> list[list[str]]:
    """The rows of a section's tables, cell by cell, without heads and rules."""
    lines = [line for line in section(title).splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def examples() -> list[Example]:
    """Every command of a console block as words, with what is shown under it."""
    blocks = re.findall(r"^```console\n(.*?)^```", ALL, re.DOTALL | re.MULTILINE)
    return [(shlex.split(command), shown) for block in blocks for command, shown in EXAMPLE.findall(block)]


def shows(shown: str, printed: str) -> bool:
    """Whether a text is the one shown, in which "..." stands for anything."""
    pattern = ".*".join(re.escape(part) for part in shown.rstrip("\n").split("..."))
    return re.fullmatch(pattern, printed.rstrip("\n"), re.DOTALL) is not None


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the bundled data where the examples look for it, and a copy of it as my-data."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "geodata").symlink_to(ROOT / "geodata")
    shutil.copytree(ROOT / "geodata/data/kazakhstan-2022", tmp_path / "my-data")
    return tmp_path


@pytest.mark.parametrize(
    "words",
    ["make run", "make test", "assets/screenshot.png", "pip install -r requirements.txt && python -m dashboard"],
)
def test_the_readme_opens_with_what_one_runs_and_sees(words: str) -> None:
    assert words in README.partition("\n## ")[0]


@pytest.mark.parametrize("command", ["dashboard export", "geodata events", "geodata claims", "geodata geocode"])
def test_every_command_has_an_example(command: str) -> None:
    assert command.split() in [words[2:4] for words, _ in examples()]


@pytest.mark.parametrize("page", TABLES)
def test_the_tables_of_keys_options_formats_and_settings_are_those_of_the_code(page: str) -> None:
    assert filled(PAGES[page], TABLES[page]) == PAGES[page]


@pytest.mark.parametrize("word", [*VIEW_FIELDS, *LAYERS, *PALETTES, *SIZES])
def test_every_view_key_layer_theme_and_size_is_named(word: str) -> None:
    assert re.search(rf"(?<!\w){re.escape(word)}(?!\w)", section("Figure options"))


@pytest.mark.parametrize("word", [*CATEGORIES, *GEO_PRECISIONS, *MEASURES, *QUALIFIERS, *STATUSES])
def test_every_word_that_a_cell_may_hold_is_named(word: str) -> None:
    assert f"`{word}`" in section("A data folder")


def test_the_columns_of_the_tables_are_those_that_are_read() -> None:
    expected = {f"`{file}`": ", ".join(columns) for file, columns in COLUMNS.items()}
    assert dict(rows("A data folder")) == expected


@pytest.mark.parametrize("example", [e for e in examples() if e[0][:1] == ["python"]], ids=lambda e: " ".join(e[0][2:]))
def test_every_command_runs_with_status_0_and_prints_what_is_shown(
    folder: Path, capfd: pytest.CaptureFixture[str], example: Example
) -> None:
    words, shown = example
    python, dash_m, module, *rest = words
    assert (python, dash_m) == ("python", "-m")
    if module == "dashboard" and rest[:1] != ["export"]:
        own = [str(folder / word) if (folder / word).exists() else word for word in rest]
        with serving([sys.executable, "-m", module, *own]):
            return
    assert COMMANDS[module](rest) == 0
    printed = capfd.readouterr()
    assert shows(shown, printed.out + printed.err)
    if rest[0] == "export":
        out = folder / rest[1]
        made = [*folder.glob(f"{out.stem}-*{out.suffix}")] if "made" in shown else [out]
        assert made and min(file.stat().st_size for file in made) > 0


def test_other_commands_in_the_examples_are_the_copy_that_the_tests_make_too() -> None:
    others = [words for words, _ in examples() if words[0] != "python"]
    assert others == [["cp", "-r", "geodata/data/kazakhstan-2022", "my-data"]]


def test_the_batch_file_makes_what_it_says(folder: Path) -> None:
    (text,) = re.findall(r"^```toml\n(.*?)^```", section("A batch file"), re.DOTALL | re.MULTILINE)
    (folder / "report.toml").write_text(text, encoding="utf-8")
    assert dashboard_cli.main(["export", "--batch", "report.toml"]) == 0
    days = [f"days-2022-01-0{day}.svg" for day in range(6, 10)]
    assert sorted(file.name for file in folder.glob("*.*")) == [
        *days,
        "overview.pdf",
        "report.lock.json",
        "report.toml",
    ]


def test_a_broken_rule_is_told_as_it_is_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    places = folder / "my-data/places.csv"
    text = places.read_text(encoding="utf-8")
    assert "Geneva,6.1457,46.2022," in text
    places.write_text(text.replace("Geneva,6.1457,46.2022,", "Geneva,6.1457,91,"), encoding="utf-8")
    assert geodata_cli.main(["check", "my-data"]) == 1
    assert f"```text\n{capsys.readouterr().err}```" in ALL


@pytest.mark.parametrize("address", [cell for row in rows("Over HTTP") for cell in re.findall(r"`(/[^`]+)`", row[0])])
def test_every_address_answers(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("target", re.findall(r"\bmake (\w+)\b(?=`|  )", ALL))
def test_every_make_target_is_there(target: str) -> None:
    assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)


LINKS = [(page, link) for page, text in PAGES.items() for link in re.findall(r"\]\((?!https?:)([^)#]+)", text)]


@pytest.mark.parametrize(("page", "link"), LINKS)
def test_every_link_within_the_repository_leads_to_a_file(page: str, link: str) -> None:
    assert ((ROOT / page).parent / link).is_file()


@pytest.mark.parametrize("part", [imports, store])
def test_the_tables_of_speed_are_those_of_the_last_measurement(part: ModuleType) -> None:
    measured = json.loads(part.RESULTS.read_text(encoding="utf-8"))
    page = PAGES["geodata/README.md"]
    assert part.summary(measured) in page
    assert measured["machine"] in page and say_day(date.fromisoformat(measured["made_on"])) in page
