"""The files that are served: which, how compressed, how long a browser may keep them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dash.fingerprint import check_fingerprint
from flask import Flask, Request, Response, send_from_directory
from werkzeug.exceptions import NotFound

from dashboard.page import index
from dashboard.screen import marks
from dashboard.server import tallies

if TYPE_CHECKING:
    from geodata.language.language import Language
    from geodata.store.store import Store

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "assets"
GLYPHS = ASSETS / "glyphs"
BASEMAP = ROOT / "geodata" / "data" / "basemap"
A_YEAR = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"
REVALIDATE = "no-cache"
LASTING = ("/assets/fonts/", "/assets/vendor/")
# what is worth compressing beside Flask-Compress's own list, which the setting replaces
COMPRESSED = [
    *("text/html", "text/css", "text/plain", "text/csv", "text/javascript", "application/javascript"),
    *("application/json", "application/geo+json", "application/vnd.google-earth.kml+xml", "application/x-protobuf"),
    *("image/svg+xml", "font/ttf", tallies.KIND),
]


class BundleCache:
    """Keeps the compressed bundles of the components, which `bundle` names; nothing else."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """The compressed bytes, once they were made."""
        return self._kept.get(key)

    def set(self, key: str, value: bytes) -> None:
        """Keep the bytes of a bundle; other answers have an empty name and change."""
        if not key.endswith(";"):
            self._kept[key] = value


def bundle(asked: Request) -> str:
    """The name of the bundle, library or base map file that is asked for, or "" for what changes.

    Without the fingerprint, and only for files that exist: anyone can make up the rest.
    """
    values = asked.view_args or {}
    package, path, name = values.get("package_name"), values.get("fingerprinted_path"), values.get("name")
    if package and path:
        return f"{package}/{check_fingerprint(path)[0]}"  # type: ignore[no-untyped-call]
    if asked.path == index.PLOTLY:
        return asked.path
    return f"basemap/{name}" if name and asked.endpoint == "basemap" and (BASEMAP / name).is_file() else ""


def serve_files(server: Flask, store: Store, language: Language) -> None:
    """Add the routes of the files to a Flask app."""

    @server.get("/map-figure/<any(light, dark):theme>.json", endpoint="map_figure")
    def map_figure(theme: str) -> dict[str, Any]:
        return marks.map_figure(theme, store, language)

    @server.get("/basemap/<path:name>", endpoint="basemap")
    def basemap(name: str) -> Response:
        return send_from_directory(BASEMAP, name)

    @server.get("/assets/glyphs/<fonts>/<name>.pbf", endpoint="glyphs")
    def glyphs(fonts: str, name: str) -> Response:
        """A range of letters of the first font of a comma-separated stack that has it, else an empty one."""
        stack = fonts.split(",")
        known = {folder.name for folder in GLYPHS.iterdir()} if GLYPHS.is_dir() else set()
        if not known.issuperset(stack) or not re.fullmatch(r"[0-9]{1,5}-[0-9]{1,5}", name):
            raise NotFound
        kind = "application/x-protobuf"
        for font in stack:
            if (GLYPHS / font / f"{name}.pbf").is_file():
                return send_from_directory(GLYPHS / font, f"{name}.pbf", mimetype=kind)
        # one 404 here and MapLibre draws nothing at all
        return Response(b"", mimetype=kind)
