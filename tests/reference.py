"""The tables of the reference pages, made from the code's tables: `python -m tests.reference` writes them anew."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dashboard.choice.request import figure_keys
from dashboard.export.formats import FORMATS
from dashboard.settings import SETTINGS
from geodata.filter import FIELDS
from geodata.formats.catalogue import FORMATS as EVENT_FORMATS
from tests.server import ROOT

# The tables of each page, by the name of the comments around them.
PAGES = {
    "dashboard/README.md": ("settings", "formats", "filter keys", "figure keys"),
    "geodata/README.md": ("event formats",),
}


def option(key: str) -> str:
    return f"`--{key.replace('_', '-')}`"


def tables() -> dict[str, str]:
    """Each table as Markdown, by the name of the comments around it."""
    settings = ((option(name), f"`{each.variable}`", each.default, each.help) for name, each in SETTINGS.items())
    formats = ((f"`.{name}`", each.label, each.makes, each.about) for name, each in FORMATS.items())
    events = (
        (f"`{name}`", f"`.{each.suffix or 'csv'}`", each.says, each.cannot or "nothing")
        for name, each in EVENT_FORMATS.items()
    )
    return {
        "event formats": table(("`--format`", "file", "has", "leaves out"), events),
        "settings": table(("option", "environment", "default", "says"), settings),
        "formats": table(("suffix", "name", "makes a", "about"), formats),
        "filter keys": table(("key", "option", "keeps"), ((f"`{k}`", option(k), f.help) for k, f in FIELDS.items())),
        "figure keys": table(("key", "option", "says"), ((f"`{k}`", option(k), h) for k, h in figure_keys().items())),
    }


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    head = tuple(head)
    lines = [f"| {' | '.join(cells)} |".replace("  |", " |") for cells in (head, *rows)]
    return "\n".join([lines[0], "|---" * len(head) + "|", *lines[1:]])


def filled(page: str, names: Iterable[str]) -> str:
    """A page with its tables as the code has them."""
    made = tables()
    for name in names:
        text = made[name]
        mark = f"<!-- {name} -->"
        page, found = re.subn(f"{mark}\n.*?{mark}", lambda _, m=mark, t=text: f"{m}\n{t}\n{m}", page, flags=re.DOTALL)
        assert found == 1, f"{mark} must stand twice in the page, around a table"
    return page


if __name__ == "__main__":
    for page, names in PAGES.items():
        path = ROOT / page
        path.write_text(filled(path.read_text(encoding="utf-8"), names), encoding="utf-8")
