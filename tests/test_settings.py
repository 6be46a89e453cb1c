"""A deployment's settings: the option comes before the environment, and that before the default."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from dashboard.settings import SETTINGS, add_settings, takes_files
from geodata.arguments import Parser
from geodata.files import user_cache


def values(environment: dict[str, str], *words: str) -> dict[str, object]:
    parser = Parser("python -m dashboard")
    add_settings(parser, environment)
    return vars(parser.parse_args(words))


def test_without_option_and_environment_a_setting_has_its_default() -> None:
    defaults = {"host": "127.0.0.1", "port": 8050, "hosts": [], "uploads": None, "engine": "", "cache": user_cache()}
    assert values({}) == defaults
    assert values({"SITREP_PORT": ""})["port"] == 8050


def test_the_cache_is_a_folder_the_users_own_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    variable = SETTINGS["cache"].variable
    assert values({variable: "here"})["cache"] == Path("here")
    assert values({variable: "here"}, "--cache", "there")["cache"] == Path("there")
    assert values({variable: "here"}, "--no-cache")["cache"] is None
    monkeypatch.delenv(variable)
    assert values({})["cache"] == platformdirs.user_cache_path("sitrep-map", appauthor=False)


def test_a_cache_and_none_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        values({}, "--cache", "there", "--no-cache")
    assert left.value.code == 2
    assert "not allowed with" in capsys.readouterr().err


def test_the_environment_sets_what_no_option_sets() -> None:
    found = values({"SITREP_PORT": "8051", "SITREP_HOSTS": "a.example, b.example"}, "--port", "8052")
    assert (found["port"], found["hosts"]) == (8052, ["a.example", "b.example"])


@pytest.mark.parametrize("port", ["x", "70000", "-1", "٣"])
def test_a_port_of_the_environment_that_cannot_be_read_is_refused(
    port: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        values({SETTINGS["port"].variable: port})
    assert left.value.code == 2
    assert "expected 0 to 65535" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "host", "takes"),
    [
        ((), "127.0.0.1", True), ((), "::1", True), ((), "localhost", True), ((), "127.8.8.8", True),
        ((), "0.0.0.0", False), ((), "::", False), ((), "map.example", False), ((), "192.168.1.5", False),
        (("--uploads", "on"), "0.0.0.0", True), (("--uploads=off",), "127.0.0.1", False),
    ],
)  # fmt: skip
def test_files_are_taken_where_the_setting_says_so_else_on_a_loopback_address_only(
    words: tuple[str, ...], host: str, takes: bool
) -> None:
    assert takes_files(values({}, *words)["uploads"], host) is takes  # type: ignore[arg-type]
    assert values({"SITREP_UPLOADS": "off"}, *words)["uploads"] is ("on" in words)


def test_a_switch_is_on_or_off(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        values({}, "--uploads", "yes")
    assert "expected on or off" in capsys.readouterr().err
