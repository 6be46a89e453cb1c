"""Plain HTTP beside the page: health, the data as the commands give it, and the figure by address."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from flask import Flask, Response, request

from dashboard.choice.address import parse_query
from dashboard.choice.request import FigureRequest
from dashboard.export.files import draw_file
from dashboard.export.formats import FORMATS
from geodata.errors import ChoiceError
from geodata.formats import text as texts
from geodata.formats.catalogue import FORMATS as EVENT_FORMATS
from geodata.formats.catalogue import asked_of, check_options, check_size
from geodata.formats.rejects import rejects_csv
from geodata.reading import one_of

if TYPE_CHECKING:
    from geodata.store.result import Result
    from geodata.store.store import Store


def register(server: Flask, store: Store, problems: Callable[[], Sequence[str]]) -> None:
    """Add the routes to a Flask app. ChoiceError and DataError are answered by the app's error handlers."""

    @server.get("/healthz")
    def healthz() -> Response:
        health = {
            "status": "away" if store.away else "ok",
            "version": store.version,
            "events": store.size,
            "problems": [*problems()],
            "away": store.away,
        }
        return _file(json.dumps(health), "application/json", "")

    def add(name: str, answer: Callable[[], Response]) -> None:
        server.add_url_rule(f"/api/{name}", f"api.{name.replace('.', '-')}", answer, methods=["GET"])

    def events(kind: str) -> Response:
        query, format = _query(), EVENT_FORMATS[kind]
        hxl = one_of(("0", "1"))("hxl", query.pop("hxl", "0")) == "1"
        geoparquet = query.pop("geoparquet", None)
        check_options(kind, hxl=hxl, geoparquet=geoparquet)
        # A page's address may be pasted here: its view keys are read, and say nothing about the data.
        where, _ = parse_query(query)
        result = store.query(where)
        check_size(kind, result.count)
        pieces = format.write(asked_of(store, result, hxl=hxl, geoparquet=geoparquet))
        if not format.is_text:  # made as a whole before its first piece, so that a refusal has its status
            pieces = chain([next(pieces)], pieces)
        return _file(pieces, format.media_type, f"events.{format.suffix}")

    for kind, format in EVENT_FORMATS.items():
        if format.suffix:
            add(f"events.{format.suffix}", partial(events, kind))

    def claims(name: str, media_type: str, write: Callable[[Result, str], Iterable[str]]) -> Response:
        query = _query()
        measure = query.pop("measure", "")
        where, _ = parse_query(query)
        pieces = write(store.query(where), measure)
        return _file((piece.encode() for piece in pieces), media_type, name)

    for name, media_type, write in (
        ("claims.json", "application/json", texts.claims_json),
        ("claims.csv", "text/csv; charset=utf-8", texts.claims_csv),
    ):
        add(name, partial(claims, name, media_type, write))

    @server.get("/api/rejects.csv")
    def rejects() -> Response:
        return _file(rejects_csv(store.rejected()), "text/csv; charset=utf-8", "rejects.csv")

    @server.get("/api/total")
    def total() -> Response:
        query = _query()
        measure = query.pop("measure", "")
        where, _ = parse_query(query)
        return _file(texts.total_json(store, where, measure), "application/json", "")

    @server.get(f"/export/map.<any({', '.join(FORMATS)}):kind>")
    def figure(kind: str) -> Response:
        drawn = draw_file(store, FigureRequest.parse(_query(), kind))
        return _file(drawn, FORMATS[kind].media_type, f"sitrep-map.{kind}", inline=FORMATS[kind].inline)


def _query() -> dict[str, str]:
    query = request.args.to_dict(flat=False)
    for key, values in query.items():
        if len(values) > 1:
            raise ChoiceError(key, f"The key {key[:80]!r} stands {len(values)} times (expected once).")
    return {key: values[0] for key, values in query.items()}


def _file(content: str | bytes | Iterable[bytes], kind: str, name: str, *, inline: bool = False) -> Response:
    response = Response(content, content_type=kind)
    if name:
        response.headers.set("Content-Disposition", "inline" if inline else "attachment", filename=name)
    return response
