"""What every answer carries and what no request may do: headers, host names, callback bodies, error texts.

No text of a request is ever put into a header, and an error answers with a sentence, never with a trace.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn

from flask import Flask, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import BadRequest, Forbidden, UnsupportedMediaType

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
CALLBACK = "/_dash-update-component"
MAX_BODY_BYTES = 1_000_000
MAX_DEPTH = 64
MAX_DIGITS = 20
TYPES: dict[str, type] = {"n_clicks": int, "checked": bool, "search": str, "pathname": str}


def headers(script_hashes: Iterable[str]) -> dict[str, str]:
    """The headers of every answer; `script_hashes` are the inline scripts that may run ("'sha256-...'")."""
    policy = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *script_hashes]),
        # Plotly and Mantine set style attributes: without this nothing is in its place
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        # Plotly's map starts its worker from a text that its own script carries
        "worker-src": "'self' blob:",
        "connect-src": "'self'",
        "font-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


class StrictJson(DefaultJSONProvider):
    """JSON as RFC 8259 has it: no NaN, no numbers beyond a float, no lone surrogates, no deep nesting."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Read a text; ValueError (which Flask answers with 400) for anything else."""
        try:
            value = json.loads(s, parse_constant=_refuse, parse_float=_float, parse_int=_int, **kwargs)
        except RecursionError:
            raise ValueError("nested too deeply") from None
        _check_tree(value)
        return value


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"{text} is not JSON")


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("a number is too large")
    return value


def _int(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise ValueError("a number is too large")
    return int(text)


def _check_tree(value: object) -> None:
    level: list[object] = [value]
    for _ in range(MAX_DEPTH):
        below: list[object] = []
        for item in level:
            if isinstance(item, str):
                item.encode()  # a lone surrogate: UnicodeEncodeError is a ValueError
            elif isinstance(item, dict):
                below += [*item, *item.values()]
            elif isinstance(item, list):
                below += item
        level = below
    if level:
        raise ValueError("nested too deeply")


def guard_requests(server: Flask, hosts: Iterable[str], callback_map: Mapping[str, Any]) -> None:
    """Refuse requests under a foreign host name (400) and callbacks that the page does not make (4xx).

    Flask's own TRUSTED_HOSTS cannot hold an IPv6 address, so the Host header is compared here.
    """
    names = {host.strip().lower() for host in (*LOOPBACK, *hosts)}

    @server.before_request
    def check() -> None:
        if re.sub(r":[0-9]+$", "", request.headers.get("Host", "").lower()) not in names:
            raise BadRequest("This server does not answer under that name (--hosts adds one).")
        if request.path == CALLBACK and request.method == "POST":
            if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
                raise Forbidden("The page's own requests come from the page only.")
            # a form of another site cannot send this type without asking first
            if request.mimetype != "application/json":
                raise UnsupportedMediaType
            check_call(request.get_json(), callback_map)


def check_call(body: Any, callback_map: Mapping[str, Any]) -> None:
    """Compare a callback's body with the callback that it names; BadRequest unless they have one shape.

    Dash looks at little of this itself, and answers with 500 what it stumbles over. Only values that
    Dash's own components set (`TYPES`) are looked at: each callback reads the others strictly.
    """
    output = body.get("output") if isinstance(body, dict) else None
    spec = callback_map.get(output) if isinstance(output, str) else None
    if spec is None or "callback" not in spec:
        raise BadRequest("The page has no such callback.")
    one = not isinstance(spec["output"], (list, tuple))
    outputs = [] if spec["no_output"] else [spec["output"]] if one else spec["output"]
    sent = body.get("outputs", [])
    changed = body.get("changedPropIds", [])
    if not (
        _match([output.to_dict() for output in outputs], [sent] if one and outputs else sent)
        and _match(spec["inputs"], body.get("inputs", []))
        and _match(spec["state"], body.get("state", []))
        and isinstance(changed, list)
        and all(isinstance(prop_id, str) and _changes(spec["inputs"], prop_id) for prop_id in changed)
    ):
        raise BadRequest("The request does not have the shape of the callback that it names.")


def _match(specs: Sequence[Mapping[str, str]], sent: object) -> bool:
    return isinstance(sent, list) and len(sent) == len(specs) and all(map(_matches, specs, sent))


def _changes(specs: Sequence[Mapping[str, str]], prop_id: str) -> bool:
    name, _, prop = prop_id.rpartition(".")
    try:
        named = json.loads(name) if name.startswith("{") else name
    except (ValueError, RecursionError):
        return False
    return any(_matches(spec, {"id": named, "property": prop}) for spec in specs)


def _matches(spec: Mapping[str, str], sent: object) -> bool:
    if isinstance(sent, list):  # what a wildcard stands for
        return '["ALL' in spec["id"] and all(isinstance(item, dict) and _matches(spec, item) for item in sent)
    if not isinstance(sent, dict):
        return False
    named, found = sent.get("id"), spec["id"]
    if isinstance(named, dict) and found.startswith("{"):
        keys = json.loads(found)
        if named.keys() != keys.keys() or not all(
            isinstance(value, (str, int, float)) and (value == keys[key] or isinstance(keys[key], list))
            for key, value in named.items()
        ):
            return False
    elif named != found:
        return False
    # an output that several callbacks write carries a hash behind its property
    prop = spec["property"].partition("@")[0]
    fits = sent.get("value") is None or isinstance(sent["value"], TYPES.get(prop, object))
    return fits and str(sent.get("property")).partition("@")[0] == prop
