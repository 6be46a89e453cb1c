"""The report bundle: one zip with the figure, its words, its data and how to make it again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from dashboard.choice.request import FigureRequest, permalink_text
from dashboard.export.description import Account, Item, account_of
from dashboard.export.figure import Drawn
from dashboard.export.image import render
from dashboard.export.zips import zip_of
from dashboard.paper.lettering import clean
from dashboard.report import caption
from dashboard.scene.scene import Scene
from geodata.formats import text as formats
from geodata.store.store import Store

PICTURES = ("svg", "pdf", "png")  # what a bundle has a figure as
# What Markdown would read as more than text: marks, links that make themselves, the beginnings of lists and headings.
_MARKS = re.compile(r"([\\`*_\[\]<>#|~&$@]|(?<=[Ww]{3})\.|:(?=//)|^[-+=](?=\s|$|[-=])|^\d+(?=[.)]))", re.MULTILINE)


def bundle(store: Store, request: FigureRequest, figures: Iterable[Drawn]) -> bytes:
    """The zip of one figure, or of the several of a series: pictures, caption and alt text for each, the data once.

    The request is that of the whole, whose events, claims and sources the data files hold. Each figure is composed
    already and only rendered here. The same input gives the same bytes.
    """
    language = request.view.language
    right_to_left = language.right_to_left
    settled = replace(request.options, title=clean(request.options.title, right_to_left))
    files: dict[str, bytes] = {}
    for drawn in figures:
        stem = f"-{drawn.name}" if drawn.name else ""
        settled = replace(settled, made_on=drawn.report.made_on)
        files |= {f"figure{stem}.{kind}": render(drawn.report, kind) for kind in PICTURES}
        files[f"caption{stem}.md"] = markdown(account_of(drawn)).encode()
        files[f"alt{stem}.txt"] = f"{clean(drawn.report.alt, right_to_left)}\n".encode()
    whole = Scene.of(store, request.where, request.view, language)
    asked = replace(request, options=settled).settled(store)
    files |= {
        "sources.csv": formats.sources_csv(caption.sources_of(whole)).encode(),
        "events.geojson": "".join(formats.events_geojson(whole.result, store.name)).encode(),
        "claims.csv": "".join(formats.claims_csv(whole.result)).encode(),
        "permalink.txt": permalink_text(asked, store).encode(),
    }
    return zip_of(files | {"manifest.json": _manifest(asked, store, files)})


def markdown(account: Account) -> str:
    """An account as Markdown in which the data's texts are literal: no markup, no links."""
    blocks = [f"# {_literal(account.title)}", *map(_literal, account.caption)]
    for part in account.parts:
        blocks += [f"## {_literal(part.heading)}", "\n".join(f"- {_listed(item)}" for item in part.items)]
    return "\n\n".join(blocks) + "\n"


def _listed(item: Item) -> str:
    # An address stands as code, which no reader of Markdown makes a link of.
    address = item.address.replace("`", "%60")
    return " ".join(filter(None, (_literal(item.text), f"`{address}`" if address else "")))


def _literal(text: str) -> str:
    return _MARKS.sub(lambda mark: f"{mark[0]}\\" if mark[0].isdigit() else f"\\{mark[0]}", text)


def _manifest(asked: FigureRequest, store: Store, files: dict[str, bytes]) -> bytes:
    options, where = asked.options.to_query(), asked.where.to_query()
    found: dict[str, Any] = {
        "data": {"name": store.name, "title": store.title, "version": where.pop("v")},
        "made_on": options.pop("made_on"),
        "filter": where,
        "view": asked.view.to_query(),
        "options": options,
        "files": [
            {"path": path, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for path, content in files.items()
        ],
    }
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()
