/* A file on its way: sent to the server in pieces, then asked after until it is open, unclear or refused. */
(function () {
  "use strict";

  const sitrep = (window.sitrep = window.sitrep ?? {});
  const LOOK_EVERY = 300; // ms while the file is read
  const SHOW_LIFE_EVERY = 20_000; // ms while the reader thinks: the server forgets silent pages
  const KEPT = "sitrep:job"; // in the session: the page is loaded again when the data is another

  // `step`: start, arriving, reading, unclear, settling, opened or refused. `told` is what the server said last, `turn` the number
  // of what is under way: what belongs to an earlier one is dropped.
  const state = { step: "start", job: null, told: {}, turn: 0 };

  class Refusal extends Error {}

  async function call(method, path = "", body = undefined) {
    const isFile = typeof Blob !== "undefined" && body instanceof Blob;
    const headers = { "X-Sitrep-Intake": "1" };
    if (body !== undefined) headers["Content-Type"] = isFile ? "application/octet-stream" : "application/json";
    const answer = await fetch(`/intake${path}`, { method, headers, body: isFile ? body : JSON.stringify(body) });
    if (!answer.ok) throw new Refusal((await answer.text()).trim());
    return answer.status === 204 ? null : answer.json();
  }

  function enter(step, told = {}) {
    state.step = step;
    state.told = told;
    sitrep.tell("sitrep:intake");
  }

  function remember(job) {
    state.job = job;
    if (job) sessionStorage.setItem(KEPT, job);
    else sessionStorage.removeItem(KEPT);
  }

  // Runs what is under way; a refusal of the server is shown as one of the file.
  async function run(work) {
    const turn = ++state.turn;
    const isCurrent = () => turn === state.turn;
    try {
      await work(isCurrent);
    } catch (error) {
      if (!isCurrent()) return;
      if (!(error instanceof Refusal) && !(error instanceof TypeError)) throw error;
      const lines = error instanceof Refusal ? error.message.split("\n") : [];
      enter("refused", { lines, lost: !(error instanceof Refusal), file: state.told.file });
    }
  }

  // The pieces of a file of `size` bytes, as [from, to].
  function pieces(size, piece) {
    return Array.from({ length: Math.ceil(size / piece) }, (_, i) => [i * piece, Math.min((i + 1) * piece, size)]);
  }

  const begin = (files) =>
    run(async (isCurrent) => {
      const size = files.reduce((sum, file) => sum + file.size, 0);
      enter("arriving", { file: files[0].name, arrived: 0, size });
      const told = await call("POST", "", { files: files.map(({ name, size }) => ({ name, size })) });
      if (!isCurrent()) return void call("DELETE", `/${told.job}`);
      remember(told.job);
      enter("arriving", told);
      for (const [number, file] of files.entries()) {
        for (const [from, to] of pieces(file.size, told.piece)) {
          const { arrived } = await call("PUT", `/${told.job}/${number}?from=${from}`, file.slice(from, to));
          if (!isCurrent()) return;
          enter("arriving", { ...state.told, arrived });
        }
      }
      await read(isCurrent, "read", {});
    });

  async function read(isCurrent, what, given) {
    remember(state.job); // it may have been done with
    const told = await call("POST", `/${state.job}/${what}`, given);
    if (isCurrent()) await follow(isCurrent, told);
  }

  const answer = (given) => run((isCurrent) => read(isCurrent, "read", given));
  const choose = (given = {}) => run((isCurrent) => read(isCurrent, "ask", given));

  async function follow(isCurrent, told) {
    for (;;) {
      const step = told.state;
      if (step === "opened") return showNew();
      if (step !== state.step || step !== "unclear") enter(step, told); // what is chosen meanwhile stays
      if (step === "refused") return;
      await new Promise((done) => setTimeout(done, step === "unclear" ? SHOW_LIFE_EVERY : LOOK_EVERY));
      if (!isCurrent()) return;
      told = await call("GET", `/${state.job}`);
      if (!isCurrent()) return;
    }
  }

  // The page over other data begins without the old choices; only the theme stays.
  function showNew() {
    const theme = new URLSearchParams(window.location.search).get("theme");
    window.location.assign(theme ? `/?theme=${encodeURIComponent(theme)}` : "/");
  }

  function cancel() {
    state.turn += 1;
    if (state.job) call("DELETE", `/${state.job}`).catch(() => {});
    remember(null);
    enter("start");
  }

  const undo = () =>
    run(async () => {
      await call("POST", "/undo", {});
      remember(null);
      showNew();
    });

  // The names of places of an open file that are not settled.
  const settle = (job = state.job) =>
    run(async (isCurrent) => {
      const told = await call("GET", `/${job}/places`);
      if (!isCurrent()) return;
      state.job = job;
      enter("settling", told);
    });

  // The names of all that is open, the one that was asked for first; and what they mean, after which the page is
  // loaded again as it stands.
  const settleOpen = (name) =>
    run(async (isCurrent) => {
      const told = await call("GET", `/names?first=${encodeURIComponent(name)}`);
      if (!isCurrent()) return;
      remember(null);
      enter("settling", { ...told, isOpen: true });
    });

  const apply = (places) => {
    if (!state.told.isOpen) return answer({ places });
    return run(async (isCurrent) => {
      enter("reading", { file: state.told.file });
      await call("POST", "/names", { places });
      if (isCurrent()) window.location.reload();
    });
  };

  // What a name, or the text of a point, may be: pairs of what a choice says and its words.
  const find = (name) => call("GET", `/places?name=${encodeURIComponent(name)}`);

  // After the page was loaded again: what came of the file, or how far it is.
  const resume = () =>
    run(async (isCurrent) => {
      const job = sessionStorage.getItem(KEPT);
      if (!job) return;
      const told = await call("GET", `/${job}`).catch(() => null);
      if (!isCurrent()) return;
      if (!told || told.state === "arriving") return remember(null);
      state.job = job;
      if (told.state === "opened") {
        sessionStorage.removeItem(KEPT);
        enter("opened", told);
      } else {
        await follow(isCurrent, told);
      }
    });

  const isUnderWay = () => ["arriving", "reading", "unclear"].includes(state.step);
  const look = () => call("GET");

  sitrep.intake = { state, begin, answer, apply, choose, settle, settleOpen, find, cancel, undo, resume, look, isUnderWay, pieces };
  if (typeof document === "undefined") return; // a test of the functions
  window.addEventListener("pagehide", () => {
    // what has not arrived cannot go on in another page
    if (state.step !== "arriving" || !state.job) return;
    fetch(`/intake/${state.job}`, { method: "DELETE", headers: { "X-Sitrep-Intake": "1" }, keepalive: true });
  });
})();
