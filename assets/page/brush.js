/* The brush over the timeline: a band of days that a mouse, a finger or keys draw, widen and move. What lies outside is
 * veiled, so that no bar has to be drawn again for it. */
(function () {
  "use strict";

  const sitrep = (window.sitrep = window.sitrep ?? {});
  const { DAY, iso, at, plus } = sitrep.days;
  const LEAST = 4; // px that a hand moves before it is no click
  const REST = 400; // ms after the last key, before the server is asked

  // Where days lie on a figure of a width in px, [x, width] of its plot in it; its days end before the last of the range.
  function scaleOf({ margin, xaxis }, width) {
    const [start, end] = [at(xaxis.range[0]), at(xaxis.range[1])];
    const across = width - margin.l - margin.r;
    return {
      left: margin.l,
      across,
      first: iso(start),
      last: iso(end - DAY),
      xOf: (day) => Math.min(Math.max(((at(day) - start) / (end - start)) * across, 0), across),
      dayAt: (x) => iso(Math.min(start + Math.max(x / across, 0) * (end - start), end - DAY)),
    };
  }

  // The days of a drag from one day to another: of a new band, of one of the band's ends, or of the whole band.
  function daysOf(part, [from, to], start, now, { first, last }) {
    if (part === "new") return [start, now].sort();
    if (part === "from") return [now, to].sort();
    if (part === "to") return [from, now].sort();
    const far = Math.min(Math.max(at(now) - at(start), at(first) - at(from)), at(last) - at(to));
    return [iso(at(from) + far), iso(at(to) + far)];
  }

  // The day that a key leads an end to; null for another key. `bins` are the first days of the bars, of which the last
  // one ends on `last`.
  function dayOfKey(key, end, day, bins, last) {
    const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[key];
    if (!steps && key !== "Home" && key !== "End") return null;
    // A last day is the one before another bin.
    const stops = end === "from" ? bins : [...bins.slice(1).map((each) => plus(each, -1)), last];
    const now = steps < 0 ? stops.findIndex((each) => each >= day) : stops.findLastIndex((each) => each <= day);
    const to = key === "Home" ? 0 : key === "End" ? stops.length - 1 : (now < 0 ? (steps < 0 ? stops.length : -1) : now) + steps;
    return stops[Math.min(Math.max(to, 0), stops.length - 1)];
  }

  sitrep.brush = { scaleOf, daysOf, dayOfKey };
  if (typeof document === "undefined") return; // a test of the functions

  let chosen = [null, null]; // the days that are shown
  let hand = null; // what a hand drags: the part, where it began, the days before and now, whether they were taken back
  let waiting = null;

  const place = () => sitrep.byId("timeline");
  const band = () => sitrep.byId("brush-band");
  const isHere = () => sitrep.chart.isTimeline();
  const scale = () => scaleOf(sitrep.state.chart.layout, place().clientWidth);
  // All days of the data, of which the timeline may show a part.
  function span() {
    const { first, last } = sitrep.byId("play").dataset;
    return { first, last };
  }

  // Without a choice, all days.
  const wholly = ([from, to], { first, last }) => [from ?? first, to ?? last];

  function show(days) {
    if (hand && !hand.isOver) return; // its own are shown
    const isNews = days.join() !== chosen.join();
    draw((chosen = days));
    if (isNews) sitrep.zoom.reveal(days);
  }

  function draw(days) {
    const all = band();
    if (!all) return;
    all.hidden = !isHere();
    if (all.hidden) return;
    const [its, whole] = [scale(), span()];
    const [from, to] = wholly(days, whole);
    const [start, end] = [its.xOf(from), its.xOf(plus(to, 1))];
    all.style.setProperty("--left", `${its.left}px`);
    all.style.setProperty("--across", `${its.across}px`);
    all.style.setProperty("--start", `${start}px`);
    all.style.setProperty("--end", `${Math.max(end, start + 1)}px`);
    all.dataset.all = !days[0] && !days[1];
    for (const handle of all.querySelectorAll(".brush-end")) {
      const day = handle.dataset.end === "from" ? from : to;
      handle.setAttribute("aria-valuenow", Math.round(at(day) / DAY));
      handle.setAttribute("aria-valuemin", Math.round(at(whole.first) / DAY));
      handle.setAttribute("aria-valuemax", Math.round(at(whole.last) / DAY));
      handle.setAttribute("aria-valuetext", day);
      handle.toggleAttribute("data-outside", day < its.first || day > its.last);
    }
  }

  const ask = (days) => sitrep.send("brush", { data: [...days, ++sitrep.state.messages] });

  function follow(days) {
    draw(days);
    sitrep.counts.move({ from: days[0], to: days[1] });
  }

  const xOf = (event) => event.clientX - place().getBoundingClientRect().left - scale().left;

  // What a hand takes hold of: an end, the band where it is not all, else a new band; null outside the bars.
  function partAt(event) {
    const end = event.target.closest(".brush-end");
    if (end) return end.dataset.end;
    const { top, height } = place().getBoundingClientRect();
    const { margin } = sitrep.state.chart.layout;
    const [x, y] = [xOf(event), event.clientY - top];
    const its = scale();
    if (x < 0 || x > its.across || y < margin.t || y > height - margin.b) return null;
    if (!chosen[0] && !chosen[1]) return "new";
    const [from, to] = wholly(chosen, span());
    const day = its.dayAt(x);
    return from <= day && day <= to ? "band" : "new";
  }

  function begin(event) {
    if (event.button !== 0 || event.shiftKey || !event.isPrimary || !isHere() || !event.target.closest?.(".timeline-plot")) return;
    const part = partAt(event);
    if (!part) return;
    const its = scale();
    hand = { part, x: event.clientX, start: its.dayAt(xOf(event)), before: wholly(chosen, span()), days: null, pointer: event.pointerId };
    const handle = event.target.closest(".brush-end");
    if (!handle) return;
    event.preventDefault(); // which would scroll or select
    handle.focus({ preventScroll: true });
  }

  function drag(event) {
    if (!hand || hand.isOver || event.pointerId !== hand.pointer) return;
    if (!hand.days && Math.abs(event.clientX - hand.x) < LEAST) return;
    if (!hand.days) document.querySelector(".timeline-plot").setPointerCapture(hand.pointer);
    const its = scale();
    hand.days = daysOf(hand.part, hand.before, hand.start, its.dayAt(xOf(event)), span());
    follow(hand.days);
  }

  function end(event) {
    if (!hand || event.pointerId !== hand.pointer) return;
    const { days, isOver } = hand;
    hand = null;
    if (!days) return;
    sitrep.chart.dragged();
    if (!isOver) ask((chosen = days));
  }

  // What was drawn is taken back, though the hand may not have let go.
  function leave() {
    if (!hand || hand.isOver) return;
    hand.isOver = true;
    if (hand.days) follow(chosen);
  }

  function cancel() {
    leave();
    hand = null;
  }

  function onKey(event) {
    if (event.key === "Escape") leave();
    const handle = event.target.closest?.(".brush-end");
    if (!handle || !isHere() || event.shiftKey) return;
    const { first, last } = span();
    const [from, to] = wholly(chosen, { first, last });
    const name = handle.dataset.end;
    const bins = sitrep.bins.edgesOf([first, last], sitrep.zoom.step()).slice(0, -1);
    const day = dayOfKey(event.key, name, name === "from" ? from : to, bins, last);
    if (!day) return;
    event.preventDefault();
    const days = name === "from" ? [day, to < day ? day : to] : [from > day ? day : from, day];
    chosen = days;
    follow(days);
    sitrep.zoom.reveal([day, day]);
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(chosen), REST);
  }

  document.addEventListener("pointerdown", begin);
  document.addEventListener("pointermove", drag);
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", cancel);
  document.addEventListener("keydown", onKey);
  window.addEventListener("resize", () => requestAnimationFrame(() => draw(chosen)));

  Object.assign(sitrep.brush, { show, cancel, again: () => draw(chosen), chosen: () => chosen, isHeld: () => hand !== null });
})();
