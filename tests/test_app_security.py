"""What every answer carries, and what requests that the page never makes are answered with."""

from __future__ import annotations

import json
import logging
import re
from typing import TYPE_CHECKING, Any

import brotli
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.server import ROOT

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from geodata.store.store import Store

CALLBACK = "/_dash-update-component"
POLICY = (
    r"default-src 'self'; script-src 'self'(?: 'sha256-[\w+/=]+')+; style-src 'self' 'unsafe-inline'; "
    r"img-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; "
    r"font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture(scope="session")
def client(store: Store) -> FlaskClient:
    from dashboard.server.app import create_app  # noqa: PLC0415

    return create_app(store).server.test_client()


@pytest.fixture(scope="session")
def calls(client: FlaskClient) -> list[dict[str, Any]]:
    """A well-formed body for each callback that the server runs, made from what the page is told of them."""
    specs = json.loads(client.get("/_dash-dependencies").data)
    return [body_of(spec) for spec in specs if not spec["clientside_function"]]


def body_of(spec: dict[str, Any]) -> dict[str, Any]:
    many = spec["output"].startswith("..")
    outputs = []
    for name in spec["output"].strip(".").split("...") if many else [spec["output"]]:
        component, _, prop = name.rpartition(".")
        outputs.append({"id": component, "property": prop})
    sent = {
        kind: [
            [] if '["ALL' in one["id"] else {"id": one["id"], "property": one["property"], "value": None}
            for one in spec[kind]
        ]
        for kind in ("inputs", "state")
    }
    changed = [f"{one['id']}.{one['property']}" for one in sent["inputs"] if one][:1]
    return {"output": spec["output"], "outputs": outputs if many else outputs[0], **sent, "changedPropIds": changed}


def post(client: FlaskClient, body: object, **kwargs: Any) -> TestResponse:
    data = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return client.post(CALLBACK, data=data, **{"content_type": "application/json", **kwargs})


def test_every_kind_of_answer_carries_every_header(client: FlaskClient, calls: list[dict[str, Any]]) -> None:
    answers = {
        "page": (client.get("/"), 200),
        "asset": (client.get("/assets/style.css", buffered=True), 200),
        "basemap": (client.get("/basemap/countries.geojson", buffered=True), 200),
        "health": (client.get("/healthz"), 200),
        "dependencies": (client.get("/_dash-dependencies"), 200),
        "not found": (client.get("/nowhere"), 404),
        "wrong method": (client.post("/healthz"), 405),
        "wrong host": (client.get("/", headers={"Host": "evil.example"}), 400),
        "cannot be read": (client.get("/api/events.csv?from=x"), 400),
        "not JSON": (post(client, "{"), 400),
        "wrong type": (post(client, "{}", content_type="text/plain"), 415),
        "too large": (post(client, b'"' + b"x" * 1_100_000 + b'"'), 413),
    }
    for name, (answer, status) in answers.items():
        assert answer.status_code == status, name
        assert re.fullmatch(POLICY, answer.headers["Content-Security-Policy"]), name
        assert {key: answer.headers.get(key) for key in HEADERS} == HEADERS, name
        for power in ("camera", "geolocation", "microphone"):
            assert f"{power}=()" in answer.headers["Permissions-Policy"], name


def test_every_inline_script_of_the_page_is_in_the_policy(client: FlaskClient) -> None:
    import base64  # noqa: PLC0415
    import hashlib  # noqa: PLC0415

    answer = client.get("/")
    inline = re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>(.*?)</script>", answer.text, re.DOTALL)
    assert inline
    for script in inline:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("host", ["localhost", "localhost:8050", "127.0.0.1:1", "[::1]", "[::1]:8050", "LOCALHOST"])
def test_the_loopback_names_are_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8050", "localhost:x", "a@localhost", ""]
)
def test_any_other_name_is_refused(client: FlaskClient, host: str) -> None:
    answer = client.get("/healthz", headers={"Host": host, "X-Forwarded-Host": "localhost"})
    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_a_name_given_at_the_start_is_answered(store: Store) -> None:
    from dashboard.server.app import create_app  # noqa: PLC0415

    server = create_app(store, hosts=["map.example"]).server
    assert server.test_client().get("/healthz", headers={"Host": "map.example:8050"}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/events/1",
        "/..%2f..%2fpyproject.toml",
        "/assets/..%2fpyproject.toml",
        "/assets/../pyproject.toml",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%5cpyproject.toml",
        "/assets/%00",
        "/assets/",
        "/basemap/..%2f..%2fcli.py",
        "/basemap//etc/passwd",
        "/basemap/nowhere.geojson",
        "/assets/glyphs/..%2f..%2f/0-255.pbf",
        "/assets/glyphs/No Such Font/0-255.pbf",
        "/assets/glyphs/Noto Sans Regular/x-y.pbf",
        "/assets/glyphs/Noto Sans Regular/0-255.pbf.gz",
        "/_dash-component-suites/os/environ",
        "/_dash-component-suites/dash/__init__.py",
        "/_dash-component-suites/dash/../flask/app.py",
        "/_dash-component-suites/nowhere/x.js",
        "//evil.example/..",
        "/%5cevil.example",
    ],
)
def test_an_address_that_is_not_there_is_404_and_never_leads_elsewhere(client: FlaskClient, path: str) -> None:
    answer = client.get(path, base_url="http://localhost")
    assert (answer.status_code, answer.text) == (404, "There is nothing at this address.\n")
    assert "Location" not in answer.headers


