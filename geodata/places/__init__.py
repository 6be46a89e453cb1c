"""Places: the gazetteer, looking a name up, boundaries, lengths in metres."""
