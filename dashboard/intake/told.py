"""What the page is told of a file on its way: numbers, and sentences in its language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from dashboard.intake.answers import point_in
from dashboard.intake.job import ARRIVING, OPENED, REFUSED, UNCLEAR, Busy
from dashboard.intake.jobs import sentences
from dashboard.intake.words import FEATURES, GROUPS, MANY, answered_by, say_column
from geodata.errors import DataError
from geodata.importers.how import RECORD
from geodata.importers.settling import by_name, candidates_of
from geodata.places.boundaries import BUNDLED
from geodata.places.geocoder import MAX_QUERY, geocode
from geodata.record.model import point_words

if TYPE_CHECKING:
    from dashboard.intake.job import Job, TooLarge
    from dashboard.intake.jobs import Intake
    from geodata.importers.progress import Meter
    from geodata.language.language import Language
    from geodata.places.geocoder import Candidate
    from geodata.record.model import Unsettled

MOST_SENTENCES = 8
MOST_TOLD = 30
MOST_REJECTED = 1_000
MOST_NAMES = 100
MOST_CANDIDATES = 5


def told_of(job: Job, language: Language) -> dict[str, Any]:
    """How far a job is, and what came of it."""
    told: dict[str, Any] = {
        "state": job.state, "file": job.path.name, "arrived": sum(part.arrived for part in job.parts),
        "size": sum(part.size for part in job.parts),
    }  # fmt: skip
    if job.state == ARRIVING:
        told["phase"] = language.say("Sending the file")
    elif job.is_busy:
        told |= _progress(job.meter, language)
    elif job.state == UNCLEAR and job.preview:
        told |= _proposal(job, language)
    elif job.state == OPENED and job.store:
        told |= _result(job, language)
    elif job.state == REFUSED and job.error:
        lines = sentences(job.error, job.path)
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
    told = {"now": now, "undo": undo, "most": intake.most_bytes, "settle": "", "job": ""}
    if job := intake.to_settle:
        told |= {"settle": _to_settle(job, language), "job": job.job_id}
    return told


def told_of_names(unsettled: Iterable[Unsettled], title: str, language: Language, *, first: str = "") -> dict[str, Any]:
    """The names of places of what is called `title` that are not settled, with what each may be; the one that is to be
    `first`, and then those of the most events."""
    names = sorted(by_name(unsettled), key=lambda part: part.name != first)
    return {
        "file": title,
        "names": [
            {
                "name": part.name,
                "events": language.count("{count} event", "{count} events", len(part.event_ids)),
                "choices": [_candidate(each, language) for each in candidates_of(part)[:MOST_CANDIDATES]],
            }
            for part in names[:MOST_NAMES]
        ],
        "more": _more(len(names) - MOST_NAMES, language),
    }


def told_of_place(words: str, language: Language) -> list[tuple[str, str]]:
    """What a text may be as a place: the point that it is, or places of the gazetteer, each as a choice with words."""
    if not 0 < len(words) <= MAX_QUERY:
        return []
    if point := point_in(words):
        return [(words, point_words(*point))]
    return [_candidate(each, language) for each in geocode(words).candidates[:MOST_CANDIDATES]]


def _candidate(found: Candidate, language: Language) -> tuple[str, str]:
    """The id of a candidate, and what it is: "Tripoli, North, Lebanon · city"."""
    country = language.country(found.country, BUNDLED.country_name(found.country)) if found.country else ""
    where = ", ".join(filter(None, dict.fromkeys((found.name, found.region, country))))
    kind = language.say(FEATURES[found.feature])
    return found.id, f"{where} · {kind}"


def _progress(meter: Meter, language: Language) -> dict[str, Any]:
    """The step in words, its share that is done (0 where that is not known), rows and rows a second."""
    say, number, seconds = language.say, language.number, round(meter.seconds)
    if meter.done:
        since = say(
            "{done} of {rows} rows, {rate} a second",
            done=number(meter.done), rows=number(meter.rows), rate=number(meter.rate),
        )  # fmt: skip
    else:
        rows = language.count("{count} row", "{count} rows", meter.rows) if meter.rows else ""
        since = " · ".join(filter(None, (rows, say("{seconds} s", seconds=seconds) if seconds > 1 else "")))
    return {"phase": say(meter.step), "since": since, "share": meter.done / meter.rows if meter.rows else 0}


def _to_settle(job: Job, language: Language) -> str:
    count = len(by_name(job.unsettled))
    return language.count("Settle {count} name of a place", "Settle {count} names of places", count)


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
        "lines": sentences(job.error, job.path) if job.error else [],
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
        return sentences(DataError(of_file), job.path)

    lines = said("rejected", MOST_REJECTED)
    names = len(by_name(job.unsettled))
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
        "settle": _to_settle(job, language) if names else "",
        "replaced": say("It took the place of {title}.", title=job.replaced) if job.replaced else "",
        "can_choose": (job.preview is None or job.preview.can_choose) and not (file and file.format == RECORD),
    }


def _more(rest: int, language: Language) -> str:
    if rest <= 0:
        return ""
    return language.count("and {number} more", "and {number} more", rest, number=language.number(rest))
