/* Tags: countries with country-wide events, as buttons over the map. */
import { nearestLongitude } from "./camera.mjs";
import { textNodes } from "./hover.mjs";

const all = () => document.getElementById("tags");

export function drawTags(map, tags, select) {
  const buttons = tags.map((tag) => {
    const button = document.createElement("button");
    button.className = "tag";
    button.append(...textNodes(tag.lines));
    button.addEventListener("click", () => select(tag.ids));
    return button;
  });
  all()?.replaceChildren(...buttons);
  placeTags(map, tags);
}

export function placeTags(map, tags) {
  const nodes = all()?.children;
  if (!nodes?.length || !map) return;
  const { width } = all().getBoundingClientRect();
  tags.forEach((tag, i) => {
    if (!nodes[i]) return;
    const place = map.project([nearestLongitude(tag.lon, map.getCenter().lng), tag.lat]);
    const x = keptInside(place.x, nodes[i].offsetWidth / 2 + 8, width);
    const y = Math.round(place.y);
    nodes[i].style.transform = `translate(${Math.round(x)}px, ${y}px) translate(-50%, calc(-100% - 24px))`;
  });
}

// The middle of a tag: one that would stick out at a side stays inside; one whose place is out of sight goes with it.
export function keptInside(x, half, width) {
  const inside = x > 0 && x < width && width > 2 * half;
  return inside ? Math.min(Math.max(x, half), width - half) : x;
}
