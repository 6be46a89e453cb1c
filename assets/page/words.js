/* What the map shows, in words for readers who do not see it. It is said once the hand and time rest: who hears the page is
 * told of where they stopped, not of each step. */
(function () {
  "use strict";

  const sitrep = (window.sitrep = window.sitrep ?? {});
  const REST = 900; // ms after the last answer

  let waiting = null;

  const isRunning = () => sitrep.byId("play").getAttribute("aria-pressed") === "true";

  function say(words) {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const place = sitrep.byId("in-words");
      if (isRunning() || sitrep.brush.isHeld()) say(words);
      else if (place.textContent !== words) place.textContent = words; // the same words are not said again
    }, REST);
  }

  sitrep.words = { say };
})();
