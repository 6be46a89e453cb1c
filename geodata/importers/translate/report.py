"""What became of the rows of a table: accepted, accepted with a repair, or rejected; and what was decided for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from geodata.errors import Problem, alike
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import MAX_VALUE
from geodata.importers.values.answer import Answers, Question

# As many are kept one by one; all are counted.
MOST = 10_000


@dataclass(slots=True)
class Report:
    """Of the n rows of `cells`: `is_refused` and `is_repaired` (n,) booleans, the first `problems` (of `rows`) and
    `repairs` with line, heading and value, sentences `told` of all, and `questions` that only a person can answer;
    `counts` of all problems and repairs that are alike. `several` are names (n,) of places for rows with several
    points, "" for others, and `points` what each of these names means, "lon, lat" in degrees. `file_of` names the file
    of a row, with its sheet where several are read."""

    cells: Cells
    file_of: Callable[[int], str] | None = None
    is_refused: Any = None
    is_repaired: Any = None
    problems: list[Problem] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    repairs: list[Problem] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    several: Any = None
    points: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.is_refused = np.zeros(len(self.cells), bool)
        self.is_repaired = np.zeros(len(self.cells), bool)

    def hear(self, heading: str, codes: Any, texts: Sequence[str], answers: Answers[Any]) -> None:
        """Note what a reader of values says of a column: `codes` (n,) say which of the texts a row has, -1 none."""
        self.told += [f'column "{heading}": {words}' for words in answers.told]
        if answers.question and answers.question.key not in {question.key for question in self.questions}:
            self.questions.append(answers.question)
        for position, refusal in answers.refusals.items():
            self.refuse(np.flatnonzero(codes == position), heading, refusal.rule, refusal.message, texts[position])
        for position, words in answers.repairs.items():
            self.repair(np.flatnonzero(codes == position), heading, words, texts[position])

    def refuse(self, rows: Any, heading: str, rule: str, message: str, value: str | None = None) -> None:
        """Refuse rows by their numbers."""
        self.is_refused[rows] = True
        self.rows += rows[: max(MOST - len(self.problems), 0)].tolist()
        self.problems += self._noted(rows, heading, rule, message, value, MOST - len(self.problems))

    def repair(self, rows: Any, heading: str, message: str, value: str | None = None) -> None:
        """Note that something in rows was read otherwise than it stands."""
        self.is_repaired[rows] = True
        self.repairs += self._noted(rows, heading, "repair", message, value, MOST - len(self.repairs))

    def _noted(self, rows: Any, heading: str, rule: str, message: str, value: str | None, most: int) -> list[Problem]:
        lines = self.cells.lines
        column = self.cells.columns.get(heading)
        found = []
        if not self.file_of:
            self.counts[alike(Problem(self.cells.file, 0, heading, "", message, rule))] += len(rows)
        for row in rows[: max(most, 0)].tolist():
            text = value if value is not None else column[row].as_py() if column is not None else ""
            file = self.file_of(row) if self.file_of else self.cells.file
            found.append(Problem(file, int(lines[row]), heading, text[:MAX_VALUE], message, rule))
        return found
