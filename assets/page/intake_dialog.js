/* The dialog that adds data, the hint while a file is dragged, and what came of the last file. */
(function () {
  "use strict";

  const sitrep = (window.sitrep = window.sitrep ?? {});
  const byId = (id) => sitrep.byId(id);
  const dialog = () => byId("intake");
  const isBusy = () => sitrep.intake.isUnderWay();

  function write(root, part, text) {
    for (const element of root.querySelectorAll(`.intake-${part}`)) {
      element.textContent = text ?? "";
      element.hidden = !text;
    }
  }

  function list(root, part, lines = []) {
    const items = lines.map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    });
    root.querySelector(`.intake-${part}`).replaceChildren(...items);
  }

  /* ---- What is shown of each step ---- */

  function show() {
    const { step, told } = sitrep.intake.state;
    if (step === "opened") return showResult(told);
    const root = dialog();
    root.dataset.state = step;
    const title = root.querySelector(".intake-title");
    title.textContent = step === "start" ? title.dataset.start : told.file ?? title.dataset.start;
    if (step === "arriving" || step === "reading") showProgress(root, step, told);
    else if (step === "unclear") sitrep.proposal.fill(root, told);
    else if (step === "settling") sitrep.names.fill(root.querySelector(".intake-settling"), told);
    else if (step === "refused") showRefusal(root, told);
    if (step !== "start" && !root.open) root.showModal();
    if (step === "unclear") root.querySelector(".intake-scroll").scrollLeft = 0;
    if (step === "settling" && told.isOpen) root.querySelector(".intake-name input")?.focus();
  }

  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;

  function showProgress(root, step, told) {
    const bar = root.querySelector(".intake-bar");
    const share = step === "arriving" && told.size ? told.arrived / told.size : told.share ?? 0;
    const isOpen = step === "reading" && !told.share; // how much is left is not known
    bar.classList.toggle("waiting", isOpen);
    bar.firstElementChild.style.width = `${100 * share}%`;
    if (isOpen) bar.removeAttribute("aria-valuenow");
    else bar.setAttribute("aria-valuenow", String(Math.round(100 * share)));
    root.querySelector(".intake-phase").textContent = told.phase ?? "";
    const sent = `${megabytes(told.arrived)} / ${megabytes(told.size)}`;
    root.querySelector(".intake-amount").textContent = step === "arriving" ? sent : told.since ?? "";
  }

  function showRefusal(root, told) {
    const part = root.querySelector(".intake-refused");
    list(part, "lines", told.lines);
    write(part, "more", told.more);
    part.querySelector(".intake-ask").hidden = !told.can_choose;
  }

  function showResult(told) {
    const root = byId("intake-result");
    root.querySelector(".intake-title").textContent = told.file;
    for (const part of ["counts", "replaced", "places", "settle", "rejected", "more"]) write(root, part, told[part]);
    root.querySelector(".intake-rejects").hidden = !told.rejected;
    list(root, "lines", told.lines);
    root.querySelector(".intake-decided").hidden = !told.told.length;
    list(root, "told", told.told);
    root.querySelector(".intake-ask").hidden = !told.can_choose;
    root.dataset.told = "yes";
    root.hidden = false;
    dialog().close();
  }

  /* ---- Start, and what is dropped ---- */

  async function open() {
    if (!isBusy()) {
      sitrep.intake.state.step = "start";
      show();
    }
    if (!dialog().open) dialog().showModal();
    tellNow();
  }

  async function tellNow() {
    const now = await sitrep.intake.look().catch(() => ({}));
    for (const root of [dialog(), byId("intake-drop")]) write(root, "now", now.now);
    for (const part of ["undo", "settle"]) write(dialog(), part, now[part]);
    dialog().querySelector(".intake-settle").dataset.job = now.job ?? "";
  }

  function close() {
    if (isBusy()) sitrep.intake.cancel();
    if (sitrep.intake.state.step === "settling") byId("intake-result").hidden = !byId("intake-result").dataset.told;
    dialog().close();
  }

  function take(files) {
    if (!files.length || isBusy()) return;
    byId("intake-result").hidden = true;
    sitrep.intake.begin(files);
  }

  const ACTIONS = {
    "#add-data, .add-data": open,
    ".intake-choose": choose,
    ".intake-close, .intake-cancel": close,
    ".intake-open": () => sitrep.intake.answer(sitrep.proposal.gather(dialog())),
    ".intake-ask": ask,
    ".intake-settle": settle,
    ".intake-apply": () => sitrep.intake.apply(sitrep.names.gather(dialog())),
    ".settle-name": (button) => sitrep.intake.settleOpen(button.dataset.name),
    ".intake-find": (button) => sitrep.names.find(button.closest(".intake-name")),
    ".intake-undo": () => sitrep.intake.undo(),
    ".intake-put-away": putAway,
  };

  function putAway() {
    byId("intake-result").hidden = true;
    delete byId("intake-result").dataset.told;
  }

  function ask() {
    byId("intake-result").hidden = true;
    sitrep.intake.choose();
  }

  function settle(button) {
    byId("intake-result").hidden = true;
    sitrep.intake.settle(button.dataset.job || undefined);
  }

  let chooser = null;
  function choose() {
    if (!chooser) {
      chooser = document.createElement("input");
      Object.assign(chooser, { type: "file", multiple: true });
      chooser.addEventListener("change", () => take([...chooser.files]));
    }
    chooser.value = ""; // the same file may be chosen again
    chooser.click();
  }

  function click(event) {
    const button = event.target.closest?.("button");
    const found = button && Object.keys(ACTIONS).find((selector) => button.matches(selector));
    if (found && dialog()) ACTIONS[found](button);
  }

  function change(event) {
    const root = dialog();
    if (sitrep.intake.state.step === "settling" && root?.contains(event.target)) return sitrep.names.update(root);
    if (sitrep.intake.state.step !== "unclear" || !root?.contains(event.target)) return;
    const sheets = event.target.closest(".intake-question")?.dataset.key === "sheets";
    // another sheet has other columns
    if (sheets) sitrep.intake.choose({ answers: { sheets: event.target.value } });
    else sitrep.proposal.change(root, event.target, sitrep.intake.state.told);
  }

  // A source's text is for the panel that shows its claims (assets/passages.js), which sends it nowhere: a text that
  // misses the panel is not sent either. All else is data.
  function isSourceText(event) {
    if (!document.querySelector(".panel .words-bar")) return false;
    const { files, items } = event.dataTransfer;
    const isPlain = [...items].some(({ type }) => type === "text/plain");
    const isNamed = [...files].some(({ name }) => /\.(txt|md)$/i.test(name));
    return isPlain || isNamed || Boolean(event.target.closest?.(".panel")?.querySelector(".words-bar"));
  }

  function drag(event) {
    const hint = byId("intake-drop");
    if (!hint || !event.dataTransfer?.types.includes("Files")) return;
    const isTaken = !isSourceText(event) && !isBusy();
    event.preventDefault();
    if (isTaken) event.dataTransfer.dropEffect = "copy";
    const isOver = event.type === "dragover" && isTaken;
    if (isOver && hint.hidden) tellNow();
    hint.hidden = !isOver && !(event.type === "dragleave" && event.relatedTarget && isTaken);
    if (event.type === "drop" && isTaken) take([...event.dataTransfer.files]);
  }

  // Enter in the field for another name looks it up.
  function press(event) {
    const isField = event.key === "Enter" && event.target.matches?.(".intake-name input[type=text]");
    if (!isField) return;
    event.preventDefault();
    sitrep.names.find(event.target.closest(".intake-name"));
  }

  function start() {
    if (!document.getElementById("app")) return void requestAnimationFrame(start); // Dash draws the page later
    dialog()?.addEventListener("cancel", (event) => {
      event.preventDefault();
      close();
    });
    if (dialog()) sitrep.intake.resume();
  }

  document.addEventListener("sitrep:intake", show);
  document.addEventListener("click", click);
  document.addEventListener("input", change);
  document.addEventListener("keydown", press);
  for (const kind of ["dragover", "dragleave", "drop"]) document.addEventListener(kind, drag);
  start();
})();
