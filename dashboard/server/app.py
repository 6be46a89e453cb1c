"""The web application: one Dash app over one store, nothing shared with a second one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from dash import Dash
from flask import Flask, Response, request
from werkzeug.exceptions import NotFound

from dashboard.intake import dialog, routes
from dashboard.page import callbacks, export_dialog, index, layout
from dashboard.server import api, errors, prefetch, rows, security, tallies
from dashboard.server.files import (
    A_DAY,
    A_YEAR,
    ASSETS,
    COMPRESSED,
    LASTING,
    REVALIDATE,
    BundleCache,
    bundle,
    serve_files,
)
from geodata.language.language import ENGLISH

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.intake.jobs import Intake
    from geodata.store.store import Store


# The page speaks English whatever the `lang` of its link, as no catalogue has its words yet.
PAGE_LANGUAGE = ENGLISH


def create_app(
    store: Store,
    *,
    hosts: Iterable[str] = (),
    problems: Callable[[], Sequence[str]] = tuple,
    intake: Intake | None = None,
    can_settle: bool = False,
    cache: Path | None = None,
) -> Dash:
    """The app over `store`, ready for its first request. It answers under loopback names and `hosts`.

    `problems` says what is wrong with the data on disk now, where `store` is its last good state. `intake`
    takes the files that readers add; without it they may not. `can_settle` lets them settle names of places too. In the
    folder `cache` what takes long to be made is kept for the next start.
    """
    server = Flask("dashboard", static_folder=None)
    # "//evil.example" must not become a redirect
    server.url_map.merge_slashes = False
    server.json = security.StrictJson(server)
    server.config.update(
        MAX_CONTENT_LENGTH=security.MAX_BODY_BYTES,
        COMPRESS_MIMETYPES=COMPRESSED,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_ALGORITHM_STREAMING=["br"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_STREAMING_ENDPOINT_CONDITIONAL=["_dash_assets.static", "basemap", "glyphs"],
        COMPRESS_CACHE_BACKEND=BundleCache,
        COMPRESS_CACHE_KEY=bundle,
    )
    app = LeanDash(
        "dashboard",
        server=server,  # type: ignore[arg-type] # a Flask app is documented
        title="Sitrep Map",
        update_title="",  # the title stays while a callback runs
        index_string=index.index(PAGE_LANGUAGE),
        meta_tags=[{"name": "data-version", "content": store.version}],
        assets_folder=str(ASSETS),
        # what the index names itself: the modules of the map, and Plotly, which the map cannot wait for Dash to load
        assets_ignore=r".*\.mjs$",
        assets_path_ignore=["^vendor$"],
        # before Dash updates the rest of the page: the map's work and the page's go on side by side
        hooks={
            "request_pre": "(request) => window.sitrep.answers.onRequest(request)",
            "request_post": "(request, answer) => window.sitrep.answers.onAnswer(request, answer)",
        },
        suppress_callback_exceptions=False,
        compress=True,
        enable_mcp=False,
        add_log_handler=False,
        on_error=partial(callbacks.show_error, language=PAGE_LANGUAGE),
    )
    # after Dash, whose handlers of errors these replace
    errors.answer_errors(server)
    security.guard_requests(server, hosts, app.callback_map)
    adding = dialog.adding(PAGE_LANGUAGE) if intake else ()
    app.layout = layout.page(store, PAGE_LANGUAGE, adding, can_settle=can_settle)
    callbacks.register(app, store, PAGE_LANGUAGE, takes_files=intake is not None)
    export_dialog.register(app, PAGE_LANGUAGE)
    prefetch.register(server, store, PAGE_LANGUAGE)
    rows.register(server, store, PAGE_LANGUAGE)
    tallies.register(server, store, cache)
    api.register(server, store, problems)
    routes.register(server, intake, PAGE_LANGUAGE)
    serve_files(server, store, PAGE_LANGUAGE)
    server.view_functions["/<path:path>"] = _nothing  # Dash answers any address with its page
    _finish_answers(server, security.headers(app.csp_hashes()))
    with server.test_request_context("/", base_url="http://localhost"):
        # Dash collects its scripts at the first request, and a second one meanwhile would miss some
        server.preprocess_request()
    return app


class LeanDash(Dash):
    """Dash, with the script of the table left out: the page names it, and assets/page/buttons.js loads it on demand."""

    def interpolate_index(self, scripts: str = "", metas: str = "", **parts: str) -> str:  # type: ignore[override]
        """The index page; see Dash."""
        grid = re.compile(r'<script src="([^"]*/dash_ag_grid/[^"]*)"></script>')
        found = grid.search(scripts)
        assert found, "the grid's script is among the page's"
        named = f'<meta name="grid-script" content="{found[1]}">'
        page: str = super().interpolate_index(scripts=grid.sub("", scripts), metas=metas + named, **parts)  # type: ignore[no-untyped-call]
        return page


def _nothing(path: str) -> Response:  # noqa: ARG001 (the name is Dash's)
    raise NotFound


def _finish_answers(server: Flask, headers: dict[str, str]) -> None:
    @server.after_request
    def finish(response: Response) -> Response:
        response.headers.update(headers)
        if close := getattr(response.response, "close", None):
            response.call_on_close(close)  # the compression puts itself in front of a file and forgets it
        if response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        elif "fingerprinted_path" in (request.view_args or {}):
            if response.cache_control.max_age:
                response.headers["Cache-Control"] = A_YEAR
        elif request.endpoint in ("_dash_assets.static", "basemap", "glyphs"):
            fixed = request.endpoint != "_dash_assets.static" or request.path.startswith(LASTING)
            stamped = "m" in request.args  # Dash puts a file's time behind its address
            response.headers["Cache-Control"] = A_YEAR if stamped else A_DAY if fixed else REVALIDATE
        else:
            response.headers["Cache-Control"] = REVALIDATE
        return response
