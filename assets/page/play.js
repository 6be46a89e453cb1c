/* Time that runs by itself: a day, week or month after the other, each alone or with all before it. A step waits for the
 * map to show the one before. The space bar starts and pauses it. */
(function () {
  "use strict";

  const sitrep = (window.sitrep = window.sitrep ?? {});
  const DAY = 86_400_000; // ms
  const PACE = { slow: 1600, normal: 800, fast: 300 }; // ms from step to step at least
  const PATIENCE = 6000; // ms for an answer
  let running = null; // the turn that runs; another one, or none, ends it

  const iso = (at) => new Date(at).toISOString().slice(0, 10);
  const at = (day) => Date.parse(`${day}T00:00Z`);

  // The last day of the step that begins on a day: weeks end on Sunday, months with their last day.
  function endOf(first, step) {
    const date = new Date(at(first));
    if (step === "month") return iso(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0));
    return iso(at(first) + (step === "week" ? (7 - date.getUTCDay()) % 7 : 0) * DAY);
  }

  // The days after those that are chosen now, [from, to]; null at the end of the data's `span`.
  function nextOf([from, to], span, step, isWhole) {
    const first = to ? iso(at(to) + DAY) : span[0];
    if (first > span[1]) return null;
    const last = endOf(first, step);
    return [isWhole ? from || span[0] : first, last < span[1] ? last : span[1]];
  }

  // The days of the link; from the beginning again where they reach to the end, or are not both chosen.
  function chosen(search, span) {
    const query = new URLSearchParams(search);
    const days = [query.get("from"), query.get("to")];
    return days.every(Boolean) && days[1] < span[1] ? days : [null, null];
  }

  sitrep.play = { endOf, nextOf, chosen };
  if (typeof document === "undefined") return; // a test of the functions

  const button = () => sitrep.byId("play");
  const value = (id) => sitrep.byId(id).value;

  const shownOr = (ms) =>
    new Promise((done) => {
      const end = () => (document.removeEventListener("sitrep:kept", end), document.removeEventListener("sitrep:painted", end), done());
      for (const kind of ["sitrep:kept", "sitrep:painted"]) document.addEventListener(kind, end);
      setTimeout(end, ms);
    });

  function say(isRunning) {
    const { dataset } = button();
    button().setAttribute("aria-pressed", isRunning);
    button().setAttribute("aria-label", isRunning ? dataset.pause : dataset.play);
    button().title = isRunning ? dataset.pause : dataset.play;
  }

  function pause() {
    running = null;
    if (button()) say(false);
    if (owed) ask(owed);
  }

  // Days that were counted here; the server is to say the rest of them when time stands still.
  let owed = null;
  let isMoved = false; // whether the map was moved to where it has no cells yet

  // Shows some days: counted here as long as the map shows cells and there are enough events for it, else by the server.
  async function show(days) {
    const { counts, state } = sitrep;
    const hasCells = !isMoved && state.shown.counting?.grid != null;
    const kept = hasCells && counts.move({ from: days[0], to: days[1] });
    if (kept && (await kept) > state.shown.counting.few) return (owed = days);
    const seen = shownOr(PATIENCE);
    ask(days);
    await seen;
  }

  function ask(days) {
    owed = null;
    isMoved = false;
    sitrep.send("brush", { data: [...days, ++sitrep.state.messages] });
  }

  async function play() {
    const turn = (running = {});
    say(true);
    const span = [button().dataset.first, button().dataset.last];
    let days = chosen(window.location.search, span);
    while (running === turn) {
      days = nextOf(days, span, value("play-step"), value("play-mode") === "whole");
      if (!days) break;
      await Promise.all([show(days), new Promise((done) => setTimeout(done, PACE[value("play-pace")]))]);
    }
    if (running === turn) pause();
  }

  document.addEventListener("sitrep:moved", () => (isMoved = true));

  const toggle = () => (running ? pause() : play());

  document.addEventListener("click", (event) => event.target.closest("#play") && toggle());
  document.addEventListener("keydown", (event) => {
    const isTaken = event.target.closest?.("input, textarea, select, button, summary, a, [role=slider], [role=option], [contenteditable], .ag-root");
    if (event.key !== " " || isTaken || !button() || event.repeat) return;
    event.preventDefault();
    toggle();
  });
  // Who chooses days otherwise has them.
  document.addEventListener("pointerdown", (event) => {
    if (running && event.target.closest("#timeline, .dates, #step-back, #step-on, #reset")) pause();
  }, true);
})();
