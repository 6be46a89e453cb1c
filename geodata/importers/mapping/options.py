"""What each heading may be, by its words and its values together, and what was settled so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from geodata.importers.mapping.looks import Look, looks_of
from geodata.importers.mapping.names import Hit, folded, hits_of
from geodata.importers.mapping.suits import fit
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import shown
from geodata.record.model import MEASURES

SURE = 0.6
# A kind of what, a precision of what: these words say little alone, so that the rest of a heading counts more.
_SURE = {
    "event_type": 0.76,
    "category": 0.76,
    "sub_event_type": 0.76,
    "event_id": 0.55,
    "date_start": 0.5,
    "title": 0.5,
}
_LEAST = 0.3
_POINTS = 0.5  # of the values, at the least, where a column has some
_CODE = re.compile(r"\[?\{\s*[\"']")


@dataclass(frozen=True, slots=True)
class Option:
    """That a heading may have a meaning: `score` is the strength of its words times the fit of its values, 0 to 1."""

    heading: str
    meaning: str
    score: float
    hit: Hit
    look: Look

    @property
    def is_sure(self) -> bool:
        """Whether words and values are enough to take it."""
        return self.score >= _SURE.get(self.meaning, SURE)

    @property
    def has_values(self) -> bool:
        """Whether something stands in it; in a table without rows, nothing has to."""
        return bool(self.look.texts) or not self.look.rows

    @property
    def order(self) -> tuple[float, int, int, str]:
        """The better the earlier; where the columns stand in the table makes no difference."""
        weight = round(self.score * (0.7 + 0.3 * self.look.share), 2)
        return (-weight, self.hit.rank, self.hit.number, folded(self.heading) + self.heading)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A heading to choose, with up to three of its values."""

    heading: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnQuestion:
    """Which heading one of our columns is; `is_needed` tells that nothing can be read without an answer."""

    column: str
    candidates: tuple[Candidate, ...]
    words: str
    is_needed: bool = False


@dataclass(slots=True)
class Settling:
    """The headings of a table, what each may be, and what is settled: columns, reasons, sentences and questions."""

    cells: Cells
    looks: dict[str, Look]
    options: dict[str, list[Option]]
    hits: dict[str, dict[str, Hit]]
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    others: dict[str, list[str]] = field(default_factory=dict)
    sureness: dict[str, float] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    questions: list[ColumnQuestion] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, cells: Cells) -> Settling:
        """Nothing settled yet."""
        looks = looks_of(cells)
        silent = {heading for heading, look in looks.items() if _is_choice(heading, looks) or _is_code(look)}
        hits = {heading: {} if heading in silent else hits_of(heading) for heading in looks}
        options: dict[str, list[Option]] = {}
        for heading, look in looks.items():
            found = [Option(heading, m, hit.strength * fit(m, look), hit, look) for m, hit in hits[heading].items()]
            best = max((option.score for option in found), default=0.0)
            for option in found:
                # A heading is what it is most; something a little less sure may still be asked of it.
                if option.score >= max(_LEAST, 0.7 * best):
                    options.setdefault(option.meaning, []).append(option)
        return cls(cells, looks, {m: sorted(found, key=lambda o: o.order) for m, found in options.items()}, hits)

    def of_meaning(self, *meanings: str) -> list[Option]:
        """The options of some meanings with a heading that is still free, the best first."""
        found = [option for meaning in meanings for option in self.options.get(meaning, ())]
        return sorted((option for option in found if option.heading not in self.used), key=lambda o: o.order)

    def sure(self, *meanings: str) -> list[Option]:
        """As `of_meaning`, those that words and values are enough to take."""
        return [option for option in self.of_meaning(*meanings) if option.is_sure]

    def unknown(self) -> list[str]:
        """The free headings whose words say nothing, in an order of their own."""
        free = (heading for heading in self.looks if heading not in self.used)
        silent = (h for h in free if max((hit.strength for hit in self.hits[h].values()), default=0) < SURE)
        return sorted(silent, key=lambda heading: (folded(heading), heading))

    def take(
        self, column: str, *headings: str, why: str, others: Iterable[Option] = (), sureness: float = SURE
    ) -> None:
        """Settle a column."""
        self.columns[column] = headings
        self.sureness[column] = round(sureness, 2)
        self.used.update(headings)
        self.why[column] = why
        self.others[column] = [option.heading for option in others if option.heading not in headings]

    def take_option(self, column: str, options: Sequence[Option]) -> None:
        """Settle a column with the first of some options; the others are kept as such."""
        best, *others = options
        self.take(column, best.heading, why=reason(best), others=others, sureness=best.score)
        if rivals := [option.heading for option in others if option.is_sure]:
            self.told.append(f"{quoted([best.heading])} is {WORDS[column]}, rather than {quoted(rivals, 'or')}.")

    def ask(self, column: str, headings: Iterable[str], words: str, *, is_needed: bool = False) -> None:
        """Leave a column open. Of questions that could be left unanswered, the first alone is asked."""
        if not is_needed:
            self.told.append(f"{words} It is not read until the mapping says so.")
            if self.questions:
                return
        candidates = tuple(Candidate(heading, self.looks[heading].examples) for heading in headings)
        self.questions.append(ColumnQuestion(column, candidates, words, is_needed))


