"""The English sentences that the code says in other languages, read from its text."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from geodata.language.language import CATALOGUES, CODES
from tests.server import ROOT

OTHERS = tuple(code for code in CODES if code != "en")


def catalogue(code: str) -> Catalog:
    """The catalogue of a language."""
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def said() -> dict[str | tuple[str, str], str]:
    """Each sentence (one, or that of one and that of many) said or marked in the code, and where."""
    found: dict[str | tuple[str, str], str] = {}
    for package in ("dashboard", "geodata"):
        for file in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    for words in _said_by(node):
                        found.setdefault(words, f"{file.relative_to(ROOT)}:{node.lineno}")
    return found


def _said_by(call: ast.Call) -> Iterator[str | tuple[str, str]]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if name in ("say", "phrase", "_joined") and texts:
        yield texts[0]
    elif name in ("count", "phrases") and len(texts) == 2:
        yield texts[0], texts[1]
