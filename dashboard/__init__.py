"""The map in the browser and the figure in the report; shows what `geodata` knows."""
