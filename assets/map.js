/* What the page does by itself: dressing the map's layers, its tags, clicks, camera and zoom; brushing the timeline. */
(function () {
  "use strict";

  const send = (id, props) => window.dash_clientside.set_props(id, props);
  const byId = (id) => document.getElementById(id);
  const plotOf = (id) => document.querySelector(`#${id} .js-plotly-plot`);
  // Plotly's private handle on MapLibre, in this one place; plotly is pinned and a test uses it.
  const mapOf = (gd) => gd?._fullLayout?.map?._subplot?.map;
  const LAYER = /^plotly-trace-layer-(.*)-(symbol|circle|line|fill)$/;

  /* ---- Layers: what trace.meta says goes to MapLibre's layers ---- */

  function dressOf(gd, layerId) {
    const match = LAYER.exec(layerId);
    const trace = match && gd.data.find((t) => t.uid === match[1]);
    return trace?.meta?.[match[2]];
  }

  // Plotly sets its own properties at every redraw: ours are put in their place on the way, so nothing flickers.
  function watch(gd, map) {
    if (map.sitrepWatched) return;
    map.sitrepWatched = true;
    map._fadeDuration = 0; // data changes at once: a label that fades in is a label that is late
    for (const [method, kind] of [["setLayoutProperty", "layout"], ["setPaintProperty", "paint"]]) {
      const original = map[method].bind(map);
      map[method] = (id, name, value, ...rest) => {
        const ours = dressOf(gd, id)?.[kind];
        return original(id, name, ours && name in ours ? ours[name] : value, ...rest);
      };
    }
    const add = map.addLayer.bind(map);
    map.addLayer = (layer, before) => {
      const ours = dressOf(gd, layer.id);
      if (!ours) return add(layer, before);
      return add({ ...layer, layout: { ...layer.layout, ...ours.layout }, paint: { ...layer.paint, ...ours.paint } }, before);
    };
    map.on("move", () => placeTags(gd, map));
    map.on("moveend", (event) => event.originalEvent && keepCamera(map));
  }

  // The grid is a third of all scripts: it comes when the table is first opened.
  function loadGrid() {
    if (window.dash_ag_grid || document.getElementById("grid-script")) return;
    const script = document.createElement("script");
    script.id = "grid-script";
    script.src = document.querySelector("meta[name=grid-script]").content;
    script.onload = () => send("table-open", { data: true });
    document.head.append(script);
  }

  function dress(gd, map) {
    const order = [];
    for (const trace of gd.data) {
      for (const kind of ["fill", "line", "circle", "symbol"]) {
        const id = `plotly-trace-layer-${trace.uid}-${kind}`;
        if (!map.getLayer(id)) continue;
        order.push(id);
        const ours = trace.meta?.[kind];
        for (const [name, value] of Object.entries(ours?.layout ?? {})) map.setLayoutProperty(id, name, value);
        for (const [name, value] of Object.entries(ours?.paint ?? {})) map.setPaintProperty(id, name, value);
      }
    }
    // A layer that comes back after being switched off lands on top: put all in the order of the traces.
    const now = map.getStyle().layers.map((layer) => layer.id).filter((id) => LAYER.test(id) && order.includes(id));
    if (now.join() !== order.join()) order.forEach((id) => map.moveLayer(id));
  }

  /* ---- Tags: countries as buttons over the map ---- */

  function drawTags(gd, map) {
    const tags = gd.layout?.meta?.tags ?? [];
    byId("tags").replaceChildren(
      ...tags.map((tag) => {
        const button = document.createElement("button");
        button.className = "tag";
        tag.lines.forEach((line, i) => {
          const row = document.createElement(i ? "span" : "strong");
          row.textContent = line;
          button.append(row);
        });
        button.addEventListener("click", () => select(tag.ids));
        return button;
      })
    );
    placeTags(gd, map);
  }

  function placeTags(gd, map) {
    const tags = gd.layout?.meta?.tags ?? [];
    [...byId("tags").children].forEach((node, i) => {
      if (!tags[i]) return;
      const { x, y } = map.project([tags[i].lon, tags[i].lat]);
      node.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px) translate(-50%, calc(-100% - 9px))`;
    });
  }

  /* ---- Clicks and camera ---- */

  let count = 0;
  function select(ids) {
    send("picked", { data: { ids: [...ids], count: ++count } });
    if (ids.length) openSheet("event");
  }

  // Symbols that share a place stand around it: the one nearest to the pointer is meant.
  function clicked(gd, map, event) {
    const point = event.points[0];
    const box = gd.getBoundingClientRect();
    const pointer = { x: event.event.clientX - box.left, y: event.event.clientY - box.top };
    let best = null;
    for (const trace of gd.data) {
      (trace.customdata ?? []).forEach((data, i) => {
        if (!data?.ids?.length || trace.lon[i] == null) return;
        const at = map.project([trace.lon[i], trace.lat[i]]);
        const [dx, dy] = data.offset ?? [0, 0];
        const gap = Math.hypot(at.x + dx - pointer.x, at.y + dy - pointer.y);
        const reach = data.offset ? 12 : 0;
        if (data.offset && gap <= reach && (!best || gap < best.gap)) best = { gap, ids: data.ids };
      });
    }
    const ids = best?.ids ?? point.customdata?.ids;
    if (ids?.length) select(ids);
  }

  function keepCamera(map) {
    const { lng, lat } = map.getCenter();
    const lon = ((((lng + 180) % 360) + 360) % 360) - 180;
    const camera = [lon, lat, map.getZoom()];
    send("camera", { data: camera });
    const query = new URLSearchParams(window.location.search);
    query.set("at", `${lon.toFixed(4)},${lat.toFixed(4)},${map.getZoom().toFixed(2)}`);
    const search = `?${query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":")}`;
    window.history.replaceState(window.history.state, "", search);
  }

  // What the map shows, for the picture of "the area on screen".
  function keepFrame() {
    const bounds = mapOf(plotOf("map"))?.getBounds();
    if (!bounds) return;
    const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    const whole = east - west >= 360;
    const turn = (lon) => ((((lon + 180) % 360) + 360) % 360) - 180;
    const lons = whole ? [-180, 180] : [turn(west), turn(east)];
    send("frame", { data: [lons[0], Math.max(south, -85), lons[1], Math.min(north, 85)].map((n) => n.toFixed(4)).join() });
  }

  function painted(gd) {
    const map = mapOf(gd);
    const last = gd.data.at(-1);
    if (!map?.getStyle() || (last && !map.getLayer(`plotly-trace-layer-${last.uid}-symbol`))) return; // not drawn yet
    watch(gd, map);
    dress(gd, map);
    drawTags(gd, map);
    window.Plotly.Fx.hover(gd, []); // what was hovered may have moved
    map.once("idle", () => performance.mark("sitrep:painted"));
    map.triggerRepaint();
  }

  function zoom(step) {
    const map = mapOf(plotOf("map"));
    if (!map) return;
    map.once("moveend", () => keepCamera(map));
    map.easeTo({ zoom: map.getZoom() + step, duration: 150 });
  }

  function home() {
    send("camera", { data: null });
    send("picked", { data: { home: true, count: ++count } });
  }

  /* ---- Timeline: a drag chooses days, a click one day ---- */

  const dayOf = (value) => String(value).slice(0, 10);
  function brushed(event) {
    const range = event?.range?.x;
    if (!range) return;
    const [first, last] = [...range].sort();
    // A brush that ends at midnight does not touch the day that begins there.
    const end = /00:00(:00(\.0+)?)?$/.test(last) || last.length === 10 ? new Date(Date.parse(`${dayOf(last)}T00:00Z`) - 1) : null;
    send("brush", { data: [dayOf(first), end ? end.toISOString().slice(0, 10) : dayOf(last), ++count] });
  }

  /* ---- Sheets of the narrow page ---- */

  function openSheet(name) {
    const app = byId("app");
    app.dataset.sheet = app.dataset.sheet === name && name === "filters" ? "" : name;
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest("button");
    if (!target) return;
    if (target.id === "export") keepFrame();
    if (target.id === "table-switch") window.dash_ag_grid ? send("table-open", { data: byId("table").hidden }) : loadGrid();
    if (target.matches(".notice .close")) target.closest(".notice").remove();
    else if (target.dataset.sheet) {
      const app = byId("app");
      app.dataset.sheet = app.dataset.sheet === target.dataset.sheet ? "" : target.dataset.sheet;
    } else if (target.matches(".zoom-in")) zoom(1);
    else if (target.matches(".zoom-out")) zoom(-1);
    else if (target.matches(".zoom-home")) home();
  }, true);

  /* ---- Wiring: the graphs appear when their scripts have come ---- */

  const wired = new WeakSet();
  function wire() {
    const map = plotOf("map");
    // Before Plotly adds the first layer, so that the first picture is already dressed.
    if (mapOf(map)) watch(map, mapOf(map));
    if (map?.on && !wired.has(map)) {
      wired.add(map);
      map.on("plotly_afterplot", () => painted(map));
      map.on("plotly_click", (event) => clicked(map, mapOf(map), event));
    }
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
  new MutationObserver(wire).observe(document.documentElement, { childList: true, subtree: true });

  /* ---- What Dash calls ---- */

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
  const functions = (window.dashAgGridFunctions = window.dashAgGridFunctions ?? {});
  functions.sitrepRow = (params) => select([params.data.event_id]);
  functions.sitrepByStart = (a, b, nodeA, nodeB) => (nodeA.data.start < nodeB.data.start ? -1 : 1);
})();
