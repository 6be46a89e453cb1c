"""One composed sheet: what goes on it, where it lies, how it is drawn."""
