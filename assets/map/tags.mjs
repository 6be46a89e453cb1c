/* Tags: countries with country-wide events, as buttons over the map. How they stand is said in assets/page/tags.js. */
import { nearestLongitude } from "./camera.mjs";

const all = () => document.getElementById("tags");

export function drawTags(map, tags, select) {
  const buttons = tags.map((tag) => {
    const button = window.sitrep.tags.fill(document.createElement("button"), tag.lines, tag.ids.length);
    button.addEventListener("click", () => select(tag.ids));
    return button;
  });
  all()?.replaceChildren(...buttons);
  placeTags(map, tags);
}

export function placeTags(map, tags) {
  const place = all();
  if (!place?.children.length || !map) return;
  const middle = map.getCenter().lng;
  const shown = tags.slice(0, place.children.length); // others are drawn with the next frame
  const points = shown.map(({ lon, lat }) => map.project([nearestLongitude(lon, middle), lat]));
  window.sitrep.tags.place([...place.children].slice(0, shown.length), points, place.getBoundingClientRect().width);
}
