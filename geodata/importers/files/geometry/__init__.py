"""Layers of GIS files as tables: attributes as texts, and a point in degrees for each geometry."""
