"""The record as text and as a frame."""
