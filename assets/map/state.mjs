/* What the parts of the map know together. One object, so that who changes what can be searched for by name. */

const SCHEMES = ["light", "dark"];

// The theme of an address or, where that has none, of the reader's system.
export function themeOf(search, systemIsDark) {
  const asked = new URLSearchParams(search).get("theme");
  return SCHEMES.includes(asked) ? asked : systemIsDark ? "dark" : "light";
}

export const state = {
  shown: {}, // what is to be on the map, as the server last said: theme, marks, picks, tags, lit, camera
  picks: [], // what the marks that are drawn now stand for
  theme: "light", // of the style that the map has
  missing: false, // whether this browser cannot draw a map
  seen: false, // whether the reader sees the map: it is drawn out of sight until there is something to see
  cellsOf: null, // the marks whose cells are known: `cells`, their places among the features, and `colours`, which they have
  cells: [],
  colours: [],
  isAhead: false, // whether the cells are coloured by what the page has counted, of which the server knows nothing yet
  pointer: null, // where the pointer is over the map, {x, y} in px
  told: null, // the cell or area (its H3 index or number in hexadecimal) of which the tip says what the page has counted
  lines: null, // what it says of it; null until the page has said it
  awaited: false, // whether a frame with new marks is on its way
};
