"""What the page is told of a file on its way: numbers, and sentences in its language."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from dashboard.intake import jobs
from dashboard.intake.jobs import Busy
from dashboard.intake.words import GROUPS, MANY, answered_by, say_column
from geodata.errors import DataError
from geodata.importers.how import RECORD
from geodata.phrases import page_phrase

if TYPE_CHECKING:
    from dashboard.intake.jobs import Intake, Job, TooLarge
    from geodata.language.language import Language

MOST_SENTENCES = 8
MOST_TOLD = 30
MOST_REJECTED = 1_000
PHASES = {
    jobs.ARRIVING: page_phrase("Sending the file"),
    jobs.READING: page_phrase("Reading the rows"),
}


def told_of(job: Job, language: Language) -> dict[str, Any]:
    """How far a job is, and what came of it."""
    told: dict[str, Any] = {
        "state": job.state, "file": job.path.name, "arrived": sum(part.arrived for part in job.parts),
        "size": sum(part.size for part in job.parts),
    }  # fmt: skip
    if job.state in PHASES:
        seconds = round(time.monotonic() - job.began)
        told["phase"] = language.say(PHASES[job.state])
        told["since"] = language.say("{seconds} s", seconds=seconds) if job.is_busy and seconds > 1 else ""
    elif job.state == jobs.UNCLEAR and job.preview:
        told |= _proposal(job, language)
    elif job.state == jobs.OPENED and job.store:
        told |= _result(job, language)
    elif job.state == jobs.REFUSED and job.error:
        lines = jobs.sentences(job.error, job.path)
        told |= {
            "lines": lines[:MOST_SENTENCES], "more": _more(len(lines) - MOST_SENTENCES, language),
            # where rows are to blame, another column may do; a picture has none
            "can_choose": isinstance(job.error, DataError) and any(problem.line for problem in job.error.problems),
        }  # fmt: skip
    return told


def say_refused(error: Busy | TooLarge, language: Language) -> str:
    """Why a file is not taken in now."""
    if isinstance(error, Busy):
        return language.say("{file} is being added. Try again when it is done.", file=error.file)
    return language.say(
        "{size} bytes are too many for the page (expected at most {most}). Larger files are read on the command line: "
        "python -m geodata import FILE --to STORE, then python -m dashboard STORE.",
        size=f"{error.size:,}", most=f"{error.most:,}",
    )  # fmt: skip


def told_of_shown(intake: Intake, language: Language) -> dict[str, Any]:
    """What is open now, what becomes of it when a file is added, and whether something can be undone."""
    say, shown = language.say, intake.shown
    if shown.is_example:
        now = say("The example is open. Your data takes its place.")
    elif shown.title:
        now = say("{title} is open. Your data is added to it.", title=shown.title)
    else:
        now = ""
    undo = say("Undo adding {file}", file=shown.added[-1].name) if shown.added else ""
    return {"now": now, "undo": undo, "most": intake.most_bytes}


def _proposal(job: Job, language: Language) -> dict[str, Any]:
    preview, say = job.preview, language.say
    assert preview is not None
    used = preview.mapping.used
    questions: list[dict[str, Any]] = [
        {
            "key": question.key,
            "words": question.words,
            "choices": question.choices,
            "columns": answered_by(question.key),
        }
        for question in job.questions
    ]
    if preview.sheets:
        sheets = [(title, title) for title in preview.sheets]
        words = say("Which sheet is read? Sheets of one shape are read together.")
        asked = {"key": "sheets", "words": words, "choices": sheets, "columns": [], "given": preview.sheet}
        questions.insert(0, asked)
    groups = [
        {"label": say(label), "options": [[column, say_column(column, language)] for column in columns]}
        for label, columns in GROUPS.items()
    ]
    return {
        "columns": [{"heading": heading, "column": used.get(heading, "")} for heading in preview.headings],
        "rows": preview.rows,
        "groups": groups if preview.can_choose else [],
        "not_used": say("Not used"),
        "many": MANY,
        "questions": questions,
        "lines": jobs.sentences(job.error, job.path) if job.error else [],
    }


def _result(job: Job, language: Language) -> dict[str, Any]:
    say, number, store = language.say, language.number, job.store
    assert store is not None
    file = next((file for file in store.files if file.file == job.path.name), None)
    rows, rejected = (file.rows, file.rejected) if file else (store.size, 0)
    if rejected:
        counts = say("{accepted} of {rows} rows were accepted", accepted=number(rows - rejected), rows=number(rows))
    else:
        counts = language.count("{count} row was accepted", "{count} rows were accepted", rows)

    def said(kind: str, most: int) -> list[str]:
        of_file = [notice for notice in store.notices(kind, most) if notice.file.startswith(job.path.name)]
        return jobs.sentences(DataError(of_file), job.path)

    lines = said("rejected", MOST_REJECTED)
    names = len(store.unsettled)
    return {
        "counts": counts,
        "rejected": language.count("{count} row was not accepted", "{count} rows were not accepted", rejected)
        if rejected
        else "",
        "lines": lines[:MOST_SENTENCES],
        "more": _more(len(lines) - MOST_SENTENCES, language),
        "told": [*said("told", MOST_TOLD), *said("repaired", MOST_TOLD)],
        "places": language.count(
            "{count} name of a place is not settled: it is listed beside the map",
            "{count} names of places are not settled: they are listed beside the map",
            names,
        )
        if names
        else "",
        "replaced": say("It took the place of {title}.", title=job.replaced) if job.replaced else "",
        "can_choose": (job.preview is None or job.preview.can_choose) and not (file and file.format == RECORD),
    }


def _more(rest: int, language: Language) -> str:
    if rest <= 0:
        return ""
    return language.count("and {number} more", "and {number} more", rest, number=language.number(rest))
