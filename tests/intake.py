"""The page that adds files, for tests of the server behind it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from werkzeug.test import Client, TestResponse

from dashboard.intake.routes import PIECE_BYTES
from dashboard.server.reload import Live

OWN = {"X-Sitrep-Intake": "1", "Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
REGISTER = """Datum;Uhrzeit;Thema;Ort;PLZ;Teilnehmer;Veranstalter
03.01.2022;18:00;Spaziergang;Chemnitz;09111;350;Freie Sachsen
05.01.2022;19:00;Mahnwache;Berlin;10117;120;Verein
08.01.2022;14:00;Klimastreik;Leipzig;04109;800;Klimabündnis
"""
TWO_DAYS = REGISTER.replace("Datum;", "angemeldet;durchgeführt;").replace("\n0", "\n01.12.2021;0")
EITHER_ORDER = "title,date_start,place\nA march,03/04/2022,Berlin\nA vigil,05/06/2022,Leipzig\n"


class Page:
    """What the page sends, to a server in this process."""

    def __init__(self, live: Live) -> None:
        self.live, self.client = live, Client(live)

    def send(self, method: str, path: str = "", headers: dict[str, str] = OWN, **body: Any) -> TestResponse:
        return self.client.open(f"/intake{path}", method=method, base_url="http://localhost", headers=headers, **body)

    def begin(self, name: str, content: str | bytes) -> str:
        """Send a file, and give its job."""
        data = content.encode() if isinstance(content, str) else content
        answer = self.send("POST", json={"files": [{"name": name, "size": len(data)}]})
        assert answer.status_code == 201, answer.text
        job: str = answer.get_json()["job"]
        for start in range(0, len(data), PIECE_BYTES):
            piece = self.send("PUT", f"/{job}/0?from={start}", data=data[start : start + PIECE_BYTES])
            assert piece.status_code == 200, piece.text
        return job

    def rest(self, job: str, what: str = "read", **given: Any) -> dict[str, Any]:
        """What came of a job after it was read, or asked about."""
        answer = self.send("POST", f"/{job}/{what}", json=given)
        assert answer.status_code == 202, answer.text
        told: dict[str, Any] = answer.get_json()
        while told["state"] == "reading":
            time.sleep(0.02)
            told = self.send("GET", f"/{job}").get_json()
        return told

    def add(self, name: str, content: str | bytes) -> dict[str, Any]:
        return self.rest(self.begin(name, content))

    def health(self) -> dict[str, Any]:
        return dict(self.client.get("/healthz", base_url="http://localhost").get_json())

    def titles(self) -> str:
        return self.client.get("/api/events.csv", base_url="http://localhost").text


def taken(there: Path) -> list[str]:
    """The names of the files that are kept for readers."""
    return sorted(file.name for file in there.glob("sitrep-intake-*/*/*"))
