/* Days as texts (YYYY-MM-DD) and as moments (ms since 1970, UTC). */
(function () {
  "use strict";

  const sitrep = (window.sitrep = window.sitrep ?? {});
  const DAY = 86_400_000; // ms

  const iso = (at) => new Date(at).toISOString().slice(0, 10);
  const at = (day) => Date.parse(`${day}T00:00Z`);
  const plus = (day, count) => iso(at(day) + count * DAY);

  sitrep.days = { DAY, iso, at, plus };
})();
