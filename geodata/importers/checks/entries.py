"""Places of the gazetteer as the record keeps them."""

from __future__ import annotations

from geodata.places.gazetteer import Gazetteer
from geodata.record.model import Place, PlaceName, is_latin


def place_of(gazetteer: Gazetteer, place_id: str, region: str) -> Place:
    """A place by its id, in a first-level region, with its official names and those by which it is found."""
    entry = gazetteer.place(place_id)
    names = []
    for n in gazetteer.names(place_id):
        if n.official:
            names.append(PlaceName(n.name, n.since, n.until))
        elif is_latin(n.name):
            # To be found by; without days, since only an official name may stand on a label. Those in other
            # scripts would stand there as the local name.
            names.append(PlaceName(n.name))
    return Place(
        place_id=entry.place_id,
        name=entry.name,
        lon=entry.lon,
        lat=entry.lat,
        feature=entry.feature,
        country=entry.country,
        names=tuple(names),
        radius_m=entry.radius_m,
        region=region,
    )
