/* The chart under the map. In the timeline a click chooses a day or an event, and the brush lies over it. */
(function () {
  "use strict";

  const sitrep = (window.sitrep = window.sitrep ?? {});
  const CLICK = 100; // ms from the end of a drag, in which Plotly takes it for a click
  const LEAST_DAYS = 7; // up to which each day has a tick
  const MOST_BY_ONE = 4; // events in a bar, up to which each number has its line
  const FILLED = 0.82; // of a bin's width by its bar

  function draw() {
    const { state, byId } = sitrep;
    const shown = state.shown?.chart;
    const place = byId("timeline");
    if (!shown || !place || !window.Plotly || state.drawnOf === shown) return;
    state.drawnOf = shown;
    byId("app").dataset.chart = shown.layout.meta;
    const figure = shown.layout.meta === "timeline" ? undimmed(shown) : shown;
    // Other days alone are the brush's, and those that the hand has zoomed to meanwhile have other bars.
    if (figure !== shown && sitrep.zoom.isBehind(figure)) sitrep.zoom.draw(figure);
    else put(figure);
    if (place.dataset.wired) return;
    place.dataset.wired = "yes";
    place.on("plotly_click", click);
    sitrep.zoom.wire(place.parentElement);
  }

  function put(figure) {
    const { state, byId } = sitrep;
    if (!isSame(figure, state.chart)) {
      state.chart = figure;
      window.Plotly.react(byId("timeline"), figure);
    }
    sitrep.brush.again();
    sitrep.zoom.tell();
  }

  const isSame = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  // The timeline with all its bars lit, and without the band: the page's brush says what is chosen.
  function undimmed(figure) {
    const lit = (trace) => (trace.type === "bar" ? { ...trace, marker: { ...trace.marker, opacity: 1 } } : trace);
    return { ...figure, data: figure.data.map(lit), layout: { ...figure.layout, shapes: [] } };
  }

  let draggedAt = -Infinity; // ms: when a hand was done
  const dragged = () => (draggedAt = performance.now());

  function click(event) {
    if (performance.now() - draggedAt < CLICK) return;
    const chosen = event.points[0]?.customdata;
    if (chosen?.event) sitrep.tell("sitrep:select", { ids: [chosen.event] });
    else if (chosen) sitrep.send("brush", { data: [chosen, chosen, ++sitrep.state.messages] });
  }

  const isTimeline = () => sitrep.state.chart?.layout.meta === "timeline";

  // The timeline from one day to another.
  function withDays(figure, [first, last]) {
    const { DAY, at, plus } = sitrep.days;
    const { dtick: _, ...axis } = figure.layout.xaxis;
    // Plotly would tell hours where it is short.
    const ticks = at(last) - at(first) < LEAST_DAYS * DAY ? { dtick: DAY } : {};
    const xaxis = { ...axis, ...ticks, range: [first, plus(last, 1)] };
    return { ...figure, layout: { ...figure.layout, xaxis } };
  }

  // The timeline with other bars, by category. Their first days and the day after the last one are `edges`.
  function withBars(figure, edges, bars) {
    const { DAY, at, plus } = sitrep.days;
    const starts = edges.slice(0, -1);
    const lengths = starts.map((start, bin) => (at(edges[bin + 1]) - at(start)) / DAY);
    const middles = starts.map((start, bin) => `${plus(start, Math.floor(lengths[bin] / 2))}T12:00`);
    const data = figure.data.map((trace) => {
      if (trace.type !== "bar") return trace;
      const those = (values) => values.filter((_, bin) => bars[trace.name][bin]);
      const where = { x: those(middles), width: those(lengths).map((days) => days * DAY * FILLED), customdata: those(starts) };
      return { ...trace, ...where, y: those(bars[trace.name]), hoverinfo: "skip" };
    });
    const sums = starts.map((_, bin) => Object.values(bars).reduce((sum, each) => sum + each[bin], 0));
    const tallest = sums.reduce((a, b) => Math.max(a, b), 1);
    const { dtick: _, ...axis } = figure.layout.yaxis;
    const yaxis = { ...axis, range: [0, tallest * 1.08], ...(tallest <= MOST_BY_ONE ? { dtick: 1 } : {}) };
    return { ...figure, data, layout: { ...figure.layout, yaxis } };
  }

  sitrep.chart = { draw, put, dragged, undimmed, withDays, withBars, isTimeline };
})();
