"""Which columns say when: days, days in parts, the day on which it was said."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.mapping.looks import pairs_of
from geodata.importers.mapping.names import day_parts_of, folded
from geodata.importers.mapping.options import Option, Settling, quoted, reason, seen
from geodata.importers.mapping.suits import is_day_like
from geodata.importers.values.days import read_days
from geodata.importers.values.words.folding import MISSING
from geodata.importers.values.words.folding import folded as plain

_PARTS = {"date_parts": ("year", "month", "day"), "date_end_parts": ("end_year", "end_month", "end_day")}
_PLAIN = 0.8  # words such as "start", which say of what only beside another
# What the parts of a day are called that are those of the event: "evyy", "event_year", "jour_evenement".
_EVENT = re.compile(
    r"^ev(?:t|ent)? ?(?:[ymd]+|year|month|day)\b|\b(?:event|incident|occur|ereignis|vorfall|tat|evenement|faits?|"
    r"evento|hecho|incidente|suceso|событи|инцидент|происшеств|поді|інцидент|оқиға|حدث|حادث)"
)
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20|21)\d\d(?!\d{3})")
_FEWEST, _NEARLY_ALL = 3, 0.9
_MARK = "\x1f"  # which stands in no cell
_FEW_ROWS, _MANY_ROWS, _MIXED = 0.1, 0.5, 0.4
_ENDS = re.compile(
    r"(?P<start>start|begin(?:ning)?|beginn|anfang|debut|inicio|начал[оа]|початок|басы|بداية|first|primer[ao]?|earliest)|"
    r"(?P<end>ende?|fin|ende|конец|окончани[ея]|кінець|соңы|نهاية|last|ultim[ao]|latest)"
)
_STAND_INS = {
    "said_on": "the day on which it was said stands for the day of an event",
    "filled": "the day on which the form was filled in stands for the day of an event",
}


def settle_days(settling: Settling) -> None:
    """Settle the first and the last day, and the day of a report. A day is needed: it is asked for if need be."""
    if not {"date_start", "date_parts"} & settling.columns.keys():
        _settle_start(settling)
    if not {"date_end", "date_end_parts"} & settling.columns.keys():
        ends = [option for option in settling.sure("date_end") if option.has_values]
        start = settling.columns.get("date_start", ("",))[0]
        if start and not ends and settling.looks[start].year >= _PLAIN:
            ends = _whole_years(settling, "date_end")
        if any(option.hit.strength <= _PLAIN for option in settling.sure("date_start")):
            # "start" beside the day of an event is when a form was begun, and "end" when it was done.
            ends = [option for option in ends if option.hit.strength > _PLAIN]
        parts = _parts(settling, "date_end_parts")
        if ends and "date_parts" not in settling.columns:
            settling.take_option("date_end", ends)
        elif parts and "date_parts" in settling.columns:
            settling.take("date_end_parts", *parts, why="year, month and day by their names")
    if "date_start" in settling.columns and "date_parts" not in settling.columns:
        _settle_gaps(settling, settling.columns["date_start"][0])
    if "said_on" not in settling.columns and (said := settling.sure("said_on")):
        settling.take_option("said_on", said)


def _settle_start(settling: Settling) -> None:
    named = [option for option in settling.sure("date_start") if option.has_values]
    parts, why = _parts(settling, "date_parts"), "year, month and day by their names"
    if len(parts) < 3 and (trios := sorted(_trios(settling), key=lambda trio: not _is_of_event(trio))):
        parts, why = trios[0], "year, month and day by their values and names that are alike"
        rivals = "".join(f", rather than {quoted(trio)}" for trio in trios[1:])
        settling.told.append(f"{quoted(parts)} are year, month and day{rivals}.")
    named = named or _said_with(settling, parts)
    share = settling.looks[parts[0]].share if parts else 0
    if len(parts) == 1 and not named and len(_whole_days(settling)) == 1:
        parts = ()  # a year beside the days themselves, whatever these are called
    # A column of few approximate dates beside a year, a month and a day in every row is a remark; of few days beside a
    # year alone, it says more where it says something.
    is_remark = named and named[0].look.share < 0.5 * share and (len(parts) == 3 or named[0].look.day < _PLAIN)
    is_later = bool(named) and _lies_after(settling, named[0].heading, parts)
    if parts and (not named or is_remark or is_later or _is_less(named[0], parts)):
        others = [*named, *settling.of_meaning("said_on")]
        settling.take("date_parts", *parts, why=why, others=others)
    elif len(named) > 1 and _is_tie(named[0], named[1]):
        tied = [option.heading for option in named if _is_tie(named[0], option)]
        _settle_tied(settling, tied)
    elif named:
        settling.take_option("date_start", named)
    elif alike := _alike(settling):
        hinted = [heading for heading in alike if "date_start" in settling.hits[heading]]
        if ends := _ends(alike):
            _take_ends(settling, ends)
        elif len(hinted) == 1:
            why = f"by its name, in part, and its values{seen(settling.looks[hinted[0]])}"
            settling.take("date_start", hinted[0], why=why)
        elif len(alike) > 1:
            _ask(settling, alike)
        else:
            look = settling.looks[alike[0]]
            settling.take("date_start", alike[0], why=f"by its values, which look like days{seen(look)}")
            settling.told.append(f"{quoted(alike)} is the day, by its values.")
    elif years := _whole_years(settling, "date_start"):
        settling.take_option("date_start", years)
        settling.told.append(f"{quoted([years[0].heading])} has years alone: an event may be on any day of its year.")
    else:
        _settle_stand_in(settling)


def _settle_tied(settling: Settling, tied: list[str]) -> None:
    """Take one of several columns that are alike for the day where they say the same ones; else ask which one it is."""
    if not all(_say_the_same(settling, tied[0], heading) for heading in tied[1:]):
        _ask(settling, tied)
        return
    looks = settling.looks
    best = max(tied, key=lambda h: (looks[h].filled, sum(map(bool, map(_YEAR.search, looks[h].texts)))))
    settling.take("date_start", best, why="as the others that are called so say the same days")
    settling.told.append(f"{quoted(tied)} say the same days: {quoted([best])} is read.")


def _say_the_same(settling: Settling, heading: str, other: str) -> bool:
    """Whether two columns have the same days in all rows where both say something."""
    columns = settling.cells.columns
    joined = pc.unique(pc.binary_join_element_wise(columns[heading], columns[other], _MARK)).to_pylist()
    pairs = [pair for pair in (text.split(_MARK) for text in joined) if all(map(str.strip, pair))]
    days = [read_days([pair[at] for pair in pairs]).found for at in (0, 1)]
    both = list(zip(*days, strict=True))
    return bool(both) and all(a and b and (a.first, a.last) == (b.first, b.last) for a, b in both)


def _alike(settling: Settling) -> list[str]:
    """The headings of which nothing is known, and whose values are days; of columns that hardly any row has beside one
    that most rows have, the one, even if other texts stand among its days."""
    looks = settling.looks
    alike = [heading for heading in settling.unknown() if is_day_like(looks[heading])]
    if alike and all(looks[heading].share < _FEW_ROWS for heading in alike):
        mostly = [h for h in settling.unknown() if looks[h].day >= _MIXED and looks[h].share >= _MANY_ROWS]
        if len(mostly) == 1:
            return mostly
    return [h for h in alike if looks[h].share >= _FEW_ROWS * max(looks[other].share for other in alike)]


def _said_with(settling: Settling, parts: tuple[str, ...]) -> list[Option]:
    """A column of days on which it was said whose year, or year and month, stand beside it under the same words, as
    "Reported Year" is that of "Reported Date": it is no less the day of an event than these are, and it is told."""
    if len(parts) == len(_PARTS["date_parts"]):
        return []
    stems = {stem.strip("…") for part in parts for _, stem in day_parts_of(part)} - {""}
    for option in settling.of_meaning("said_on"):
        is_whole = option.look.day >= _PLAIN <= option.look.share
        if is_whole and any(folded(option.heading).replace(" ", "").startswith(stem) for stem in stems):
            settling.told.append(f"{quoted([option.heading])} is the day, of which {quoted(parts)} is a part.")
            return [option]
    return []


def _settle_gaps(settling: Settling, heading: str) -> None:
    """Take the parts of days for the rows without a day, if they say something of one of them at least."""
    parts = _parts(settling, "date_parts")
    if parts and pc.any(pc.and_not(_says(settling, parts[0]), _says(settling, heading))).as_py():
        settling.take("date_parts", *parts, why=f"where {quoted([heading])} names no day")


def _says(settling: Settling, heading: str) -> pa.Array:
    """Which cells of a column say more than that nothing is known, (n,) booleans."""
    encoded = pc.dictionary_encode(settling.cells.columns[heading])
    texts = (plain(text) for text in encoded.dictionary.to_pylist())
    return pa.array([bool(text) and text not in MISSING for text in texts], pa.bool_()).take(encoded.indices)


def _whole_days(settling: Settling) -> list[str]:
    """The headings of which nothing is known but that days stand under them, in nearly every row."""
    return [h for h in settling.unknown() if is_day_like(settling.looks[h]) and settling.looks[h].share >= _PLAIN]


def _whole_years(settling: Settling, column: str) -> list[Option]:
    return [option for option in settling.of_meaning(column) if option.look.year >= _PLAIN <= option.hit.strength]


def _settle_stand_in(settling: Settling) -> None:
    for meaning, words in _STAND_INS.items():
        found = [o for o in settling.of_meaning(meaning) if max(o.look.day, o.look.count) >= 0.8 or not o.look.rows]
        if ends := _ends([option.heading for option in found]):
            _take_ends(settling, ends)
            return
        if found:
            settling.take("date_start", found[0].heading, why=f"{words}: {reason(found[0])}", others=found[1:])
            settling.told.append(f"No other column has a day: in {quoted([found[0].heading])}, {words}.")
            return
    days = [heading for heading, look in settling.looks.items() if heading not in settling.used and is_day_like(look)]
    if not days:
        days = [
            heading
            for heading in settling.unknown()
            if max(settling.looks[heading].serial, settling.looks[heading].year) >= 0.9
        ]
    others = {"skip", "filled", "said_on", "date_end"}
    if len(days) == 1 and is_day_like(look := settling.looks[days[0]]) and not others & settling.hits[days[0]].keys():
        settling.take("date_start", days[0], why=f"by its values, which alone are days{seen(look)}")
        settling.told.append(f"{quoted(days)} is the day, as no other column has days.")
    elif days:
        _ask(settling, sorted(days))


def _ends(headings: list[str]) -> tuple[str, str] | None:
    """The two of some headings that are alike but for the words for a start and an end: realstart and realend."""
    if len(headings) != 2:
        return None
    stems = {heading: _ENDS.sub("…", folded(heading), count=1) for heading in headings}
    first, last = (
        [h for h in headings if (match := _ENDS.search(folded(h))) and match.lastgroup == end]
        for end in ("start", "end")
    )
    is_pair = len(first) == len(last) == 1 and len({*stems.values()}) == 1
    return (first[0], last[0]) if is_pair else None


def _take_ends(settling: Settling, ends: tuple[str, str]) -> None:
    for column, heading in zip(("date_start", "date_end"), ends, strict=True):
        settling.take(column, heading, why=f"by its name beside the other{seen(settling.looks[heading])}")
    settling.told.append(f"{quoted(ends)} are the first and the last day, as no other column has days.")


def _ask(settling: Settling, headings: list[str]) -> None:
    """Ask which of some columns has the day, unless two of them are the first and the last one."""
    if ends := _ends(headings):
        _take_ends(settling, ends)
        return
    if len(headings) > 1:
        words = f"Which column has the day of an event: {quoted(headings, 'or')}?"
    else:
        words = f"Is {quoted(headings)} the day of an event?"
    settling.ask("date_start", headings, words, is_needed=True)


def _parts(settling: Settling, column: str) -> tuple[str, ...]:
    """The headings of year, month and day, as many as there are from the year on."""
    found: list[str] = []
    for meaning in _PARTS[column]:
        options = [o for o in settling.sure(meaning) if o.heading not in found and o.has_values]
        if not options:
            break
        found.append(options[0].heading)
    return tuple(found)


def _trios(settling: Settling) -> list[tuple[str, ...]]:
    """Headings of a year, a month and a day that are alike but for a part that says which one each is, as rptyy, rptmm
    and rptdd are; in the order of the table."""
    of_stem: dict[str, dict[str, str]] = {}
    for heading, look in settling.looks.items():
        share = {"year": look.year, "month": look.month, "day": look.day_number}
        for part, stem in day_parts_of(heading) if heading not in settling.used else ():
            if share[part] >= _PLAIN and "skip" not in settling.hits[heading]:
                of_stem.setdefault(stem, {}).setdefault(part, heading)
    order = _PARTS["date_parts"]
    return [tuple(map(found.__getitem__, order)) for found in of_stem.values() if len({*found.values()}) == len(order)]


def _is_of_event(parts: tuple[str, ...]) -> bool:
    """Whether the headings of a year, a month and a day say that they are those of the event."""
    return all(_EVENT.search(folded(heading)) for heading in parts)


def _lies_after(settling: Settling, heading: str, parts: tuple[str, ...]) -> bool:
    """Whether a date, which its heading does not call that of the event, lies after the year of a day in parts, by a
    year at the least and in nearly all rows: a coder wrote it down, or it was published then."""
    is_told_apart = len(parts) == len(_PARTS["date_parts"]) and not _EVENT.search(folded(heading))
    if not is_told_apart or not (_is_of_event(parts) or _are_plain(settling, parts)):
        return False
    pairs = pairs_of(settling.cells, heading, parts[0])
    years = [(int(said[0]), int(own)) for text, own in pairs if own.isdecimal() and (said := _YEAR.search(text))]
    if len(years) < _FEWEST or sum(later > year for later, year in years) < _NEARLY_ALL * len(years):
        return False
    words = "lies a year and more after them in nearly all rows"
    settling.told.append(f"{quoted(parts)} are the day, as {quoted([heading])} {words}.")
    return True


def _are_plain(settling: Settling, parts: tuple[str, ...]) -> bool:
    """Whether headings are words for a year, a month and a day, as "annee", "mois" and "jour" are, with no other."""
    hits = [settling.hits[heading].get(part) for heading, part in zip(parts, _PARTS["date_parts"], strict=True)]
    return all(hit is not None and hit.strength >= 1 and not hit.number for hit in hits)


def _is_less(option: Option, parts: tuple[str, ...]) -> bool:
    """Whether a column named as a date says less than the parts: it is one of them, or weak."""
    return option.heading in parts or (len(parts) == 3 and option.score < 0.7)


def _is_tie(first: Option, other: Option) -> bool:
    """Whether words, values and fill leave two columns alike."""
    return first.order[:3] == other.order[:3]
