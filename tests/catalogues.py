"""The English sentences that the code says in other languages, read from its text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from geodata.language.language import CATALOGUES, CODES
from tests.server import ROOT

Sentence = str | tuple[str, str]
OTHERS = tuple(code for code in CODES if code != "en")
SAY = ("say", "phrase", "page_phrase", "_joined")
COUNT = ("count", "phrases")
# What is said here, or marked with `page_phrase`, stands only on the page, in its charts and in hovers of the map file:
# a catalogue may have it later. Everything else is in all of them.
PAGE = ("dashboard/page/", "dashboard/intake/", "dashboard/screen/", "dashboard/scene/hovers.py")


def catalogue(code: str) -> Catalog:
    """The catalogue of a language."""
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def said() -> set[Sentence]:
    """Each sentence (one, or that of one and that of many) said or marked in the code."""
    return {words for words, _ in _marked()}


def said_in_figures() -> set[Sentence]:
    """Those that figures, commands and files say: all that is said outside the page, which every catalogue has."""
    return {words for words, of_page in _marked() if not of_page}


@cache
def _marked() -> frozenset[tuple[Sentence, bool]]:
    """Each sentence wherever it is said or marked, and whether that is where only the page and the map file say it."""
    return frozenset(_read())


def _read() -> Iterator[tuple[Sentence, bool]]:
    for package in ("dashboard", "geodata"):
        for file in sorted((ROOT / package).rglob("*.py")):
            of_page = file.relative_to(ROOT).as_posix().startswith(PAGE)
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    name = name_of(node)
                    for words in _said_by(name, node):
                        yield words, of_page or name == "page_phrase"


def name_of(call: ast.Call) -> str:
    """The name of what is called, without that of its object."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _said_by(name: str, call: ast.Call) -> Iterator[Sentence]:
    texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if name in SAY and texts:
        yield texts[0]
    elif name in COUNT and len(texts) == 2:
        yield texts[0], texts[1]
