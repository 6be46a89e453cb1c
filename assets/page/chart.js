/* The chart under the map: in the timeline a drag chooses days, a click a day or an event. */
(function () {
  "use strict";

  const sitrep = (window.sitrep = window.sitrep ?? {});

  function draw() {
    const { state, byId } = sitrep;
    const figure = state.shown?.chart;
    const place = byId("timeline");
    if (!figure || !place || !window.Plotly || state.chart === figure) return;
    state.chart = figure;
    byId("app").dataset.chart = figure.layout.meta;
    window.Plotly.react(place, figure);
    if (place.dataset.wired) return;
    place.dataset.wired = "yes";
    place.on("plotly_selected", brush);
    place.on("plotly_click", click);
  }

  function click(event) {
    const chosen = event.points[0]?.customdata;
    if (chosen?.event) sitrep.tell("sitrep:select", { ids: [chosen.event] });
    else if (chosen) sitrep.send("brush", { data: [chosen, chosen, ++sitrep.state.messages] });
  }

  function brush(event) {
    const days = daysOf(event?.range?.x);
    if (days) sitrep.send("brush", { data: [...days, ++sitrep.state.messages] });
  }

  // The first and last day that a brushed range touches. One that ends at midnight does not touch the day after.
  function daysOf(range) {
    if (!range) return null;
    const [first, last] = [...range].sort().map(String);
    const midnight = last.length === 10 || /00:00(:00(\.0+)?)?$/.test(last);
    const end = midnight ? new Date(Date.parse(`${last.slice(0, 10)}T00:00Z`) - 1).toISOString() : last;
    return [first.slice(0, 10), end.slice(0, 10)];
  }

  sitrep.chart = { draw, daysOf };
})();