def test_letters_that_no_font_has_are_an_empty_answer(client: FlaskClient) -> None:
    fonts = [folder.name for folder in (ROOT / "assets" / "glyphs").iterdir() if folder.is_dir()]
    assert fonts
    for font in fonts:
        answer = client.get(f"/assets/glyphs/{font}/64256-64511.pbf")
        assert (answer.status_code, answer.content_type) == (200, "application/x-protobuf")
    assert client.get(f"/assets/glyphs/{fonts[0]}/65280-65535.pbf").data == b""


def test_files_may_be_kept_by_the_browser_and_answers_must_be_asked_for_again(client: FlaskClient) -> None:
    page = client.get("/")
    bundle = re.search(r'src="(/_dash-component-suites/[^"]+)"', page.text)
    assert bundle
    assert page.headers["Cache-Control"] == "no-cache"
    assert client.get("/healthz").headers["Cache-Control"] == "no-cache"
    assert client.get("/nowhere").headers["Cache-Control"] == "no-store"
    assert client.get(bundle[1]).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    file = client.get("/basemap/countries.geojson", buffered=True)
    assert file.headers["Cache-Control"] == "public, max-age=86400"
    again = client.get("/basemap/countries.geojson", headers={"If-None-Match": file.headers["ETag"]}, buffered=True)
    assert again.status_code == 304


def test_a_bundle_is_compressed_to_the_same_bytes_each_time_and_unpacks_to_the_bundle(client: FlaskClient) -> None:
    page = client.get("/").text
    path = re.findall(r'src="(/_dash-component-suites/[^"]+)"', page)[-1]
    plain = client.get(path).data
    packed = [client.get(path, headers={"Accept-Encoding": "br"}) for _ in range(2)]
    assert [answer.headers["Content-Encoding"] for answer in packed] == ["br", "br"]
    assert packed[0].data == packed[1].data
    assert brotli.decompress(packed[0].data) == plain


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content-Type": ""}, 415),
    ],
)
def test_a_callback_of_another_site_is_refused(
    client: FlaskClient, calls: list[dict[str, Any]], headers: dict[str, str], status: int
) -> None:
    answer = client.post(CALLBACK, data=json.dumps(calls[0]), headers={"Content-Type": "application/json", **headers})
    assert answer.status_code == status


@pytest.mark.parametrize(
    "body",
    [
        "", "{", "null", "[]", "3", '"x"', "{}", "NaN", '{"output": NaN}', '{"output": 1e999}', '{"a": "\\ud800"}',
        '{"output": ' + "9" * 5_000 + "}", "[" * 200_000, '{"a":' * 900 + "1" + "}" * 900, b"\xff\xfe\x00",
        '{"output": "nowhere.children"}', '{"output": ["a"]}', '{"output": {"a": 1}}',
    ],
    ids=lambda body: str(body[:24]),
)  # fmt: skip
def test_a_body_that_is_no_callback_of_the_page_is_refused(client: FlaskClient, body: str | bytes) -> None:
    answer = post(client, body)
    assert answer.status_code == 400
    assert answer.text.count("\n") == 1


def test_a_callback_of_another_shape_is_refused(client: FlaskClient, calls: list[dict[str, Any]]) -> None:
    for call in calls:
        for key in ("inputs", "outputs", "changedPropIds"):
            for value in (None, "x", 3, {}, [None], [[]], [{"id": "a"}], [{"id": "a", "property": "b"}]):
                assert post(client, {**call, key: value}).status_code == 400, (call["output"], key, value)
        missing = {key: value for key, value in call.items() if key != "inputs"}
        assert post(client, missing).status_code == 400
        assert post(client, {**call, "inputs": [*call["inputs"], *call["inputs"]]}).status_code == 400
        assert post(client, {**call, "changedPropIds": ["{.x", "nowhere.value"]}).status_code == 400


JUNK = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-(10**18), 10**18), st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=40),
        st.sampled_from([
            "2022-02-30", "0001-01-01", "9999-12-31", "' OR 1=1 --", "../../x", "\x00", "\u202e", "x" * 50_000,
            "?q=%00", ["2022-01-09", "2022-01-06"], {"search": "?bbox=nan,1,2,3"},
            {"namespace": "x", "type": "Div", "props": {}},
        ]),
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


@settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_value_in_a_callback_makes_the_server_fail(
    client: FlaskClient, calls: list[dict[str, Any]], store: Store, data: st.DataObject
) -> None:
    call = json.loads(json.dumps(data.draw(st.sampled_from(calls))))
    values = [one for kind in ("inputs", "state") for one in call[kind] if isinstance(one, dict)]
    for one in data.draw(st.lists(st.sampled_from(values), max_size=5)):
        one["value"] = data.draw(JUNK)
    inputs = [f"{one['id']}.{one['property']}" for one in call["inputs"] if isinstance(one, dict)]
    call["changedPropIds"] = data.draw(st.lists(st.sampled_from(inputs), max_size=2))
    answer = post(client, call)
    assert answer.status_code in (200, 204, 400, 413, 422), (call, answer.text)
    assert "Traceback" not in answer.text
    assert store.size == client.get("/healthz").json["events"]  # type: ignore[index]


def test_a_bug_answers_with_an_id_that_the_log_explains(
    store: Store, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dashboard.server.app import create_app  # noqa: PLC0415

    def broken(_: object) -> None:
        raise RuntimeError("secret words")

    client = create_app(store).server.test_client()
    monkeypatch.setattr(store, "query", broken)
    with caplog.at_level(logging.ERROR):
        answer = client.get("/api/events.csv")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    found = re.search(r"error ([0-9a-f]{8})", answer.text)
    assert found
    assert found[1] in caplog.text
    assert "secret words" in caplog.text
