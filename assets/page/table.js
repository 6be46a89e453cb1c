/* The rows of the table: asked for in blocks as the reader scrolls, sorted by the store; the selected event's is marked.
 * The grid has a datasource of ours, as the one that comes with Dash can only ask for one block after another. */
(function () {
  "use strict";

  const sitrep = (window.sitrep = window.sitrep ?? {});
  const AGAIN = 2000; // ms until a server, or its database, that did not answer is asked again
  const AWAY = 503; // the status of a database that did not
  const PATIENCE = 5000; // ms that old rows are seen while others are drawn
  let grid = null; // the grid's api, while the table is open
  let filter = null; // whose rows it has, or is about to have
  let event = ""; // whose row is marked

  // The address of a question about the rows of a filter in the order that the grid's headers show.
  function addressOf(name, filter, sorting, about) {
    const query = new URLSearchParams(filter);
    const [by] = sorting;
    if (by) query.set("order", by.colId);
    if (by?.sort === "desc") query.set("descending", "1");
    for (const [key, value] of Object.entries(about)) query.set(key, value);
    return `/${name}.json?${query}`;
  }

  const sortingOf = (api) => api.getColumnState().filter((column) => column.sort).map(({ colId, sort }) => ({ colId, sort }));

  // The answer to a question; undefined once nobody waits for it, or where it is refused, which the reader is told.
  async function ask(address, isAwaited) {
    while (isAwaited()) {
      const got = await fetch(address).catch(() => null);
      if (got?.ok) return got.json();
      if (got && got.status !== AWAY) return tell(await got.text());
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
    }
  }

  function tell(text) {
    const children = { namespace: "dash_html_components", type: "Div", props: { className: "notice", role: "status", children: text } };
    sitrep.send("notices", { children: [children] });
  }

  // Where the rows of a filter come from; those of the first block in one order are here already.
  function rowsOf(filter, sorting, first) {
    let isAlive = true;
    return {
      async getRows({ startRow, sortModel, successCallback, failCallback }) {
        const isHere = startRow === 0 && first && JSON.stringify(sortModel) === JSON.stringify(sorting);
        const address = addressOf("rows", filter, sortModel, { start: startRow });
        const answer = isHere ? first : await ask(address, () => isAlive);
        first = null; // it may be asked for again when the data is another
        if (!answer) return failCallback();
        successCallback(answer.rows, answer.count); // also of a block that is gone: the grid counts its questions
        if (isAlive) mark();
      },
      destroy: () => (isAlive = false),
    };
  }

  // A picture of the rows that are seen lies over them until others are drawn: the grid lets go of its rows first.
  function hold() {
    const seen = document.querySelector("#grid .ag-body-viewport");
    const rows = () => [...seen.querySelectorAll(".ag-row")];
    const old = new Set(rows());
    const picture = seen.cloneNode(true);
    picture.classList.add("picture");
    picture.inert = true;
    seen.after(picture);
    picture.scrollTop = seen.scrollTop;
    const until = performance.now() + PATIENCE;
    const look = () => {
      const isDrawn = rows().some((row) => !old.has(row) && row.textContent.trim()) || !grid?.getDisplayedRowCount();
      if (isDrawn || performance.now() > until) picture.remove();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }

  // Rows of another filter, from the top on: the old ones stay until the new ones are here.
  async function show(wanted) {
    filter = wanted;
    const [api, sorting] = [grid, sortingOf(grid)];
    const isAwaited = () => grid === api && filter === wanted;
    const first = await ask(addressOf("rows", filter, sorting, { start: 0 }), isAwaited);
    if (!first || !isAwaited()) return;
    hold();
    api.setGridOption("datasource", rowsOf(wanted, sorting, first));
    api.ensureIndexVisible(0, "top");
    api.setRowCount(first.count, true);
  }

  // The selected event's row, where it is here.
  function mark() {
    for (const node of grid.getSelectedNodes()) if (node.id !== event) node.setSelected(false);
    if (event) grid.getRowNode(event)?.setSelected(true);
  }

  // The selected event's row, wherever it is: nothing moves if it is seen already.
  async function reveal() {
    mark();
    if (!event) return;
    const [api, wanted] = [grid, event];
    const isAwaited = () => grid === api && event === wanted;
    const answer = grid.getRowNode(event) ?? (await ask(addressOf("row", filter, sortingOf(grid), { event }), isAwaited));
    const at = answer?.rowIndex ?? answer?.at;
    if (isAwaited() && at != null) api.ensureIndexVisible(at);
  }

  async function follow(shown) {
    if (!grid || !shown || shown.filter === undefined) return;
    const isOther = event !== shown.event;
    event = shown.event;
    if (filter !== shown.filter) return show(shown.filter);
    if (isOther) reveal();
  }

  function beforeSorting(gesture) {
    if (gesture.type === "keydown" && gesture.key !== "Enter") return;
    const part = gesture.type === "click" ? ".ag-header-cell-label" : ".ag-header-cell";
    if (grid && gesture.target.closest?.(`#grid ${part}`)?.closest(".ag-header-cell-sortable")) hold();
  }

  function select(node) {
    if (node.data) sitrep.tell("sitrep:select", { ids: [node.data.event_id] });
  }

  // The grid as soon as it is there, with the datasource of its own that ours takes the place of.
  async function opened() {
    const nextFrame = () => new Promise(requestAnimationFrame);
    while (!document.querySelector("#grid .ag-root")) await nextFrame();
    const api = await window.dash_ag_grid.getApiAsync("grid");
    while (!api.getGridOption("datasource")) await nextFrame();
    return api;
  }

  async function begin() {
    const api = await opened();
    if (grid === api) return;
    grid = api;
    api.addEventListener("rowClicked", ({ node }) => select(node));
    api.addEventListener("cellKeyDown", ({ node, event: pressed }) => pressed.key === "Enter" && select(node));
    api.addEventListener("gridPreDestroyed", () => (grid = null));
    const { shown } = sitrep.state;
    event = shown.event;
    await show(shown.filter);
    reveal();
  }

  sitrep.table = { addressOf, begin };
  if (typeof document === "undefined") return; // a test of the functions
  document.addEventListener("sitrep:show", ({ detail }) => follow(detail));
  for (const kind of ["click", "keydown"]) document.addEventListener(kind, beforeSorting, true);
})();
