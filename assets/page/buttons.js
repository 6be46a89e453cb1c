/* What a click chooses, the sheets of a small screen, and the script of the table, loaded when it opens. */
(function () {
  "use strict";

  const sitrep = (window.sitrep = window.sitrep ?? {});
  const byId = (id) => sitrep.byId(id);
  const send = (id, props) => sitrep.send(id, props);

  // Events by their ids, or the events of a cell of the map.
  function select({ ids, cell }) {
    send("picked", { data: { ids: [...ids], cell, count: ++sitrep.state.messages } });
    if (ids.length || cell) byId("app").dataset.sheet = "event";
  }

  function showEverything() {
    send("picked", { data: { home: true, count: ++sitrep.state.messages } });
  }

  // A part of the map: `box`, `lasso` or `region` (assets/map/select.mjs).
  function choosePart(part) {
    send("picked", { data: { ...part, count: ++sitrep.state.messages } });
  }

  // Takes choices back, by the keys of the filter.
  function lift(reasons) {
    send("picked", { data: { lift: reasons, count: ++sitrep.state.messages } });
  }

  function toggleSheet(name) {
    const app = byId("app");
    app.dataset.sheet = app.dataset.sheet === name ? "" : name;
  }

  // Calls back when the script that the page's head names is there; at once when it is already.
  const loading = {};
  function withScript(name, then) {
    loading[name] ??= new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = document.querySelector(`meta[name=${name}]`).content;
      script.onload = resolve;
      document.head.append(script);
    });
    loading[name].then(then);
  }

  function toggleTable() {
    const isOpening = byId("table").hidden;
    send("table-open", { data: isOpening });
    if (isOpening) sitrep.table.begin();
  }

  // While the click goes down: what a button needs is known before Dash hears of it.
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.id === "table-switch") withScript("grid-script", toggleTable);
      else if (button.matches(".notice .close")) button.closest(".notice").remove();
      else if (button.matches(".zoom-home")) showEverything();
      else if (button.dataset.sheet) toggleSheet(button.dataset.sheet);
      else if ("lift" in button.dataset) lift(button.dataset.lift);
      else if ("pick" in button.dataset) select({ ids: button.dataset.pick ? [button.dataset.pick] : [] });
    },
    true
  );
  document.addEventListener("sitrep:select", (event) => select(event.detail));
  document.addEventListener("sitrep:choose", (event) => choosePart(event.detail));
})();
