/* Which days the timeline shows: the wheel, two fingers, keys and buttons zoom and move it. It is a view and no filter, so
 * it stands in the link as the map's camera does. The bars are counted here where that is possible (counts.js); the server
 * makes them anew, with what they tell, when the hand rests. */
(function () {
  "use strict";

  const sitrep = (window.sitrep = window.sitrep ?? {});
  const { DAY } = sitrep.days;
  const REST = 400; // ms
  const PATIENCE = 4000; // ms for an answer: a request that fails has none
  const STEP = 2; // times, of a button or key
  const ROOM = 1.2; // times the chosen days
  const NEAR = 24; // px: fingers closer than that have no scale
  const PX = { 0: 1, 1: 16, 2: 400 }; // of a wheel's units

  // How many times as much a wheel's turn shows; a pinch on a touchpad comes as one with Ctrl.
  const timesOf = ({ deltaY, deltaMode, ctrlKey }) => Math.exp(deltaY * PX[deltaMode] * (ctrlKey ? 0.01 : 0.002));

  // What is seen, [from, to) in ms, where two moments lie under two fingers: x in px from the left of what is `across` px.
  function pinched(moments, xs, across) {
    const [a, b] = xs[0] < xs[1] ? [0, 1] : [1, 0];
    const each = (moments[b] - moments[a]) / Math.max(xs[b] - xs[a], NEAR);
    const from = moments[a] - xs[a] * each;
    return [from, from + across * each];
  }

  // The search of a link with the days of the timeline, [first, last]; null for all.
  function searchWith(search, days) {
    const query = new URLSearchParams(search);
    query.delete("timeline");
    if (days) query.set("timeline", days.join());
    const text = query.toString().replaceAll("%2C", ",").replaceAll("%3B", ";");
    return text && `?${text}`;
  }

  sitrep.zoom = { timesOf, pinched, searchWith };
  if (typeof document === "undefined") return; // a test of the functions

  let seen = null; // [from, to) in ms, finer than the whole days that are shown; null: all
  let hand = null; // one that moves the timeline: where it was
  let fingers = new Map(); // those on the timeline: where each is, by its pointer
  let pinch = null; // the moments under two of them
  let wanted = null; // the figure that is to be drawn, and whether it is the server's as it came
  let isDrawing = false;
  let waiting = null;

  const saidDays = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });
  const buttons = () => sitrep.byId("timeline-zoom");
  const all = () => {
    const { first, last } = sitrep.byId("play").dataset;
    return sitrep.bins.rangeOf([first, last]);
  };
  const days = () => sitrep.bins.daysOf(seen ?? all());
  const step = () => sitrep.bins.stepOf(days());
  const isSame = (one, other) => one.join() === other.join();
  const isAll = (range) => isSame(sitrep.bins.daysOf(range), sitrep.bins.daysOf(all()));

  function see(range) {
    const before = days();
    seen = isAll(range) ? null : range;
    if (isSame(before, days())) return;
    draw();
    rest();
  }

  function daysIn({ layout }) {
    const [first, end] = layout.xaxis.range;
    return [first, sitrep.days.plus(end, -1)];
  }

  // Whether a figure of the server's is for other days than those that are seen. After another link its days are.
  function isBehind(figure) {
    const its = daysIn(figure);
    if (sitrep.state.shown.camera) {
      seen = isAll(sitrep.bins.rangeOf(its)) ? null : sitrep.bins.rangeOf(its);
      sitrep.send("span", { data: null });
    }
    return isDrawing || !isSame(its, days());
  }

  // Draws the days that are seen in a figure that the server made now, or in the one that is drawn, with the bars that can
  // be counted here; those that the server made for these days tell more.
  async function draw(made) {
    const figure = made ?? sitrep.state.chart;
    if (figure?.layout.meta !== "timeline") return;
    wanted = { figure, isMade: Boolean(made) };
    if (isDrawing) return;
    isDrawing = true;
    while (wanted) {
      const [{ figure: base, isMade }, shown] = [wanted, days()];
      wanted = null;
      const edges = sitrep.bins.edgesOf(shown, sitrep.bins.stepOf(shown));
      const bars = isMade && isSame(daysIn(base), shown) ? null : await sitrep.counts.bars(edges);
      if (sitrep.state.shown.chart.layout.meta !== "timeline") break; // the reader has chosen another chart meanwhile
      sitrep.chart.put(sitrep.chart.withDays(bars ? sitrep.chart.withBars(base, edges, bars) : base, shown));
      await new Promise(requestAnimationFrame);
    }
    isDrawing = false;
    wanted = null;
  }

  // Shows by words and buttons what is seen; gives the words for who does not see it.
  function tell() {
    const place = buttons();
    if (!place || !sitrep.chart.isTimeline()) return;
    const [whole, [from, to]] = [all(), seen ?? all()];
    const isLeast = isSame(sitrep.bins.daysOf(sitrep.bins.scaled([from, to], 1 / STEP, from, whole)), days());
    const isIdle = { in: isLeast, out: !seen, all: !seen, chosen: !sitrep.brush.chosen().every(Boolean) };
    for (const button of place.querySelectorAll("button")) button.setAttribute("aria-disabled", isIdle[button.dataset.zoom]);
    const said = saidDays.formatRange(...days().map((day) => new Date(day)));
    document.querySelector(".timeline-head .hint").dataset.seen = seen ? said : "";
    entitle(place);
    return place.dataset[step()].replace("{days}", said);
  }

  // The chart is called by the step of its bars.
  function entitle(place) {
    if ((place.dataset.step ?? sitrep.bins.stepOf(sitrep.bins.daysOf(all()))) === step()) return;
    place.dataset.step = step();
    sitrep.send("chart", { data: JSON.parse(place.dataset.charts)[step()] });
  }

  function rest() {
    clearTimeout(waiting);
    waiting = setTimeout(ask, REST);
  }

  // The link and the server hear of it when the hand rests, and time, and no other answer is awaited.
  function ask() {
    const { state, byId, send } = sitrep;
    const isRunning = byId("play").getAttribute("aria-pressed") === "true";
    const isAwaited = state.request !== state.answered && performance.now() - state.requestedAt < PATIENCE;
    if (hand || pinch || isRunning || isAwaited) return rest();
    buttons().querySelector("[role=status]").textContent = tell();
    const shown = seen && days();
    // In place: looking around is no choice that "back" should undo.
    const { pathname, search } = window.location;
    window.history.replaceState(window.history.state, "", pathname + searchWith(search, shown));
    send("span", { data: shown ? shown.join() : "" });
    send("picked", { data: { looked: ++state.messages } });
  }

  const zoom = (times, around) => see(sitrep.bins.scaled(seen ?? all(), times, around, all()));
  const pan = (far) => see(sitrep.bins.panned(seen ?? all(), far, all()));
  const length = () => (seen ?? all()).reduce((from, to) => to - from);
  const middle = () => (seen ?? all()).reduce((from, to) => (from + to) / 2);

  // Days that would not be seen are moved to where they are.
  function reveal([first, last]) {
    if (!seen || !first || !last || !sitrep.chart.isTimeline()) return;
    const [from, to] = sitrep.bins.rangeOf([first, last]);
    if (to <= seen[0] || from >= seen[1]) pan((from + to) / 2 - middle());
  }

  const GESTURES = {
    in: () => zoom(1 / STEP, middle()),
    out: () => zoom(STEP, middle()),
    all: () => see(all()),
    chosen() {
      const [first, last] = sitrep.brush.chosen();
      if (!first || !last) return;
      const [from, to] = sitrep.bins.rangeOf([first, last]);
      see(sitrep.bins.scaled([from, to], ROOM, (from + to) / 2, all()));
    },
    earlier: () => pan(-length() / 4),
    later: () => pan(length() / 4),
  };
  const KEYS = { "+": "in", "=": "in", "-": "out", 0: "all" };

  // Where the plot lies in the window: its left and how far it goes across, in px.
  function plot() {
    const { left, width } = sitrep.byId("timeline").getBoundingClientRect();
    const { margin } = sitrep.state.chart.layout;
    return { left: left + margin.l, across: width - margin.l - margin.r };
  }

  function momentAt(x) {
    const [from, to] = seen ?? all();
    const { left, across } = plot();
    return from + Math.min(Math.max((x - left) / across, 0), 1) * (to - from);
  }

  const msOf = (px) => (px / plot().across) * length();

  function onWheel(event) {
    if (!sitrep.chart.isTimeline()) return;
    const { deltaX, deltaY, deltaMode, shiftKey } = event;
    const aside = shiftKey ? deltaX || deltaY : Math.abs(deltaX) > Math.abs(deltaY) ? deltaX : 0;
    if (!seen && (aside || deltaY > 0)) return; // all is seen: the page may be scrolled
    event.preventDefault();
    if (aside) pan(msOf(aside * PX[deltaMode]));
    else zoom(timesOf(event), momentAt(event.clientX));
  }

  // While one finger is down, Plotly lays a sheet over the page, which the second one meets.
  const isOn = ({ target }, place) => place.contains(target) || (fingers.size > 0 && target.matches(".dragcover"));

  function begin(event, place) {
    if (!sitrep.chart.isTimeline() || !isOn(event, place)) return;
    if (event.pointerType === "touch") {
      fingers.set(event.pointerId, event.clientX);
      if (fingers.size !== 2) return;
      sitrep.brush.cancel();
      pinch = [...fingers.values()].map(momentAt);
    } else if (event.shiftKey && event.button === 0 && seen) {
      event.preventDefault(); // which would select
      place.setPointerCapture(event.pointerId);
      hand = { pointer: event.pointerId, x: event.clientX };
    }
  }

  function move(event) {
    if (hand?.pointer === event.pointerId) {
      pan(msOf(hand.x - event.clientX));
      hand.x = event.clientX;
    }
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, event.clientX);
    if (!pinch || fingers.size < 2) return;
    const { left, across } = plot();
    const range = pinched(pinch, [...fingers.values()].map((x) => x - left), across);
    see(sitrep.bins.scaled(range, 1, (range[0] + range[1]) / 2, all()));
  }

  function end(event) {
    if (hand?.pointer === event.pointerId || (pinch && fingers.has(event.pointerId))) sitrep.chart.dragged();
    if (hand?.pointer === event.pointerId) hand = null;
    if (!fingers.delete(event.pointerId)) return;
    if (fingers.size === 2) pinch = [...fingers.values()].map(momentAt); // of three
    if (!fingers.size) pinch = null; // the last one is still none that clicks
  }

  function onKey(event) {
    if (!event.target.closest?.(".timeline-section") || event.target.closest("select, input") || event.ctrlKey || event.metaKey) return;
    const aside = event.shiftKey && { ArrowLeft: "earlier", ArrowRight: "later" }[event.key];
    const name = aside || KEYS[event.key];
    if (!name || !sitrep.chart.isTimeline()) return;
    event.preventDefault();
    GESTURES[name]();
  }

  function wire(place) {
    place.addEventListener("wheel", onWheel, { passive: false });
    document.addEventListener("pointerdown", (event) => begin(event, place), true);
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", end);
    document.addEventListener("pointercancel", end);
    document.addEventListener("keydown", onKey);
    buttons().addEventListener("click", ({ target }) => GESTURES[target.closest("button")?.dataset.zoom]?.());
  }

  Object.assign(sitrep.zoom, { draw, isBehind, reveal, step, tell, wire });
})();
