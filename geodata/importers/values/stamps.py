"""Time stamps that programs and soldiers write: counted from 1970, and the group of day and time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

DTG = re.compile(r"(\d\d) ?(\d\d)(\d\d) ?([a-ik-z]?) ?([a-z]{3,9}\.? ?(?:19|20)?\d\d)", re.ASCII)
"""Day, hour, minute, the letter of a zone, month with year: "051430zjan22", in small letters."""
# Seconds, of which milliseconds are left out.
_COUNT = re.compile(r"(\d{9,10}?)(?:\d{3})?(?:\.\d+)?", re.ASCII)
_FIRST_YEAR = 1990


def day_counted(text: str, last_year: int) -> date | None:
    """The day of UTC of seconds or milliseconds since 1970; None for what is no such number, or lies before 1990 or
    after `last_year`: 2022010514 would be an hour of 2034."""
    match = _COUNT.fullmatch(text)
    found = datetime.fromtimestamp(int(match[1]), UTC).date() if match else None
    return found if found and _FIRST_YEAR <= found.year <= last_year else None
