"""The record of a conflict: events, places, claims and sources, and the questions asked of them."""
