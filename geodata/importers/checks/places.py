"""The places of a table that names them: given by a point, or looked up in the bundled gazetteer and never guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain

from geodata.errors import ChoiceError
from geodata.importers.checks.entries import place_of
from geodata.importers.checks.meant import has_people, is_known_area, is_widely_known, likeliest, quarter_of
from geodata.importers.checks.names import says_nothing, tails, text_id
from geodata.importers.values.countries import are_countries
from geodata.places import gazetteer as gazetteers
from geodata.places.boundaries import country_of, region_of
from geodata.places.folding import fold
from geodata.places.gazetteer import SETTLEMENTS, Gazetteer, precision_of
from geodata.places.geocoder import AMBIGUOUS_FROM, MAX_QUERY, Candidate, GeocodeResult, geocode
from geodata.places.kinds import without_kind
from geodata.record.model import Place, PlaceName, Unsettled, point_words

MAX_CANDIDATES = 5
# A city elsewhere that is meant without a word in a table of one country, and that may be meant in one of several.
_GREAT_PEOPLE, _MIDDLING_PEOPLE = 500_000, 100_000


@dataclass(slots=True)
class Places:
    """The places of one table as they are found, and the names that the gazetteer could not settle."""

    # One of its own: what it reads is kept as long as the table is read, and no longer.
    gazetteer: Gazetteer = field(default_factory=lambda: Gazetteer(gazetteers.BUNDLED.folder))
    # Those that the table is about (ISO 3166-1 alpha-2): a bare name of a lesser place is settled in them only.
    countries: set[str] = field(default_factory=set)
    # The one that most of the table's names are in: a bare name is first looked for there.
    home: str = ""
    # The first-level region that nearly all of them are in: a lesser place of the name elsewhere is not meant.
    home_region: str = ""
    # The few that nearly all of them are in: a lesser place of the name in one of these alone is meant.
    among: tuple[str, ...] = ()
    # Whether many others are elsewhere: what may be a great city abroad is then asked for.
    is_mixed: bool = False
    # What names mean by the word of the table's owner: an id of the gazetteer, or "lon, lat" in degrees.
    settled: Mapping[str, str] = field(default_factory=dict)
    # The id of the city that the whole table is of: what is found nowhere is in it.
    within: str = ""
    _found: dict[str, Place] = field(default_factory=dict)
    _answers: dict[tuple[str, str], list[tuple[int, GeocodeResult]]] = field(default_factory=dict)
    _days: dict[tuple[str, str], tuple[date, ...]] = field(default_factory=dict)
    _known: dict[str, bool] = field(default_factory=dict)
    _unsettled: dict[tuple[str, str], tuple[dict[str, None], GeocodeResult]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises ChoiceError where a name is settled by an id that the gazetteer lacks."""
        for name, place in self.settled.items():
            if "," not in place and not self.gazetteer.has(place):
                words = f'expected an id of the gazetteer, or "lon, lat" in degrees for {name!r}'
                raise ChoiceError("places", f"Cannot read place {place!r}: {words}.")

    def of(self, place_ids: set[str]) -> tuple[Place, ...]:
        """The places with these ids, in the order in which they were found."""
        return tuple(place for place_id, place in self._found.items() if place_id in place_ids)

    def all(self) -> tuple[Place, ...]:
        """All places, in the order in which they were found."""
        return tuple(self._found.values())

    def unsettled(self) -> Iterator[Unsettled]:
        """The names that were not settled, each once for each country that was given with it."""
        for (name, _), (event_ids, answer) in self._unsettled.items():
            words = (", ".join(filter(None, (c.name, c.region, c.country))) for c in answer.candidates)
            yield Unsettled(name, tuple(event_ids), tuple(dict.fromkeys(words))[:MAX_CANDIDATES])

    def __len__(self) -> int:
        return len(self._found)

    def note(self, name: str, country: str, day: date, event_id: str) -> None:
        """Note a name that is known not to be settled; of "A > B" the ends that the gazetteer does not settle."""
        ends = name.split(" > ")
        for end in ends:
            try:
                answer = self._answer(end, country, day)
            except ChoiceError:  # no place has such a name
                answer = GeocodeResult(end, False, ())
            if len(ends) == 1 or likeliest(answer) is None:
                self._unsettled.setdefault((end, country), ({}, answer))[0][event_id] = None

    def again(self, names: Sequence[str], country: str, event_id: str) -> None:
        """Note one more event with names that were not settled before."""
        for name in names:
            self._unsettled[name, country][0][event_id] = None

    def unsettled_of(self, event_id: str, names: Sequence[str], country: str) -> tuple[str, ...]:
        """Those of `names` that were looked up for this event, with `country`, and not settled."""
        asked = ((name, self._unsettled.get((name, country))) for name in dict.fromkeys(names))
        return tuple(name for name, found in asked if found and event_id in found[0])

    def changes(self, names: Sequence[str], country: str) -> tuple[date, ...]:
        """The days from which names that were looked up may mean other places than on the day before."""
        asked = [text for name in names for text in (name, *tails(name))]
        keys = ((name, country) for name in asked)
        told = ((name, other) for name in asked for other in self.countries if not country)
        return tuple(sorted({day for key in chain(keys, told) for day in self._days.get(key, ())}))

    def knows_country(self, country: str) -> bool:
        """Whether `country` is an ISO 3166-1 alpha-2 code."""
        if country not in self._known:
            self._known[country] = self.gazetteer.has(f"iso:{country}")
        return self._known[country]

    def at(self, name: str, lon: float, lat: float, country: str) -> Place:
        """The place of a point (degrees, EPSG:4326): the same for the same name, point and country.

        Without a name it is called by its point; without a country it is in the one around the point, if any.
        """
        name = name or point_words(lon, lat)
        country = country or country_of(lon, lat) or ""
        place_id = f"{text_id(name)}_{lon!r}_{lat!r}" + (f"_{country}" if country else "")
        if place_id not in self._found:
            region = region_of(lon, lat, country)
            self._found[place_id] = Place(
                place_id, name, lon, lat, "place", country, region=region.name if region else ""
            )
        return self._found[place_id]

    def named(self, name: str, country: str, day: date, event_id: str) -> tuple[Place, str] | None:
        """The one place that `name` means on `day`, with its `geo_precision`; a whole country has no point.

        None where the gazetteer knows no such name, several that are as likely, only a similar spelling, or, for a
        name without a country, only a lesser place outside `countries`; the name is then among the `unsettled`
        with this event.
        """
        if place := self.settled.get(name):
            return self._as_settled(name, place, country)
        answer = self._answer(name, country, day)
        best = likeliest(answer)
        if self.within:
            return self._in_the_city(name, best, answer, day)
        best = self._meant(name, answer, country, day)
        if best is None:
            self._unsettled.setdefault((name, country), ({}, answer))[0][event_id] = None
            return None
        return self._kept(name, best.id, best.region), best.precision

    def around(self, name: str, country: str, day: date) -> tuple[Place, str] | None:
        """The city, district or region that a name which is not settled is said to be in ("Colín, Maule"), with how
        precisely that says where it is; None where that is not known either, or a whole country, where the name may be
        a list of cities, or is that of one in another country ("Almaty, Washington")."""
        first, *_ = name.split(",")
        for text in tails(name):
            best = self._meant(text, self._answer(text, country, day), country, day)
            if best is None or best.feature == "country":
                continue
            is_city = best.feature in SETTLEMENTS
            head = likeliest(self._answer(first.strip(), best.country if is_city else country, day))
            is_great = head is not None and self.gazetteer.place(head.id).population >= _MIDDLING_PEOPLE
            if head and is_great and head.id != best.id and (is_city or head.country != best.country):
                return None
            return self._kept(text, best.id, best.region), "near" if is_city else best.precision
        return self._around_its_head(first, name, country, day)

    def _around_its_head(self, first: str, name: str, country: str, day: date) -> tuple[Place, str] | None:
        """The city that stands before the only other part of a name, which nobody knows: "Gaza City, Rimal". It is one
        in the country of the row, or else in that of most of the table."""
        first, rest = first.strip(), name[len(first) + 1 :].strip()
        if not first:
            return None
        best = self._meant(first, self._answer(first, country or self.home, day), country, day)
        is_city = best is not None and best.feature in SETTLEMENTS and has_people(best, self.gazetteer)
        if not (rest and best and is_city) or "," in rest:
            return None
        # A quarter of the city may be known, and another place of its country or a great one elsewhere is none.
        known = likeliest(self._answer(rest, best.country, day)) or likeliest(self._answer(rest, "", day))
        is_other = known is not None and (known.country == best.country or is_widely_known(known, self.gazetteer))
        is_quarter = known is not None and known.id == best.id
        return None if is_other and not is_quarter else (self._kept(first, best.id, best.region), "near")

    def _meant(self, name: str, answer: GeocodeResult, country: str, day: date) -> Candidate | None:
        """The one place that a name means, by what its row and the table say."""
        best = likeliest(answer) or (None if country else self._told_by_the_table(answer, name, day))
        if best:
            best = self._region_around(name, best, country, day)
        if not (country or answer.is_told):
            best = self._at_home(name, best, day)
            best = None if best and self._is_out_of_region(best) else best
        elif best and self.home not in ("", best.country) and not (country or self._tells_its_country(name, best, day)):
            # "La Paz, La Paz" is a town in Honduras too, or its region.
            answer_at_home = self._answer(name, self.home, day)
            own = likeliest(answer_at_home) if answer_at_home.is_told else None
            # What is found itself elsewhere is meant before what is only said to be near a place at home.
            is_own = own is not None and (best.via or not own.via)
            best = own if is_own else self._region_around(name, best, self.home, day)
        if best and (country or answer.is_told or self._suffices(best, name)):
            return best
        return None if country or answer.is_told else self._among_few(name, day)

    def _among_few(self, name: str, day: date) -> Candidate | None:
        """The settlement that a bare name means in one alone of the few countries that nearly all others are in."""
        answers = [likeliest(self._answer(name, each, day)) for each in self.among]
        found = [each for each in answers if each and each.feature in SETTLEMENTS and not each.via]
        return found[0] if len(found) == 1 and "," not in name else None

    def _region_around(self, name: str, best: Candidate, country: str, day: date) -> Candidate:
        """What is meant by the unknown place of a name ("Yaramela, La Paz", "Fort Myer, Virginia") of which `best` is
        all that is known, a city that it lies in: the region of that name in a country, or before all cities so called;
        that city where it is named itself before its region.
        """
        *_, before, last = ("", "", *name.split(","))
        names = {fold(each) for each in (best.name, *best.other_names)} if best.via else set()
        if fold(before) in names or without_kind(fold(last))[0] not in names:
            return best
        around = next(iter(self._answer(last.strip(), country, day).candidates), None)
        return around if around and is_known_area(around) else best

    def _tells_its_country(self, name: str, best: Candidate, day: date) -> bool:
        """Whether a name ends in that of the country in which it is ("Tbilisi, Georgia")."""
        told = self._answer(name.rpartition(",")[2].strip(), "", day)
        return any(each.feature == "country" and each.country == best.country for each in told.candidates)

    def _at_home(self, name: str, best: Candidate | None, day: date) -> Candidate | None:
        """What a bare name means in a table most of whose names are in one country, where it may be a lesser place of
        the name; no part of the world, and no code of two letters."""
        if says_nothing(name, best):
            return None
        if not self.home or (best and best.country == self.home):
            return best
        own = likeliest(self._answer(name, self.home, day))
        if best is None or best.feature == "country":
            # Jordan is that country, or else nobody knows, unless it is a city.
            is_city = own and has_people(own, self.gazetteer)
            if best and not (own or are_countries((name,))[0]):
                return None  # some language calls Taiwan so
            return own if best is None or is_city else None if own else best
        fewest = _MIDDLING_PEOPLE if self.is_mixed else _GREAT_PEOPLE
        # Suva is spelt as a village at home is.
        is_capital = best.feature == "capital" and fold(best.name) == fold(name)
        is_great = is_capital or self.gazetteer.place(best.id).population >= fewest
        if own:
            return None if is_great and self.is_mixed else own
        return best if is_great or self.is_mixed else None

    def region_at_home(self, name: str, day: date) -> str:
        """The first-level region of the one place in the home country that a bare name means, if it is no region."""
        answer = self._answer(name, self.home, day)
        best = None if answer.is_told else likeliest(answer)
        return "" if best is None or is_known_area(best) or best.feature == "country" else best.region

    def _is_out_of_region(self, best: Candidate) -> bool:
        """Whether a place is elsewhere in the country than nearly all others, and no great city: of the districts of
        Madrid, Salamanca is not the province."""
        if not self.home_region or best.country != self.home or best.region == self.home_region:
            return False
        return is_known_area(best) or not (self.gazetteer.place(best.id).population >= _GREAT_PEOPLE)

    def _in_the_city(self, name: str, best: Candidate | None, answer: GeocodeResult, day: date) -> tuple[Place, str]:
        """The place that is known of a table that is of one city: that city, but for its quarters, and for what is
        `best` elsewhere."""
        city = self.gazetteer.place(self.within)
        found = quarter_of(city, name, self._answer(name, city.country, day), self.gazetteer)
        if not found and best and self._is_elsewhere(name, best, answer, day):
            found = best
        if found:
            return self._kept(name, found.id, found.region), found.precision
        return self._as_settled(name, self.within, "")

    def _is_elsewhere(self, name: str, best: Candidate, answer: GeocodeResult, day: date) -> bool:
        """Whether a name in a table of one city says itself that it is another place: "Potsdam", "Markt, Kassel". A
        lesser place of the name is none: Neumarkt is a square. Nor is a quarter of another city that is not named, nor
        a place abroad whose country is not."""
        if best.country == self.gazetteer.place(self.within).country:
            return answer.is_told or (not best.via and is_widely_known(best, self.gazetteer))
        return answer.is_told and self._tells_its_country(name, best, day)

    def _kept(self, name: str, place_id: str, region: str) -> Place:
        """A place of the gazetteer, kept where it is a point, and called by the `name` too if that is a spelling."""
        place = self._found.get(place_id) or place_of(self.gazetteer, place_id, region)
        known = place.all_names()
        if name not in known and fold(name) in map(fold, known):
            place = replace(place, names=(*place.names, PlaceName(name)))
        if place.point is not None:
            self._found[place_id] = place
        return place

    def _as_settled(self, name: str, said: str, country: str) -> tuple[Place, str]:
        """The place that the table's owner means by a name, with its `geo_precision`."""
        if "," in said:
            lon, lat = map(float, said.split(","))
            return self.at(name, lon, lat, country), "settlement"
        entry = self.gazetteer.place(said)
        region = (
            region_of(entry.lon, entry.lat, entry.country) if entry.lon is not None and entry.lat is not None else None
        )
        return self._kept(name, said, region.name if region else ""), precision_of(entry.feature)

    def country_that_tells(self, name: str, day: date) -> str:
        """The country of what a bare name settles alone (a city, a capital, a country); "" where it settles nothing."""
        best = likeliest(self._answer(name, "", day))
        return best.country if best and not says_nothing(name, best) and is_widely_known(best, self.gazetteer) else ""

    def may_be_in(self, country: str, name: str, day: date) -> bool:
        """Whether one place in a country is called so, be it a lesser one than those elsewhere."""
        return likeliest(self._answer(name, country, day)) is not None

    def _suffices(self, best: Candidate, name: str) -> bool:
        """Whether a name without a country in its row settles `best`; "Marib Province" says that it is a region."""
        says_region = best.feature == "region" and without_kind(fold(name))[1] == "region"
        return best.country in self.countries or says_region or is_widely_known(best, self.gazetteer)

    def _told_by_the_table(self, answer: GeocodeResult, name: str, day: date) -> Candidate | None:
        """Of several places that a name means alike the one in the only country of them that the table is about.

        A far lesser namesake there is none of them: Tripoli is not the village in Iowa because others are in the US.
        """
        rivals = [c for c in answer.candidates if c.score >= AMBIGUOUS_FROM * answer.candidates[0].score]
        countries = {candidate.country for candidate in rivals} & self.countries
        return likeliest(self._answer(name, countries.pop(), day)) if len(countries) == 1 else None

    def _answer(self, name: str, country: str, day: date) -> GeocodeResult:
        """What the name means on `day`, asked once for each time between two changes of its candidates' names."""
        key = (name, country)
        if len(name) > MAX_QUERY:  # a description of the way, and no name
            self._days[key] = ()
            return GeocodeResult(name, False, ())
        if key not in self._days:
            answer = geocode(name, country=country or None, on=day, gazetteer=self.gazetteer)
            # The two that decide whether the answer is ambiguous.
            known = (n for candidate in answer.candidates[:2] for n in self.gazetteer.names(candidate.id))
            self._days[key] = tuple(sorted({d for n in known for d in (n.since, n.until) if d}))
            self._answers[key] = [(_period(self._days[key], day), answer)]
        period = _period(self._days[key], day)
        for answered, answer in self._answers[key]:
            if answered == period:
                return answer
        answer = geocode(name, country=country or None, on=day, gazetteer=self.gazetteer)
        self._answers[key].append((period, answer))
        return answer


def _period(days: tuple[date, ...], day: date) -> int:
    return sum(change <= day for change in days)
