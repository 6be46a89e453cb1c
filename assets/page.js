/* What the page does by itself: it passes the server's answers on to map and chart, and hears their gestures. */
(function () {
  "use strict";

  const send = (id, props) => window.dash_clientside.set_props(id, props);
  const byId = (id) => document.getElementById(id);
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

  const sitrep = (window.sitrep = { shown: null }); // what the server last said; map.mjs may come later than it

  /* ---- Answers: the map hears of its marks before Dash updates the rest of the page, so that both go on at once ---- */

  // What is only read is filled in after the map's frame, which it would keep waiting. The controls are Dash's to set:
  // set from here, they would count as gestures.
  const isText = (props) => Object.keys(props).every((name) => name === "children");
  const PATIENCE = 400; // ms, if no frame comes
  const REST = 150; // ms without a move of the slider: while it is dragged only the map follows
  let later = {};
  const had = {};
  let moved = -REST;
  let waiting = null;
  function fillIn() {
    const rest = moved + REST - performance.now();
    clearTimeout(waiting);
    if (rest > 0) return (waiting = setTimeout(fillIn, rest));
    for (const [name, props] of Object.entries(later)) send(name, props);
    later = {};
    // The chart comes after the frame with the texts. At the start its script would keep the map waiting for a second.
    if (window.Plotly) requestAnimationFrame(() => setTimeout(drawChart));
  }
  document.addEventListener("sitrep:painted", fillIn);

  const order = new WeakMap(); // request -> its number, and where the slider was
  let newest = 0;
  sitrep.asked = (request) => {
    if (!request.output.includes("marks.data")) return;
    order.set(request, { number: ++newest, stop: stopNow() });
    if (!request.changedPropIds.includes("as-of-slider.value")) ahead = { stops: {} }; // another choice, other marks
  };

  sitrep.answered = (request, answer) => {
    const data = answer?.marks?.data;
    const { number, stop } = order.get(request) ?? {};
    if (!data || number < newest) return; // Dash drops an answer that a later request has overtaken
    const overtaken = stop !== stopNow() && stopNow() in ahead.stops; // the slider is further on, and the map with it
    delete answer.marks;
    for (const name of Object.keys(answer).filter((name) => isText(answer[name]))) {
      const text = JSON.stringify(answer[name]);
      // what stays the same is not laid out again; notices come from elsewhere too
      if (!overtaken && (had[name] !== text || name === "notices")) [later[name], had[name]] = [answer[name], text];
      delete answer[name];
    }
    if (overtaken) return;
    const known = ahead.stops[stop]?.marks ?? sitrep.shown?.marks;
    if (JSON.stringify(known) === JSON.stringify(data.marks)) data.marks = known; // the map sees that it has them
    sitrep.shown = data;
    tell("sitrep:show", data);
    setTimeout(fillIn, PATIENCE);
    setTimeout(drawChart, 5000);
  };

  /* ---- The slider: the marks of the days around its stop are here before it is moved ---- */

  const NEAR = 4; // stops: more are fetched when fewer are left on a side
  let ahead = { stops: {} }; // for what is chosen but the day: marks by stop, and the choice
  const thumb = () => document.querySelector(".as-of-slider [role=slider]");
  const stopNow = () => Number(thumb()?.getAttribute("aria-valuenow"));

  function chosen() {
    const query = new URLSearchParams(window.location.search);
    query.set("theme", sitrep.shown.theme);
    return query;
  }

  async function lookAhead() {
    const query = chosen();
    const day = query.get("as_of");
    query.delete("as_of");
    if (ahead.choice !== query.toString()) ahead = { choice: query.toString(), stops: {} };
    const last = Number(thumb().getAttribute("aria-valuemax"));
    const near = [Math.max(stopNow() - NEAR, 0), Math.min(stopNow() + NEAR, last)];
    if (ahead.asked || near.every((stop) => stop in ahead.stops)) return;
    const mine = ahead;
    mine.asked = true;
    if (day) query.set("as_of", day);
    const stops = await fetch(`/marks-ahead.json?${query}`).then((got) => got.json()).catch(() => ({}));
    Object.assign(mine.stops, stops);
    mine.asked = false;
  }

  // The map follows the thumb a frame at a time: of the stops that it passes meanwhile the last is shown.
  let drawing = false;
  function follow() {
    if (!thumb().closest(".as-of-slider").matches(":hover, :focus-within")) return; // a typed day moves the thumb too
    moved = performance.now();
    lookAhead();
    const marks = ahead.stops[stopNow()];
    if (!marks || drawing || sitrep.shown.marks === marks.marks) return;
    drawing = true;
    sitrep.shown = { ...sitrep.shown, ...marks };
    tell("sitrep:show", sitrep.shown);
  }
  document.addEventListener("sitrep:painted", () => {
    if (!drawing) return;
    drawing = false;
    follow();
  });

  let followed = null;
  for (const kind of ["pointerover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      if (!event.target.closest(".as-of-slider") || !sitrep.shown) return;
      lookAhead();
      if (followed === thumb()) return;
      followed = thumb();
      new MutationObserver(follow).observe(followed, { attributeFilter: ["aria-valuenow"] });
    });
  }

  /* ---- Choosing ---- */

  let count = 0; // makes each message differ from the last: the same mark can be clicked twice
  function select(ids) {
    send("picked", { data: { ids: [...ids], count: ++count } });
    if (ids.length) byId("app").dataset.sheet = "event";
  }
  document.addEventListener("sitrep:select", (event) => select(event.detail));

  function home() {
    send("picked", { data: { home: true, count: ++count } });
  }

  /* ---- Scripts that are not needed for the first picture ---- */

  // Calls back when the script that the page's head names is there; at once when it is already.
  const asked = {};
  function need(name, then) {
    asked[name] ??= new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = document.querySelector(`meta[name=${name}]`).content;
      script.onload = resolve;
      document.head.append(script);
    });
    asked[name].then(then);
  }

  /* ---- The chart under the map: in the timeline a drag chooses days, a click a day or an event ---- */

  let charted = null;
  function drawChart() {
    const figure = sitrep.shown?.chart;
    const place = byId("timeline");
    if (!figure || !place || charted === figure) return;
    charted = figure;
    need("plotly-script", () => {
      if (charted !== figure) return;
      byId("app").dataset.chart = figure.layout.meta;
      window.Plotly.react(place, figure);
      if (place.dataset.wired) return;
      place.dataset.wired = "yes";
      place.on("plotly_selected", brushed);
      place.on("plotly_click", (event) => {
        const chosen = event.points[0]?.customdata;
        if (chosen?.event) select([chosen.event]);
        else if (chosen) send("brush", { data: [chosen, chosen, ++count] });
      });
    });
  }

  document.addEventListener("sitrep:painted", drawChart, { once: true });

  const dayOf = (value) => String(value).slice(0, 10);
  function brushed(event) {
    const range = event?.range?.x;
    if (!range) return;
    const [first, last] = [...range].sort();
    // A brush that ends at midnight does not touch the day that begins there.
    const midnight = last.length === 10 || /00:00(:00(\.0+)?)?$/.test(last);
    const end = midnight ? new Date(Date.parse(`${dayOf(last)}T00:00Z`) - 1).toISOString() : last;
    send("brush", { data: [dayOf(first), dayOf(end), ++count] });
  }

  /* ---- The data on disk: a change loads the page again (its address holds every choice), a mistake is told ---- */

  const LOOK_EVERY = 2000; // ms
  const version = document.querySelector("meta[name=data-version]").content;
  let told = "";

  function tellOfData(lines) {
    if (told === lines.join("\n")) return;
    told = lines.join("\n");
    byId("data-notice")?.remove();
    if (!lines.length) return;
    const notice = document.createElement("div");
    notice.id = "data-notice";
    notice.setAttribute("role", "alert");
    for (const [i, line] of lines.entries()) {
      const part = document.createElement(i ? "p" : "strong");
      part.textContent = line;
      notice.append(part);
    }
    document.body.append(notice);
  }

  async function look() {
    if (document.hidden) return;
    const state = await fetch("/healthz").then((answer) => answer.json()).catch(() => null);
    if (!state) return; // the server is gone, or comes back
    if (state.version !== version) {
      sessionStorage.setItem("sitrep:updated", "yes");
      window.location.reload();
    } else if (state.problems.length) {
      tellOfData(["The files have a mistake; what is shown is their last good state.", ...state.problems]);
    } else if (told.startsWith("The files")) {
      tellOfData([]);
    }
  }
  setInterval(look, LOOK_EVERY);
  if (sessionStorage.getItem("sitrep:updated")) {
    sessionStorage.removeItem("sitrep:updated");
    tellOfData(["The data was updated from its files."]);
    setTimeout(() => told.startsWith("The data was") && tellOfData([]), 6000);
  }

  /* ---- Wiring ---- */

  const toggleTable = () => send("table-open", { data: byId("table").hidden });

  // While the click goes down: what a button needs is known before Dash hears of it.
  document.addEventListener(
    "click",
    (event) => {
      const target = event.target.closest("button");
      if (!target) return;
      if (target.id === "table-switch") need("grid-script", toggleTable);
      else if (target.matches(".notice .close")) target.closest(".notice").remove();
      else if (target.matches(".zoom-home")) home();
      else if (target.dataset.sheet) {
        const app = byId("app");
        app.dataset.sheet = app.dataset.sheet === target.dataset.sheet ? "" : target.dataset.sheet;
      }
    },
    true
  );

  window.dash_clientside = window.dash_clientside ?? {};
  window.dash_clientside.sitrep = {
    // The address as the reader opened it or went back to it; what the page wrote itself is not news.
    address(search, state) {
      if (state && state.search === (search ?? "")) return window.dash_clientside.no_update;
      const frame = document.querySelector(".map-frame");
      return {
        search: search ?? "",
        width: frame?.clientWidth ?? 800,
        height: frame?.clientHeight ?? 600,
        dark: window.matchMedia("(prefers-color-scheme: dark)").matches,
      };
    },
  };
  const functions = (window.dashAgGridFunctions = window.dashAgGridFunctions ?? {});
  functions.sitrepRow = (params) => select([params.data.event_id]);
  functions.sitrepByStart = (a, b, nodeA, nodeB) => (nodeA.data.start < nodeB.data.start ? -1 : 1);
})();
