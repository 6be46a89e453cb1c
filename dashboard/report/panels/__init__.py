"""The charts that stand beside the map of a sheet."""
