"""Points as codes."""
