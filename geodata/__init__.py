"""The record of a conflict: events, places, claims and sources, and the questions asked of them.

`open_store(*paths)` gives a `Store` over data sets (the bundled one without any), `Filter` says which events,
`Store.query(where)` gives a `Result`, and `events_frame(result)` its events as a GeoDataFrame in EPSG:4326. They are
loaded when they are first asked for.

    >>> import geodata
    >>> result = geodata.open_store().query(geodata.Filter.parse(categories="clash"))
    >>> geodata.events_frame(result).crs.to_string()
    'EPSG:4326'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.filter import Filter as Filter
    from geodata.formats.frame import events_frame as events_frame
    from geodata.store.opening import open_store as open_store
    from geodata.store.store import Store as Store


def __getattr__(name: str) -> object:
    # A statement for each, so that whoever reads the imports sees them.
    if name == "Store":
        from geodata.store.store import Store  # noqa: PLC0415 (nothing is loaded at import)

        return Store
    if name == "open_store":
        from geodata.store.opening import open_store  # noqa: PLC0415

        return open_store
    if name == "Filter":
        from geodata.filter import Filter  # noqa: PLC0415

        return Filter
    if name == "events_frame":
        from geodata.formats.frame import events_frame  # noqa: PLC0415

        return events_frame
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
