"""Making the base data out of registry packages."""
