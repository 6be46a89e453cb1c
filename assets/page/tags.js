/* How the tags of countries stand over a map, of the page (assets/map/tags.mjs) or of a file (dashboard/export/standalone). */
(function () {
  "use strict";

  const sitrep = (window.sitrep = window.sitrep ?? {});
  const SHORT = { width: 44, height: 27 }; // px of a tag that says its number of events alone
  const ABOVE = 24; // px over its place: room for the names of marks
  const EDGE = 8; // px

  // The middle of a tag: one that would stick out at a side stays inside; one whose place is out of sight goes with it.
  function keptInside(x, half, width) {
    const inside = x > 0 && x < width && width > 2 * half;
    return inside ? Math.min(Math.max(x, half), width - half) : x;
  }

  // For each tag whether it has room for all that it says: that lies over no other one. `tags` are those of the most
  // events first, each with the middle of its foot (x, y) and its size; where it is short, that middle is `at`.
  function haveRoom(tags) {
    const boxOf = ({ x, y }, { width, height }) => [x - width / 2, y - height, x + width / 2, y];
    const isApart = ([left, top, right, bottom], other) => right <= other[0] || left >= other[2] || bottom <= other[1] || top >= other[3];
    const boxes = tags.map(({ at, x, y }) => boxOf({ x: at ?? x, y }, SHORT));
    return tags.map((tag, number) => {
      const whole = boxOf(tag, tag);
      const hasRoom = boxes.every((box, other) => other === number || isApart(whole, box));
      if (hasRoom) boxes[number] = whole;
      return hasRoom;
    });
  }

  // A tag's element says its lines, with how many events it has where it stands for so many alone.
  function fill(element, lines, count) {
    element.className = "tag";
    element.dataset.count = count.toLocaleString("en");
    element.append(...lines.map((text, number) => Object.assign(document.createElement(number ? "span" : "strong"), { textContent: text })));
    return element;
  }

  // Puts tags where their places are on a map of a width in px; `points` are these places, in px.
  function place(elements, points, width) {
    const tags = elements.map((element, number) => {
      if (!element.size?.width) {
        element.classList.remove("short");
        element.size = { width: element.offsetWidth, height: element.offsetHeight }; // of all its lines
      }
      const { x, y } = points[number];
      return { element, ...element.size, x: keptInside(x, element.size.width / 2 + EDGE, width), y: y - ABOVE, at: x };
    });
    const count = ({ element }) => Number(element.dataset.count.replaceAll(",", ""));
    tags.sort((a, b) => count(b) - count(a));
    haveRoom(tags).forEach((hasRoom, number) => {
      const { element, x, y, at } = tags[number];
      element.classList.toggle("short", !hasRoom);
      element.title = hasRoom ? "" : [...element.children].map((line) => line.textContent).join("\n");
      element.style.transform = `translate(${Math.round(hasRoom ? x : at)}px, ${Math.round(y)}px) translate(-50%, -100%)`;
    });
  }

  sitrep.tags = { fill, haveRoom, keptInside, place };
})();
