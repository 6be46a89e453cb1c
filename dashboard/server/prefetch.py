"""Prefetch for the "as known on" slider: the marks of the neighbouring days, sent before the reader gets there."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask, Response, request

from dashboard.choice.address import parse_link
from dashboard.choice.view import View
from dashboard.page.filters import stop_of
from dashboard.scene.scene import Scene
from dashboard.screen.drawn import are_few, drawn_anywhere
from dashboard.screen.maplibre import Screen
from dashboard.screen.marks import marks_of
from geodata.filter import Filter
from geodata.language.language import Language
from geodata.store.store import Store

AROUND = 15  # stops on either side: an answer takes some 5 ms for each


def register(server: Flask, store: Store, language: Language) -> None:
    """Add the route to a Flask app. It reads a link as the page does: without what cannot be read."""

    @server.get("/marks-ahead.json")
    def marks_ahead() -> Response:
        """Marks by the slider's stop, for the choice of a link; its `as_of` is the middle."""
        where, view, _ = parse_link(request.args.to_dict())
        days = (*store.news_days, None)
        middle = stop_of(where.as_of, store.news_days)
        near = range(max(middle - AROUND, 0), min(middle + AROUND + 1, len(days)))
        where = where.changed(v=None)
        if not are_few(store.query(where)):  # those in view are asked for, when the hand rests
            near = range(0)
        found = {stop: marks(store, where.changed(as_of=days[stop]), view, language) for stop in near}
        # keys in the order of the page's own answers, so that the page can see that marks are the same
        return Response(json.dumps(found), content_type="application/json")


def marks(store: Store, where: Filter, view: View, language: Language) -> dict[str, Any]:
    """What the map shows of a choice, without marks where there are too many; the light theme if the view has none."""
    scene = Scene(store, drawn_anywhere(store.query(where)), view.layers, language, view.event, view.chart)
    theme = view.theme or "light"
    return marks_of(Screen.of(scene, theme), theme, None)
