"""Areas for tests, and whether a point lies in one."""

from __future__ import annotations

import math

import shapely
from hypothesis import strategies as st

from geodata.area import Area
from geodata.places.spatial import LonLat


@st.composite
def areas(draw: st.DrawFn, middle: LonLat | None = None, reach: float = 20.0) -> str:
    """A polygon as a link has it: 4 to 12 corners within `reach` degrees around a point, `middle` or any."""
    lon, lat = middle or (draw(st.floats(-200, 200)), draw(st.floats(-60, 60)))
    count = draw(st.integers(4, 12))
    corners = []
    for number in range(count):
        angle = 2 * math.pi * (number + draw(st.floats(0, 0.8))) / count
        far = draw(st.floats(0.1, 1)) * reach
        corners.append(f"{lon + far * math.cos(angle):.4f},{lat + far * math.sin(angle):.4f}")
    return ";".join(corners)


def covers(area: Area, point: LonLat) -> bool:
    """Whether a point lies in an area, as shapely says, on whichever turn of the globe."""
    shape, (lon, lat) = shapely.Polygon(area.corners), point
    return any(shape.covers(shapely.Point(lon + turn, lat)) for turn in (-360, 0, 360))