def _is_choice(heading: str, looks: dict[str, Look]) -> bool:
    """Whether a column only says yes or no to one of the choices of a form's question, which has a column of its own:
    "type/strike" beside "type"."""
    question, mark, _ = heading.rpartition("/")
    return bool(mark) and question in looks and looks[heading].yes_no > 0.9


def _is_code(look: Look) -> bool:
    """Whether a column has records as programs write them, and no points."""
    return look.point < _POINTS and bool(look.texts) and all(map(_CODE.match, look.texts))


def reason(option: Option) -> str:
    """Why a heading is taken, as a line of words."""
    words = "by its name" if option.hit.strength >= 0.95 else "by its name, nearly"
    return f"{words}{seen(option.look)}"


def seen(look: Look) -> str:
    """What stands in a column, as the end of a line of words."""
    return f", with values such as {', '.join(map(shown, look.examples))}" if look.examples else ", without any value"


def quoted(headings: Sequence[str], word: str = "and") -> str:
    """Headings in quotes, as part of a sentence."""
    *most, last = [shown(heading) for heading in headings]
    return f"{', '.join(most)} {word} {last}" if most else last


# What our columns are called in sentences.
WORDS = {
    "event_id": "the id",
    "category": "the category",
    "event_type": "the type",
    "sub_event_type": "the sub-type",
    "title": "the title",
    "date_start": "the day",
    "date_end": "the last day",
    "date_parts": "the day in parts",
    "date_end_parts": "the last day in parts",
    "time_precision": "the precision of the day",
    "place": "the place",
    "lon": "the longitude",
    "lat": "the latitude",
    "point": "the point",
    "geo_precision": "the precision of the place",
    "admin2": "the district",
    "admin1": "the region",
    "country": "the country",
    "actors": "the actors",
    "notes": "the notes",
    "source": "the source",
    "claimant": "the voice of the figures",
    "said_on": "the day on which it was said",
    "qualifier": "the qualifier of the figures",
    "deaths": "the deaths",
    "injured": "the injured",
    "detained": "the detained",
    "flights": "the flights",
    "personnel": "the personnel",
    "attacks": "the attacks",
}
_ENDS = (("low", "lowest"), ("high", "highest"))
WORDS |= {f"{m}_population": f"whom the number of {WORDS[m][4:]} counts" for m in MEASURES}
WORDS |= {f"{m}_{end}": f"the {side} number of {WORDS[m][4:]}" for m in MEASURES for end, side in _ENDS}
