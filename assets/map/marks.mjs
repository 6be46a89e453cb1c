/* The marks on the map: one source of the style, whose data is swapped at every answer; and what the base map shows
 * for them, the countries that are lit. */

import { styleSource } from "./plot.mjs";

// The first picture is drawn from coarse files; the whole ones follow when someone looks closely enough to see.
const CLOSE = 3.4; // zoom
const COARSE = ["countries", "borders", "labels"];

// Sets the data of the sources that have other data, after a call of `before` where there are any. A theme change
// resets sources without a word, so each is asked what it has.
export function setSourceData(map, wanted, before = () => {}) {
  const has = (name) => map.getSource(name).serialize().data;
  const stale = Object.entries(wanted).filter(([name, data]) => map.getSource(name) && has(name) !== data);
  if (stale.length) before();
  for (const [name, data] of stale) map.getSource(name).setData(data);
}

// The outlines of countries with country-wide events, out of the base map itself.
export function lightCountries(map, codes) {
  const filter = ["in", ["get", "iso2"], ["literal", codes]];
  if (JSON.stringify(map.getFilter("lit-line")) === JSON.stringify(filter)) return;
  for (const id of ["lit-area", "lit-line"]) map.setFilter(id, filter);
}

export function refineBaseMap(element, map) {
  if (map.getZoom() < CLOSE) return;
  for (const name of COARSE) {
    const source = styleSource(element, name);
    const whole = `/basemap/${name}.geojson`;
    if (source.data === whole) continue;
    source.data = whole;
    map.getSource(name).setData(whole);
  }
}
