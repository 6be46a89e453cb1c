/* Make one classic script of plotly.js's own sources,
 * and the licences of what is in it: `node bundle.mjs OUT LICENCES`, with the packages installed beside it.
 *
 * plotly.js names servers that a page of ours must never ask: base maps, fonts, icons, its cloud. They are cut out of
 * the sources, and a new one in a later release ends this script with an error.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const BLANK = `{ version: 8, sources: {}, layers: [{ id: "white-bg", type: "background",
  paint: { "background-color": "#FFFFFF" } }] }`;
// File -> what to replace in it. Each must be found.
const CUTS = {
  "src/plots/map/constants.js": [
    [/var stylesMap = \{[\s\S]*?\n\};/, `var blank = ${BLANK}; var stylesMap = { basic: blank, "white-bg": blank };`],
    [/var carto\w+ = '[^']*';\n/g, ""],
    [/var OSM = .*\n/, ""],
    [/var arcgis\w+ = require.*\n/g, ""],
  ],
  "src/plots/map/map.js": [
    [/img\.src = `[^`]*`;/, "resolve();"], // an icon by its name
    [/map\.setTransformRequest\(function[\s\S]*?\n {4}\}\);/, ""], // other spellings of other servers' fonts
  ],
  "src/plot_api/plot_config.js": [[/dflt: 'https:[^']*'/g, "dflt: ''"]],
};
// Namespaces, links that only a click follows, and words in documentation.
const NAMED_ONLY = [
  ...["www.w3.org", "plotly.com", "maplibre.org", "github.com", "developer.mozilla.org", "www.mapbox.com"],
  "wiki.openstreetmap.org",
];

const found = new Set();
const sources = {
  name: "sources",
  setup(builder) {
    builder.onLoad({ filter: /plotly\.js\/src\/plot(s\/map|_api)\/\w+\.js$/ }, ({ path }) => {
      const name = path.slice(path.lastIndexOf("/src/") + 1);
      let contents = readFileSync(path, "utf8");
      for (const [from, to] of CUTS[name] ?? []) {
        if (contents.search(from) < 0) throw new Error(`${name} has nothing like ${from}`);
        contents = contents.replace(from, to);
        found.add(name);
      }
      return { contents, loader: "js" };
    });
    builder.onLoad({ filter: /\.css$/ }, ({ path }) => {
      const sheet = JSON.stringify(readFileSync(path, "utf8"));
      const contents = `document.head.appendChild(document.createElement("style")).textContent = ${sheet};`;
      return { contents, loader: "js" };
    });
  },
};

const made = await build({
  entryPoints: ["entry.js"],
  outfile: process.argv[2],
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "Plotly",
  target: "es2022", // what MapLibre itself needs
  define: { global: "window", "define.amd": "false" },
  alias: { regl: "@plotly/regl" },
  plugins: [sources],
  legalComments: "none",
  banner: { js: "/*! plotly.js 4.1.1, MIT; with MapLibre GL JS 6.9.0, BSD-3-Clause: see LICENSE.txt beside this file */" },
  metafile: true,
  write: false,
});

for (const name of Object.keys(CUTS)) if (!found.has(name)) throw new Error(`${name} is not in the bundle`);
const [script] = made.outputFiles;
const hosts = new Set([...script.text.matchAll(/https?:\/\/([\w.-]+)/g)].map((match) => match[1]));
const strange = [...hosts].filter((host) => !NAMED_ONLY.includes(host));
if (strange.length) throw new Error(`the bundle names other hosts: ${strange.join(", ")}`);

writeFileSync(process.argv[2], script.contents);

// Every package that is in it, with its licence.
const paths = Object.keys(Object.values(made.metafile.outputs)[0].inputs);
const inside = new Set(paths.map((path) => path.match(/node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]));
const licences = [...inside].filter(Boolean).sort().map((folder) => {
  const { name, version, license, author } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((file) => /^licen[sc]e/i.test(file));
  const text = file ? readFileSync(`${folder}/${file}`, "utf8") : `${license}, by ${author?.name ?? author}`;
  return `==== ${name} ${version}: ${license} ====\n\n${text.replaceAll("\r\n", "\n").trim()}\n`;
});
writeFileSync(process.argv[3], licences.join("\n"));
