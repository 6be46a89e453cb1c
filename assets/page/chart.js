/* The chart under the map. In the timeline a click chooses a day or an event, and the brush lies over it. */
(function () {
  "use strict";

  const sitrep = (window.sitrep = window.sitrep ?? {});

  function draw() {
    const { state, byId } = sitrep;
    const shown = state.shown?.chart;
    const place = byId("timeline");
    if (!shown || !place || !window.Plotly || state.drawnOf === shown) return;
    state.drawnOf = shown;
    byId("app").dataset.chart = shown.layout.meta;
    const figure = shown.layout.meta === "timeline" ? undimmed(shown) : shown;
    // Other days alone are the brush's.
    if (!isSame(figure, state.chart)) {
      state.chart = figure;
      window.Plotly.react(place, figure);
    }
    sitrep.brush.again();
    if (place.dataset.wired) return;
    place.dataset.wired = "yes";
    place.on("plotly_click", click);
  }

  const isSame = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  // The timeline with all its bars lit, and without the band: the page's brush says what is chosen.
  function undimmed(figure) {
    const lit = (trace) => (trace.type === "bar" ? { ...trace, marker: { ...trace.marker, opacity: 1 } } : trace);
    return { ...figure, data: figure.data.map(lit), layout: { ...figure.layout, shapes: [] } };
  }

  function click(event) {
    if (sitrep.brush.isDrag()) return;
    const chosen = event.points[0]?.customdata;
    if (chosen?.event) sitrep.tell("sitrep:select", { ids: [chosen.event] });
    else if (chosen) sitrep.send("brush", { data: [chosen, chosen, ++sitrep.state.messages] });
  }

  // The first days of the timeline's bars; null where there is another chart.
  const bins = () => (sitrep.state.chart?.layout.meta === "timeline" ? sitrep.state.chart.data[0].customdata : null);

  // The timeline with other bars, by category.
  function recount(bars) {
    const { state, byId } = sitrep;
    if (!bins()) return;
    state.chart = withBars(state.chart, bars);
    window.Plotly.react(byId("timeline"), state.chart);
  }

  function withBars(figure, bars) {
    const data = figure.data.map((trace) => (trace.type === "bar" ? { ...trace, y: bars[trace.name], hoverinfo: "skip" } : trace));
    const sums = figure.data[0].customdata.map((_, at) => Object.values(bars).reduce((sum, each) => sum + each[at], 0));
    const tallest = sums.reduce((a, b) => Math.max(a, b), 1);
    const yaxis = { ...figure.layout.yaxis, range: [0, tallest * 1.08], dtick: Math.max(1, Math.round(tallest / 3)) };
    return { ...figure, data, layout: { ...figure.layout, yaxis } };
  }

  sitrep.chart = { draw, undimmed, withBars, bins, recount };
})();
