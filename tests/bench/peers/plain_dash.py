"""Plain Dash: Plotly Express's map of all events and a slider of days. `python plain_dash.py CSV PORT`."""

from __future__ import annotations

import sys
from typing import Any

import pandas as pd
import plotly.express as px
from dash import Dash, Input, Output, dcc, html

PATH, PORT = sys.argv[1:]
events = pd.read_csv(PATH, usecols=["category", "title", "date_start", "lon", "lat"], parse_dates=["date_start"])
events = events.dropna(subset=["lon", "lat"])
events["day"] = (events["date_start"] - events["date_start"].min()).dt.days
LAST = int(events["day"].max())

app = Dash()
app.layout = html.Div(
    [
        dcc.Graph(id="map", style={"height": "760px"}),
        dcc.RangeSlider(0, LAST, value=[0, LAST], id="days", marks=None, updatemode="drag"),
    ]
)


@app.callback(Output("map", "figure"), Input("days", "value"))
def draw(days: list[int]) -> Any:
    """The events of some days, a point each."""
    kept = events[events["day"].between(*days)]
    figure = px.scatter_map(
        kept, lat="lat", lon="lon", color="category", hover_name="title", map_style="white-bg", zoom=2,
        center={"lat": 15, "lon": 20},
    )  # fmt: skip
    return figure.update_layout(uirevision="kept", margin={"l": 0, "r": 0, "t": 0, "b": 0})


app.run(port=PORT)
