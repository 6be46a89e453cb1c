"""The addresses under which the page sends files: nobody else may, and nothing of a file comes back as a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import BadRequest, Forbidden, NotFound

from dashboard.intake.job import Busy, Job, TooLarge
from dashboard.intake.jobs import MOST_FILES, Intake
from dashboard.intake.told import say_refused, told_of, told_of_names, told_of_place, told_of_shown

if TYPE_CHECKING:
    from geodata.language.language import Language

HEADER = "X-Sitrep-Intake"
PREFIX = "/intake"
PIECE_BYTES = 500_000  # of a file in one request, below what any request may have
MOST_NAME = 1_000


def register(server: Flask, intake: Intake | None, language: Language) -> None:
    """Add the routes to a Flask app; without an intake, each answers 403.

        POST   /intake                {"files": [{"name", "size"}]} -> 201 {"job", "piece", ...}
        PUT    /intake/JOB/N?from=K   the bytes of file N from K on
        POST   /intake/JOB/read       {} or {"columns": {heading: ours}, "answers": {key: text}} -> 202
        POST   /intake/JOB/ask        the same -> 202; afterwards the job is "unclear"
        GET    /intake/JOB/places     names of places that are not settled; "read" takes {"places": {name: id or point}}
        GET    /intake/names?first=N  those of all that is open, one of them first
        POST   /intake/names          {"places": {name: id or point}}: kept, and what is open is read again
        GET    /intake/places?name=N  what a name or a text of a point may be
        GET    /intake/JOB            how far it is, and what came of it
        DELETE /intake/JOB            forget it
        GET    /intake                what is open
        POST   /intake/undo           what was open before the last file

    An answer that is no success is one sentence: 400, 403, 404, 409 while another file is added, 413 too large.
    """

    def add(rule: str, method: str, answer: Callable[..., Any]) -> None:
        def checked(**values: Any) -> Any:
            check_sender()
            if intake is None:
                raise Forbidden("This server takes no files (python -m dashboard --uploads on lets it).")
            try:
                return answer(intake, **values)
            except (TooLarge, Busy) as error:
                return _sentence(say_refused(error, language), 413 if isinstance(error, TooLarge) else 409)

        server.add_url_rule(f"{PREFIX}{rule}", f"intake {method} {rule}", checked, methods=[method])

    def shown(intake: Intake) -> Response:
        return jsonify(told_of_shown(intake, language))

    def begin(intake: Intake) -> tuple[Response, int]:
        job = intake.begin(_files(_body()))
        return jsonify({"job": job.job_id, "piece": PIECE_BYTES, **told_of(job, language)}), 201

    def put(intake: Intake, job_id: str, number: int) -> Response:
        job = _job(intake, job_id)
        start = request.args.get("from", "")
        if not (start.isascii() and start.isdecimal() and len(start) <= 15):
            raise BadRequest("Where the piece begins is not said (expected from=0 or more).")
        intake.put(job, number, int(start), request.get_data(cache=False))
        return jsonify({"arrived": sum(part.arrived for part in job.parts)})

    def state(intake: Intake, job_id: str) -> Response:
        return jsonify(told_of(_job(intake, job_id), language))

    def begin_to(work: Callable[[Intake], Callable[[Job, Any], None]]) -> Callable[..., Any]:
        def answer(intake: Intake, job_id: str) -> tuple[Response, int]:
            job, body = _job(intake, job_id), _body()
            work(intake)(job, body or None)
            return jsonify(told_of(job, language)), 202

        return answer

    def forget(intake: Intake, job_id: str) -> tuple[str, int]:
        intake.cancel(_job(intake, job_id))
        return "", 204

    def names(intake: Intake, job_id: str) -> Response:
        job = _job(intake, job_id)
        return jsonify(told_of_names(job.unsettled, job.path.name, language))

    def open_names(intake: Intake) -> Response:
        unsettled = intake.shown.unsettled if intake.shown.keepers else ()
        return jsonify(told_of_names(unsettled, intake.shown.title, language, first=request.args.get("first", "")))

    def settle(intake: Intake) -> Response:
        intake.settle(_body())
        return jsonify(told_of_shown(intake, language))

    def places(_: Intake) -> Response:
        return jsonify(told_of_place(request.args.get("name", "").strip(), language))

    def undo(intake: Intake) -> Response:
        if not intake.undo():
            raise BadRequest("No file was added that could be taken away.")
        return jsonify(told_of_shown(intake, language))

    add("", "GET", shown)
    add("", "POST", begin)
    add("/undo", "POST", undo)
    add("/places", "GET", places)
    add("/names", "GET", open_names)
    add("/names", "POST", settle)
    add("/<job_id>", "GET", state)
    add("/<job_id>/places", "GET", names)
    add("/<job_id>", "DELETE", forget)
    add("/<job_id>/<int:number>", "PUT", put)
    add("/<job_id>/read", "POST", begin_to(lambda intake: intake.read))
    add("/<job_id>/ask", "POST", begin_to(lambda intake: intake.ask))


def check_sender() -> None:
    """Refuse a request that the page itself has not sent: Forbidden.

    The header of its own can be set by scripts of this site alone, others would have to ask first; the browser says
    where a script runs.
    """
    site, origin = request.headers.get("Sec-Fetch-Site", ""), request.headers.get("Origin", "")
    is_told = site == "same-origin" or bool(origin) or request.method == "GET"
    is_own = site in ("", "same-origin") and (not origin or urlsplit(origin).netloc.lower() == request.host.lower())
    if request.headers.get(HEADER) != "1" or not is_told or not is_own:
        raise Forbidden("Files are added by the page itself only.")


def _job(intake: Intake, job_id: str) -> Job:
    job = intake.job(job_id)
    if job is None:
        raise NotFound
    return job


def _body() -> dict[str, Any]:
    body = request.get_json()
    if not isinstance(body, dict):
        raise BadRequest("The request is no JSON object.")
    return body


def _files(body: dict[str, Any]) -> list[tuple[str, int]]:
    found = []
    files = body.get("files")
    for file in files if isinstance(files, list) else ():
        name, size = (file.get("name"), file.get("size")) if isinstance(file, dict) else (None, None)
        if not isinstance(name, str) or not isinstance(size, int) or isinstance(size, bool) or size < 0:
            raise BadRequest("A file has no name or no size.")
        found.append((name[-MOST_NAME:], size))
    if not 1 <= len(found) <= MOST_FILES:
        raise BadRequest(f"{len(found)} files are given (expected 1 to {MOST_FILES}).")
    return found


def _sentence(text: str, status: int) -> Response:
    return Response(f"{text}\n", status, content_type="text/plain; charset=utf-8")
