/* MapLibre would draw frames while new marks are still being cut into tiles. Each would show the old ones and keep the
 * new ones waiting: no frame until they are there, or a quarter of a second has passed.
 *
 * It takes the place of the map's own `triggerRepaint`, through which MapLibre 6 asks for all its frames.
 */

const PATIENCE = 250; // ms

export function holdFrames(map, source, then) {
  const release = () => {
    clearTimeout(patience);
    map.off("sourcedata", look);
    delete map.triggerRepaint; // ours gives way to MapLibre's own, which its class has
    then();
  };
  const look = (event) => {
    if (event.tile && event.sourceId === source && map.isSourceLoaded(source)) release();
  };
  const patience = setTimeout(release, PATIENCE);
  map.on("sourcedata", look);
  map.triggerRepaint = () => {};
}
