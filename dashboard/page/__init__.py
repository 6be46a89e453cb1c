"""What Dash shows: the page's parts, the gestures it understands and its one callback."""
