/* The address of the page, and what the browser tells the server about itself with it. */
(function () {
  "use strict";

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
})();
