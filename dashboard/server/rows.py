"""The rows of the page's table: a block at a time, sorted in the store, and where in them an event is."""

from __future__ import annotations

from flask import Flask, Response, jsonify, request

from dashboard.choice.view import View
from dashboard.page.table import BLOCK, rows
from dashboard.scene.scene import Scene
from geodata.errors import ChoiceError
from geodata.filter import Filter
from geodata.language.language import Language
from geodata.reading import one_of
from geodata.store.result import SORTED_BY, Result
from geodata.store.store import Store


def register(server: Flask, store: Store, language: Language) -> None:
    """Add the routes to a Flask app. They take the keys of a filter, `order` and `descending`, and what they are
    about; ChoiceError is answered by the app's error handlers."""

    @server.get("/rows.json")
    def block() -> Response:
        """How many rows there are, and `BLOCK` of them from `start` on."""
        query = request.args.to_dict()
        start = read_start(query.pop("start", "0"))
        result, order, descending = asked(query)
        page = result.page(start, BLOCK, order, descending=descending)
        return jsonify(count=result.count, rows=rows(Scene(store, page, View().layers, language)))

    @server.get("/row.json")
    def row() -> Response:
        """The number of the row of an event, null where the filter hides it."""
        query = request.args.to_dict()
        event = query.pop("event", "")
        result, order, descending = asked(query)
        return jsonify(at=result.position(event, order, descending=descending))

    def asked(query: dict[str, str]) -> tuple[Result, str, bool]:
        order = one_of(SORTED_BY)("order", query.pop("order", "record"))
        descending = one_of(("0", "1"))("descending", query.pop("descending", "0")) == "1"
        return store.query(Filter.parse(**query)), order, descending


def read_start(text: str) -> int:
    """The number of a row, from 0; ChoiceError for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise ChoiceError("start", f"Cannot read start: {text[:80]!r} is no number of a row (expected 0 or more).")
    return int(text)
