"""Errors over HTTP: one sentence and the status that goes with it."""

from __future__ import annotations

import logging
import secrets

from dash.exceptions import DependencyException, InvalidResourceError
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from dashboard.server.security import MAX_BODY_BYTES
from geodata.errors import ChoiceError, DataError, GeodataError, NoAnswer, TooMany, TooSlow, TotalRefused

# GeodataError -> HTTP status, the first that fits (doors.md: 400 is what the command line refuses with 2).
STATUS: dict[type[GeodataError], int] = {
    ChoiceError: 400,
    DataError: 422,
    TotalRefused: 422,
    TooMany: 422,
    NoAnswer: 503,
    TooSlow: 504,
    GeodataError: 404,
}
SENTENCES = {
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
    413: f"The request is larger than {MAX_BODY_BYTES:,} bytes.",
    415: "The request must be application/json.",
    500: "Something went wrong in the program (error {id}; the server's log has the details).",
}


def answer_errors(server: Flask) -> None:
    """Answer every error with one plain sentence; a bug's trace goes to the log, under the answered id."""
    log = logging.getLogger(__name__)

    @server.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        code = error.code or 500
        if 300 <= code < 400:  # no address here moves: a redirect could only lead off the site
            code = 404
        response = sentence(SENTENCES.get(code) or str(error.description), code)
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            response.headers["Allow"] = ", ".join(error.valid_methods)
        return response

    @server.errorhandler(GeodataError)
    def told(error: GeodataError) -> Response:
        return sentence(str(error), next(code for kind, code in STATUS.items() if isinstance(error, kind)))

    @server.errorhandler(DependencyException)
    @server.errorhandler(InvalidResourceError)
    def missing(_: Exception) -> Response:
        return http(NotFound())

    @server.errorhandler(Exception)
    def bug(error: Exception) -> Response:
        error_id = secrets.token_hex(4)
        log.error("error %s in %s %s", error_id, request.method, request.endpoint, exc_info=error)
        return sentence(SENTENCES[500].format(id=error_id), 500)


def sentence(text: str, status: int) -> Response:
    """A plain text answer of one line."""
    return Response(f"{text}\n", status, content_type="text/plain; charset=utf-8")
