"""What the columns of a table mean: which of them says what of ours, by which codes, in whose voice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Parts:
    """The headings whose cells make one of our columns: put together with `between`, or, without it, the first of
    them that is not empty (of a column with codes: that is a known code)."""

    headings: tuple[str, ...]
    between: str | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """How the cells of a table become ours.

    `columns` are by our names: those of a flat table, `point` (both coordinates in one cell), `date_parts` (year,
    month and day, 0 or nothing for what is not known; of rows whose `date_start`, if that is there too, names no day),
    and codes of countries where no name is given: `country_fips` (FIPS 10-4) and `country_gw` (Gleditsch and Ward).
    `codes` say what the casefolded texts of a column mean in ours, `constants` what stands in every row that has
    nothing else. `answers` are those to questions, by key. `categories` are ours by words of the table, `places` ids or
    "lon, lat" by names. `id_prefix` stands before the ids of events. Of several rows with one id, the one with the
    highest number under the heading `newest` stands. Figures `as_published` are kept where low, best and high are out
    of order.
    """

    columns: Mapping[str, Parts]
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    id_prefix: str = ""
    newest: str = ""
    as_published: bool = False

    def heading_of(self, column: str) -> str:
        """The heading that says one of our columns, for messages; the column itself where none does."""
        parts = self.columns.get(column)
        return parts.headings[0] if parts and parts.headings else column
