/* The data on disk: a change loads the page again (its address holds every choice), a mistake is told. */
(function () {
  "use strict";

  const sitrep = (window.sitrep = window.sitrep ?? {});
  const LOOK_EVERY = 2000; // ms
  const TELL_FOR = 6000; // ms
  const AWAY = "The database does not answer; what is shown is its last good answer.";
  const version = document.querySelector("meta[name=data-version]").content;
  let told = "";

  function tellOfData(lines) {
    if (told === lines.join("\n")) return;
    told = lines.join("\n");
    document.getElementById("data-notice")?.remove();
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
    if (document.hidden || window.sitrep.intake.isUnderWay()) return;
    const state = await fetch("/healthz").then((answer) => answer.json()).catch(() => null);
    if (!state) return; // the server is gone, or comes back
    const wasAway = told.startsWith(AWAY);
    if (state.away) {
      tellOfData([AWAY, state.away]);
    } else if (state.version !== version) {
      sessionStorage.setItem("sitrep:updated", "yes");
      window.location.reload();
    } else if (state.problems.length) {
      tellOfData(["The files have a mistake; what is shown is their last good state.", ...state.problems]);
    } else if (told.startsWith("The files") || wasAway) {
      tellOfData([]);
    }
    if (wasAway && !state.away) askAgain();
  }

  // What was asked while the database was away: by the same gesture, with what the controls say now.
  function askAgain() {
    const request = sitrep.state.unanswered;
    const [changed] = request?.changedPropIds ?? [];
    const input = request?.inputs.find(({ id, property }) => `${id}.${property}` === changed);
    if (input) sitrep.send(input.id, { [input.property]: input.value });
  }

  sitrep.dataWatch = { look };
  setInterval(look, LOOK_EVERY);
  if (sessionStorage.getItem("sitrep:updated")) {
    sessionStorage.removeItem("sitrep:updated");
    tellOfData(["The data was updated from its files."]);
    setTimeout(() => told.startsWith("The data was") && tellOfData([]), TELL_FOR);
  }
})();
