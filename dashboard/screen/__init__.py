"""The browser's pictures: the map's marks and style, and the charts."""
