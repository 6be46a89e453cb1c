"""Every preset, with and without panels, the article's data and the whole set: each drawn once, as it is saved."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree

import numpy as np
import pytest

from dashboard.choice.sizes import SIZES
from dashboard.export.figure import draw_one
from dashboard.export.image import render
from dashboard.panels import PANELS
from dashboard.report.contents import Report
from dashboard.scene.scene import Scene
from dashboard.scene.theme import PALETTES
from geodata.filter import Filter
from geodata.places.spatial import distance_m, great_circle
from geodata.store.store import Store
from tests.figures import SVG, asked, outlines, overlapping

ARTICLE = "article-2022-01-10"
CASES = [(size, panels, data) for size in SIZES for panels in ("", ",".join(PANELS)) for data in ("", ARTICLE)]
every_case = pytest.mark.parametrize(("size", "panels", "data"), CASES, ids=lambda value: value[:8] or "-")


@dataclass(frozen=True)
class Case:
    """A figure as composed and as saved."""

    scene: Scene
    report: Report
    svg: ElementTree.Element


@pytest.fixture(scope="module")
def case(store: Store) -> Callable[[str, str, str], Case]:
    @cache
    def made(size: str, panels: str, data: str) -> Case:
        drawn = draw_one(store, asked(Filter.parse(sources=data), size=size, panels=panels))
        return Case(drawn.scene, drawn.report, ElementTree.fromstring(render(drawn.report, "svg")))

    return made


@every_case
def test_no_text_lies_on_another_and_none_leaves_the_page(
    case: Callable[[str, str, str], Case], size: str, panels: str, data: str
) -> None:
    report = case(size, panels, data).report
    width, height = report.options.size.points
    assert overlapping(report.words) == []
    assert [
        words.text for words in report.words
        if words.box[0] < 0 or words.box[1] < 0 or words.box[2] > width or words.box[3] > height
    ] == []  # fmt: skip


@every_case
def test_what_stands_on_the_page_stands_in_the_file_in_six_points_or_more(
    case: Callable[[str, str, str], Case], size: str, panels: str, data: str
) -> None:
    found = case(size, panels, data)
    texts = [*found.svg.iter(f"{SVG}text")]
    assert sorted("".join(text.itertext()).strip() for text in texts) == sorted(
        w.text.strip() for w in found.report.words
    )
    sizes = [float(size) for text in texts for size in re.findall(r"([\d.]+)px", text.get("style", ""))]
    assert len(sizes) == len(texts)
    # The page's unit is the point: its view box is as many points wide as the page.
    view = [float(side) for side in found.svg.get("viewBox", "").split()]
    assert view[2:] == pytest.approx(found.report.options.size.points, abs=0.01)
    assert min(sizes) >= 6.0


@every_case
def test_the_legend_has_the_kinds_of_marks_that_are_drawn(
    case: Callable[[str, str, str], Case], size: str, panels: str, data: str
) -> None:
    found = case(size, panels, data)
    scene, legend = found.scene, found.report.legend
    assert {e.glyph for e in legend if e.kind == "glyph"} == {
        {"deployment": "■", "clash": "▲", "protest": "●", "detention": "◆", "political": "✚", "other": "○"}[s.category]
        for s in scene.spots
    }
    kinds = {entry.kind for entry in legend}
    assert ("arrow" in kinds) == bool(scene.flows)
    assert ("tag" in kinds) == bool(scene.country_wide)
    assert ("disc" in kinds) == bool(scene.tolls)
    assert ("open ring" in kinds) == any(toll.range.high is None for toll in scene.tolls)
    assert ("line" in kinds) == any(toll.spokes for toll in scene.tolls)
    # The list of what is not on the map follows the legend.
    words, _, _ = " ".join(w.text for w in found.report.words if w.role == "panel").partition(" Not on the map")
    assert words == " ".join(["Legend", *(entry.text for entry in legend)])


@every_case
def test_the_scale_bar_in_the_file_is_true_within_one_per_cent(
    case: Callable[[str, str, str], Case], size: str, panels: str, data: str
) -> None:
    found = case(size, panels, data)
    (group,) = [each for each in found.svg.iter(f"{SVG}g") if each.get("id") == "scale-bar"]
    height = found.report.options.size.points[1]
    (line,) = outlines(group, height)
    level = line[:, 1].min()
    ends = found.report.frame.to_ground(np.array([(line[:, 0].min(), level), (line[:, 0].max(), level)]))
    said = re.match(r"([\d,]+) (k?m)", "".join(group.itertext()).strip())
    assert said
    length = float(said[1].replace(",", "")) * (1000 if said[2] == "km" else 1)
    (a, b), (c, d) = ends
    assert distance_m((float(a), float(b)), (float(c), float(d))) == pytest.approx(length, rel=0.01)


@every_case
def test_a_flow_is_the_great_circle_in_the_figure_s_projection(
    case: Callable[[str, str, str], Case], size: str, panels: str, data: str
) -> None:
    found = case(size, panels, data)
    (event,) = found.scene.flows
    origin, destination = (place.point for place in found.scene.result.places_of(event))
    assert origin and destination
    frame = found.report.frame
    shortest = frame.to_page(np.array(great_circle(origin, destination, 5_000)))
    color = PALETTES["light"].categories["deployment"]
    drawn = outlines(found.svg, found.report.options.size.points[1], stroke=color)
    flow = max(drawn, key=lambda line: float(np.hypot(*np.ptp(line, axis=0))))
    apart = np.hypot(*(flow[:, None, :] - shortest[None, :, :]).transpose(2, 0, 1)).min(axis=1)
    assert apart.max() < 1.0  # points
    ends = np.hypot(*(flow[[0, -1]] - shortest[[0, -1]]).T)
    assert ends.max() < 0.5


@every_case
def test_panels_stand_beside_the_map_or_are_said_to_be_left_out(
    case: Callable[[str, str, str], Case], size: str, panels: str, data: str
) -> None:
    report = case(size, panels, data).report
    left, bottom, right, top = report.frame.box
    words = {role: [w for w in report.words if w.role == role] for role in PANELS}
    assert tuple(role for role in PANELS if words[role]) == report.panels
    inside = [
        w.text for each in words.values() for w in each
        if w.box[0] < right and left < w.box[2] and w.box[1] < top and bottom < w.box[3]
    ]  # fmt: skip
    assert inside == []
    notes = " ".join(w.text for w in report.words if w.role == "note")
    assert ("No room on this page" in notes) == (set(report.panels) != set(filter(None, panels.split(","))))
