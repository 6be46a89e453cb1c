"""Checks of what was read: places, whereabouts, relations of claims."""
