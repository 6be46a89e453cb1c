// The traces that the page's map and charts are made of; `scatter` is in Plotly's core.
const Plotly = require("plotly.js/lib/core");
Plotly.register([
  require("plotly.js/lib/bar"),
  require("plotly.js/lib/scattermap"),
  require("plotly.js/lib/choroplethmap"),
]);
module.exports = Plotly;
