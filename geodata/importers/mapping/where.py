"""Which columns say where: degrees, a point in one column, places by name, region and country."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import product

from geodata.importers.checks.places import Places
from geodata.importers.mapping.angles import angles_of
from geodata.importers.mapping.looks import pairs_of
from geodata.importers.mapping.names import folded
from geodata.importers.mapping.options import WORDS, Option, Settling, quoted, reason, seen
from geodata.importers.mapping.suits import is_degree_like
from geodata.importers.values.codes.regions import departments, is_of_departments
from geodata.places.wording import AND

_POINTS = 0.8
# Values that are names of places: as long on average, as many of them looked up, and this share of them known.
_LONGEST_NAME, _ASKED, _FEWEST_NAMES, _KNOWN = 40, 30, 5, 0.7
# Places in towns have as many names at least: so many times fewer are those of kinds, beside so many towns.
_FEW, _MANY = 3, 20
_KINDS = re.compile(
    r"city|town|village|hamlet|suburb|quarter|neighbou?rhood|borough|locality|isolated[_ ]dwelling|farm|island|islet|"
    r"square|municipality|settlement|rural|urban",
    re.IGNORECASE,
)
_FEW_ROWS = 0.5
# A point that is the middle of an area, and of no event in it.
_OF_AN_AREA = re.compile(
    r"\b(?:int(?:ernal|erior)? ?p(?:oin)?t|intpt ?(?:lat|lon)\w*|centroid\w*|zentroid|centroide|county|district)\b"
)
# Where a way begins, and where it ends.
_STARTS = frozenset({"from", "origin", "start", "departure", "von", "de", "origen", "salida", "depart"})
_STOPS = frozenset({"to", "destination", "end", "arrival", "nach", "ziel", "a", "destino", "llegada", "arrivee"})
_OTHER = {"lat": "lon", "lon": "lat"}
_HALF = re.compile(r"lat(?:itude)?|lon(?:gitude|g)?|lng|[xy]\b")


def settle_degrees(settling: Settling) -> None:
    """Settle longitude and latitude, both or none, else a point in one column."""
    if {"lon", "lat", "point"} & settling.columns.keys():
        return
    if angles := angles_of(settling.looks):
        for axis, headings in angles.items():
            settling.take(axis, *headings, why=f"by their names{seen(settling.looks[headings[0]])}")
            settling.told.append(f"{quoted(headings)} are the parts of {WORDS[axis]}.")
        return
    if metres := [heading for heading, look in settling.looks.items() if look.projected >= _POINTS]:
        settling.told.append(f"{quoted(metres)}: metres of a projection, and no degrees. Not read.")
    pairs = _pairs(settling)
    points = [option for option in settling.sure("point") if option.has_values]
    if points and pairs and is_of_an_area(pairs[0][0].heading):
        pairs = []
    if pairs:
        pairs = _from_its_start(settling, pairs)
        lat, lon = pairs[0]
        if len(pairs) > 1 and _weight(pairs[0])[:3] == _weight(pairs[1])[:3] and lat.hit.rest != pairs[1][0].hit.rest:
            words = f"Which latitude is that of an event: {quoted([lat.heading, pairs[1][0].heading], 'or')}?"
            settling.ask("lat", [lat.heading, pairs[1][0].heading], words)
            return
        settling.take("lon", lon.heading, why=reason(lon), others=[o for _, o in pairs], sureness=lon.score)
        settling.take("lat", lat.heading, why=reason(lat), others=[o for o, _ in pairs], sureness=lat.score)
        if others := list(dict.fromkeys(o.heading for o, _ in pairs[1:] if o.heading != lat.heading)):
            settling.told.append(f"{quoted([lat.heading])} is the latitude, rather than {quoted(others, 'or')}.")
        if is_of_an_area(lat.heading):
            words = "are of the middle of an area: each point says no more than in which district it is"
            settling.told.append(f"{quoted([lon.heading, lat.heading])} {words}.")
        return
    if points:
        settling.take_option("point", points)
        return
    if not _settle_half(settling):
        _settle_by_values(settling)


def _pairs(settling: Settling) -> list[tuple[Option, Option]]:
    lats, lons = ([o for o in settling.of_meaning(m) if o.has_values] for m in ("lat", "lon"))
    every = [(lat, lon) for lat, lon in product(lats, lons) if lat.heading != lon.heading]
    matching = [p for p in every if p[0].hit.rest == p[1].hit.rest and p[0].hit.number == p[1].hit.number]
    same = [p for p in matching if len({_HALF.sub("", folded(option.heading)) for option in p}) == 1]
    return sorted(same or matching or every, key=_weight)


def settle_other_half(settling: Settling) -> None:
    """Settle the longitude that goes with a kept latitude that is alone, or the other way round: it is asked for where
    no heading is like it, and the half is not read where nothing is left to choose from."""
    halves = sorted(_OTHER.keys() & settling.columns.keys())
    if len(halves) != 1:
        return
    half = halves[0]
    other = _OTHER[half]
    heading = settling.columns[half][0]
    stem = _HALF.sub("", folded(heading))
    options = [option for option in settling.of_meaning(other) if option.has_values]
    alike = [option for option in options if _HALF.sub("", folded(option.heading)) == stem]
    if found := alike or options[: len(options) == 1]:
        settling.take(other, found[0].heading, why=f"beside {quoted([heading])}{seen(found[0].look)}")
        return
    free = [each for each, look in settling.looks.items() if each not in settling.used and look.degree >= _POINTS]
    if free:
        words = f"Which {WORDS[other].removeprefix('the ')} goes with {quoted([heading])}: {quoted(free, 'or')}?"
        settling.ask(other, free, words, is_needed=True)
    else:
        settling.told.append(f"{quoted([heading])} is not read: no column is {WORDS[other]} to it.")
    settling.used.difference_update(settling.columns.pop(half))


def _from_its_start(settling: Settling, pairs: list[tuple[Option, Option]]) -> list[tuple[Option, Option]]:
    """The pairs of a latitude and a longitude without those of the ends of ways that begin at another: an event from
    one place to another is where it begins."""
    starts, ends = ([pair for pair in pairs if words & {*pair[0].hit.rest}] for words in (_STARTS, _STOPS))
    if not (starts and ends):
        return pairs
    settling.told.append(f"{quoted([ends[0][0].heading])} is where something ends: an event is where it begins.")
    return [pair for pair in pairs if pair not in ends]


def is_of_an_area(heading: str) -> bool:
    """Whether a heading of degrees says that they are those of an area, as "county_lat" and "INTPTLAT" do."""
    return bool(_OF_AN_AREA.search(folded(heading)))


def _weight(pair: tuple[Option, Option]) -> tuple[bool, float, int, str]:
    # What is named plainly is that of the event; a point of origin is named so.
    score = sum(option.score * (0.7 + 0.3 * option.look.share) for option in pair)
    numbers = sum(option.hit.number + 1_000 * bool(option.hit.rest) for option in pair)
    return (is_of_an_area(pair[0].heading), -round(score, 2), numbers, pair[0].heading)


def _settle_half(settling: Settling) -> bool:
    """Where one of the two is named alone, the other may be known by its values."""
    named = [(meaning, option) for meaning in ("lat", "lon") for option in settling.of_meaning(meaning)]
    # "Länge" and "x" are more than degrees.
    halves = [(meaning, o) for meaning, o in named if o.hit.strength > 0.6 or o.look.fine > 0.5]
    if not halves:
        return False
    meaning, half = halves[0]
    alike = [h for h in settling.unknown() if is_degree_like(settling.looks[h]) and h != half.heading]
    # What has the other's name, and nothing in it, is the other all the same.
    is_empty = any(other.hit.strength > 0.6 for which, other in named if which != meaning)
    if len(alike) != 1 or is_empty:
        settling.told.append(f"{quoted([half.heading])} is not read: no column is {WORDS[_OTHER[meaning]]} to it.")
        return True
    other = _OTHER[meaning]
    settling.take(meaning, half.heading, why=reason(half))
    settling.take(other, alike[0], why=f"by its values beside {quoted([half.heading])}{seen(settling.looks[alike[0]])}")
    settling.told.append(f"{quoted(alike)} goes with {quoted([half.heading])}, by its values.")
    return True


def _settle_by_values(settling: Settling) -> None:
    # A place may be written as a point.
    named = [h for h, hits in settling.hits.items() if {"site", "city", "venue"} & hits.keys()]
    points = [h for h in sorted({*settling.unknown(), *named}) if settling.looks[h].point >= _POINTS]
    if len(points) == 1:
        settling.take("point", points[0], why=f"by its values{seen(settling.looks[points[0]])}")
        settling.told.append(f"{quoted(points)} has points, by its values.")
        return
    alike = [h for h in settling.unknown() if is_degree_like(settling.looks[h])]
    if len(alike) != 2:
        return
    wide = [h for h in alike if max(abs(settling.looks[h].low), abs(settling.looks[h].high)) > 90]
    if len(wide) == 1:
        lat = alike[0] if alike[1] in wide else alike[1]
        for column, heading in (("lon", wide[0]), ("lat", lat)):
            settling.take(column, heading, why=f"by its values{seen(settling.looks[heading])}")
        settling.told.append(f"{quoted(wide)} is the longitude and {quoted([lat])} the latitude, by their values.")
    elif not wide:
        settling.ask("lat", alike, f"Which of {quoted(alike)} is the latitude (north and south)?")


def settle_places(settling: Settling) -> None:
    """Settle the names of places, the finest first: a square in a town is known by both."""
    _settle_areas(settling)
    if "place" in settling.columns:
        return
    site, city, venue, district = (
        [o for o in settling.sure(m) if o.has_values] for m in ("site", "city", "venue", "admin2")
    )
    if kinds := [option for option in site if are_kinds_of_places(option.look.texts)]:
        site = [option for option in site if option not in kinds]
        settling.told.append(f"{quoted([option.heading for option in kinds])} is the kind of a place. Not read.")
    fine, coarse = (site or venue)[:1], (city or (site and venue and site) or [])[:1]
    if site and venue and not city:
        fine, coarse = venue[:1], site[:1]
    if fine and coarse and _is_kind(fine[0], coarse[0]):
        words = "has far fewer names than there are towns, and is the kind of a place. Not read."
        settling.told.append(f"{quoted([fine[0].heading])} {words}")
        fine = []
    levels = [*fine, *coarse] or _finer_areas(settling, district) or district[:1]
    if len(levels) == 2:
        both, levels = levels, _apart(settling, *levels)
        # Most of the finer names end in the town, which stands in for it where they do not.
        district = district or [town for town in both[1:] if levels == both[:1] and town.heading != both[0].heading]
    if not levels:
        if not {"lon", "point", "admin1", "country"} & settling.columns.keys():
            _settle_by_names(settling)
        return
    headings = [level.heading for level in levels]
    if "admin2" not in settling.columns and (others := [o for o in district if o.heading not in headings]):
        settling.take_option("admin2", others)
    rivals = [*site, *city, *venue, *district]
    settling.take("place", *headings, why="; ".join(dict.fromkeys(map(reason, levels))), others=rivals)
    if len(headings) > 1:
        settling.told.append(f"{quoted(headings)} are the place, the finer name first.")
    if levels[0].look.point >= 0.2:
        words = "some values look like points, which are read as such"
        settling.told.append(f"{quoted(headings[:1])} is the place; {words}.")


def _finer_areas(settling: Settling, district: list[Option]) -> list[Option]:
    """The column of "areas" as that of places, where the only other one is of districts and these are fewer: the areas
    of a borough are no regions."""
    heading = settling.columns.get("admin1", ("",))[0]
    areas = [o for o in settling.options.get("admin1", ()) if o.heading == heading and folded(heading) == "area"]
    if not (district and areas and len(areas[0].look.texts) > len(district[0].look.texts)):
        return []
    settling.used.difference_update(settling.columns.pop("admin1"))
    return areas


def _settle_areas(settling: Settling) -> None:
    """Settle regions, which may be numbers of departments, and countries."""
    for column in ("admin1", "country"):
        if column not in settling.columns and (options := settling.sure(column)):
            its = of_the_place(settling, column)
            settling.take_option(column, [*its, *(option for option in options if option not in its)])
    if "admin1" in settling.columns:
        return
    named = [heading for heading, hits in settling.hits.items() if "admin1" in hits and is_of_departments(heading)]
    for heading in [heading for heading in named if departments(settling.looks[heading].texts)][:1]:
        settling.take("admin1", heading, why=f"by its values{seen(settling.looks[heading])}")


def of_the_place(settling: Settling, column: str) -> list[Option]:
    """The countries (or regions) of what all places are of: "Target country" is where a "Target location" is, whatever
    "Country" is of."""
    places = {option.hit.rest for option in settling.sure("site", "city", "venue") if option.has_values}
    return [o for o in settling.sure(column) if o.hit.rest and places == {o.hit.rest} and o.has_values]


def _settle_by_names(settling: Settling) -> None:
    """Where no heading says a place, the one column is one whose values mostly are names of widely known places."""
    places, today = Places(), date.today()
    found = []
    for heading in settling.unknown():
        look = settling.looks[heading]
        if look.letters < _POINTS or look.length > _LONGEST_NAME or max(look.day, look.point, look.address) > 0:
            continue
        parts = (part for text in look.texts[:_ASKED] for part in AND.split(text))
        names = [part for part in dict.fromkeys(parts) if len(part) > len("USA")]
        if len(names) >= _FEWEST_NAMES and sum(
            places.named(name, "", today, "") is not None for name in names
        ) >= _KNOWN * len(names):
            found.append(heading)
    found.sort(key=lambda heading: -settling.looks[heading].filled)
    # What few rows have beside it is of some of them.
    if found and all(settling.looks[h].filled < _FEW_ROWS * settling.looks[found[0]].filled for h in found[1:]):
        settling.take("place", found[0], why=f"by its values{seen(settling.looks[found[0]])}")
        settling.told.append(f"{quoted(found[:1])} is the place, by its values.")


def are_kinds_of_places(texts: Iterable[str]) -> bool:
    """Whether all texts that are not empty, and one at least, are words for kinds of settlements, as OpenStreetMap has
    them under "place"."""
    given = {text.strip() for text in texts} - {""}
    return bool(given) and all(map(_KINDS.fullmatch, given))


def _is_kind(fine: Option, coarse: Option) -> bool:
    """Whether what is named as the finer place is its kind, "public road": in as many rows it has few names."""
    few, many = fine.look, coarse.look
    return few.filled >= 0.5 * many.filled and _FEW * len(few.texts) < len(many.texts) and len(many.texts) >= _MANY


def _apart(settling: Settling, fine: Option, coarse: Option) -> list[Option]:
    """Both levels, or the one that says it all."""
    pairs = [(a.casefold(), b.casefold()) for a, b in pairs_of(settling.cells, fine.heading, coarse.heading)]
    if pairs and sum(b in a for a, b in pairs) >= 0.8 * len(pairs):
        return [fine]
    if pairs and sum(a in b for a, b in pairs) >= 0.8 * len(pairs):
        return [coarse]
    return [fine, coarse]
