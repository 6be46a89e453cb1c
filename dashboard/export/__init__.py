"""A figure as files."""
