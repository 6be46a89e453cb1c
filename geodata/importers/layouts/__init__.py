"""Tables of others whose columns are known: one module each, and one catalogue.

A layout is recognised by its headings, in any case, wherever they stand and whatever stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterable

from geodata.importers.layouts import acled, atlos, gdelt, ged, gtd, icews
from geodata.importers.layouts.layout import Layout

# The catalogue, the most particular first. A new layout is one module here and one line.
LAYOUTS: tuple[Layout, ...] = (ged.LAYOUT, acled.LAYOUT, gtd.LAYOUT, gdelt.LAYOUT, icews.LAYOUT, atlos.LAYOUT)


def layout_of(headings: Iterable[str]) -> Layout | None:
    """The layout that some headings are of; None for any other table."""
    found = list(headings)
    return next((layout for layout in LAYOUTS if layout.suits(found)), None)
