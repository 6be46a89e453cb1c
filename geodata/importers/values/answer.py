"""What the readers of values answer: of each different text of a column what it says, and what was decided for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from geodata.errors import Question

__all__ = ["Answers", "Question", "Refusal"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a value is none: the rule's short name, as in a file of rejects, and a sentence about the value."""

    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Answers(Generic[T]):
    """What each of n texts says (`found`, None where it says nothing or breaks a rule).

    By position: `refusals`, and `repairs`, sentences on what was read otherwise than it stands. `told` are sentences
    on what was decided for all of them together, `question` is what could not be.
    """

    found: list[T | None]
    refusals: Mapping[int, Refusal] = field(default_factory=dict)
    repairs: Mapping[int, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    question: Question | None = None
