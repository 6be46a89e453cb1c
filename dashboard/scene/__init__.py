"""What there is to draw, in which colours and words, and what it is drawn on."""
