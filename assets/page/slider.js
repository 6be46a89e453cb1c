/* The slider "as known on": the marks of the days around its stop are here before it is moved, and the map follows. */
(function () {
  "use strict";

  const sitrep = (window.sitrep = window.sitrep ?? {});
  const NEAR = 4; // stops: more are fetched when fewer are left on a side

  const thumb = () => document.querySelector(".as-of-slider [role=slider]");
  const stopNow = () => Number(thumb()?.getAttribute("aria-valuenow"));
  const isPast = (stop) => stop !== stopNow() && stopNow() in sitrep.state.ahead.stops;

  // What is chosen but the day, and the day.
  function choiceOf(search, theme) {
    const query = new URLSearchParams(search);
    query.set("theme", theme);
    const day = query.get("as_of");
    query.delete("as_of");
    return { choice: query.toString(), day };
  }

  // Whether the stops within reach of this one are all there.
  function hasNear(stops, stop, last) {
    return Math.max(stop - NEAR, 0) in stops && Math.min(stop + NEAR, last) in stops;
  }

  async function lookAhead() {
    const { state } = sitrep;
    const { choice, day } = choiceOf(window.location.search, state.shown.theme);
    if (state.ahead.choice !== choice) state.ahead = { choice, stops: {} };
    const ahead = state.ahead;
    if (state.shown.counting?.grid != null) return; // cells are counted here
    if (ahead.loading || hasNear(ahead.stops, stopNow(), Number(thumb().getAttribute("aria-valuemax")))) return;
    ahead.loading = true;
    const query = day ? `${choice}&as_of=${encodeURIComponent(day)}` : choice;
    const stops = await fetch(`/marks-ahead.json?${query}`).then((got) => got.json()).catch(() => ({}));
    Object.assign(ahead.stops, stops);
    ahead.loading = false;
    if (ahead.awaited) show(); // the thumb was faster
  }

  // A typed day moves the thumb too.
  const isHeld = () => thumb()?.closest(".as-of-slider").matches(":hover, :focus-within");

  // The map follows the thumb a frame at a time: of the stops that it passes meanwhile the last is shown.
  function show() {
    const { state } = sitrep;
    const marks = state.ahead.stops[stopNow()];
    state.ahead.awaited = !marks;
    if (!isHeld() || !marks || state.following || state.shown.marks === marks.marks) return;
    state.following = true;
    state.shown = { ...state.shown, ...marks };
    sitrep.tell("sitrep:show", state.shown);
  }

  function follow() {
    if (!isHeld()) return;
    sitrep.state.movedAt = performance.now();
    sitrep.counts.move({ as_of: sitrep.counts.dayOf(stopNow()) });
    lookAhead();
    show();
  }

  function goOn() {
    if (!sitrep.state.following) return;
    sitrep.state.following = false;
    follow();
  }

  let followed = null;
  function begin(event) {
    if (!event.target.closest(".as-of-slider") || !sitrep.state.shown) return;
    lookAhead();
    if (followed === thumb()) return;
    followed = thumb();
    new MutationObserver(follow).observe(followed, { attributeFilter: ["aria-valuenow"] });
  }

  sitrep.slider = { stopNow, isPast, choiceOf, hasNear };
  if (typeof document === "undefined") return; // a test of the functions
  for (const kind of ["sitrep:painted", "sitrep:kept"]) document.addEventListener(kind, goOn);
  for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, begin);
})();
