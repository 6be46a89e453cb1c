"""Panel with datashader: a picture of all events, made anew for each view, and a slider of days.

`python panel_datashader.py CSV PORT`.
"""

from __future__ import annotations

import sys
from typing import Any

import holoviews as hv
import pandas as pd
import panel as pn
from holoviews.operation.datashader import datashade, dynspread
from holoviews.util.transform import lon_lat_to_easting_northing

PATH, PORT = sys.argv[1:]
hv.extension("bokeh")
events = pd.read_csv(PATH, usecols=["date_start", "lon", "lat"], parse_dates=["date_start"])
events = events.dropna(subset=["lon", "lat"])
events["day"] = (events["date_start"] - events["date_start"].min()).dt.days
events["x"], events["y"] = lon_lat_to_easting_northing(events["lon"], events["lat"])
LAST = int(events["day"].max())


def page() -> Any:
    """What one reader sees."""
    days = pn.widgets.IntRangeSlider(name="days", start=0, end=LAST, value=(0, LAST), width=1200)

    def kept(value: tuple[int, int]) -> hv.Points:
        return hv.Points(events[events["day"].between(*value)], ["x", "y"])

    shaded = dynspread(datashade(hv.DynamicMap(pn.bind(kept, days))))
    ranges = {"xlim": (-4_000_000, 8_500_000), "ylim": (-3_500_000, 6_500_000)}
    return pn.Column(shaded.opts(width=1400, height=760, **ranges), days)


pn.serve(page, port=int(PORT), show=False)
