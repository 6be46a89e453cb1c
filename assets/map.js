/* What the page does by itself: the map's marks, hovers, tags, clicks, camera and zoom; brushing the timeline. */
(function () {
  "use strict";

  const send = (id, props) => window.dash_clientside.set_props(id, props);
  const byId = (id) => document.getElementById(id);
  const plotOf = (id) => document.querySelector(`#${id} .js-plotly-plot`);
  // Plotly's private handle on MapLibre, in this one place; plotly is pinned and the browser tests use it.
  const mapOf = (gd) => gd?._fullLayout?.map?._subplot?.map;

  let shown = {}; // what is to be on the map, as the server last said: marks, picks, tags, lit, camera

  /* ---- Marks: two sources, whose data is swapped at every answer ---- */

  const FELT = ["marks-figure", "marks-glyph", "marks-disc", "marks-line", "marks-dash", "marks-area"];
  const REACH = 4; // px around the pointer
  const watched = new WeakSet();

  function watch(gd, map) {
    if (watched.has(map)) return;
    watched.add(map);
    map._fadeDuration = 0; // data changes at once: a label that fades in is a label that is late
    map.on("styledata", () => showMarks(map)); // a new style brings a new, empty source
    map.on("move", () => placeTags(map));
    map.on("moveend", (event) => {
      if (event.told) return;
      if (event.originalEvent) {
        wanted = null;
        keepCamera(map);
      } else if (wanted) {
        look(map, wanted); // Plotly, done with loading, had turned the map to where it was first told
      }
    });
    map.on("mousemove", (event) => hover(gd, map, event.point));
    map.on("mouseout", () => hover(gd, map, null));
    map.on("click", (event) => {
      const pick = pickAt(map, event.point);
      if (pick) select(pick.ids);
    });
    map.on("idle", () => refine(map));
    sketchUntilShown(map);
    if (shown.camera) look(map, shown.camera);
    showMarks(map);
    drawTags(map);
  }

  // While its data comes in, MapLibre draws frame after frame that nobody needs. They are drawn small, unseen, and cost
  // next to nothing; without a graphics card that is a second less to the first picture.
  function sketchUntilShown(map) {
    const ratio = map.getPixelRatio();
    map.getCanvas().style.visibility = "hidden";
    map.setPixelRatio(ratio / 8);
    map.once("load", () => {
      map.setPixelRatio(ratio);
      map.getCanvas().style.visibility = "";
      if (shown.marks) afterFrame(map);
    });
  }

  // The first picture is drawn from coarse files; the whole ones follow when someone looks closely enough to see.
  const CLOSE = 3.4; // zoom
  const COARSE = ["countries", "borders", "labels"];
  function refine(map) {
    if (map.getZoom() >= CLOSE) supply(map, Object.fromEntries(COARSE.map((name) => [name, `/basemap/${name}.geojson`])));
  }

  // Gives sources their data. A new theme puts back what the style has, and MapLibre does not tell: what a source has
  // is asked every time.
  function supply(map, wares, before = () => {}) {
    const has = (name) => map.getSource(name).serialize().data;
    const stale = Object.entries(wares).filter(([name, data]) => map.getSource(name) && has(name) !== data);
    if (stale.length) before();
    for (const [name, data] of stale) map.getSource(name).setData(data);
  }

  function showMarks(map) {
    if (!shown.marks || !map.getSource("texts")) return;
    supply(map, shown.marks, () => {
      if (map.loaded()) holdFrames(map);
      else map.once("idle", () => afterFrame(map));
      light(map, shown.lit);
    });
  }

  let wanted = null; // the camera that the server asked for, until the reader moves the map

  // Plotly keeps a camera of its own, to which it turns the map back when it loads and at every resize: told as of a
  // reader's gesture it takes this one, and before it has loaded it has to be given it.
  function look(map, camera) {
    const [lon, lat, zoom] = camera;
    wanted = camera;
    const gd = plotOf("map");
    for (const layout of [gd.layout.map, gd._fullLayout.map]) Object.assign(layout, { center: { lon, lat }, zoom });
    map.jumpTo({ center: [lon, lat], zoom }, { originalEvent: {}, told: true });
  }

  // For `make bench` and the browser tests: a frame counts when the browser is ready for the one after it.
  function afterFrame(map) {
    map.once("render", () =>
      requestAnimationFrame(() => {
        performance.mark("sitrep:painted");
        drawTimeline();
      })
    );
    map.triggerRepaint();
  }

  // The outlines of countries with country-wide events, out of the basemap itself.
  function light(map, codes) {
    const filter = ["in", ["get", "iso2"], ["literal", codes]];
    if (JSON.stringify(map.getFilter("lit-line")) === JSON.stringify(filter)) return;
    for (const id of ["lit-area", "lit-line"]) map.setFilter(id, filter);
  }

  // Plotly asks for frames while the new marks are still being cut into tiles. Each would show the old ones and keep
  // the new ones waiting: no frame until they are there, or a quarter of a second has passed.
  function holdFrames(map) {
    const release = () => {
      clearTimeout(patience);
      map.off("sourcedata", look);
      delete map.triggerRepaint; // ours gives way to MapLibre's own
      afterFrame(map);
    };
    const waiting = new Set(Object.keys(shown.marks));
    const look = (event) => {
      if (!event.tile || !waiting.has(event.sourceId) || !map.isSourceLoaded(event.sourceId)) return;
      waiting.delete(event.sourceId);
      if (!waiting.size) release();
    };
    const patience = setTimeout(release, 250);
    map.on("sourcedata", look);
    map.triggerRepaint = () => {};
  }

  // What lies under the pointer: a symbol before a disc, a disc before a line, a line before an area.
  function pickAt(map, { x, y }) {
    const layers = FELT.filter((id) => map.getLayer(id));
    const box = [[x - REACH, y - REACH], [x + REACH, y + REACH]];
    const rank = (feature) => FELT.indexOf(feature.layer.id);
    const best = map
      .queryRenderedFeatures(box, { layers })
      .filter((feature) => feature.properties.pick != null)
      .reduce((a, b) => (a && rank(a) <= rank(b) ? a : b), null);
    return best && shown.picks?.[best.properties.pick];
  }

  function hover(gd, map, point) {
    const tip = byId("tip");
    const pick = point && pickAt(map, point);
    map.getCanvas().style.cursor = pick ? "pointer" : "";
    tip.hidden = !pick;
    if (!pick) return;
    tip.replaceChildren(...pick.lines.map((line, i) => textNode(i ? "span" : "strong", line)));
    const { width, height } = gd.getBoundingClientRect();
    const left = point.x > width / 2 ? point.x - tip.offsetWidth - 14 : point.x + 14;
    const top = Math.min(Math.max(point.y - tip.offsetHeight / 2, 8), height - tip.offsetHeight - 8);
    tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  // The data's texts are text, never markup.
  function textNode(tag, text) {
    const node = document.createElement(tag);
    node.textContent = text;
    return node;
  }

  /* ---- Tags: countries as buttons over the map ---- */

  function drawTags(map) {
    const buttons = (shown.tags ?? []).map((tag) => {
      const button = document.createElement("button");
      button.className = "tag";
      button.append(...tag.lines.map((line, i) => textNode(i ? "span" : "strong", line)));
      button.addEventListener("click", () => select(tag.ids));
      return button;
    });
    byId("tags").replaceChildren(...buttons);
    placeTags(map);
  }

  function placeTags(map) {
    const nodes = byId("tags").children;
    const { width } = byId("tags").getBoundingClientRect();
    (shown.tags ?? []).forEach((tag, i) => {
      if (!nodes[i]) return;
      const place = map.project([tag.lon, tag.lat]);
      const half = nodes[i].offsetWidth / 2 + 8;
      // One that would stick out at a side stays inside; one whose place is out of sight goes with it.
      const inside = place.x > 0 && place.x < width && width > 2 * half;
      const x = inside ? Math.min(Math.max(place.x, half), width - half) : place.x;
      const y = place.y;
      nodes[i].style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px) translate(-50%, calc(-100% - 9px))`;
    });
  }

  /* ---- Choosing, and the camera ---- */

  let count = 0; // makes each message differ from the last: the same mark can be clicked twice
  function select(ids) {
    send("picked", { data: { ids: [...ids], count: ++count } });
    if (ids.length) byId("app").dataset.sheet = "event";
  }

  const turned = (lon) => ((((lon + 180) % 360) + 360) % 360) - 180;

  function keepCamera(map) {
    const { lng, lat } = map.getCenter();
    const camera = [turned(lng), lat, map.getZoom()];
    send("camera", { data: camera });
    const query = new URLSearchParams(window.location.search);
    query.set("at", [camera[0].toFixed(4), lat.toFixed(4), camera[2].toFixed(2)].join());
    const search = `?${query.toString().replaceAll("%2C", ",")}`;
    // In place: looking around is no choice that "back" should undo.
    window.history.replaceState(window.history.state, "", search);
  }

  function zoom(step) {
    const map = mapOf(plotOf("map"));
    if (!map) return;
    map.easeTo({ zoom: map.getZoom() + step, duration: 150 }, { originalEvent: {} });
  }

  function home() {
    send("picked", { data: { home: true, count: ++count } });
  }

  // What the map shows, for the picture of "the area on screen".
  function keepFrame() {
    const bounds = mapOf(plotOf("map"))?.getBounds();
    if (!bounds) return;
    const whole = bounds.getEast() - bounds.getWest() >= 360;
    const [west, east] = whole ? [-180, 180] : [turned(bounds.getWest()), turned(bounds.getEast())];
    const frame = [west, Math.max(bounds.getSouth(), -85), east, Math.min(bounds.getNorth(), 85)];
    send("frame", { data: frame.map((degrees) => degrees.toFixed(4)).join() });
  }

  /* ---- Timeline: a drag chooses days, a click one day ---- */

  let timelineShown = null;
  // After the map's frame, so that the two do not wait for each other.
  function drawTimeline() {
    const graph = plotOf("timeline");
    if (!graph?.on || timelineShown === shown.timeline) return;
    timelineShown = shown.timeline;
    window.Plotly.react(graph, shown.timeline);
  }

  const dayOf = (value) => String(value).slice(0, 10);
  function brushed(event) {
    const range = event?.range?.x;
    if (!range) return;
    const [first, last] = [...range].sort();
    // A brush that ends at midnight does not touch the day that begins there.
    const midnight = last.length === 10 || /00:00(:00(\.0+)?)?$/.test(last);
    const end = midnight ? new Date(Date.parse(`${dayOf(last)}T00:00Z`) - 1).toISOString() : last;
    send("brush", { data: [dayOf(first), dayOf(end), ++count] });
  }

  /* ---- The table: its grid is a third of all scripts and comes when it is first opened ---- */

  function switchTable() {
    if (window.dash_ag_grid) {
      send("table-open", { data: byId("table").hidden });
    } else if (!byId("grid-script")) {
      const script = document.createElement("script");
      script.id = "grid-script";
      script.src = document.querySelector("meta[name=grid-script]").content;
      script.onload = () => send("table-open", { data: true });
      document.head.append(script);
    }
  }

  /* ---- Wiring ---- */

  // While the click goes down: what a button needs is known before Dash hears of it.
  document.addEventListener(
    "click",
    (event) => {
      const target = event.target.closest("button");
      if (!target) return;
      if (target.id === "export") keepFrame();
      else if (target.id === "table-switch") switchTable();
      else if (target.matches(".notice .close")) target.closest(".notice").remove();
      else if (target.matches(".zoom-in")) zoom(1);
      else if (target.matches(".zoom-out")) zoom(-1);
      else if (target.matches(".zoom-home")) home();
      else if (target.dataset.sheet) {
        const app = byId("app");
        app.dataset.sheet = app.dataset.sheet === target.dataset.sheet ? "" : target.dataset.sheet;
      }
    },
    true
  );

  const wired = new WeakSet();
  function wire() {
    const map = plotOf("map");
    if (mapOf(map)) watch(map, mapOf(map));
    const timeline = plotOf("timeline");
    if (timeline?.on && !wired.has(timeline)) {
      wired.add(timeline);
      timeline.on("plotly_selected", brushed);
      timeline.on("plotly_click", (event) => {
        const day = event.points[0]?.customdata;
        if (day) send("brush", { data: [day, day, ++count] });
      });
    }
  }
  // The graphs appear when their scripts have come.
  new MutationObserver(wire).observe(document.documentElement, { childList: true, subtree: true });

  window.dash_clientside = window.dash_clientside ?? {};
  window.dash_clientside.sitrep = {
    show(data) {
      shown = data;
      const gd = plotOf("map");
      const map = mapOf(gd);
      setTimeout(drawTimeline, map?.loaded() ? 300 : 0);
      if (!map) return; // `watch` shows it when the map is there
      showMarks(map);
      if (data.camera) {
        look(map, data.camera);
        send("camera", { data: null }); // where the reader had moved the map is no longer where it is
      }
      drawTags(map);
      hover(gd, map, null); // what was hovered may have moved
    },
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
  const functions = (window.dashAgGridFunctions = window.dashAgGridFunctions ?? {});
  functions.sitrepRow = (params) => select([params.data.event_id]);
  functions.sitrepByStart = (a, b, nodeA, nodeB) => (nodeA.data.start < nodeB.data.start ? -1 : 1);
})();
