/* The cells of the map in other colours, while a hand moves: the marks stay, and the style asks each for its colour. */

// The places of the cells among the features of some marks: MapLibre knows each feature by it.
export function cellsIn({ features }) {
  return features.flatMap(({ properties }, at) => (properties.kind === "cell" ? [at] : []));
}

// Gives each cell (by its place among the features) the colour of its class; one of no class is not seen. `colours` says
// what each has by now, and is brought up to date.
export function colourCells(map, source, cells, classes, ramp, colours) {
  cells.forEach((id, at) => {
    const color = ramp[classes[at]] ?? "";
    if (colours[at] === color) return;
    colours[at] = color;
    map.setFeatureState({ source, id }, { color });
  });
}
