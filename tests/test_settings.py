"""A deployment's settings: the option comes before the environment, and that before the default."""

from __future__ import annotations

import pytest

from dashboard.settings import SETTINGS, add_settings
from geodata.arguments import Parser


def values(environment: dict[str, str], *words: str) -> dict[str, object]:
    parser = Parser("python -m dashboard")
    add_settings(parser, environment)
    return vars(parser.parse_args(words))


def test_without_option_and_environment_a_setting_has_its_default() -> None:
    assert values({}) == {"host": "127.0.0.1", "port": 8050, "hosts": []}
    assert values({"SITREP_PORT": ""})["port"] == 8050


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
