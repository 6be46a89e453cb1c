"""The record as files: one catalogue of formats, one module a format, and a frame for notebooks."""
