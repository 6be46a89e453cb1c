"""ClickHouse's own engine (chdb) behind the part of its HTTP interface that the tests need: one query at a time."""

from __future__ import annotations

import sys
import tempfile
import threading
from email import policy
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qsl, urlsplit

from chdb.session import Session


class Door(BaseHTTPRequestHandler):
    """Answers `GET /ping` and queries by POST, with parameters, settings and tables beside them."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or each answer waits 40 ms for the client
    session: Session
    settings: frozenset[str]
    now: ClassVar[dict[str, str]] = {}  # what is set already
    lock = threading.Lock()

    def do_GET(self) -> None:
        self._give(200, b"Ok.\n")

    def do_POST(self) -> None:
        keys = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        files: dict[str, bytes] = {}
        kind = self.headers.get("Content-Type", "")
        if kind.startswith("multipart/"):
            parts = BytesParser(policy=policy.HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
            body = b""
            for part in parts.iter_parts():
                name = str(part.get_param("name", header="content-disposition"))
                content = part.get_payload(decode=True)
                if part.get_filename():
                    files[name] = content
                else:
                    keys[name] = content.decode()
        with self.lock, tempfile.TemporaryDirectory() as folder:
            try:
                answer = self._answer(keys, files, body, Path(folder))
            except RuntimeError as error:
                self._give(500, str(error).encode(), error="1")
            else:
                self._give(200, answer)

    def _answer(self, keys: dict[str, str], files: dict[str, bytes], body: bytes, folder: Path) -> bytes:
        run = self.session.query
        for name, content in files.items():
            (folder / name).write_bytes(content)
            kinds, fmt = keys.pop(f"{name}_structure"), keys.pop(f"{name}_format")
            run(
                f"CREATE OR REPLACE TABLE {name} ENGINE = Memory AS SELECT * FROM "
                f"file('{folder / name}', '{fmt}', '{kinds}')"
            )
        text = keys.pop("query", "") if files or "query" in keys else ""
        data = body if text else b""
        text = text or body.decode()
        if data:  # an INSERT, whose rows follow it
            (folder / "rows").write_bytes(data)
            head, _, fmt = text.strip().rpartition("FORMAT")
            return bytes(run(f"{head} SELECT * FROM file('{folder / 'rows'}', '{fmt.strip()}')").bytes())
        for name, value in keys.items():
            is_known = name in self.settings or name.startswith("param_")
            if is_known and self.now.get(name) != value:
                run(f"SET {name} = '{_escaped(value)}'")
                self.now[name] = value
        found = run(text, keys.get("default_format", "TabSeparated"))
        return bytes(found.bytes())

    def _give(self, status: int, content: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        if "error" in headers:
            self.send_header("X-ClickHouse-Exception-Code", headers["error"])
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing."""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")


if __name__ == "__main__":
    Door.session = Session(sys.argv[1])
    told = Door.session.query("SELECT name FROM system.settings WHERE name != 'readonly'", "TabSeparated")
    Door.settings = frozenset(told.bytes().decode().split())
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Door)
    print(server.server_address[1], flush=True)
    server.serve_forever()
