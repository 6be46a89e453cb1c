/* What the page does by itself: it passes the server's answers on to map and chart, and hears their gestures. */
(function () {
  "use strict";

  const send = (id, props) => window.dash_clientside.set_props(id, props);
  const byId = (id) => document.getElementById(id);
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

  const sitrep = (window.sitrep = { shown: null }); // what the server last said; map.mjs may come later than it

  /* ---- Answers: the map hears of its marks before Dash updates the rest of the page, so that both go on at once ---- */

  // The long lists are filled in after the map's frame, which they would keep waiting.
  const SLOW = ["panel", "off-map", "changes"];
  const PATIENCE = 400; // ms, if no frame comes
  let later = {};
  function fillIn() {
    for (const [name, props] of Object.entries(later)) send(name, props);
    later = {};
  }
  document.addEventListener("sitrep:painted", fillIn);

  const order = new WeakMap(); // request -> its number
  let newest = 0;
  sitrep.asked = (request) => {
    if (request.output.includes("marks.data")) order.set(request, ++newest);
  };

  sitrep.answered = (request, answer) => {
    const data = answer?.marks?.data;
    if (!data || order.get(request) < newest) return; // Dash drops an answer that a later request has overtaken
    sitrep.shown = data;
    for (const name of SLOW) {
      if (answer[name]) later[name] = answer[name];
      delete answer[name];
    }
    tell("sitrep:show", data);
    setTimeout(fillIn, PATIENCE);
    // The map's frame comes first, if it comes soon; at the start Plotly's script would keep it waiting for a second.
    setTimeout(drawChart, window.Plotly ? PATIENCE : 5000);
  };
  document.addEventListener("sitrep:painted", drawChart);

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
