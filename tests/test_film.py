"""The figures of a series one after another: as many frames as values, told how long, the same each time."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import unescape

import pytest
from PIL import Image, ImageColor

from dashboard.export.files import files_of
from dashboard.export.formats import FORMATS, formats_that_make
from dashboard.scene.theme import LIGHT
from geodata.errors import ChoiceError
from geodata.filter import Filter
from geodata.store.store import Store
from tests.figures import MADE_ON, asked, drawn

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.conftest import RunCli

DAYS = {"from": "2022-01-05", "to": "2022-01-08"}
SMALL = {"each": "day", "size": "400x320px"}


def frames(content: bytes) -> list[tuple[Image.Image, float]]:
    """Each frame as RGB, with its milliseconds."""
    found = []
    with Image.open(io.BytesIO(content)) as film:
        for number in range(getattr(film, "n_frames", 1)):
            film.seek(number)
            film.load()
            found.append((film.convert("RGB"), float(film.info["duration"])))
    return found


@pytest.mark.parametrize("kind", formats_that_make("film"))
def test_a_film_has_a_frame_for_each_value_and_rests_on_the_last(store: Store, kind: str) -> None:
    found = frames(drawn(store, kind, Filter.parse(**DAYS), **SMALL))
    assert [image.size for image, _ in found] == [(400, 320)] * 4
    times = [duration for _, duration in found]
    assert times[:-1] == [1200] * 3
    assert times[-1] > 1200


@pytest.mark.parametrize("kind", ["apng", "webp"])
def test_a_frame_is_the_figure_of_its_value(store: Store, kind: str, tmp_path: Path, call_cli: RunCli) -> None:
    words = ["--from=2022-01-05", "--to=2022-01-08", "--each=day", "--size=400x320px", f"--made-on={MADE_ON}"]
    assert call_cli("dashboard", "export", tmp_path / "map.png", *words).returncode == 0
    stills = [Image.open(tmp_path / f"map-2022-01-0{day}.png").convert("RGB") for day in range(5, 9)]
    found = frames(drawn(store, kind, Filter.parse(**DAYS), **SMALL))
    assert [image.tobytes() for image, _ in found] == [still.tobytes() for still in stills]


def test_all_frames_of_a_gif_share_one_palette_with_the_colours_of_the_page(store: Store) -> None:
    content = drawn(store, "gif", Filter.parse(**DAYS), **SMALL)
    assert content[10] & 0x80, "there is a table of colours for the whole film"
    images = [image for image, _ in frames(content)]
    together = set().union(*({color for _, color in image.getcolors(1 << 20)} for image in images))
    assert len(together) <= 256
    assert images[0].getpixel((2, 2)) == (255, 255, 255)


@pytest.mark.parametrize("category", ["political", "deployment"])
def test_the_few_dots_of_a_symbol_keep_their_colour_in_a_gif(store: Store, category: str) -> None:
    where = Filter.parse(**{"from": "2022-01-08", "to": "2022-01-09"})
    image, _ = frames(drawn(store, "gif", where, each="day", size="640x480px"))[-1]
    wanted = ImageColor.getrgb(LIGHT.categories[category])
    away = min(max(abs(a - b) for a, b in zip(color, wanted, strict=True)) for _, color in image.getcolors(1 << 20))
    assert away <= 8


@pytest.mark.parametrize("kind", formats_that_make("film"))
def test_a_film_runs_again_and_again_and_is_the_same_bytes_twice(store: Store, kind: str) -> None:
    where = Filter.parse(**{"from": "2022-01-05", "to": "2022-01-06"})
    content = drawn(store, kind, where, **SMALL)
    assert content == drawn(store, kind, where, **SMALL)
    with Image.open(io.BytesIO(content)) as film:
        assert film.info["loop"] == 0


@pytest.mark.parametrize("kind", formats_that_make("film"))
def test_title_and_alt_text_are_in_the_film(store: Store, kind: str) -> None:
    where = Filter.parse(**{"from": "2022-01-05", "to": "2022-01-06"})
    content = drawn(store, kind, where, title="Days of <January> & after", **SMALL)
    with Image.open(io.BytesIO(content)) as film:
        kept = film.info["xmp" if kind == "webp" else "comment" if kind == "gif" else "Description"]
        said = kept.decode() if isinstance(kept, bytes) else f"{film.info['Title']} {kept}"
    assert "Days of <January> & after" in unescape(said)
    assert "One figure after another, each a day" in said
    assert "showing" in said


def test_an_apng_has_the_resolution_that_was_asked_for(store: Store) -> None:
    where = Filter.parse(**{"from": "2022-01-05", "to": "2022-01-06"})
    with Image.open(io.BytesIO(drawn(store, "apng", where, each="day", size="75x75mm", dpi=100))) as film:
        assert film.size == (295, 295)
        assert film.info["dpi"] == pytest.approx((100, 100), abs=0.1)


def test_a_film_of_too_many_pixels_is_refused_before_it_is_drawn(store: Store) -> None:
    with pytest.raises(ChoiceError, match=r"frames of .* pixels"):
        files_of(store, asked(kind="gif", each="day", size="A4", dpi=400))


@pytest.mark.parametrize("kind", formats_that_make("film"))
def test_a_film_over_http_is_that_of_the_command(
    client: FlaskClient, call_cli: RunCli, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / f"map.{kind}"
    words = ["--from=2022-01-05", "--to=2022-01-06", "--each=day", "--size=400x320px", f"--made-on={MADE_ON}"]
    done = call_cli("dashboard", "export", out, *words)
    assert (done.returncode, done.stderr) == (0, "")
    answer = client.get(f"/export/map.{kind}?from=2022-01-05&to=2022-01-06&each=day&size=400x320px&made_on={MADE_ON}")
    assert answer.data == out.read_bytes()
    assert answer.mimetype == FORMATS[kind].media_type
