/* The map's file: what its checkboxes and days leave of the events, on the map, its tags, its hovers and its lists.
 * Everything is in the file; nothing is fetched. The data's texts are set as text, never as markup. */
"use strict";
(async () => {
  const packed = Uint8Array.from(atob(document.getElementById("data").textContent), (letter) => letter.charCodeAt(0));
  const data = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  const events = new Map(data.events.map((event) => [event.id, event]));
  const box = document.getElementById("map");
  const tip = document.getElementById("tip");
  // A symbol before a disc, a disc before a line, a line before an area.
  const HIT_ORDER = ["marks-figure", "marks-count", "marks-glyph", "marks-disc", "marks-line", "marks-dash", "marks-area"];
  const PADDING = 56; // px around what the map must show
  let map = null;
  let kept = new Set(events.keys());
  let shown = []; // the marks on the map
  let tags = []; // and its tags, each with its node

  /* ---- What is kept ---- */

  const ticked = (name) =>
    new Set([...document.querySelectorAll(`input[data-${name}]:checked`)].map((input) => input.dataset[name]));
  const day = (id) => document.getElementById(id).value;

  // Both days belong to the choice, and an event is kept when it may lie in it. A day that is not set sets no bound.
  function choose() {
    const categories = ticked("category");
    const from = day("from") || "0000";
    const to = day("to") || "9999";
    for (const id of ["from", "to"]) document.getElementById(id).setAttribute("aria-invalid", String(from > to));
    const all = [...events.values()];
    const inDays = (event) => event.to >= from && event.from <= to;
    kept = new Set(all.filter((event) => categories.has(event.category) && inDays(event)).map(({ id }) => id));
    document.getElementById("shown").textContent = data.counts[kept.size];
    for (const node of document.querySelectorAll("[data-count]")) {
      node.textContent = all.filter((event) => event.category === node.dataset.count && inDays(event)).length;
    }
    listOffMap(all.filter((event) => event.off_map && kept.has(event.id)));
    drawBars(all.filter((event) => categories.has(event.category)), from, to);
  }

  function listOffMap(found) {
    document.getElementById("off-map").hidden = !found.length;
    document.getElementById("off-map-count").textContent = found.length;
    document.querySelector("#off-map ul").replaceChildren(...found.map((event) => node("li", event.off_map)));
  }

  const MOST_BARS = 90;
  const DAY = 86400000;
  function drawBars(found, from, to) {
    const [first, last] = data.days.map((text) => Date.parse(text));
    const bars = Math.min(MOST_BARS, Math.round((last - first) / DAY) + 1);
    const step = Math.ceil(((last - first) / DAY + 1) / bars);
    const said = (time) => new Date(time).toISOString().slice(0, 10);
    const spans = Array.from({ length: bars }, (_, i) => [first + i * step * DAY, first + ((i + 1) * step - 1) * DAY].map(said));
    const counts = spans.map(([a, b]) => found.filter((event) => event.from <= b && event.to >= a).length);
    const tallest = Math.max(1, ...counts);
    document.getElementById("bars").replaceChildren(
      ...spans.map(([a, b], i) => {
        const bar = document.createElement("i");
        bar.style.height = `${(100 * counts[i]) / tallest}%`;
        bar.className = b < from || a > to ? "out" : "";
        return bar;
      })
    );
  }

  /* ---- The map's marks, tags and lit countries ---- */

  function show() {
    const layers = ticked("layer");
    const isKept = ({ pick, ids = data.picks[pick]?.ids }) => !ids || ids.some((id) => kept.has(id));
    const on = (mark) => (!mark.layer || layers.has(mark.layer)) && isKept(mark);
    shown = data.marks.filter((mark) => on(mark.properties));
    const open = layers.has("country") ? data.tags.filter((tag) => tag.ids.some((id) => kept.has(id))) : [];
    const marks = { type: "FeatureCollection", features: shown };
    // The figure says what the map shows: whatever Plotly draws again is the same.
    box.layout.map.style.sources.marks.data = marks;
    fillTraces(box.data, pointsByLayer({ marks, picks: data.picks, tags: open }));
    map.getSource("marks").setData(marks);
    const lit = ["in", ["get", "iso2"], ["literal", open.map(({ code }) => code)]];
    for (const id of ["lit-area", "lit-line"]) map.setFilter(id, lit);
    drawTags(open, layers);
    hover(null);
  }

  function drawTags(open, layers) {
    tags = open.map((tag) => {
      const own = tag.lines.filter(({ id, layer }) => kept.has(id) && layers.has(layer)).map(({ text }) => text);
      const count = tag.ids.filter((id) => kept.has(id)).length;
      const [all, first] = [[tag.heads[count], ...own], data.most_lines - 1];
      const told = all.length > data.most_lines ? [...all.slice(0, first), tag.more[all.length - first]] : all;
      return { ...tag, element: window.sitrep.tags.fill(document.createElement("div"), told, count) };
    });
    document.getElementById("tags").replaceChildren(...tags.map(({ element }) => element));
    placeTags();
  }

  function placeTags() {
    const middle = map.getCenter().lng;
    // on the copy of the world nearest to what is looked at
    const points = tags.map(({ lon, lat }) => map.project([lon + 360 * Math.round((middle - lon) / 360), lat]));
    window.sitrep.tags.place(tags.map(({ element }) => element), points, box.clientWidth);
  }

  /* ---- Hovers ---- */

  // What a mark tells: of a symbol that stands for several events at its place, only those that are kept.
  function told({ pick, here, head }) {
    const layers = ticked("layer");
    if (!here) return data.picks[pick].lines;
    const left = here.filter((id) => kept.has(id) && layers.has(events.get(id).layer));
    if (left.length === 1) return events.get(left[0]).lines;
    return [head.replace("\0", data.counted[left.length]), ...left.map((id) => `${events.get(id).glyph} ${events.get(id).title}`)];
  }

  function markAt({ x, y }, reach) {
    const area = [[x - reach, y - reach], [x + reach, y + reach]];
    const found = map.queryRenderedFeatures(area, { layers: HIT_ORDER }).filter(({ properties }) => "pick" in properties);
    const rank = (feature) => HIT_ORDER.indexOf(feature.layer.id);
    return found.reduce((a, b) => (a && rank(a) <= rank(b) ? a : b), null);
  }

  function hover(point, reach = 4) {
    const mark = point && markAt(point, reach);
    map.getCanvas().style.cursor = mark ? "pointer" : "";
    tip.hidden = !mark;
    if (!mark) return;
    tip.replaceChildren(...lines(told(data.marks[mark.properties.order].properties)));
    const left = point.x > box.clientWidth / 2 ? point.x - tip.offsetWidth - 14 : point.x + 14;
    const top = Math.min(Math.max(point.y - tip.offsetHeight / 2, 8), box.clientHeight - tip.offsetHeight - 8);
    const inside = Math.min(Math.max(left, 8), box.clientWidth - tip.offsetWidth - 8);
    tip.style.transform = `translate(${Math.round(inside)}px, ${Math.round(top)}px)`;
  }

  function node(name, text, className = "") {
    const element = document.createElement(name);
    element.textContent = text;
    element.className = className;
    return element;
  }

  const lines = (texts) => texts.map((text, i) => node(i ? "span" : "strong", text));

  /* ---- Start ---- */

  function listen() {
    box.map = map; // for the tests, and for whoever looks at the file from the console
    map.setMinZoom(0);
    map._fadeDuration = 0;
    map.dragRotate.disable();
    map.touchPitch.disable();
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map._listeners.dblclick = []; // Plotly's goes back to the first camera; here it zooms in
    map.doubleClickZoom.enable();
    map.on("move", () => {
      const { lng: lon, lat } = map.getCenter();
      const camera = { center: { lon, lat }, zoom: map.getZoom(), bearing: 0, pitch: 0 };
      Object.assign(box.layout.map, structuredClone(camera)); // Plotly turns the map back to that when it draws
      Object.assign(box._fullLayout.map, camera);
      placeTags();
    });
    map.on("mousemove", (event) => hover(event.point));
    map.on("mouseout", () => hover(null));
    map.on("click", (event) => hover(event.point, 12)); // a finger
    const [west, south, east, north] = data.bounds;
    const padding = Math.min(PADDING, box.clientWidth / 8);
    map.fitBounds([[west, south], [east, north]], { padding, maxZoom: 9, duration: 0 });
    new ResizeObserver(() => map.resize()).observe(box);
    const ready = () => {
      show();
      document.documentElement.dataset.ready = "yes";
    };
    if (map.getSource("marks")) ready();
    else map.once("load", ready);
  }

  function failed(error) {
    box.className = "map-missing";
    box.textContent = "This browser cannot draw the map: it has no WebGL. The lists beside it are whole.";
    console.warn(error);
  }

  choose();
  const all = { type: "FeatureCollection", features: data.marks };
  data.figure.layout.map.style.sources.marks.data = all;
  fillTraces(data.figure.data, pointsByLayer({ marks: all, picks: data.picks, tags: data.tags }));
  box.content = data; // for the tests
  const config = { displayModeBar: false, displaylogo: false, showSendToCloud: false, plotlyServerURL: "", responsive: false,
    doubleClick: false, showTips: false };
  Promise.resolve()
    .then(() => window.Plotly.newPlot(box, data.figure.data, data.figure.layout, config))
    .then(() => {
      map = box._fullLayout.map._subplot.map;
      listen();
    })
    .catch(failed);
  document.addEventListener("change", () => {
    choose();
    if (map) show();
  });
  document.addEventListener("click", ({ target }) => {
    const step = Number(target.dataset?.zoom);
    if (step && map) map.easeTo({ zoom: map.getZoom() + step, duration: 150 });
  });
})();
